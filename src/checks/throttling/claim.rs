//! Sentences, table rows and metadata fields that tell a rate, each with its spans.

mod fields;

use std::cell::OnceCell;
use std::ops::Range;
use std::rc::Rc;

use super::place::Scope;
use super::quoted::{is_quoted, quotations};
use crate::facts::{Cell, FileFacts, FileKind, Prose, ProseContext, Table};
use crate::parse::rates::{CellRate, Reader, Statement};
use crate::source::{Source, Span, floor_boundary};

/// One sentence or row that tells at least one rate.
#[derive(Clone, Debug)]
pub(super) struct Claim<'a> {
    /// The sentence; for a row its cells, joined.
    pub(super) text: String,
    /// The same as written.
    pub(super) raw: String,
    /// Earlier sentences of the same paragraph, the nearest first.
    pub(super) earlier: Vec<String>,
    /// Header cells of a table, shared by its rows.
    pub(super) header: Rc<[Scope<'a>]>,
    /// The words before the rates that say what they are of, where the form tells.
    pub(super) label: Option<String>,
    /// A word of limiting stands in it.
    pub(super) limiting: bool,
    /// The sentence after it, in the same paragraph; empty for a row.
    pub(super) next: String,
    /// It ends with a question mark.
    pub(super) question: bool,
    /// From a comment or string of code.
    pub(super) code: bool,
    /// The rates.
    pub(super) rates: Vec<ClaimRate>,
    /// Index of its prose; `None` for a table or a pair of fields.
    pub(super) prose: Option<usize>,
    /// Key path of the number, for a pair of fields.
    pub(super) field: Option<String>,
    /// First byte of the prose or table in the source.
    pub(super) start: u32,
}

/// One rate of a claim.
#[derive(Clone, Debug)]
pub(super) struct ClaimRate {
    pub(super) calls: f64,
    pub(super) from: Option<f64>,
    pub(super) seconds: f64,
    /// It stands in quotation marks with words that say something of it: somebody else
    /// says so.
    pub(super) quoted: bool,
    /// Within [`Claim::text`].
    pub(super) range: Range<usize>,
    /// In the source.
    pub(super) span: Span,
    /// The number in the source, when it is one literal.
    pub(super) number: Option<Span>,
}

/// How far back earlier sentences of a paragraph are looked for, in bytes: two of them
/// are short, and a paragraph may be as long as the file.
const MAX_EARLIER: usize = 4096;

/// How far ahead the next sentence is looked for: a longer one takes nothing back.
const MAX_NEXT: usize = 256;

/// All claims of a file, sentences first.
/// `callout` tells a note from a quotation by its first words.
pub(super) fn claims<'a>(
    reader: &Reader,
    source: &Source,
    facts: &'a FileFacts,
    callout: &dyn Fn(&str) -> bool,
) -> Vec<Claim<'a>> {
    let mut out = Vec::new();
    let code = matches!(facts.kind, FileKind::Code(_));
    for (index, prose) in facts.prose.iter().enumerate() {
        let foreign = prose.quoted && !callout(prose.text.trim_start());
        if prose.alternate || prose.borrowed || foreign || !tells(prose) {
            continue;
        }
        if !source.budget.read(WORK * prose.text.len()) {
            break;
        }
        let told = reader.read_in_order(&prose.text);
        if told.statements.is_empty() {
            continue;
        }
        let quoted = quotations(&prose.text);
        for (at, statement) in told.statements {
            if !prose.is_struck(statement.range.start) {
                let around = around(&prose.text, &told.sentences, at);
                let claim = sentence(source, prose, index, statement, around, &quoted);
                out.push(Claim { code, ..claim });
            }
        }
    }
    if !facts.tables.is_empty() {
        let cells = cells(source, facts);
        for table in &facts.tables {
            let cells_of_table = table.header.iter().chain(table.rows.iter().flatten());
            let bytes: usize = cells_of_table.map(|cell| cell.text.len()).sum();
            if !source.budget.read(WORK * bytes) {
                break;
            }
            rows(reader, source, facts, &cells, table, &mut out);
        }
    }
    if matches!(facts.kind, FileKind::Data(_)) {
        fields::read(reader, source, facts, &mut out);
    }
    out
}

