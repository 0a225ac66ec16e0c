//! A stated rate against documented limits: is it higher, equal, lower?

use crate::pack::{Limit, Window};

/// How a stated rate compares.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Verdict<'a> {
    /// More than documented.
    Higher(Held<'a>),
    /// As documented, or not comparable.
    Agrees,
    /// Less than documented: obeying it is safe.
    Lower(Held<'a>),
}

/// What a stated rate was held against.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Held<'a> {
    /// The limit.
    pub(super) limit: &'a Limit,
    /// Its window.
    pub(super) window: Window,
    /// Stated rate over documented rate.
    pub(super) ratio: f64,
    /// Stated and documented period are the same, so that the number can be replaced.
    pub(super) same_period: bool,
}

/// Rounding that authors do when they bring a rate to another period.
const ROUNDING: f64 = 1.05;

/// Compares `calls` in `seconds` with the most generous of `limits`. Several limits
/// stand for one statement when its words fit several endpoints. Of limits with the same
/// number the one with the id `first` is named: a sentence about the whole API is answered
/// with the words about the whole API.
pub(super) fn compare<'a>(
    calls: f64,
    seconds: f64,
    limits: &[&'a Limit],
    first: Option<&str>,
) -> Verdict<'a> {
    let windows = || {
        limits
            .iter()
            .flat_map(|&limit| limit.windows.iter().map(move |&window| (limit, window)))
    };
    let is_first = |limit: &Limit| first == Some(limit.id.as_str());
    let rate = calls / seconds;
    let held = |limit: &'a Limit, window: Window, same_period: bool| Held {
        limit,
        window,
        ratio: rate / window.per_second(),
        same_period,
    };
    let same = windows()
        .filter(|(_, window)| (f64::from(window.seconds) - seconds).abs() < 0.5)
        .max_by_key(|(limit, window)| {
            // Of those that say the same the one that is the least special, in words
            // that most can read.
            let all: u32 = limit.windows.iter().map(|window| window.calls).sum();
            let source = &limit.source;
            (
                window.calls,
                is_first(limit),
                all,
                source.language == "en",
                source.confidence,
            )
        });
    if let Some((limit, window)) = same {
        let documented = f64::from(window.calls);
        if calls > documented + 0.01 {
            return Verdict::Higher(held(limit, window, true));
        }
        // 25 a minute is 1,500 an hour: the other window, brought to this period.
        let converted = windows().any(|(_, other)| close(rate, other.per_second()));
        if calls < documented - 0.01 && !converted {
            return Verdict::Lower(held(limit, window, true));
        }
        return Verdict::Agrees;
    }
    let most = windows().max_by(|(of_a, a), (of_b, b)| {
        let rates = a.per_second().total_cmp(&b.per_second());
        rates.then(is_first(of_a).cmp(&is_first(of_b)))
    });
    let Some((limit, window)) = most else {
        return Verdict::Agrees;
    };
    if rate > window.per_second() * ROUNDING {
        Verdict::Higher(held(limit, window, false))
    } else {
        Verdict::Agrees
    }
}

fn close(a: f64, b: f64) -> bool {
    (a / b - 1.0).abs() < ROUNDING - 1.0
}

/// "200 calls / 60 s".
pub(super) fn rate(calls: f64, seconds: f64) -> String {
    let calls = number(calls);
    let plural = if calls == "1" { "" } else { "s" };
    format!("{calls} call{plural} / {} s", number(seconds))
}

/// A number without needless decimals.
pub(super) fn number(value: f64) -> String {
    let text = format!("{value:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A figure with so many decimals, more where it would read as nothing.
pub(super) fn figure(value: f64, decimals: usize) -> String {
    let plain = format!("{value:.decimals$}");
    match plain.parse::<f64>() {
        Ok(read) if read < value / 2.0 => format!("{value:.4}"),
        _ => plain,
    }
}

/// A number as somebody wrote another one: with the same thousands separator.
pub(super) fn like(value: u32, written: &str) -> String {
    let separator = written.chars().find(|c| !c.is_ascii_digit());
    let digits = value.to_string();
    match separator {
        Some(separator) if digits.len() > 3 => {
            let (head, tail) = digits.split_at(digits.len() - 3);
            format!("{head}{separator}{tail}")
        }
        _ => digits,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(calls: f64, seconds: f64, ids: &[&str]) -> (i8, f64) {
        let limits = crate::pack::shipped_limits();
        let limits: Vec<&Limit> = ids.iter().filter_map(|id| limits.limit(id)).collect();
        match compare(calls, seconds, &limits, None) {
            Verdict::Higher(held) => (1, held.ratio),
            Verdict::Agrees => (0, 1.0),
            Verdict::Lower(held) => (-1, held.ratio),
        }
    }

    #[test]
    fn windows_of_one_period_are_compared_by_their_numbers() {
        let page = &["licence-page"][..];
        let hunting = &["run-advanced-query-api", "api-advanced-hunting"][..];
        assert_eq!(verdict(200.0, 60.0, page), (1, 2.0));
        assert_eq!(verdict(100.0, 60.0, page), (0, 1.0));
        assert_eq!(verdict(15.0, 60.0, hunting).0, -1);
        assert_eq!(verdict(25.0, 60.0, hunting).0, 0);
        assert_eq!(verdict(1500.0, 3600.0, hunting).0, 0);
        assert_eq!(verdict(3000.0, 3600.0, hunting), (1, 2.0));
        assert_eq!(verdict(10.0, 1.0, page), (1, 6.0));
        assert_eq!(verdict(1.67, 1.0, page).0, 0);
        assert_eq!(
            verdict(100.0, 60.0, &["initiate-autoir-investigation"]).0,
            1
        );
        assert_eq!(verdict(10_000.0, 86_400.0, page).0, 0);
    }

    #[test]
    fn numbers_are_written_alike() {
        assert_eq!(like(500, "1,500"), "500");
        assert_eq!(like(1500, "3.000"), "1.500");
        assert_eq!(like(1500, "3000"), "1500");
        assert_eq!(number(1.666_666), "1.67");
        assert_eq!(number(100.0), "100");
    }
}
