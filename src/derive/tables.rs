//! Tables as `derive` reads them: what is struck out or raised gone, and what only looks
//! like a table made one: rows of pipes without a line of dashes, rows of `div`s.

use crate::facts::{Cell, FileFacts, Prose, ProseContext, Table};
use crate::parse::rates::Reader;
use crate::source::{Source, Span};

use super::text::{one_line, shown};

/// Most rows that are made of paragraphs.
const MAX_ROWS: usize = 200;

/// Puts clean tables in the place of those that were parsed, and adds the others.
pub(super) fn clean(source: &Source, facts: &mut FileFacts) {
    let prose = &facts.prose;
    let mut places: Vec<(Span, &Prose)> = prose
        .iter()
        .filter(|prose| prose.context == ProseContext::TableCell && !prose.alternate)
        .map(|prose| (prose.whole(source.id), prose))
        .collect();
    places.sort_by_key(|(span, _)| span.start);
    for table in &mut facts.tables {
        for cell in table
            .header
            .iter_mut()
            .chain(table.rows.iter_mut().flatten())
        {
            reread(source, &places, cell);
        }
    }
    let mut below = Vec::new();
    for prose in facts.prose.iter_mut().filter(|prose| is_told(prose)) {
        if let Some(table) = below_text(source, prose) {
            blank(source, prose, table.span);
            below.push(table);
        }
    }
    facts.tables.extend(below);
    let mut more: Vec<Table> = facts
        .prose
        .iter()
        .filter(|prose| is_told(prose))
        .filter_map(|prose| piped(source, prose))
        .collect();
    more.extend(stacked(source, facts));
    facts.tables.extend(more);
}

fn is_told(prose: &Prose) -> bool {
    !prose.quoted && !prose.alternate && prose.context == ProseContext::Paragraph
}

/// The text of a cell from its masked prose.
fn reread(source: &Source, places: &[(Span, &Prose)], cell: &mut Cell) {
    let first = places.partition_point(|(span, _)| span.start < cell.span.start);
    let inside: Vec<&Prose> = places[first..]
        .iter()
        .take_while(|(span, _)| span.start <= cell.span.end)
        .filter(|(span, _)| span.end <= cell.span.end)
        .map(|(_, prose)| *prose)
        .collect();
    // A cell that was carried on has no text, and one of code only has no prose.
    if cell.text.is_empty() || inside.is_empty() {
        return;
    }
    let texts: Vec<String> = inside
        .iter()
        .map(|prose| shown(source, prose, 0..prose.text.len()))
        .collect();
    cell.text = one_line(&texts.join(" "));
}

/// A table right below a line of text, as GitHub shows it: the parser takes the whole
/// for a paragraph.
fn below_text(source: &Source, prose: &Prose) -> Option<Table> {
    let span = prose.whole(source.id);
    let mut at = span.start as usize;
    let mut lines: Vec<(usize, &str)> = Vec::new();
    for line in source.slice(span).split_inclusive('\n') {
        lines.push((at, line));
        at += line.len();
    }
    let head = lines
        .windows(2)
        .position(|pair| pair[0].1.contains('|') && is_delimiter(pair[1].1))?;
    // What begins with its header the parser knows.
    if head == 0 {
        return None;
    }
    let body = &lines[head..];
    let piped = body
        .iter()
        .take_while(|(_, line)| line.contains('|'))
        .count();
    let cells = |&(at, line): &(usize, &str)| row(source, at, line);
    let header = cells(&body[0]);
    let rows: Vec<Vec<Cell>> = body[2..piped.max(2)].iter().map(cells).collect();
    let (last, line) = body[piped - 1];
    Some(Table {
        header,
        rows,
        span: source.span(body[0].0..last + line.trim_end().len()),
        heading: None,
    })
}

/// `---|---`: the line between the header of a table and its rows.
fn is_delimiter(line: &str) -> bool {
    let line = line.trim();
    line.contains('|')
        && line.contains('-')
        && line
            .chars()
            .all(|c| matches!(c, '|' | '-' | ':' | ' ' | '\t'))
}

