//! `unanswered-throttling`: a program of many governed calls that has nothing ready for
//! the answer "too many requests".

use std::collections::BTreeSet;

use serde::Deserialize;

use super::around;
use super::handling::Handling;
use super::host_triggers;
use super::pace::Places;
use super::program::{CallId, Program, Reading};
use super::reach::Reach;
use crate::checks::{BuildError, Check, RepositoryContext, Trigger, configure};
use crate::facts::code::Backoff;
use crate::facts::links::OUTSIDE;
use crate::facts::{Language, Zone};
use crate::finding::{Confidence, Finding};
use crate::pack::Pack;
use crate::pack::vocabulary::Limit;

/// Most calls that a finding points at besides the first.
const SHOWN: usize = 2;

/// The rule's `with`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Settings {
    /// Calls from which on a program is one of many.
    many: usize,
    /// Callees that retry by themselves.
    self_retrying: Vec<String>,
    /// Ends of paths that are scopes of tokens.
    no_calls: Vec<String>,
    /// What is said of further calls.
    related: String,
}

/// The check.
struct Unanswered {
    settings: Settings,
    reading: Reading,
    triggers: Vec<Trigger>,
}

/// Builds the check.
pub fn build(with: &serde_yaml::Value, pack: &Pack) -> Result<Box<dyn Check>, BuildError> {
    let mut settings: Settings = configure(with)?;
    Ok(Box::new(Unanswered {
        reading: Reading {
            self_retrying: std::mem::take(&mut settings.self_retrying),
            no_calls: std::mem::take(&mut settings.no_calls),
        },
        settings,
        triggers: host_triggers(&pack.limits),
    }))
}

impl Check for Unanswered {
    fn is_about_calls(&self) -> bool {
        true
    }

    fn triggers(&self) -> Vec<Trigger> {
        self.triggers.clone()
    }

    fn reading(&self) -> Option<&Reading> {
        Some(&self.reading)
    }

    fn placeholders(&self) -> &'static [&'static str] {
        &["calls", "documented"]
    }

    fn check_repository(&self, context: &RepositoryContext<'_>, out: &mut Vec<Finding>) {
        let Some(program) = context.programs.read(&self.reading) else {
            return;
        };
        let answering = program.answering();
        for file in 0..program.files.len() {
            let answered = program
                .group(file)
                .is_some_and(|group| answering.contains(&group));
            if answered || !context.rule.zones.contains(&program.files[file].zone) {
                continue;
            }
            // A function hands its failures to whoever calls it; a program's own code is
            // the last that can answer.
            let calls: Vec<(CallId, Reach)> = bare(program, file)
                .into_iter()
                .filter(|(id, _)| program.holder(*id).function == OUTSIDE)
                .collect();
            let Some((first, reach)) = calls.first() else {
                continue;
            };
            if calls.len() < self.settings.many {
                continue;
            }
            let documented = program
                .limit(&reach.url, reach.method.as_deref())
                .map(Limit::describe)
                .unwrap_or_default();
            let message = context.rule.message(&[
                ("calls", &calls.len().to_string()),
                ("documented", &documented),
            ]);
            let mut finding = Finding::new(context.rule, Some(program.call(*first).span), message)
                .confidence_at_most(Confidence::Medium);
            for (id, _) in calls.iter().skip(1).take(SHOWN) {
                finding = finding.related(program.call(*id).span, self.settings.related.clone());
            }
            out.push(around::in_document(program, file, finding));
        }
    }
}

/// The governed requests of a file that nothing paces and nothing looks after.
pub(super) fn bare(program: &Program<'_>, file: usize) -> Vec<(CallId, Reach)> {
    let code = program.code(file);
    let places = Places::new(program, file);
    let mut found: Vec<(CallId, Reach)> = Vec::new();
    for call in 0..code.calls.len() {
        let id = CallId { file, call };
        if !program.call(id).request {
            continue;
        }
        let body = code.functions[program.holder(id).function as usize].block;
        for mut reach in program.reached_by(id) {
            let limit = program.limit(&reach.url, reach.method.as_deref());
            if limit.is_none_or(around::is_wide) {
                continue;
            }
            reach
                .pace
                .join(&places.pace(body, program.call(id).block, Some(id)));
            program.note_handling(&mut reach, id);
            if !reach.pace.holds() && reach.handled == Handling::None {
                found.push((id, reach));
            }
        }
    }
    found.dedup_by_key(|(id, _)| *id);
    found
}

impl Program<'_> {
    /// The languages in which any code of the project answers a throttled call.
    pub(super) fn answering(&self) -> BTreeSet<Language> {
        let answers = |file: &usize| {
            self.files[*file].zone != Zone::Test
                && self.code(*file).backoffs.iter().any(Backoff::looks)
        };
        (0..self.files.len())
            .filter(answers)
            .filter_map(|file| self.group(file))
            .collect()
    }
}
