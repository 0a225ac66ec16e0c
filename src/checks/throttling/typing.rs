//! Governed calls that are made as somebody types: handlers of a field's events, and
//! effects of a value that such a handler sets.
//!
//! A handler is a piece of text after the words of its event; the calls that stand in it
//! are followed as any others, over files.

use std::collections::BTreeSet;
use std::collections::HashMap;

use serde::Deserialize;

use super::around;
use super::handlers::{
    called, closing, ending, function_named, is_controller, is_name, wrapped_named,
};
use super::host_triggers;
use super::program::{CallId, FunctionRef, Program, Reading};
use super::reach::Reach;
use crate::checks::{BuildError, Check, FileContext, RepositoryContext, Trigger, configure};
use crate::facts::{FileKind, Language};
use crate::finding::{Confidence, Finding};
use crate::pack::schema::fill;
use crate::pack::{Glob, Pack, Pattern};
use crate::source::{Source, Span, floor_boundary};

/// Bytes before an attribute in which the element that has it begins.
const LONGEST_ELEMENT: usize = 600;
/// Marks a function that a handler calls, which what waits or keeps it is made of.
const BEHIND: &str = "=";

/// The rule's `with`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Settings {
    /// Paths that are asked for what somebody types.
    paths: Vec<Glob>,
    /// The words of an event, up to what handles it.
    events: Vec<Pattern>,
    /// The words of an attribute of an element, and which elements are typed into.
    attributes: Pattern,
    elements: Pattern,
    /// What makes an element one that nobody types into.
    choices: Pattern,
    /// Words of a handler that waits for the end of typing.
    ends: Pattern,
    /// Calls that make a function of another one, up to what they are handed, and values of
    /// another one, up to its name.
    wrappers: Pattern,
    follows: Pattern,
    /// Words of a page that name an event of a field, a controller and its method.
    actions: Pattern,
    /// The beginning of an effect, and what it sets another value by: `set{Name}`.
    effects: Pattern,
    /// What is said of the request.
    related: String,
}

struct Typing {
    settings: Settings,
    reading: Reading,
    triggers: Vec<Trigger>,
}

/// Builds the check.
pub fn build(with: &serde_yaml::Value, pack: &Pack) -> Result<Box<dyn Check>, BuildError> {
    Ok(Box::new(Typing {
        settings: configure(with)?,
        reading: Reading::default(),
        triggers: host_triggers(&pack.limits),
    }))
}

impl Check for Typing {
    fn is_about_calls(&self) -> bool {
        true
    }

    fn looks_at_callers(&self) -> bool {
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

    /// Every handler of a field; which of them leads to the API is told later.
    fn check_file(&self, context: &FileContext<'_>, out: &mut Vec<Finding>) {
        if !matches!(
            context.facts.kind,
            FileKind::Code(_) | FileKind::Html | FileKind::View
        ) {
            return;
        }
        let source = context.source;
        let handlers = self.handlers(source);
        let spans: Vec<Span> = handlers.iter().map(|(span, _)| *span).collect();
        let effects = self.effects(source, &spans).into_iter();
        let effects = effects.map(|span| (span, String::new()));
        let actions = self.actions(source);
        for (span, name) in handlers.into_iter().chain(effects).chain(actions) {
            // A field alone is no evidence that the repository uses the service.
            let candidate = Finding::new(context.rule, Some(span), name);
            out.push(candidate.confidence_at_most(Confidence::Low));
        }
    }

    fn check_repository(&self, context: &RepositoryContext<'_>, out: &mut Vec<Finding>) {
        let rule = context.rule;
        let own = |finding: &Finding| finding.rule.is(rule);
        let mut candidates: Vec<(Span, String)> = out
            .iter()
            .filter(|finding| own(finding))
            .filter_map(|finding| Some((finding.primary?, finding.message.clone())))
            .collect();
        // What stands behind a handler counts where nothing else leads to the request.
        candidates.sort_unstable_by_key(|(span, name)| (name == BEHIND, *span));
        candidates.dedup();
        out.retain(|finding| !own(finding));
        if candidates.is_empty() {
            return;
        }
        let Some(program) = context.programs.read(&self.reading) else {
            return;
        };
        let mut told: BTreeSet<CallId> = BTreeSet::new();
        let mut sent: BTreeSet<CallId> = BTreeSet::new();
        for (span, name) in candidates {
            let found = self
                .within(program, span)
                .or_else(|| self.elsewhere(program, span, &name));
            let Some((call, reach)) = found else { continue };
            let last = reach.chain.last().copied().unwrap_or(call);
            if name == BEHIND && sent.contains(&last) || !told.insert(call) {
                continue;
            }
            sent.insert(last);
            out.push(self.told(context, program, call, &reach));
        }
    }
}

impl Typing {
    /// Whether a request searches.
    fn asks(&self, program: &Program<'_>, reach: &Reach) -> bool {
        program
            .limit(&reach.url, reach.method.as_deref())
            .is_some_and(|limit| !limit.windows.is_empty())
            && reach.url.host_and_path().is_some_and(|(_, path)| {
                self.settings.paths.iter().any(|glob| glob.is_match(&path))
            })
    }

