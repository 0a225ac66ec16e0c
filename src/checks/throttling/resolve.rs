//! Which function is meant by a call, and which limiter of another file.

use std::collections::{BTreeMap, HashMap};

use super::program::{CallId, FunctionRef, Program, folded};
use crate::facts::Language;
use crate::facts::code::CodeFacts;
use crate::facts::links;

/// Most functions of one name and language that a call is compared with: where there are
/// more, the name says nothing of which is meant.
const MAX_CANDIDATES: usize = 1024;

/// What names mean.
#[derive(Default)]
pub(super) struct Names {
    /// Functions by name and languages that call each other, in the order of files.
    functions: HashMap<String, BTreeMap<Option<Language>, Vec<FunctionRef>>>,
    /// Limiters that other files may use, by name: file and index.
    limiters: HashMap<String, Vec<(usize, usize)>>,
    /// The same by the names of the modules that their files are.
    exported: HashMap<String, Vec<(usize, usize)>>,
    /// The function that each call means, by file.
    meant: Vec<Vec<Option<FunctionRef>>>,
    /// The limiter of another file that each call is made of.
    elsewhere: Vec<Vec<Option<(usize, usize)>>>,
}

impl Program<'_> {
    fn names(&self) -> &Names {
        self.names.get_or_init(|| {
            let mut names = self.collect_names();
            names.meant = (0..self.files.len())
                .map(|file| self.meant_in(file, &names))
                .collect();
            names.elsewhere = (0..self.files.len())
                .map(|file| self.elsewhere_in(file, &names))
                .collect();
            names
        })
    }

    fn collect_names(&self) -> Names {
        let mut names = Names::default();
        for file in 0..self.files.len() {
            let code = self.code(file);
            for (function, own) in (0..).zip(&code.functions).skip(1) {
                names
                    .functions
                    .entry(folded(code, &own.name))
                    .or_default()
                    .entry(self.group(file))
                    .or_default()
                    .push(FunctionRef { file, function });
            }
            for (index, limiter) in code.limiters.iter().enumerate() {
                let name = limiter.name.as_deref().unwrap_or_default();
                let shared = name.contains('.') || self.function_of(file, limiter.block) == 0;
                if shared {
                    let last = name.rsplit('.').next().unwrap_or(name).to_owned();
                    names.limiters.entry(last).or_default().push((file, index));
                    for stem in &self.index(file).stems {
                        let known = names.exported.entry(stem.clone()).or_default();
                        known.push((file, index));
                    }
                }
            }
        }
        names
    }

    /// The functions of a name.
    pub(super) fn named(&self, name: &str) -> impl Iterator<Item = &FunctionRef> {
        let found = self.names().functions.get(name);
        found.into_iter().flat_map(BTreeMap::values).flatten()
    }

    /// The function that a call means, when there is one that it plainly means.
    pub fn resolve(&self, id: CallId) -> Option<FunctionRef> {
        self.names().meant[id.file][id.call]
    }

    /// The limiter of another file that a call is made of: `limiter` of
    /// `limiter.acquire()`, taken from a module, or a field that only one file fills.
    pub fn limiter_elsewhere(&self, id: CallId) -> Option<(usize, usize)> {
        self.names().elsewhere[id.file][id.call]
    }

    /// The functions that the calls of a file mean. Calls that are written alike in one
    /// class mean the same.
    fn meant_in(&self, file: usize, names: &Names) -> Vec<Option<FunctionRef>> {
        let code = self.code(file);
        let mut known: HashMap<(&str, Option<&str>), Option<FunctionRef>> = HashMap::new();
        let calls = code.calls.iter().map(|call| {
            let holder = self.function_of(file, call.block);
            let class = code.functions[holder as usize].owner.as_deref();
            *known
                .entry((&call.callee, class))
                .or_insert_with(|| self.meaning(file, &call.callee, call.name(), class, names))
        });
        calls.collect()
    }

    fn meaning(
        &self,
        file: usize,
        callee: &str,
        name: &str,
        class: Option<&str>,
        names: &Names,
    ) -> Option<FunctionRef> {
        let code = self.code(file);
        let candidates = names.functions.get(&folded(code, name))?;
        let candidates = candidates.get(&self.group(file))?;
        let candidates = Candidates {
            file,
            all: candidates,
        };
        if !self.budget.spend(candidates.work()) {
            return None;
        }
        let receiver = callee.rsplit_once('.').map(|(receiver, _)| receiver);
        if receiver.is_some_and(is_base) {
            // A method of a class above, which has its own body.
            return candidates.only(|found| self.owner(found) != class);
        }
        match receiver {
            // `self.x()`, `x()`.
            Some("") | None => {
                let here = candidates.here();
                let same_class = here
                    .iter()
                    .find(|found| class.is_some() && self.owner(found) == class);
                if let Some(found) = same_class {
                    return Some(*found);
                }
                // A method of a class above, in whatever file that stands.
                let implied = matches!(
                    code.language,
                    Some(
                        Language::CSharp
                            | Language::Java
                            | Language::Kotlin
                            | Language::Dart
                            | Language::Ruby
                    )
                );
                if let Some(class) = class.filter(|_| receiver.is_some() || implied) {
                    let above = candidates.only_of_language(|found| {
                        let owner = self.owner(found);
                        owner.is_some_and(|owner| self.is_above(file, class, owner))
                    });
                    if above.is_some() {
                        return above;
                    }
                }
                let plain = here.iter().find(|found| {
                    receiver.is_some() || self.owner(found).is_none() || here.len() == 1
                });
                if let Some(found) = plain {
                    return Some(*found);
                }
                if receiver.is_some() {
                    // A method of a base class, in another file.
                    return candidates.only_of_language(|_| true);
                }
                // Languages in which a method of the class above is called by its name.
                let inherits = matches!(
                    code.language,
                    Some(Language::CSharp | Language::Java | Language::Kotlin | Language::Dart)
                );
                if inherits && class.is_some() && !links::is_everyday(name) {
                    return candidates.only_of_language(|found| self.owner(found).is_some());
                }
                self.imported(&candidates, code, name)
            }
            // Every class may have one: only what the name speaks of is meant.
            Some(receiver) if matches!(name, "__enter__" | "__aenter__") => {
                candidates.only(|found| {
                    self.owner(found)
                        .is_some_and(|owner| names_it(receiver, owner))
                })
            }
            Some(receiver) => {
                // What the file made itself is of that class.
                let last = receiver.rsplit('.').next().unwrap_or(receiver);
                if let Some(class) = self.index(file).class_of(last) {
                    let own = candidates.only_of_language(|found| {
                        self.owner(found).is_some_and(|owner| {
                            owner == class || self.is_above(file, class, owner)
                        })
                    });
                    if own.is_some() {
                        return own;
                    }
                }
                // The receiver of a method that many things have says nothing.
                if links::is_everyday(name) {
                    let meant = |found: &&FunctionRef| {
                        self.owner(found)
                            .is_some_and(|owner| names_it(receiver, owner))
                    };
                    let here = candidates.here().iter().find(meant).copied();
                    // Of a class that this file takes by its name.
                    let index = self.index(file);
                    let taken = |found: &FunctionRef| {
                        meant(&found)
                            && self
                                .owner(found)
                                .is_some_and(|owner| index.import_of(owner).is_some())
                    };
                    return here.or_else(|| candidates.only_of_language(taken));
                }
                candidates.only(|_| true)
            }
        }
    }

    /// A function of another file that a file takes by name, or that its language knows
    /// without that.
    fn imported(
        &self,
        candidates: &Candidates<'_>,
        code: &CodeFacts,
        name: &str,
    ) -> Option<FunctionRef> {
        let index = self.index(candidates.file);
        if let Some(import) = index.import_of(name) {
            let stem = links::module_stem(&code.imports[import].module);
            return candidates
                .only_of_language(|found| self.index(found.file).stems.contains(&stem))
                .or_else(|| candidates.only_of_language(|_| true));
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
                    | Language::R
            )
        );
        // Of several, the one of a file that this one names.
        let named = |found: &FunctionRef| index.imports_file(&self.index(found.file).stems);
        (global
            .then(|| candidates.only_of_language(|_| true))
            .flatten())
        .or_else(|| global.then(|| candidates.only_of_language(named)).flatten())
    }

    /// The class of a function.
    fn owner(&self, function: &FunctionRef) -> Option<&str> {
        let functions = &self.code(function.file).functions;
        functions[function.function as usize].owner.as_deref()
    }

    fn elsewhere_in(&self, file: usize, names: &Names) -> Vec<Option<(usize, usize)>> {
        let mut known: HashMap<&str, Option<(usize, usize)>> = HashMap::new();
        let calls = self.code(file).calls.iter().map(|call| {
            *known
                .entry(&call.callee)
                .or_insert_with(|| self.foreign_limiter(file, &call.callee, names))
        });
        calls.collect()
    }

    fn foreign_limiter(&self, file: usize, callee: &str, names: &Names) -> Option<(usize, usize)> {
        let code = self.code(file);
        let path = callee.rsplit_once('.').map_or(callee, |(first, _)| first);
        let name = path.rsplit('.').next().unwrap_or(path);
        let Some(candidates) = names.limiters.get(name).filter(|_| name.len() > 2) else {
            return self.exported_limiter(file, path, names);
        };
        let candidates = &candidates[..candidates.len().min(MAX_CANDIDATES)];
        self.budget.spend(candidates.len() as u64);
        if candidates.iter().any(|(other, _)| *other == file) {
            return None;
        }
        let mut found = candidates
            .iter()
            .filter(|(other, _)| self.group(*other) == self.group(file));
        let first = path.split('.').next().unwrap_or(path);
        let import = Some(first)
            .filter(|first| !first.is_empty())
            .and_then(|first| self.index(file).import_of(first));
        if let Some(import) = import {
            let stem = links::module_stem(&code.imports[import].module);
            return found
                .find(|(other, _)| self.index(*other).stems.contains(&stem))
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
}

impl Program<'_> {
    /// The only limiter of a file that is taken as a whole, whatever it is called there:
    /// `const limiter = require('./limits')`.
    fn exported_limiter(&self, file: usize, path: &str, names: &Names) -> Option<(usize, usize)> {
        let import = self.index(file).import_of(path)?;
        let import = &self.code(file).imports[import];
        if !matches!(import.name.as_str(), "" | "default") || !import.module.starts_with('.') {
            return None;
        }
        let stem = links::module_stem(&import.module);
        let shared = names.exported.get(&stem)?;
        let mut here = shared
            .iter()
            .filter(|(other, _)| *other != file && self.group(*other) == self.group(file));
        let only = here.next().filter(|_| here.next().is_none())?;
        Some(*only)
    }
}

