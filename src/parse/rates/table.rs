//! Rates in tables: columns are told by their shape and by units, in any order, with
//! or without a header.

use std::ops::Range;

use super::tokens::{self, Token};
use super::words::{self, Roles};
use super::{Reader, sentence};
use crate::facts::Table;

/// The rates of one row.
#[derive(Clone, Debug, PartialEq)]
pub struct RowRates {
    /// Index of the body row; `None` when the whole table tells one rate.
    pub row: Option<usize>,
    /// The column whose cell says what the rate is of.
    pub label: Option<usize>,
    /// The rates; windows that hold at the same time.
    pub rates: Vec<CellRate>,
}

/// One rate of a row.
#[derive(Clone, Debug, PartialEq)]
pub struct CellRate {
    /// Number of calls; the upper end of a range.
    pub calls: f64,
    /// Lower end, when the cell gives a range.
    pub from: Option<f64>,
    /// Length of the period in seconds.
    pub seconds: f64,
    /// Row of the cell with the number.
    pub row: usize,
    /// Column of the cell with the number.
    pub column: usize,
    /// The number within that cell's text.
    pub number: Range<usize>,
    /// The words that tell the rate within that cell's text; the number alone when
    /// the period stands in another cell.
    pub range: Range<usize>,
    /// The table itself says that calls are counted: in the cell or in the header.
    pub counted: bool,
}

#[derive(Clone, Copy, Debug, Default)]
struct Column {
    /// Seconds, when the header is "calls per minute".
    rate: Option<f64>,
    /// The header names calls or a limit.
    calls: bool,
    /// The header names a renewal period, with the unit of bare numbers below.
    period: bool,
    unit: Option<f64>,
}

impl Reader {
    /// The rates that the rows of a table tell.
    pub fn read_table(&self, table: &Table) -> Vec<RowRates> {
        let cells = || table.header.iter().chain(table.rows.iter().flatten());
        let tells = cells().any(|cell| words::has_digit(&cell.text))
            && cells().any(|cell| self.lexicon.names_period(&cell.text));
        if !tells {
            return Vec::new();
        }
        let columns: Vec<Column> = table
            .header
            .iter()
            .map(|cell| self.column(&cell.text))
            .collect();
        let mut out: Vec<RowRates> = (0..table.rows.len())
            .filter_map(|row| self.row(table, row, &columns))
            .collect();
        if out.is_empty() {
            out.extend(self.upright(table));
        }
        out
    }

    fn tokens(&self, text: &str) -> Vec<Token> {
        tokens::tokenise(&self.lexicon, super::clip(text))
    }

    fn column(&self, header: &str) -> Column {
        let tokens = self.tokens(header);
        let unit = tokens
            .iter()
            .map(|token| token.roles().unit)
            .find(|&unit| unit > 0)
            .map(f64::from);
        let any = |mask| tokens.iter().any(|token| token.roles().any(mask));
        let rate = sentence::bare_rate(&tokens);
        Column {
            rate,
            calls: any(Roles::CALLS | Roles::LIMIT | Roles::TIMES | Roles::MOST),
            period: rate.is_none() && (any(Roles::PERIOD) || unit.is_some()),
            unit,
        }
    }

    fn row(&self, table: &Table, row: usize, columns: &[Column]) -> Option<RowRates> {
        let cells = &table.rows[row];
        let mut rates = Vec::new();
        let mut valued = vec![false; cells.len()];
        for (index, cell) in cells.iter().enumerate() {
            for statement in self.read(&cell.text) {
                valued[index] = true;
                let header = columns.get(index).copied().unwrap_or_default();
                rates.extend(statement.rates.into_iter().map(|rate| CellRate {
                    calls: rate.calls,
                    from: rate.from,
                    seconds: rate.seconds,
                    row,
                    column: index,
                    number: rate.number,
                    range: rate.range,
                    counted: rate.thing.is_some() || header.calls,
                }));
            }
        }
        let tokens: Vec<Vec<Token>> = cells.iter().map(|cell| self.tokens(&cell.text)).collect();
        let counts: Vec<_> = tokens.iter().map(|cell| sentence::count(cell)).collect();
        if rates.is_empty() {
            for (index, count) in counts.iter().enumerate() {
                let header = columns.get(index).copied().unwrap_or_default();
                if let (Some(seconds), Some((calls, number))) = (header.rate, count) {
                    valued[index] = true;
                    rates.push(CellRate {
                        calls: *calls,
                        from: None,
                        seconds,
                        row,
                        column: index,
                        number: number.clone(),
                        range: number.clone(),
                        counted: true,
                    });
                }
            }
        }
        if rates.is_empty() {
            rates.extend(Self::paired(row, columns, &tokens, &counts, &mut valued));
        }
        if rates.is_empty() {
            // "Requests per minute | 100".
            let named: Vec<_> = (0..cells.len())
                .filter_map(|at| Some((at, sentence::bare_rate(&tokens[at])?)))
                .collect();
            let numbers: Vec<_> = (0..cells.len())
                .filter(|&at| counts[at].is_some())
                .collect();
            // Several numbers are those of several columns: "Free | Paid".
            let headed = |at: &usize| {
                table
                    .header
                    .get(*at)
                    .is_some_and(|cell| !cell.text.is_empty())
            };
            if let [(label, seconds)] = named.as_slice()
                && (numbers.len() == 1 || numbers.iter().all(headed))
                && tokens[*label]
                    .iter()
                    .any(|token| token.roles().any(Roles::CALLS) || token.roles().rate > 0)
            {
                for &number in &numbers {
                    let Some((value, place)) = &counts[number] else {
                        continue;
                    };
                    valued[number] = true;
                    rates.push(CellRate {
                        calls: *value,
                        from: None,
                        seconds: *seconds,
                        row,
                        column: number,
                        number: place.clone(),
                        range: place.clone(),
                        counted: true,
                    });
                }
            }
        }
        rates.retain(|rate| rate.calls > 0.0 && rate.seconds > 0.0);
        if rates.is_empty() {
            return None;
        }
        let label = (0..cells.len())
            .find(|&at| !valued[at] && !cells[at].text.trim().is_empty() && counts[at].is_none());
        Some(RowRates {
            row: Some(row),
            label,
            rates,
        })
    }

