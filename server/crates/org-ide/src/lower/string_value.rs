//! A string with what rules ask about it.

use std::sync::{Arc, OnceLock};

use org_schema::foreign_ref::{self, ForeignReference};
use org_schema::{members, value_shapes};
use org_syntax::Span;

/// A string as written and as meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StringValue {
    /// The value, escapes decoded.
    pub value: String,
    /// Byte span of what is written: with the quotes in JSON, without them in XML.
    pub span: Span,
    known: Arc<Known>,
}

/// What many rules ask about a value, worked out when it is first asked; clones know it, too.
#[derive(Debug, Default)]
struct Known {
    is_placeholder: OnceLock<bool>,
    is_masked: OnceLock<bool>,
    foreign: OnceLock<Option<Box<ForeignReference>>>,
}

/// It all follows from the value, whether it was asked or not.
impl PartialEq for Known {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Known {}

impl StringValue {
    /// The string `value`, written at `span`.
    pub fn new(value: impl Into<String>, span: Span) -> Self {
        Self { value: value.into(), span, known: Arc::default() }
    }

    /// Whether it is what somebody still has to fill in.
    pub(crate) fn is_placeholder(&self) -> bool {
        *self.known.is_placeholder.get_or_init(|| value_shapes::is_placeholder(&self.value))
    }

    /// A placeholder as `placeholder-value` sees it: what a program shows instead of a secret counts in
    /// the members that hold credentials.
    pub(crate) fn is_placeholder_of(&self, member: &str) -> bool {
        let is_masked =
            || *self.known.is_masked.get_or_init(|| value_shapes::is_masked(&self.value));
        self.is_placeholder() || (members::may_be_reference(member) && is_masked())
    }

    /// What it is meant as, where it has the form of another program's reference.
    pub(crate) fn foreign(&self) -> Option<&ForeignReference> {
        self.known.foreign.get_or_init(|| foreign_ref::parse(&self.value).map(Box::new)).as_deref()
    }
}
