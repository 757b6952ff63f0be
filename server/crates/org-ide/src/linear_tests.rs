//! No text costs more than in proportion to its length: every rule and every other analysis, on texts
//! of n, 4n and 16n parts.
//!
//! What is measured is the processor's time of this very thread, so a machine that is busy with
//! something else does not count. What the twelve times n parts of the last step add is compared with
//! what the three times n of the first one add, so a constant part (a hundred findings are shown of a
//! file) hides nothing: in proportion it is four times as much, and sixteen times for a step that
//! looks at each part for each part.

use std::time::Duration;

use crate::completion::{complete, ending_at_cursor};
use crate::rules::{self, Rule, RuleContext};
use crate::test_context::in_context;
use crate::{Context, Document, FileKind, OrgFacts, ProjectFacts, assists, format, harmless};
use crate::{folding, highlights, hover, inlay_hints, lenses, links, names, selection};
use crate::{semantic_tokens, symbols};

/// Parts of the texts of an analysis.
const SIZES: [usize; 3] = [100, 400, 1_600];
/// The same for one rule alone, which does less for each part.
const SIZES_FOR_A_RULE: [usize; 3] = [150, 600, 2_400];
/// What is done in less is not looked at more closely.
const NOTHING: Duration = Duration::from_millis(2);
/// How often what seems to be too slow is measured, for the least of its times: what shares the caches
/// with this thread makes it slower, and nothing makes it faster.
const ROUNDS: usize = 20;
/// How many times as much the second step may add.
const MOST: u32 = 8;

/// A name, the kind of file, what stands before the parts, a part (`#` is its number), and what
/// stands behind them.
type Shape = (&'static str, FileKind, &'static str, &'static str, &'static str);

use FileKind::{Org, Project};

#[rustfmt::skip]
const SHAPES: &[Shape] = &[
    ("unknown members", Org, "{\"name\": \"A\"", ", \"k#\": 0", "}"),
    ("misspelled members", Org, "{\"auth\": {\"type\": \"basic\"", ", \"passwor#\": 0", "}}"),
    ("members of another object", Org, "{\"auth\": {\"type\": \"basic\"", ", \"clientId\": \"x\"", "}}"),
    ("members of auth without a type", Org, "{\"auth\": {\"x\": 0", ", \"user#\": \"x\"", "}}"),
    ("unknown rules", Project, "{\"apiVersion\": \"64.0\", \"rules\": {\"a\": 0", ", \"comment#\": \"off\"", "}}"),
    ("rules", Project, "{\"apiVersion\": \"64.0\", \"rules\": {\"a\": 0", ", \"comment\": \"none\"", "}}"),
    ("unseen severities", Project, "{\"apiVersion\": \"64.0\", \"rules\": {\"a\": 0", ", \"comment\": \"off\u{200b}\"", "}}"),
    ("one name", Org, "{\"name\": \"A\"", ", \"name\": \"A/B\"", "}"),
    ("one unknown name", Org, "{\"name\": \"A\"", ", \"a\": 1", "}"),
    ("wrong types", Org, "{\"name\": 1", ", \"sandbox\": \"no\"", "}"),
    ("empty values", Org, "{\"name\": \"\"", ", \"serverHost\": \" \"", "}"),
    ("placeholders", Org, "{\"auth\": {\"type\": \"basic\"", ", \"password\": \"****\"", "}}"),
    ("references", Org, "{\"auth\": {\"type\": \"basic\"", ", \"password\": \"{{A_#}}\"", "}}"),
    ("unseen characters in names", Org, "{\"name\": \"A\"", ", \"na\u{200b}me#\": 1", "}"),
    ("unseen characters in a value", Org, "{\"serverHost\": \"a", "\u{200b}b", "\"}"),
    ("unseen escapes in a value", Org, "{\"serverHost\": \"a", "\\u200bb", "\"}"),
    ("a long name", Org, "{\"", "name#", "\": 1}"),
    ("a long host", Org, "{\"auth\": {\"type\": \"oauth2-client-credentials\", \"instanceUrl\": \"https://", "acme.", "my.salesforce.com,\"}}"),
    ("many hosts", Org, "{\"serverHost\": \"", "a#.my.salesforce.com ", "\"}"),
    ("a long secret", Org, "{\"auth\": {\"type\": \"basic\", \"password\": \"", "${[%*", "\"}}"),
    ("a long name of an org", Org, "{\"name\": \"", "a/\u{200d}", "\"}"),
    ("comments", Org, "{", "// x #\n", "\"name\": \"A\"}"),
    ("block comments", Org, "{", "/* x # */", "\"name\": \"A\"}"),
    ("open brackets", Org, "", "[{", ""),
    ("nested objects", Org, "{\"a\": 0", ", \"a\": {\"a\": 0", "}"),
    ("objects of several lines", Org, "{\"a\": 0", ",\"a\":{\n\"b\":0\n}", "}"),
    ("closing brackets", Org, "", "]}", ""),
    ("commas", Org, "{\"name\": \"A\"", ",", "}"),
    ("trailing commas", Org, "{\"a\": [0", ",[1,]", "]}"),
    ("colons", Org, "{\"name\"", ": ", "\"A\"}"),
    ("quotes", Org, "{\"name\": ", "\"", "}"),
    ("backslashes", Org, "{\"name\": \"", "\\x", "\"}"),
    ("unfinished strings", Org, "{", "\"name: \n", "}"),
    ("bare words", Org, "{\"name\": ", "yes ", "}"),
    ("typographic quotes", Org, "{\"name\": ", "\u{201c}a\u{201d} ", "}"),
    ("blanks", Org, "{", "  \n", "\"name\": \"A\"}"),
    ("odd blanks", Org, "{", "\u{a0}", "\"name\": \"A\"}"),
    ("after the end", Org, "{}", " {}", ""),
    ("array of strings", Org, "{\"a\": [0", ", \"x#\"", "]}"),
];

