//! What holds of every finding in few lines, whatever it says and points at.

use std::path::Path;
use std::sync::{Arc, OnceLock};

use proptest::prelude::*;
use unicode_width::UnicodeWidthStr;

use super::{HumanStyle, View, brief, diagnostic};
use crate::finding::{Finding, Related};
use crate::pack::{Pack, load_embedded};
use crate::scan::Report;
use crate::source::{FileId, Source, Span};

fn packs() -> &'static [Pack] {
    static PACKS: OnceLock<Vec<Pack>> = OnceLock::new();
    PACKS.get_or_init(|| load_embedded().expect("the shipped packs"))
}

fn finding(rule: &str, span: Span, message: &str) -> Finding {
    let mut rules = packs().iter().flat_map(|pack| &pack.rules);
    let compiled = rules.find(|compiled| compiled.rule.id == rule);
    Finding::new(&compiled.expect("the rule").rule, Some(span), message)
}

/// The words of `text` as a finding, after `change`, on a terminal of some columns.
fn drawn(
    text: &str,
    span: (usize, usize),
    width: usize,
    verbose: bool,
    change: impl FnOnce(&mut Finding),
) -> String {
    let source = Arc::new(Source::from_text(FileId(0), "a.md", text));
    let mut finding = finding("trademark/altered", source.span(span.0..span.1), "Words");
    change(&mut finding);
    let mut report = Report::default();
    report.paths.push("a.md".into());
    report.sources.insert(FileId(0), source);
    let view = View {
        report: &report,
        packs: packs(),
        root: Path::new("."),
        fails_at: None,
        sarif: crate::report::SarifOptions::default(),
    };
    let style = HumanStyle {
        width,
        ..HumanStyle::default()
    };
    if verbose {
        diagnostic::render(&view, &finding, &style)
    } else {
        brief::render(&view, &finding, None, &style)
    }
}

const LONG: &str = "word after word that says a good deal more than a short text would say ";

#[test]
fn a_text_to_paste_is_whole_and_bears_no_mark() {
    let help = "Put this at its end, or into an ATTRIBUTION.md in docs/:\n  “List alerts” by Someone, \
                licensed under CC BY 4.0.\nLooked in the file.";
    let drawn = drawn("some words", (5, 10), 100, false, |finding| {
        finding.message = LONG.repeat(6);
        finding.help = help.to_owned();
    });
    let lines: Vec<&str> = drawn.lines().collect();
    assert_eq!(lines.len(), 8, "{drawn}");
    assert_eq!(
        lines[lines.len() - 2..],
        [
            "   = help: Put this at its end, or into an ATTRIBUTION.md in docs/: (-v prints all)",
            "     “List alerts” by Someone, licensed under CC BY 4.0.",
        ],
        "{drawn}"
    );
    let cut = lines
        .iter()
        .find(|line| line.ends_with("… (-v prints all)"));
    assert!(cut.is_some_and(|line| line.starts_with("    ")), "{drawn}");
}

#[test]
fn a_label_is_whole_in_both_forms() {
    for (verbose, times) in [(false, 2), (true, 6)] {
        let label = LONG.repeat(times);
        let words: Vec<&str> = label.split_whitespace().collect();
        let drawn = drawn("some words", (5, 10), 100, verbose, |finding| {
            finding.label.clone_from(&label);
        });
        let all: Vec<&str> = drawn
            .split_whitespace()
            .filter(|word| word.contains(char::is_alphanumeric))
            .collect();
        let found = all.windows(words.len()).any(|part| part == words);
        assert!(found, "{drawn}");
    }
}

#[test]
fn a_document_without_room_is_named_in_short_or_not_at_all() {
    let clause = |document: &str, name: &str, section: &str| {
        let drawn = drawn("some words", (5, 10), 100, false, |finding| {
            let mut rule = finding.rule.as_ref().clone();
            let mut clause = rule.clause.as_ref().clone();
            clause.document = document.into();
            clause.name = name.into();
            clause.section = section.into();
            clause.url = "https://example.org/terms-of-use".into();
            rule.clause = Arc::new(clause);
            finding.rule = Arc::new(rule);
        });
        let line = drawn.lines().find(|line| line.contains("<https"));
        let line = line.expect("the clause").to_owned();
        assert!(line.width() <= 100, "{drawn}");
        let (_, said) = line.split_once(": ").expect("a label");
        said.to_owned()
    };
    let address = "<https://example.org/terms-of-use>";
    for (document, name, section, expected) in [
        ("Terms of use", "", "Part 4", "Terms of use, Part 4 "),
        ("Terms of use", "Terms", "Part 4", "Terms of use, Part 4 "),
        (LONG, "Terms", "Part 4", "Terms, Part 4 "),
        (LONG, "", "Part 4", "Part 4 "),
        ("Terms of use", "", LONG, "Terms of use "),
        (LONG, "Terms", LONG, "Terms "),
        (LONG, "", LONG, ""),
    ] {
        assert_eq!(
            clause(document, name, section),
            format!("{expected}{address}")
        );
    }
}

proptest! {
    #[test]
    fn any_finding_takes_few_lines(
        text in "(?s)(.|[\t日é👩\u{301}\u{200d}\u{200b}]){0,120}",
        span in (0usize..200, 0usize..200),
        message in "([a-zé日]{0,12} ){0,60}",
        label in "([a-zé日]{0,12} ){0,60}",
        help in proptest::collection::vec("(  )?([a-z日]{0,12} ){0,20}", 0..8),
        others in 0u32..20,
        width in 60usize..120,
    ) {
        let span = (span.0.min(span.1), span.0.max(span.1));
        let drawn = drawn(&text, span, width, false, |finding| {
            finding.message = message;
            finding.label = label;
            finding.help = help.join("\n");
            finding.count = 1 + others;
            for at in 0..others as usize {
                let span = Span::new(FileId(0), at..at + 1);
                finding.related.push(Related { span, message: String::new() });
            }
        });
        prop_assert!(drawn.lines().count() <= 8, "{drawn}");
        // A text to paste and an address are never broken.
        let pasted: Vec<&str> = help.iter().filter(|line| line.starts_with("  ")).map(|line| line.trim()).collect();
        for line in drawn.lines() {
            let is_whole = line.contains("<https:") || pasted.iter().any(|pasted| line.trim() == *pasted);
            prop_assert!(line.width() <= width || is_whole, "{} > {width}: {line}\n{drawn}", line.width());
        }
    }
}
