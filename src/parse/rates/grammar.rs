//! The grammar of a rate: number first ("100 calls per minute") or period first
//! (每分钟 100 次调用, "dakikada 100 çağrı", "calls per minute: 100").

mod numbers;

use std::cell::OnceCell;
use std::ops::Range;

use super::tokens::{Kind, Token};
use super::words::Roles;
use super::{MAX_CALLS, MAX_SECONDS, Rate};

/// Words between the number and what is counted at most: "45 advanced hunting queries".
const BEFORE_THING: usize = 4;
/// Tokens between what is counted and the period at most.
const AFTER_THING: usize = 9;

/// Reads the rates of one sentence.
pub(super) struct Parser<'a> {
    tokens: &'a [Token],
    /// What is asked of all tokens, looked for once.
    calls: OnceCell<bool>,
    limits: OnceCell<bool>,
}

impl<'a> Parser<'a> {
    pub(super) fn new(tokens: &'a [Token]) -> Self {
        Self {
            tokens,
            calls: OnceCell::new(),
            limits: OnceCell::new(),
        }
    }

    /// Every rate, left to right, none within another.
    pub(super) fn rates(&self) -> Vec<Rate> {
        let mut rates = Vec::new();
        let mut at = 0;
        while at < self.tokens.len() {
            let found = match self.tokens[at].kind {
                Kind::Number(_) => self.period_first(at).or_else(|| self.number_first(at)),
                Kind::Word(roles) if roles.once > 0 => self
                    .once(at, f64::from(roles.once))
                    .or_else(|| self.period_first(at)),
                Kind::Word(roles) if roles.any(Roles::ONE) => {
                    self.one(at).or_else(|| self.period_first(at))
                }
                Kind::Word(roles) if roles.number > 0 => {
                    self.period_first(at).or_else(|| self.number_first(at))
                }
                Kind::Word(_) => self.period_first(at),
                _ => None,
            };
            match found {
                Some((rate, end)) if sane(&rate) => {
                    rates.push(rate);
                    at = end.max(at + 1);
                }
                Some(_) | None => at += 1,
            }
        }
        rates
    }

    fn kind(&self, at: usize) -> Option<Kind> {
        self.tokens.get(at).map(|token| token.kind)
    }

    fn roles(&self, at: usize) -> Roles {
        self.tokens.get(at).map_or(Roles::default(), Token::roles)
    }

    fn is_unit(&self, at: usize) -> bool {
        self.roles(at).unit > 0
    }

    /// Whether the sentence speaks of calling: "can be called", "poll".
    fn calls_somebody(&self) -> bool {
        let calling = |token: &Token| token.roles().any(Roles::CALLS | Roles::CALLING);
        *self.calls.get_or_init(|| self.tokens.iter().any(calling))
    }

    /// Whether a word of limiting stands in the sentence.
    fn limits_somebody(&self) -> bool {
        let limits = || self.tokens.iter().any(Token::is_limit);
        *self.limits.get_or_init(limits)
    }

    /// "one call every 2 seconds", "une fois par minute".
    fn one(&self, at: usize) -> Option<(Rate, usize)> {
        let next = self.roles(at + 1);
        let often = next.any(Roles::OFTEN | Roles::TIMES) && self.calls_somebody();
        if !next.any(Roles::CALLS) && !often {
            return None;
        }
        self.after_thing(at, 1.0, None, at + 1)
    }

    /// "Call it once every five minutes", where the sentence says what is done so often.
    fn once(&self, at: usize, times: f64) -> Option<(Rate, usize)> {
        if !self.calls_somebody() {
            return None;
        }
        let (seconds, end) = self.period(at + 1)?;
        Some((self.rate(times, None, seconds, at..end, at, Some(at)), end))
    }

    /// Whether what a name for a rate counts may be calls: not of "tokens per minute".
    pub(super) fn may_count_calls(&self) -> bool {
        let first = (0..self.tokens.len())
            .find(|&at| self.roles(at).any(Roles::CALLS) || self.counts_other(at));
        first.is_none_or(|at| self.roles(at).any(Roles::CALLS))
    }

    /// Whether the word at `at` counts something else than calls: credits, rows, bytes.
    /// Right before a word for calls it tells their kind.
    fn counts_other(&self, at: usize) -> bool {
        self.roles(at).any(Roles::OTHER)
            && !self
                .roles(at + 1)
                .any(Roles::CALLS | Roles::TIMES | Roles::OFTEN)
    }

