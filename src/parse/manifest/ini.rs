//! `setup.cfg` and the Debian copyright format as flat lists of entries, line by line.

use super::flat::Flat;
use crate::source::Source;

/// Reads `setup.cfg`: sections, `key = value`, continuation lines. Each line of a
/// value is an entry of its own, `metadata.classifiers.0`; a value of one line
/// carries no number.
pub fn read(source: &Source) -> Flat {
    let mut flat = Flat::default();
    let mut section = "";
    let mut key: Option<(String, std::ops::Range<usize>)> = None;
    let mut number = 0;
    let mut start = 0;
    for line in source.text.split_inclusive('\n') {
        let at = start;
        start += line.len();
        let indented = line.starts_with([' ', '\t']);
        let content = line.trim();
        let content_at = at + (line.len() - line.trim_start().len());
        if content.is_empty() || content.starts_with(['#', ';']) {
            continue;
        }
        if indented {
            if let Some((key, key_range)) = &key {
                flat.push(
                    source,
                    format!("{key}.{number}"),
                    content.to_owned(),
                    key_range.clone(),
                    content_at..content_at + content.len(),
                );
                number += 1;
            }
        } else if let Some(name) = content.strip_prefix('[') {
            section = name.strip_suffix(']').unwrap_or(name);
            key = None;
        } else if let Some(split) = content.find(['=', ':']) {
            let name = content[..split].trim_end();
            let value = content[split + 1..].trim_start();
            let mut path = section.to_owned();
            Flat::join(&mut path, name);
            let key_range = at..at + name.len();
            if !value.is_empty() {
                let value_at = content_at + content.len() - value.len();
                flat.push(
                    source,
                    path.clone(),
                    value.to_owned(),
                    key_range.clone(),
                    value_at..value_at + value.len(),
                );
            }
            key = Some((path, key_range));
            number = 0;
        }
    }
    flat
}

/// Reads `.reuse/dep5`: paragraphs of `Field: value` with continuation lines. Keys
/// are `0.files.0`, `0.license.0`, `0.copyright.0`: paragraph, field, line.
pub fn read_paragraphs(source: &Source) -> Flat {
    let mut flat = Flat::default();
    let mut paragraph = 0;
    let mut open = false;
    let mut field: Option<(String, std::ops::Range<usize>)> = None;
    let mut number = 0;
    let mut start = 0;
    for line in source.text.split_inclusive('\n') {
        let at = start;
        start += line.len();
        let content = line.trim();
        if content.is_empty() {
            paragraph += usize::from(open);
            open = false;
            field = None;
            continue;
        }
        if content.starts_with('#') {
            continue;
        }
        open = true;
        let (value, value_end) = if line.starts_with([' ', '\t']) {
            (content, at + line.trim_end().len())
        } else if let Some((name, value)) = content.split_once(':') {
            let key = format!("{paragraph}.{}", name.trim().to_ascii_lowercase());
            field = Some((key, at..at + name.len()));
            number = 0;
            (value.trim(), at + line.trim_end().len())
        } else {
            continue;
        };
        if let Some((key, key_range)) = &field
            && !value.is_empty()
        {
            flat.push(
                source,
                format!("{key}.{number}"),
                value.to_owned(),
                key_range.clone(),
                value_end - value.len()..value_end,
            );
            number += 1;
        }
    }
    flat
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    fn list(flat: &Flat, text: &str) -> Vec<(String, String)> {
        flat.entries
            .iter()
            .map(|entry| {
                assert_eq!(entry.value, text[entry.value_span.range()]);
                (entry.key.clone(), entry.value.clone())
            })
            .collect()
    }

    fn entry(key: &str, value: &str) -> (String, String) {
        (key.to_owned(), value.to_owned())
    }

    #[test]
    fn setup_cfg() {
        let text = "[metadata]\nname = é x\n# c\nclassifiers =\n    A :: B\n    C\nlicense: MIT\r\n[options]\nx=1\n";
        let flat = read(&Source::from_text(FileId(0), "setup.cfg", text));
        assert_eq!(
            list(&flat, text),
            [
                entry("metadata.name", "é x"),
                entry("metadata.classifiers.0", "A :: B"),
                entry("metadata.classifiers.1", "C"),
                entry("metadata.license", "MIT"),
                entry("options.x", "1"),
            ]
        );
    }

    #[test]
    fn dep5() {
        let text = "Format: x\n\nFiles: a/*\n b/*\nCopyright: 2020 É\nLicense: MIT\n\n\nFiles: c\nLicense: CC0-1.0\n";
        let flat = read_paragraphs(&Source::from_text(FileId(0), "dep5", text));
        assert_eq!(
            list(&flat, text),
            [
                entry("0.format.0", "x"),
                entry("1.files.0", "a/*"),
                entry("1.files.1", "b/*"),
                entry("1.copyright.0", "2020 É"),
                entry("1.license.0", "MIT"),
                entry("2.files.0", "c"),
                entry("2.license.0", "CC0-1.0"),
            ]
        );
    }
}
