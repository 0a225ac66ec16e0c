//! Code in other files: cells of notebooks, fenced blocks of documents. Each is read
//! where it stands, everything else blanked out, so that no place has to be mapped.

use std::ops::Range;

use crate::budget::Budget;
use crate::facts::{FileFacts, FileKind, Language};
use crate::source::Source;

/// Reads the calls of a Jupyter notebook's code cells as one program.
pub fn notebook(source: &Source, facts: &mut FileFacts) {
    let text = &source.text;
    let Some(language) = kernel(text) else {
        return;
    };
    let mut blank = Blank::new(text);
    let mut code = false;
    let mut at = 0;
    while let Some((key, after)) = next_string(text, at) {
        at = after;
        match &text[key] {
            "cell_type" => {
                if let Some((value, after)) = next_string(text, at) {
                    code = &text[value] == "code";
                    at = after;
                }
            }
            "source" if code => at = cell(text, at, &mut blank),
            _ => {}
        }
    }
    read(source, blank, language, facts);
}

/// Reads the calls of a document's fenced code, of the language that most of it is in.
pub fn fences(source: &Source, facts: &mut FileFacts) {
    let known = |info: &str| -> Option<Language> {
        Some(match info {
            "python" | "py" | "python3" => Language::Python,
            "javascript" | "js" | "node" | "jsx" => Language::JavaScript,
            "typescript" | "ts" => Language::TypeScript,
            "csharp" | "cs" | "c#" => Language::CSharp,
            "go" | "golang" => Language::Go,
            "powershell" | "ps1" | "pwsh" | "ps" | "azurepowershell" => Language::PowerShell,
            "java" => Language::Java,
            "kotlin" | "kt" | "kts" => Language::Kotlin,
            "rust" | "rs" => Language::Rust,
            "ruby" | "rb" => Language::Ruby,
            "php" => Language::Php,
            "bash" | "sh" | "shell" => Language::Bash,
            "dart" | "flutter" => Language::Dart,
            "r" => Language::R,
            "lua" => Language::Lua,
            _ => return None,
        })
    };
    let spoken: Vec<(Language, Range<usize>)> = facts
        .fences
        .iter()
        .filter_map(|fence| Some((known(&fence.language)?, fence.span.range())))
        .collect();
    let weight = |language: Language| -> usize {
        spoken
            .iter()
            .filter(|(own, range)| *own == language && source.text[range.clone()].contains("://"))
            .map(|(_, range)| range.len())
            .sum()
    };
    let Some(language) = spoken
        .iter()
        .map(|&(language, _)| language)
        .max_by_key(|&language| (weight(language), std::cmp::Reverse(language)))
        .filter(|&language| weight(language) > 0)
    else {
        return;
    };
    let mut blank = Blank::new(&source.text);
    let mut first = true;
    for (own, range) in spoken {
        if own != language {
            continue;
        }
        blank.copy(range.clone());
        if language == Language::Php {
            blank.tag(range, first);
        }
        first = false;
    }
    read(source, blank, language, facts);
}

/// How a piece of a script stands in the file around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// As it is.
    Verbatim,
    /// Its line ends are blanks.
    Folded,
    /// With the escapes of a quoted string.
    Escaped,
    /// A name and a value, as YAML writes them, which a shell assigns.
    Assigned,
}

/// A script in a file of another syntax.
#[derive(Clone, Debug)]
pub struct Script {
    /// Its language.
    pub language: Language,
    /// Its pieces, one line or more each.
    pub pieces: Vec<(Range<usize>, Style)>,
    /// The pieces are words of one line.
    pub words: bool,
}