    /// "100 calls per minute", "45/min", "100-200 requests per 10 s".
    fn number_first(&self, at: usize) -> Option<(Rate, usize)> {
        let (value, behind) = self.whole_number(at)?;
        if at > 0 && self.roles(at - 1).any(Roles::NAMES) {
            return None;
        }
        let (value, from, next) = if behind > at + 1 {
            (value, None, behind)
        } else {
            self.range(at, value)
        };
        // A number of seconds counts no calls: "10 minutes of running time every hour".
        if self.is_unit(next) && !self.roles(next).any(Roles::CALLS) {
            return None;
        }
        let number = next - 1;
        let roles = self.roles(next);
        if roles.rate > 0 {
            let rate = self.rate(
                value,
                from,
                f64::from(roles.rate),
                at..next + 1,
                number,
                None,
            );
            return Some((rate, next + 1));
        }
        let direct = self.kind(next) == Some(Kind::Slash)
            || roles.any(Roles::PER)
            || roles.any(Roles::ARTICLE) && self.is_unit(next + 1);
        if direct
            && let Some((seconds, end)) = self.period(next)
            && self.plausible_without_thing(next, value, end)
            && !self.counts_other(end)
        {
            let rate = self.rate(value, from, seconds, at..end, number, None);
            return Some((rate, end));
        }
        if let Some(thing) = self.thing(next) {
            // Number words are common words of other languages: what they count is near.
            let near = thing == next || thing == next + 1 && self.roles(next).unknown();
            let digits = matches!(self.kind(at), Some(Kind::Number(_)));
            if !digits && !near {
                return None;
            }
            return self.after_thing_from(at, number, value, from, thing);
        }
        // "Calls: 100, renewal period: 60 seconds".
        let before = at.checked_sub(2)?;
        let named = self.kind(before + 1) == Some(Kind::Colon)
            && self.roles(before).any(Roles::CALLS)
            && self.kind(next) == Some(Kind::Comma)
            && self.roles(next + 1).any(Roles::PERIOD);
        if !named {
            return None;
        }
        let (rate, end) = self.after_thing_from(at, number, value, from, number)?;
        Some((
            Rate {
                thing: Some(self.tokens[before].range.clone()),
                ..rate
            },
            end,
        ))
    }

    /// "1/2 hour" and "24/7 h" are no rates; "100/60 s" is.
    fn plausible_without_thing(&self, slash: usize, value: f64, end: usize) -> bool {
        let measured = self.tokens[slash..end]
            .iter()
            .any(|token| matches!(token.kind, Kind::Number(_)));
        !measured || value >= 30.0
    }

    /// Takes both ends of "15 to 45" or "100-200".
    fn range(&self, at: usize, value: f64) -> (f64, Option<f64>, usize) {
        let joins = self.kind(at + 1) == Some(Kind::Dash) || self.roles(at + 1).any(Roles::RANGE);
        if joins && let Some(Kind::Number(upper)) = self.kind(at + 2) {
            // A date: 2021-03-24.
            if self.kind(at + 3) == Some(Kind::Dash) {
                return (f64::NAN, None, at + 3);
            }
            return (upper, Some(value), at + 3);
        }
        (value, None, at + 1)
    }

    /// The word for what is counted, from `at` on.
    fn thing(&self, at: usize) -> Option<usize> {
        let mut words = 0;
        for here in at..at + 2 * BEFORE_THING {
            match self.kind(here)? {
                Kind::Word(_) if self.counts_other(here) => return None,
                Kind::Word(roles) if roles.any(Roles::CALLS) => return Some(here),
                // "call the API up to 200 times per minute", "limit: 600 times/minute".
                Kind::Word(roles) if roles.any(Roles::OFTEN) => {
                    let told = self.calls_somebody() || self.limits_somebody();
                    return told.then_some(here);
                }
                Kind::Word(roles) if roles.any(Roles::TIMES) => {
                    // 次调用: the better word follows.
                    let next = self.roles(here + 1);
                    let calls = next.any(Roles::CALLS)
                        || next.unknown() && self.roles(here + 2).any(Roles::CALLS);
                    return Some(if calls && next.any(Roles::CALLS) {
                        here + 1
                    } else if calls {
                        here + 2
                    } else {
                        here
                    });
                }
                Kind::Word(roles) if roles.any(Roles::COUNTER) => {}
                Kind::Word(roles)
                    if roles.unit == 0
                        && roles.adverb == 0
                        && !roles.any(Roles::STOP | Roles::PER) =>
                {
                    words += 1;
                    if words > BEFORE_THING {
                        return None;
                    }
                }
                Kind::Dash | Kind::Other => {}
                _ => return None,
            }
        }
        None
    }

