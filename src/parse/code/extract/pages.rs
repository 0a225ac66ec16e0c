//! Loops that read page after page: those that call with a number that they count up.

use std::ops::Range;
use std::sync::LazyLock;

use memchr::memmem;
use regex::Regex;

use super::tries::IDLE;
use super::{Extractor, regex};
use crate::facts::Language;
use crate::parse::code::dialect;
use crate::parse::code::outline::RawLoop;

/// Collections that never end: `itertools.count()`, `(1..)`.
pub(super) static COUNTS_ON: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)^(?:itertools\.)?count\(|^\(?\d+\.\.\)?$|\.\.Float::INFINITY|generateSequence|\bstep\b|Infinity",
    )
});

impl<'t> Extractor<'_, 't> {
    /// Whether a loop calls with a number that it counts up: the page, the offset.
    pub(super) fn varies(
        &self,
        parts: &RawLoop<'t>,
        counted: &[(usize, &'t str)],
        range: &Range<usize>,
    ) -> bool {
        let first = counted.partition_point(|(at, _)| *at < range.start);
        let own = counted[first..]
            .iter()
            .take_while(|(at, _)| range.contains(at))
            // `-q --header` of a command counts nothing; `((n++))` and `let n+=1` do.
            .filter(|(at, _)| {
                let line = self.outline.text[..*at]
                    .rsplit('\n')
                    .next()
                    .unwrap_or_default();
                self.language != Language::Bash
                    || ["((", "let ", "expr "]
                        .iter()
                        .any(|word| line.contains(word))
                    || self.outline.text[*at..]
                        .split_once('=')
                        .is_some_and(|(_, value)| value.starts_with("$(("))
            })
            .map(|(_, name)| *name);
        let mut names: Vec<&str> = own.collect();
        names.extend(parts.variables.iter().map(String::as_str));
        names.sort_unstable();
        names.dedup();
        names.into_iter().take(12).any(|name| {
            name.len() > 1 && !matches!(name, "_" | "__") && self.is_asked_for(name, parts, range)
                || name.len() == 1 && name != "_" && self.is_asked_for(name, parts, range)
        })
    }

    /// Whether a name is part of what the loop's calls are handed, and no index.
    fn is_asked_for(&self, name: &str, parts: &RawLoop<'t>, range: &Range<usize>) -> bool {
        let text = self.outline.text;
        let body = parts
            .over
            .map_or(range.start, |over| over.end_byte().max(range.start));
        let body = body..range.end;
        let condition = parts.condition.map_or(0..0, |node| node.byte_range());
        let is_part = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
        let mut asked = false;
        for at in memmem::find_iter(text.get(body.clone()).unwrap_or_default().as_bytes(), name) {
            let at = body.start + at;
            let end = at + name.len();
            if is_part(text[..at].chars().next_back()) || is_part(text[end..].chars().next()) {
                continue;
            }
            let before = text[..at].trim_end_matches(['$', ' ']);
            let behind = text[end..].trim_start();
            // `ids[i]`, `ids.get(i)`: a place in a collection.
            if before.ends_with('[') && behind.starts_with(']')
                || [".get(", ".Get(", ".ElementAt(", ".at("]
                    .iter()
                    .any(|call| before.ends_with(call))
            {
                return false;
            }
            if condition.contains(&at) || asked {
                continue;
            }
            asked = self.is_handed_over(at, range);
        }
        asked
    }

    /// Whether a place stands in the arguments of a call that does more than speak, or
    /// in a text or a value that is given a name.
    fn is_handed_over(&self, at: usize, within: &Range<usize>) -> bool {
        let calls = &self.outline.calls;
        let before = calls.partition_point(|site| site.node.start_byte() <= at);
        let call = calls[..before]
            .iter()
            .rev()
            .take(60)
            .take_while(|site| site.node.start_byte() >= within.start)
            .find(|site| site.node.byte_range().contains(&at));
        if let Some(site) = call {
            let call = self
                .outline
                .dialect
                .invocation(site.node, self.outline.text);
            return call.is_some_and(|call| {
                let makes = call.name().to_ascii_lowercase().contains("sprintf");
                (makes || !IDLE.is_match(&call.callee)) && !call.callee_range.contains(&at)
            });
        }
        self.outline.bound_within(within).any(|bound| {
            let value = bound.binding.value.byte_range();
            value.contains(&at)
                && within.contains(&bound.at)
                && dialect::words(bound.binding.value, self.outline.text)
                    .contains(['"', '\'', '`', '?', '{'])
        })
    }
}
