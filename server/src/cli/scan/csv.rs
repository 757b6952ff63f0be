//! Logins as a table for spreadsheets: a row a login, lines and columns as people count them.

use org_text::neutral;

use super::found::Login;

const HEAD: &str = "file,line,column,endLine,endColumn,tool,name,host,sandbox,auth,apiVersion,username,secret,confidence,mark,breaks,why\r\n";

/// The table, as RFC 4180 has it.
pub fn table(logins: &[Login]) -> String {
    let mut table = HEAD.to_owned();
    for login in logins {
        let row: Vec<String> = cells(login).iter().map(|text| cell(text)).collect();
        table.push_str(&row.join(","));
        table.push_str("\r\n");
    }
    table
}

fn cells(login: &Login) -> [String; 17] {
    let row = &login.row;
    let (start, end) = login.range;
    let one_based = |number: u32| (number + 1).to_string();
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let breaks = row.deadlines.first().map(|deadline| {
        deadline.when.date().map_or_else(|| "now".to_owned(), |date| date.to_string())
    });
    let why = row.deadlines.iter().map(|deadline| deadline.reason.what(deadline.when));
    [
        login.file.clone(),
        one_based(start.line),
        one_based(start.character),
        one_based(end.line),
        one_based(end.character),
        row.subject.tool.to_owned(),
        text(&row.name),
        text(&row.host),
        row.sandbox.map(|sandbox| sandbox.to_string()).unwrap_or_default(),
        row.flow.as_str().to_owned(),
        text(&row.api_version),
        text(&row.username),
        row.secret.as_str().to_owned(),
        if row.subject.is_possible { "possible" } else { "certain" }.to_owned(),
        row.subject.mark.map(|mark| mark.as_str().to_owned()).unwrap_or_default(),
        breaks.unwrap_or_default(),
        why.collect::<Vec<_>>().join("; "),
    ]
}

/// A cell: a spreadsheet takes what begins with these for a formula and runs it.
fn cell(text: &str) -> String {
    let text = neutral(text);
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = if is_formula { format!("'{text}") } else { text.into_owned() };
    let is_plain = !text.contains(['"', ',', '\n', '\r', ';']);
    if is_plain { text } else { format!("\"{}\"", text.replace('"', "\"\"")) }
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn cells_are_text_and_no_formulas() {
        assert_eq!(cell("a b"), "a b");
        assert_eq!(cell("a, \"b\""), "\"a, \"\"b\"\"\"");
        assert_eq!(cell("=HYPERLINK(1)"), "'=HYPERLINK(1)");
        assert_eq!(cell("@x\u{1b}"), "'@x␛");
    }
}
