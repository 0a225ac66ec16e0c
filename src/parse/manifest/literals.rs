//! Manifests that are programs or lists of directives: `*.gemspec`, `go.mod`.

use std::sync::LazyLock;

use regex::Regex;

use super::flat::Flat;
use crate::source::Source;

/// `spec.name = "x"`, `s.licenses = ['A', 'B']`: string literals assigned to a
/// specification's fields. Each literal is an entry of its own.
pub fn read_gemspec(source: &Source) -> Flat {
    static FIELD: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(
            r"(?m)^[ \t]*\w+\.(name|summary|description|licenses?|authors?)[ \t]*=[ \t]*([^\n]*)",
        )
        .ok()
    });
    static LITERAL: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r#""([^"\\]*)"|'([^'\\]*)'|%[qQwW]?[\[({]([^\])}]*)[\])}]"#).ok()
    });
    let mut flat = Flat::default();
    let (Some(field), Some(literal)) = (&*FIELD, &*LITERAL) else {
        return flat;
    };
    for captures in field.captures_iter(&source.text) {
        let (Some(name), Some(value)) = (captures.get(1), captures.get(2)) else {
            continue;
        };
        // Freezing, `.gsub` and comments follow the first literals of a line.
        let until = value.as_str().find(" #").unwrap_or(value.len());
        for found in literal.captures_iter(&value.as_str()[..until]) {
            let Some(text) = (1..4).find_map(|group| found.get(group)) else {
                continue;
            };
            if text.as_str().contains("#{") {
                continue;
            }
            let start = value.start() + text.start();
            flat.push(
                source,
                name.as_str().trim_end_matches('s').to_owned(),
                text.as_str().to_owned(),
                name.range(),
                start..start + text.len(),
            );
        }
    }
    flat
}

/// `module example.org/a/name/v2`: the path, and the part that names the module.
pub fn read_go_mod(source: &Source) -> Flat {
    let mut flat = Flat::default();
    let mut start = 0;
    for line in source.text.split_inclusive('\n') {
        let at = start;
        start += line.len();
        let content = line.split("//").next().unwrap_or("");
        let Some(rest) = content.trim_start().strip_prefix("module") else {
            continue;
        };
        if !rest.starts_with(char::is_whitespace) {
            continue;
        }
        let path = rest.trim().trim_matches(['"', '`', '(', ')']).trim();
        let Some(path_at) = content.find(path).filter(|_| !path.is_empty()) else {
            continue;
        };
        let path_at = at + path_at;
        let named = without_version(path);
        let name_at = named.rfind('/').map_or(0, |slash| slash + 1);
        let name = &named[name_at..];
        let key = at..at;
        flat.push(
            source,
            "path".to_owned(),
            path.to_owned(),
            key.clone(),
            path_at..path_at + path.len(),
        );
        flat.push(
            source,
            "module".to_owned(),
            name.to_owned(),
            key,
            path_at + name_at..path_at + named.len(),
        );
        break;
    }
    flat
}

/// A module path without its major-version suffix: `/v2`, `.v3`.
fn without_version(path: &str) -> &str {
    let Some(split) = path.rfind(['/', '.']) else {
        return path;
    };
    let digits = path[split + 1..].strip_prefix('v').unwrap_or("");
    if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        &path[..split]
    } else {
        path
    }
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

    #[test]
    fn gemspec() {
        let text = "Gem::Specification.new do |spec|\n  spec.name = \"é-x\".freeze # \"no\"\n  s.licenses = ['MIT', %q(Apache-2.0)]\n  s.authors = [\"A\", 'B']\n  s.version = '1'\n  s.summary = \"a #{b}\"\nend\n";
        let flat = read_gemspec(&Source::from_text(FileId(0), "x.gemspec", text));
        let expected: Vec<_> = [
            ("name", "é-x"),
            ("license", "MIT"),
            ("license", "Apache-2.0"),
            ("author", "A"),
            ("author", "B"),
        ]
        .map(|(key, value)| (key.to_owned(), value.to_owned()))
        .into();
        assert_eq!(list(&flat, text), expected);
    }

    #[test]
    fn go_mod() {
        for (text, name) in [
            ("module github.com/a/b-c // x\n\ngo 1.22\n", "b-c"),
            ("// c\nmodule example.org/a/b/v2\n", "b"),
            ("module gopkg.in/y.v3\n", "y"),
            ("module \"solo\"\r\n", "solo"),
        ] {
            let flat = read_go_mod(&Source::from_text(FileId(0), "go.mod", text));
            assert_eq!(flat.value("module"), name);
            list(&flat, text);
        }
    }
}
