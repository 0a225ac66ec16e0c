//! Rows that seem to state a limit and were not read.

use super::joined;
use crate::derive::limits::Limits;
use crate::derive::text::one_line;
use crate::facts::Table;
use crate::parse::rates::{Reader, RowRates};

impl Limits<'_> {
    /// Tells the rows that seem to state a limit and were not read.
    pub(super) fn unread_rows(&mut self, table: &Table, read: &[RowRates]) {
        let reader = Reader::shared();
        let heading = self.page.section(table.span.start);
        let header = joined(&table.header, " | ");
        let words = self.words;
        if words.samples.stand_in(heading)
            || words.other_numbers.stand_in(&header)
            || words.failures.stand_in(heading)
        {
            return;
        }
        let limits = words.limits.stand_in(heading) || words.limits.stand_in(&header);
        let calls = reader.counts_calls(&header) || reader.counts_calls(heading);
        for (index, cells) in table.rows.iter().enumerate() {
            if read.iter().any(|row| row.row == Some(index)) {
                continue;
            }
            let quote = joined(cells, " | ");
            let names_header = cells
                .first()
                .is_some_and(|cell| words.header_names.stand_in(&cell.text));
            let told = reader.seems_to_tell(&format!("{header} | {quote}"), &[])
                && (limits || calls || reader.counts_calls(&quote))
                && !words.other_numbers.stand_in(&quote)
                && !words.failures.stand_in(&quote)
                && !names_header;
            // Its own cells have to count; the header alone says it of every row.
            let counts = cells.iter().any(|cell| reader.seems_to_count(&cell.text));
            if told && counts {
                let start = cells
                    .first()
                    .map_or(table.span.start, |cell| cell.span.start);
                let line = self.page.source.position(start).line;
                self.unread(
                    format!(
                        "line {line}: “{}”: seems to state a limit that was not read",
                        one_line(&quote)
                    ),
                    &quote,
                );
            }
        }
    }
}
