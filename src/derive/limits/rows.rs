//! Limits in the rows of tables.

mod columns;
mod unread;

use std::collections::BTreeSet;

use super::of::{endpoints, without_endpoints};
use super::{Candidate, Limits};
use crate::derive::text::one_line;
use crate::facts::{Cell, Table};
use crate::finding::Confidence;
use crate::pack::page::PageLimit;
use crate::pack::vocabulary::Window;
use crate::parse::rates::{CellRate, Reader, RowRates};
use crate::source::Span;

/// Points from which on a row of numbers is a limit of calls; see [`Limits::points`].
const ENOUGH: u32 = 2;
/// Bytes beside a rate that make a cell a description, which may tell of other rates.
const DESCRIPTION: usize = 80;

impl Limits<'_> {
    /// Every row of a table.
    pub(super) fn table(&mut self, table: &Table) {
        let read = Reader::shared().read_table(table);
        for row in &read {
            let cells = cells(table, row);
            let quote = if row.row.is_some() {
                joined(cells, " | ")
            } else {
                let rows = table.rows.iter().map(|cells| joined(cells, " | "));
                rows.collect::<Vec<_>>().join(" / ")
            };
            match self.row(table, row, cells, &quote) {
                Ok(candidates) => {
                    for candidate in candidates {
                        self.add(candidate);
                    }
                }
                Err(why) => {
                    let span = row_span(table, row).unwrap_or(table.span);
                    let line = self.page.source.position(span.start).line;
                    self.doubt(format!("line {line}: “{}”: {why}", one_line(&quote)));
                }
            }
        }
        if read.iter().all(|row| row.row.is_some()) {
            self.unread_rows(table, &read);
        }
    }

    /// The limits that a row states, or why it states none for sure.
    fn row(
        &self,
        table: &Table,
        row: &RowRates,
        cells: &[Cell],
        quote: &str,
    ) -> Result<Vec<Candidate>, String> {
        let label = row.label.and_then(|at| cells.get(at));
        let name = label.map_or("", |cell| cell.text.trim());
        let heading = self.page.section(table.span.start);
        let header = joined(&table.header, " | ");
        let words = self.words;
        // "Upload" is an endpoint in a column of endpoints.
        let of = row.label.and_then(|at| table.header.get(at));
        let endpoint = of.is_some_and(|cell| words.endpoint_heads.is(cell.text.trim()));
        let named = !endpoint && words.other_numbers.stand_in(name);
        if named || words.other_numbers.stand_in(&header) {
            return Err("its words are those of other numbers than limits of calls".to_owned());
        }
        if [name, &header, heading]
            .iter()
            .any(|text| words.failures.stand_in(text))
        {
            return Err("it counts calls that fail".to_owned());
        }
        if words.header_names.stand_in(name) {
            return Err("it describes a header of answers".to_owned());
        }
        if words.samples.stand_in(heading) {
            return Err("it stands among examples".to_owned());
        }
        let rates = own_rates(table, row);
        if self.points(table, &rates, name, heading) < ENOUGH {
            return Err("nothing says that these are calls".to_owned());
        }
        if rates.iter().any(|rate| rate.from.is_some()) {
            return Err("a range is no one limit".to_owned());
        }
        if rates.iter().any(|rate| !is_alone(table, &rates, rate)) {
            return Err("another number stands beside it".to_owned());
        }
        if cells
            .iter()
            .enumerate()
            .any(|(index, cell)| !self.agrees(cell, cells.get(index + 1)))
        {
            return Err("its two languages disagree".to_owned());
        }
        let mut out = Vec::new();
        for rates in self.columns(table, &rates) {
            out.push(self.candidate(table, row, cells, &rates, quote)?);
        }
        Ok(out)
    }

    /// The limit of some rates of a row.
    fn candidate(
        &self,
        table: &Table,
        row: &RowRates,
        cells: &[Cell],
        rates: &[&CellRate],
        quote: &str,
    ) -> Result<Candidate, String> {
        let label = row.label.and_then(|at| cells.get(at));
        let name = label.map_or("", |cell| cell.text.trim());
        let heading = self.page.section(table.span.start);
        let windows = rates
            .iter()
            .map(|rate| {
                let number = text(table, rate)
                    .get(rate.number.clone())
                    .unwrap_or_default();
                self.window(rate.calls, rate.seconds, number, quote)
            })
            .collect::<Result<Vec<Window>, String>>()?;
        let sure = if rates.iter().all(|rate| rate.counted) {
            Confidence::High
        } else {
            Confidence::Medium
        };
        let head = |at: usize| table.header.get(at).map_or("", |cell| cell.text.as_str());
        let of = row.label.map_or("", head);
        let endpoints: Vec<String> = cells
            .iter()
            .enumerate()
            .filter(|(at, _)| {
                self.words.endpoint_heads.is(head(*at).trim()) || Some(*at) == row.label
            })
            .flat_map(|(_, cell)| endpoints(&cell.text))
            .map(|(_, name)| name)
            .collect();
        // A column of endpoints names no plan, nor what is counted together.
        let of_endpoints = !endpoints.is_empty() || self.words.endpoint_heads.is(of.trim());
        let plain = without_endpoints(name);
        let column = rates.first().map_or("", |rate| header(table, rate));
        let alone = rates.len() < row.rates.len();
        let scope = self
            .cell_scope(table, cells)
            .or_else(|| self.scope(&plain, true))
            .or_else(|| (!of_endpoints).then(|| self.whole_scope(&plain)).flatten())
            .or_else(|| alone.then(|| self.head_scope(column)).flatten())
            .or_else(|| self.scope(&joined(&table.header, " | "), true))
            .or_else(|| self.scope(heading, true))
            // A column of endpoints: each has its own.
            .or_else(|| self.scope(of, false).filter(|scope| scope == "endpoint"))
            .or_else(|| (!endpoints.is_empty()).then(|| "endpoint".to_owned()));
        let tiered = self.words.tier_heads.is(of.trim());
        let condition = if tiered && !name.is_empty() {
            Some(one_line(name).to_lowercase())
        } else {
            let own = (!of_endpoints).then(|| self.tier(&plain)).flatten();
            own.or_else(|| self.tier_cell(table, cells))
                .or_else(|| alone.then(|| self.tier(column)).flatten())
                .or_else(|| self.tier(heading))
        };
        let differs = alone && condition.is_none() && self.head_scope(column).is_none();
        let name = if differs && self.is_specific(column) {
            one_line(&format!("{name} {column}"))
        } else {
            one_line(name)
        };
        let specific = of_endpoints || !tiered && self.is_specific(&name);
        let span = row_span(table, row).unwrap_or(table.span);
        Ok(Candidate {
            // A row is told from another by its whole label.
            topic: BTreeSet::from([name.to_lowercase()]),
            limit: PageLimit {
                name,
                specific,
                endpoints,
                condition: condition.unwrap_or_default(),
                windows,
                scope,
                evidence: self.page.evidence(span, quote, sure),
            },
            table: true,
        })
    }

    /// What is counted together, where a column is for that.
    fn cell_scope(&self, table: &Table, cells: &[Cell]) -> Option<String> {
        let at = table
            .header
            .iter()
            .position(|cell| self.words.scope_heads.is(cell.text.trim()))?;
        self.scope(&cells.get(at)?.text, false)
    }

    /// The plan of a row, where a column is for that.
    fn tier_cell(&self, table: &Table, cells: &[Cell]) -> Option<String> {
        let at = table
            .header
            .iter()
            .position(|cell| self.words.tier_heads.is(cell.text.trim()))?;
        let text = one_line(&cells.get(at)?.text);
        (!text.is_empty()).then(|| text.to_lowercase())
    }

    /// How much says that a row of numbers is a limit of calls: its columns' headers,
    /// its label, the heading above.
    fn points(&self, table: &Table, rates: &[&CellRate], name: &str, heading: &str) -> u32 {
        let reader = Reader::shared();
        // Of "tokens per minute" only the header tells that something is counted.
        let trusted = |rate: &&&CellRate| {
            let header = header(table, rate);
            rate.range != rate.number
                || header.is_empty()
                || reader.counts_calls(name)
                || is_told(table, rate)
                || self.words.limits.stand_in(header)
                || self.words.allow.stand_in(header)
        };
        let counted = rates.iter().filter(trusted).any(|rate| rate.counted);
        let header = rates.first().map_or("", |rate| header(table, rate));
        let mut points = 0;
        points += u32::from(reader.counts_calls(header)) * 2;
        points += u32::from(reader.counts_calls(name));
        points += u32::from(counted);
        points += u32::from(self.words.limits.stand_in(heading));
        points += u32::from(
            table
                .header
                .iter()
                .any(|cell| reader.names_renewal(&cell.text)),
        );
        points
    }

    /// Whether both halves of a bilingual cell hold the same numbers.
    fn agrees(&self, cell: &Cell, next: Option<&Cell>) -> bool {
        // The hidden half follows the visible one, before the next cell and on its line.
        let text = &self.page.source.text;
        let rest = text.get(cell.span.range().end..).unwrap_or_default();
        let line = cell.span.end + rest.find('\n').unwrap_or(rest.len()) as u32;
        let end = next.map_or(line, |next| next.span.start.min(line));
        let hidden: Vec<&str> = self
            .page
            .hidden_in(cell.span.start, end)
            .map(|prose| prose.text.as_str())
            .collect();
        hidden.is_empty() || numbers(&hidden.join(" ")) == numbers(&cell.text)
    }
}

