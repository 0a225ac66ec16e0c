//! Paths and errors as readers are shown them.

use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use crate::facts::RelativePath;

/// An input or output error without the number that means nothing to readers.
pub fn reason(error: &std::io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or(&text);
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(chars).collect()
    })
}

/// `path` below `root`, `/`-separated; the root itself is `.`.
pub fn relative(root: &Path, path: &Path) -> RelativePath {
    let path = path.strip_prefix(root).unwrap_or(path);
    let mut out = String::with_capacity(path.as_os_str().len());
    for part in path.components() {
        if matches!(part, Component::CurDir) {
            continue;
        }
        if !out.is_empty() && !out.ends_with('/') {
            out.push('/');
        }
        match (part, part.as_os_str().to_str()) {
            (Component::RootDir, _) => out.push('/'),
            (_, Some(text)) => out.push_str(text),
            (_, None) => out.push_str(&escaped(part.as_os_str().as_encoded_bytes())),
        }
    }
    if out.is_empty() {
        out.push('.');
    }
    Arc::from(out)
}

/// Bytes that are no UTF-8 as `\xff`, so that two names never become one.
fn escaped(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    let mut out = String::with_capacity(bytes.len() + 8);
    for chunk in bytes.utf8_chunks() {
        out.push_str(chunk.valid());
        for byte in chunk.invalid() {
            let _ = write!(out, "\\x{byte:02x}");
        }
    }
    out
}

/// A path without `.` and `..`, which are resolved by the names alone.
pub fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => {
                plain.pop();
            }
            Component::CurDir => {}
            _ => plain.push(part),
        }
    }
    plain
}

/// A path as it was given, `/`-separated.
pub fn readable(text: &str) -> String {
    text.replace(std::path::MAIN_SEPARATOR, "/")
}
