//! Inline and configured suppressions. One that suppresses nothing is reported, as
//! is one that could not be understood.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;

use crate::config::Config;
use crate::facts::{Directive, RelativePath};
use crate::finding::{Finding, Suppression, SuppressionKind};
use crate::scan::{Notice, NoticeLevel};
use crate::selection::RulePattern;
use crate::source::{FileId, Source, Span};

/// How a directive is written, for messages.
const FORM: &str = "write `termscheck: ignore RULE -- reason`";

/// What is known of this run's rules.
#[derive(Clone, Copy, Debug)]
pub struct Suppressor<'a> {
    /// Every rule there is.
    pub known: &'a BTreeSet<&'a str>,
    /// The rules that ran.
    pub active: &'a BTreeSet<String>,
    /// Whether the whole repository was scanned, so that what was not found is not
    /// there.
    pub whole: bool,
    /// The day of the run: what ended before it suppresses nothing.
    pub today: Date,
}

/// A directive that was understood.
struct Inline {
    span: Span,
    patterns: Vec<(RulePattern, bool)>,
    /// One-based lines it speaks of; `None` for the whole file.
    lines: Option<std::ops::RangeInclusive<u32>>,
    reason: String,
}

impl Suppressor<'_> {
    /// Marks the findings that comments suppress and returns what is to be said of
    /// the comments.
    pub fn inline(
        &self,
        findings: &mut [Finding],
        directives: &BTreeMap<FileId, Vec<Directive>>,
        sources: &BTreeMap<FileId, Arc<Source>>,
    ) -> Vec<Notice> {
        let mut notices = Vec::new();
        let mut by_file: BTreeMap<FileId, Vec<Inline>> = BTreeMap::new();
        for (id, directives) in directives {
            let Some(source) = sources.get(id) else {
                continue;
            };
            let understood = directives
                .iter()
                .filter_map(|directive| self.read(directive, directives, source, &mut notices))
                .collect();
            by_file.insert(*id, understood);
        }
        for finding in findings {
            let Some(span) = finding.primary else {
                continue;
            };
            let (Some(inlines), Some(source)) =
                (by_file.get_mut(&span.file), sources.get(&span.file))
            else {
                continue;
            };
            let line = source.position(span.start).line;
            for inline in inlines {
                if inline
                    .lines
                    .as_ref()
                    .is_some_and(|lines| !lines.contains(&line))
                {
                    continue;
                }
                for (pattern, used) in &mut inline.patterns {
                    if pattern.matches(&finding.rule.id) {
                        *used = true;
                        finding.suppressed.get_or_insert_with(|| Suppression {
                            kind: SuppressionKind::Inline,
                            reason: inline.reason.clone(),
                        });
                    }
                }
            }
        }
        for inline in by_file.values().flatten() {
            let path = &sources[&inline.span.file].path;
            for (pattern, used) in &inline.patterns {
                if !used && self.can_judge(pattern) {
                    let place = match &inline.lines {
                        None => "in this file".to_owned(),
                        Some(lines) => format!("on line {}", lines.start()),
                    };
                    notices.push(warning(
                        path,
                        inline.span,
                        format!(
                            "suppresses nothing: no finding of `{}` {place}",
                            pattern.text()
                        ),
                    ));
                }
            }
        }
        notices
    }

    /// Marks the findings that the configurations ignore and returns what is to be
    /// said of their entries. `ids` are the configurations as texts, in their order;
    /// without them nothing is said.
    pub fn configured(
        &self,
        findings: &mut [Finding],
        config: &Config,
        ids: &[FileId],
        paths: &[RelativePath],
    ) -> Vec<Notice> {
        let mut notices = Vec::new();
        for (index, layer) in config.all().enumerate() {
            let text = ids.get(index).map(|&id| (id, &paths[id.0 as usize]));
            for ignore in layer.ignores() {
                let entry = ignore.entry;
                let until = entry.until.as_deref().and_then(|day| day.parse().ok());
                let mut say = |message| {
                    if let Some((id, path)) = text {
                        notices.push(warning(path, Span::new(id, ignore.place()), message));
                    }
                };
                if let Some(message) = self.ended(until) {
                    say(message);
                    continue;
                }
                let Ok(pattern) = RulePattern::new(&entry.rule) else {
                    continue;
                };
                let covers = |finding: &Finding| match finding.primary {
                    Some(span) => paths
                        .get(span.file.0 as usize)
                        .is_some_and(|path| config.counts(&ignore, path)),
                    None => ignore.is_everywhere(),
                };
                let mut used = false;
                for finding in findings.iter_mut() {
                    if pattern.matches(&finding.rule.id) && covers(finding) {
                        used = true;
                        finding.suppressed.get_or_insert_with(|| Suppression {
                            kind: SuppressionKind::Config,
                            reason: entry.reason.clone(),
                        });
                    }
                }
                if !used && self.can_judge(&pattern) {
                    let message = format!("ignores nothing: no finding of `{}` here", entry.rule);
                    say(message);
                }
            }
        }
        notices
    }

    /// What to say of a suppression that has ended.
    fn ended(&self, until: Option<Date>) -> Option<String> {
        let until = until.filter(|until| *until < self.today)?;
        Some(format!("ended on {until}, and suppresses nothing any more"))
    }

    /// Whether a pattern that suppressed nothing is to blame for it: all of its rules
    /// ran, over all of the repository.
    fn can_judge(&self, pattern: &RulePattern) -> bool {
        self.whole
            && self
                .known
                .iter()
                .filter(|id| pattern.matches(id))
                .all(|id| self.active.contains(*id))
    }

    fn read(
        &self,
        directive: &Directive,
        all: &[Directive],
        source: &Source,
        notices: &mut Vec<Notice>,
    ) -> Option<Inline> {
        let mut say =
            |message: String| notices.push(warning(&source.path, directive.span, message));
        let (verb, rest) = directive
            .text
            .split_once(char::is_whitespace)
            .unwrap_or((&directive.text, ""));
        let whole_file = match verb {
            "ignore" => false,
            "ignore-file" => true,
            _ => {
                say(format!("`termscheck: {verb}` means nothing; {FORM}"));
                return None;
            }
        };
        let (rest, until) = split_until(rest);
        if let Some(message) = self.ended(until) {
            say(message);
            return None;
        }
        let (rules, reason) = split_reason(&rest);
        if reason.is_empty() {
            say(format!("a suppression without a reason; {FORM}"));
        }
        let mut patterns = Vec::new();
        for rule in rules
            .split(|c: char| c == ',' || c.is_whitespace())
            .filter(|rule| !rule.is_empty())
        {
            match RulePattern::known(rule, self.known.iter().copied()) {
                Ok(pattern) => patterns.push((pattern, false)),
                Err(message) => say(message),
            }
        }
        if rules.trim().is_empty() {
            say(format!("a suppression that names no rule; {FORM}"));
        }
        Some(Inline {
            span: directive.span,
            patterns,
            lines: (!whole_file).then(|| lines(directive, all, source)),
            reason: reason.to_owned(),
        })
    }
}

