//! What holds for every text, checked on many: generated, mutated, cut short, and huge ones.

mod big_texts;
mod edited_texts;
mod invariants;
mod same_as_serde;
mod strings;
mod texts;
mod typed_texts;