/// What a byte of a sentence on rates costs beside one that is only read.
const WORK: usize = 16;

fn tells(prose: &Prose) -> bool {
    !matches!(
        prose.context,
        ProseContext::TableCell | ProseContext::Heading(_) | ProseContext::ImageAlt
    )
}

/// Sentences around one of a paragraph.
struct Around {
    /// Those before it, the nearest first.
    earlier: Vec<String>,
    /// The one after it.
    next: String,
}

/// What stands around the sentence at an index, as far as it is near.
fn around(text: &str, sentences: &[Range<usize>], at: usize) -> Around {
    let own = &sentences[at];
    let from = floor_boundary(text, own.start.saturating_sub(MAX_EARLIER));
    let before = sentences[..at].iter().rev().take(2);
    let earlier = before
        .filter(|range| range.end > from)
        .filter_map(|range| Some(text.get(range.start.max(from)..range.end)?.to_owned()))
        .collect();
    let ahead = floor_boundary(text, (own.end + MAX_NEXT).min(text.len()));
    let after = sentences[at + 1..].iter();
    let next = after
        .take_while(|range| range.start < ahead)
        .filter_map(|range| text.get(range.start..range.end.min(ahead)))
        .map(|next| next.trim_start_matches(|c: char| !c.is_alphanumeric()))
        .find(|next| !next.is_empty());
    Around {
        earlier,
        next: next.unwrap_or_default().to_owned(),
    }
}

fn sentence<'a>(
    source: &Source,
    prose: &Prose,
    index: usize,
    statement: Statement,
    around: Around,
    quotations: &[Range<usize>],
) -> Claim<'a> {
    let base = statement.range.start;
    let text = prose
        .text
        .get(statement.range.clone())
        .unwrap_or("")
        .to_owned();
    let span = prose.span(source.id, statement.range.clone());
    Claim {
        next: around.next,
        raw: source.slice(span).to_owned(),
        text,
        earlier: around.earlier,
        header: Rc::default(),
        label: None,
        limiting: statement.limiting,
        question: asks(&prose.text, statement.range.end),
        code: false,
        rates: statement
            .rates
            .into_iter()
            .map(|rate| ClaimRate {
                calls: rate.calls,
                from: rate.from,
                seconds: rate.seconds,
                quoted: is_quoted(&prose.text, quotations, &rate.range),
                range: rate.range.start - base..rate.range.end - base,
                span: prose.span(source.id, rate.range),
                number: literal(source, prose, rate.number),
            })
            .collect(),
        prose: Some(index),
        field: None,
        start: span.start,
    }
}

/// Whether a sentence that ends at `end` is a question.
pub(super) fn asks(text: &str, end: usize) -> bool {
    let rest = text.get(end..).unwrap_or("").trim_start();
    rest.starts_with(['?', '？'])
}

/// The source span of words that stand there byte for byte.
fn literal(source: &Source, prose: &Prose, range: Range<usize>) -> Option<Span> {
    let span = prose.span(source.id, range.clone());
    (source.slice(span) == prose.text.get(range)?).then_some(span)
}

/// The prose of cells: where each starts and its index, in the order of both.
fn cells(source: &Source, facts: &FileFacts) -> Vec<(u32, usize)> {
    let prose = facts.prose.iter().enumerate();
    let mut cells: Vec<(u32, usize)> = prose
        .filter(|(_, prose)| prose.context == ProseContext::TableCell && !prose.alternate)
        .map(|(index, prose)| (prose.whole(source.id).start, index))
        .collect();
    cells.sort_unstable();
    cells
}

