//! The code of a repository as one program: which function is meant by a call, and
//! which governed requests a call leads to.

use std::cell::{OnceCell, RefCell};
use std::collections::{HashMap, HashSet};

use super::handling::Handling;
use super::hooks::Hook;
use super::kept::Keeper;
use super::naming;
use super::pace::{Pace, Places};
use crate::facts::code::{Call, CodeFacts, FunctionId, Part, Text};
use crate::facts::{FileRecord, Language, RepositoryFacts, links};
use crate::pack::Limits;
use crate::pack::vocabulary::Limit;

/// Longest chain of calls that is followed to a request.
const MAX_CHAIN: usize = 6;
/// Most functions that are looked into at the same time.
const MAX_DEPTH: usize = 40;
/// Most requests that one function is said to lead to.
const MAX_REACHES: usize = 48;

/// A call of one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CallId {
    /// Index in [`Program::files`].
    pub file: usize,
    /// Index in [`CodeFacts::calls`].
    pub call: usize,
}

/// A function of one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FunctionRef {
    /// Index in [`Program::files`].
    pub file: usize,
    /// Index in [`CodeFacts::functions`].
    pub function: FunctionId,
}

/// A request that a call leads to.
#[derive(Clone, Debug)]
pub struct Reach {
    /// Its address, parameters being those of the function that holds the call.
    pub url: Text,
    /// Its HTTP method.
    pub method: Option<String>,
    /// From the call to the request, the request last.
    pub chain: Vec<CallId>,
    /// What holds its rate between the call and the request.
    pub pace: Pace,
    /// How the code reacts to being told to slow down.
    pub handled: Handling,
    /// The request is one of an HTTP client, not handed to something unknown.
    pub plain: bool,
}

/// The code of a repository.
pub struct Program<'a> {
    /// Files with code facts.
    pub files: Vec<&'a FileRecord>,
    /// What is governed.
    pub limits: &'a Limits,
    /// Callees that retry by themselves.
    pub self_retrying: &'a [String],
    /// Paths that are no calls: scopes of tokens.
    pub no_calls: &'a [String],
    functions: HashMap<String, Vec<FunctionRef>>,
    constants: HashMap<String, Vec<(usize, &'a Text)>>,
    /// Limiters that other files may use, by name: file and index.
    limiters: HashMap<&'a str, Vec<(usize, usize)>>,
    by_function: Vec<HashMap<FunctionId, Vec<usize>>>,
    reaches: RefCell<HashMap<FunctionRef, Vec<Reach>>>,
    open: RefCell<HashSet<FunctionRef>>,
    /// What parameters are worth that functions keep.
    pub(super) kept: Keeper,
    hooks: OnceCell<Vec<Hook>>,
}

impl<'a> Program<'a> {
    /// Collects the code of a repository.
    pub fn new(
        facts: &'a RepositoryFacts,
        limits: &'a Limits,
        self_retrying: &'a [String],
        no_calls: &'a [String],
    ) -> Self {
        let files: Vec<&FileRecord> = facts
            .files
            .iter()
            .filter(|record| record.code.language.is_some())
            .collect();
        let mut functions: HashMap<String, Vec<FunctionRef>> = HashMap::new();
        let mut constants: HashMap<String, Vec<(usize, &Text)>> = HashMap::new();
        let mut limiters: HashMap<&str, Vec<(usize, usize)>> = HashMap::new();
        let mut by_function = Vec::with_capacity(files.len());
        for (file, record) in files.iter().enumerate() {
            let code = &record.code;
            for (index, function) in code.functions.iter().enumerate().skip(1) {
                functions
                    .entry(folded(code, &function.name))
                    .or_default()
                    .push(FunctionRef {
                        file,
                        function: index as FunctionId,
                    });
            }
            for (name, text) in &code.constants {
                let last = name.rsplit('.').next().unwrap_or(name);
                constants
                    .entry(folded(code, last))
                    .or_default()
                    .push((file, text));
            }
            for (index, limiter) in code.limiters.iter().enumerate() {
                let name = limiter.name.as_deref().unwrap_or_default();
                let shared = name.contains('.') || code.function_of(limiter.block) == 0;
                if shared {
                    let last = name.rsplit('.').next().unwrap_or(name);
                    limiters.entry(last).or_default().push((file, index));
                }
            }
            let mut calls: HashMap<FunctionId, Vec<usize>> = HashMap::new();
            for (index, call) in code.calls.iter().enumerate() {
                calls
                    .entry(code.function_of(call.block))
                    .or_default()
                    .push(index);
            }
            by_function.push(calls);
        }
        Self {
            files,
            limits,
            self_retrying,
            no_calls,
            functions,
            constants,
            limiters,
            by_function,
            reaches: RefCell::default(),
            open: RefCell::default(),
            kept: Keeper::default(),
            hooks: OnceCell::new(),
        }
    }

