//! Text with positions.