    fn after_thing(
        &self,
        at: usize,
        value: f64,
        from: Option<f64>,
        thing: usize,
    ) -> Option<(Rate, usize)> {
        self.after_thing_from(at, at, value, from, thing)
    }

    /// The period that follows "100 calls".
    fn after_thing_from(
        &self,
        at: usize,
        number: usize,
        value: f64,
        from: Option<f64>,
        thing: usize,
    ) -> Option<(Rate, usize)> {
        let done = |seconds: f64, end: usize| {
            let rate = self.rate(value, from, seconds, at..end, number, Some(thing));
            Some((rate, end))
        };
        let mut renewal = false;
        for here in thing + 1..thing + 1 + AFTER_THING {
            let kind = self.kind(here)?;
            let roles = self.roles(here);
            if roles.adverb > 0 {
                return done(f64::from(roles.adverb), here + 1);
            }
            if kind == Kind::Slash || roles.any(Roles::PER | Roles::WITHIN | Roles::ARTICLE) {
                if let Some((seconds, end)) = self.period(here) {
                    return done(seconds, end);
                }
                if kind == Kind::Slash && !self.roles(here + 1).any(Roles::SCOPE) {
                    return None;
                }
                continue;
            }
            if let Kind::Number(_) = kind {
                let (seconds, end) = self.measured_unit(here)?;
                let next = self.roles(end);
                if renewal || next.any(Roles::PER_AFTER | Roles::PERIOD) {
                    return done(seconds, end);
                }
                return None;
            }
            renewal |= roles.any(Roles::PERIOD);
            match kind {
                Kind::Word(roles) if renewal && roles.unit > 0 => {
                    return done(f64::from(roles.unit), here + 1);
                }
                Kind::Word(roles) if roles.unit > 0 => {
                    // 100 回/分 has its slash; "100 回 1 分あたり" its particle.
                    let next = self.roles(here + 1);
                    if next.any(Roles::PER_AFTER) {
                        return done(f64::from(roles.unit), here + 2);
                    }
                    return None;
                }
                Kind::Word(roles) if roles.any(Roles::STOP) => return None,
                Kind::Word(_) | Kind::Comma | Kind::Colon | Kind::Open | Kind::Dash => {}
                _ => return None,
            }
        }
        None
    }

    /// A period that starts with a slash or a word for "per": "/min", "per 60
    /// seconds", "in any rolling 10-minute window", "per tenant per hour".
    pub(super) fn period(&self, at: usize) -> Option<(f64, usize)> {
        let mut here = at;
        if self.kind(here) == Some(Kind::Slash) {
            here += 1;
            if self.roles(here).any(Roles::SCOPE) && self.kind(here + 1) == Some(Kind::Slash) {
                here += 2;
            }
            return self.unit(here);
        }
        let mut words = 0;
        loop {
            if let Some(found) = self.unit(here)
                && here > at
            {
                return Some(found);
            }
            let roles = self.roles(here);
            let counts = match self.kind(here)? {
                Kind::Dash if here > at => false,
                Kind::Word(_) if roles.any(Roles::PER | Roles::WITHIN | Roles::ARTICLE) => true,
                Kind::Word(_) if here > at && (roles.any(Roles::SCOPE) || roles.unknown()) => true,
                _ => return None,
            };
            words += usize::from(counts);
            if words > 6 || self.unknown_run(at, here) > 1 {
                return None;
            }
            here += 1;
        }
    }

    fn unknown_run(&self, from: usize, to: usize) -> usize {
        self.tokens[from..=to]
            .iter()
            .rev()
            .take_while(|token| matches!(token.kind, Kind::Word(roles) if roles.unknown()))
            .count()
    }

    /// "minute", "60 seconds", "10-minute".
    pub(super) fn unit(&self, at: usize) -> Option<(f64, usize)> {
        if self.is_unit(at) {
            return Some((f64::from(self.roles(at).unit), at + 1));
        }
        self.measured_unit(at)
    }

    fn measured_unit(&self, at: usize) -> Option<(f64, usize)> {
        let value = self.number(at)?;
        let unit = if self.kind(at + 1) == Some(Kind::Dash) {
            at + 2
        } else {
            at + 1
        };
        self.is_unit(unit)
            .then(|| (value * f64::from(self.roles(unit).unit), unit + 1))
    }

