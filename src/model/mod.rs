//! The service as an immutable description: what is simulated, with every value meant and checked.
//!
//! Nothing here knows the scenario file, holds the state of a replication or draws a random
//! number's key. A [`Model`] is made by `scenario::resolve` and read by everybody else.

pub mod absence;
pub mod calendar;
pub mod clinic;
pub mod costs;
pub mod demand;
pub mod distribution;
pub mod ids;
pub mod merger;
pub mod missed;
pub mod pathway;
pub mod policy;
pub mod post;
pub mod practice;
pub mod rota;
pub mod sharing;
pub mod start;
pub mod strain;
pub mod tenure;
pub mod time;
pub mod workload;

pub use absence::AbsenceRules;
pub use calendar::{Calendar, CalendarKind};
pub use clinic::Clinic;
pub use costs::{Costs, FinancialYear, Pay, PostCost, Reimbursement};
pub use demand::{Batch, Demand, Pattern, Ramp, Shock, Source};
pub use distribution::Distribution;
pub use ids::{CaseTypeId, EntityKey, PoolId, PostId, PracticeId, SourceId};
pub use merger::Merger;
pub use missed::MissedShare;
pub use pathway::{CaseType, FirstContact};
pub use policy::{Assignment, Continuity, LapseUntil, OrderOfWork, Pause, PauseScope, Policy};
pub use post::{Post, PostKind, ProtectedTime};
pub use practice::{OpeningHours, Practice};
pub use rota::Rota;
pub use sharing::{Claim, Parts, Pool, Pools};
pub use start::{Start, StartOpen, StartWaiting, Waited};
pub use strain::{Feedback, Strain};
pub use tenure::{Contract, Tenure};
pub use time::{Day, SimDuration, SimTime};
pub use workload::Workload;

/// One complete, checked description of a service over a period.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// When the results are collected.
    pub period: Period,
    /// Which days are working days.
    pub calendar: Calendar,
    /// The practices, in the order of the scenario file.
    pub practices: Vec<Practice>,
    /// Practices that become one, in order of time.
    pub mergers: Vec<Merger>,
    /// The case types, in the order of the scenario file; at least one.
    pub case_types: Vec<CaseType>,
    /// How referrals arise.
    pub demand: Demand,
    /// How first contact is made.
    pub first_contact: FirstContact,
    /// The posts, in the order of the scenario file; a post above 1 WTE stands here as several.
    pub posts: Vec<Post>,
    /// The rules of leave and sickness.
    pub absence: AbsenceRules,
    /// The rules of the service.
    pub policy: Policy,
    /// Where a terminating run starts.
    pub start: Option<Start>,
    /// How strain of posts is measured and what it does.
    pub strain: Strain,
    /// What the service costs; `None`: no money is counted.
    pub costs: Option<Costs>,
}

/// The results collection period on the simulation clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// First instant whose events are counted; the warm-up lies before it, from time zero.
    pub opens: SimTime,
    /// First instant after the period; the replication ends here.
    pub closes: SimTime,
}

impl Period {
    /// Length of the results collection period.
    #[must_use]
    pub fn length(&self) -> SimDuration {
        self.closes - self.opens
    }

    /// Length of the period in years of 365.25 days, by which totals become totals a year.
    #[must_use]
    pub fn years(&self) -> f64 {
        self.length().days() / time::DAYS_PER_YEAR
    }

    /// Weeks that the period touches, the last one perhaps in part.
    #[must_use]
    pub fn weeks(&self) -> usize {
        self.length().seconds().div_ceil(time::SECONDS_PER_WEEK) as usize
    }
}

impl Model {
    /// Days that are simulated, warm-up included, the last one perhaps in part.
    #[must_use]
    pub fn days(&self) -> u32 {
        self.period.closes.seconds().div_ceil(time::SECONDS_PER_DAY) as u32
    }

    /// A run that wants a steady-state mean: it has a warm-up and no state to start from.
    #[must_use]
    pub fn is_steady_state(&self) -> bool {
        self.start.is_none() && self.period.opens > SimTime::ZERO
    }
}
