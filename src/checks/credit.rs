//! Material that is shown to others, and the credit that its owner asks for nowhere.
//!
//! A use is an address in the project's own code or in the scripts of its pages. It is
//! credited when the credit stands anywhere in the repository, or when the file that
//! uses it hands over some credit; where files that are not read may hold it, nothing
//! is said.

use aho_corasick::AhoCorasick;
use serde::Deserialize;

use super::{BuildError, Check, FileContext, RepositoryContext, Trigger, TriggerScope, configure};
use crate::facts::code::{Part, Shown};
use crate::facts::{FileFacts, FileKind, RepositoryFacts};
use crate::finding::{Finding, Permission};
use crate::pack::schema::fill;
use crate::pack::{Pack, Pattern};
use crate::parse::code::library;
use crate::source::{Source, Span};

/// `with` of a rule that uses this check.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Config {
    /// Literals, in any case, of which one stands in every file that uses the material
    /// or credits it.
    literals: Vec<String>,
    /// Parts of its hosts, as literals of code whose calls are read: what is only
    /// downloaded is shown nowhere.
    hosts: Vec<String>,
    /// Words of a file that puts the material on a screen or draws on it.
    shows: Vec<Pattern>,
    /// Words of a file that does something else with it: downloads it, names it among
    /// the arguments of a program.
    elsewhere: Vec<Pattern>,
    /// What stands before an address, on its line, that is only told to somebody.
    told: Vec<Pattern>,
    /// Addresses of the material, quotes included.
    uses: Vec<Pattern>,
    /// The credit, wherever it stands and however it is worded.
    credits: Vec<Pattern>,
    /// Words in the file of a use that hand over a credit, whatever it is.
    #[serde(default)]
    beside: Vec<Pattern>,
    /// Words that show the material without its address: a library's own default.
    #[serde(default)]
    implied: Vec<Pattern>,
    /// The same of libraries that show the credit by themselves, unless it is switched off.
    #[serde(default)]
    credited: Vec<Pattern>,
    /// Words of a file that switch the credit off, and those that show it again: what is
    /// handed over as a credit there is seen by nobody.
    #[serde(default)]
    switched_off: Vec<Pattern>,
    #[serde(default)]
    shown_again: Vec<Pattern>,
    /// Words of an answer of a service that somebody saved: its credit is shown nowhere.
    #[serde(default)]
    saved: Option<Pattern>,
    /// What stands on a line before a credit that is handed to a map.
    handed: Pattern,
    /// What is said of a layer that a library shows where nobody names another, its
    /// `address` and `library` put in.
    by_default: String,
    /// What is said to be missing, and what is said where the credit is switched off.
    lack: String,
    lack_shown: String,
    /// An entry of a list of providers; a file with more than `most` of them is a list
    /// that others choose from, and uses none.
    #[serde(default)]
    list: Option<List>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    entry: Pattern,
    most: usize,
}

struct Credit {
    config: Config,
    /// Finds the literals, before any pattern is tried.
    literals: AhoCorasick,
}

/// Builds the check.
pub fn build(with: &serde_yaml::Value, _pack: &Pack) -> Result<Box<dyn Check>, BuildError> {
    let config: Config = configure(with)?;
    for (key, empty) in [
        ("literals", config.literals.is_empty()),
        ("uses", config.uses.is_empty()),
        ("credits", config.credits.is_empty()),
    ] {
        if empty {
            return Err(BuildError {
                key: format!("with.{key}"),
                message: "at least one is needed".to_owned(),
            });
        }
    }
    let literals = AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .build(&config.literals)
        .map_err(|error| BuildError {
            key: "with.literals".to_owned(),
            message: error.to_string(),
        })?;
    Ok(Box::new(Credit { config, literals }))
}

