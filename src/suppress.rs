//! Inline and configured suppressions. One that suppresses nothing is reported, as
//! is one that could not be understood.

mod lines;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use jiff::civil::Date;

use self::lines::Lines;
use crate::budget::Budget;
use crate::config::{Config, Ignore, Layer};
use crate::facts::{Directive, RelativePath};
use crate::finding::{Finding, Suppression, SuppressionKind};
use crate::pack::Rule;
use crate::scan::{Notice, NoticeLevel};
use crate::selection::RulePattern;
use crate::source::{FileId, Source, Span};

/// How a directive is written, for messages.
const FORM: &str = "write `termscheck: ignore RULE -- reason`";

/// What is known of this run's rules.
#[derive(Clone, Copy, Debug)]
pub struct Suppressor<'a> {
    /// Every rule there is.
    pub known: &'a [&'a Rule],
    /// The rules that ran.
    pub active: &'a BTreeSet<String>,
    /// Whether the whole repository was scanned, so that what was not found is not
    /// there.
    pub whole: bool,
    /// The day of the run: what ended before it suppresses nothing.
    pub today: Date,
    /// Work that may be done: what is not reached for want of it stays told.
    pub budget: &'a Budget,
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
        let mut by_file: BTreeMap<FileId, Vec<usize>> = BTreeMap::new();
        for (index, finding) in findings.iter().enumerate() {
            if let Some(span) = finding.primary
                && directives.contains_key(&span.file)
            {
                by_file.entry(span.file).or_default().push(index);
            }
        }
        for (id, directives) in directives {
            let Some(source) = sources.get(id) else {
                continue;
            };
            let mut lines = Lines::new(source, directives);
            let mut inlines: Vec<Inline> = directives
                .iter()
                .filter_map(|directive| self.read(directive, &mut lines, source, &mut notices))
                .collect();
            let work = directives.len() * self.known.len() + source.line_starts().len();
            if !self.budget.spend(work as u64) {
                break;
            }
            let own = by_file.get(id).map(Vec::as_slice).unwrap_or_default();
            mark(findings, own, source, &mut inlines);
            for inline in &inlines {
                for (pattern, used) in &inline.patterns {
                    if !used && self.can_judge(pattern) {
                        let place = match &inline.lines {
                            None => "in this file".to_owned(),
                            Some(lines) => format!("on line {}", lines.start()),
                        };
                        let pattern = pattern.text();
                        let said = format!("suppresses nothing: no finding of `{pattern}` {place}");
                        notices.push(warning(&source.path, inline.span, said));
                    }
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
            let mut say = |ignore: &Ignore<'_>, message| {
                if let Some((id, path)) = text {
                    notices.push(warning(path, Span::new(id, ignore.place()), message));
                }
            };
            // By their numbers; those that do not count have no pattern.
            let mut entries: Vec<(Ignore<'_>, Option<RulePattern>)> = Vec::new();
            for ignore in layer.ignores() {
                let until = ignore.entry.until.as_deref();
                let ended = self.ended(until.and_then(crate::config::day));
                let pattern = match ended {
                    Some(message) => {
                        say(&ignore, message);
                        None
                    }
                    None => RulePattern::new(&ignore.entry.rule).ok(),
                };
                entries.push((ignore, pattern));
            }
            let used = self.mark_ignored(findings, config, layer, &entries, paths);
            for ((ignore, pattern), used) in entries.iter().zip(used) {
                if let Some(pattern) = pattern
                    && !used
                    && self.can_judge(pattern)
                {
                    let rule = &ignore.entry.rule;
                    say(
                        ignore,
                        format!("ignores nothing: no finding of `{rule}` here"),
                    );
                }
            }
        }
        notices
    }

    /// Marks the findings that entries of one configuration cover, and returns which
    /// entries cover any. The findings of a rule in a file are looked at together.
    fn mark_ignored(
        &self,
        findings: &mut [Finding],
        config: &Config,
        layer: &Layer,
        entries: &[(Ignore<'_>, Option<RulePattern>)],
        paths: &[RelativePath],
    ) -> Vec<bool> {
        let mut used = vec![false; entries.len()];
        if entries.is_empty() {
            return used;
        }
        let mut first: HashMap<(Option<FileId>, String), Option<usize>> = HashMap::new();
        for finding in findings {
            let file = finding.primary.map(|span| span.file);
            let key = (file, finding.rule.qualified());
            let found = first.entry(key).or_insert_with(|| {
                let path = file.and_then(|file| paths.get(file.0 as usize));
                let near = match (file, path) {
                    (Some(_), Some(path)) => config.ignores_near(layer, path),
                    (Some(_), None) => Vec::new(),
                    (None, _) => (0..entries.len()).collect(),
                };
                if !self.budget.spend(1 + near.len() as u64) {
                    return None;
                }
                let covers = |ignore: &Ignore<'_>| match path {
                    Some(path) => config.counts(ignore, path),
                    None => ignore.is_everywhere(),
                };
                let mut covering = None;
                for at in near {
                    let Some((ignore, Some(pattern))) = entries.get(at) else {
                        continue;
                    };
                    if pattern.matches_rule(&finding.rule) && covers(ignore) {
                        used[at] = true;
                        covering = covering.or(Some(at));
                    }
                }
                covering
            });
            if let Some(at) = *found {
                finding.suppressed.get_or_insert_with(|| Suppression {
                    kind: SuppressionKind::Config,
                    reason: entries[at].0.entry.reason.clone(),
                });
            }
        }
        used
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
                .filter(|rule| pattern.matches_rule(rule))
                .all(|rule| self.active.contains(&rule.id))
    }

    fn read(
        &self,
        directive: &Directive,
        lines: &mut Lines<'_>,
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
        let (rest, until) = match split_until(rest) {
            Ok(split) => split,
            Err(day) => {
                say(format!(
                    "`until: {day}` names no day, and the suppression does not count; write the day \
                     as `until: 2027-01-31`"
                ));
                return None;
            }
        };
        if let Some(message) = self.ended(until) {
            say(message);
            return None;
        }
        let (rules, reason) = split_reason(&rest);
        if reason.is_empty() {
            say(format!("a suppression without a reason; {FORM}"));
        }
        let mut patterns = Vec::new();
        let mut renamed = Vec::new();
        for rule in rules
            .split(|c: char| c == ',' || c.is_whitespace())
            .filter(|rule| !rule.is_empty())
        {
            let known = self.known.iter().flat_map(|rule| &rule.names);
            match RulePattern::known(rule, known.map(String::as_str)) {
                Ok(pattern) => {
                    if let Some(told) = crate::pack::renamed(rule, self.known.iter().copied()) {
                        renamed.push(told);
                    }
                    patterns.push((pattern, false));
                }
                Err(message) => say(message),
            }
        }
        if rules.trim().is_empty() {
            say(format!("a suppression that names no rule; {FORM}"));
        }
        notices.extend(renamed.into_iter().map(|told| Notice {
            level: NoticeLevel::Info,
            ..warning(&source.path, directive.span, told)
        }));
        Some(Inline {
            span: directive.span,
            patterns,
            lines: (!whole_file).then(|| lines.spoken_of(directive.span)),
            reason: reason.to_owned(),
        })
    }
}

/// Opens the day on which a suppression ends.
const UNTIL: &str = "until";

/// What is left of a comment without `until: 2027-01-31`, and that day; what stands in
/// its place where that is no day. An “until” within the reason is a word like others.
fn split_until(text: &str) -> Result<(Cow<'_, str>, Option<Date>), String> {
    let whole = Ok((Cow::Borrowed(text), None));
    let word = text
        .split_inclusive(char::is_whitespace)
        .scan(0, |at, part| {
            let start = *at;
            *at += part.len();
            Some((start, part.trim_end()))
        });
    // “UNTIL: …”, “(until …)” and “until:2027-01-31” are meant as a day, too: what was meant
    // to end must not last.
    let mut words = word.filter_map(|(start, word)| {
        let bare = word.trim_start_matches('(');
        let keyword = bare.get(..UNTIL.len())?;
        let rest = &bare[UNTIL.len()..];
        let ends = rest.is_empty() || rest.starts_with(':');
        (keyword.eq_ignore_ascii_case(UNTIL) && ends)
            .then_some((start, start + word.len() - rest.len()))
    });
    let Some((start, end)) = words.next() else {
        return whole;
    };
    let (before, after) = (&text[..start], &text[end..]);
    if reason_at(before).is_some() {
        return whole;
    }
    let day = after.trim_start_matches([':', ' ']);
    let end = day.find(|c: char| !c.is_ascii_digit() && c != '-');
    // `--` after the day begins the reason.
    let end = end.unwrap_or(day.len()).min(10);
    let named = day.get(..end).and_then(crate::config::day);
    match named {
        Some(date) => {
            let rest = day[end..].trim_start_matches(')');
            Ok((Cow::Owned(format!("{before} {rest}")), Some(date)))
        }
        None => Err(day.split_whitespace().next().unwrap_or_default().to_owned()),
    }
}

/// The rules and the reason, parted by `--`, a dash or a colon. XML forbids `--` in
/// comments, hence the others.
fn split_reason(text: &str) -> (&str, &str) {
    match reason_at(text) {
        Some((at, separator)) => (&text[..at], text[at + separator.len()..].trim()),
        None => (text, ""),
    }
}

/// Where the reason begins, and what parts it from the rules. The colon of
/// `pack:family/name` is none.
fn reason_at(text: &str) -> Option<(usize, &'static str)> {
    let parts = |at: usize| {
        let word = text[..at].rsplit(|c: char| c == ',' || c.is_whitespace());
        let of_a_pack = word.take(1).any(crate::pack::is_kebab);
        let next = text[at + 1..].chars().next();
        !(of_a_pack && next.is_some_and(|c| c == '*' || c.is_ascii_lowercase()))
    };
    let mut colons = text.match_indices(':').map(|(at, _)| at);
    let colon = colons.find(|&at| parts(at)).map(|at| (at, ":"));
    ["--", "—", "–"]
        .into_iter()
        .filter_map(|separator| Some((text.find(separator)?, separator)))
        .chain(colon)
        .min_by_key(|(at, _)| *at)
}

/// A rule, and its findings by line and index.
type LinesOfRule = (Arc<Rule>, Vec<(u32, usize)>);

/// Marks those findings of a file, by their indexes, that its comments suppress, and the
/// comments that do; of several the first counts. Each finding is marked once, however
/// many comments speak of its line.
fn mark(findings: &mut [Finding], own: &[usize], source: &Source, inlines: &mut [Inline]) {
    // Which lines hold findings of a rule.
    let mut by_rule: BTreeMap<String, LinesOfRule> = BTreeMap::new();
    for &index in own {
        let finding = &findings[index];
        let line = finding.primary.map_or(0, |span| source.line_of(span.start));
        let (_, found) = by_rule
            .entry(finding.rule.qualified())
            .or_insert_with(|| (Arc::clone(&finding.rule), Vec::new()));
        found.push((line, index));
        // A comment over the loop that is meant counts as one over the request in it.
        let head = finding.anchor.filter(|head| head.file == source.id);
        if let Some(head) = head.map(|head| source.line_of(head.start)) {
            found.extend((head != line).then_some((head, index)));
        }
    }
    for (rule, mut found) in by_rule.into_values() {
        found.sort_unstable();
        // The next finding that nothing marked yet.
        let mut next: Vec<usize> = (0..=found.len()).collect();
        for inline in inlines.iter_mut() {
            let matching = inline.patterns.iter_mut();
            let mut matching = matching
                .filter(|(pattern, _)| pattern.matches_rule(&rule))
                .peekable();
            if matching.peek().is_none() {
                continue;
            }
            let (from, to) = match &inline.lines {
                None => (0, found.len()),
                Some(lines) => (
                    found.partition_point(|(line, _)| line < lines.start()),
                    found.partition_point(|(line, _)| line <= lines.end()),
                ),
            };
            if from >= to {
                continue;
            }
            matching.for_each(|(_, used)| *used = true);
            let mut at = unmarked(&mut next, from);
            while at < to {
                let finding = &mut findings[found[at].1];
                finding.suppressed.get_or_insert_with(|| Suppression {
                    kind: SuppressionKind::Inline,
                    reason: inline.reason.clone(),
                });
                next[at] = at + 1;
                at = unmarked(&mut next, at);
            }
        }
    }
}

/// The first that nothing marked, from one on; the way there is made short.
fn unmarked(next: &mut [usize], from: usize) -> usize {
    let mut end = from;
    while next[end] != end {
        end = next[end];
    }
    let mut at = from;
    while next[at] != end {
        at = std::mem::replace(&mut next[at], end);
    }
    end
}

pub(crate) fn warning(path: &str, span: Span, message: String) -> Notice {
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
        let mut lines = Lines::new(&source, &all);
        let spoken: Vec<u32> = all
            .iter()
            .map(|directive| *lines.spoken_of(directive.span).start())
            .collect();
        assert_eq!(spoken, [5, 5, 6, 9]);
    }

    #[test]
    fn a_comment_above_a_fence_speaks_of_the_code() {
        let text = "<!-- 1 -->\n\n````sh\n```\na\n````\nb\n# 2\n```\nopen\n";
        let source = Source::from_text(FileId(0), "a.md", text);
        let spoken = |words| {
            let directive = directive(&source, words);
            Lines::new(&source, std::slice::from_ref(&directive)).spoken_of(directive.span)
        };
        assert_eq!(spoken("<!-- 1 -->"), 3..=6);
        assert_eq!(spoken("# 2"), 9..=9, "one that nothing closes");
    }

    #[test]
    fn a_day_is_one_or_is_told() {
        let until = |text: &str| {
            split_until(text)
                .map(|(rest, day)| (rest.trim().to_owned(), day.map(|day| day.to_string())))
        };
        let day = |rest: &str, day: &str| Ok((rest.to_owned(), Some(day.to_owned())));
        assert_eq!(
            until("a/b until: 2027-01-31 -- why"),
            day("a/b   -- why", "2027-01-31")
        );
        assert_eq!(
            until("a/b until 2027-01-31-- why"),
            day("a/b  -- why", "2027-01-31")
        );
        let none = |rest: &str| Ok((rest.to_owned(), None));
        for reason in [
            "a/b -- kept until we move",
            "a/b: until: tomorrow",
            "a/b — until 2027",
        ] {
            assert_eq!(until(reason), none(reason));
        }
        assert_eq!(
            until("a/b until: tomorrow -- x"),
            Err("tomorrow".to_owned())
        );
        assert_eq!(
            until("a/b until: 2026-13-40 -- x"),
            Err("2026-13-40".to_owned())
        );
        assert_eq!(until("a/b until"), Err(String::new()));
        for meant in [
            "a/b until:2027-01-31",
            "a/b UNTIL: 2027-01-31",
            "a/b (until: 2027-01-31)",
        ] {
            let (rest, day) = until(meant).expect("a day");
            assert_eq!((rest.trim(), day.is_some()), ("a/b", true), "{meant}");
        }
        assert!(until("a/b until:2027").is_err());
    }

    #[test]
    fn a_reason_follows_dashes_or_a_colon() {
        assert_eq!(split_reason("a/b -- why -- not"), ("a/b ", "why -- not"));
        assert_eq!(split_reason("a/b, c-d/e — why"), ("a/b, c-d/e ", "why"));
        assert_eq!(split_reason("a/b: why"), ("a/b", "why"));
        assert_eq!(split_reason("a/b"), ("a/b", ""));
    }
}