/// Reads the calls of scripts, of the language that most of them are in. `false` when
/// there is none that names an address.
pub fn scripts(source: &Source, scripts: &[Script], facts: &mut FileFacts) -> bool {
    let weight = |language: Language| -> usize {
        scripts
            .iter()
            .filter(|script| script.language == language)
            .flat_map(|script| &script.pieces)
            .filter_map(|(range, _)| source.text.get(range.clone()))
            .filter(|words| words.contains("://"))
            .map(str::len)
            .sum()
    };
    let Some(language) = scripts
        .iter()
        .map(|script| script.language)
        .max_by_key(|&language| (weight(language), std::cmp::Reverse(language)))
        .filter(|&language| weight(language) > 0)
    else {
        return false;
    };
    let program = of(source, scripts, language);
    read(source, program, language, facts);
    true
}

/// The facts of scripts alone, whatever they name.
pub fn facts_of(source: &Source, scripts: &[Script], language: Language) -> FileFacts {
    let mut facts = FileFacts::new(FileKind::Code(language), crate::facts::Zone::Project);
    read(source, of(source, scripts, language), language, &mut facts);
    facts
}

fn of<'t>(source: &'t Source, scripts: &[Script], language: Language) -> Blank<'t> {
    let mut blank = Blank::new(&source.text);
    for script in scripts.iter().filter(|script| script.language == language) {
        if script.words
            && let (Some((first, _)), Some((last, _))) =
                (script.pieces.first(), script.pieces.last())
            && let Some(between) = blank.bytes.get_mut(first.start..last.end)
        {
            between.fill(b' ');
        }
        for (range, style) in &script.pieces {
            if source.text.get(range.clone()).is_none() {
                continue;
            }
            match style {
                Style::Verbatim => blank.copy(range.clone()),
                Style::Folded => blank.fold(range.clone()),
                Style::Escaped => copy_line(&source.text, range.clone(), &mut blank),
                Style::Assigned => blank.assign(range.clone()),
            }
            blank.hide_expressions(range.clone());
            let apart = !script.words && *style != Style::Assigned;
            if let Some(after) = blank.bytes.get_mut(range.end).filter(|_| apart) {
                *after = b'\n';
            }
        }
    }
    blank
}

fn read(source: &Source, blank: Blank<'_>, language: Language, facts: &mut FileFacts) {
    let Ok(text) = String::from_utf8(blank.bytes) else {
        return;
    };
    // It spends what the file around has.
    let program = Source::from_text(source.id, source.path.clone(), text)
        .with_budget(Budget::new(source.budget.left()));
    let mut found = FileFacts::new(FileKind::Code(language), facts.zone);
    super::parse(&program, language, true, &mut found);
    source.budget.spend(program.budget.spent());
    // A sample on a page may be no code at all, whatever it is called.
    let sample = crate::parse::kind::is_document(facts.kind);
    if let Some(why) = program.budget.ended().filter(|_| !sample) {
        source.budget.end(why);
    }
    facts.code = found.code;
    // The file around may have read its comments already.
    let known: Vec<u32> = facts.directives.iter().map(|own| own.span.start).collect();
    found
        .directives
        .retain(|own| !known.contains(&own.span.start));
    facts.directives.extend(found.directives);
}

/// A text of the same length that holds only what is copied.
struct Blank<'t> {
    text: &'t str,
    bytes: Vec<u8>,
}

impl<'t> Blank<'t> {
    fn new(text: &'t str) -> Self {
        let bytes = text
            .bytes()
            .map(|byte| if byte == b'\n' { b'\n' } else { b' ' })
            .collect();
        Self { text, bytes }
    }

    /// Copies without line ends.
    fn fold(&mut self, range: Range<usize>) {
        self.copy(range.clone());
        for byte in &mut self.bytes[range] {
            if matches!(byte, b'\n' | b'\r') {
                *byte = b' ';
            }
        }
    }

    /// Takes `${{ … }}` out, which the workflow fills in before the script runs.
    fn hide_expressions(&mut self, range: Range<usize>) {
        let mut at = range.start;
        while let Some(found) = memchr::memmem::find(&self.bytes[at..range.end], b"${{") {
            let start = at + found;
            let Some(length) = memchr::memmem::find(&self.bytes[start..range.end], b"}}") else {
                return;
            };
            at = start + length + 2;
            self.bytes[start..at].fill(b'x');
        }
    }