fn rows<'a>(
    reader: &Reader,
    source: &Source,
    facts: &FileFacts,
    cells_of_file: &[(u32, usize)],
    table: &'a Table,
    out: &mut Vec<Claim<'a>>,
) {
    let header = table.header.iter();
    let header: Rc<[Scope<'a>]> = header.map(|cell| Scope::new(&cell.text, "")).collect();
    let limited = OnceCell::new();
    for row in reader.read_table(table) {
        let cells: &[Cell] = match row.row {
            Some(at) => table.rows.get(at).map_or(&[], Vec::as_slice),
            None => &[],
        };
        if row.rates.iter().any(|rate| !rate.counted)
            && !*limited.get_or_init(|| header.iter().any(|cell| cell.limits(reader)))
        {
            continue;
        }
        let mut text = String::new();
        let mut starts = Vec::new();
        for cell in cells {
            starts.push(text.len());
            text.push_str(&cell.text);
            text.push_str(" \u{fffc} ");
        }
        let raw = cells
            .iter()
            .map(|cell| source.slice(cell.span))
            .collect::<Vec<_>>()
            .join(" ");
        let rates: Vec<ClaimRate> = row
            .rates
            .iter()
            .filter_map(|rate| {
                let cell = table.rows.get(rate.row)?.get(rate.column)?;
                let base = starts.get(rate.column).copied().unwrap_or(0);
                Some(cell_rate(source, facts, cells_of_file, cell, rate, base))
            })
            .collect();
        // A row of somebody else's titles and descriptions.
        let borrowed = cells.iter().any(|cell| {
            let first = cells_of_file.partition_point(|(start, _)| *start < cell.span.start);
            let prose = cells_of_file
                .get(first)
                .map(|(_, index)| &facts.prose[*index]);
            prose.is_some_and(|prose| prose.borrowed && cell.span.contains(prose.whole(source.id)))
        });
        if rates.is_empty() || borrowed {
            continue;
        }
        out.push(Claim {
            next: String::new(),
            limiting: reader.limiting(&text),
            text,
            raw,
            earlier: Vec::new(),
            header: Rc::clone(&header),
            label: row
                .label
                .and_then(|at| cells.get(at))
                .map(|cell| cell.text.clone()),
            question: false,
            code: false,
            rates,
            prose: None,
            field: None,
            start: table.span.start,
        });
    }
}

/// A rate of a cell, with its bytes found through the cell's prose.
fn cell_rate(
    source: &Source,
    facts: &FileFacts,
    cells: &[(u32, usize)],
    cell: &Cell,
    rate: &CellRate,
    base: usize,
) -> ClaimRate {
    let first = cells.partition_point(|(start, _)| *start < cell.span.start);
    let last = cells.partition_point(|(start, _)| *start <= cell.span.end);
    let within = cells.get(first..last).unwrap_or_default().iter();
    let prose = within
        .filter(|(_, index)| {
            let prose = &facts.prose[*index];
            prose.whole(source.id).end <= cell.span.end && prose.text.contains(cell.text.trim())
        })
        .min_by_key(|(_, index)| *index)
        .map(|(_, index)| &facts.prose[*index]);
    let mut span = cell.span;
    let mut number = None;
    if let Some(prose) = prose
        && let Some(shift) = prose.text.find(cell.text.trim())
    {
        let lead = cell.text.len() - cell.text.trim_start().len();
        let place = |range: &Range<usize>| {
            let start = (range.start + shift).saturating_sub(lead);
            let end = (range.end + shift).saturating_sub(lead);
            start..end
        };
        span = prose.span(source.id, place(&rate.range));
        number = literal(source, prose, place(&rate.number));
    }
    ClaimRate {
        calls: rate.calls,
        from: rate.from,
        seconds: rate.seconds,
        quoted: false,
        range: base + rate.range.start..base + rate.range.end,
        span,
        number,
    }
}
