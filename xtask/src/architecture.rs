//! The picture of the crates, made of what cargo knows of them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use crate::command::root;
use crate::metadata::{Package, packages};

/// Where the picture is.
const FILE: &str = "docs/architecture.svg";

const BOX_WIDTH: usize = 200;
const BOX_HEIGHT: usize = 84;
const GAP: usize = 24;
const ROW: usize = BOX_HEIGHT + 56;
/// So many letters of a description fit in a line of a box, and so many lines.
const LINE: usize = 30;
const LINES: usize = 3;

/// Writes the picture.
///
/// # Errors
/// Cargo cannot be asked, or the file cannot be written.
pub fn write() -> Result<(), String> {
    let path = root().join(FILE);
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(|error| error.to_string())?;
    }
    std::fs::write(&path, picture(&packages()?)).map_err(|error| format!("{FILE}: {error}"))
}

/// The program and its crates; whoever uses another stands above it.
fn picture(packages: &[Package]) -> String {
    let shown: Vec<&Package> =
        packages.iter().filter(|package| package.folder.starts_with("server")).collect();
    let uses: Uses = shown
        .iter()
        .map(|package| (package.name.as_str(), package.uses.iter().map(String::as_str).collect()))
        .collect();
    let mut rows = BTreeMap::<usize, Vec<&Package>>::new();
    for &package in &shown {
        rows.entry(depth(&package.name, &uses)).or_default().push(package);
    }
    let widest = rows.values().map(Vec::len).max().unwrap_or_default();
    let width = widest * (BOX_WIDTH + GAP) + GAP;
    let places = places(&mut rows, &uses, width);
    let tall = GAP + rows.len() * ROW - (ROW - BOX_HEIGHT) + GAP;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {tall}\" font-family=\"sans-serif\">\n\
         <!-- Made by `cargo xtask bless`. -->\n\
         <rect width=\"{width}\" height=\"{tall}\" fill=\"#fff\"/>\n"
    );
    for (from, to) in arrows(&uses) {
        svg.push_str(&arrow(places[from], places[to]));
    }
    for package in shown {
        svg.push_str(&labelled_box(package, places[package.name.as_str()]));
    }
    svg + "</svg>\n"
}

type Uses<'a> = BTreeMap<&'a str, BTreeSet<&'a str>>;

/// The left upper corner of each box: below the middle of those who use it, as far as others allow.
fn places<'a>(
    rows: &mut BTreeMap<usize, Vec<&'a Package>>,
    uses: &Uses,
    width: usize,
) -> BTreeMap<&'a str, (usize, usize)> {
    let mut places = BTreeMap::<&str, (usize, usize)>::new();
    for (number, row) in rows.values_mut().enumerate() {
        row.sort_by_key(|package| {
            let users = users(&package.name, uses).filter_map(|user| places.get(user));
            let (count, sum) = users.fold((0, 0), |(count, sum), (x, _)| (count + 1, sum + x));
            sum.checked_div(count)
        });
        let left = (width - row.len() * (BOX_WIDTH + GAP) + GAP) / 2;
        for (place, package) in row.iter().enumerate() {
            let corner = (left + place * (BOX_WIDTH + GAP), GAP + number * ROW);
            places.insert(&package.name, corner);
        }
    }
    places
}

fn users<'a>(name: &'a str, uses: &'a Uses) -> impl Iterator<Item = &'a str> {
    uses.iter().filter(move |(_, used)| used.contains(name)).map(|(user, _)| *user)
}

/// The length of the longest way from above.
fn depth(name: &str, uses: &Uses) -> usize {
    users(name, uses).map(|user| depth(user, uses) + 1).max().unwrap_or_default()
}

/// Who uses whom, without what also follows from the others.
fn arrows<'a>(uses: &Uses<'a>) -> Vec<(&'a str, &'a str)> {
    fn reaches(from: &str, to: &str, uses: &Uses) -> bool {
        uses.get(from)
            .is_some_and(|used| used.iter().any(|next| *next == to || reaches(next, to, uses)))
    }
    let mut arrows = Vec::new();
    for (from, used) in uses {
        for to in used {
            if !used.iter().any(|between| reaches(between, to, uses)) {
                arrows.push((*from, *to));
            }
        }
    }
    arrows
}

fn arrow((x, y): (usize, usize), (to_x, to_y): (usize, usize)) -> String {
    let (x, to_x) = (x + BOX_WIDTH / 2, to_x + BOX_WIDTH / 2);
    let y = y + BOX_HEIGHT;
    let bend = (to_y.saturating_sub(y)) / 2;
    format!(
        "<path d=\"M{x} {y} C{x} {} {to_x} {} {to_x} {to_y}\" fill=\"none\" stroke=\"#8a94a6\"/>\n\
         <circle cx=\"{to_x}\" cy=\"{to_y}\" r=\"4\" fill=\"#8a94a6\"/>\n",
        y + bend,
        to_y.saturating_sub(bend)
    )
}

fn labelled_box(package: &Package, (x, y): (usize, usize)) -> String {
    let mut svg = format!(
        "<rect x=\"{x}\" y=\"{y}\" width=\"{BOX_WIDTH}\" height=\"{BOX_HEIGHT}\" rx=\"8\" fill=\"#f2f5fa\" stroke=\"#41577a\"/>\n\
         <text x=\"{}\" y=\"{}\" font-size=\"15\" font-weight=\"bold\" fill=\"#16233a\">{}</text>\n",
        x + 12,
        y + 24,
        package.name
    );
    for (number, line) in lines(&package.description).iter().enumerate() {
        // A string takes everything.
        let _ = writeln!(
            svg,
            "<text x=\"{}\" y=\"{}\" font-size=\"11\" fill=\"#41577a\">{}</text>",
            x + 12,
            y + 42 + number * 14,
            line.replace('&', "&amp;").replace('<', "&lt;")
        );
    }
    svg
}

/// The first lines of a text; `…` where there are more.
fn lines(text: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let is_first_of_all = lines == [String::new()];
        match lines.last_mut() {
            Some(line) if line.chars().count() + word.chars().count() < LINE => {
                if !is_first_of_all {
                    line.push(' ');
                }
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    if lines.len() > LINES {
        lines.truncate(LINES);
        lines[LINES - 1].push('…');
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_picture_is_of_the_crates_as_they_are() {
        if std::env::var_os("UPDATE_DOCS").is_some_and(|value| value == "1") {
            write().expect("the picture is written");
        }
        let now = picture(&packages().expect("cargo knows them"));
        let then = std::fs::read_to_string(root().join(FILE)).expect("the picture");
        assert!(
            now == then.replace("\r\n", "\n"),
            "{FILE} is stale: run `UPDATE_DOCS=1 cargo test -p xtask`"
        );
    }

    #[test]
    fn what_follows_from_other_arrows_is_left_out() {
        let uses = BTreeMap::from([
            ("a", BTreeSet::from(["b", "c"])),
            ("b", BTreeSet::from(["c"])),
            ("c", BTreeSet::new()),
        ]);
        assert_eq!(arrows(&uses), [("a", "b"), ("b", "c")]);
        assert_eq!(["a", "b", "c"].map(|name| depth(name, &uses)), [0, 1, 2]);
    }
}
