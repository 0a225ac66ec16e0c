//! Names that code gives to what it is: the header of a plugin for WordPress, that of a
//! user script, and what a program calls itself in its requests.

use std::ops::Range;

use crate::facts::{DeclaredName, FileFacts, FileKind, Language, NameRole};
use crate::source::{Source, floor_boundary};

/// WordPress reads this much of a file, in bytes.
const HEADER: usize = 8 * 1024;
const PLUGIN: &str = "Plugin Name:";
const SCRIPT: &str = "==UserScript==";
const SCRIPT_END: &str = "==/UserScript==";
/// How the header of requests is written as a key, up to its case.
const AGENTS: [&str; 5] = [
    "User-Agent",
    "user-agent",
    "UserAgent",
    "user_agent",
    "USER_AGENT",
];
/// Most of them in one file: a list of agents is one of those of others.
const MOST: usize = 4;

/// Whether code may give itself a name.
pub fn may_declare(kind: FileKind, bytes: &[u8]) -> bool {
    let holds = |bytes: &[u8], word: &str| memchr::memmem::find(bytes, word.as_bytes()).is_some();
    let head = &bytes[..bytes.len().min(HEADER)];
    match kind {
        FileKind::Code(Language::Php) if holds(head, PLUGIN) => true,
        FileKind::Code(Language::JavaScript | Language::TypeScript) if holds(head, SCRIPT) => true,
        FileKind::Code(_) => AGENTS.iter().any(|word| holds(bytes, word)),
        _ => false,
    }
}

/// Reads the names that code gives itself.
pub fn read(source: &Source, facts: &mut FileFacts) {
    let head = &source.text[..floor_boundary(&source.text, HEADER.min(source.text.len()))];
    match facts.kind {
        FileKind::Code(Language::Php) => {
            let found = after(head, PLUGIN, 0..head.len());
            declare(source, NameRole::Display, "Plugin Name", found, facts);
        }
        FileKind::Code(Language::JavaScript | Language::TypeScript) => {
            declare(source, NameRole::Display, "@name", script(head), facts);
        }
        _ => {}
    }
    let mut agents: Vec<Range<usize>> = AGENTS
        .iter()
        .flat_map(|word| {
            memchr::memmem::find_iter(source.text.as_bytes(), word).map(|at| at..at + word.len())
        })
        .filter_map(|key| agent(&source.text, &key))
        .collect();
    agents.sort_by_key(|range| range.start);
    if agents.len() <= MOST {
        for range in agents {
            declare(source, NameRole::Agent, "User-Agent", Some(range), facts);
        }
    }
}

fn declare(
    source: &Source,
    role: NameRole,
    field: &str,
    found: Option<Range<usize>>,
    facts: &mut FileFacts,
) {
    let Some(range) = found else { return };
    facts.names.push(DeclaredName {
        role,
        field: field.to_owned(),
        value: source.text[range.clone()].to_owned(),
        span: Some(source.span(range)),
        private: false,
    });
}

/// What stands after a key at the start of a line of a comment.
fn after(text: &str, key: &str, range: Range<usize>) -> Option<Range<usize>> {
    let at = range.start + text[range.clone()].find(key)?;
    let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let lead = text[line..at].trim_start_matches([' ', '\t']);
    let lead = lead.strip_prefix("<?php").unwrap_or(lead);
    let is_bare = lead.chars().all(|c| " \t/*#@".contains(c));
    let start = at + key.len();
    let end = text[start..range.end]
        .find('\n')
        .map_or(range.end, |end| start + end);
    let value = text[start..end]
        .trim_end()
        .trim_end_matches("*/")
        .trim_end();
    let skipped = value.len() - value.trim_start().len();
    let value = start + skipped..start + value.len();
    (is_bare && !value.is_empty()).then_some(value)
}

/// The name of a user script, in the language of none.
fn script(head: &str) -> Option<Range<usize>> {
    let start = head.find(SCRIPT)? + SCRIPT.len();
    let end = start + head[start..].find(SCRIPT_END)?;
    ["@name ", "@name\t"]
        .into_iter()
        .find_map(|key| after(head, key, start..end))
}

