//! Screens and templates that are no page, document or program of a known language:
//! components of Vue and Svelte, storyboards, Swift, templates of servers. Of them only
//! the quoted addresses are read, and the scripts of those that have some; checks look
//! for their words in the text.

use std::ops::Range;

use super::code::embedded::{self, Script, Style};
use crate::facts::{FileFacts, Language};
use crate::source::Source;

/// Most addresses that are kept of one file.
const MAX_ADDRESSES: usize = 500;
/// Longest quoted text that is looked at.
const MAX_QUOTED: usize = 2000;

/// Reads the addresses and the scripts of a view.
pub fn parse(source: &Source, facts: &mut FileFacts) {
    addresses(source, facts);
    embedded::scripts(source, &scripts(&source.text), facts);
}

/// Reads the calls of its scripts, whatever they name.
pub fn calls(source: &Source, facts: &mut FileFacts) {
    let scripts = scripts(&source.text);
    if let Some(first) = scripts.first() {
        facts.code = embedded::facts_of(source, &scripts, first.language).code;
    }
}

/// Whether a file of this name has scripts that belong to the project's code, or elements
/// whose events such code handles.
pub fn has_scripts(path: &str) -> bool {
    [
        ".vue",
        ".svelte",
        ".astro",
        ".erb",
        ".haml",
        ".slim",
        ".phtml",
        ".cshtml",
        ".razor",
        ".ejs",
        ".hbs",
        ".handlebars",
        ".mustache",
        ".twig",
        ".njk",
        ".liquid",
        ".pug",
        ".jsp",
        ".ftl",
        ".heex",
        ".eex",
        ".html",
        ".htm",
    ]
    .iter()
    .any(|end| path.ends_with(end))
}

/// The scripts of a page or a component.
pub fn scripts(text: &str) -> Vec<Script> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(range) = next_script(text, &mut at) {
        let (tag, body) = range;
        let head = text[tag].to_ascii_lowercase();
        // Data, templates and modules of a shader are no programs.
        let typed = head.split("type=").nth(1).unwrap_or_default();
        let typed = typed.trim_start_matches(['"', '\'']);
        let program = typed.is_empty()
            || [
                "module",
                "text/javascript",
                "application/javascript",
                "text/babel",
                "text/jsx",
            ]
            .iter()
            .any(|kind| typed.starts_with(kind));
        if program && !body.is_empty() {
            let typescript = head.contains("lang=\"ts") || head.contains("lang='ts");
            found.push(Script {
                language: if typescript {
                    Language::TypeScript
                } else {
                    Language::JavaScript
                },
                pieces: vec![(body, Style::Verbatim)],
                words: false,
            });
        }
    }
    found
}

/// The tag and the body of the next script.
fn next_script(text: &str, at: &mut usize) -> Option<(Range<usize>, Range<usize>)> {
    let bytes = text.as_bytes();
    let start = find(bytes, *at, b"<script")?;
    let open = start + memchr::memchr(b'>', &bytes[start..])? + 1;
    let end = find(bytes, open, b"</script").unwrap_or(bytes.len());
    *at = end.max(open);
    Some((start..open, open..end.max(open)))
}

/// The first place of some words in any case.
fn find(bytes: &[u8], from: usize, words: &[u8]) -> Option<usize> {
    memchr::memchr_iter(b'<', bytes.get(from..)?)
        .map(|at| from + at)
        .find(|&at| {
            bytes
                .get(at..at + words.len())
                .is_some_and(|found| found.eq_ignore_ascii_case(words))
        })
}

/// Quoted texts with an address, quotes included.
fn addresses(source: &Source, facts: &mut FileFacts) {
    let text = source.text.as_str();
    let bytes = text.as_bytes();
    for (at, found) in memchr::memmem::find_iter(bytes, b"://").enumerate() {
        if at >= MAX_ADDRESSES {
            let why = "it holds more addresses than are read of one";
            source.budget.end(why);
            break;
        }
        let quote = |byte: &u8| matches!(byte, b'"' | b'\'' | b'`' | b'>');
        let least = found.saturating_sub(MAX_QUOTED);
        let Some(open) = bytes[least..found].iter().rposition(quote) else {
            continue;
        };
        let open = least + open;
        let mark = if bytes[open] == b'>' {
            b'<'
        } else {
            bytes[open]
        };
        let most = bytes.len().min(found + MAX_QUOTED);
        let Some(close) = memchr::memchr(mark, &bytes[found..most]) else {
            continue;
        };
        let range = open..found + close + 1;
        if facts
            .addresses
            .last()
            .is_none_or(|last| (last.end as usize) <= range.start)
        {
            facts.addresses.push(source.span(range));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::{FileKind, Zone};
    use crate::source::FileId;

    #[test]
    fn scripts_of_a_component() {
        let text = "<template><a/></template>\n<SCRIPT setup lang=\"ts\">\nlet a = 1\n</script>\n<script type=\"application/json\">{}</script>\n<script>b()";
        let found = scripts(text);
        let words: Vec<&str> = found
            .iter()
            .map(|one| &text[one.pieces[0].0.clone()])
            .collect();
        assert_eq!(words, ["\nlet a = 1\n", "b()"]);
        assert_eq!(found[0].language, Language::TypeScript);
        assert!(scripts("<script").is_empty());
    }

    #[test]
    fn quoted_addresses() {
        let text =
            "let t = \"https://a.example/{z}\" // http://b\n<key>https://c.example</key> 'x'";
        let source = Source::from_text(FileId(0), "a.swift", text);
        let mut facts = FileFacts::new(FileKind::View, Zone::Project);
        parse(&source, &mut facts);
        let found: Vec<&str> = facts
            .addresses
            .iter()
            .map(|span| source.slice(*span))
            .collect();
        assert_eq!(found, ["\"https://a.example/{z}\"", ">https://c.example<"]);
    }
}