/// The rates of a row that count calls. "Tokens per minute" beside "requests per minute"
/// does not, and a description may tell rates of other things.
fn own_rates<'r>(table: &Table, row: &'r RowRates) -> Vec<&'r CellRate> {
    let mut rates: Vec<&CellRate> = row.rates.iter().collect();
    if rates.iter().any(|rate| is_told(table, rate)) {
        rates.retain(|rate| is_told(table, rate));
    }
    let is_short = |rate: &&CellRate| text(table, rate).len() <= rate.range.len() + DESCRIPTION;
    if rates.iter().any(is_short) {
        rates.retain(is_short);
    }
    rates
}

/// Whether a rate's own cell or its column says that calls are counted.
fn is_told(table: &Table, rate: &CellRate) -> bool {
    let reader = Reader::shared();
    reader.counts_calls(text(table, rate)) || reader.counts_calls(header(table, rate))
}

/// Whether no number stands in a rate's cell beside the rates that were read in it.
fn is_alone(table: &Table, rates: &[&CellRate], rate: &CellRate) -> bool {
    if rate.range == rate.number {
        return true;
    }
    let here = |other: &&&CellRate| other.row == rate.row && other.column == rate.column;
    let text = text(table, rate);
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let read = rates
            .iter()
            .filter(here)
            .any(|rate| rate.range.contains(&at));
        if c.is_ascii_digit() && !read && !before.is_alphanumeric() && before != '.' {
            return false;
        }
        before = c;
    }
    true
}

