//! The generic check: patterns over prose, with exceptions. A new rule about words
//! is one entry of YAML.

use std::collections::BTreeSet;

use crate::parse::kind::is_document;
use serde::Deserialize;

use super::passage::{self, Context};
use super::{BuildError, Check, FileContext, Trigger, configure};
use crate::facts::{FileFacts, FileKind, Prose, ProseContext};
use crate::finding::{Finding, Severity};
use crate::pack::{Pack, Pattern};

/// `with` of a rule that uses this check.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Config {
    /// Files that are looked at; all when left out.
    #[serde(default)]
    files: Vec<Files>,
    /// Contexts in which the patterns count.
    #[serde(default = "Context::documents")]
    contexts: Vec<Context>,
    /// The patterns, each held against one sentence.
    patterns: Vec<Entry>,
    /// Patterns of which one in the same sentence makes it quiet.
    #[serde(default)]
    except: Vec<Pattern>,
    /// A link whose words or address it matches, in the same sentence, makes it quiet, and
    /// so does one on the words themselves.
    #[serde(default)]
    proof: Option<Pattern>,
    /// Literals, in any case, of which one stands in every file that can match.
    literals: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    /// A regular expression; what its group `words` covers, or else all of it, is
    /// underlined.
    pattern: Pattern,
    /// Only in the title, in the first paragraph below it, and in a description.
    #[serde(default)]
    lead: bool,
    /// Caps the severity.
    #[serde(default)]
    severity: Option<Severity>,
}

/// Files that a rule may be confined to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Files {
    /// READMEs of every folder.
    Readme,
    /// The first page of a site or folder: `index.md`, `home.md`.
    Landing,
    /// Manifests.
    Manifest,
    /// Documents of every kind.
    Document,
    /// Source code.
    Code,
}

impl Files {
    fn covers(self, kind: FileKind, name: &str) -> bool {
        let document = is_document(kind);
        let stem = name.split('.').next().unwrap_or(name).to_lowercase();
        match self {
            Self::Readme => document && stem == "readme",
            Self::Landing => document && matches!(stem.as_str(), "index" | "home" | "_index"),
            Self::Manifest => matches!(kind, FileKind::Manifest(_)),
            Self::Document => document,
            Self::Code => matches!(kind, FileKind::Code(_)),
        }
    }
}

struct PatternCheck {
    config: Config,
}

/// Builds the check.
pub fn build(with: &serde_yaml::Value, _pack: &Pack) -> Result<Box<dyn Check>, BuildError> {
    let config: Config = configure(with)?;
    let empty = if config.patterns.is_empty() {
        "with.patterns"
    } else if config.literals.is_empty() {
        "with.literals"
    } else {
        return Ok(Box::new(PatternCheck { config }));
    };
    Err(BuildError {
        key: empty.to_owned(),
        message: "at least one is needed".to_owned(),
    })
}

impl Check for PatternCheck {
    fn triggers(&self) -> Vec<Trigger> {
        Trigger::everywhere(&self.config.literals)
    }

    fn placeholders(&self) -> &'static [&'static str] {
        &["match"]
    }

    fn judge_examples(&self, bad: &str, good: &str) -> Vec<String> {
        let mut out = Vec::new();
        if !self.fits(bad) {
            out.push("no pattern matches the example under `bad`".to_owned());
        } else if !self.wakes(bad) {
            out.push(format!(
                "none of its literals ({}) stands in the example under `bad`, which its patterns \
                 match: it would not fire there",
                self.config.literals.join(", ")
            ));
        }
        if self.fits(good) && self.wakes(good) {
            out.push("a pattern matches the example under `good`".to_owned());
        }
        out
    }

    fn check_file(&self, context: &FileContext<'_>, out: &mut Vec<Finding>) {
        let (facts, source) = (context.facts, context.source);
        let config = &self.config;
        if !config.files.is_empty()
            && !config
                .files
                .iter()
                .any(|files| files.covers(facts.kind, source.file_name()))
        {
            return;
        }
        let lead: BTreeSet<usize> = lead(facts).into_iter().collect();
        let mut told = BTreeSet::new();
        for (index, prose) in facts.prose.iter().enumerate() {
            if !config.contexts.contains(&Context::from(&prose.context)) {
                continue;
            }
            for entry in &config.patterns {
                if entry.lead && !lead.contains(&index) {
                    continue;
                }
                for captures in entry.pattern.captures_iter(&prose.text) {
                    let Some(found) = captures.name("words").or_else(|| captures.get(0)) else {
                        continue;
                    };
                    let range = found.range();
                    if range.is_empty()
                        || !passage::is_own(prose, &range)
                        || self.is_excepted(prose, &range)
                        || self.is_proved(facts, prose, &range)
                    {
                        continue;
                    }
                    let message = context.rule.message(&[("match", found.as_str())]);
                    let span = prose.span(source.id, range);
                    let mut finding = Finding::new(context.rule, Some(span), message)
                        .subject(spoken(found.as_str()));
                    if let Some(severity) = entry.severity {
                        finding = finding.at_most(severity);
                    }
                    if told.insert(finding.primary) {
                        out.push(finding);
                    }
                }
            }
        }
    }
}

