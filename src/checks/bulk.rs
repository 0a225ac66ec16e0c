//! Material that is downloaded in advance, piece after piece of a grid, by a program that
//! keeps it.
//!
//! Three things must be told: code that runs over the rows and columns of a grid, or
//! requests piece after piece in a loop; words of the same file that keep or download what
//! it names; and an address of the material in the project's own code, in that file or
//! another one. A file that draws what it asks
//! for shows it to somebody, and is left alone.

mod each;

use aho_corasick::AhoCorasick;
use serde::Deserialize;

use super::{BuildError, Check, FileContext, RepositoryContext, Trigger, configure};
use crate::facts::{FileKind, Zone};
use crate::finding::Finding;
use crate::pack::{Pack, Pattern};
use crate::parse::kind::{kind, zone};
use crate::source::{Source, Span, floor_boundary};

/// Bytes of a grid's loops that are looked at for the names of its pieces.
const LONGEST_GRID: usize = 1500;
/// Longest line that is taken for the head of a loop.
const LONGEST_LINE: usize = 200;
/// Lines from the head of the outer loop to that of the inner one.
const MAX_APART: usize = 8;

/// `with` of a rule that uses this check.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Config {
    /// Literals, in any case, of which one stands in every file that runs over a grid.
    literals: Vec<String>,
    /// Parts of the material's hosts, as literals of code.
    hosts: Vec<String>,
    /// Addresses of the material.
    addresses: Vec<Pattern>,
    /// Words between the loops of a grid that name its pieces.
    pieces: Vec<Pattern>,
    /// Lines that begin a loop.
    loops: Pattern,
    /// Of these the ones over a grid's columns and rows.
    columns: Pattern,
    rows: Pattern,
    /// The address of a piece as a request names it, `{}` for what is not known.
    requested: Pattern,
    /// Words of a file that keeps or downloads pieces.
    keeps: Vec<Pattern>,
    /// Words of a file that draws what it asks for.
    draws: Vec<Pattern>,
    /// Calls of libraries that download a whole region.
    #[serde(default)]
    regions: Vec<Pattern>,
}

struct Bulk {
    config: Config,
    hosts: AhoCorasick,
}

/// Builds the check.
pub fn build(with: &serde_yaml::Value, _pack: &Pack) -> Result<Box<dyn Check>, BuildError> {
    let config: Config = configure(with)?;
    let hosts = AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .build(&config.hosts)
        .map_err(|error| BuildError {
            key: "with.hosts".to_owned(),
            message: error.to_string(),
        })?;
    Ok(Box::new(Bulk { config, hosts }))
}

impl Check for Bulk {
    fn triggers(&self) -> Vec<Trigger> {
        let mut triggers = Trigger::everywhere(&self.config.literals);
        triggers.extend(Trigger::everywhere(&self.config.hosts));
        triggers
    }

    fn placeholders(&self) -> &'static [&'static str] {
        &[]
    }

    fn remembers(&self, source: &Source) -> bool {
        is_code(kind(&source.path))
            && !matches!(
                zone(&source.path),
                Zone::Test | Zone::Archive | Zone::History
            )
            && self.hosts.is_match(&source.text)
            && any(&self.config.addresses, &source.text)
    }

    fn check_file(&self, context: &FileContext<'_>, out: &mut Vec<Finding>) {
        let (source, facts) = (context.source, context.facts);
        let text = source.text.as_str();
        let code = is_code(facts.kind);
        if code && let Some(span) = self.region(source) {
            let message = context.rule.message(&[]);
            out.push(Finding::new(context.rule, Some(span), message));
            return;
        }
        if !code || !any(&self.config.keeps, text) || any(&self.config.draws, text) {
            return;
        }
        let each = || {
            let head = each::requested(&facts.code, &self.config.requested)?;
            let words = source.slice(head).trim_end().len() as u32;
            Some(Span {
                end: head.start + words,
                ..head
            })
        };
        if let Some(span) = self.grid(source).or_else(each) {
            let message = context.rule.message(&[]);
            out.push(Finding::new(context.rule, Some(span), message));
        }
    }

    fn check_repository(&self, context: &RepositoryContext<'_>, out: &mut Vec<Finding>) {
        let rule = context.rule;
        if !context.facts.files.iter().any(|file| file.remembers(rule)) {
            out.retain(|finding| !finding.rule.is(rule));
        }
    }
}

impl Bulk {
    /// The first call of a library that downloads a region.
    fn region(&self, source: &Source) -> Option<Span> {
        let patterns = self.config.regions.iter();
        patterns
            .flat_map(|region| region.find_iter(&source.text))
            .filter(|found| {
                let before = &source.text[..found.start()];
                let line = before.rsplit('\n').next().unwrap_or_default().trim_start();
                !["//", "#", "*", "import "]
                    .iter()
                    .any(|mark| line.starts_with(mark))
            })
            .map(|found| source.span(found.range()))
            .min_by_key(|span| span.start)
    }

    /// The head of the loop over the columns of a grid that has the one over its rows
    /// inside, or the other way round.
    fn grid(&self, source: &Source) -> Option<Span> {
        let config = &self.config;
        let text = source.text.as_str();
        let heads: Vec<Line<'_>> = lines(text)
            .filter(|line| config.loops.is_match(line.words))
            .collect();
        heads.iter().enumerate().find_map(|(at, outer)| {
            let inner = heads[at + 1..]
                .iter()
                .take_while(|inner| inner.number - outer.number <= MAX_APART)
                .find(|inner| {
                    let (a, b) = (outer.words, inner.words);
                    inner.indent > outer.indent
                        && (config.columns.is_match(a) && config.rows.is_match(b)
                            || config.rows.is_match(a) && config.columns.is_match(b))
                })?;
            let end = floor_boundary(text, text.len().min(inner.start + LONGEST_GRID));
            let body = text.get(outer.start..end)?;
            let words = outer.start + outer.indent;
            any(&config.pieces, body)
                .then(|| source.span(words..words + outer.words.trim_end().len()))
        })
    }
}

/// Code, and what holds code that is read as text: Swift
/// (tiles-in-bulk/bad/PierDownloads.swift).
fn is_code(kind: FileKind) -> bool {
    matches!(kind, FileKind::Code(_) | FileKind::View)
}

/// A line of code that is no comment.
struct Line<'s> {
    number: usize,
    start: usize,
    indent: usize,
    words: &'s str,
}

fn lines(text: &str) -> impl Iterator<Item = Line<'_>> {
    let mut start = 0;
    text.split('\n')
        .enumerate()
        .filter_map(move |(number, line)| {
            let own = start;
            start += line.len() + 1;
            let words = line.trim_start();
            let comment = ["//", "#", "*", "/*", "--"]
                .iter()
                .any(|mark| words.starts_with(mark));
            (!comment && words.len() <= LONGEST_LINE).then(|| Line {
                number,
                start: own,
                indent: line.len() - words.len(),
                words,
            })
        })
}

fn any(patterns: &[Pattern], text: &str) -> bool {
    patterns.iter().any(|pattern| pattern.is_match(text))
}
