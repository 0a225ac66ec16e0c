//! Numbers, in digits or in words, and whether they may count calls.

use super::Parser;
use crate::parse::rates::tokens::Kind;
use crate::parse::rates::words::Roles;

impl Parser<'_> {
    /// The value of a number, in digits or as a word.
    pub(super) fn number(&self, at: usize) -> Option<f64> {
        match self.kind(at)? {
            Kind::Number(value) => Some(value),
            Kind::Word(roles) if roles.number > 0 => Some(f64::from(roles.number)),
            _ => None,
        }
    }

    /// A number of one token, or of a word behind it that multiplies: "two hundred". Of
    /// longer ones nothing is read.
    pub(super) fn whole_number(&self, at: usize) -> Option<(f64, usize)> {
        let word = |at: usize| self.roles(at).number;
        let first = self.number(at)?;
        if at > 0 && word(at - 1) > 0 {
            return None;
        }
        let factor = f64::from(word(at + 1));
        if factor == 0.0 {
            return Some((first, at + 1));
        }
        let longer = word(at + 2) > 0 || matches!(self.kind(at + 2), Some(Kind::Number(_)));
        (factor >= 100.0 && first < factor && !longer).then_some((first * factor, at + 2))
    }

    /// Whether a number stands at `at` that may be one of calls: no length of time, no
    /// name, no code of an answer, and nothing else that is counted.
    pub(in crate::parse::rates) fn seems_to_count(&self, at: usize) -> bool {
        let roles = self.roles(at);
        if roles.once > 0 {
            return true;
        }
        let Some(value) = self.number(at) else {
            return false;
        };
        let next = match self.kind(at + 1) {
            Some(Kind::Dash) => at + 2,
            _ => at + 1,
        };
        let named = at > 0 && self.roles(at - 1).any(Roles::NAMES);
        let digits = matches!(self.kind(at), Some(Kind::Number(_)));
        !(named
            || self.is_unit(next)
            || self.counts_other(next)
            || digits && crate::parse::rates::sentence::is_status(value))
    }
}
