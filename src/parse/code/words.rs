//! Short looks at names and words. Most names are shorter than what the standard library's
//! searches are made for.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use memchr::memmem::Finder;
use memchr::memrchr;

/// The last part of a dotted name.
pub fn last_name(path: &str) -> &str {
    memrchr(b'.', path.as_bytes()).map_or(path, |at| &path[at + 1..])
}

/// Whether a name is one of these, whatever its case.
pub fn is_among(names: &[&str], name: &str) -> bool {
    names.iter().any(|own| own.eq_ignore_ascii_case(name))
}

/// Looks for these words in names, whatever their case.
pub fn any_of(words: &[&str]) -> AhoCorasick {
    AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .build(words)
        .expect("a few short words")
}

/// Whether there may be an address among words.
pub fn holds_scheme(words: &str) -> bool {
    static SCHEME: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("://"));
    SCHEME.find(words.as_bytes()).is_some()
}

/// Whether a function of this name makes an address.
pub fn makes_address(name: &str) -> bool {
    const WORDS: &[&str] = &["url", "uri", "endpoint", "address", "baselink", "apibase"];
    let lower = name.to_ascii_lowercase();
    lower.len() >= 5
        && WORDS.iter().any(|word| lower.contains(word))
        && ![
            "parse", "valid", "encode", "decode", "open", "quote", "fetch", "request", "is",
        ]
        .iter()
        .any(|word| lower.starts_with(word) || lower.ends_with(word))
}

/// Whether a function makes another one of the one that it is handed, which waits, is
/// limited or is kept: `debounce(f, 300)`, `_.throttle(f)`, `useCallback(f, [])`.
pub fn is_wrapper(callee: &str) -> bool {
    let name = last_name(callee).to_ascii_lowercase();
    ["throttl", "limit", "wrap", "debounc"]
        .iter()
        .any(|word| name.contains(word))
        || name.starts_with("use") && (name.ends_with("callback") || name.ends_with("event"))
}
