//! Folding: objects, arrays and comments of several lines.

use org_syntax::{NodeId, NodeKind, Token, TokenKind};

use crate::document::Document;

/// How many folds a file has at most, whatever the client wants.
pub const MAX_FOLDS: usize = 5_000;

/// Lines that fold into the first of them. Both count from 0, and the last is beyond the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fold {
    /// The line that stays.
    pub first_line: u32,
    /// The last line that goes; the line of a closing bracket stays.
    pub last_line: u32,
    /// It is a comment.
    pub is_comment: bool,
}

/// The folds of a document in its order, at most one for each first line and at most `limit`; the
/// innermost are left out first.
pub fn folds(document: &Document, limit: usize) -> Vec<Fold> {
    let folder = Folder { document };
    let mut folds = folder.values();
    folds.extend(folder.comments().into_iter().map(|fold| (0, fold)));
    folds.sort_by_key(|&(depth, _)| depth);
    folds.truncate(limit.min(MAX_FOLDS));
    let mut folds: Vec<Fold> = folds.into_iter().map(|(_, fold)| fold).collect();
    folds.sort_by_key(|fold| (fold.first_line, std::cmp::Reverse(fold.last_line)));
    folds
}

struct Folder<'a> {
    document: &'a Document,
}

impl Folder<'_> {
    /// The folds of objects and arrays, with their depths.
    fn values(&self) -> Vec<(usize, Fold)> {
        let tree = &self.document.parse().tree;
        let mut folds: Vec<(usize, Fold)> = Vec::new();
        let mut open_until = Vec::new();
        for id in tree.descendants() {
            if !matches!(tree.kind(id), NodeKind::Object | NodeKind::Array) {
                continue;
            }
            let span = tree.span(id);
            while open_until.last().is_some_and(|&end| end <= span.start) {
                open_until.pop();
            }
            let fold = self.fold(id);
            let is_taken = |first| folds.last().is_some_and(|(_, last)| last.first_line == first);
            if let Some(fold) = fold.filter(|fold| !is_taken(fold.first_line)) {
                folds.push((open_until.len(), fold));
            }
            open_until.push(span.end);
        }
        folds
    }

    fn fold(&self, id: NodeId) -> Option<Fold> {
        let tree = &self.document.parse().tree;
        let span = tree.span(id);
        let first_line = self.line(span.start);
        let last_line = if tree.is_closed(id) {
            self.line(span.end).checked_sub(1)?
        } else {
            self.line(tree.significant_token_before(span.end)?.span.end)
        };
        (last_line > first_line).then_some(Fold { first_line, last_line, is_comment: false })
    }

    /// Comments of several lines, and line comments that follow each other.
    fn comments(&self) -> Vec<Fold> {
        let mut folds: Vec<Fold> = Vec::new();
        let mut code_end = None;
        let mut block: Option<Fold> = None;
        for token in self.document.parse().tree.tokens() {
            if !is_comment(token) {
                if !token.kind.is_trivia() {
                    code_end = Some(token.span.end);
                    folds.extend(block.take());
                }
                continue;
            }
            let (first_line, last_line) = (self.line(token.span.start), self.line(token.span.end));
            let goes_on = token.kind == TokenKind::LineComment
                && block.is_some_and(|block| block.last_line + 1 == first_line);
            match &mut block {
                Some(block) if goes_on => block.last_line = last_line,
                _ => {
                    folds.extend(block.take());
                    let is_behind_code = code_end.map(|end| self.line(end)) == Some(first_line);
                    let fold = Fold { first_line, last_line, is_comment: true };
                    block = (!is_behind_code || last_line > first_line).then_some(fold);
                }
            }
        }
        folds.extend(block);
        folds.retain(|fold| fold.last_line > fold.first_line);
        folds
    }

    fn line(&self, offset: u32) -> u32 {
        self.document.indexed_text().line_of(offset as usize) as u32
    }
}

