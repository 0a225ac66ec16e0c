//! Tables, row by row.

use std::ops::Range;

use super::{Label, collapse};
use crate::facts::{Cell, Table};
use crate::source::Source;

/// No more cells than this are carried on by `rowspan` or `colspan`.
const MAX_SPAN: usize = 64;

/// A table that is being read.
pub struct TableBuilder {
    heading: Option<usize>,
    start: usize,
    header: Vec<Cell>,
    rows: Vec<Vec<Cell>>,
    row: Option<Row>,
    cell: Option<OpenCell>,
    /// Cells of earlier rows that reach into later ones: column, rows left, cell.
    carried: Vec<(usize, u16, Cell)>,
}

#[derive(Default)]
struct Row {
    cells: Vec<Cell>,
    header: bool,
    /// A cell was no header cell.
    data: bool,
}

struct OpenCell {
    label: Label,
    start: usize,
    header: bool,
    rows: u16,
    columns: u16,
}

impl TableBuilder {
    /// A table that starts at `start`, below the heading of this index.
    pub fn new(heading: Option<usize>, start: usize) -> Self {
        Self {
            heading,
            start,
            header: Vec::new(),
            rows: Vec::new(),
            row: None,
            cell: None,
            carried: Vec::new(),
        }
    }

    /// Starts a row.
    pub fn open_row(&mut self, header: bool) {
        self.close_row();
        self.row = Some(Row {
            header,
            ..Row::default()
        });
    }

    /// Starts a cell, in a row of its own when no row is open.
    pub fn open_cell(&mut self, header: bool, rows: u16, columns: u16, start: usize) {
        self.cell = Some(OpenCell {
            label: Label::default(),
            start,
            header,
            rows,
            columns,
        });
    }

    /// Visible text of the open cell.
    pub fn push(&mut self, text: &str, range: &Range<usize>) {
        if let Some(cell) = &mut self.cell {
            cell.label.push(text, range);
        }
    }

    /// A block ends in the open cell: the words on both sides stay apart.
    pub fn gap(&mut self) {
        if let Some(cell) = &mut self.cell {
            cell.label.text.push(' ');
        }
    }

    /// Ends the open cell.
    pub fn close_cell(&mut self, source: &Source, end: usize) {
        let Some(cell) = self.cell.take() else {
            return;
        };
        let range = cell
            .label
            .extent
            .unwrap_or_else(|| trimmed(source, cell.start..end));
        let built = Cell {
            text: collapse(&cell.label.text),
            span: source.span(range),
        };
        let row = self.row.get_or_insert_default();
        row.data |= !cell.header;
        fill(&mut self.carried, &mut row.cells);
        for extra in 0..usize::from(cell.columns).clamp(1, MAX_SPAN) {
            let piece = Cell {
                // The text counts once, its columns stay aligned.
                text: if extra == 0 {
                    built.text.clone()
                } else {
                    String::new()
                },
                span: built.span,
            };
            if cell.rows > 1 && self.carried.len() < MAX_SPAN {
                self.carried
                    .push((row.cells.len(), cell.rows - 1, piece.clone()));
            }
            row.cells.push(piece);
        }
    }

    /// Ends the open row.
    pub fn close_row(&mut self) {
        let Some(mut row) = self.row.take() else {
            return;
        };
        fill(&mut self.carried, &mut row.cells);
        if row.cells.is_empty() {
            return;
        }
        let header = row.header || !row.data;
        if header && self.header.is_empty() && self.rows.is_empty() {
            self.header = row.cells;
        } else {
            self.rows.push(row.cells);
        }
    }

    /// The table, which ends at `end`.
    pub fn finish(mut self, source: &Source, end: usize) -> Table {
        self.close_cell(source, end);
        self.close_row();
        Table {
            header: self.header,
            rows: self.rows,
            span: source.span(self.start..end.max(self.start)),
            heading: self.heading,
        }
    }
}

/// Adds the cells that earlier rows carry into the next columns.
fn fill(carried: &mut Vec<(usize, u16, Cell)>, cells: &mut Vec<Cell>) {
    while let Some(index) = carried
        .iter()
        .position(|(column, ..)| *column == cells.len())
    {
        let (_, left, cell) = &mut carried[index];
        cells.push(cell.clone());
        *left -= 1;
        if *left == 0 {
            carried.swap_remove(index);
        }
    }
}

fn trimmed(source: &Source, range: Range<usize>) -> Range<usize> {
    let range = range.start..range.end.max(range.start);
    let text = source.text.get(range.clone()).unwrap_or("");
    let start = range.start + (text.len() - text.trim_start().len());
    start..start + text.trim().len()
}
