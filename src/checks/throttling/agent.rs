//! `user-agent`: calls of a service that asks its callers who they are, by programs that
//! say nothing of it, or what any other program would say.
//!
//! That nothing is said is told where a library of HTTP sends the call and no file of the
//! repository has a word on the header; browsers say by themselves who asks, so that their
//! languages are left alone.

use serde::Deserialize;

use super::around;
use super::host_triggers;
use super::program::{CallId, Program, Reading};
use crate::checks::{
    BuildError, Check, FileContext, RepositoryContext, Trigger, TriggerScope, configure,
};
use crate::facts::{FileKind, Language};
use crate::finding::{Confidence, Finding, Severity};
use crate::pack::schema::fill;
use crate::pack::{Pack, Pattern};
use crate::source::Source;

/// The rule's `with`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Settings {
    /// Literals, in any case, of which one stands in every file that says who asks.
    literals: Vec<String>,
    /// Words that say who asks, or that somebody else does.
    says: Vec<Pattern>,
    /// Addresses that are asked, `{}` for what is not known, and parts of their hosts: of a
    /// service that documents no rate. Without them it is what the pack's limits govern.
    #[serde(default)]
    addresses: Option<Pattern>,
    #[serde(default)]
    hosts: Vec<String>,
    /// Names that any program may give itself, in a file that calls the service; what the
    /// group `words` covers is pointed at.
    #[serde(default)]
    placeholders: Vec<Pattern>,
    /// Other hosts, in a file that has a placeholder: it may be meant for them.
    #[serde(default)]
    others: Option<Pattern>,
    /// What is said of a call with nothing, of a placeholder, and of a library that shows
    /// what it asks for.
    stock: String,
    #[serde(default)]
    placeholder: String,
    #[serde(default)]
    layer: String,
}

/// The check.
struct Agent {
    settings: Settings,
    reading: Reading,
    triggers: Vec<Trigger>,
}

/// Builds the check.
pub fn build(with: &serde_yaml::Value, pack: &Pack) -> Result<Box<dyn Check>, BuildError> {
    let settings: Settings = configure(with)?;
    let mut triggers = match settings.addresses {
        Some(_) => Vec::new(),
        None => host_triggers(&pack.limits),
    };
    triggers.extend(settings.hosts.iter().map(|host| Trigger {
        literal: host.clone(),
        exact_case: false,
        scope: TriggerScope::Code,
    }));
    triggers.extend(Trigger::everywhere(&settings.literals));
    Ok(Box::new(Agent {
        settings,
        reading: Reading::default(),
        triggers,
    }))
}

impl Check for Agent {
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
        &["agent"]
    }

    fn remembers(&self, source: &Source) -> bool {
        let mut says = self.settings.says.iter();
        says.any(|words| words.is_match(&source.text))
    }

    fn check_file(&self, context: &FileContext<'_>, out: &mut Vec<Finding>) {
        let (source, facts) = (context.source, context.facts);
        if let Some(addresses) = &self.settings.addresses {
            self.addressed(context, addresses, out);
            return;
        }
        if !matches!(facts.kind, FileKind::Code(_)) {
            return;
        }
        let mut patterns = self.settings.placeholders.iter();
        let found = patterns.find_map(|pattern| pattern.captures(&source.text));
        let Some(words) = found.and_then(|found| found.name("words")) else {
            return;
        };
        let others = self.settings.others.as_ref();
        if others.is_some_and(|others| others.is_match(&source.text)) {
            return;
        }
        let agent = self.settings.placeholder.replace("{words}", words.as_str());
        let message = context.rule.message(&[("agent", &agent)]);
        let span = source.span(words.range());
        // A name is sent, though it tells nothing: less grave than none at all.
        out.push(Finding::new(context.rule, Some(span), message).at_most(Severity::Note));
    }

    fn check_repository(&self, context: &RepositoryContext<'_>, out: &mut Vec<Finding>) {
        let facts = context.facts;
        let said = facts.files.iter().any(|file| file.remembers(context.rule));
        if self.settings.addresses.is_some() {
            // Of a part nobody can say that nothing says it.
            out.retain(|own| !own.rule.is(context.rule) || !said && facts.whole);
            return;
        }
        let told = out.iter().any(|own| own.rule.is(context.rule));
        let Some(program) = context.programs.read(&self.reading) else {
            return;
        };
        // Of a part nobody can say that nothing says it.
        if said || told || !facts.whole {
            return;
        }
        let calls = (0..program.files.len())
            .filter(|&file| context.rule.zones.contains(&program.files[file].zone))
            .filter(|&file| program.code(file).language.is_some_and(sends_its_own))
            .flat_map(|file| {
                let calls = 0..program.code(file).calls.len();
                calls.map(move |call| CallId { file, call })
            });
        for id in calls {
            if let Some(finding) = self.stock(context, program, id) {
                out.push(finding);
                return;
            }
        }
    }
}

impl Agent {
    /// A call that goes out with what its library says of itself.
    fn stock(
        &self,
        context: &RepositoryContext<'_>,
        program: &Program<'_>,
        id: CallId,
    ) -> Option<Finding> {
        let call = program.call(id);
        if !call.request || call.by_library {
            return None;
        }
        let governed = |url| program.limit(url, call.method.as_deref()).is_some();
        let reaches = program.reached_by(id);
        let reach = reaches.iter().find(|reach| governed(&reach.url))?;
        let message = context
            .rule
            .message(&[("agent", self.settings.stock.as_str())]);
        let finding = Finding::new(context.rule, Some(call.span), message);
        let finding = if reach.url.certain {
            finding
        } else {
            finding.confidence_at_most(Confidence::Low)
        };
        Some(around::in_document(program, id.file, finding))
    }
}

impl Agent {
    /// A request of a service that documents no rate, or a library that asks for what it
    /// shows. Of which file others speak is not known there.
    fn addressed(&self, context: &FileContext<'_>, addresses: &Pattern, out: &mut Vec<Finding>) {
        let code = &context.facts.code;
        let mut calls = code.calls.iter().filter(|call| {
            let url = call.url.as_ref();
            call.request
                && !call.by_library
                && code.language.is_some_and(sends_its_own)
                && url.is_some_and(|url| url.certain && addresses.is_match(&url.shown()))
        });
        if let Some(call) = calls.next() {
            let message = context.rule.message(&[("agent", &self.settings.stock)]);
            out.push(Finding::new(context.rule, Some(call.span), message));
            return;
        }
        let mut layers = code.layers.iter();
        let found = layers.find_map(|layer| {
            let sends = layer.agent?;
            let asked = addresses.is_match(&layer.address);
            asked.then_some((layer, sends))
        });
        if let Some((layer, sends)) = found {
            let values = [("library", layer.library), ("sends", sends)];
            let agent = fill(&self.settings.layer, &values);
            let message = context.rule.message(&[("agent", &agent)]);
            // A name is sent, though it is none of the application's.
            let finding = Finding::new(context.rule, Some(layer.span), message);
            out.push(finding.at_most(Severity::Note));
        }
    }
}

/// Whether the programs of a language send what their library says of itself: what runs in
/// a browser sends the browser's, and the page that asks.
fn sends_its_own(language: Language) -> bool {
    !matches!(
        language,
        Language::JavaScript | Language::TypeScript | Language::Tsx | Language::Dart
    )
}
