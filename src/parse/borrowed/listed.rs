//! Lists in data files of things that have a name and a description: catalogues of other
//! people's work.

use std::collections::BTreeSet;

use crate::facts::{FileFacts, ProseContext};

/// Keys of what an entry of a catalogue is called, says, and leads to.
const NAMES: [&str; 4] = ["name", "title", "label", "displayname"];
const DESCRIPTIONS: [&str; 5] = ["description", "summary", "text", "details", "content"];
const ADDRESSES: [&str; 10] = [
    "url",
    "link",
    "href",
    "homepage",
    "website",
    "repo",
    "repository",
    "github",
    "site",
    "html_url",
];

/// Marks the descriptions in lists of things that have a name and a description, where
/// the file is such a list and nothing else, or each thing lies elsewhere. The parts of
/// a description of an API have both, too, and are its author's.
pub fn mark(facts: &mut FileFacts) {
    let split = |key: &str| {
        let (item, leaf) = key.rsplit_once('.')?;
        let (_, number) = item.rsplit_once('.').unwrap_or(("", item));
        let listed = number.bytes().all(|b| b.is_ascii_digit());
        listed.then(|| (item.to_owned(), leaf.to_ascii_lowercase()))
    };
    let mut named: BTreeSet<String> = BTreeSet::new();
    let mut elsewhere: BTreeSet<String> = BTreeSet::new();
    for entry in &facts.front_matter {
        let Some((item, leaf)) = split(&entry.key) else {
            continue;
        };
        if NAMES.contains(&leaf.as_str()) {
            named.insert(item);
        } else if ADDRESSES.contains(&leaf.as_str()) && entry.value.contains("://") {
            elsewhere.insert(item);
        }
    }
    for prose in &mut facts.prose {
        let ProseContext::ManifestField(key) = &prose.context else {
            continue;
        };
        prose.borrowed |= split(key).is_some_and(|(item, leaf)| {
            DESCRIPTIONS.contains(&leaf.as_str())
                && named.contains(&item)
                && (!item.contains('.') || elsewhere.contains(&item))
        });
    }
}

#[cfg(test)]
mod tests {
    use crate::facts::{DataFormat, FileKind, Zone};
    use crate::parse;
    use crate::source::{FileId, Source};

    /// Texts of the descriptions that are somebody else's.
    fn borrowed(json: &str) -> Vec<String> {
        let source = Source::from_text(FileId(0), "a.json", json);
        let facts = parse::parse(&source, FileKind::Data(DataFormat::Json), Zone::Project);
        let pieces = facts.prose.iter().filter(|prose| prose.borrowed);
        pieces.map(|prose| prose.text.clone()).collect()
    }

    #[test]
    fn catalogues_and_what_is_none() {
        for list in [
            r#"[{"name": "A", "description": "what A is"}]"#,
            r#"{"tools": [{"title": "A", "link": "https://a.example", "summary": "what A is"}]}"#,
        ] {
            assert_eq!(borrowed(list), ["what A is"], "{list}");
        }
        for text in [
            // Parts of one thing.
            r#"{"parameters": [{"name": "top", "description": "how many"}]}"#,
            r#"{"name": "A", "description": "what A is"}"#,
            r#"[{"description": "what it is"}]"#,
        ] {
            assert!(borrowed(text).is_empty(), "{text}");
        }
    }
}
