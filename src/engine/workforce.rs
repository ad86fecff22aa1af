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

pub use leave::{LeaveYear, WHOLE_WEEKS};
pub(super) use sickness::plan_more_sickness;
pub use sickness::{Spells, StartProbability};

use super::plan::Plan;
use super::streams::{Purpose, ReplicationKey};
use crate::model::{Day, Model, Post};
use leave::{Together, leave_year};
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
    if plan.posts.iter().any(|post| !post.leave.is_empty()) {
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
    let of_practices = plan.pools.of_practices();
    for (number, year) in leave_years(model).enumerate() {
        let mut together = Together::new(model, of_practices, year);
        for (index, post) in model.posts.iter().enumerate() {
            let pools = &plan.posts[index].pools;
            // In order, and those of practices come first.
            let end = pools.partition_point(|pool| pool.index() < of_practices);
            together.joined_by(post, &pools[..end]);
            if let Some(leave) = plan.posts[index].leave.get(number) {
                leave.plan(post, key, &mut together, &mut plans[index]);
            }
        }
    }
}

/// The leave years that the simulated time touches.
fn leave_years(model: &Model) -> std::ops::RangeInclusive<i16> {
    let last = model.calendar.date(Day(model.days().saturating_sub(1)));
    leave_year(model.calendar.first())..=leave_year(last)
}

/// The leave years of `post`; none where it takes neither leave nor training.
pub(super) fn leave_years_of(model: &Model, post: &Post) -> Vec<LeaveYear> {
    if post.annual_leave_days > 0.0 || post.training_days > 0.0 {
        leave_years(model)
            .map(|year| LeaveYear::new(&model.calendar, post, year))
            .collect()
    } else {
        Vec::new()
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