fn text_of((_, _, before, part, behind): &Shape, parts: usize) -> String {
    let parts: String = (0..parts).map(|number| part.replace('#', &number.to_string())).collect();
    format!("{before}{parts}{behind}")
}

fn document_of(shape: &Shape, parts: usize) -> Document {
    Document::new(shape.1, text_of(shape, parts))
}

/// The time that this thread has had of the processor.
#[cfg(unix)]
fn now() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec.unsigned_abs(), u32::try_from(time.tv_nsec).unwrap_or_default())
}

/// Elsewhere the time on the wall has to do.
#[cfg(not(unix))]
fn now() -> Duration {
    use std::sync::LazyLock;
    use std::time::Instant;
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    START.elapsed()
}

/// The time that some work takes.
fn time(work: impl FnOnce()) -> Duration {
    let start = now();
    work();
    now() - start
}

/// Whether times for n, 4n and 16n parts grow faster than in proportion. The smallest text may take
/// another way (only a short one is a host), so the first step is no less than half of what 4n take.
fn is_too_slow([once, four_times, sixteen_times]: [Duration; 3]) -> bool {
    let first_step = four_times.saturating_sub(once).max(four_times / 2).max(NOTHING / MOST);
    sixteen_times.saturating_sub(four_times) > first_step * MOST
}

/// What grows too fast, in words. Most work is done with by one look at the `prepared`; what seems to
/// be too slow is measured again with what nothing has been asked of.
fn judge<T>(
    what: &str,
    prepared: &[T; 3],
    prepare: impl Fn(usize) -> T,
    work: impl Fn(&T),
) -> Option<String> {
    let most = time(|| work(&prepared[2]));
    if most < NOTHING {
        return None;
    }
    let once = [0, 1].map(|index| time(|| work(&prepared[index])));
    if !is_too_slow([once[0], once[1], most]) {
        return None;
    }
    let mut least = [Duration::MAX; 3];
    for round in 1..=ROUNDS {
        for (index, least) in least.iter_mut().enumerate() {
            let prepared = prepare(index);
            *least = time(|| work(&prepared)).min(*least);
        }
        if round >= 3 && !is_too_slow(least) {
            return None;
        }
    }
    Some(format!("{what}: {least:?}"))
}

