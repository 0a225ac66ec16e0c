//! Rates of one row that are of different things, as their columns say.

use super::header;
use crate::derive::limits::Limits;
use crate::facts::Table;
use crate::parse::rates::CellRate;

impl Limits<'_> {
    /// The rates of a row, those apart whose columns say that they are of different
    /// things: "Per IP" and "Per key", "Free" and "Paid", two numbers for one period.
    pub(super) fn columns<'r>(
        &self,
        table: &Table,
        rates: &[&'r CellRate],
    ) -> Vec<Vec<&'r CellRate>> {
        let of = |rate: &CellRate| {
            let header = header(table, rate);
            (self.head_scope(header), self.tier(header))
        };
        let parted = rates.iter().any(|rate| {
            rates.iter().any(|other| {
                rate.column != other.column
                    && (of(rate) != of(other) || rate.seconds.to_bits() == other.seconds.to_bits())
            })
        });
        if !parted {
            return vec![rates.to_vec()];
        }
        let mut out: Vec<Vec<&CellRate>> = Vec::new();
        for rate in rates {
            match out.iter_mut().find(|group| group[0].column == rate.column) {
                Some(group) => group.push(rate),
                None => out.push(vec![rate]),
            }
        }
        out
    }

    /// What a column counts together: "Per IP", "Requests per minute per user".
    pub(super) fn head_scope(&self, header: &str) -> Option<String> {
        self.scope(header, true)
            .or_else(|| self.whole_scope(header))
    }
}
