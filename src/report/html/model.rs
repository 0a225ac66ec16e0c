//! The data of the page, ready to be shown: unsafe characters visible, addresses that
//! may be followed, texts that repeat stored once.

use std::collections::BTreeMap;

use serde::Serialize;
use url::Url;

use crate::finding::{Finding, Severity};
use crate::pack::Rule;
use crate::report::human::Shown;
use crate::report::text::{shortened, visible_lines};
use crate::report::{View, force_plain, force_words, visible};
use crate::scan::NoticeLevel;
use crate::source::{Span, floor_boundary};

/// Lines of the words at fault that are shown.
const MAX_LINES: u32 = 6;
/// Columns of a line that are shown.
const MAX_COLUMNS: usize = 160;
/// Further places that are listed with a finding.
const MAX_RELATED: usize = 20;
/// Characters of a text that are kept: help may carry a licence to paste.
const MAX_TEXT: usize = 8_000;

#[derive(Serialize)]
pub struct Data {
    checked: u64,
    skipped: u64,
    suppressed: usize,
    texts: Vec<String>,
    rules: Vec<RuleData>,
    clauses: Vec<ClauseData>,
    findings: Vec<Row>,
    notices: Vec<NoticeData>,
}

#[derive(Serialize)]
struct RuleData {
    id: String,
    family: String,
    title: String,
    clause: usize,
    force: &'static str,
    meaning: &'static str,
}

#[derive(Serialize)]
struct ClauseData {
    pack: String,
    document: String,
    section: String,
    quote: String,
    url: Option<String>,
}

/// A finding; a text is its index in [`Data::texts`].
#[derive(Serialize)]
struct Row {
    rule: usize,
    level: Severity,
    message: usize,
    help: usize,
    /// What another page than the clause's says, and its address.
    #[serde(skip_serializing_if = "Option::is_none")]
    sentence: Option<(usize, Option<String>)>,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<(u32, u32)>,
    /// Each line as what stands before the words, the words, and what follows.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    lines: Vec<[String; 3]>,
    /// Path, line and what is to be seen there.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related: Vec<(usize, u32, usize)>,
    /// Further places beside those that are listed.
    #[serde(skip_serializing_if = "is_zero")]
    more: usize,
}

