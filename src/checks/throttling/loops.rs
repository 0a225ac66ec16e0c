//! `unbounded-loop`: a governed call that is repeated with nothing that bounds its
//! rate.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::around::{self, Repeated, Round};
use super::handling::Handling;
use super::program::{Program, Reading};
use super::rate::number;
use super::{host_triggers, naming, windows};
use crate::checks::{BuildError, Check, RepositoryContext, Trigger, configure};
use crate::facts::code::{BlockKind, Loop, LoopKind};
use crate::finding::{Confidence, Finding, Severity};
use crate::pack::Pack;
use crate::pack::schema::fill;
use crate::source::Span;

/// The rule's `with`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Settings {
    /// Rounds up to which a loop is none to speak of.
    small: u64,
    /// Callees that retry by themselves.
    self_retrying: Vec<String>,
    /// Ends of paths that are scopes of tokens.
    no_calls: Vec<String>,
    /// How the ways of repeating are called.
    ways: Ways,
    /// What is said of places that belong to the story.
    related: Stories,
    /// How long to wait.
    help: Helps,
    /// Only calls for which no rate is documented, and only many at the same time.
    #[serde(default)]
    unmetered: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Helps {
    wait: String,
    wait_round: String,
    starts: String,
    /// What a longer window asks for, with names of periods by their seconds.
    longer: String,
    periods: BTreeMap<u32, String>,
    /// What else may be done; empty where the rule's own help says how long.
    otherwise: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Ways {
    each: String,
    pages: String,
    endless: String,
    loop_: String,
    at_once: String,
    batches: String,
    again: String,
    at_failure: String,
    at_throttling: String,
    /// What is missing.
    lack: String,
    /// The same of code that looks at 429 and does not wait.
    lack_wait: String,
    /// The same of code that waits in some rounds only, and of code that waits after a
    /// failure only.
    lack_sometimes: String,
    /// After a wait that is outside of the loop.
    lack_between: String,
    lack_success: String,
    /// How code starts over after the retry policy of a library gave up, and what is
    /// missing there.
    after_policy: String,
    lack_after_policy: String,
    /// What is missing of code that starts over after a failure.
    lack_at_failure: String,
    /// The same of code that starts over after 429 alone.
    lack_at_throttling: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Stories {
    head: String,
    step: String,
    request: String,
    sometimes: String,
    outside: String,
    limiter: String,
}

/// The check.
struct Unbounded {
    settings: Settings,
    reading: Reading,
    triggers: Vec<Trigger>,
}

/// Builds the check.
pub fn build(with: &serde_yaml::Value, pack: &Pack) -> Result<Box<dyn Check>, BuildError> {
    let mut settings: Settings = configure(with)?;
    Ok(Box::new(Unbounded {
        reading: Reading {
            self_retrying: std::mem::take(&mut settings.self_retrying),
            no_calls: std::mem::take(&mut settings.no_calls),
        },
        settings,
        triggers: host_triggers(&pack.limits),
    }))
}

impl Check for Unbounded {
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
        &["way", "lack", "documented", "endpoint"]
    }

    fn check_repository(&self, context: &RepositoryContext<'_>, out: &mut Vec<Finding>) {
        let Some(program) = context.programs.read(&self.reading) else {
            return;
        };
        let in_zone = |file: usize| context.rule.zones.contains(&program.files[file].zone);
        let mut told = BTreeSet::new();
        let mut idle: BTreeMap<usize, Vec<Span>> = BTreeMap::new();
        for round in around::rounds(program, self.settings.small).iter() {
            if in_zone(round.file) {
                let idle = idle
                    .entry(round.file)
                    .or_insert_with(|| idle_limiters(program, round.file));
                let shared = Shared::new(program, round, idle);
                for call in &round.calls {
                    let finding = self.judge(context, program, &shared, call);
                    told.extend(finding.as_ref().map(|_| call.id));
                    out.extend(finding);
                }
            }
        }
        // What calls itself or starts over goes one by one.
        if self.settings.unmetered {
            return;
        }
        for file in (0..program.files.len()).filter(|&file| in_zone(file)) {
            for again in around::recursion(program, file) {
                out.extend(self.judge_again(context, program, &again));
            }
            for again in around::restarts(program, file) {
                if !told.contains(&again.id) {
                    out.extend(self.judge_restart(context, program, &again));
                }
            }
        }
    }
}

impl Unbounded {
    fn judge<'a>(
        &self,
        context: &RepositoryContext<'_>,
        program: &Program<'a>,
        shared: &Shared<'_, 'a>,
        call: &Repeated,
    ) -> Option<Finding> {
        if call.reach.pace.holds() || call.reach.handled.is_sure() {
            return None;
        }
        let (block, own) = around::loop_of(program, call.id.file, call.top)?;
        // One call after the other cannot break a limit as wide as this.
        let limit = program.limit(&call.reach.url, call.reach.method.as_deref())?;
        let spawned = around::is_spawned(program, call);
        if around::is_wide(limit) && !around::is_parallel(own) && !spawned {
            return None;
        }
        let ways = &self.settings.ways;
        let (way, severity) = if self.settings.unmetered {
            // Without a number, any bound will do.
            if !spawned && around::width(own, &call.reach.pace).is_some() {
                return None;
            }
            (ways.at_once.as_str(), Severity::Warning)
        } else {
            self.way(own)
        };
        let outside = shared.outside;
        let lack = match shared.failed.waits_after(program, call) {
            None if outside.is_some() => &ways.lack_between,
            Some(true) => &ways.lack_success,
            Some(false) => &ways.lack_sometimes,
            None if call.reach.handled == Handling::Looks => &ways.lack_wait,
            None => &ways.lack,
        };
        let mut finding = self.finding(context, program, call, (way, lack), severity)?;
        if let Some(help) = self.wait(program, shared, call, own) {
            let limits = program.limits;
            finding = finding.help(help).sentence(around::sentence(limits, limit));
        }
        let stories = &self.settings.related;
        let head = Span {
            file: block.head.file,
            start: block.head.start,
            end: block.head.end.min(block.head.start + 200),
        };
        finding = around::at_place(program, call.id.file, call.top, Some(head), finding);
        if !head.is_empty() {
            finding = finding
                .flows_from(head, stories.head.clone())
                .related(head, stories.head.clone());
        }
        for span in call.reach.pace.sometimes.iter().take(2) {
            finding = finding.related(*span, stories.sometimes.clone());
        }
        if let Some(span) = outside {
            finding = finding.related(span, stories.outside.clone());
        }
        for span in shared.idle {
            finding = finding.related(*span, stories.limiter.clone());
        }
        Some(finding)
    }

    fn judge_again(
        &self,
        context: &RepositoryContext<'_>,
        program: &Program<'_>,
        call: &Repeated,
    ) -> Option<Finding> {
        if call.reach.pace.holds() || call.reach.handled.is_sure() {
            return None;
        }
        let ways = &self.settings.ways;
        let way = (ways.again.as_str(), ways.lack.as_str());
        let finding = self.finding(context, program, call, way, Severity::Note)?;
        let finding = self.told_to_wait(program, call, finding);
        Some(around::at_place(
            program,
            call.id.file,
            call.top,
            None,
            finding,
        ))
    }

    fn judge_restart(
        &self,
        context: &RepositoryContext<'_>,
        program: &Program<'_>,
        call: &Repeated,
    ) -> Option<Finding> {
        if call.reach.pace.holds() || call.reach.handled == Handling::Code {
            return None;
        }
        let ways = &self.settings.ways;
        let (block, own) = around::loop_of(program, call.id.file, call.top)?;
        let way = if call.reach.handled == Handling::Policy {
            (&ways.after_policy, &ways.lack_after_policy)
        } else if own.throttled {
            (&ways.at_throttling, &ways.lack_at_throttling)
        } else {
            (&ways.at_failure, &ways.lack_at_failure)
        };
        let way = (way.0.as_str(), way.1.as_str());
        let finding = self.finding(context, program, call, way, Severity::Warning)?;
        let finding = self.told_to_wait(program, call, finding);
        let head = Some(block.head);
        let finding = around::at_place(program, call.id.file, call.top, head, finding);
        Some(finding.related(block.head, self.settings.related.head.clone()))
    }

    fn finding(
        &self,
        context: &RepositoryContext<'_>,
        program: &Program<'_>,
        call: &Repeated,
        (way, lack): (&str, &str),
        severity: Severity,
    ) -> Option<Finding> {
        let limit = program
            .limit(&call.reach.url, call.reach.method.as_deref())
            .filter(|limit| limit.windows.is_empty() == self.settings.unmetered)?;
        let endpoint = around::endpoint(call);
        let message = context.rule.message(&[
            ("way", way),
            ("lack", lack),
            ("documented", &limit.describe()),
            ("endpoint", &endpoint),
        ]);
        let mut finding = Finding::new(context.rule, Some(program.call(call.id).span), message)
            .at_most(severity)
            .sentence(around::sentence(program.limits, limit));
        finding.members = vec![endpoint.clone()];
        let stories = &self.settings.related;
        let sent = fill(&stories.request, &[("endpoint", &endpoint)]);
        // A function that calls itself is its own chain.
        let chain = match call.reach.chain.first() {
            Some(first) if *first == call.id => call.reach.chain.as_slice(),
            _ => &[&[call.id], call.reach.chain.as_slice()].concat(),
        };
        finding = around::with_chain(program, finding, chain, &stories.step, &sent);
        let across = call.reach.chain.iter().any(|id| id.file != call.id.file);
        if across || !call.reach.url.certain || call.reach.handled > Handling::Looks {
            finding = finding.confidence_at_most(Confidence::Medium);
        }
        if !call.reach.plain {
            finding = finding
                .at_most(Severity::Note)
                .confidence_at_most(Confidence::Low);
        }
        Some(around::in_document(program, call.id.file, finding))
    }

    /// The help of what goes one by one for as long as it likes.
    fn told_to_wait(&self, program: &Program<'_>, call: &Repeated, finding: Finding) -> Finding {
        let help = &self.settings.help;
        let limit = program.limit(&call.reach.url, call.reach.method.as_deref());
        let Some(limit) = limit.filter(|_| !help.otherwise.is_empty()) else {
            return finding;
        };
        let seconds = limit
            .windows
            .iter()
            .map(|window| 1.0 / window.per_second())
            .fold(0.0, f64::max);
        if seconds <= 0.0 {
            return finding;
        }
        let wait = fill(
            &help.wait,
            &[("seconds", &number(windows::printed(seconds)))],
        );
        let help = format!("{wait}. {}", help.otherwise);
        finding
            .help(help)
            .sentence(around::sentence(program.limits, limit))
    }

    /// How long to wait, and what else may be done.
    fn wait<'a>(
        &self,
        program: &Program<'a>,
        shared: &Shared<'_, 'a>,
        call: &Repeated,
        own: &Loop,
    ) -> Option<String> {
        let help = &self.settings.help;
        if help.otherwise.is_empty() {
            return None;
        }
        let endless = around::is_endless(own);
        let needs = || windows::Needs::new(program, shared.round);
        let needs = shared.needs.get_or_init(needs);
        let (seconds, calls) = needs.needed(endless)?;
        let template = if around::is_parallel(own) || around::is_spawned(program, call) {
            &help.starts
        } else if calls > 1 {
            &help.wait_round
        } else {
            &help.wait
        };
        let wait = fill(template, &[("seconds", &number(seconds))]);
        let longer = needs
            .longer(seconds)
            .filter(|_| !endless)
            .and_then(|(seconds, window)| {
                let period = help.periods.get(&window.seconds)?;
                let (seconds, calls) = (number(seconds), window.calls.to_string());
                let values = [
                    ("seconds", &*seconds),
                    ("calls", &calls),
                    ("period", period),
                ];
                Some(fill(&help.longer, &values))
            })
            .unwrap_or_default();
        Some(format!("{wait}{longer}. {}", help.otherwise))
    }

    fn way(&self, own: &Loop) -> (&str, Severity) {
        let ways = &self.settings.ways;
        if around::is_parallel(own) {
            (&ways.at_once, Severity::Warning)
        } else if own.paging {
            (&ways.pages, Severity::Note)
        } else if own.kind == LoopKind::ForEach && naming::is_batched(&own.over) {
            (&ways.batches, Severity::Note)
        } else if own.kind == LoopKind::ForEach {
            (&ways.each, Severity::Warning)
        } else if own.endless {
            (&ways.endless, Severity::Warning)
        } else {
            (&ways.loop_, Severity::Warning)
        }
    }
}

