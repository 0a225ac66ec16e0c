//! Addresses of files.

use std::fmt::Write as _;
use std::path::Path;

/// Percent-encodes a `/`-separated path, so that nothing in it is read as a scheme,
/// a query or a fragment.
pub fn encode(path: &[u8]) -> String {
    let mut out = String::with_capacity(path.len());
    for &byte in path {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                out.push(char::from(byte));
            }
            _ => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

/// The `file:` address of a folder; it ends in a slash, as a base must.
pub fn folder(path: &Path) -> String {
    let absolute = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let bytes = absolute.as_os_str().as_encoded_bytes();
    let mut encoded = if cfg!(windows) {
        let text = String::from_utf8_lossy(bytes).replace('\\', "/");
        format!("/{}", encode(text.trim_start_matches("//?/").as_bytes()))
    } else {
        encode(bytes)
    };
    if !encoded.ends_with('/') {
        encoded.push('/');
    }
    format!("file://{encoded}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_address_could_misread_is_encoded() {
        assert_eq!(encode(b"docs/a b.md"), "docs/a%20b.md");
        assert_eq!(encode(b"c:d/#1?x%y"), "c%3Ad/%231%3Fx%25y");
        assert_eq!(encode("é\u{1b}".as_bytes()), "%C3%A9%1B");
        assert_eq!(encode(b"\xff.md"), "%FF.md");
    }
}
