//! What the functions lead to that a function calls, at a few removes.

use std::collections::HashMap;

use super::handling::Handling;
use crate::facts::code::FunctionId;

/// Steps that are taken from a function.
const REMOVES: usize = 3;

/// The best of what a function leads to, and the best of another function, for what
/// comes from a function itself counts for others alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Best([Option<(Handling, FunctionId)>; 2]);

impl Best {
    /// Adds what another function gives.
    pub(super) fn add(&mut self, value: Handling, from: FunctionId) {
        let others = self.0.into_iter().flatten();
        let mut all: Vec<_> = others.filter(|(_, own)| *own != from).collect();
        let known = self.0.into_iter().flatten().find(|(_, own)| *own == from);
        all.push((known.map_or(value, |(own, _)| own.max(value)), from));
        // Of equals the first function, so that nothing depends on the order.
        all.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut all = all.into_iter();
        self.0 = [all.next(), all.next()];
    }

    /// The best that does not come from this function.
    pub(super) fn but(&self, function: FunctionId) -> Handling {
        let mut found = self.0.iter().flatten();
        found
            .find(|(_, from)| *from != function)
            .map_or(Handling::None, |(value, _)| *value)
    }

    /// The best.
    pub(super) fn any(&self) -> Handling {
        self.0[0].map_or(Handling::None, |(value, _)| value)
    }
}

/// The best that each function leads to in a few steps along `edges`, when functions give
/// so much. Each step passes each edge once.
pub(super) fn leading(
    edges: &HashMap<FunctionId, Vec<FunctionId>>,
    gives: HashMap<FunctionId, Handling>,
) -> HashMap<FunctionId, Best> {
    let mut reached: HashMap<FunctionId, Best> = HashMap::new();
    if gives.is_empty() {
        return reached;
    }
    for _ in 0..REMOVES {
        let mut next = reached.clone();
        for (from, called) in edges {
            let mut best = next.get(from).copied().unwrap_or_default();
            for to in called {
                if let Some(&value) = gives.get(to) {
                    best.add(value, *to);
                }
                for (value, source) in reached
                    .get(to)
                    .into_iter()
                    .flat_map(|best| best.0)
                    .flatten()
                {
                    best.add(value, source);
                }
            }
            if best != Best::default() {
                next.insert(*from, best);
            }
        }
        reached = next;
    }
    reached
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_from_itself_is_for_others() {
        let edges = HashMap::from([(1, vec![2]), (2, vec![1, 3]), (3, vec![4])]);
        let gives = HashMap::from([(1, Handling::Code), (4, Handling::Policy)]);
        let led = leading(&edges, gives);
        assert_eq!(led[&1].but(1), Handling::Policy, "three steps");
        assert_eq!(led[&1].any(), Handling::Code, "back to itself");
        assert_eq!(led[&2].but(2), Handling::Code);
        assert_eq!(led[&3].but(3), Handling::Policy);
        assert!(!led.contains_key(&4));
    }
}