/// The product that is given as the value of a key: `"User-Agent": "Harbour/1.0"`.
fn agent(text: &str, key: &Range<usize>) -> Option<Range<usize>> {
    /// Longest name of a product.
    const LONGEST: usize = 80;
    let line = text[..key.start].rfind('\n').map_or(0, |end| end + 1);
    let comment = ["//", "#", "*", "--"];
    if comment
        .iter()
        .any(|mark| text[line..].trim_start().starts_with(mark))
    {
        return None;
    }
    let end = text[key.end..]
        .find('\n')
        .map_or(text.len(), |end| key.end + end);
    let rest = &text[key.end..end];
    // What closes the key, and what joins it to the value.
    let value = rest.trim_start_matches(['"', '\'', '`', ')', ']', ' ', '\t']);
    let joined = value.trim_start_matches([':', '=', ',', '>', '(', ' ', '\t']);
    if joined.len() == value.len() {
        return None;
    }
    let quote = joined
        .chars()
        .next()
        .filter(|c| matches!(c, '"' | '\'' | '`'))?;
    let inner = &joined[1..];
    let inner = &inner[..inner.find(quote)?];
    let product = inner
        .split(['/', '(', ';'])
        .next()
        .unwrap_or(inner)
        .trim_end();
    let start = end - joined.len() + 1;
    let sound = !product.is_empty()
        && product.len() <= LONGEST
        && !product.contains(['{', '$', '%', '<', '\\']);
    sound.then_some(start..start + product.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::kind;
    use crate::source::FileId;

    fn names(path: &str, text: &str) -> Vec<(NameRole, String)> {
        let source = Source::from_text(FileId(0), path, text);
        let kind = kind::kind(path);
        let mut facts = FileFacts::new(kind, kind::zone(path));
        read(&source, &mut facts);
        let known = may_declare(kind, text.as_bytes());
        assert!(known || facts.names.is_empty(), "{path}");
        let names = facts.names.into_iter();
        names.map(|name| (name.role, name.value)).collect()
    }

    #[test]
    fn headers_name_what_a_file_is() {
        let display = |name: &str| vec![(NameRole::Display, name.to_owned())];
        let plugin = "<?php\n/**\n * Plugin Name: Harbour Sync\n * Version: 1\n */\n";
        assert_eq!(names("harbour.php", plugin), display("Harbour Sync"));
        assert_eq!(names("a.php", "<?php /* Plugin Name: A */"), display("A"));
        assert_eq!(names("a.php", "<?php\n$x = 'Plugin Name: A';\n"), []);
        assert_eq!(names("a.py", plugin), []);
        let script =
            "// ==UserScript==\n// @name:de  Hafen\n// @name  Harbour Dark\n// ==/UserScript==\n";
        assert_eq!(names("a.user.js", script), display("Harbour Dark"));
        assert_eq!(names("a.js", "// @name Harbour\n"), []);
    }

    #[test]
    fn agents_are_read_up_to_their_version() {
        let agent = |name: &str| vec![(NameRole::Agent, name.to_owned())];
        for (path, text) in [
            ("a.py", "h = {'User-Agent': 'Harbour Sync/1.0 (x)'}\n"),
            (
                "a.go",
                "r.Header.Set(\"User-Agent\", \"Harbour Sync/1.0\")\n",
            ),
            ("a.cs", "client.UserAgent = \"Harbour Sync\";\n"),
            ("a.rb", "h['User-Agent'] = 'Harbour Sync/2'\n"),
            ("a.php", "$h = ['user-agent' => 'Harbour Sync/2'];\n"),
            ("a.ts", "h.set('User-Agent', `Harbour Sync/${version}`);\n"),
        ] {
            assert_eq!(names(path, text), agent("Harbour Sync"), "{text}");
        }
        for (path, text) in [
            ("a.py", "# 'User-Agent': 'Harbour/1.0'\n"),
            ("a.py", "h = {'User-Agent': name}\n"),
            ("a.py", "if agent == headers['User-Agent']:\n"),
            ("a.ts", "h.set('User-Agent', `${name}/1`);\n"),
        ] {
            assert_eq!(names(path, text), [], "{text}");
        }
        let list = "h = {'User-Agent': 'A/1'}\n".repeat(MOST + 1);
        assert_eq!(names("a.py", &list), []);
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in "(Plugin Name:|==/?UserScript==|@name |User-Agent|[ :='\"`/é(\n]){0,40}") {
            let _ = names("a.php", &text);
            let _ = names("a.js", &text);
        }
    }
}
