//! Decoding and writing texts.

use org_syntax::{decode_string, quote};
use proptest::prelude::*;

use crate::texts;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    #[test]
    fn valid_strings_decode_as_serde_decodes_them(raw in texts::string()) {
        // Serde refuses lone surrogates.
        if let Ok(expected) = serde_json::from_str::<String>(&raw) {
            prop_assert_eq!(decode_string(&raw), expected);
        }
    }

    #[test]
    fn pairs_of_escaped_surrogates_are_one_character(character in any::<char>()) {
        let escapes: String =
            character.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04X}")).collect();
        let raw = format!("\"{escapes}\"");
        prop_assert_eq!(decode_string(&raw), character.to_string());
    }

    #[test]
    fn quoting_writes_what_serde_writes(value in any::<String>()) {
        let literal = quote(&value);
        prop_assert_eq!(&literal, &serde_json::to_string(&value).expect("strings have a JSON form"));
        prop_assert_eq!(decode_string(&literal), value);
    }

    #[test]
    fn quoting_escapes_every_control_character(value in "[\u{0}-\u{7f}\"\\\\]{0,12}") {
        let literal = quote(&value);
        prop_assert_eq!(decode_string(&literal), &*value);
        prop_assert_eq!(quote(&value), serde_json::to_string(&value).expect("strings have a JSON form"));
    }

    #[test]
    fn any_text_decodes(raw in prop_oneof![any::<String>(), texts::soup(), "[\"'“‘]?[\\\\u0dD89aé\"'”’]{0,14}"]) {
        decode_string(&raw);
    }
}