    /// Copies `NAME: "value"` as `NAME="value"`, the value where it was.
    fn assign(&mut self, range: Range<usize>) {
        let words = &self.text[range.clone()];
        let Some((name, rest)) = words.split_once(':') else {
            return;
        };
        let value = range.end - rest.trim_start().len();
        let name_at = value.checked_sub(name.len() + 1);
        let Some(at) = name_at.filter(|at| *at >= range.start) else {
            return;
        };
        self.copy(value..range.end);
        self.bytes[at..value - 1].copy_from_slice(name.as_bytes());
        self.bytes[value - 1] = b'=';
        // The value ends before its quote.
        let bytes = self.text.as_bytes();
        if let (Some(quote @ (b'"' | b'\'')), Some(last)) = (bytes.get(value), bytes.get(range.end))
            && quote == last
        {
            self.bytes[range.end] = *quote;
        }
    }

    fn copy(&mut self, range: Range<usize>) {
        self.bytes[range.clone()].copy_from_slice(&self.text.as_bytes()[range]);
    }
}

impl Blank<'_> {
    /// Makes blocks of PHP one program: the tag before which nothing is code stands once,
    /// on the line that opens the first block.
    fn tag(&mut self, block: Range<usize>, first: bool) {
        const OPEN: &str = "<?php";
        const CLOSE: &str = "?>";
        let words = &self.text[block.clone()];
        let at = block.start + words.len() - words.trim_start().len();
        if words.trim_start().starts_with(OPEN) {
            self.bytes[at..at + OPEN.len()].fill(b' ');
        }
        let end = block.start + words.trim_end().len();
        if words.trim_end().ends_with(CLOSE) {
            self.bytes[end - CLOSE.len()..end].fill(b' ');
        }
        // The line is longer than the tag, since it names the language.
        if let Some(start) = block.start.checked_sub(OPEN.len() + 1)
            && first
        {
            self.bytes[start..start + OPEN.len()].copy_from_slice(OPEN.as_bytes());
        }
    }
}

/// The language of a notebook's kernel.
fn kernel(text: &str) -> Option<Language> {
    let lower = text.to_ascii_lowercase();
    let spoken = lower
        .rsplit_once("\"kernelspec\"")
        .map_or(lower.as_str(), |(_, rest)| rest);
    let spoken = spoken.get(..400).unwrap_or(spoken);
    if spoken.contains("powershell") || spoken.contains("pwsh") {
        Some(Language::PowerShell)
    } else if spoken.contains("python") || !lower.contains("\"kernelspec\"") {
        Some(Language::Python)
    } else if spoken.contains("\"r\"") || spoken.contains("\"ir\"") {
        Some(Language::R)
    } else {
        None
    }
}

