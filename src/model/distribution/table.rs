//! Listed values, drawn by inversion.

/// Values by inversion of their cumulative shares. The values ascend whatever the order in which
/// they were given, so that a larger uniform never gives a smaller value: what two options draw
/// with the same uniform is then as close as their tables are.
#[derive(Clone, Debug)]
pub(super) struct Table {
    /// The share of each value and of those before it, not normalised.
    cumulative: Box<[f64]>,
    values: Box<[f64]>,
    total: f64,
}

impl Table {
    pub(super) fn new(values: &[f64], shares: &[f64]) -> Self {
        let mut entries: Vec<(f64, f64)> = values
            .iter()
            .copied()
            .zip(shares.iter().copied())
            .filter(|(_, share)| *share > 0.0)
            .collect();
        entries.sort_by(|one, other| one.0.total_cmp(&other.0));
        Self::of(entries.into_iter())
    }

    /// The Poisson distribution, as far as 53 bits can tell, by p(k) = p(k - 1) x mean / k.
    pub(super) fn poisson(mean: f64) -> Self {
        const NEGLIGIBLE: f64 = 1e-20;
        let mut term = libm::exp(-mean);
        let later = (1_u32..).map_while(|k| {
            term *= mean / f64::from(k);
            (f64::from(k) < mean || term > NEGLIGIBLE).then_some((f64::from(k), term))
        });
        Self::of(std::iter::once((0.0, libm::exp(-mean))).chain(later))
    }

    fn of(entries: impl Iterator<Item = (f64, f64)>) -> Self {
        let mut total = 0.0;
        let (cumulative, values): (Vec<f64>, Vec<f64>) = entries
            .map(|(value, share)| {
                total += share;
                (total, value)
            })
            .unzip();
        Self {
            cumulative: cumulative.into(),
            values: values.into(),
            total,
        }
    }

    #[inline]
    pub(super) fn value_at(&self, u: f64) -> f64 {
        let target = u * self.total;
        let index = self.cumulative.partition_point(|below| *below <= target);
        // The product may round up to the total itself.
        self.values[index.min(self.values.len() - 1)]
    }
}
