//! Pure answers about org files.
