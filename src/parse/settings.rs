//! Addresses that data sets for the programs that read it: `appsettings.json`,
//! `config.yaml`, `.env.example`.

use crate::facts::FrontMatterEntry;
use crate::facts::code::{Part, Text};
use crate::source::{Source, Span};

/// Most settings that are kept of one file.
const MAX_SETTINGS: usize = 1000;
/// Longest value that is taken for an address.
const MAX_VALUE: usize = 300;

/// Words in the names of files that programs read their settings from. Other data with
/// addresses (results, descriptions of APIs, collections of requests) sets nothing.
const NAMES: &[&str] = &[
    "config",
    "setting",
    "option",
    "constant",
    "environment",
    "application",
    "default",
    "secrets",
    "param",
    "values",
    "conf.",
    "cfg.",
];

fn is_settings(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
    NAMES.iter().any(|word| name.contains(word))
}

/// The settings among the entries of a file.
pub fn of_entries(source: &Source, entries: &[FrontMatterEntry]) -> Vec<(String, Text)> {
    if !is_settings(&source.path) {
        return Vec::new();
    }
    let found = entries.iter().filter_map(|entry| {
        let text = address(&entry.value, entry.value_span)?;
        Some((entry.key.clone(), text))
    });
    let mut found: Vec<_> = found.take(MAX_SETTINGS + 1).collect();
    bound(source, &mut found);
    found
}

/// Says it where there are more than are kept.
fn bound(source: &Source, found: &mut Vec<(String, Text)>) {
    if found.len() > MAX_SETTINGS {
        found.truncate(MAX_SETTINGS);
        source
            .budget
            .end("it holds more addresses than are read of one");
    }
}

/// The settings of lines: `KEY=value`, `key: value`.
pub fn of_lines(source: &Source) -> Vec<(String, Text)> {
    let mut found = Vec::new();
    let mut start = 0;
    for line in source.text.split_inclusive('\n') {
        let words = line.trim_start().trim_start_matches("export ");
        if let Some((key, value)) = words.split_once(['=', ':'])
            && !words.starts_with(['#', ';', '!'])
            && found.len() <= MAX_SETTINGS
        {
            let value = value.trim().trim_matches(['"', '\'']);
            let at = start + line.find(value).unwrap_or(0);
            let span = source.span(at..at + value.len());
            found.extend(address(value, span).map(|text| (key.trim().to_owned(), text)));
        }
        start += line.len();
    }
    bound(source, &mut found);
    found
}

/// A value that is an address, without the slash that it ends with.
fn address(value: &str, span: Span) -> Option<Text> {
    let value = value.trim();
    let whole = value.starts_with("https://") || value.starts_with("http://");
    if !whole || value.len() > MAX_VALUE || value.contains(char::is_whitespace) {
        return None;
    }
    Some(Text {
        parts: vec![Part::Literal(value.trim_end_matches('/').to_owned())],
        origin: Some(span),
        certain: false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    #[test]
    fn lines_set_addresses() {
        let text = "# URL=https://a.example\nAPI_URL=\"https://b.example/\"\nexport X=1\nhost: https://c.example/v1\n";
        let source = Source::from_text(FileId(0), ".env.example", text);
        let found: Vec<(String, String)> = of_lines(&source)
            .into_iter()
            .map(|(key, text)| (key, text.shown()))
            .collect();
        assert_eq!(
            found,
            [
                ("API_URL".to_owned(), "https://b.example".to_owned()),
                ("host".to_owned(), "https://c.example/v1".to_owned())
            ]
        );
    }
}
