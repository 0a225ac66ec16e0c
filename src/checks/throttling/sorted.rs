//! Functions in an order in which those that are called come first.

/// The circles of a graph, each after those that it leads to: sets of nodes that lead to
/// each other, a node that leads to none of those that lead to it being its own. After
/// Tarjan, without recursion: chains of calls are as long as somebody makes them.
pub(super) fn circles(edges: &[Vec<usize>]) -> Vec<Vec<usize>> {
    const NEW: usize = usize::MAX;
    let mut circles = Vec::new();
    let mut number = vec![NEW; edges.len()];
    let mut lowest = vec![NEW; edges.len()];
    let mut open = vec![false; edges.len()];
    let mut stack: Vec<usize> = Vec::new();
    let mut count = 0;
    // Nodes that are being looked at, with the next edge of each.
    let mut way: Vec<(usize, usize)> = Vec::new();
    for start in 0..edges.len() {
        if number[start] != NEW {
            continue;
        }
        way.push((start, 0));
        while let Some((node, at)) = way.pop() {
            if at == 0 {
                number[node] = count;
                lowest[node] = count;
                count += 1;
                stack.push(node);
                open[node] = true;
            }
            if let Some(&next) = edges[node].get(at) {
                way.push((node, at + 1));
                if number[next] == NEW {
                    way.push((next, 0));
                } else if open[next] {
                    lowest[node] = lowest[node].min(number[next]);
                }
                continue;
            }
            if let Some(&(caller, _)) = way.last() {
                lowest[caller] = lowest[caller].min(lowest[node]);
            }
            if lowest[node] == number[node] {
                let from = stack.iter().rposition(|&other| other == node);
                let mut circle = stack.split_off(from.unwrap_or(0));
                for &member in &circle {
                    open[member] = false;
                }
                circle.sort_unstable();
                circles.push(circle);
            }
        }
    }
    circles
}

#[cfg(test)]
mod tests {
    use super::circles;

    #[test]
    fn what_is_called_comes_first() {
        // 0 → 1 → 2 → 1, 2 → 3, 4 → 4.
        let edges = [vec![1], vec![2], vec![1, 3], vec![], vec![4]].to_vec();
        let expected = [vec![3], vec![1, 2], vec![0], vec![4]];
        assert_eq!(circles(&edges), expected);
        let chain: Vec<Vec<usize>> = (0..100_000)
            .map(|node| Vec::from_iter((node + 1 < 100_000).then_some(node + 1)))
            .collect();
        assert_eq!(circles(&chain)[0], [99_999]);
    }
}