/// The cells of a line of pipes.
fn row(source: &Source, at: usize, line: &str) -> Vec<Cell> {
    let inner = line.trim_end();
    let skipped = inner.len() - inner.trim_start().trim_start_matches('|').len();
    let inner = inner[skipped..].trim_end_matches('|');
    let mut from = at + skipped;
    let mut cells = Vec::new();
    for piece in inner.split('|') {
        let text = piece.trim();
        let start = from + (piece.len() - piece.trim_start().len());
        cells.push(Cell {
            text: one_line(&text.replace(['`', '*'], "")),
            span: source.span(start..start + text.len()),
        });
        from += piece.len() + 1;
    }
    cells
}

/// Blanks the part of a piece of prose that came from a span.
fn blank(source: &Source, prose: &mut Prose, span: Span) {
    let inside = |at: usize, c: char| {
        let own = prose.span(source.id, at..at + c.len_utf8());
        span.start <= own.start && own.end <= span.end
    };
    let text = prose
        .text
        .char_indices()
        .map(|(at, c)| {
            if inside(at, c) {
                " ".repeat(c.len_utf8())
            } else {
                c.to_string()
            }
        })
        .collect();
    prose.text = text;
}

/// A paragraph each line of which has two pipes or more.
fn piped(source: &Source, prose: &Prose) -> Option<Table> {
    let span = prose.whole(source.id);
    let text = source.slice(span);
    if text.lines().count() < 2 || !text.lines().all(|line| line.matches('|').count() >= 2) {
        return None;
    }
    let mut rows = Vec::new();
    let mut at = span.start as usize;
    for line in text.split_inclusive('\n') {
        let mut cells = Vec::new();
        let mut from = at;
        for piece in line.split('|') {
            let text = piece.trim();
            if !text.is_empty() {
                let start = from + (piece.len() - piece.trim_start().len());
                cells.push(Cell {
                    text: one_line(text),
                    span: source.span(start..start + text.len()),
                });
            }
            from += piece.len() + 1;
        }
        at += line.len();
        rows.push(cells);
    }
    let header = rows.remove(0);
    Some(Table {
        header,
        rows,
        span,
        heading: None,
    })
}

/// Rows of three paragraphs each: a name, a number and a period, in either order. The
/// three before the first row are the header.
fn stacked(source: &Source, facts: &FileFacts) -> Option<Table> {
    let reader = Reader::shared();
    let pieces: Vec<&Prose> = facts.prose.iter().filter(|prose| is_told(prose)).collect();
    let cell = |prose: &Prose| Cell {
        text: one_line(&prose.text),
        span: prose.whole(source.id),
    };
    let is_row = |three: &[&Prose]| {
        let [name, one, two] = three else {
            return false;
        };
        let number = |prose: &Prose| reader.count(&prose.text).is_some();
        let period = |prose: &Prose| reader.duration(&prose.text).is_some();
        let short = three.iter().all(|prose| prose.text.len() < 120);
        short
            && !number(name)
            && (number(one) && period(two) && !period(one)
                || period(one) && number(two) && !period(two))
    };
    let first = pieces.windows(3).position(is_row)?;
    let rows: Vec<Vec<Cell>> = pieces[first..]
        .chunks_exact(3)
        .take_while(|three| is_row(three))
        .take(MAX_ROWS)
        .map(|three| three.iter().map(|prose| cell(prose)).collect())
        .collect();
    let header = first.checked_sub(3).map_or_else(Vec::new, |at| {
        pieces[at..first].iter().map(|prose| cell(prose)).collect()
    });
    let start = rows.first()?.first()?.span;
    let end = rows.last()?.last()?.span;
    let span = source.span(start.range().start..end.range().end);
    Some(Table {
        header,
        rows,
        span,
        heading: None,
    })
}
