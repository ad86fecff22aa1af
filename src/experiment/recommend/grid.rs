//! All plans: one value of each key, what they cost, and which has at least as much as which.

/// Pence in a pound: costs are compared to the penny, so that sums in another order are equal.
const PENCE: f64 = 100.0;

/// A key that may change.
#[derive(Clone, Debug)]
pub struct GridKey {
    /// Pounds a year that each value costs.
    pub costs_pounds_a_year: Vec<f64>,
    /// Where each value stands from least to most, if more is never worse.
    pub ranks: Option<Vec<usize>>,
}

/// All plans, numbered with the last key changing fastest.
#[derive(Clone, Debug)]
pub struct Grid {
    keys: Vec<GridKey>,
}

impl Grid {
    /// The plans of these keys.
    #[must_use]
    pub const fn new(keys: Vec<GridKey>) -> Self {
        Self { keys }
    }

    /// How many plans there are.
    #[must_use]
    pub fn plans(&self) -> usize {
        self.keys
            .iter()
            .map(|key| key.costs_pounds_a_year.len())
            .product()
    }

    /// Whether more of some key is never worse.
    #[must_use]
    pub fn has_order(&self) -> bool {
        self.keys.iter().any(|key| key.ranks.is_some())
    }

    /// Which value of each key, the last key first.
    fn values(&self, plan: usize) -> impl Iterator<Item = (&GridKey, usize)> {
        let mut rest = plan;
        self.keys.iter().rev().map(move |key| {
            let many = key.costs_pounds_a_year.len();
            let value = rest % many;
            rest /= many;
            (key, value)
        })
    }

    /// What a plan costs in pounds a year, to the penny.
    #[must_use]
    pub fn cost(&self, plan: usize) -> f64 {
        self.pence(plan) as f64 / PENCE
    }

    fn pence(&self, plan: usize) -> i64 {
        let costs = self
            .values(plan)
            .map(|(key, value)| key.costs_pounds_a_year[value]);
        (costs.sum::<f64>() * PENCE).round() as i64
    }

    /// All plans, the cheapest first; of equal cost the one with the earlier values first.
    #[must_use]
    pub fn in_order(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.plans()).collect();
        order.sort_by_cached_key(|plan| (self.pence(*plan), *plan));
        order
    }

    /// Whether `plan` has at least as much as `other` of every key of which there is more and less,
    /// and the same of the others.
    #[must_use]
    pub fn has_at_least(&self, plan: usize, other: usize) -> bool {
        let mut pairs = self.values(plan).zip(self.values(other));
        pairs.all(|((key, value), (_, than))| match &key.ranks {
            Some(ranks) => ranks[value] >= ranks[than],
            None => value == than,
        })
    }

    /// The plans with one step less of one key, the others the same.
    #[must_use]
    pub fn one_less(&self, plan: usize) -> Vec<usize> {
        let mut stride = 1;
        let mut found = Vec::new();
        for (key, value) in self.values(plan) {
            if let Some(ranks) = &key.ranks {
                let less = (0..ranks.len()).filter(|other| ranks[*other] < ranks[value]);
                let next = less.max_by_key(|other| ranks[*other]);
                found.extend(next.map(|next| plan - value * stride + next * stride));
            }
            stride *= key.costs_pounds_a_year.len();
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two or one of something ordered at 10 pounds each, and a word at 0 or 5.
    fn small() -> Grid {
        Grid::new(vec![
            GridKey {
                costs_pounds_a_year: vec![20.0, 10.0],
                ranks: Some(vec![1, 0]),
            },
            GridKey {
                costs_pounds_a_year: vec![0.0, 5.0],
                ranks: None,
            },
        ])
    }

    #[test]
    fn plans_are_numbered_priced_and_put_in_order() {
        let grid = small();
        assert_eq!(grid.plans(), 4);
        let pounds: Vec<i64> = (0..4).map(|plan| grid.pence(plan) / 100).collect();
        assert_eq!(pounds, [20, 25, 10, 15]);
        assert_eq!(grid.in_order(), [2, 3, 0, 1]);
    }

    #[test]
    fn more_is_compared_only_where_the_words_agree() {
        let grid = small();
        assert!(grid.has_at_least(0, 2) && grid.has_at_least(0, 0));
        assert!(!grid.has_at_least(2, 0) && !grid.has_at_least(0, 3));
        assert_eq!(grid.one_less(1), [3]);
        assert!(grid.one_less(3).is_empty());
    }

    #[test]
    fn equal_costs_are_equal_in_whatever_order_they_are_added() {
        let key = |costs: &[f64]| GridKey {
            costs_pounds_a_year: costs.to_vec(),
            ranks: None,
        };
        let grid = Grid::new(vec![key(&[0.1, 0.3]), key(&[0.2, 0.0])]);
        // 0.1 + 0.2 is a hair above 0.3 in floating point.
        assert_eq!(grid.pence(0), grid.pence(3));
    }
}
