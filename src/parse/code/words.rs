//! Short looks at names and words. Most names are shorter than what the standard library's
//! searches are made for.

use std::sync::LazyLock;

use memchr::memmem::Finder;
use memchr::memrchr;

/// The last part of a dotted name.
pub fn last_name(path: &str) -> &str {
    memrchr(b'.', path.as_bytes()).map_or(path, |at| &path[at + 1..])
}

/// Whether there may be an address among words.
pub fn holds_scheme(words: &str) -> bool {
    static SCHEME: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("://"));
    SCHEME.find(words.as_bytes()).is_some()
}