impl Check for Credit {
    fn triggers(&self) -> Vec<Trigger> {
        let mut triggers = Trigger::everywhere(&self.config.literals);
        triggers.extend(self.config.hosts.iter().map(|host| Trigger {
            literal: host.clone(),
            exact_case: false,
            scope: TriggerScope::Code,
        }));
        triggers.extend(self.libraries().map(|mention| Trigger {
            literal: mention.to_owned(),
            exact_case: true,
            scope: TriggerScope::Code,
        }));
        triggers
    }

    fn placeholders(&self) -> &'static [&'static str] {
        &["use", "lack"]
    }

    fn remembers(&self, source: &Source) -> bool {
        let text = source.text.as_str();
        let saved = self.config.saved.as_ref();
        if !self.literals.is_match(text) || saved.is_some_and(|saved| saved.is_match(text)) {
            return false;
        }
        let off = self.is_off(text);
        let handed = |at: usize| self.config.handed.is_match(before_on_line(source, at));
        self.config.credits.iter().any(|credit| {
            credit
                .find_iter(text)
                .any(|found| !(off && handed(found.end())))
        })
    }

    fn check_file(&self, context: &FileContext<'_>, out: &mut Vec<Finding>) {
        let (source, facts) = (context.source, context.facts);
        if !matches!(
            facts.kind,
            FileKind::Code(_) | FileKind::Html | FileKind::View
        ) {
            return;
        }
        let text = source.text.as_str();
        let config = &self.config;
        let off = self.is_off(text);
        let addresses = facts.addresses.iter();
        let Some((span, shown)) = addresses
            .copied()
            .find_map(|span| self.used(source, facts, span))
            .filter(|_| !self.is_elsewhere(source, facts))
            .or_else(|| implied(source, &config.implied))
            .or_else(|| implied(source, &config.credited).filter(|_| off))
            .map(|span| (span, None))
            .or_else(|| {
                let (span, said) = self.layer(facts, off)?;
                Some((span, Some(said)))
            })
        else {
            return;
        };
        let lists = config
            .list
            .as_ref()
            .is_some_and(|list| list.entry.find_iter(text).count() > list.most);
        if lists || !off && config.beside.iter().any(|beside| beside.is_match(text)) {
            return;
        }
        let lack = if off {
            &config.lack_shown
        } else {
            &config.lack
        };
        let shown = shown.unwrap_or_else(|| source.slice(span).to_owned());
        let message = context.rule.message(&[("use", &shown), ("lack", lack)]);
        let finding = Finding::new(context.rule, Some(span), message);
        out.push(finding.permission(Permission::Licence));
    }

    fn check_repository(&self, context: &RepositoryContext<'_>, out: &mut Vec<Finding>) {
        let facts = context.facts;
        let rule = context.rule;
        // Of a part nobody can say that the credit stands nowhere.
        let unknown = !facts.whole || facts.files.iter().any(|record| record.remembers(rule));
        out.retain(|finding| {
            let own = finding.rule.is(rule);
            let place = finding.primary.filter(|_| own);
            !(own && unknown || place.is_some_and(|place| is_fetched_by_another(facts, place)))
        });
    }
}

/// The first of some words that is no comment.
fn implied(source: &Source, patterns: &[Pattern]) -> Option<Span> {
    let found = patterns.iter().flat_map(|own| own.find_iter(&source.text));
    found
        .filter(|found| {
            let line = before_on_line(source, found.start());
            !is_commented(line) && !line.trim_start().starts_with("import ")
        })
        .map(|found| source.span(found.range()))
        .min_by_key(|span| span.start)
}

impl Credit {
    /// Whether a file switches the credit off and does not show it again.
    fn is_off(&self, text: &str) -> bool {
        let any = |patterns: &[Pattern]| patterns.iter().any(|pattern| pattern.is_match(text));
        any(&self.config.switched_off) && !any(&self.config.shown_again)
    }

