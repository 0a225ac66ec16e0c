//! Grid tables and simple tables of reStructuredText.

use std::ops::Range;

use super::{Reader, inline};
use crate::parse::text::Lines;
use crate::parse::writer::{Element, Frame};

/// Columns beyond these are not read.
const MAX_COLUMNS: usize = 64;

/// Whether a line is a border of a table of either form.
pub fn is_border(line: &str) -> bool {
    is_grid_border(line) || simple_columns(line).len() > 1
}

/// `+----+----+`.
fn is_grid_border(line: &str) -> bool {
    let line = line.trim();
    line.len() >= 3
        && line.starts_with('+')
        && line.ends_with('+')
        && line.bytes().all(|byte| matches!(byte, b'+' | b'-' | b'='))
}

/// Character columns of `====  ====`.
fn simple_columns(line: &str) -> Vec<Range<usize>> {
    let line = line.trim_end();
    if !line.bytes().all(|byte| matches!(byte, b'=' | b' ')) {
        return Vec::new();
    }
    let mut columns = Vec::new();
    let mut start = None;
    for (at, byte) in line.bytes().enumerate() {
        match (byte, start) {
            (b'=', None) => start = Some(at),
            (b' ', Some(from)) => {
                columns.push(from..at);
                start = None;
            }
            _ => {}
        }
    }
    columns.extend(start.map(|from| from..line.len()));
    columns.truncate(MAX_COLUMNS);
    columns
}

/// Bytes of the line `index` between two character columns.
fn bytes(lines: &Lines<'_>, index: usize, columns: &Range<usize>) -> Range<usize> {
    let line = lines.get(index);
    let byte = |column: usize| {
        line.char_indices()
            .nth(column)
            .map_or(line.len(), |(at, _)| at)
    };
    let start = byte(columns.start);
    let end = if columns.end == usize::MAX {
        line.len()
    } else {
        byte(columns.end)
    };
    lines.start(index) + start..lines.start(index) + end.max(start)
}

impl Reader<'_> {
    /// Reads a table that starts at the next line.
    pub(super) fn table(&mut self) -> bool {
        let line = self.lines.get(self.at);
        if is_grid_border(line) {
            self.grid_table();
            return true;
        }
        let columns = simple_columns(line);
        if columns.len() < 2 {
            return false;
        }
        self.simple_table(columns);
        true
    }

    fn grid_table(&mut self) {
        let first = self.at;
        while self.at < self.lines.len()
            && self.lines.get(self.at).trim_start().starts_with(['+', '|'])
        {
            self.at += 1;
        }
        let border = self.lines.get(first);
        let marks: Vec<usize> = border
            .char_indices()
            .filter(|&(_, c)| c == '+')
            .map(|(at, _)| at)
            .take(MAX_COLUMNS)
            .collect();
        let columns: Vec<_> = marks.windows(2).map(|pair| pair[0] + 1..pair[1]).collect();
        let has_header =
            (first..self.at).any(|index| self.lines.get(index).trim_start().starts_with("+="));
        self.writer
            .open(Element::Table, Frame::CONTAINER, self.lines.start(first));
        let mut header = has_header;
        let mut row = first + 1;
        for index in first + 1..self.at {
            let line = self.lines.get(index);
            if !line.trim_start().starts_with('+') {
                continue;
            }
            self.row(header, row..index, &columns);
            header &= !line.trim_start().starts_with("+=");
            row = index + 1;
        }
        let end = self.lines.end(self.at - 1);
        self.writer.close_container(end);
    }

    fn simple_table(&mut self, mut columns: Vec<Range<usize>>) {
        let first = self.at;
        let borders: Vec<usize> = (first..self.lines.len().min(first + 1000))
            .take_while(|&index| {
                index < first + 2 || !self.lines.is_blank(index) || !self.lines.is_blank(index - 1)
            })
            .filter(|&index| simple_columns(self.lines.get(index)).len() > 1)
            .take(3)
            .collect();
        let (header_end, end) = match borders[..] {
            [_, header, end] => (header, end),
            [_, end] => (first, end),
            _ => {
                self.at += 1;
                return;
            }
        };
        // The last column has no right edge.
        if let Some(last) = columns.last_mut() {
            last.end = usize::MAX;
        }
        self.writer
            .open(Element::Table, Frame::CONTAINER, self.lines.start(first));
        let mut row = first + 1;
        for index in first + 1..=end {
            let border = index == header_end || index == end;
            let first_cell = bytes(&self.lines, index, &columns[0]);
            let continues = self.lines.text[first_cell].trim().is_empty();
            if border || !continues {
                if row < index {
                    self.row(index <= header_end, row..index, &columns);
                }
                row = index + usize::from(border);
            }
        }
        let end_byte = self.lines.end(end);
        self.writer.close_container(end_byte);
        self.at = end + 1;
    }

    /// One row, whose cells go over `lines`.
    fn row(&mut self, header: bool, lines: Range<usize>, columns: &[Range<usize>]) {
        if lines.is_empty() {
            return;
        }
        let start = self.lines.start(lines.start);
        let end = self.lines.end(lines.end - 1);
        self.writer
            .open(Element::Row(header), Frame::CONTAINER, start);
        for column in columns {
            let cell = Element::Cell {
                header,
                rows: 1,
                columns: 1,
            };
            self.writer.open(cell, Frame::CONTAINER, start);
            for index in lines.clone() {
                let range = bytes(&self.lines, index, column);
                let text = &self.writer.source.text[range.clone()];
                let text = text.trim_matches(['|', ' ', '\t']);
                let at = range.start + self.writer.source.text[range].find(text).unwrap_or(0);
                if text.is_empty() {
                    continue;
                }
                if !self.writer.at_gap() {
                    self.writer.space(at..at);
                }
                inline::write(&mut self.writer, text, at);
            }
            self.writer.close_container(end);
        }
        self.writer.close_container(end);
    }
}
