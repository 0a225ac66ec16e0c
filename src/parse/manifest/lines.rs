//! `key: value` and `key = value` line by line, nested by indentation: what the
//! formats share that are no YAML, or hold templates that keep YAML from being read.

use super::flat::{Flat, MAX_DEPTH};
use crate::source::Source;

/// Longest key.
const LONGEST: usize = 64;

/// Reads the lines.
pub(super) fn read(source: &Source) -> Flat {
    let mut flat = Flat::default();
    // Open keys by their indentation.
    let mut open: Vec<(usize, &str)> = Vec::new();
    let mut start = 0;
    for line in source.text.split_inclusive('\n') {
        let at = start;
        start += line.len();
        let content = line.trim();
        if content.is_empty() || content.starts_with(['#', '%', '{']) || content.starts_with("--") {
            continue;
        }
        let indentation = line.len() - line.trim_start().len();
        let Some((key, value)) = split(content) else {
            continue;
        };
        while open.last().is_some_and(|&(depth, _)| depth >= indentation) {
            open.pop();
        }
        let value_at = at + indentation + (content.len() - value.len());
        let (value, value_at) = unquoted(value, value_at);
        if value.is_empty() {
            if open.len() < MAX_DEPTH {
                open.push((indentation, key));
            }
            continue;
        }
        let mut path = String::new();
        for (_, above) in &open {
            Flat::join(&mut path, above);
        }
        Flat::join(&mut path, key);
        let key_at = at + indentation;
        flat.push(
            source,
            path,
            value.to_owned(),
            key_at..key_at + key.len(),
            value_at..value_at + value.len(),
        );
    }
    flat
}

fn split(content: &str) -> Option<(&str, &str)> {
    let at = content.find([':', '='])?;
    let key = content[..at].trim_end();
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    let sound = !key.is_empty() && key.len() <= LONGEST && key.chars().all(plain);
    sound.then(|| (key, content[at + 1..].trim_start()))
}

/// A value without its quotes, or without the comment after it.
fn unquoted(value: &str, at: usize) -> (&str, usize) {
    // opam writes lists of one: ["MIT"].
    let inner = value.trim_start_matches('[');
    for quote in ['"', '\''] {
        if let Some(rest) = inner.trim_start().strip_prefix(quote) {
            let end = rest.find(quote).unwrap_or(rest.len());
            return (&rest[..end], at + value.len() - rest.len());
        }
    }
    let end = value.find(" #").unwrap_or(value.len());
    (value[..end].trim_end(), at)
}

#[cfg(test)]
mod tests {
    use super::super::flat::testing::{entry, list};
    use super::*;
    use crate::source::FileId;

    #[test]
    fn keys_are_nested_by_indentation() {
        let text = "{% set version = \"1\" %}\npackage:\n  name: é\nabout:\n  # c\n  license: 'MIT'  # why\n  home: https://h.example\nLicense: GPL-3 | MIT\nlicense = \"ISC\"\nlicense: [\"Zlib\"]\n";
        assert_eq!(
            list(
                &read(&Source::from_text(FileId(0), "meta.yaml", text)),
                text
            ),
            [
                entry("package.name", "é", "é"),
                entry("about.license", "MIT", "MIT"),
                entry("about.home", "https://h.example", "https://h.example"),
                entry("License", "GPL-3 | MIT", "GPL-3 | MIT"),
                entry("license", "ISC", "ISC"),
                entry("license", "Zlib", "Zlib"),
            ]
        );
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in "[ a:='\"\\[#\n{é]{0,60}") {
            let _ = read(&Source::from_text(FileId(0), "a.cabal", &text));
        }
    }
}
