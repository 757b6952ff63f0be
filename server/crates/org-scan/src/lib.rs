//! Every Salesforce login of a repository: which files are worth reading, who logs in there, and when that
//! breaks.
//!
//! Pure: whoever walks the folders hands over names and bytes. A file goes through three doors, the cheap
//! ones first: its name ([`format_of`]), a look for words that each login has ([`FirstLook`]), and the reader
//! of its format ([`read`]). What comes out is a [`org_ide::Document`] for each login, which the same rules
//! judge as our own files: [`Row::of`].

mod first_look;
mod mark;
mod read;
mod row;

pub use first_look::FirstLook;
pub use mark::Mark;
pub use read::{Found, FoundLogin, MAX_FILE_BYTES, format_of, read};
pub use row::{Row, SecretState, Subject};
