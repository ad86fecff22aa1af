//! Series over the replications: weeks, and days since referral.

use super::replications::Replications;
use crate::stats::sample_quantiles;

/// One week of one series.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WeekPoint {
    /// Mean over the replications in which it is defined.
    pub mean: f64,
    /// 10%, 50% and 90% points across replications.
    pub spread: [f64; 3],
}

/// One day of the curve of first contact of the PCN.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CurvePoint {
    /// Mean share over the replications.
    pub mean: f64,
    /// 10% and 90% points across replications.
    pub spread: [f64; 2],
}

impl Replications {
    /// Weeks in the series.
    #[must_use]
    pub fn weeks(&self) -> usize {
        self.weekly_sums.len() / self.weekly_columns.len().max(1)
    }

    /// Week `week` (from 0) of weekly column `column`; `None` where never defined.
    #[must_use]
    pub fn week(&self, week: usize, column: usize) -> Option<WeekPoint> {
        let index = week * self.weekly_columns.len() + column;
        let mean = self.week_mean(week, column)?;
        let mut values = defined(self.weekly.column(index));
        Some(WeekPoint {
            mean,
            spread: sample_quantiles(&mut values, [0.1, 0.5, 0.9])?,
        })
    }

    /// Mean of week `week` of weekly column `column` over all replications in which it is defined.
    #[must_use]
    pub fn week_mean(&self, week: usize, column: usize) -> Option<f64> {
        let (sum, n) = *self
            .weekly_sums
            .get(week * self.weekly_columns.len() + column)?;
        (n > 0).then(|| sum / n as f64)
    }

    /// Weekly column `column` week by week, one series for each replication that is kept;
    /// not-a-number where undefined.
    pub(super) fn weekly_of(&self, column: usize) -> impl Iterator<Item = Vec<f64>> + '_ {
        let width = self.weekly_columns.len();
        let weeks = (0..self.weeks()).map(|week| self.weekly.column(week * width + column));
        let weeks: Vec<Vec<f32>> = weeks.collect();
        let series = move |kept: usize| weeks.iter().map(|it| f64::from(it[kept])).collect();
        (0..self.weekly.count()).map(series)
    }

    /// Mean share at `day` on clock `clock` of scope `scope` (PCN, practices, case types, sources),
    /// as in [`crate::measure::Curves`]; `None` where there was never anybody.
    #[must_use]
    pub fn share_at(&self, scope: usize, clock: usize, day: usize) -> Option<f64> {
        let clocks = crate::measure::CURVE_CLOCKS.len();
        let index = (scope * clocks + clock) * (self.curve_days + 1) + day;
        let (sum, n) = *self.curve_sums.get(index)?;
        (n > 0).then(|| sum / n as f64)
    }

    /// The share of the PCN contacted by `day`, with its spread.
    #[must_use]
    pub fn contacted_by(&self, day: usize) -> Option<CurvePoint> {
        let mut values = defined(self.curves.column(day));
        Some(CurvePoint {
            mean: self.share_at(0, 0, day)?,
            spread: sample_quantiles(&mut values, [0.1, 0.9])?,
        })
    }
}

fn defined(values: Vec<f32>) -> Vec<f64> {
    values
        .into_iter()
        .filter(|value| !value.is_nan())
        .map(f64::from)
        .collect()
}