impl PatternCheck {
    /// Whether a pattern matches in a block of a text, as in its prose: marks at its start
    /// aside, line breaks as spaces.
    fn fits(&self, text: &str) -> bool {
        let lines = text.split("\n\n").chain(text.lines());
        let mut blocks = lines.map(|block| {
            let block = block.trim_start_matches(['#', '-', '*', '>', ' ', '\n']);
            block.split_whitespace().collect::<Vec<_>>().join(" ")
        });
        blocks.any(|block| {
            let excepted = |at: usize| {
                let sentence = passage::sentence(&block, &(at..at));
                let sentence = block.get(sentence).unwrap_or(&block);
                let mut except = self.config.except.iter();
                except.any(|except| except.is_match(sentence))
            };
            self.config.patterns.iter().any(|entry| {
                entry
                    .pattern
                    .captures_iter(&block)
                    .filter_map(|captures| captures.name("words").or_else(|| captures.get(0)))
                    .any(|found| !excepted(found.start()))
            })
        })
    }

    /// Whether a literal stands in a text, without which nothing is looked for.
    fn wakes(&self, text: &str) -> bool {
        let text = text.to_lowercase();
        let mut literals = self.config.literals.iter();
        literals.any(|literal| text.contains(&literal.to_lowercase()))
    }

    /// Whether a link gives what the words rest on.
    fn is_proved(&self, facts: &FileFacts, prose: &Prose, range: &std::ops::Range<usize>) -> bool {
        let Some(proof) = &self.config.proof else {
            return false;
        };
        let sentence = passage::sentence(&prose.text, range);
        prose.links.iter().any(|(words, link)| {
            let Some(link) = facts.links.get(*link).filter(|link| !link.image) else {
                return false;
            };
            let on = words.start < range.end && range.start < words.end;
            let beside = sentence.start <= words.start && words.end <= sentence.end;
            let text = prose.text.get(words.clone()).unwrap_or("");
            link.url.contains("://")
                && (on || beside && (proof.is_match(text) || proof.is_match(&link.url)))
        })
    }

    fn is_excepted(&self, prose: &Prose, range: &std::ops::Range<usize>) -> bool {
        let sentence = passage::sentence(&prose.text, range);
        let sentence = prose.text.get(sentence).unwrap_or(&prose.text);
        self.config
            .except
            .iter()
            .any(|except| except.is_match(sentence))
    }
}

/// Words without what does not change their sense, so that a claim that is repeated
/// is told once.
fn spoken(words: &str) -> String {
    let words: Vec<String> = words.split_whitespace().map(str::to_lowercase).collect();
    words.join(" ")
}

/// Indices of the prose in which a project says what it is: its title, the first
/// paragraph that holds words, descriptions.
fn lead(facts: &FileFacts) -> Vec<usize> {
    let mut lead = Vec::new();
    let mut below_title = false;
    for (index, prose) in facts.prose.iter().enumerate() {
        match prose.context {
            ProseContext::FrontMatter(_)
            | ProseContext::ManifestField(_)
            | ProseContext::Heading(1) => lead.push(index),
            ProseContext::Heading(_) => below_title = true,
            ProseContext::Paragraph if !below_title && !prose.is_blank() => {
                lead.push(index);
                below_title = true;
            }
            _ => {}
        }
    }
    lead
}