/// Most limiters that a finding points at which nothing uses: whoever makes one and forgets
/// it makes one or two, and each would stand beside each finding.
const MAX_IDLE: usize = 10;

/// Limiters of a file that have a name and no use.
fn idle_limiters(program: &Program<'_>, file: usize) -> Vec<Span> {
    let limiters = program.code(file).limiters.iter();
    limiters
        .filter(|own| !own.is_used() && own.decorates.is_empty() && own.name.is_some())
        .map(|own| own.span)
        .take(MAX_IDLE)
        .collect()
}

/// What the calls of a loop have in common.
struct Shared<'r, 'a> {
    round: &'r Round,
    /// A wait of a loop around it.
    outside: Option<Span>,
    failed: around::Failed,
    needs: OnceCell<windows::Needs<'a>>,
    idle: &'r [Span],
}

impl<'r, 'a> Shared<'r, 'a> {
    fn new(program: &Program<'a>, round: &'r Round, idle: &'r [Span]) -> Self {
        Self {
            round,
            outside: outside(program, round),
            failed: around::Failed::new(program, round.file, round.top),
            needs: OnceCell::new(),
            idle,
        }
    }
}

/// The first wait of a loop around the one that makes the calls.
fn outside(program: &Program<'_>, round: &Round) -> Option<Span> {
    let code = program.code(round.file);
    let index = program.index(round.file);
    let around = code.ancestors(round.top).skip(1);
    let loops = around.filter(|(_, block)| matches!(block.kind, BlockKind::Loop(_)));
    let first = loops.filter_map(|(id, _)| index.sleep_in(id)).min()?;
    Some(code.sleeps[first].span)
}
