//! What is left to do, on a page.

use org_import::Plan;

use super::{ROWS, indented};
use crate::cli::layout::width_of;
use crate::cli::screen::Screen;
use crate::import::{LeftRow, LeftToDo, Target, left_to_do};

/// Columns of what stands before the detail of a row.
const FIRST: usize = 44;

/// All groups under a heading; nothing when nothing is left to do.
pub(super) fn to_do(plan: &Plan, target: &Target) -> String {
    let groups = left_to_do(plan, target);
    if groups.is_empty() {
        return String::new();
    }
    let mut page = "What is left to do\n\n".to_owned();
    for group in &groups {
        page.push_str(&shown(group));
        page.push('\n');
    }
    page
}

fn shown(group: &LeftToDo) -> String {
    let (rows, screen) = (&group.rows, Screen::of_output());
    let mut page =
        indented("", "  ", &format!("{}{}{}", group.title, screen.separator(), rows.len()));
    let widest = rows.iter().take(ROWS).map(|row| width_of(&row.first)).max();
    let first_width = widest.unwrap_or(0).min(FIRST);
    let mut under = "";
    for row in rows.iter().take(ROWS) {
        if row.under != under {
            under = &row.under;
            page.push_str(&format!("  {under}\n"));
        }
        page.push_str(&shown_row(row, if under.is_empty() { "  " } else { "    " }, first_width));
    }
    if rows.len() > ROWS {
        page.push_str(&screen.own(&format!("  … {} more\n", rows.len() - ROWS)));
    }
    match group.steps.as_slice() {
        [step] => page.push_str(&indented("  > ", "    ", step)),
        steps => {
            for (number, step) in steps.iter().enumerate() {
                page.push_str(&indented(&format!("  {}. ", number + 1), "     ", step));
            }
        }
    }
    page
}

fn shown_row(row: &LeftRow, indent: &str, first_width: usize) -> String {
    let length = width_of(&row.first);
    let behind = format!("{indent}{}", " ".repeat(first_width + 2));
    if length > first_width {
        let detail = indented(&behind, &behind, &row.detail);
        return format!("{indent}{}\n{detail}", row.first);
    }
    let start = format!("{indent}{}{}", row.first, " ".repeat(first_width - length + 2));
    indented(&start, &behind, &row.detail)
}