#[derive(Serialize)]
struct NoticeData {
    text: String,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it")]
fn is_zero(count: &usize) -> bool {
    *count == 0
}

/// Texts by their index.
#[derive(Default)]
struct Texts {
    known: BTreeMap<String, usize>,
    list: Vec<String>,
}

impl Texts {
    fn index(&mut self, text: String) -> usize {
        if let Some(&index) = self.known.get(&text) {
            return index;
        }
        self.list.push(text.clone());
        let index = self.known.len();
        self.known.insert(text, index);
        index
    }
}

/// What the page shows.
pub fn data(view: &View<'_>) -> Data {
    let mut texts = Texts::default();
    let mut rules = Rules::default();
    let mut shown: Vec<&Finding> = view.shown().collect();
    // The gravest first; among equals the order of the report.
    shown.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    let findings = shown
        .iter()
        .map(|finding| row(view, finding, &mut texts, &mut rules))
        .collect();
    Data {
        checked: view.report.counts.read,
        skipped: view.report.counts.skipped.values().sum(),
        suppressed: view.report.findings.len() - shown.len(),
        texts: texts.list,
        rules: rules.list,
        clauses: rules.clauses,
        findings,
        notices: view
            .report
            .notices
            .iter()
            .filter(|notice| notice.level == NoticeLevel::Unchecked)
            .map(|notice| NoticeData {
                text: match &notice.path {
                    Some(path) => visible(&format!("{path}: {}", notice.message)).into_owned(),
                    None => visible(&notice.message).into_owned(),
                },
            })
            .collect(),
    }
}

fn row(view: &View<'_>, finding: &Finding, texts: &mut Texts, rules: &mut Rules) -> Row {
    let mut line = |text: &str| texts.index(visible(text).into_owned());
    let message = line(&finding.message);
    let path = finding.primary.map(|span| line(view.path(span)));
    let start = |span: Span| Some(view.source(span.file)?.position(span.start));
    let related = finding.related.iter().take(MAX_RELATED).map(|related| {
        let at = start(related.span).map_or(1, |at| at.line);
        let message = shortened(&related.message, MAX_TEXT);
        (line(view.path(related.span)), at, line(&message))
    });
    let related = related.collect();
    let sentence = finding.sentence.as_ref().map(|sentence| {
        let quote = visible(&shortened(&sentence.quote, MAX_TEXT)).into_owned();
        (texts.index(quote), followed(&sentence.url))
    });
    let help = visible_lines(&shortened(&finding.help, MAX_TEXT));
    Row {
        rule: rules.index(&finding.rule),
        level: finding.severity,
        message,
        help: texts.index(help),
        sentence,
        path,
        at: finding
            .primary
            .and_then(start)
            .map(|at| (at.line, at.column)),
        lines: finding
            .primary
            .map_or_else(Vec::new, |span| lines(view, span)),
        related,
        more: finding.related.len().saturating_sub(MAX_RELATED),
    }
}

/// The lines of a span, cut around its words.
fn lines(view: &View<'_>, span: Span) -> Vec<[String; 3]> {
    let Some(source) = view.source(span.file) else {
        return Vec::new();
    };
    let start = floor_boundary(&source.text, span.start as usize);
    let mut end = floor_boundary(&source.text, span.end as usize);
    // A line break at the end would drag in the next line.
    while end > start && matches!(source.text.as_bytes()[end - 1], b'\n' | b'\r') {
        end -= 1;
    }
    let first = source.position(start as u32).line;
    let last = source.position(end as u32).line.min(first + MAX_LINES - 1);
    (first..=last)
        .map(|number| {
            let text = source.line_text(number);
            let at = source.line_starts()[number as usize - 1] as usize;
            let within = |offset: usize| offset.saturating_sub(at).min(text.len());
            Shown::new(text, within(start)..within(end), MAX_COLUMNS).parts()
        })
        .collect()
}

/// Rules and clauses that findings speak of, in the order in which they are met.
#[derive(Default)]
struct Rules {
    known: BTreeMap<(String, String), usize>,
    list: Vec<RuleData>,
    known_clauses: BTreeMap<(String, String), usize>,
    clauses: Vec<ClauseData>,
}

impl Rules {
    fn index(&mut self, rule: &Rule) -> usize {
        let key = (rule.pack.to_string(), rule.id.clone());
        if let Some(&index) = self.known.get(&key) {
            return index;
        }
        let clause = self.clause(rule);
        let line = |text: &str| visible(text).into_owned();
        self.list.push(RuleData {
            id: line(&rule.id),
            family: line(rule.family()),
            title: line(&rule.title),
            clause,
            force: force_plain(rule.force),
            meaning: force_words(rule.force),
        });
        let index = self.known.len();
        self.known.insert(key, index);
        index
    }

    fn clause(&mut self, rule: &Rule) -> usize {
        let clause = &rule.clause;
        let key = (rule.pack.to_string(), clause.id.clone());
        if let Some(&index) = self.known_clauses.get(&key) {
            return index;
        }
        let line = |text: &str| visible(text).into_owned();
        self.clauses.push(ClauseData {
            pack: line(&rule.pack),
            document: line(&clause.document),
            section: line(&clause.section),
            quote: visible_lines(&clause.quote),
            url: followed(&clause.url),
        });
        let index = self.known_clauses.len();
        self.known_clauses.insert(key, index);
        index
    }
}

/// An address that may be a link: of the web, and nothing that runs.
fn followed(address: &str) -> Option<String> {
    let url = Url::parse(address).ok()?;
    matches!(url.scheme(), "http" | "https").then(|| url.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_web_are_links() {
        assert_eq!(
            followed("https://a.example/x y").as_deref(),
            Some("https://a.example/x%20y")
        );
        for address in [
            "javascript:alert(1)",
            " JaVaScRiPt:alert(1)",
            "java\nscript:alert(1)",
            "data:text/html,x",
            "docs/rules.md",
            "",
        ] {
            assert_eq!(followed(address), None, "{address:?}");
        }
    }
}
