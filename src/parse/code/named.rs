//! Names that code gives to what it is: the header of a plugin for WordPress, that of a
//! user script, the settings of an app of Expo, and what a program calls itself in its
//! requests and its messages.

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
/// How the name that a bot speaks under is written as a key.
const BOTS: [&str; 4] = ["bot_name", "bot-name", "botName", "BOT_NAME"];
/// Files of settings of Expo, up to their ending; those of other tools have no slug.
const EXPO: &str = "app.config.";
const SLUG: &str = "slug";
/// Most of them in one file: a list of agents is one of those of others.
const MOST: usize = 4;

/// Whether code may give itself a name.
pub fn may_declare(path: &str, kind: FileKind, bytes: &[u8]) -> bool {
    let holds = |bytes: &[u8], word: &str| memchr::memmem::find(bytes, word.as_bytes()).is_some();
    let head = &bytes[..bytes.len().min(HEADER)];
    match kind {
        FileKind::Code(Language::Php) if holds(head, PLUGIN) => true,
        FileKind::Code(Language::JavaScript | Language::TypeScript) if holds(head, SCRIPT) => true,
        FileKind::Code(Language::JavaScript | Language::TypeScript)
            if is_expo(path) && holds(head, SLUG) =>
        {
            true
        }
        FileKind::Code(_) => AGENTS.iter().chain(&BOTS).any(|word| holds(bytes, word)),
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
            if is_expo(&source.path) {
                let found = expo(head);
                declare(source, NameRole::Display, "app.config name", found, facts);
            }
        }
        _ => {}
    }
    for (field, keys) in [("User-Agent", AGENTS.as_slice()), ("Bot name", &BOTS)] {
        let mut agents: Vec<Range<usize>> = keys
            .iter()
            .flat_map(|word| keys_of(&source.text, word))
            .filter_map(|key| agent(&source.text, &key))
            .collect();
        agents.sort_by_key(|range| range.start);
        if agents.len() <= MOST {
            for range in agents {
                declare(source, NameRole::Agent, field, Some(range), facts);
            }
        }
    }
}

/// Where a key stands as a word of its own: `robot_name` is none of a bot.
fn keys_of<'a>(text: &'a str, word: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
    memchr::memmem::find_iter(text.as_bytes(), word)
        .filter(|&at| !text[..at].ends_with(char::is_alphanumeric))
        .map(|at| at..at + word.len())
}

fn is_expo(path: &str) -> bool {
    path.rsplit('/')
        .next()
        .is_some_and(|name| name.starts_with(EXPO))
}

/// The name of an app of Expo: the first that stands beside a slug.
fn expo(head: &str) -> Option<Range<usize>> {
    let value = |key: &str| keys_of(head, key).find_map(|key| agent(head, &key));
    value(SLUG)?;
    value("name")
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
/// Anything but a literal that begins there is none.
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
        let known = may_declare(path, kind, text.as_bytes());
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

    #[test]
    fn bots_and_apps_of_expo_are_read() {
        let bot = vec![(NameRole::Agent, "Harbour Watch".to_owned())];
        assert_eq!(names("a.py", "bot_name = \"Harbour Watch\"\n"), bot);
        assert_eq!(names("a.js", "const botName = 'Harbour Watch';\n"), bot);
        assert_eq!(names("a.py", "robot_name = \"Harbour Watch\"\n"), []);
        assert_eq!(names("a.py", "bot_name = os.environ['BOT_NAME']\n"), []);
        let app = "export default {\n  name: 'Harbour',\n  slug: 'harbour',\n};\n";
        let display = vec![(NameRole::Display, "Harbour".to_owned())];
        assert_eq!(names("app.config.ts", app), display);
        assert_eq!(names("app/config.ts", app), []);
        assert_eq!(
            names("app.config.ts", "export default { name: 'Harbour' };\n"),
            []
        );
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in "(Plugin Name:|bot_name|slug|name|==/?UserScript==|@name |User-Agent|[ :='\"`/é(\n]){0,40}") {
            let _ = names("a.php", &text);
            let _ = names("a.js", &text);
            let _ = names("app.config.js", &text);
        }
    }
}
