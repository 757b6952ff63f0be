//! An edited text against a model that is too simple to be wrong: a `String`, walked character by
//! character.

use std::ops::Range;

use org_text::{Encoding, IndexedText, Position, Text};
use proptest::prelude::*;

const ALL: [Encoding; 3] = [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32];

fn units(character: char, encoding: Encoding) -> u32 {
    match encoding {
        Encoding::Utf8 => character.len_utf8() as u32,
        Encoding::Utf16 => character.len_utf16() as u32,
        Encoding::Utf32 => 1,
    }
}

/// Every place where a cursor can stand, in order: its offset and its position. The places inside
/// a `\r\n` are not among them.
fn places(text: &str, encoding: Encoding) -> Vec<(usize, Position)> {
    let mut places = vec![];
    let mut at = Position::default();
    let mut previous = '\0';
    for (offset, character) in text.char_indices() {
        if (previous, character) != ('\r', '\n') {
            places.push((offset, at));
        }
        let is_break =
            character == '\n' || character == '\r' && !text[offset..].starts_with("\r\n");
        if is_break {
            at = Position::new(at.line + 1, 0);
        } else if character != '\r' {
            at.character += units(character, encoding);
        }
        previous = character;
    }
    places.push((text.len(), at));
    places
}

/// The last place at or before `offset`.
fn model_position(text: &str, offset: usize, encoding: Encoding) -> Position {
    let places = places(text, encoding);
    places
        .iter()
        .rev()
        .find(|place| place.0 <= offset)
        .map(|place| place.1)
        .expect("the first place is at the start of the text")
}

/// The last place at or before `position`; the end when there is no such line.
fn model_offset(text: &str, position: Position, encoding: Encoding) -> usize {
    let places = places(text, encoding);
    if position.line > places.last().expect("the end is a place").1.line {
        return text.len();
    }
    places
        .iter()
        .rev()
        .find(|place| place.1 <= position)
        .map(|place| place.0)
        .expect("the first place is at the start of the text")
}

fn down_to_boundary(text: &str, offset: usize) -> usize {
    (0..=offset.min(text.len()))
        .rev()
        .find(|&at| text.is_char_boundary(at))
        .expect("the first place is at the start of the text")
}

fn model_replace(text: &mut String, range: Range<usize>, with: &str) {
    let start = down_to_boundary(text, range.start.min(range.end));
    let end = down_to_boundary(text, range.start.max(range.end));
    text.replace_range(start..end, with);
}

/// Short texts full of what goes wrong: every kind of line break (and what is none), wide
/// characters, combining ones, byte order marks.
fn text() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "\n",
        "\r\n",
        "\r",
        "a",
        "\"",
        "{",
        "é",
        "e\u{301}",
        "€",
        "🏢",
        "👩‍👩‍👧",
        "\u{feff}",
        "\u{2028}",
        "\u{85}",
        "\u{b}",
        "\0",
        "  ",
    ]);
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

/// Texts of several ropey leaves, so that line breaks and characters meet the seams.
fn long_text() -> impl Strategy<Value = String> {
    (text(), 0usize..100).prop_map(|(text, times)| text.repeat(times))
}

fn position() -> impl Strategy<Value = Position> {
    let number = || prop_oneof![8 => 0u32..12, 1 => any::<u32>(), 1 => Just(u32::MAX)];
    (number(), number()).prop_map(|(line, character)| Position::new(line, character))
}

fn encoding() -> impl Strategy<Value = Encoding> {
    prop::sample::select(ALL.to_vec())
}

fn offset() -> impl Strategy<Value = usize> {
    prop_oneof![8 => 0usize..60, 1 => any::<usize>()]
}

#[derive(Clone, Debug)]
enum Edit {
    Whole(String),
    Positions(Range<Position>, String, Encoding),
    Bytes(Range<usize>, String),
}

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        1 => text().prop_map(Edit::Whole),
        8 => (position(), position(), text(), encoding())
            .prop_map(|(start, end, with, encoding)| Edit::Positions(start..end, with, encoding)),
        4 => (offset(), offset(), text())
            .prop_map(|(start, end, with)| Edit::Bytes(start..end, with)),
    ]
}

fn assert_same(text: &Text, model: &str) {
    assert_eq!(text.to_string(), model);
    assert_eq!(text.len(), model.len());
    let last = places(model, Encoding::Utf32).last().expect("the end is a place").1.line;
    assert_eq!(text.line_count(), last as usize + 1);
    assert_eq!(text, &Text::new(model), "built from scratch");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn edits_agree_with_the_model(start in text(), edits in prop::collection::vec(edit(), 1..12)) {
        let mut text = Text::new(&start);
        let mut model = start;
        for edit in edits {
            match edit {
                Edit::Whole(with) => {
                    text.apply(None, &with, Encoding::Utf16);
                    model = with;
                }
                Edit::Positions(range, with, encoding) => {
                    let start = model_offset(&model, range.start, encoding);
                    let end = model_offset(&model, range.end, encoding);
                    text.apply(Some(range), &with, encoding);
                    model_replace(&mut model, start..end, &with);
                }
                Edit::Bytes(range, with) => {
                    text.replace(range.clone(), &with);
                    model_replace(&mut model, range, &with);
                }
            }
            assert_same(&text, &model);
        }
    }

    #[test]
    fn positions_and_offsets_agree_with_the_model(
        model in text(), position in position(), offset in offset(), encoding in encoding(),
    ) {
        let byte = model_offset(&model, position, encoding);
        prop_assert_eq!(Text::new(&model).offset(position, encoding), byte);
        let text = IndexedText::new(&*model);
        prop_assert_eq!(text.offset(position, encoding), byte);
        prop_assert_eq!(text.position(offset, encoding), model_position(&model, offset, encoding));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn every_place_of_a_long_text_goes_there_and_back(model in long_text()) {
        let (edited, text) = (Text::new(&model), IndexedText::new(&*model));
        for encoding in ALL {
            for (offset, position) in places(&model, encoding) {
                prop_assert_eq!(text.position(offset, encoding), position);
                prop_assert_eq!(text.offset(position, encoding), offset);
                prop_assert_eq!(edited.offset(position, encoding), offset);
            }
        }
    }

    #[test]
    fn edits_of_a_long_text_agree_with_the_model(
        start in long_text(),
        edits in prop::collection::vec((any::<prop::sample::Index>(), 0usize..3_000, text()), 1..30),
    ) {
        let mut text = Text::new(&start);
        let mut model = start;
        for (at, len, with) in edits {
            let start = at.index(model.len() + 1);
            text.replace(start..start + len, &with);
            model_replace(&mut model, start..start + len, &with);
        }
        assert_same(&text, &model);
    }
}