/// Places in the middle of a text, where most stands around them: enough to meet every kind of place
/// that a part has.
fn places(document: &Document) -> Vec<u32> {
    let middle = document.text().len() / 2;
    let boundaries = (middle..).filter(|at| document.text().is_char_boundary(*at));
    boundaries.take(14).filter(|at| *at <= document.text().len()).map(|at| at as u32).collect()
}

/// One place in the middle of a text.
fn middle(document: &Document) -> u32 {
    places(document)[0]
}

const OPTIONS: format::Options = format::Options {
    tab_size: 2,
    insert_spaces: true,
    insert_final_newline: true,
    trim_trailing_whitespace: true,
};

type Analysis = (&'static str, fn(&Document, &Context<'_>));

#[rustfmt::skip]
const ANALYSES: &[Analysis] = &[
    ("all rules", |document, context| drop(rules::check(document, context))),
    ("all fixes", |document, context| {
        for finding in rules::check(document, context) {
            drop(rules::fixes(document, context, &finding));
        }
    }),
    ("refusal of a login", |document, context| drop(rules::refuses_login(document, context))),
    ("apply all fixes", |document, context| drop(assists::fix_all(document, context))),
    ("secrets", |document, context| drop(assists::written_secrets(document, context))),
    ("conversion", |document, context| drop(assists::convert_to_oauth(document, context))),
    ("server host", |document, _| drop(assists::complete_server_host(document))),
    ("completion", |document, context| {
        for place in places(document) {
            for item in complete(document, context, place) {
                drop(ending_at_cursor(item, document.text(), place));
            }
        }
    }),
    ("hover", |document, context| drop(hover::hover(document, context, middle(document)))),
    ("hints", |document, context| drop(inlay_hints::inlay_hints(document, context))),
    ("lenses", |document, context| drop(lenses::lenses(document, context))),
    ("links", |document, context| drop(links::links(document, context))),
    ("definition", |document, context| drop(names::definition(document, context, middle(document)))),
    ("symbols", |document, context| drop(symbols::document_symbols(document, context))),
    ("folding", |document, _| drop(folding::folds(document, 5_000))),
    ("selection", |document, _| drop(selection::selection_spans(document, middle(document)))),
    ("highlights", |document, _| drop(highlights::highlights(document, middle(document)))),
    ("semantic tokens", |document, context| drop(semantic_tokens::semantic_tokens(document, context))),
    ("formatting", |document, _| drop(format::document(document, &OPTIONS))),
    ("formatting while typing", |document, _| {
        drop(format::on_type(document, middle(document), '}', &OPTIONS));
    }),
    ("harmless parts", |document, _| drop(harmless::harmless(document))),
    ("facts", |document, _| drop(OrgFacts::of(document))),
];

#[test]
fn every_rule_is_linear() {
    let mut too_slow = Vec::new();
    for shape in SHAPES {
        let prepare = |index: usize| document_of(shape, SIZES_FOR_A_RULE[index]);
        let prepared = [0, 1, 2].map(prepare);
        for rule in rules::ALL.iter().copied() {
            let what = format!("{} on {}", rule.name, shape.0);
            let work = |document: &Document| check_one(rule, document);
            too_slow.extend(judge(&what, &prepared, prepare, work));
        }
    }
    assert!(too_slow.is_empty(), "{too_slow:#?}");
}

fn check_one(rule: &'static Rule, document: &Document) {
    in_context(|context| drop(rules::check_one(rule, &RuleContext::new(document, context))));
}

