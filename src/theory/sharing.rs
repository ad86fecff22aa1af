//! The critical load of a sharing graph: how much of their capacity the posts must give so that
//! every pool of demand can be carried, and which pools decide it.
//!
//! However the work is shared out, the posts N(S) that serve at least one pool of S are all that S
//! has. So the least load that all posts can hold to is
//!
//! max over sets S of pools of d(S) / c(N(S)),
//!
//! demand over capacity (max-flow min-cut; Hall's condition with amounts). Above 1 no policy keeps
//! the lists of S stable. A mean load over all posts below 1 does not show this.
//!
//! Found by Dinkelbach's (1967) method: at a trial load t the set with the greatest
//! d(S) - t c(N(S)) is the source side of a minimum cut; its own ratio is the next trial. The trials
//! rise to the answer in a few steps, and the answer is a ratio of plain sums, not a limit of
//! bisection.

use super::max_flow::FlowNetwork;

/// Trials rise by more than this share, or have arrived.
const RISE: f64 = 1e-12;

/// The load that decides whether the demand can be carried.
#[derive(Clone, Debug, PartialEq)]
pub struct CriticalLoad {
    /// The greatest ratio of demand to capacity over sets of pools: 0 without demand, infinite
    /// when some demand has no capacity.
    pub load: f64,
    /// A set of pools, ascending, that has that ratio. Of several it need not be the smallest: with
    /// all pools equally loaded it is all of them. Pools without demand are never in it.
    pub pools: Vec<usize>,
}

/// The critical load of pools with `demand` per unit of time, posts with `capacity` in the same
/// unit, and for each pool the posts that serve it.
///
/// Demands and capacities are finite and not negative; each list in `serving` names posts by their
/// place in `capacity`, in any order. A pool with demand whose posts have no capacity makes the
/// load infinite, and `pools` lists all such.
///
/// Worked: demands 0.5, 0.8, 1.1 and three posts of 1. Each pool with its own post: 1.1, by pool 2.
/// A chain, in which pool j also has the next post: 0.8, by all three.
#[must_use]
pub fn critical_load(demand: &[f64], capacity: &[f64], serving: &[Vec<usize>]) -> CriticalLoad {
    debug_assert_eq!(
        demand.len(),
        serving.len(),
        "every pool has a list of posts"
    );
    let graph = Graph {
        demand,
        capacity,
        serving,
    };
    let mut pools: Vec<usize> = (0..demand.len())
        .filter(|pool| demand[*pool] > 0.0)
        .collect();
    if pools.is_empty() {
        return CriticalLoad { load: 0.0, pools };
    }
    let unserved: Vec<usize> = pools
        .iter()
        .copied()
        .filter(|pool| graph.load_of(&[*pool]).is_infinite())
        .collect();
    if !unserved.is_empty() {
        return CriticalLoad {
            load: f64::INFINITY,
            pools: unserved,
        };
    }
    let mut load = graph.load_of(&pools);
    loop {
        let tighter = graph.overloaded_at(load);
        let tighter_load = if tighter.is_empty() {
            0.0
        } else {
            graph.load_of(&tighter)
        };
        // A NaN, which only improper input can give, is not a rise and ends the search too.
        let rises = tighter_load > load * (1.0 + RISE);
        if !rises {
            return CriticalLoad { load, pools };
        }
        (load, pools) = (tighter_load, tighter);
    }
}

/// The three lists of the problem.
#[derive(Clone, Copy)]
struct Graph<'a> {
    demand: &'a [f64],
    capacity: &'a [f64],
    serving: &'a [Vec<usize>],
}