/// What is left of a comment without `until: 2027-01-31`, and that day.
fn split_until(text: &str) -> (Cow<'_, str>, Option<Date>) {
    let whole = || (Cow::Borrowed(text), None);
    let Some((before, after)) = text.split_once("until") else {
        return whole();
    };
    let day = after.trim_start_matches([':', ' ']);
    let end = day.find(|c: char| !c.is_ascii_digit() && c != '-');
    // `--` after the day begins the reason.
    let (day, rest) = day.split_at(end.unwrap_or(day.len()).min(10));
    match day.parse() {
        Ok(date) => (Cow::Owned(format!("{before} {rest}")), Some(date)),
        Err(_) => whole(),
    }
}

/// The rules and the reason, parted by `--`, a dash or a colon. XML forbids `--` in
/// comments, hence the others.
fn split_reason(text: &str) -> (&str, &str) {
    let separator = ["--", "—", "–", ":"]
        .into_iter()
        .filter_map(|separator| Some((text.find(separator)?, separator)))
        .min_by_key(|(at, _)| *at);
    match separator {
        Some((at, separator)) => (&text[..at], text[at + separator.len()..].trim()),
        None => (text, ""),
    }
}

/// The lines that a directive speaks of: its own when something else stands there,
/// else the next one that is neither blank nor a directive.
fn lines(
    directive: &Directive,
    all: &[Directive],
    source: &Source,
) -> std::ops::RangeInclusive<u32> {
    let (first, last) = ends(directive, source);
    if !is_alone(directive, source) {
        return first..=last;
    }
    let count = source.line_starts().len() as u32;
    let mut line = last + 1;
    while line <= count {
        let other = all.iter().find(|other| {
            let (first, last) = ends(other, source);
            (first..=last).contains(&line) && is_alone(other, source)
        });
        match other {
            Some(other) => line = ends(other, source).1 + 1,
            None if source.line_text(line).trim().is_empty() => line += 1,
            None => break,
        }
    }
    line..=fence_end(source, line).unwrap_or(line)
}

