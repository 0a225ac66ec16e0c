//! `systematic-search`: a service is asked for every point of a grid.

use serde::Deserialize;

use super::around;
use super::host_triggers;
use super::program::{CallId, Program, Reading};
use crate::checks::{BuildError, Check, RepositoryContext, Trigger, configure};
use crate::facts::code::{BlockKind, Loop};
use crate::finding::{Confidence, Finding};
use crate::pack::schema::fill;
use crate::pack::{Pack, Pattern};

/// The rule's `with`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Settings {
    /// What the loops over the rows and columns of a grid run over.
    rows: Pattern,
    columns: Pattern,
    /// What makes numbers of both: a range, a step, a comparison.
    ranges: Pattern,
    /// What is said of the loops, and of the request.
    row: String,
    request: String,
}

/// The check.
struct Systematic {
    settings: Settings,
    reading: Reading,
    triggers: Vec<Trigger>,
}

/// Builds the check.
pub fn build(with: &serde_yaml::Value, pack: &Pack) -> Result<Box<dyn Check>, BuildError> {
    Ok(Box::new(Systematic {
        settings: configure(with)?,
        reading: Reading::default(),
        triggers: host_triggers(&pack.limits),
    }))
}

impl Check for Systematic {
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
        &["endpoint"]
    }

    fn check_repository(&self, context: &RepositoryContext<'_>, out: &mut Vec<Finding>) {
        let Some(program) = context.programs.read(&self.reading) else {
            return;
        };
        for file in 0..program.files.len() {
            if !context.rule.zones.contains(&program.files[file].zone) {
                continue;
            }
            let calls = 0..program.code(file).calls.len();
            let mut found =
                calls.filter_map(|call| self.judge(context, program, CallId { file, call }));
            out.extend(found.next());
        }
    }
}

impl Systematic {
    fn judge(
        &self,
        context: &RepositoryContext<'_>,
        program: &Program<'_>,
        id: CallId,
    ) -> Option<Finding> {
        let code = program.code(id.file);
        let mut rows = None;
        let mut columns = None;
        for (_, block) in code.within_function(program.call(id).block) {
            let BlockKind::Loop(own) = &block.kind else {
                continue;
            };
            if self.runs(own, &self.settings.rows) {
                rows = rows.or(Some(block.head));
            } else if self.runs(own, &self.settings.columns) {
                columns = columns.or(Some(block.head));
            }
        }
        let (rows, columns) = (rows?, columns?);
        let governed = |reach: &&super::reach::Reach| {
            program.limit(&reach.url, reach.method.as_deref()).is_some()
        };
        let reaches = program.reached_by(id);
        let reach = reaches.iter().find(governed)?;
        let endpoint = around::path(reach);
        let message = context.rule.message(&[("endpoint", &endpoint)]);
        let sent = fill(&self.settings.request, &[("endpoint", &endpoint)]);
        let call = program.call(id);
        let mut finding = Finding::new(context.rule, Some(call.span), message);
        for head in [rows, columns] {
            finding = finding.related(head, self.settings.row.clone());
        }
        finding = around::with_chain(program, finding, &reach.chain, &self.settings.row, &sent);
        if !reach.url.certain {
            finding = finding.confidence_at_most(Confidence::Medium);
        }
        Some(around::in_document(program, id.file, finding))
    }

    /// Whether a loop runs over the numbers of a grid's rows or columns.
    fn runs(&self, own: &Loop, names: &Pattern) -> bool {
        let fits = names.is_match(&own.names) || names.is_match(&own.over);
        fits && self.settings.ranges.is_match(&own.over)
    }
}