    /// The first call in a handler, or in the function that it is, that leads to a search.
    fn within(&self, program: &Program<'_>, handler: Span) -> Option<(CallId, Reach)> {
        let file = program
            .files
            .iter()
            .position(|record| record.id == handler.file)?;
        let code = program.code(file);
        let range = handler.start..handler.end;
        code.calls
            .iter()
            .enumerate()
            .filter(|(_, call)| range.contains(&call.span.start))
            .find_map(|(call, _)| {
                let id = CallId { file, call };
                let mut reaches = program.reached_by(id).into_iter();
                Some((id, reaches.find(|reach| self.asks(program, reach))?))
            })
            .or_else(|| {
                // A handler by its name alone.
                let named = code.functions.iter().enumerate().skip(1);
                named
                    .filter(|(_, function)| {
                        let body = code.blocks[function.block as usize].span;
                        range.contains(&body.start)
                    })
                    .find_map(|(function, _)| {
                        let function = function as u32;
                        self.led_to(program, FunctionRef { file, function })
                    })
            })
    }

    /// How a function leads to a search.
    fn led_to(&self, program: &Program<'_>, function: FunctionRef) -> Option<(CallId, Reach)> {
        let found = program.reaches(function);
        let reach = found.iter().find(|reach| self.asks(program, reach))?;
        Some((*reach.chain.first()?, reach.clone()))
    }

    /// The same of a function of another file: the only one of its name, one that the file
    /// takes by that name, or the method of a controller, `address#query`.
    fn elsewhere(
        &self,
        program: &Program<'_>,
        handler: Span,
        name: &str,
    ) -> Option<(CallId, Reach)> {
        let own = program
            .files
            .iter()
            .position(|record| record.id == handler.file);
        let (controller, method) = match name.split_once('#') {
            Some((controller, method)) => (Some(controller), method),
            None => (None, name),
        };
        let taken = || {
            own.is_none_or(|own| {
                // Scripts of a page see those of all others.
                matches!(
                    program.files[own].kind,
                    FileKind::Html | FileKind::View | FileKind::Code(Language::Php)
                ) || program.index(own).import_of(method).is_some()
            })
        };
        if method.is_empty() || controller.is_none() && !taken() {
            return None;
        }
        let mut meant = program.named(method).filter(|found| {
            let scripts = program.group(found.file) == Some(Language::JavaScript);
            let path = &program.files[found.file].path;
            scripts && controller.is_none_or(|controller| is_controller(path, controller))
        });
        let function = *meant.next().filter(|_| meant.next().is_none())?;
        self.led_to(program, function)
    }

    fn told(
        &self,
        context: &RepositoryContext<'_>,
        program: &Program<'_>,
        call: CallId,
        reach: &Reach,
    ) -> Finding {
        let address = reach.url.host_and_path();
        let endpoint = address.map_or_else(String::new, |(host, path)| host + &path);
        let message = context.rule.message(&[("endpoint", &endpoint)]);
        let mut finding = Finding::new(context.rule, Some(program.call(call).span), message)
            .confidence_at_most(Confidence::Medium);
        if let Some(last) = reach.chain.last().filter(|last| **last != call) {
            let related = fill(&self.settings.related, &[("endpoint", &endpoint)]);
            finding = finding.related(program.call(*last).span, related);
        }
        around::in_document(program, call.file, finding)
    }