#[test]
fn every_analysis_is_linear() {
    let mut too_slow = Vec::new();
    for shape in SHAPES {
        let text = |index: usize| text_of(shape, SIZES[index]);
        let parse = |text: &String| drop(Document::new(shape.1, text.as_str()));
        let what = format!("parsing {}", shape.0);
        too_slow.extend(judge(&what, &[0, 1, 2].map(text), text, parse));
        let prepare = |index: usize| document_of(shape, SIZES[index]);
        let prepared = [0, 1, 2].map(prepare);
        for (name, analysis) in ANALYSES {
            let what = format!("{name} on {}", shape.0);
            let work = |document: &Document| in_context(|context| analysis(document, context));
            too_slow.extend(judge(&what, &prepared, prepare, work));
        }
    }
    assert!(too_slow.is_empty(), "{too_slow:#?}");
}

/// Orgs of one name and one connection, each judged, and the project file that blocks the upgrade of
/// all.
#[test]
fn a_project_of_many_orgs_is_linear() {
    const ORG: &str = r#"{"name": "A", "auth": {"type": "basic", "username": "a@acme.example", "password": "${env:A}"}}"#;
    let names = |index: usize| -> Vec<String> {
        (0..SIZES[index] / 2).map(|number| format!("orgs/{number}.sforg.json")).collect()
    };
    let org = Document::new(Org, ORG);
    let file = Document::new(Project, r#"{"apiVersion": "64.0"}"#);
    let judged = judge("a project", &[0, 1, 2].map(names), names, |files: &Vec<String>| {
        let mut project = ProjectFacts::default();
        project.set_file("sforg-project.json", &file);
        for file in files {
            project.set_org(file.as_str(), OrgFacts::of(&org));
        }
        in_context(|context| {
            for name in files {
                let context = Context { file: name, project: Some(&project), ..*context };
                drop(rules::check(&org, &context));
            }
            let name = "sforg-project.json";
            let context = Context { file: name, project: Some(&project), ..*context };
            drop(rules::check(&file, &context));
        });
    });
    assert_eq!(judged, None);
}

/// The measure itself: what looks at each part for each part is told from what does not, also beside
/// a large constant part and what is done for each part.
#[test]
fn a_quadratic_step_is_told() {
    let parts = |index: usize| -> Vec<u64> { (0..SIZES[index] as u64).collect() };
    let look_at = |values: &mut dyn Iterator<Item = u64>| {
        assert!(std::hint::black_box(values.sum::<u64>()) < u64::MAX);
    };
    let linear = |parts: &Vec<u64>| {
        look_at(&mut (0..100_000));
        look_at(&mut parts.iter().flat_map(|part| (0..100).map(move |other| part ^ other)));
    };
    let quadratic = |parts: &Vec<u64>| {
        linear(parts);
        look_at(&mut parts.iter().flat_map(|a| parts.iter().map(move |b| a ^ b)));
    };
    let prepared = [0, 1, 2].map(parts);
    assert_eq!(judge("parts", &prepared, parts, linear), None);
    // A step that is measured while the machine is slow may look cheap once, and not five times.
    assert!((0..5).any(|_| judge("pairs", &prepared, parts, quadratic).is_some()));
}

#[test]
fn a_file_shows_a_hundred_findings_and_one_that_says_so() {
    for shape in SHAPES {
        let document = document_of(shape, SIZES[1]);
        let findings = in_context(|context| rules::check(&document, context));
        assert!(findings.len() <= 101, "{}: {}", shape.0, findings.len());
        let says_so = findings.last().is_some_and(|last| last.rule.name == "too-many-findings");
        assert_eq!(findings.len() > 100, says_so, "{}", shape.0);
        for finding in &findings {
            assert!(finding.message.len() < 2_000 && finding.related.len() <= 20, "{}", shape.0);
        }
    }
}