/// The functions of the name that a call of a file has, in its language.
struct Candidates<'c> {
    file: usize,
    all: &'c [FunctionRef],
}

impl<'c> Candidates<'c> {
    /// Those of the call's own file.
    fn here(&self) -> &'c [FunctionRef] {
        let first = self.all.partition_point(|found| found.file < self.file);
        let last = self.all.partition_point(|found| found.file <= self.file);
        &self.all[first..last.min(first + MAX_CANDIDATES)]
    }

    fn work(&self) -> u64 {
        1 + self.all.len().min(MAX_CANDIDATES) as u64
    }

    /// The only one of the call's file for which something is true, or else the only one
    /// of its language.
    fn only(&self, is: impl Fn(&FunctionRef) -> bool) -> Option<FunctionRef> {
        only(self.here().iter().filter(|found| is(found))).or_else(|| self.only_of_language(is))
    }

    fn only_of_language(&self, is: impl Fn(&FunctionRef) -> bool) -> Option<FunctionRef> {
        only(
            self.all
                .iter()
                .take(MAX_CANDIDATES)
                .filter(|found| is(found)),
        )
    }
}

fn only<'f>(mut found: impl Iterator<Item = &'f FunctionRef>) -> Option<FunctionRef> {
    let first = *found.next()?;
    found.next().is_none().then_some(first)
}

/// Words for the class above: `super().f()`, `base.F()`, `parent::f()`.
pub(super) fn is_base(receiver: &str) -> bool {
    matches!(
        receiver.trim_end_matches("()"),
        "super" | "base" | "parent" | "__super__"
    ) || receiver.starts_with("super(")
}

/// Whether a receiver's name speaks of a class: `client` of `DefenderClient`.
fn names_it(receiver: &str, owner: &str) -> bool {
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
