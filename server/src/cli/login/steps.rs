//! The steps of orgs whose logins do not work for the same cause: what they share once, the rest with the names of
//! those it is for.

/// So many different lists of steps are told; of more, the first.
const TOLD: usize = 2;

/// A step.
#[derive(Debug, PartialEq, Eq)]
pub struct Step<'a> {
    /// What to do.
    pub text: &'a str,
    /// Whom it is for, by their places; none when it is for all.
    pub of: Vec<usize>,
}

/// The steps of all these lists, in their order. With `all`, or where there are few different ones, nothing is left
/// out; else they are those of the first.
pub fn merged<'a>(lists: &[&'a [String]], all: bool) -> Vec<Step<'a>> {
    let mut different: Vec<&[String]> = Vec::new();
    for list in lists {
        if !different.contains(list) {
            different.push(list);
        }
    }
    if different.len() > TOLD && !all {
        different.truncate(1);
    }
    let mut steps: Vec<Step<'a>> = Vec::new();
    for list in &different {
        let mut last = None;
        for text in list.iter() {
            let known = steps.iter().position(|step| step.text == text);
            last = Some(known.unwrap_or_else(|| {
                let of = |place: &usize| lists[*place].contains(text);
                let of: Vec<usize> = (0..lists.len()).filter(of).collect();
                let of = if of.len() == lists.len() { Vec::new() } else { of };
                // Behind those of the lists before that stand there as well.
                let behind = last.map_or(0, |last| last + 1);
                let others =
                    steps[behind..].iter().take_while(|it| !list.iter().any(|own| own == it.text));
                let at = behind + others.count();
                steps.insert(at, Step { text: text.as_str(), of });
                at
            }));
        }
    }
    steps
}

/// Whether some of the steps are left out.
pub fn are_cut(lists: &[&[String]], most: usize, all: bool) -> bool {
    let shown = merged(lists, all);
    shown.len() > most
        || lists.iter().any(|list| list.iter().any(|text| shown.iter().all(|it| it.text != text)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lists(written: &[&str]) -> Vec<Vec<String>> {
        let list = |text: &&str| text.split(' ').map(str::to_owned).collect();
        written.iter().map(list).collect()
    }

    fn shown(written: &[&str], all: bool) -> (String, bool) {
        let lists = lists(written);
        let lists: Vec<&[String]> = lists.iter().map(Vec::as_slice).collect();
        let step = |step: &Step<'_>| {
            let of: Vec<String> = step.of.iter().map(ToString::to_string).collect();
            if of.is_empty() {
                step.text.to_owned()
            } else {
                format!("{}:{}", of.join(","), step.text)
            }
        };
        let steps: Vec<String> = merged(&lists, all).iter().map(step).collect();
        (steps.join(" "), are_cut(&lists, usize::MAX, all))
    }

    #[test]
    fn what_is_for_some_says_for_whom() {
        let told = |written: &[&str]| shown(written, false);
        assert_eq!(told(&["a b", "a b"]), ("a b".to_owned(), false));
        assert_eq!(told(&["a b", "c b"]), ("0:a 1:c b".to_owned(), false));
        assert_eq!(told(&["a b c", "a d c", "a b c"]), ("a 0,2:b 1:d c".to_owned(), false));
        let many = ["a z", "b z", "c z"];
        assert_eq!(told(&many), ("0:a z".to_owned(), true));
        assert_eq!(shown(&many, true), ("0:a 1:b 2:c z".to_owned(), false));
        assert_eq!(told(&[]), (String::new(), false));
    }
}