    /// The handlers of a file: code, or the function that is named; the name of one that
    /// the file does not have.
    fn handlers(&self, source: &Source) -> Vec<(Span, String)> {
        let text = source.text.as_str();
        let settings = &self.settings;
        let mut found = Vec::new();
        let attributes = settings
            .attributes
            .find_iter(text)
            .filter(|found| self.is_typed_into(text, found.start()))
            .map(|found| found.end());
        let events = settings
            .events
            .iter()
            .flat_map(|event| event.find_iter(text))
            .map(|found| found.end());
        for start in attributes.chain(events) {
            let end = match text.as_bytes().get(start.wrapping_sub(1)) {
                Some(quote @ (b'"' | b'\'')) => {
                    let quoted = memchr::memchr(*quote, &text.as_bytes()[start..]);
                    quoted.map_or(start, |at| start + at)
                }
                Some(b'{') => closing(text, start),
                // A chain of operators, each an argument.
                Some(b'(') if text[..start].ends_with("pipe(") => closing(text, start),
                // An argument ends where the next one begins.
                _ => ending(text, start, true),
            };
            let Some(words) = text.get(start..end) else {
                continue;
            };
            // `search`, `search()`, `search($event)`.
            let named = words.trim().trim_end_matches(';');
            let with_arguments = named
                .split_once('(')
                .filter(|_| !named.contains(['{', '>', '\n']));
            let named = with_arguments.map_or(named, |(name, _)| name).trim();
            let own = function_named(text, named, &settings.wrappers);
            let elsewhere = own.is_none() && is_name(named);
            let range = own.unwrap_or(start..end);
            let body = text.get(range.clone()).unwrap_or_default();
            if settings.ends.is_match(body) {
                continue;
            }
            // What waits before it calls another function is a value here.
            found.extend(called(body).filter_map(|name| {
                let inner = wrapped_named(text, name, &settings.wrappers)?;
                Some((source.span(inner), BEHIND.to_owned()))
            }));
            let name = if elsewhere { named } else { "" };
            found.push((source.span(range), name.to_owned()));
        }
        found
    }

    /// The methods of controllers that a page names for events of its fields:
    /// `data-action="input->address#query"`.
    fn actions(&self, source: &Source) -> Vec<(Span, String)> {
        let text = source.text.as_str();
        let found = self.settings.actions.find_iter(text);
        found
            .filter_map(|found| {
                let words = &text[found.range()];
                // An element has an event of its own where none is named.
                let (event, named) = words.rsplit_once("->").unwrap_or(("", words));
                let named = named.trim_start_matches(|c: char| !c.is_alphabetic());
                let named = named.rsplit(['"', '\'', ' ']).next()?;
                let typed = !event.is_empty() || self.is_typed_into(text, found.start());
                (typed && named.contains('#'))
                    .then(|| (source.span(found.range()), named.to_owned()))
            })
            .collect()
    }

    /// Whether an attribute at a byte belongs to an element that somebody types into.
    fn is_typed_into(&self, text: &str, at: usize) -> bool {
        let from = floor_boundary(text, at.saturating_sub(LONGEST_ELEMENT));
        let before = text.get(from..at).unwrap_or_default();
        let Some(open) = before.rfind('<') else {
            return false;
        };
        let element = &before[open..];
        // What stands behind the attribute may say that it is a box to tick.
        let end = floor_boundary(text, (at + 200).min(text.len()));
        let rest = text.get(at..end).unwrap_or_default();
        let rest = rest.split("/>").next().unwrap_or_default();
        self.settings.elements.is_match(element)
            && !self.settings.choices.is_match(element)
            && !self.settings.choices.is_match(rest)
    }

    /// Effects of a value that a handler sets.
    fn effects<'s>(&self, source: &'s Source, handlers: &[Span]) -> Vec<Span> {
        let text = source.text.as_str();
        // `const slow = useDebounce(typed, 300)` is what was typed, a little later.
        let last_word = |words: &'s str| {
            words
                .rsplit(|c: char| !(c.is_alphanumeric() || c == '_'))
                .next()
        };
        let mut before = HashMap::new();
        for found in self.settings.follows.find_iter(text) {
            if let Some((target, typed)) = text[found.range()].split_once('=') {
                let target = target.split(':').next().unwrap_or_default();
                let target = target.trim_end().trim_end_matches([']', ',']);
                if let (Some(own), Some(typed)) = (last_word(target), last_word(typed)) {
                    before.entry(own).or_insert(typed);
                }
            }
        }
        let set = |name: &str| {
            let name = before.get(name).copied().unwrap_or(name);
            let mut letters = name.chars();
            let first = letters.next().map(|c| c.to_uppercase().to_string());
            let setter = format!("set{}{}", first.unwrap_or_default(), letters.as_str());
            handlers.iter().any(|handler| {
                let words = source.slice(*handler);
                words.trim() == setter || called(words).any(|name| name == setter)
            })
        };
        self.settings
            .effects
            .find_iter(text)
            .filter_map(|found| {
                let end = closing(text, found.end());
                let whole = text.get(found.end()..end)?;
                let (_, depends) = whole.rsplit_once('[')?;
                let depends = depends.split(']').next()?;
                let follows = depends.split(',').map(str::trim).any(|name| {
                    !name.is_empty() && name.chars().all(char::is_alphanumeric) && set(name)
                });
                follows.then(|| source.span(found.end()..end))
            })
            .collect()
    }
}
