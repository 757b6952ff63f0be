//! Finding every Salesforce login below a folder, as editor and terminal share it: the folder is walked in
//! parallel, what is worth it is read, and what is found comes back in the order of the paths.

mod row;
mod walk;

pub use row::RowData;
pub use walk::{Passed, Scanned, ScannedFile, scan_file, scan_folder};
