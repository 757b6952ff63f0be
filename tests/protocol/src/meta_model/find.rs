//! Where the model is.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use super::MetaModel;

/// Names another file than the one that the tests install.
const VARIABLE: &str = "SFORG_LSP_META_MODEL";

/// The meta model of `SFORG_LSP_META_MODEL`, else the installed one.
///
/// # Errors
/// It is not there or cannot be read; the text says what to do.
pub fn meta_model() -> Result<&'static MetaModel, &'static str> {
    static MODEL: OnceLock<Result<MetaModel, String>> = OnceLock::new();
    MODEL.get_or_init(read).as_ref().map_err(String::as_str)
}

fn read() -> Result<MetaModel, String> {
    let path = match std::env::var_os(VARIABLE) {
        Some(path) => PathBuf::from(path),
        None => {
            Path::new(env!("CARGO_MANIFEST_DIR")).join("meta-model/node_modules/metaModel.json")
        }
    };
    let text = std::fs::read_to_string(&path).map_err(|error| {
        format!(
            "LSP's meta model cannot be read, so no message is checked against it: {} ({error}). Install it with `bash tests/protocol/meta-model/setup.sh`, or set {VARIABLE} to a metaModel.json.",
            path.display()
        )
    })?;
    MetaModel::of(&text).map_err(|problem| format!("{}: {problem}", path.display()))
}
