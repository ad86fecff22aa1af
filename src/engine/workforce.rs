//! Who is at work on which day: leave, training and sickness of each post.
//!
//! All of it is drawn from the post's own streams, keyed by the post and the date (leave and
//! training by the leave year), never by what happened: two options meet the same absences. Only
//! the rule about leave at the same time makes a worker's leave depend on others: on those before
//! it in the file.
//!
//! A sick day counts where the post would otherwise have worked: leave and training stand before
//! sickness.

mod leave;
mod sickness;

pub use leave::WHOLE_WEEKS;
pub(super) use sickness::plan_more_sickness;
pub use sickness::{Spells, StartProbability};

use super::plan::Plan;
use super::streams::{Purpose, ReplicationKey};
use crate::model::{Calendar, Day, Model, Post};
use jiff::civil::Date;
use leave::{LeaveYear, Together, leave_year};
pub(super) use sickness::days_since_2000;
use sickness::plan_sickness;

/// Why a post is not at work on a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Absence {
    /// It is at work, if it has contracted time that day.
    #[default]
    None,
    /// Annual leave.
    Leave,
    /// Training.
    Training,
    /// Sickness.
    Sickness,
    /// The holder should have come and did not.
    NotTurnedUp,
}

/// Writes each simulated day's absence of every post in replication `key` into `plans`, which has
/// a list for each post.
pub fn plan_absences(plan: &Plan, key: ReplicationKey, plans: &mut [Vec<Absence>]) {
    let model = plan.model;
    for (post, days) in model.posts.iter().zip(&mut *plans) {
        days.clear();
        days.resize(model.days() as usize, Absence::None);
        if post.sickness_share > 0.0 {
            plan_sickness(model, post, &plan.spells, key, days);
        }
    }
    let mut posts = model.posts.iter();
    if posts.any(|post| post.annual_leave_days > 0.0 || post.training_days > 0.0) {
        plan_leave(plan, key, plans);
    }
    for (post, days) in model.posts.iter().zip(plans) {
        if post.turn_up_share < 1.0 {
            plan_no_shows(model, post, key, days);
        }
    }
}

/// Leave and training of all posts, leave year by leave year.
fn plan_leave(plan: &Plan, key: ReplicationKey, plans: &mut [Vec<Absence>]) {
    let model = plan.model;
    let first = leave_year(model.calendar.first());
    let last = leave_year(model.calendar.date(Day(model.days().saturating_sub(1))));
    let of_practices = plan.pools.of_practices();
    for year in first..=last {
        let mut together = Together::new(model, of_practices, year);
        for (index, post) in model.posts.iter().enumerate() {
            let pools = &plan.posts[index].pools;
            // In order, and those of practices come first.
            let end = pools.partition_point(|pool| pool.index() < of_practices);
            together.joined_by(post, &pools[..end]);
            if post.annual_leave_days > 0.0 || post.training_days > 0.0 {
                LeaveYear::new(&model.calendar, post, year).plan(
                    key,
                    &mut together,
                    &mut plans[index],
                );
            }
        }
    }
}

/// Marks `date` in the plan, if it is simulated. Leave and training stand before sickness.
fn mark(calendar: &Calendar, plan: &mut [Absence], date: Date, absence: Absence) {
    if let Some(day) = calendar.day_of(date)
        && let Some(place) = plan.get_mut(day.index())
    {
        *place = absence;
    }
}

/// Days on which the holder of a post should come and does not.
fn plan_no_shows(model: &Model, post: &Post, key: ReplicationKey, days: &mut [Absence]) {
    let stream = key.stream_key(Purpose::TurnUp, post.key());
    let first = days_since_2000(model.calendar.first());
    for (day, absence) in days.iter_mut().enumerate() {
        let mut draws = stream.draws((first + day as i64) as u64, 0);
        if *absence == Absence::None && draws.uniform() >= post.turn_up_share {
            *absence = Absence::NotTurnedUp;
        }
    }
}
