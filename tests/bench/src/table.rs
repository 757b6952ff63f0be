//! Tables of the figures, as Markdown.

use std::fmt::Write;

use crate::figures::Figures;
use crate::rows::{Row, Target};

/// Who is compared.
pub struct Comparison<'a> {
    pub title: &'a str,
    pub rows: &'a [Row],
    /// Columns in their order.
    pub columns: Vec<&'a str>,
    /// Ours, each with the column that it is compared with.
    pub ours: Vec<(&'a str, &'a str)>,
}

/// The table, nothing when no row has a figure: a column for each server, one for the ratios of ours to the floor, one for the target.
pub fn table(comparison: &Comparison, figures: &Figures) -> String {
    let Comparison { title, rows, columns, ours } = comparison;
    let has_figure =
        |row: &Row| columns.iter().any(|column| figures.median(column, row.what).is_some());
    if !rows.iter().any(has_figure) {
        return String::new();
    }
    let mut text =
        format!("### {title}\n\n| what | {} | × floor | target | |\n", columns.join(" | "));
    text.push_str(&"|---".repeat(columns.len() + 4));
    text.push_str("|\n");
    for row in *rows {
        let cells: Vec<_> = columns
            .iter()
            .map(|column| figures.median(column, row.what).map_or("–".to_owned(), shown))
            .collect();
        if cells.iter().all(|cell| cell == "–") {
            continue;
        }
        let unit = if row.unit.is_empty() { String::new() } else { format!(" ({})", row.unit) };
        let ratios: Vec<_> = ours
            .iter()
            .filter_map(|(our, floor)| ratio(figures, row, our, floor))
            .map(|ratio| format!("{ratio:.2}"))
            .collect();
        let (target, met) = judged(comparison, row, figures);
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "| {}{unit} | {} | {} | {target} | {met} |",
            row.title,
            cells.join(" | "),
            ratios.join(" / ")
        );
    }
    text
}

fn ratio(figures: &Figures, row: &Row, our: &str, floor: &str) -> Option<f64> {
    let floor = figures.median(floor, row.what).filter(|floor| *floor > 0.0)?;
    Some(figures.median(our, row.what)? / floor)
}

/// The target in words, and whether the best of ours meets it.
fn judged(comparison: &Comparison, row: &Row, figures: &Figures) -> (String, &'static str) {
    let best = |values: Vec<f64>| values.into_iter().reduce(f64::min);
    let values = || -> Vec<f64> {
        let ours = comparison.ours.iter();
        ours.filter_map(|(our, _)| figures.median(our, row.what)).collect()
    };
    let (target, is_met) = match row.target {
        None => return (String::new(), ""),
        Some(Target::TimesFloor(most)) => {
            let ours = comparison.ours.iter();
            let ratios = ours.filter_map(|(our, floor)| ratio(figures, row, our, floor));
            (format!("≤ {most} ×"), best(ratios.collect()).map(|ratio| ratio <= most))
        }
        Some(Target::AtMost(most)) => {
            (format!("≤ {most}"), best(values()).map(|value| value <= most))
        }
        Some(Target::AtLeast(least)) => {
            let value = values().into_iter().reduce(f64::max);
            (format!("≥ {least}"), value.map(|value| value >= least))
        }
    };
    let met = match is_met {
        Some(true) => "met",
        Some(false) => "missed",
        None => "",
    };
    (target, met)
}

/// With three digits that count.
pub fn shown(value: f64) -> String {
    match value.abs() {
        size if size >= 100.0 => format!("{value:.0}"),
        size if size >= 10.0 => format!("{value:.1}"),
        size if size >= 1.0 => format!("{value:.2}"),
        _ => format!("{value:.3}"),
    }
}