/// The inside of the next JSON string, and where it is behind.
fn next_string(text: &str, from: usize) -> Option<(Range<usize>, usize)> {
    let bytes = text.as_bytes();
    let open = from + memchr::memchr(b'"', &bytes[from..])?;
    let mut at = open + 1;
    loop {
        match *bytes.get(at)? {
            b'"' => return Some((open + 1..at, at + 1)),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
}

/// Copies the lines of a cell, escapes undone in place; returns where it ends.
fn cell(text: &str, from: usize, blank: &mut Blank<'_>) -> usize {
    let bytes = text.as_bytes();
    let mut at = from;
    let many = bytes[at..]
        .iter()
        .position(|byte| !byte.is_ascii_whitespace() && *byte != b':')
        .is_some_and(|offset| bytes[at + offset] == b'[');
    loop {
        let Some((line, after)) = next_string(text, at) else {
            return text.len();
        };
        // The list ended before this string began.
        if many && bytes[at..line.start].contains(&b']') {
            return at;
        }
        copy_line(text, line, blank);
        at = after;
        if !many {
            return at;
        }
    }
}

fn copy_line(text: &str, line: Range<usize>, blank: &mut Blank<'_>) {
    let bytes = text.as_bytes();
    blank.copy(line.clone());
    let mut at = line.start;
    while let Some(found) = memchr::memchr(b'\\', &bytes[at..line.end]) {
        let escape = at + found;
        let Some(&letter) = bytes.get(escape + 1).filter(|_| escape + 1 < line.end) else {
            return;
        };
        let mut len = 2;
        match letter {
            b'"' => {
                // Quotes stay together, a docstring's three among them.
                while bytes.get(escape + len..escape + len + 2) == Some(b"\\\"") {
                    len += 2;
                }
                blank.bytes[escape..escape + len / 2].fill(b'"');
                blank.bytes[escape + len / 2..escape + len].fill(b' ');
            }
            b'n' => blank.bytes[escape..escape + 2].copy_from_slice(b" \n"),
            b'\\' => blank.bytes[escape] = b' ',
            b'/' => blank.bytes[escape..escape + 2].copy_from_slice(b" /"),
            b'u' => {
                len = 6.min(line.end - escape);
                blank.bytes[escape..escape + len].fill(b'x');
            }
            _ => blank.bytes[escape..escape + 2].fill(b' '),
        }
        at = escape + len;
    }
}

#[cfg(test)]
mod tests {
    use crate::facts::{FileKind, Zone};
    use crate::parse::parse_to;
    use crate::source::{FileId, Source};

    fn calls(path: &str, text: &str) -> Vec<(String, String)> {
        let source = Source::from_text(FileId(0), path, text);
        let kind = crate::parse::kind::kind(path);
        assert_ne!(kind, FileKind::Other);
        let facts = parse_to(&source, kind, Zone::Project, true);
        facts
            .code
            .calls
            .iter()
            .filter(|call| call.request)
            .map(|call| {
                let url = call
                    .url
                    .as_ref()
                    .map_or_else(String::new, crate::facts::code::Text::shown);
                (source.slice(call.span).to_owned(), url)
            })
            .collect()
    }

    #[test]
    fn cells_of_a_notebook_are_one_program() {
        let notebook = r#"{
 "cells": [
  { "cell_type": "markdown", "source": ["requests.get(\"https://no.example\")\n"] },
  {
   "cell_type": "code",
   "metadata": { "tags": ["a]b"] },
   "source": [
    "BASE = f\"https://host.example\"\n",
    "doc = \"\"\"words\"\"\"\n"
   ]
  },
  {
   "cell_type": "code",
   "source": "for m in machines:\n    requests.get(BASE + \"/é/\" + m)\n"
  }
 ],
 "metadata": { "kernelspec": { "language": "python", "name": "python3" } }
}"#;
        assert_eq!(
            calls("a.ipynb", notebook),
            [(
                r#"requests.get(BASE + \"/é/\" + m)"#.to_owned(),
                " https://host.example /é/{}".to_owned()
            )]
        );
    }

    #[test]
    fn fenced_code_is_read_where_it_stands() {
        let page = "# Title\n\nText.\n\n```powershell\n$b = 'https://host.example'\n```\n\nMore.\n\n```powershell\nInvoke-RestMethod -Uri \"$b/x\"\n```\n\n```json\n{}\n```\n";
        assert_eq!(
            calls("a.md", page),
            [(
                "Invoke-RestMethod -Uri \"$b/x\"".to_owned(),
                "https://host.example/x".to_owned()
            )]
        );
    }

    #[test]
    fn broken_notebooks_are_read_without_panic() {
        for text in [
            "",
            "{",
            "\"source\"",
            "\"cell_type\": \"code\", \"source\": [\"a\\",
            "\"cell_type\": \"code\", \"source\": [\"a\\u00\"",
            "\"cell_type\": \"code\", \"source\"",
            "\"cell_type\": \"code\", \"source\": \"é\\\"\"",
        ] {
            let _ = calls("a.ipynb", text);
        }
    }
}
