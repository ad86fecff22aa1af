//! Greatest flow from a source to a sink, and the minimum cut that goes with it.
//!
//! Dinic (1970): augment along shortest paths, all of one length at a time. Capacities are `f64`;
//! an edge counts as full once what is left is a rounding error of its own capacity, so that small
//! edges are not lost beside large ones. Knows nothing of what flows.

/// What is left of an edge counts as nothing below this share of its capacity.
const ROUNDING: f64 = 1e-12;

/// One direction of an edge. The other direction is its neighbour: places 2k and 2k + 1.
struct Edge {
    to: usize,
    left: f64,
    negligible: f64,
}

/// A network with capacities, consumed by sending the greatest flow through it.
pub(super) struct FlowNetwork {
    edges: Vec<Edge>,
    /// Edges out of each node, by place.
    out: Vec<Vec<usize>>,
    /// Edges on the shortest path from the source; `usize::MAX` when cut off from it.
    level: Vec<usize>,
    /// For each node the first of its edges that may still lead on, in this round.
    next: Vec<usize>,
}

impl FlowNetwork {
    /// `nodes` nodes and no edges.
    pub(super) fn new(nodes: usize) -> Self {
        Self {
            edges: Vec::new(),
            out: vec![Vec::new(); nodes],
            level: vec![usize::MAX; nodes],
            next: vec![0; nodes],
        }
    }

    /// An edge that can carry `capacity`.
    pub(super) fn add_edge(&mut self, from: usize, to: usize, capacity: f64) {
        let negligible = ROUNDING * capacity;
        self.out[from].push(self.edges.len());
        self.edges.push(Edge {
            to,
            left: capacity,
            negligible,
        });
        self.out[to].push(self.edges.len());
        self.edges.push(Edge {
            to: from,
            left: 0.0,
            negligible,
        });
    }

    /// Sends the greatest flow; then, for each node, whether more could reach it: the source side
    /// of a minimum cut, and of those the smallest.
    pub(super) fn source_side(mut self, source: usize, sink: usize) -> Vec<bool> {
        while self.level_from(source, sink) {
            self.next.fill(0);
            while let Some(path) = self.path(source, sink) {
                self.send_along(&path);
            }
        }
        self.level
            .iter()
            .map(|level| *level != usize::MAX)
            .collect()
    }

    fn is_open(&self, edge: usize) -> bool {
        self.edges[edge].left > self.edges[edge].negligible
    }

    /// Finds the distance of every node from the source; whether the sink can be reached.
    fn level_from(&mut self, source: usize, sink: usize) -> bool {
        self.level.fill(usize::MAX);
        self.level[source] = 0;
        let mut queue = std::collections::VecDeque::from([source]);
        while let Some(node) = queue.pop_front() {
            for place in 0..self.out[node].len() {
                let edge = self.out[node][place];
                let to = self.edges[edge].to;
                if self.is_open(edge) && self.level[to] == usize::MAX {
                    self.level[to] = self.level[node] + 1;
                    queue.push_back(to);
                }
            }
        }
        self.level[sink] != usize::MAX
    }

    /// The edges of a shortest path that is still open; `None` when this round has no more.
    fn path(&mut self, source: usize, sink: usize) -> Option<Vec<usize>> {
        let mut path: Vec<usize> = Vec::new();
        let mut node = source;
        while node != sink {
            if let Some(edge) = self.step(node) {
                path.push(edge);
                node = self.edges[edge].to;
            } else {
                // A dead end: back, and past the edge that led here. None left at the source.
                let edge = path.pop()?;
                node = self.edges[edge ^ 1].to;
                self.next[node] += 1;
            }
        }
        Some(path)
    }

    /// The first edge out of `node` that leads one step further from the source.
    fn step(&mut self, node: usize) -> Option<usize> {
        while let Some(edge) = self.out[node].get(self.next[node]).copied() {
            if self.is_open(edge) && self.level[self.edges[edge].to] == self.level[node] + 1 {
                return Some(edge);
            }
            self.next[node] += 1;
        }
        None
    }

    /// Sends as much as `path` can carry, which fills at least one of its edges exactly.
    fn send_along(&mut self, path: &[usize]) {
        let amount = path
            .iter()
            .map(|edge| self.edges[*edge].left)
            .fold(f64::INFINITY, f64::min);
        for edge in path {
            self.edges[*edge].left -= amount;
            self.edges[edge ^ 1].left += amount;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cut_is_where_the_flow_is_narrow() {
        // 0 -> 1 -> 3 and 0 -> 2 -> 3, with 1 -> 2: 3 in, but only 1 out of 1 and 1.5 out of 2.
        let mut network = FlowNetwork::new(4);
        for (from, to, capacity) in [
            (0, 1, 2.0),
            (0, 2, 1.0),
            (1, 2, 0.25),
            (1, 3, 1.0),
            (2, 3, 1.5),
        ] {
            network.add_edge(from, to, capacity);
        }
        assert_eq!(network.source_side(0, 3), [true, true, false, false]);
    }

    #[test]
    fn flow_is_sent_back_where_another_way_is_better() {
        // 0-1-3-5 is found first and must give way to 0-1-4-5, because 2 has no other way than 3.
        let mut network = FlowNetwork::new(6);
        for (from, to) in [(0, 1), (0, 2), (1, 3), (1, 4), (2, 3), (3, 5), (4, 5)] {
            network.add_edge(from, to, 1.0);
        }
        assert_eq!(
            network.source_side(0, 5),
            [true, false, false, false, false, false]
        );
    }
}
