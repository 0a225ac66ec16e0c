//! What a file is and which part of the repository it belongs to, from its path alone.

use crate::facts::{FileKind, Zone};

/// The kind of the file at `path` (relative, `/`-separated).
pub fn kind(_path: &str) -> FileKind {
    FileKind::Other
}

/// The zone of the file at `path`.
pub fn zone(_path: &str) -> Zone {
    Zone::Project
}

/// Whether a file is parsed even when no trigger stands in it: manifests,
/// licences and the few documents that speak for the whole repository.
pub fn always_parse(_path: &str, kind: FileKind) -> bool {
    matches!(kind, FileKind::Manifest(_) | FileKind::Licence)
}
