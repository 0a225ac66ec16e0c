//! What is doubtful in a pack that can be used: limits that nobody sets, and limits of
//! which the quoted words say something else.

use super::Pack;
use super::page::LIMIT;
use super::vocabulary::{Limit, Window};
use crate::parse::rates::Reader;

/// More calls per second than a public API admits to one caller.
const FAST: f64 = 10_000.0;
/// Fewer calls than anybody could work with: one a day.
const SLOW: f64 = 1.0 / 86_400.0;

/// Sentences about what is doubtful; empty for a sound pack.
pub(super) fn warnings(pack: &Pack) -> Vec<String> {
    let mut out = Vec::new();
    // The limit that the page gives is judged where the page states it.
    let given = |limit: &&Limit| pack.page.is_some() && limit.id == LIMIT;
    for limit in pack.limits.limits.iter().filter(|limit| !given(limit)) {
        judge(
            &format!("limits.{}", limit.id),
            &limit.windows,
            &limit.source.quote,
            &mut out,
        );
    }
    let limits = pack.page.iter().flat_map(|page| &page.limits).enumerate();
    for (index, limit) in limits {
        judge(
            &format!("page.yaml limits.{index}"),
            &limit.windows,
            &limit.evidence.quote,
            &mut out,
        );
    }
    out
}

/// What is wrong with rules as far as their own examples tell.
pub(super) fn unfit(pack: &Pack) -> Vec<String> {
    let mut out = Vec::new();
    for compiled in &pack.rules {
        let rule = &compiled.rule;
        for fault in compiled.check.judge_examples(&rule.bad, &rule.good) {
            out.push(format!("rule {}: {fault}", rule.id));
        }
    }
    out
}

fn judge(of: &str, windows: &[Window], quote: &str, out: &mut Vec<String>) {
    for window in windows {
        let told = window.to_string();
        let rate = window.per_second();
        if rate > FAST {
            out.push(format!(
                "{of}: {told} is more than any caller needs; is it a misreading?"
            ));
        } else if rate < SLOW {
            out.push(format!(
                "{of}: {told} is less than one call a day; is it a misreading?"
            ));
        }
        if !says(quote, *window) {
            out.push(format!(
                "{of}: {told}, but its quotation does not say so: “{}”",
                quote.trim()
            ));
        }
    }
}

/// Whether the words give the number of calls, written in whatever way, or a rate that
/// comes to the same.
fn says(quote: &str, window: Window) -> bool {
    let reader = Reader::shared();
    let told = reader.read(quote);
    let same = |calls: f64, seconds: f64| (calls / seconds - window.per_second()).abs() < 1e-9;
    if told
        .iter()
        .flat_map(|statement| &statement.rates)
        .any(|rate| same(rate.calls, rate.seconds))
    {
        return true;
    }
    // A row of a table: its cells one by one.
    let cells: Vec<&str> = quote.split('|').map(str::trim).collect();
    let count = cells
        .iter()
        .filter_map(|cell| reader.count(cell))
        .any(|(calls, _)| (calls - f64::from(window.calls)).abs() < 0.5);
    let digits: String = quote
        .chars()
        .filter(|c| {
            !matches!(
                c,
                ',' | '.' | ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\''
            )
        })
        .map(|c| match c {
            '０'..='９' => char::from_digit(c as u32 - '０' as u32, 10).unwrap_or(c),
            c => c,
        })
        .collect();
    let number = window.calls.to_string();
    count
        || told.is_empty() && window.calls == 1
        || digits.match_indices(&number).any(|(at, _)| {
            let edge = |c: Option<char>| !c.is_some_and(|c| c.is_ascii_digit());
            edge(digits[..at].chars().next_back())
                && edge(digits[at + number.len()..].chars().next())
        })
}
