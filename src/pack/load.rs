//! Reading packs from the binary or from a folder.

use std::path::Path;

use super::Pack;

/// A pack that can't be used; points at the key at fault.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
#[error("{message}")]
pub struct PackError {
    /// What is wrong.
    pub message: String,
}

/// The packs that ship with the binary.
pub fn load_embedded() -> Result<Vec<Pack>, PackError> {
    Ok(Vec::new())
}

/// One pack from a folder.
pub fn load_directory(_directory: &Path) -> Result<Pack, PackError> {
    Err(PackError {
        message: "not written yet".to_owned(),
    })
}
