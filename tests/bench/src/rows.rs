//! The rows of the table: what is measured, and what it should be.

/// What a figure should be.
#[derive(Debug, Clone, Copy)]
pub enum Target {
    /// At most so many times that of the server that does nothing.
    TimesFloor(f64),
    /// At most so much.
    AtMost(f64),
    /// At least so much.
    AtLeast(f64),
}

/// A row.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    /// For people.
    pub title: &'static str,
    pub unit: &'static str,
    /// As the figures name it.
    pub what: &'static str,
    pub target: Option<Target>,
}

const fn row(title: &'static str, unit: &'static str, what: &'static str, target: Target) -> Row {
    Row { title, unit, what, target: Some(target) }
}

const fn shown(title: &'static str, unit: &'static str, what: &'static str) -> Row {
    Row { title, unit, what, target: None }
}

use Target::{AtLeast, AtMost, TimesFloor};

/// What servers are compared by.
pub const OF_SERVERS: &[Row] = &[
    row("start → first diagnostics", "ms", "start ms", TimesFloor(1.5)),
    row("its peak memory", "MiB", "start MiB", AtMost(9.0)),
    row("key → fresh diagnostics, small", "ms", "key ms small", TimesFloor(1.3)),
    row("processor time of a key, small", "ms", "key cpu small", TimesFloor(1.5)),
    row("key → fresh diagnostics, medium", "ms", "key ms medium", TimesFloor(2.0)),
    shown("processor time of a key, medium", "ms", "key cpu medium"),
    row("key → fresh diagnostics, large", "ms", "key ms large", AtMost(4.0)),
    shown("processor time of a key, large", "ms", "key cpu large"),
    row(
        "key + completion in one write → completion, small",
        "ms",
        "key+completion ms small",
        TimesFloor(1.5),
    ),
    row(
        "key + completion in one write → completion, large",
        "ms",
        "key+completion ms large",
        AtMost(4.0),
    ),
    row("completion of a value, small", "ms", "completion value ms small", TimesFloor(1.5)),
    row("completion of a member, small", "ms", "completion key ms small", TimesFloor(1.5)),
    row("hover, small", "ms", "hover ms small", TimesFloor(1.5)),
    row("code action, small", "ms", "code action ms small", TimesFloor(1.5)),
    row("document symbols, small", "ms", "symbols ms small", TimesFloor(1.5)),
    row("document symbols, medium", "ms", "symbols ms medium", AtMost(10.0)),
    row("document symbols, large", "ms", "symbols ms large", AtMost(10.0)),
    row("code action, large", "ms", "code action ms large", AtMost(1.0)),
    row("folding, large", "ms", "folding ms large", AtMost(5.0)),
    row("formatting, large", "ms", "formatting ms large", AtMost(8.0)),
    row(
        "many changes in one write → last diagnostics, small",
        "ms",
        "burst ms small",
        TimesFloor(1.2),
    ),
    row(
        "many changes in one write → last diagnostics, large",
        "ms",
        "burst ms large",
        TimesFloor(1.5),
    ),
    row("many files opened → all diagnostics", "ms", "opened ms", TimesFloor(1.5)),
    row("memory with them open", "MiB", "opened MiB", AtMost(35.0)),
    shown("faulty files found", "", "opened found"),
    shown("files without a fault in which one was found", "", "opened wrong"),
    row("random edits of the medium document: processor time", "s", "soak cpu s", TimesFloor(1.5)),
    row("random edits: memory grown by", "MiB", "soak growth MiB", AtMost(2.0)),
    row("many org files on disk: start → the opened one", "ms", "disk first ms", AtMost(12.0)),
    row("many org files on disk: start → all", "ms", "disk all ms", AtMost(300.0)),
    row("many org files on disk: peak memory", "MiB", "disk MiB", AtMost(20.0)),
];

/// What programs that look at files are compared by; the floor reads and parses.
pub const OF_CHECKERS: &[Row] = &[
    row("time over all files", "ms", "check ms", TimesFloor(1.0)),
    row("peak memory", "MiB", "check MiB", AtMost(20.0)),
    row("a file among all, compared with one among a tenth", "×", "check growth", AtMost(1.1)),
];

/// What the parser is compared by.
pub const OF_PARSERS: &[Row] = &[
    row("small document", "MB/s", "parse MB/s small", AtLeast(400.0)),
    row("medium document", "MB/s", "parse MB/s medium", AtLeast(400.0)),
    row("large document", "MB/s", "parse MB/s large", AtLeast(400.0)),
    row("half of the large document", "MB/s", "broken MB/s large", AtLeast(200.0)),
];

/// What the program is judged by.
pub const OF_PROGRAM: &[Row] = &[row("size", "MB", "size MB", AtMost(10.0))];
