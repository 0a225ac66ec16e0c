//! `dead-limiter`: a limiter of the project's own that nothing uses, while governed calls
//! go out without one.

use serde::Deserialize;

use super::host_triggers;
use super::program::{CallId, Program};
use super::unanswered::bare;
use crate::checks::{BuildError, Check, RepositoryContext, Trigger, configure};
use crate::facts::links;
use crate::finding::{Confidence, Finding};
use crate::pack::Pack;

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
    triggers: Vec<Trigger>,
}

/// Builds the check.
pub fn build(with: &serde_yaml::Value, pack: &Pack) -> Result<Box<dyn Check>, BuildError> {
    Ok(Box::new(Dead {
        settings: configure(with)?,
        triggers: host_triggers(&pack.limits),
    }))
}

impl Check for Dead {
    fn triggers(&self) -> Vec<Trigger> {
        self.triggers.clone()
    }

    fn placeholders(&self) -> &'static [&'static str] {
        &["name", "calls", "documented"]
    }

    fn check_repository(&self, context: &RepositoryContext<'_>, out: &mut Vec<Finding>) {
        // What was not walked may use it.
        if !context.facts.whole {
            return;
        }
        let program = Program::new(
            context.facts,
            &context.pack.limits,
            &self.settings.self_retrying,
            &self.settings.no_calls,
        );
        let group = |file: usize| program.code(file).language.map(links::group);
        let zoned = |file: usize| context.rule.zones.contains(&program.files[file].zone);
        for file in (0..program.files.len()).filter(|&file| zoned(file)) {
            let unused = |throttle: &&crate::facts::code::Throttle| !throttle.used;
            let mut throttles = program
                .code(file)
                .throttles
                .iter()
                .filter(unused)
                .peekable();
            if throttles.peek().is_none() || program.answers_throttling(file) {
                continue;
            }
            let calls: Vec<CallId> = (0..program.files.len())
                .filter(|&other| group(other) == group(file) && zoned(other))
                .flat_map(|other| bare(&program, other))
                .map(|(id, _)| id)
                .collect();
            let Some(first) = calls.first().filter(|_| calls.len() >= self.settings.some) else {
                continue;
            };
            let documented = context
                .pack
                .limits
                .default()
                .map(crate::pack::vocabulary::Limit::describe)
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