    /// The first layer of the material that a library shows, and what is said of it: one
    /// without a credit, or any where the credit is switched off
    /// (testdata/libraries).
    fn layer(&self, facts: &FileFacts, off: bool) -> Option<(Span, String)> {
        let layers = facts.code.layers.iter();
        let own = |layer: &&Shown| {
            let mut hosts = self.config.hosts.iter();
            hosts.any(|host| layer.address.contains(host.as_str())) && (off || !layer.credited)
        };
        let layer = layers.filter(own).min_by_key(|layer| layer.span.start)?;
        let said = if layer.by_default {
            let values = [
                ("address", layer.address.as_str()),
                ("library", layer.library),
            ];
            fill(&self.config.by_default, &values)
        } else {
            layer.address.clone()
        };
        Some((layer.span, said))
    }

    /// Words of the libraries that show the material without its address.
    fn libraries(&self) -> impl Iterator<Item = &'static str> + '_ {
        let own = |address: &str| self.config.hosts.iter().any(|host| address.contains(host));
        library::all()
            .iter()
            .filter(move |library| library.layers.iter().any(|(_, layer)| own(layer.address)))
            .flat_map(|library| library.mentions.iter().copied())
    }

    /// Whether a file shows nothing, and requests or downloads instead. It reads the whole
    /// text: once for a file, not for each address in it.
    fn is_elsewhere(&self, source: &Source, facts: &FileFacts) -> bool {
        let any = |patterns: &[Pattern]| patterns.iter().any(|own| own.is_match(&source.text));
        !any(&self.config.shows)
            && (facts.code.calls.iter().any(|call| call.request) || any(&self.config.elsewhere))
    }

    /// The first use in a literal or a script.
    fn used(&self, source: &Source, facts: &FileFacts, within: Span) -> Option<Span> {
        let start = within.start as usize;
        let text = source.slice(within);
        let config = &self.config;
        let any = |patterns: &[Pattern], text: &str| {
            patterns.iter().any(|pattern| pattern.is_match(text))
        };
        let is_code = matches!(facts.kind, FileKind::Code(_));
        if is_code && is_sentence(text) && !any(&config.shows, text) {
            return None;
        }
        config
            .uses
            .iter()
            .flat_map(|pattern| pattern.captures_iter(text))
            .filter_map(|captures| captures.name("words").or_else(|| captures.get(0)))
            .map(|found| found.range())
            .filter(|range| {
                let line = before_on_line(source, start + range.start);
                !is_commented(line) && !any(&config.told, line)
            })
            .min_by_key(|range| range.start)
            .map(|range| source.span(start + range.start..start + range.end))
    }
}

/// Whether an address that a file keeps under a name is asked for in another file.
fn is_fetched_by_another(facts: &RepositoryFacts, place: Span) -> bool {
    let Some(keeper) = facts.record(place.file) else {
        return false;
    };
    let constants = keeper.code.constants.iter().filter(|(_, text)| {
        text.origin
            .is_some_and(|origin| origin.start <= place.start && place.end <= origin.end)
    });
    let names: Vec<&str> = constants.map(|(name, _)| last_part(name)).collect();
    if names.is_empty() {
        return false;
    }
    let asks = |part: &Part| match part {
        Part::Name(name) => names.contains(&last_part(name)),
        _ => false,
    };
    let others = facts.files.iter().filter(|record| record.id != place.file);
    others
        .flat_map(|record| &record.code.calls)
        .filter(|call| call.request)
        .filter_map(|call| call.url.as_ref())
        .any(|url| url.parts.iter().any(asks))
}

fn last_part(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or(name)
}

/// Whether a literal holds words besides an address: a message, a usage text.
fn is_sentence(literal: &str) -> bool {
    let words = literal.split_whitespace();
    words
        .filter(|word| word.contains(char::is_alphabetic))
        .count()
        > 1
}

/// What stands on the same line before a place.
fn before_on_line(source: &Source, at: usize) -> &str {
    let before = source.text.get(..at).unwrap_or_default();
    before.rsplit('\n').next().unwrap_or_default()
}

/// Whether a line begins as a comment does, in the scripts of a page.
fn is_commented(line: &str) -> bool {
    let line = line.trim_start();
    ["//", "/*", "* "].iter().any(|open| line.starts_with(open))
}
