//! `dead-limiter`: a limiter of the project's own that nothing uses, while governed calls
//! go out without one.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::host_triggers;
use super::program::{CallId, Reading};
use super::unanswered::bare;
use crate::checks::{BuildError, Check, RepositoryContext, Trigger, configure};
use crate::facts::Language;
use crate::facts::code::Throttle;
use crate::finding::{Confidence, Finding};
use crate::pack::Pack;
use crate::pack::vocabulary::Limit;

/// The rule's `with`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Settings {
    /// Calls without a limiter from which on one is missed.
    some: usize,
    /// Callees that retry by themselves.
    self_retrying: Vec<String>,
    /// Ends of paths that are scopes of tokens.
    no_calls: Vec<String>,
    /// What is said of a call.
    related: String,
}

/// The check.
struct Dead {
    settings: Settings,
    reading: Reading,
    triggers: Vec<Trigger>,
}

/// Builds the check.
pub fn build(with: &serde_yaml::Value, pack: &Pack) -> Result<Box<dyn Check>, BuildError> {
    let mut settings: Settings = configure(with)?;
    Ok(Box::new(Dead {
        reading: Reading {
            self_retrying: std::mem::take(&mut settings.self_retrying),
            no_calls: std::mem::take(&mut settings.no_calls),
        },
        settings,
        triggers: host_triggers(&pack.limits),
    }))
}

impl Check for Dead {
    fn triggers(&self) -> Vec<Trigger> {
        self.triggers.clone()
    }

    fn reading(&self) -> Option<&Reading> {
        Some(&self.reading)
    }

    fn placeholders(&self) -> &'static [&'static str] {
        &["name", "calls", "documented"]
    }

    fn check_repository(&self, context: &RepositoryContext<'_>, out: &mut Vec<Finding>) {
        // What was not walked may use it.
        if !context.facts.whole {
            return;
        }
        let Some(program) = context.programs.read(&self.reading) else {
            return;
        };
        let zoned = |file: usize| context.rule.zones.contains(&program.files[file].zone);
        let answering = program.answering();
        // Once for each language, when it has a limiter that nothing uses.
        let mut unlimited: BTreeMap<Option<Language>, Vec<CallId>> = BTreeMap::new();
        for file in (0..program.files.len()).filter(|&file| zoned(file)) {
            let unused = |throttle: &&Throttle| !throttle.used;
            let throttles = program.code(file).throttles.iter().filter(unused);
            let mut throttles = throttles.peekable();
            let group = program.group(file);
            if throttles.peek().is_none() || group.is_some_and(|group| answering.contains(&group)) {
                continue;
            }
            let calls = unlimited.entry(group).or_insert_with(|| {
                (0..program.files.len())
                    .filter(|&other| program.group(other) == group && zoned(other))
                    .flat_map(|other| bare(program, other))
                    .map(|(id, _)| id)
                    .collect()
            });
            let Some(first) = calls.first().filter(|_| calls.len() >= self.settings.some) else {
                continue;
            };
            let documented = context
                .pack
                .limits
                .default_limit()
                .map(Limit::describe)
                .unwrap_or_default();
            for throttle in throttles {
                let message = context.rule.message(&[
                    ("name", &throttle.name),
                    ("calls", &calls.len().to_string()),
                    ("documented", &documented),
                ]);
                out.push(
                    Finding::new(context.rule, Some(throttle.span), message)
                        .confidence_at_most(Confidence::Medium)
                        .related(program.call(*first).span, self.settings.related.clone()),
                );
            }
        }
    }
}
