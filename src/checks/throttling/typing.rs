//! Governed calls that are made as somebody types: handlers of a field's events, and
//! effects of a value that such a handler sets.
//!
//! A handler is a piece of text after the words of its event; the calls that stand in it
//! are followed as any others, over files.

use serde::Deserialize;

use super::around;
use super::host_triggers;
use super::program::{CallId, FunctionRef, Program, Reading};
use super::reach::Reach;
use crate::checks::{BuildError, Check, FileContext, RepositoryContext, Trigger, configure};
use crate::facts::FileKind;
use crate::finding::{Confidence, Finding};
use crate::pack::schema::fill;
use crate::pack::{Glob, Pack, Pattern};
use crate::source::{Source, Span, floor_boundary};

/// Longest handler that is looked at, in bytes.
const LONGEST: usize = 1500;
/// Bytes before an attribute in which the element that has it begins.
const LONGEST_ELEMENT: usize = 600;

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
        let effects = self.effects(source, &handlers);
        for span in handlers.into_iter().chain(effects) {
            // A field alone is no evidence that the repository uses the service.
            let candidate = Finding::new(context.rule, Some(span), String::new());
            out.push(candidate.confidence_at_most(Confidence::Low));
        }
    }

    fn check_repository(&self, context: &RepositoryContext<'_>, out: &mut Vec<Finding>) {
        let rule = context.rule;
        let own = |finding: &Finding| finding.rule.id == rule.id;
        let candidates: Vec<Span> = out
            .iter()
            .filter(|finding| own(finding))
            .filter_map(|finding| finding.primary)
            .collect();
        out.retain(|finding| !own(finding));
        if candidates.is_empty() {
            return;
        }
        let Some(program) = context.programs.read(&self.reading) else {
            return;
        };
        for span in candidates {
            out.extend(self.told(context, program, span));
        }
    }
}

impl Typing {
    fn told(
        &self,
        context: &RepositoryContext<'_>,
        program: &Program<'_>,
        handler: Span,
    ) -> Option<Finding> {
        let file = program
            .files
            .iter()
            .position(|record| record.id == handler.file)?;
        let code = program.code(file);
        let asks = |reach: &Reach| {
            program
                .limit(&reach.url, reach.method.as_deref())
                .is_some_and(|limit| !limit.windows.is_empty())
                && reach.url.host_and_path().is_some_and(|(_, path)| {
                    self.settings.paths.iter().any(|glob| glob.is_match(&path))
                })
        };
        let range = handler.start..handler.end;
        let (call, reach) = code
            .calls
            .iter()
            .enumerate()
            .filter(|(_, call)| range.contains(&call.span.start))
            .find_map(|(call, _)| {
                let id = CallId { file, call };
                let reach = program.reached_by(id).into_iter().find(&asks)?;
                Some((id, reach))
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
                        let found = program.reaches(FunctionRef { file, function });
                        let reach = found.iter().find(|reach| asks(reach))?;
                        Some((*reach.chain.first()?, reach.clone()))
                    })
            })?;
        let address = reach.url.host_and_path();
        let endpoint = address.map_or_else(String::new, |(host, path)| host + &path);
        let message = context.rule.message(&[("endpoint", &endpoint)]);
        let mut finding = Finding::new(context.rule, Some(program.call(call).span), message)
            .confidence_at_most(Confidence::Medium);
        if let Some(last) = reach.chain.last().filter(|last| **last != call) {
            let related = fill(&self.settings.related, &[("endpoint", &endpoint)]);
            finding = finding.related(program.call(*last).span, related);
        }
        Some(around::in_document(program, file, finding))
    }

    /// The handlers of a file: code, or the function that is named.
    fn handlers(&self, source: &Source) -> Vec<Span> {
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
                // An argument ends where the next one begins.
                _ => ending(text, start, true),
            };
            let Some(words) = text.get(start..end) else {
                continue;
            };
            // `search`, `search()`, `search($event)`.
            let named = words.trim().trim_end_matches(';');
            let called = named
                .split_once('(')
                .filter(|_| !named.contains(['{', '>', '\n']));
            let named = called.map_or(named, |(name, _)| name);
            let range = function_named(text, named.trim()).unwrap_or(start..end);
            let body = text.get(range.clone()).unwrap_or_default();
            if !settings.ends.is_match(body) {
                found.push(source.span(range));
            }
        }
        found
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
    fn effects(&self, source: &Source, handlers: &[Span]) -> Vec<Span> {
        let text = source.text.as_str();
        let set = |name: &str| {
            let mut letters = name.chars();
            let first = letters.next().map(|c| c.to_uppercase().to_string());
            let setter = format!("set{}{}(", first.unwrap_or_default(), letters.as_str());
            handlers
                .iter()
                .any(|handler| source.slice(*handler).contains(&setter))
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

/// Where what is open at a byte is closed again.
fn closing(text: &str, start: usize) -> usize {
    ending(text, start, false)
}

/// The same; or where a comma stands at that depth.
fn ending(text: &str, start: usize, commas: bool) -> usize {
    let limit = floor_boundary(text, (start + LONGEST).min(text.len()));
    let mut depth = 1_i32;
    for (at, byte) in text.as_bytes()[start..limit].iter().enumerate() {
        match byte {
            b'(' | b'{' | b'[' => depth += 1,
            b')' | b'}' | b']' => depth -= 1,
            b',' if commas && depth == 1 => return start + at,
            _ => {}
        }
        if depth == 0 {
            return start + at;
        }
    }
    limit
}

/// The function of this file that a handler names, its name included.
fn function_named(text: &str, name: &str) -> Option<std::ops::Range<usize>> {
    let plain = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_');
    if !plain {
        return None;
    }
    let starts = text.match_indices(name).map(|(at, _)| at).filter(|&at| {
        let before = text[..at].chars().next_back();
        !before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | '$'))
    });
    starts.into_iter().find_map(|start| {
        let rest = text.get(start + name.len()..)?;
        let open = body_after(rest)?;
        let body = start + name.len() + open;
        Some(start..closing(text, body))
    })
}

/// Where the body begins of a function whose name these words follow:
/// `(q) async {`, ` = async (q) => {`, `(q: String): Unit {`.
fn body_after(rest: &str) -> Option<usize> {
    const LONGEST_HEAD: usize = 160;
    let end = floor_boundary(rest, rest.len().min(LONGEST_HEAD));
    let head = rest.get(..end)?;
    let trimmed = head.trim_start();
    if !trimmed.starts_with(['(', '=', ':', '<']) || trimmed.starts_with("==") {
        return None;
    }
    let mut depth = 0_i32;
    for (at, byte) in head.bytes().enumerate() {
        match byte {
            b'(' | b'[' => depth += 1,
            b')' | b']' => depth -= 1,
            b'{' if depth == 0 => {
                // A call is followed by no block of its own, an object by a value.
                let before = head[..at].trim_end();
                let function = before.ends_with([')', '>'])
                    || ["async", "suspend", "throws"]
                        .iter()
                        .any(|w| before.ends_with(w))
                    || before.rsplit(')').next().is_some_and(|tail| {
                        before.contains(')') && tail.trim_start().starts_with(':')
                    });
                return function.then_some(at + 1);
            }
            b';' | b'\n' if depth == 0 => return None,
            _ if depth < 0 => return None,
            _ => {}
        }
    }
    None
}