/// The line that closes the code fence which opens on a line: a comment cannot stand in
/// the code, so one above it speaks of all of it.
fn fence_end(source: &Source, line: u32) -> Option<u32> {
    let fence = |line: u32| {
        let text = source.line_text(line).trim();
        let mark = text.chars().next().filter(|c| matches!(c, '`' | '~'))?;
        let rest = text.trim_start_matches(mark);
        Some((mark, text.len() - rest.len(), rest.is_empty()))
    };
    let count = source.line_starts().len() as u32;
    let (mark, width, _) = (line <= count).then(|| fence(line))??;
    let closes = |line: &u32| {
        fence(*line).is_some_and(|(other, long, bare)| other == mark && long >= width && bare)
    };
    (width >= 3).then(|| (line + 1..=count).find(closes))?
}

/// First and last line of a directive.
fn ends(directive: &Directive, source: &Source) -> (u32, u32) {
    let words = source.slice(directive.span).trim_end();
    let end = directive.span.start + words.len() as u32;
    (
        source.position(directive.span.start).line,
        source.position(end).line,
    )
}

/// Whether nothing but punctuation (a list marker, a quote mark, braces) shares the
/// lines of a directive.
fn is_alone(directive: &Directive, source: &Source) -> bool {
    let range = directive.span.range();
    let before = source.text.get(..range.start).unwrap_or("");
    let before = before.rsplit('\n').next().unwrap_or("");
    // A comment may own its line break.
    let words = source.slice(directive.span).trim_end();
    let after = source.text.get(range.start + words.len()..).unwrap_or("");
    let after = after.split('\n').next().unwrap_or("");
    !before.contains(char::is_alphanumeric) && !after.contains(char::is_alphanumeric)
}

fn warning(path: &str, span: Span, message: String) -> Notice {
    Notice {
        path: Some(path.to_owned()),
        span: Some(span),
        level: NoticeLevel::Warning,
        message,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn directive(source: &Source, words: &str) -> Directive {
        let start = source.text.find(words).expect("the words");
        Directive {
            span: source.span(start..start + words.len()),
            text: String::new(),
        }
    }

    #[test]
    fn a_comment_of_its_own_speaks_of_the_next_line() {
        let text = "a\n<!-- 1 -->\n\n# 2\nb\nc # 3\nd\n> <!-- 4 -->\n> e\n";
        let source = Source::from_text(FileId(0), "a.md", text);
        let all: Vec<_> = ["<!-- 1 -->", "# 2", "# 3", "<!-- 4 -->"]
            .map(|words| directive(&source, words))
            .into();
        let spoken: Vec<u32> = all
            .iter()
            .map(|directive| *lines(directive, &all, &source).start())
            .collect();
        assert_eq!(spoken, [5, 5, 6, 9]);
    }

    #[test]
    fn a_comment_above_a_fence_speaks_of_the_code() {
        let text = "<!-- 1 -->\n\n````sh\n```\na\n````\nb\n# 2\n```\nopen\n";
        let source = Source::from_text(FileId(0), "a.md", text);
        let spoken = |words| {
            let directive = directive(&source, words);
            lines(&directive, &[], &source)
        };
        assert_eq!(spoken("<!-- 1 -->"), 3..=6);
        assert_eq!(spoken("# 2"), 9..=9, "one that nothing closes");
    }

    #[test]
    fn a_reason_follows_dashes_or_a_colon() {
        assert_eq!(split_reason("a/b -- why -- not"), ("a/b ", "why -- not"));
        assert_eq!(split_reason("a/b, c-d/e — why"), ("a/b, c-d/e ", "why"));
        assert_eq!(split_reason("a/b: why"), ("a/b", "why"));
        assert_eq!(split_reason("a/b"), ("a/b", ""));
    }
}