impl Graph<'_> {
    /// Demand of `pools` over the capacity of all posts that serve any of them; infinite when they
    /// have none.
    fn load_of(&self, pools: &[usize]) -> f64 {
        let demand: f64 = pools.iter().map(|pool| self.demand[*pool]).sum();
        let mut posts: Vec<usize> = pools
            .iter()
            .flat_map(|pool| &self.serving[*pool])
            .copied()
            .collect();
        posts.sort_unstable();
        posts.dedup();
        let capacity: f64 = posts.iter().map(|post| self.capacity[*post]).sum();
        if capacity > 0.0 {
            demand / capacity
        } else {
            f64::INFINITY
        }
    }

    /// The pools that overload their posts most, in sum, when each post gives `load` times its
    /// capacity; none when all demand can be carried.
    fn overloaded_at(&self, load: f64) -> Vec<usize> {
        let (pools, posts) = (self.demand.len(), self.capacity.len());
        let (source, sink) = (pools + posts, pools + posts + 1);
        let mut network = FlowNetwork::new(pools + posts + 2);
        for (post, capacity) in self.capacity.iter().enumerate() {
            network.add_edge(pools + post, sink, load * capacity);
        }
        for (pool, demand) in self.demand.iter().enumerate() {
            network.add_edge(source, pool, *demand);
            for post in &self.serving[pool] {
                // No more than its demand leaves a pool. Twice that is never full, so that these
                // edges are never cut.
                network.add_edge(pool, pools + post, 2.0 * demand);
            }
        }
        let reached = network.source_side(source, sink);
        (0..pools)
            .filter(|pool| reached[*pool] && self.demand[*pool] > 0.0)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn assert_load(found: &CriticalLoad, load: f64, pools: &[usize]) {
        assert!(
            (found.load - load).abs() < 1e-12,
            "{} is not {load}",
            found.load
        );
        assert_eq!(found.pools, pools);
    }

    #[test]
    fn dedicated_chained_and_pooled_posts() {
        let (demand, capacity) = ([0.5, 0.8, 1.1], [1.0; 3]);
        let dedicated: Vec<_> = (0..3).map(|pool| vec![pool]).collect();
        assert_load(&critical_load(&demand, &capacity, &dedicated), 1.1, &[2]);
        let chain: Vec<_> = (0..3).map(|pool| vec![pool, (pool + 1) % 3]).collect();
        assert_load(&critical_load(&demand, &capacity, &chain), 0.8, &[0, 1, 2]);
        assert_load(
            &critical_load(&[2.4], &capacity, &[vec![0, 1, 2]]),
            0.8,
            &[0],
        );
    }

    #[test]
    fn the_n_model_binds_where_there_is_one_post() {
        // Post 0 serves pool 0 only, post 1 both.
        let serving = [vec![0, 1], vec![1]];
        assert_load(
            &critical_load(&[0.7, 0.7], &[1.0; 2], &serving),
            0.7,
            &[0, 1],
        );
        assert_load(&critical_load(&[0.3, 0.9], &[1.0; 2], &serving), 0.9, &[1]);
        assert_load(
            &critical_load(&[0.9, 0.3], &[1.0; 2], &serving),
            0.6,
            &[0, 1],
        );
    }

    #[test]
    fn demand_without_capacity_is_infinite_and_no_demand_is_no_load() {
        let serving = [vec![], vec![0], vec![1], vec![]];
        let found = critical_load(&[1.0, 1.0, 1.0, 0.0], &[1.0, 0.0], &serving);
        assert!(found.load.is_infinite());
        assert_eq!(found.pools, [0, 2]);
        assert_load(
            &critical_load(&[0.0, 0.0], &[1.0], &[vec![0], vec![]]),
            0.0,
            &[],
        );
        assert_load(&critical_load(&[], &[], &[]), 0.0, &[]);
    }

    #[test]
    fn a_small_overloaded_pool_is_seen_beside_large_ones() {
        let serving = [vec![0], vec![1]];
        let found = critical_load(&[1e9, 1.001e-3], &[1e9, 1e-3], &serving);
        assert_load(&found, 1.001, &[1]);
    }

    #[test]
    fn a_post_named_twice_counts_once() {
        assert_load(&critical_load(&[0.5], &[1.0], &[vec![0, 0]]), 0.5, &[0]);
    }

    /// Posts 0 to 999 in a chain, demand rising along it: every prefix of the flow is tight, so
    /// this is the longest search. Checked against the suffixes, which are the candidates.
    #[test]
    fn a_thousand_pools_and_posts_take_no_time() {
        let demand: Vec<f64> = (0..1_000)
            .map(|pool| 0.5 + f64::from(pool) / 1_000.0)
            .collect();
        let serving: Vec<_> = (0..1_000)
            .map(|pool| vec![pool, (pool + 1).min(999)])
            .collect();
        let begun = std::time::Instant::now();
        let found = critical_load(&demand, &[1.0; 1_000], &serving);
        assert!(begun.elapsed().as_secs_f64() < 5.0, "{:?}", begun.elapsed());
        let suffix = |first: usize| demand[first..].iter().sum::<f64>() / (1_000 - first) as f64;
        let best = (0..1_000).map(suffix).fold(0.0, f64::max);
        assert!(
            (found.load - best).abs() < 1e-9,
            "{} is not {best}",
            found.load
        );
    }

    /// The definition: every set of pools.
    fn by_enumeration(demand: &[f64], capacity: &[f64], serving: &[Vec<usize>]) -> f64 {
        let graph = Graph {
            demand,
            capacity,
            serving,
        };
        let sets = 1..1_usize << demand.len();
        let pools = |set: usize| (0..demand.len()).filter(move |pool| set >> pool & 1 == 1);
        let with_demand = sets.filter(|set| pools(*set).any(|pool| demand[pool] > 0.0));
        with_demand
            .map(|set| graph.load_of(&pools(set).collect::<Vec<_>>()))
            .fold(0.0, f64::max)
    }

    /// A graph of up to 8 pools and 6 posts, with scales that differ and amounts that are often
    /// equal or zero.
    fn graphs() -> impl Strategy<Value = (Vec<f64>, Vec<f64>, Vec<Vec<usize>>)> {
        let amount = prop_oneof![
            4 => 0.01..10.0_f64,
            2 => Just(1.0),
            1 => Just(0.0),
            1 => 1e-6..1e-3_f64,
        ];
        (1..=8_usize, 1..=6_usize).prop_flat_map(move |(pools, posts)| {
            let list = proptest::collection::vec(0..posts, 1..=3);
            (
                proptest::collection::vec(amount.clone(), pools),
                proptest::collection::vec(amount.clone(), posts),
                proptest::collection::vec(list, pools),
            )
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]
        #[test]
        fn it_is_the_greatest_over_all_sets((demand, capacity, serving) in graphs()) {
            let found = critical_load(&demand, &capacity, &serving);
            let target = by_enumeration(&demand, &capacity, &serving);
            if target.is_infinite() {
                prop_assert!(found.load.is_infinite());
            } else {
                prop_assert!((found.load - target).abs() <= 1e-9 * target, "{found:?}, not {target}");
            }
            if !found.pools.is_empty() {
                let graph = Graph { demand: &demand, capacity: &capacity, serving: &serving };
                let own = graph.load_of(&found.pools);
                prop_assert!(own.total_cmp(&found.load).is_eq(), "{own} {found:?}");
            }
        }
    }
}
