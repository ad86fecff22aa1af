//! A rota: the practices at which a worker is on each weekday, and the way between them.

use super::distribution::Distribution;
use super::ids::PracticeId;

/// Where a worker is on which weekday.
#[derive(Clone, Debug, PartialEq)]
pub struct Rota {
    /// Every practice that some weekday visits, in the order of [`super::Model::practices`].
    sites: Vec<PracticeId>,
    /// Sites of each weekday, Monday first, as positions in `sites`, in the order of the day.
    days: [Vec<usize>; 7],
    /// Minutes from one site to the next on one day.
    pub travel_minutes: Distribution,
}

impl Rota {
    /// The rota that visits `days`, Monday first, each in the order of the day.
    #[must_use]
    pub fn new(days: &[Vec<PracticeId>; 7], travel_minutes: Distribution) -> Self {
        let mut sites: Vec<PracticeId> = days.iter().flatten().copied().collect();
        sites.sort_unstable();
        sites.dedup();
        let site = |practice: &PracticeId| sites.partition_point(|site| site < practice);
        let days = std::array::from_fn(|day| days[day].iter().map(site).collect());
        Self {
            sites,
            days,
            travel_minutes,
        }
    }

    /// Every practice that some weekday visits.
    #[must_use]
    pub fn sites(&self) -> &[PracticeId] {
        &self.sites
    }

    /// The sites of a weekday (0 is Monday), as positions in [`Rota::sites`].
    #[must_use]
    pub fn of_day(&self, weekday: usize) -> &[usize] {
        &self.days[weekday]
    }

    /// The site of a practice, if some weekday visits it.
    #[inline]
    #[must_use]
    pub fn site_of(&self, practice: PracticeId) -> Option<usize> {
        self.sites.binary_search(&practice).ok()
    }

    /// Mean hours of travel on a weekday: three sites and 30 minutes between them are one hour.
    #[must_use]
    pub fn travel_hours(&self, weekday: usize) -> f64 {
        let changes = self.days[weekday].len().saturating_sub(1);
        changes as f64 * self.travel_minutes.mean() / 60.0
    }
}
