//! Sentences, and what a cell of a table is: a duration, a count, the name of a rate.

use std::ops::Range;

use super::grammar::Parser;
use super::tokens::{Kind, Token};
use super::words::Roles;
use super::{Statement, Told};

/// The sentences, and those that tell a rate.
pub(super) fn told(text: &str, tokens: &[Token]) -> Told {
    let mut told = Told::default();
    for sentence in tokens.split(|token| token.kind == Kind::Break) {
        let (Some(first), Some(last)) = (sentence.first(), sentence.last()) else {
            continue;
        };
        let range = first.range.start..last.range.end;
        let rates = Parser::new(sentence).rates();
        if !rates.is_empty() {
            debug_assert!(text.is_char_boundary(range.end));
            let statement = Statement {
                range: range.clone(),
                rates,
                limiting: sentence.iter().any(Token::is_limit),
            };
            told.statements.push((told.sentences.len(), statement));
        }
        told.sentences.push(range);
    }
    told
}

/// Answers that tell of an error, not of a count: 429.
const STATUS: std::ops::RangeInclusive<f64> = 400.0..=599.0;

/// Whether tokens outside of `taken` hold a number that counts, a period and a word for
/// calls or limits.
pub(super) fn seems_to_tell(tokens: &[Token], taken: &[Range<usize>]) -> bool {
    let free = |token: &&Token| {
        !taken
            .iter()
            .any(|taken| taken.start < token.range.end && token.range.start < taken.end)
    };
    let rest: Vec<Token> = tokens.iter().filter(free).cloned().collect();
    let parser = Parser::new(&rest);
    let counts = (0..rest.len()).any(|at| parser.seems_to_count(at));
    let period = rest.iter().any(|token| {
        let roles = token.roles();
        roles.unit > 0 || roles.adverb > 0 || roles.rate > 0
    });
    let calls = rest.iter().any(|token| {
        let roles = token.roles();
        roles.any(Roles::CALLS | Roles::CALLING | Roles::LIMIT)
    });
    counts && period && calls
}

/// Whether a number is the code of an answer.
pub(super) fn is_status(value: f64) -> bool {
    STATUS.contains(&value) && value.fract() == 0.0
}

/// Every sentence as a range.
pub(super) fn ranges(tokens: &[Token]) -> Vec<Range<usize>> {
    tokens
        .split(|token| token.kind == Kind::Break)
        .filter_map(|sentence| Some(sentence.first()?.range.start..sentence.last()?.range.end))
        .collect()
}

/// The duration that the tokens are, when they are nothing else.
pub(super) fn duration(tokens: &[Token]) -> Option<f64> {
    let tokens = match tokens {
        [rest @ .., last] if last.kind == Kind::Break => rest,
        all => all,
    };
    let parser = Parser::new(tokens);
    if let [only] = tokens
        && only.roles().adverb > 0
    {
        return Some(f64::from(only.roles().adverb));
    }
    let (seconds, end) = parser.period(0).or_else(|| parser.unit(0))?;
    (end == tokens.len()).then_some(seconds)
}

/// The number that the tokens are, when they are nothing else but a number, "at
/// most" and words for calls.
pub(super) fn count(tokens: &[Token]) -> Option<(f64, Range<usize>)> {
    let mut found = None;
    for token in tokens {
        match token.kind {
            Kind::Number(value) if found.is_none() => found = Some((value, token.range.clone())),
            Kind::Break | Kind::Other => {}
            Kind::Word(roles)
                if roles.any(
                    Roles::MOST | Roles::CALLS | Roles::TIMES | Roles::COUNTER | Roles::LIMIT,
                ) => {}
            _ => return None,
        }
    }
    found
}

/// Seconds of "calls per minute" that carries no number: a table's header.
pub(super) fn bare_rate(tokens: &[Token]) -> Option<f64> {
    if tokens
        .iter()
        .any(|token| matches!(token.kind, Kind::Number(_)))
    {
        return None;
    }
    let parser = Parser::new(tokens);
    if !parser.may_count_calls() {
        return None;
    }
    let mut calls = false;
    for (at, token) in tokens.iter().enumerate() {
        let roles = token.roles();
        if roles.rate > 0 {
            return Some(f64::from(roles.rate));
        }
        calls |= roles.any(Roles::CALLS | Roles::LIMIT | Roles::TIMES) || at == 0;
        if let Some((seconds, _)) = parser.leading_period(at)
            && calls
        {
            return Some(seconds);
        }
    }
    None
}
