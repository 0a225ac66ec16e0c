//! Front matter: YAML between `---` lines, or TOML between `+++` lines as Hugo has it.

use std::ops::Range;

use crate::facts::{Directive, FileFacts, FrontMatterEntry, Prose, ProseContext};
use crate::parse::{directive, yaml};
use crate::source::Source;

/// Reads front matter into `facts` and returns where the document proper starts.
pub fn parse(source: &Source, facts: &mut FileFacts) -> usize {
    let text = source.text.as_str();
    let Some((content, body)) = find(text, "---") else {
        let Some((content, body)) = find(text, "+++") else {
            return 0;
        };
        comments(source, &content, facts);
        toml_lines(source, content, facts);
        prose(source, facts);
        return body;
    };
    // A page of which a template makes the front matter is read as far as it goes:
    // front matter that is not quite YAML is no reason to call a page unchecked.
    comments(source, &content, facts);
    let yaml = yaml::parse(
        &text[content.clone()],
        content.start,
        source.id,
        &source.budget,
    );
    facts.front_matter = yaml.entries;
    prose(source, facts);
    body
}

/// Comments that suppress: `#` opens one at the start of a line and after a blank.
fn comments(source: &Source, content: &Range<usize>, facts: &mut FileFacts) {
    let is_comment = |directive: &Directive| {
        let start = directive.span.start as usize;
        let before = source.text[..start].chars().next_back();
        content.contains(&start)
            && source.text[start..].starts_with('#')
            && before.is_none_or(char::is_whitespace)
    };
    let found = directive::from_lines(source).into_iter().filter(is_comment);
    facts.directives.extend(found);
}

/// The bytes between the fences, and where the document goes on.
fn find(text: &str, fence: &str) -> Option<(Range<usize>, usize)> {
    let blank = text.len() - text.trim_start_matches(['\n', '\r', '\u{feff}']).len();
    let first = line_end(text, blank);
    if text[blank..first].trim_end() != fence {
        return None;
    }
    let mut at = first;
    while at < text.len() {
        let end = line_end(text, at);
        let line = text[at..end].trim_end();
        if line == fence || (fence == "---" && line == "...") {
            // Two rules around nothing, or around prose, are no front matter.
            let content = &text[first..at];
            let keyed = content.trim().is_empty()
                || content
                    .lines()
                    .any(|line| line.contains([':', '=']) && !line.starts_with(['#', ' ']));
            return keyed.then_some((first..at, end));
        }
        at = end;
    }
    None
}

/// Where the line that starts at `at` ends, its line break included.
fn line_end(text: &str, at: usize) -> usize {
    memchr::memchr(b'\n', &text.as_bytes()[at..]).map_or(text.len(), |found| at + found + 1)
}

/// `key = "value"` lines; what else TOML can do is rare in front matter.
fn toml_lines(source: &Source, content: Range<usize>, facts: &mut FileFacts) {
    let text = source.text.as_str();
    let mut table = String::new();
    let mut at = content.start;
    while at < content.end {
        let end = line_end(text, at).min(content.end);
        let line = &text[at..end];
        let start = at;
        at = end;
        let trimmed = line.trim();
        if let Some(name) = trimmed.strip_prefix('[') {
            name.trim_matches(['[', ']', ' ']).clone_into(&mut table);
            continue;
        }
        let Some((key, value)) = line.split_once('=') else {
            continue;
        };
        let key_start = start + (key.len() - key.trim_start().len());
        let key = key.trim();
        if key.is_empty() || key.starts_with('#') {
            continue;
        }
        let mut value_start = end - value.len() + (value.len() - value.trim_start().len());
        let mut value = value.trim();
        if let Some(quote) = value.chars().next().filter(|c| matches!(c, '"' | '\'')) {
            value_start += 1;
            value = &value[1..];
            value = value.find(quote).map_or(value, |close| &value[..close]);
        }
        let path = if table.is_empty() {
            key.to_owned()
        } else {
            format!("{table}.{key}")
        };
        facts.front_matter.push(FrontMatterEntry {
            key: path,
            value: value.to_owned(),
            key_span: source.span(key_start..key_start + key.len()),
            value_span: source.span(value_start..value_start + value.len()),
        });
    }
}

/// Values that readers see become prose.
fn prose(source: &Source, facts: &mut FileFacts) {
    for entry in &facts.front_matter {
        if !is_visible(&entry.key) || entry.value.trim().is_empty() {
            continue;
        }
        let mut prose = Prose::new(ProseContext::FrontMatter(entry.key.clone()));
        let range = entry.value_span.range();
        if source.slice(entry.value_span) == entry.value {
            prose.push(&entry.value, range);
        } else if let Some(folded) = unfold(source.slice(entry.value_span), &entry.value) {
            for (word, at) in folded {
                if !prose.text.is_empty() {
                    prose.push(" ", range.start + at - 1..range.start + at);
                }
                prose.push(word, range.start + at..range.start + at + word.len());
            }
        } else {
            prose.push(&entry.value, range);
        }
        if !prose.is_blank() {
            facts.prose.push(prose);
        }
    }
}

/// The words of a block scalar with their places, when it holds the same words as
/// its value.
fn unfold<'a>(written: &'a str, value: &str) -> Option<Vec<(&'a str, usize)>> {
    let mut words = Vec::new();
    let mut at = 0;
    for word in written.split_ascii_whitespace() {
        at += written[at..].find(word)?;
        words.push((word, at));
        at += word.len();
    }
    let same = words
        .iter()
        .map(|(word, _)| *word)
        .eq(value.split_ascii_whitespace());
    same.then_some(words)
}

/// Keys whose values a site shows.
fn is_visible(key: &str) -> bool {
    const KEYS: [&str; 16] = [
        "title",
        "description",
        "summary",
        "subtitle",
        "tagline",
        "excerpt",
        "abstract",
        "headline",
        "lead",
        "linkTitle",
        "sidebar_label",
        "sidebarTitle",
        "titleSuffix",
        "nav_title",
        "short_title",
        "heading",
    ];
    let last = key.rsplit('.').next().unwrap_or(key);
    KEYS.contains(&last)
        || ((key.starts_with("hero.") || key.starts_with("features."))
            && matches!(last, "name" | "text" | "details"))
}