    /// The functions of a name.
    pub fn named(&self, name: &str) -> &[FunctionRef] {
        self.functions
            .get(name)
            .map(Vec::as_slice)
            .unwrap_or_default()
    }

    /// The facts of a file.
    pub fn code(&self, file: usize) -> &'a CodeFacts {
        &self.files[file].code
    }

    /// The languages that a file's code may call, as one.
    pub fn group(&self, file: usize) -> Option<Language> {
        self.code(file).language.map(links::group)
    }

    /// A call.
    pub fn call(&self, id: CallId) -> &'a Call {
        &self.code(id.file).calls[id.call]
    }

    /// The calls in a function's own body.
    pub fn calls_in(&self, function: FunctionRef) -> impl Iterator<Item = CallId> + '_ {
        self.by_function[function.file]
            .get(&function.function)
            .map(Vec::as_slice)
            .unwrap_or_default()
            .iter()
            .map(move |&call| CallId {
                file: function.file,
                call,
            })
    }

    /// The function that holds a call.
    pub fn holder(&self, id: CallId) -> FunctionRef {
        FunctionRef {
            file: id.file,
            function: self.code(id.file).function_of(self.call(id).block),
        }
    }

    /// The limit that an address is held to.
    pub fn limit(&self, url: &Text, method: Option<&str>) -> Option<&'a Limit> {
        let url = self.resolved(url);
        let (host, path) = url.host_and_path()?;
        let scope = self
            .no_calls
            .iter()
            .any(|suffix| path.trim_end_matches('/').ends_with(suffix.as_str()));
        if scope || !self.limits.governs(&host, &path) {
            return None;
        }
        self.limits.limit_for(&host, &path, method)
    }

    /// An address with names of other files' constants spelt out.
    pub(super) fn resolved(&self, url: &Text) -> Text {
        let mut out = Text {
            parts: Vec::with_capacity(url.parts.len()),
            ..url.clone()
        };
        for (index, part) in url.parts.iter().enumerate() {
            let known = match part {
                Part::Name(name) => self.constant(name).cloned(),
                Part::Kept(kept) => self.kept(kept),
                _ => None,
            };
            // What an address starts with has a host; what follows is a path.
            match known.filter(|text| text.host_and_path().is_some() == (index == 0)) {
                Some(text) => {
                    if index == 0 {
                        out.origin = text.origin;
                    }
                    out.certain = false;
                    for part in &text.parts {
                        out.push(part.clone());
                    }
                }
                None => out.push(part.clone()),
            }
        }
        out
    }

    /// The text of a constant, when all of that name have the same.
    fn constant(&self, name: &str) -> Option<&'a Text> {
        let last = name.rsplit('.').next().unwrap_or(name);
        let candidates = self
            .constants
            .get(last)
            .or_else(|| self.constants.get(&last.to_ascii_lowercase()))?;
        let ((_, first), rest) = candidates.split_first()?;
        let same = rest.iter().all(|(_, text)| text.shown() == first.shown());
        (last.len() >= 4 && same).then_some(*first)
    }

    /// Whether an address may turn out to be governed once its parameters are known.
    fn is_open(url: &Text) -> bool {
        matches!(
            url.parts.first(),
            Some(Part::Parameter(_) | Part::Name(_) | Part::Kept(_) | Part::Hole)
        ) && url
            .parts
            .iter()
            .any(|part| matches!(part, Part::Parameter(_)))
    }

    /// The function that a call means, when there is one that it plainly means.
    pub fn resolve(&self, id: CallId) -> Option<FunctionRef> {
        let call = self.call(id);
        let code = self.code(id.file);
        let name = call.name();
        let candidates = self.functions.get(&folded(code, name))?;
        let own_language = |found: &&FunctionRef| self.group(found.file) == self.group(id.file);
        let receiver = call.callee.rsplit_once('.').map(|(receiver, _)| receiver);
        let owner = |found: &FunctionRef| {
            self.code(found.file).functions[found.function as usize]
                .owner
                .as_deref()
        };
        let here: Vec<&FunctionRef> = candidates
            .iter()
            .filter(|found| found.file == id.file)
            .collect();
        let holder = code.function_of(call.block);
        let own_class = code.functions[holder as usize].owner.as_deref();
        if receiver.is_some_and(is_base) {
            // A method of a class above, which has its own body.
            let above = |found: &&FunctionRef| owner(found) != own_class;
            return only(here.into_iter().filter(above))
                .or_else(|| only(candidates.iter().filter(own_language).filter(above)));
        }
        match receiver {
            // `self.x()`, `x()`.
            Some("") | None => {
                let same_class = here
                    .iter()
                    .find(|found| own_class.is_some() && owner(found) == own_class);
                let plain = here
                    .iter()
                    .find(|found| receiver.is_some() || owner(found).is_none() || here.len() == 1);
                if let Some(found) = same_class.or(plain) {
                    return Some(**found);
                }
                if receiver.is_some() {
                    // A method of a base class, in another file.
                    return only(candidates.iter().filter(own_language));
                }
                let imported = code
                    .imports
                    .iter()
                    .find(|import| import.local == name || import.name == name);
                if let Some(import) = imported {
                    return only(candidates.iter().filter(own_language).filter(|found| {
                        links::is_module(&import.module, &self.files[found.file].path)
                    }))
                    .or_else(|| only(candidates.iter().filter(own_language)));
                }
                // Languages in which names are known without an import.
                let global = matches!(
                    code.language,
                    Some(
                        Language::PowerShell
                            | Language::Go
                            | Language::Bash
                            | Language::Ruby
                            | Language::Php
                    )
                );
                if global {
                    let all = || candidates.iter().filter(own_language);
                    // Of several, the one of a file that this one names.
                    let imported = |found: &&FunctionRef| {
                        let path = &self.files[found.file].path;
                        code.imports
                            .iter()
                            .any(|import| links::is_module(&import.module, path))
                    };
                    return only(all()).or_else(|| only(all().filter(imported)));
                }
                None
            }
            // Every class may have one: only what the name speaks of is meant.
            Some(receiver) if matches!(name, "__enter__" | "__aenter__") => {
                let meant =
                    |found: &&FunctionRef| owner(found).is_some_and(|owner| names(receiver, owner));
                only(here.into_iter().filter(meant))
                    .or_else(|| only(candidates.iter().filter(own_language).filter(meant)))
            }
            Some(receiver) => {
                // The receiver of a method that many things have says nothing.
                if links::is_everyday(name) {
                    return here
                        .into_iter()
                        .find(|found| owner(found).is_some_and(|owner| names(receiver, owner)))
                        .copied();
                }
                only(here.into_iter()).or_else(|| only(candidates.iter().filter(own_language)))
            }
        }
    }

    /// The limiter of another file that a call is made of: `limiter` of
    /// `limiter.acquire()`, taken from a module, or a field that only one file fills.
    pub fn limiter_elsewhere(&self, id: CallId) -> Option<(usize, usize)> {
        let call = self.call(id);
        let code = self.code(id.file);
        let receiver = call.callee.rsplit_once('.').map(|(receiver, _)| receiver);
        let path = receiver.unwrap_or(&call.callee);
        let name = path.rsplit('.').next().unwrap_or(path);
        let candidates = self.limiters.get(name).filter(|_| name.len() > 2)?;
        if candidates.iter().any(|(file, _)| *file == id.file) {
            return None;
        }
        let mut found = candidates
            .iter()
            .filter(|(file, _)| self.group(*file) == self.group(id.file));
        let first = path.split('.').next().unwrap_or(path);
        let import = code
            .imports
            .iter()
            .find(|import| !first.is_empty() && (import.local == first || import.name == first));
        if let Some(import) = import {
            return found
                .find(|(file, _)| links::is_module(&import.module, &self.files[*file].path))
                .copied();
        }
        // Names that are known without an import, and fields.
        let open = path.contains('.')
            || matches!(
                code.language,
                Some(Language::Go | Language::CSharp | Language::Java | Language::Rust)
            );
        let only = found.next().filter(|_| found.next().is_none())?;
        (open && links::is_patient(name)).then_some(*only)
    }

    /// The governed requests that a call leads to, or is.
    pub fn reached_by(&self, id: CallId) -> Vec<Reach> {
        let call = self.call(id);
        if self.self_retrying.iter().any(|name| {
            name.eq_ignore_ascii_case(&call.callee) || name.eq_ignore_ascii_case(call.name())
        }) {
            return Vec::new();
        }
        if call.request {
            return self.direct(id, true).into_iter().collect();
        }
        let Some(function) = self.resolve(id) else {
            if call.url.is_some() && !naming::is_harmless(call.name()) {
                return self.direct(id, false).into_iter().collect();
            }
            return Vec::new();
        };
        let parameters = &self.code(function.file).functions[function.function as usize].parameters;
        let arguments: Vec<Option<&Text>> = parameters
            .iter()
            .enumerate()
            .map(|(index, name)| {
                call.arguments
                    .iter()
                    .find(|argument| {
                        argument
                            .name
                            .as_deref()
                            .is_some_and(|own| own.eq_ignore_ascii_case(name))
                    })
                    .or_else(|| {
                        call.arguments.iter().find(|argument| {
                            argument.name.is_none() && usize::from(argument.position) == index
                        })
                    })
                    .and_then(|argument| argument.text.as_ref())
            })
            .collect();
        self.reaches(function)
            .into_iter()
            .filter(|reach| reach.chain.len() < MAX_CHAIN)
            .map(|mut reach| {
                reach.url = reach.url.with(&arguments);
                reach.pace.lift(call, None);
                reach.chain.insert(0, id);
                reach
            })
            .filter(|reach| self.concerns(reach))
            .collect()
    }

    fn concerns(&self, reach: &Reach) -> bool {
        self.limit(&reach.url, reach.method.as_deref()).is_some() || Self::is_open(&reach.url)
    }

    fn direct(&self, id: CallId, plain: bool) -> Option<Reach> {
        let call = self.call(id);
        let mut reach = Reach {
            url: self.resolved(call.url.as_ref()?),
            method: call.method.clone(),
            chain: vec![id],
            pace: Pace::default(),
            handled: Handling::None,
            plain,
        };
        if !self.concerns(&reach) {
            return None;
        }
        self.note_hooks(&mut reach, self.code(id.file));
        Some(reach)
    }

    /// What requests pass through.
    pub(super) fn hooks(&self) -> &[Hook] {
        self.hooks.get_or_init(|| self.find_hooks())
    }

    /// The governed requests that a function leads to, each with what holds it there.
    pub fn reaches(&self, function: FunctionRef) -> Vec<Reach> {
        if let Some(known) = self.reaches.borrow().get(&function) {
            return known.clone();
        }
        // A circle of calls, or a chain too long to matter.
        if self.open.borrow().len() > MAX_DEPTH || !self.open.borrow_mut().insert(function) {
            return Vec::new();
        }
        let code = self.code(function.file);
        let body = code.functions[function.function as usize].block;
        let places = Places::new(self, function.file);
        let mut found = Vec::new();
        for id in self.calls_in(function) {
            let call = self.call(id);
            for mut reach in self.reached_by(id) {
                reach.pace.join(&places.pace(body, call.block, Some(id)));
                self.note_handling(&mut reach, id);
                found.push(reach);
                if found.len() >= MAX_REACHES {
                    break;
                }
            }
        }
        found.truncate(MAX_REACHES);
        self.open.borrow_mut().remove(&function);
        self.reaches.borrow_mut().insert(function, found.clone());
        found
    }
}

fn only<'f>(mut found: impl Iterator<Item = &'f FunctionRef>) -> Option<FunctionRef> {
    let first = *found.next()?;
    found.next().is_none().then_some(first)
}

/// Words for the class above: `super().f()`, `base.F()`, `parent::f()`.
fn is_base(receiver: &str) -> bool {
    matches!(
        receiver.trim_end_matches("()"),
        "super" | "base" | "parent" | "__super__"
    ) || receiver.starts_with("super(")
}

/// Whether a receiver's name speaks of a class: `client` of `DefenderClient`.
fn names(receiver: &str, owner: &str) -> bool {
    let last = receiver
        .rsplit('.')
        .next()
        .unwrap_or(receiver)
        .trim_end_matches("()")
        .trim_matches(['_', '$'])
        .to_ascii_lowercase()
        .replace('_', "");
    !last.is_empty() && owner.to_ascii_lowercase().contains(&last)
}

/// A name as the language compares it.
pub fn folded(code: &CodeFacts, name: &str) -> String {
    if code.language == Some(Language::PowerShell) {
        name.to_ascii_lowercase()
    } else {
        name.to_owned()
    }
}