fn text<'t>(table: &'t Table, rate: &CellRate) -> &'t str {
    let row = table.rows.get(rate.row);
    let cell = row.and_then(|row| row.get(rate.column));
    cell.map_or("", |cell| cell.text.as_str())
}

fn header<'t>(table: &'t Table, rate: &CellRate) -> &'t str {
    let cell = table.header.get(rate.column);
    cell.map_or("", |cell| cell.text.as_str())
}

fn cells<'t>(table: &'t Table, row: &RowRates) -> &'t [Cell] {
    let cells = row.row.and_then(|row| table.rows.get(row));
    cells.map_or(&[], Vec::as_slice)
}

/// Where the row of a rate stands in the source.
fn row_span(table: &Table, row: &RowRates) -> Option<Span> {
    let cells = table.rows.get(row.rates.first()?.row)?;
    let (first, last) = (cells.first()?.span, cells.last()?.span);
    Some(Span {
        end: last.end.max(first.end),
        ..first
    })
}

fn joined(cells: &[Cell], by: &str) -> String {
    let texts: Vec<&str> = cells.iter().map(|cell| cell.text.trim()).collect();
    texts.join(by)
}

/// The numbers of a text, as written, in order of size.
fn numbers(text: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut current = String::new();
    for c in text.chars().chain([' ']) {
        match c.to_digit(10).or_else(|| fullwidth(c)) {
            Some(digit) => current.push_str(&digit.to_string()),
            None if current.is_empty() => {}
            None => out.push(std::mem::take(&mut current)),
        }
    }
    out.sort();
    out
}

fn fullwidth(c: char) -> Option<u32> {
    ('０'..='９').contains(&c).then(|| c as u32 - '０' as u32)
}
