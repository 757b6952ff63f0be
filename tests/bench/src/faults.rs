//! A server that is broken on purpose: the proof has to notice every kind.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, Command, Stdio};

use serde_json::Value;

use crate::outcome::Outcome;

/// What a proxy does to the messages between the client and a good server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Fault {
    /// Nothing: the control.
    None,
    /// A change now and then is lost.
    Lost,
    /// A change now and then is made one column off.
    Shifted,
    /// Two changes now and then are swapped.
    Swapped,
    /// Diagnostics are those of the report before, with the version of this one.
    Stale,
}

/// Every how many changes one is spoiled; odd, so that it is not always the same kind of edit.
const EVERY: usize = 37;

/// Runs the server behind the proxy, between standard input and output.
pub fn run_proxy(fault: Fault, command: &[String]) -> Outcome<()> {
    let [program, arguments @ ..] = command else { return Err("no command".into()) };
    let mut child: Child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    let output = child.stdout.take().ok_or("no standard output")?;
    let back = std::thread::spawn(move || pass_back(fault, output));
    let mut input = child.stdin.take().ok_or("no standard input")?;
    pass_on(fault, &mut input)?;
    drop(input);
    child.wait()?;
    back.join().map_err(|_| "the way back panicked")?
}

fn pass_on(fault: Fault, to: &mut impl Write) -> Outcome<()> {
    let mut from = BufReader::new(std::io::stdin());
    let mut count = 0;
    let mut held: Option<Value> = None;
    while let Some(mut message) = read(&mut from)? {
        let is_change = message["method"] == "textDocument/didChange";
        count += usize::from(is_change);
        let spoils = is_change && count % EVERY == 0;
        match fault {
            Fault::Lost if spoils => continue,
            Fault::Shifted if spoils => shift(&mut message),
            Fault::Swapped if spoils => {
                held = Some(message);
                continue;
            }
            _ => {}
        }
        // What is no change must not overtake one.
        if !is_change && let Some(held) = held.take() {
            write(to, &held)?;
        }
        write(to, &message)?;
        if is_change && let Some(held) = held.take() {
            write(to, &held)?;
        }
    }
    Ok(())
}

fn shift(message: &mut Value) {
    let changes = message["params"]["contentChanges"].as_array_mut();
    for change in changes.into_iter().flatten() {
        for end in ["start", "end"] {
            let column = &mut change["range"][end]["character"];
            *column = (column.as_u64().unwrap_or_default() + 1).into();
        }
    }
}

fn pass_back(fault: Fault, from: impl Read) -> Outcome<()> {
    let mut from = BufReader::new(from);
    let mut last = Value::Null;
    let mut to = std::io::stdout();
    while let Some(mut message) = read(&mut from)? {
        if fault == Fault::Stale {
            let items = if message["method"] == "textDocument/publishDiagnostics" {
                Some(&mut message["params"]["diagnostics"])
            } else {
                message
                    .get_mut("result")
                    .filter(|result| result["kind"] == "full")
                    .and_then(|result| result.get_mut("items"))
            };
            if let Some(items) = items.filter(|items| items.is_array()) {
                std::mem::swap(items, &mut last);
                if items.is_null() {
                    *items = last.clone();
                }
            }
        }
        write(&mut to, &message)?;
        to.flush()?;
    }
    Ok(())
}

fn read(from: &mut impl BufRead) -> Outcome<Option<Value>> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if from.read_line(&mut line)? == 0 {
            return Ok(None);
        }
        match line.trim_end().split_once(": ") {
            Some((name, value)) if name.eq_ignore_ascii_case("Content-Length") => {
                length = value.parse()?;
            }
            Some(_) => {}
            None => break,
        }
    }
    let mut body = vec![0; length];
    from.read_exact(&mut body)?;
    Ok(Some(serde_json::from_slice(&body)?))
}

fn write(to: &mut impl Write, message: &Value) -> Outcome<()> {
    to.write_all(&crate::connection::frame(message))?;
    Ok(to.flush()?)
}
