//! Which rules run: `--select`, `--ignore`, `--pedantic`, and patterns of rule ids
//! wherever they are written.

use globset::{Glob, GlobMatcher};

use crate::finding::Finding;
use crate::pack::Rule;

/// A pattern of rule ids, such as `trademark/*`, or of ids with their packs, such as
/// `openstreetmap:*`. `*` matches slashes, too.
#[derive(Clone, Debug)]
pub struct RulePattern {
    text: String,
    matcher: GlobMatcher,
}

impl RulePattern {
    /// Compiles a pattern.
    pub fn new(text: &str) -> Result<Self, String> {
        let glob = Glob::new(text).map_err(|error| format!("`{text}`: {}", error.kind()))?;
        Ok(Self {
            text: text.to_owned(),
            matcher: glob.compile_matcher(),
        })
    }

    /// Compiles a pattern that must match one of `known`.
    pub fn known<'a>(
        text: &str,
        known: impl IntoIterator<Item = &'a str> + Clone,
    ) -> Result<Self, String> {
        let pattern = Self::new(text)?;
        if known.clone().into_iter().any(|id| pattern.matches(id)) {
            Ok(pattern)
        } else {
            Err(unknown(text, known))
        }
    }

    /// As written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether it matches the id of a rule, alone or with its pack, or one that the rule had
    /// before.
    pub fn matches_rule(&self, rule: &Rule) -> bool {
        rule.names.iter().any(|name| self.matches(name))
    }

    /// Whether a rule id matches.
    pub fn matches(&self, id: &str) -> bool {
        self.matcher.is_match(id)
    }
}

/// What to say of a pattern that matches no rule.
pub fn unknown<'a>(text: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    // The names with a pack are for whoever types one.
    let known = known
        .into_iter()
        .filter(|id| text.contains(':') || !id.contains(':'));
    let meant =
        nearest(text, known).map_or_else(String::new, |id| format!("; did you mean `{id}`?"));
    format!("no rule matches `{text}`{meant}")
}

/// The word that was probably meant.
pub fn nearest<'a>(text: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    known
        .into_iter()
        .map(|id| {
            // The part after the slash is often typed alone, or its beginning.
            let tail = id.rsplit('/').next().unwrap_or(id);
            let begins = text.len() > 2 && (id.starts_with(text) || tail.starts_with(text));
            // Of a long family the end tells rules apart: two letters that differ weigh more than
            // many that are the same. (Of the ids that ship with one or two letters left out, 2 of
            // 3,264 are taken for another's so, 6 by the score alone.)
            let few =
                strsim::damerau_levenshtein(text, id).min(strsim::damerau_levenshtein(text, tail));
            let score = if begins {
                2.0
            } else if few <= 2 {
                1.5 - few as f64 / 10.0
            } else {
                strsim::jaro_winkler(text, id).max(strsim::jaro_winkler(text, tail))
            };
            (score, id)
        })
        .filter(|(score, _)| *score >= 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1)))
        .map(|(_, id)| id)
}

/// Which rules run and which of their findings are shown.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// Rules that run; empty: all.
    pub select: Vec<RulePattern>,
    /// Rules that do not run, whatever `select` says.
    pub ignore: Vec<RulePattern>,
    /// Pedantic rules run and findings of low confidence are shown.
    pub pedantic: bool,
}

impl Selection {
    /// Every rule, the pedantic ones included.
    pub fn everything() -> Self {
        Self {
            pedantic: true,
            ..Self::default()
        }
    }

    /// Whether a rule runs.
    pub fn runs(&self, rule: &Rule) -> bool {
        (self.pedantic || !rule.pedantic)
            && (self.select.is_empty() || matches_any(&self.select, rule))
            && !matches_any(&self.ignore, rule)
    }

    /// Whether a finding of a rule that ran is shown.
    pub fn shows(&self, finding: &Finding) -> bool {
        self.pedantic || finding.confidence > crate::finding::Confidence::Low
    }
}

/// Whether one of the patterns matches a rule.
pub fn matches_any(patterns: &[RulePattern], rule: &Rule) -> bool {
    patterns.iter().any(|pattern| pattern.matches_rule(rule))
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: [&str; 3] = [
        "trademark/altered",
        "trademark/translated",
        "throttling/unbounded-loop",
    ];

    #[test]
    fn patterns_match_whole_ids() {
        let pattern = RulePattern::new("trademark/*").expect("a pattern");
        assert!(pattern.matches("trademark/altered"));
        assert!(!pattern.matches("throttling/unbounded-loop"));
        assert!(RulePattern::new("*").is_ok_and(|all| all.matches("a/b")));
        assert!(RulePattern::new("trademark").is_ok_and(|bare| !bare.matches("trademark/altered")));
    }

    #[test]
    fn misspelt_rules_get_a_suggestion() {
        for typed in ["trademark/alterd", "altered", "trade-mark/altered"] {
            let said = RulePattern::known(typed, KNOWN).expect_err("no such rule");
            assert!(
                said.ends_with("did you mean `trademark/altered`?"),
                "{said}"
            );
        }
        let said = RulePattern::known("zzz", KNOWN).expect_err("no such rule");
        assert_eq!(said, "no rule matches `zzz`");
    }
}
