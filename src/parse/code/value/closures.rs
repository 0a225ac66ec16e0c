//! Which closure a name belongs to, and what call takes that closure. Looked for once in a
//! file: a chain of calls has as many closures as somebody makes links.

use foldhash::HashMap;

use crate::parse::code::outline::{Outline, RawKind};
use crate::parse::code::syntax::Node;

/// A closure, and the innermost call that it is handed to.
#[derive(Clone, Copy)]
struct Closure<'t> {
    start: usize,
    end: usize,
    /// The closure around it that has a variable of the same name, by its place in the list.
    around: Option<usize>,
    taker: Option<Node<'t>>,
}

/// The closures of a file by the name of their first variable, in source order.
pub(super) struct Closures<'t>(HashMap<String, Vec<Closure<'t>>>);

impl<'t> Closures<'t> {
    pub(super) fn new(outline: &Outline<'t>) -> Self {
        let mut blocks: Vec<(usize, usize, &str)> = outline
            .all(&outline.blocks)
            .filter_map(|block| match &block.kind {
                RawKind::Lambda(names) => {
                    Some((block.range.start, block.range.end, names.first()?.as_str()))
                }
                _ => None,
            })
            .collect();
        blocks.sort_by_key(|(start, end, _)| (*start, std::cmp::Reverse(*end)));
        let mut calls: Vec<Node<'t>> = outline.all(&outline.calls).map(|site| site.node).collect();
        calls.sort_by_key(|node| (node.start_byte(), std::cmp::Reverse(node.end_byte())));
        let mut next = calls.into_iter().peekable();
        // Calls that are open where a closure begins, the outermost first.
        let mut open: Vec<Node<'t>> = Vec::new();
        let mut found: HashMap<String, Vec<Closure<'t>>> = HashMap::default();
        for (start, end, name) in blocks {
            while let Some(call) = next.next_if(|call| call.start_byte() < start) {
                open.push(call);
            }
            while open.last().is_some_and(|call| call.end_byte() <= start) {
                open.pop();
            }
            let taker = open.last().copied().filter(|call| end <= call.end_byte());
            let list = found.entry(name.to_owned()).or_default();
            let mut around = list.len().checked_sub(1);
            while let Some(at) = around.filter(|&at| list[at].end <= start) {
                around = list[at].around;
            }
            list.push(Closure {
                start,
                end,
                around,
                taker,
            });
        }
        Self(found)
    }

    /// The call that takes the innermost closure around a byte whose first variable has this
    /// name.
    pub(super) fn taker(&self, name: &str, at: usize) -> Option<Node<'t>> {
        let list = self.0.get(name)?;
        let behind = list.partition_point(|closure| closure.start <= at);
        let mut around = behind.checked_sub(1);
        while let Some(closure) = around.map(|at| list[at]) {
            if at < closure.end {
                return closure.taker;
            }
            around = closure.around;
        }
        None
    }
}
