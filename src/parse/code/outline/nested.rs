//! How ranges of the text stand in each other: values, blocks, what functions return.

use std::cmp::Reverse;
use std::ops::Range;

/// Ranges by their numbers, each within those around it.
pub struct Nested {
    /// Start and end of a range, its number, and the range around it by its index here.
    ranges: Vec<(usize, usize, usize, Option<usize>)>,
}

impl Nested {
    pub fn new(ranges: impl Iterator<Item = Range<usize>>) -> Self {
        let mut ranges: Vec<_> = ranges
            .enumerate()
            .map(|(number, range)| (range.start, range.end, number, None))
            .collect();
        // Of two that are alike the first is the innermost.
        ranges.sort_by_key(|&(start, end, number, _)| (start, Reverse(end), Reverse(number)));
        let mut open: Vec<usize> = Vec::new();
        for at in 0..ranges.len() {
            let end = ranges[at].1;
            while open.last().is_some_and(|&outer| ranges[outer].1 < end) {
                open.pop();
            }
            ranges[at].3 = open.last().copied();
            open.push(at);
        }
        Self { ranges }
    }

    /// The numbers of the ranges that hold another one, the innermost first; `look` counts
    /// the steps and may end it.
    pub fn around<'s>(
        &'s self,
        range: Range<usize>,
        look: impl Fn(usize) -> bool + 's,
    ) -> impl Iterator<Item = usize> + 's {
        let begun = |&(start, ..): &(usize, usize, usize, Option<usize>)| start <= range.start;
        let mut at = self.ranges.partition_point(begun).checked_sub(1);
        std::iter::from_fn(move || {
            while let Some(own) = at.filter(|_| look(1)) {
                let (_, end, number, outer) = self.ranges[own];
                at = outer;
                if range.end <= end {
                    return Some(number);
                }
            }
            None
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_innermost_comes_first_and_what_ended_before_is_passed_over() {
        let ranges = [0..100, 10..50, 12..20, 10..50, 60..70, 61..62];
        let nested = Nested::new(ranges.into_iter());
        let around = |range| nested.around(range, |_| true).collect::<Vec<_>>();
        assert_eq!(around(15..16), [2, 1, 3, 0]);
        assert_eq!(around(15..30), [1, 3, 0]);
        assert_eq!(around(65..66), [4, 0]);
        assert_eq!(around(99..101), [0; 0]);
        assert_eq!(nested.around(15..16, |_| false).count(), 0);
    }
}