    /// A period that can stand before its number: "per minute", 每分钟, 1 分あたり,
    /// "dakikada", "60 saniyede".
    pub(super) fn leading_period(&self, at: usize) -> Option<(f64, usize)> {
        let roles = self.roles(at);
        if roles.adverb > 0 {
            return Some((f64::from(roles.adverb), at + 1));
        }
        if roles.any(Roles::PER | Roles::WITHIN)
            && let Some((seconds, end)) = self.period(at)
        {
            let end = end + usize::from(self.roles(end).any(Roles::PER_AFTER));
            return Some((seconds, end));
        }
        if let Some(value) = self.number(at)
            && self.roles(at + 1).adverb > 0
        {
            return Some((value * f64::from(self.roles(at + 1).adverb), at + 2));
        }
        if self.kind(at) == Some(Kind::Slash) {
            return self.unit(at + 1);
        }
        let (seconds, end) = self.unit(at)?;
        self.roles(end)
            .any(Roles::PER_AFTER)
            .then_some((seconds, end + 1))
    }

    fn period_first(&self, at: usize) -> Option<(Rate, usize)> {
        let roles = self.roles(at);
        let (seconds, mut here) = if roles.rate > 0 {
            (f64::from(roles.rate), at + 1)
        } else {
            self.leading_period(at)?
        };
        let mut words = 0;
        let mut separated = false;
        let value = loop {
            match self.kind(here)? {
                Kind::Number(value) => break value,
                Kind::Word(roles) if roles.number > 0 => break f64::from(roles.number),
                Kind::Colon => separated = true,
                Kind::Word(roles) if roles.any(Roles::MOST | Roles::TIMES) => separated = true,
                Kind::Word(roles) if roles.any(Roles::PER | Roles::SCOPE | Roles::COUNTER) => {}
                Kind::Word(roles) if roles.any(Roles::STOP) || roles.unit > 0 => return None,
                Kind::Word(_) => {
                    words += 1;
                    if words > 3 {
                        return None;
                    }
                }
                _ => return None,
            }
            here += 1;
            if here > at + 14 {
                return None;
            }
        };
        let (value, from, next) = self.range(here, value);
        if self.is_unit(next) && !self.roles(next).any(Roles::CALLS) {
            return None;
        }
        let number = next - 1;
        if let Some(thing) = self.thing(next) {
            let rate = self.rate(value, from, seconds, at..thing + 1, number, Some(thing));
            return Some((rate, thing + 1));
        }
        // "Credits per minute: 100".
        if (at.saturating_sub(5)..at).any(|earlier| self.counts_other(earlier)) {
            return None;
        }
        // "calls per minute: 100".
        let thing = (at.saturating_sub(5)..at)
            .rev()
            .take_while(|&earlier| {
                matches!(
                    self.kind(earlier),
                    Some(Kind::Word(_) | Kind::Dash | Kind::Open)
                )
            })
            .find(|&earlier| self.roles(earlier).any(Roles::CALLS | Roles::LIMIT));
        let named = thing.is_some() || roles.rate > 0;
        let closed = match self.kind(next) {
            Some(Kind::Word(roles)) => roles.any(Roles::STOP | Roles::PER | Roles::SCOPE),
            Some(Kind::Number(_) | Kind::NoCount | Kind::Dash) => false,
            _ => true,
        };
        if !named || !closed || !(separated || words <= 1) {
            return None;
        }
        let start = thing.unwrap_or(at);
        let rate = self.rate(value, from, seconds, start..next, number, thing);
        Some((rate, next))
    }

    fn rate(
        &self,
        calls: f64,
        from: Option<f64>,
        seconds: f64,
        tokens: Range<usize>,
        number: usize,
        thing: Option<usize>,
    ) -> Rate {
        let place = |at: usize| self.tokens[at].range.clone();
        Rate {
            calls,
            from,
            seconds,
            range: place(tokens.start).start..place(tokens.end - 1).end,
            number: place(number),
            thing: thing.map(place),
        }
    }
}

fn sane(rate: &Rate) -> bool {
    rate.calls > 0.0
        && rate.calls <= MAX_CALLS
        && rate.seconds > 0.0
        && rate.seconds <= MAX_SECONDS
        && rate.from.is_none_or(|from| from < rate.calls)
}
