//! How the values of bindings stand in each other.

use std::cmp::Reverse;
use std::ops::Range;

use super::Bound;

/// The values of bindings, each within those around it.
pub(super) struct Nested {
    /// Start and end of a value, its binding, and the value around it by its index here.
    values: Vec<(usize, usize, usize, Option<usize>)>,
}

impl Nested {
    pub fn new(bindings: &[Bound<'_>]) -> Self {
        let mut values: Vec<_> = bindings
            .iter()
            .enumerate()
            .map(|(index, bound)| {
                let range = bound.binding.value.byte_range();
                (range.start, range.end, index, None)
            })
            .collect();
        // Of two that are alike the first is the innermost.
        values.sort_by_key(|&(start, end, index, _)| (start, Reverse(end), Reverse(index)));
        let mut open: Vec<usize> = Vec::new();
        for at in 0..values.len() {
            let end = values[at].1;
            while open.last().is_some_and(|&outer| values[outer].1 < end) {
                open.pop();
            }
            values[at].3 = open.last().copied();
            open.push(at);
        }
        Self { values }
    }

    /// The innermost value that holds a range; `look` counts the steps.
    pub fn around(&self, range: &Range<usize>, look: impl Fn(usize) -> bool) -> Option<usize> {
        let after = self
            .values
            .partition_point(|&(start, ..)| start <= range.start);
        let mut at = after.checked_sub(1);
        while let Some(own) = at.filter(|_| look(1)) {
            let (_, end, index, outer) = self.values[own];
            if range.end <= end {
                return Some(index);
            }
            at = outer;
        }
        None
    }
}
