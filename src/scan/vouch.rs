//! Which comments that suppress findings count: for a gate those that stood at the trusted
//! revision, over the same words.

use std::collections::{BTreeMap, HashMap};

use super::texts::Texts;
use super::{Engine, Notice, NoticeLevel};
use crate::facts::Directive;
use crate::parse::directive::KEYWORD;
use crate::source::{FileId, Source};

impl Engine<'_> {
    /// Takes the comments that do not count out of a scan, and says how many there were.
    pub(super) fn vouch(
        &self,
        directives: &mut BTreeMap<FileId, Vec<Directive>>,
        texts: &Texts<'_>,
    ) -> Vec<Notice> {
        let operator = &self.options.operator;
        if operator.suppressions && !operator.gate {
            return Vec::new();
        }
        let trusted = operator.trusted_tree(&self.options.root);
        let trusted = trusted.filter(|_| operator.suppressions);
        let because = if operator.suppressions {
            operator.because()
        } else {
            "because of --no-suppress".to_owned()
        };
        let mut notices = Vec::new();
        for (id, directives) in directives {
            let Some(source) = texts.sources().get(id) else {
                continue;
            };
            let was = trusted
                .as_ref()
                .and_then(|tree| tree.text(&source.path, self.options.max_file_size));
            let mut vouched = was.as_deref().map(|was| Vouched::new(source, was));
            directives.retain(|directive| {
                let counts = vouched
                    .as_mut()
                    .is_some_and(|known| known.counts(directive));
                if !counts {
                    notices.push(Notice {
                        path: Some(source.path.to_string()),
                        span: Some(directive.span),
                        level: NoticeLevel::Info,
                        message: format!("this comment does not count, {because}"),
                    });
                }
                counts
            });
        }
        if !notices.is_empty() {
            let message = match notices.len() {
                1 => format!("1 comment that suppresses findings does not count, {because}"),
                count => format!("{count} comments that suppress findings do not count, {because}"),
            };
            notices.push(Notice {
                path: None,
                span: None,
                level: NoticeLevel::Note,
                message,
            });
        }
        notices
    }
}

/// A file now, and its lines as they were.
struct Vouched<'a> {
    source: &'a Source,
    /// How often each line stood there.
    was: HashMap<&'a str, u32>,
    /// How many comments of these words count already: a copy of one is a new comment.
    taken: HashMap<&'a str, u32>,
    /// For each line, counted from 1, the next that is neither blank nor holds a comment of
    /// the tool.
    next: Vec<u32>,
    /// By the line that opens a fence: whether all of its lines are as they were.
    fences: HashMap<u32, bool>,
}

impl<'a> Vouched<'a> {
    fn new(source: &'a Source, was: &'a str) -> Self {
        let count = source.line_starts().len() as u32;
        let mut next = vec![0; count as usize + 2];
        next[count as usize] = count + 1;
        for line in (1..count).rev() {
            let text = source.line_text(line + 1);
            let plain = !text.trim().is_empty() && !text.contains(KEYWORD);
            next[line as usize] = if plain {
                line + 1
            } else {
                next[line as usize + 1]
            };
        }
        let mut vouched = Self {
            source,
            was: HashMap::new(),
            taken: HashMap::new(),
            next,
            fences: HashMap::new(),
        };
        for line in was.lines() {
            *vouched.was.entry(line.trim()).or_default() += 1;
        }
        vouched.read_fences(count);
        vouched
    }

    /// Fences are gone through once, one after the other.
    fn read_fences(&mut self, count: u32) {
        let mut open: Option<(u32, &str, bool)> = None;
        for line in 1..=count {
            let text = self.source.line_text(line).trim();
            let same = self.same(line);
            match &mut open {
                Some((first, mark, all)) => {
                    *all &= same;
                    if text.starts_with(*mark) {
                        self.fences.insert(*first, *all);
                        open = None;
                    }
                }
                None if text.starts_with("```") => open = Some((line, "```", same)),
                None if text.starts_with("~~~") => open = Some((line, "~~~", same)),
                None => {}
            }
        }
    }

    fn same(&self, line: u32) -> bool {
        self.was.contains_key(self.source.line_text(line).trim())
    }

    /// Whether a comment is one of those that stood there, over the same words.
    fn counts(&mut self, directive: &Directive) -> bool {
        if !self.holds(directive) {
            return false;
        }
        let line = self.source.position(directive.span.start).line;
        let line = self.source.line_text(line).trim();
        let taken = self.taken.entry(line).or_default();
        *taken += 1;
        self.was.get(line).is_some_and(|known| *taken <= *known)
    }

    /// Whether a comment and the words that it speaks of are as they were.
    fn holds(&self, directive: &Directive) -> bool {
        let source = self.source;
        let words = source.slice(directive.span).trim_end();
        let first = source.position(directive.span.start).line;
        let last = source
            .position(directive.span.start + words.len() as u32)
            .line;
        if !(first..=last).all(|line| self.same(line)) {
            return false;
        }
        let line = source.line_text(last);
        let beside = line.replacen(words, "", 1).contains(char::is_alphanumeric);
        let of_file = directive.text.starts_with("ignore-file");
        if of_file || (first == last && beside) {
            return true;
        }
        let next = self.next.get(last as usize).copied().unwrap_or_default();
        if next == 0 || next as usize > source.line_starts().len() {
            return true;
        }
        self.same(next) && self.fences.get(&next).copied().unwrap_or(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comment_counts_over_the_words_that_it_stood_over() {
        let comment = "<!-- termscheck: ignore a/b -- x -->";
        let holds = |now: &str, was: &str| {
            let source = Source::from_text(FileId(0), "a.md", now);
            let start = now.find("<!--").expect("a comment");
            let end = now.find("-->").expect("its end") + 3;
            let directive = Directive {
                span: source.span(start..end),
                text: now[start + "<!-- termscheck: ".len()..end - 3]
                    .trim()
                    .to_owned(),
            };
            Vouched::new(&source, was).holds(&directive)
        };
        let over = |words: &str| format!("one\n\n{comment}\n\n{words}\nend\n");
        assert!(holds(&over("two"), &over("two")));
        assert!(holds(&format!("new\n{}", over("two")), &over("two")));
        assert!(!holds(&over("three"), &over("two")), "other words");
        assert!(!holds(&over("two"), "one\n\ntwo\nend\n"), "a new comment");
        let beside = |words: &str| format!("{words} {comment}\nend\n");
        assert!(holds(&beside("two"), &beside("two")));
        assert!(!holds(&beside("three"), &beside("two")));
        let fence = |words: &str| over(&format!("```sh\n{words}\n```"));
        assert!(holds(&fence("two"), &fence("two")));
        assert!(!holds(&fence("three"), &fence("two")));
        let file = "<!-- termscheck: ignore-file a/b -- x -->\n";
        assert!(holds(&format!("{file}three\n"), &format!("{file}two\n")));
    }
}
