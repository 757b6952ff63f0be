//! The picture for the README: some rows, a bar for each server, on a logarithmic scale.

use std::fmt::Write;

use crate::figures::Figures;
use crate::table::shown;

/// A group of bars: its title, and what it shows.
const GROUPS: [(&str, &str); 5] = [
    ("start to first diagnostics", "start ms"),
    ("a key to fresh diagnostics, 40 lines", "key ms small"),
    ("a key to fresh diagnostics, 56 kB", "key ms medium"),
    ("a key to fresh diagnostics, 1 MiB", "key ms large"),
    ("10,000 files opened to all diagnostics", "opened ms"),
];
const LEFT: f64 = 170.0;
const WIDTH: f64 = 720.0;
const BAR: f64 = 16.0;

/// The picture. `servers`: column in the figures, name in the picture, colour.
pub fn picture(figures: &Figures, servers: &[(&str, &str, &str)]) -> String {
    let value = |server: &str, what: &str| figures.median(server, what).filter(|ms| *ms > 0.0);
    let all = GROUPS
        .iter()
        .flat_map(|(_, what)| servers.iter().filter_map(|(server, ..)| value(server, what)));
    let (least, most) = all.fold((f64::MAX, f64::MIN), |(a, b), ms| (a.min(ms), b.max(ms)));
    let (low, high) = ((least / 2.0).ln(), (most * 1.2).ln());
    let length = |ms: f64| (ms.ln() - low) / (high - low) * (WIDTH - LEFT - 90.0);
    let mut bars = String::new();
    let mut y = 8.0;
    for (title, what) in GROUPS {
        y += 20.0;
        // Writing to a string cannot fail.
        let _ = writeln!(bars, "<text x=\"8\" y=\"{y}\" font-weight=\"bold\">{title}</text>");
        y += 6.0;
        for (server, name, colour) in servers {
            let Some(ms) = value(server, what) else { continue };
            let (width, middle) = (length(ms), y + BAR - 4.0);
            let _ = writeln!(
                bars,
                "<text x=\"{}\" y=\"{middle}\" text-anchor=\"end\">{name}</text>\
                 <rect x=\"{LEFT}\" y=\"{y}\" width=\"{width:.1}\" height=\"{}\" fill=\"{colour}\"/>\
                 <text x=\"{:.1}\" y=\"{middle}\">{} ms</text>",
                LEFT - 8.0,
                BAR - 3.0,
                LEFT + width + 6.0,
                shown(ms)
            );
            y += BAR;
        }
        y += 4.0;
    }
    let height = y + 8.0;
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" \
         font-family=\"sans-serif\" font-size=\"12\">\n\
         <!-- Made by `cargo xtask bench`. Bars are on a logarithmic scale. -->\n\
         <rect width=\"{WIDTH}\" height=\"{height}\" fill=\"#fff\"/>\n{bars}</svg>\n"
    )
}
