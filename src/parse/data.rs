//! YAML and JSON that is no manifest: its entries, and as prose the fields that
//! people read (descriptions, notes).

use std::collections::BTreeSet;

use crate::facts::{DataFormat, FileFacts, FrontMatterEntry, ProseContext};
use crate::parse::{align, directive, manifest, yaml};
use crate::source::Source;

/// Last parts of the keys whose values are written for people.
const READABLE: &[&str] = &[
    "description",
    "summary",
    "notes",
    "note",
    "details",
    "documentation",
    "docs",
    "content",
    "remarks",
    "comment",
    "text",
    "help",
    "message",
    "limit",
    "limits",
    "ratelimit",
    "rate_limit",
    "ratelimits",
    "rate_limits",
    "quota",
    "throttling",
];

/// Last parts of the keys whose values stand at the foot of each page of a site: DocFX,
/// Hugo, Jekyll, Quarto and others.
const FOOTERS: &[&str] = &[
    "_appfooter",
    "footer",
    "page-footer",
    "footer_content",
    "footertext",
    "footer_text",
    "copyright",
];

/// Shortest value that is read as prose, in words.
const MIN_WORDS: usize = 2;

/// Parses a data file. When `whole`, returns the further documents of YAML, and TOML
/// is read, which has no words for people.
pub fn parse(
    source: &Source,
    format: DataFormat,
    whole: bool,
    facts: &mut FileFacts,
) -> Vec<Vec<FrontMatterEntry>> {
    let mut more = Vec::new();
    let entries = match format {
        DataFormat::Yaml => {
            comments(source, facts);
            if whole {
                more = yaml::documents(&source.text, source.id, &source.budget);
                if more.is_empty() {
                    return more;
                }
                more.remove(0)
            } else {
                yaml::parse(&source.text, 0, source.id, &source.budget).entries
            }
        }
        DataFormat::Json => manifest::json_entries(source),
        DataFormat::Toml => {
            let entries = manifest::toml_entries(source);
            say(source, &entries, is_footer, facts);
            if whole {
                facts.directives = directive::from_lines(source);
                facts.front_matter = entries;
            }
            return more;
        }
    };
    describe(source, &entries, facts);
    facts.front_matter = entries;
    more
}

/// Adds the readable fields among `entries` to the prose.
pub fn describe(source: &Source, entries: &[FrontMatterEntry], facts: &mut FileFacts) {
    say(
        source,
        entries,
        |key| is_readable(key) || is_footer(key),
        facts,
    );
}

fn say(
    source: &Source,
    entries: &[FrontMatterEntry],
    wanted: impl Fn(&str) -> bool,
    facts: &mut FileFacts,
) {
    let known: BTreeSet<u32> = facts
        .prose
        .iter()
        .map(|prose| prose.whole(source.id).start)
        .collect();
    for entry in entries {
        let new = !known.contains(&entry.value_span.start);
        if new && wanted(&entry.key) && entry.value.split_whitespace().count() >= MIN_WORDS {
            facts.prose.push(align::prose(
                ProseContext::ManifestField(entry.key.clone()),
                &entry.value,
                source.slice(entry.value_span),
                entry.value_span.start as usize,
            ));
        }
    }
}

/// Whether a key's last named part, item numbers aside, is a readable one.
fn is_readable(key: &str) -> bool {
    let last = last_part(key);
    READABLE.iter().any(|name| last.eq_ignore_ascii_case(name))
}

fn is_footer(key: &str) -> bool {
    let last = last_part(key);
    FOOTERS.iter().any(|name| last.eq_ignore_ascii_case(name))
}

fn last_part(key: &str) -> &str {
    key.rsplit('.')
        .find(|part| !part.bytes().all(|b| b.is_ascii_digit()))
        .unwrap_or_default()
}

/// Suppression comments of YAML.
fn comments(source: &Source, facts: &mut FileFacts) {
    if !source.text.contains(directive::KEYWORD) {
        return;
    }
    let mut start = 0;
    for line in source.text.split_inclusive('\n') {
        if let Some(at) = line.find('#') {
            let comment = line[at..].trim_end();
            let span = source.span(start + at..start + at + comment.len());
            facts
                .directives
                .extend(directive::from_comment(comment, span));
        }
        start += line.len();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::{FileKind, Zone};
    use crate::source::FileId;

    fn prose(path: &str, format: DataFormat, text: &str) -> Vec<(String, String)> {
        let source = Source::from_text(FileId(0), path, text);
        let mut facts = FileFacts::new(FileKind::Data(format), Zone::Project);
        parse(&source, format, false, &mut facts);
        facts
            .prose
            .iter()
            .map(|prose| {
                let words = source.slice(prose.whole(source.id)).to_owned();
                (prose.text.clone(), words)
            })
            .collect()
    }

    #[test]
    fn readable_fields_are_prose_with_their_own_bytes() {
        let yaml = "limits:\n  - name: General\n    limit: 100\n    notes: 100 calls per minute\n      and more\nkey: not for people\n";
        assert_eq!(
            prose("a.yml", DataFormat::Yaml, yaml),
            [(
                "100 calls per minute and more".to_owned(),
                "100 calls per minute\n      and more".to_owned()
            )]
        );
        let json = r#"{"paths": {"/a": {"get": {"description": "A \"quoted\" text"}}}}"#;
        assert_eq!(
            prose("a.json", DataFormat::Json, json),
            [(
                "A \"quoted\" text".to_owned(),
                r#"A \"quoted\" text"#.to_owned()
            )]
        );
    }
}
