//! Tables of AsciiDoc.

use std::ops::Range;

use super::{Reader, inline};
use crate::parse::writer::{Element, Frame};

impl Reader<'_> {
    /// Reads the table that starts at the next line, `|===`.
    pub(super) fn table(&mut self) {
        let fence = self.lines.get(self.at).trim_end().to_owned();
        let first = self.at;
        self.at += 1;
        let body = self.at;
        while self.at < self.lines.len() && self.lines.get(self.at).trim_end() != fence {
            self.at += 1;
        }
        let cells = self.cells(body..self.at);
        let end = self.lines.end(self.at);
        self.at += 1;
        let columns = self.columns().unwrap_or_else(|| {
            let line = cells.first().map(|cell| cell.line);
            cells
                .iter()
                .take_while(|cell| Some(cell.line) == line)
                .count()
        });
        let header = self.attributes.contains("header")
            || cells
                .first()
                .is_some_and(|cell| cell.line == body && self.lines.is_blank(body + 1));
        self.writer
            .open(Element::Table, Frame::CONTAINER, self.lines.start(first));
        for (index, row) in cells.chunks(columns.max(1)).enumerate() {
            let header = header && index == 0;
            let range = row[0].range.start..row[row.len() - 1].range.end;
            self.writer
                .open(Element::Row(header), Frame::CONTAINER, range.start);
            for cell in row {
                let element = Element::Cell {
                    header,
                    rows: 1,
                    columns: 1,
                };
                self.writer
                    .open(element, Frame::CONTAINER, cell.range.start);
                let source = self.writer.source;
                let text = source.text.get(cell.range.clone()).unwrap_or("");
                inline::write(&mut self.writer, text, cell.range.start);
                self.writer.close_container(cell.range.end);
            }
            self.writer.close_container(range.end);
        }
        self.writer.close_container(end);
    }

    /// The cells of these lines: each goes on to the next bar.
    fn cells(&self, lines: Range<usize>) -> Vec<Cell> {
        let mut cells: Vec<Cell> = Vec::new();
        for index in lines {
            let line = self.lines.get(index);
            let start = self.lines.start(index);
            let mut bars = memchr::memchr_iter(b'|', line.as_bytes())
                .filter(|&bar| bar == 0 || line.as_bytes()[bar - 1] != b'\\')
                .peekable();
            let lead = bars.peek().copied().unwrap_or(line.len());
            // Before the first bar stands the rest of the last cell, or the
            // cell's format (`2+|`, `a|`), which is no text.
            if let Some(last) = cells.last_mut()
                && (lead == line.len() || lead > 5)
            {
                last.range.end = start + lead;
            }
            while let Some(bar) = bars.next() {
                let end = bars.peek().copied().unwrap_or(line.len());
                cells.push(Cell {
                    line: index,
                    range: start + bar + 1..start + end,
                });
            }
        }
        cells
    }

    /// The number of columns that `cols=` declares.
    fn columns(&self) -> Option<usize> {
        let (_, rest) = self.attributes.split_once("cols=")?;
        let value = match rest.strip_prefix('"') {
            Some(quoted) => quoted.split('"').next()?,
            None => rest.split(',').next()?,
        };
        let columns = value
            .split([',', ';'])
            .map(|column| {
                column
                    .split_once('*')
                    .and_then(|(times, _)| times.trim().parse::<usize>().ok())
                    .unwrap_or(1)
                    .min(64)
            })
            .sum();
        Some(columns)
    }
}

struct Cell {
    line: usize,
    range: Range<usize>,
}