    /// A cell with a number of calls beside a cell with a duration. When several cells
    /// could be either, the header must say which; else nothing is read.
    fn paired(
        row: usize,
        columns: &[Column],
        tokens: &[Vec<Token>],
        counts: &[Option<(f64, Range<usize>)>],
        valued: &mut [bool],
    ) -> Option<CellRate> {
        let column = |at: usize| columns.get(at).copied().unwrap_or_default();
        let durations: Vec<(usize, f64)> = (0..tokens.len())
            .filter_map(|at| {
                let own = sentence::duration(&tokens[at]);
                let by_header = || {
                    let (value, _) = counts[at].as_ref()?;
                    Some(value * column(at).unit.filter(|_| column(at).period)?)
                };
                Some((at, own.or_else(by_header)?))
            })
            .collect();
        let mut lasts = vec![false; tokens.len()];
        for &(at, _) in &durations {
            lasts[at] = true;
        }
        let numbers: Vec<usize> = (0..tokens.len())
            .filter(|&at| counts[at].is_some() && !lasts[at])
            .collect();
        let (period, seconds) = match durations.as_slice() {
            [only] => *only,
            [] => return None,
            several => {
                let mut named = several.iter().filter(|&&(at, _)| column(at).period);
                let first = named.next()?;
                if named.next().is_some() {
                    return None;
                }
                *first
            }
        };
        let number = match numbers.as_slice() {
            [only] => *only,
            [] => return None,
            several => {
                let mut named = several.iter().filter(|&&at| column(at).calls);
                let first = named.next()?;
                if named.next().is_some() {
                    return None;
                }
                *first
            }
        };
        let (calls, place) = counts[number].clone()?;
        valued[period] = true;
        valued[number] = true;
        // Without a word for calls anywhere it may count anything.
        let says = |cell: &[Token]| {
            cell.iter()
                .any(|token| token.roles().any(Roles::CALLS | Roles::TIMES))
        };
        let counted = column(number).calls || tokens.iter().any(|cell| says(cell));
        Some(CellRate {
            calls,
            from: None,
            seconds,
            row,
            column: number,
            number: place.clone(),
            range: place,
            counted,
        })
    }

    /// A table of two columns that names "Calls" in one row and the period in another.
    fn upright(&self, table: &Table) -> Option<RowRates> {
        let mut lines: Vec<(Option<usize>, &[crate::facts::Cell])> =
            vec![(None, table.header.as_slice())];
        lines.extend(
            table
                .rows
                .iter()
                .enumerate()
                .map(|(row, cells)| (Some(row), cells.as_slice())),
        );
        let mut calls = None;
        let mut period = None;
        for (row, cells) in lines {
            let [key, value] = cells else { continue };
            let key = self.tokens(&key.text);
            let says = |mask| key.iter().any(|token| token.roles().any(mask));
            let value = self.tokens(&value.text);
            if let (Some(row), Some(found)) = (row, sentence::count(&value))
                && says(Roles::CALLS)
                && calls.replace((row, found)).is_some()
            {
                return None;
            }
            if let Some(seconds) = sentence::duration(&value)
                && says(Roles::PERIOD)
                && period.replace(seconds).is_some()
            {
                return None;
            }
        }
        let (row, (calls, number)) = calls?;
        Some(RowRates {
            row: None,
            label: None,
            rates: vec![CellRate {
                calls,
                from: None,
                seconds: period?,
                row,
                column: 1,
                number: number.clone(),
                range: number,
                counted: true,
            }],
        })
    }
}