fn is_comment(token: &Token) -> bool {
    matches!(token.kind, TokenKind::LineComment | TokenKind::BlockComment)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::FileKind;

    /// The text with a mark at the beginning of each line: `v` where a fold starts, `^` where one
    /// ends, `x` for both, `.` for none, `*` instead of `v` for comments.
    fn marked(text: &str, limit: usize) -> String {
        let folds = folds(&Document::new(FileKind::Org, text), limit);
        assert!(folds.windows(2).all(|pair| pair[0].first_line < pair[1].first_line));
        text.lines()
            .enumerate()
            .map(|(line, content)| {
                let starts = folds.iter().find(|fold| fold.first_line as usize == line);
                let ends = folds.iter().any(|fold| fold.last_line as usize == line);
                let mark = match (starts, ends) {
                    (Some(_), true) => 'x',
                    (Some(fold), false) if fold.is_comment => '*',
                    (Some(_), false) => 'v',
                    (None, true) => '^',
                    (None, false) => '.',
                };
                format!("{}\n", format!("{mark} {content}").trim_end())
            })
            .collect()
    }

    const ORG: &str = r#"// one
// two

// alone
{
  "name": "Acme", // three
  // four
  // five
  "auth": {
    "type": "basic"
  },
  /* six
     seven */
  "list": [{
      "a": 1
  }],
  "flat": { "b": [
  ] },
  "last": { "c": 1,
    "d": 2,
    "e": 3 }
}
"#;

    #[test]
    fn objects_arrays_and_comments_fold() {
        insta::assert_snapshot!(marked(ORG, MAX_FOLDS), @r#"
        * // one
        ^ // two
        .
        . // alone
        v {
        .   "name": "Acme", // three
        *   // four
        ^   // five
        v   "auth": {
        ^     "type": "basic"
        .   },
        *   /* six
        ^      seven */
        v   "list": [{
        ^       "a": 1
        .   }],
        .   "flat": { "b": [
        .   ] },
        v   "last": { "c": 1,
        ^     "d": 2,
        ^     "e": 3 }
        . }
        "#);
    }

    #[test]
    fn the_outermost_folds_are_kept() {
        insta::assert_snapshot!(marked(ORG, 4), @r#"
        * // one
        ^ // two
        .
        . // alone
        v {
        .   "name": "Acme", // three
        *   // four
        ^   // five
        .   "auth": {
        .     "type": "basic"
        .   },
        *   /* six
        ^      seven */
        .   "list": [{
        .       "a": 1
        .   }],
        .   "flat": { "b": [
        .   ] },
        .   "last": { "c": 1,
        .     "d": 2,
        ^     "e": 3 }
        . }
        "#);
        assert_eq!(folds(&Document::new(FileKind::Org, ORG), 0), []);
    }

    #[test]
    fn siblings_are_as_deep_as_each_other() {
        let text = "[\n[\n[\n]\n,\n[\n1\n]\n],\n[\n1\n]\n]";
        insta::assert_snapshot!(marked(text, 3), @"
        v [
        v [
        . [
        . ]
        . ,
        . [
        . 1
        ^ ]
        . ],
        v [
        ^ 1
        ^ ]
        . ]
        ");
    }

    #[test]
    fn a_comment_behind_code_goes_on_with_none_above() {
        assert_eq!(marked("// a\n{ // b\n}", 9), ". // a\n. { // b\n. }\n");
        assert_eq!(marked("// a\n{}\n// b", 9), ". // a\n. {}\n. // b\n");
    }

    #[test]
    fn an_object_without_its_end_folds_to_its_last_member() {
        insta::assert_snapshot!(marked("{\n  \"auth\": {\n    \"type\": \"basic\"\n\n\n", 9), @r#"
        v {
        v   "auth": {
        ^     "type": "basic"
        .
        .
        "#);
    }

    #[test]
    fn many_brackets_take_little() {
        let bomb = "[\n".repeat(100_000);
        assert_eq!(folds(&Document::new(FileKind::Org, bomb), usize::MAX).len(), MAX_FOLDS);
    }
}
