//! Edges of time, at which everything before them has to have happened: the opening and the closing of
//! the period, and the ends of weeks, with what grew in each and the load and strain of posts.
//!
//! Weeks are those of the results collection period, counted on backwards through the warm-up, where
//! strain builds up and nothing is noted.

use super::log::Observer;
use super::observations::{Count, ScopeTally, WeekRow};
use super::simulation::Simulation;
use crate::model::{SimDuration, SimTime};

impl<O: Observer> Simulation<'_, O> {
    /// The next edge of time: the end of a week, which the opening of the period is too, or the
    /// closing.
    pub(super) fn next_edge(&self) -> SimTime {
        let week = SimDuration::WEEK.seconds();
        let into_week = (self.now.seconds() + week - self.opens.seconds() % week) % week;
        let ends = SimTime::from_seconds(self.now.seconds() + week - into_week);
        ends.min(self.closes)
    }

    /// An edge has come, before all else that happens at that instant. In the period a week's rows
    /// are the growth of the running totals since the last.
    pub(super) fn come_to_edge(&mut self) {
        if self.now == self.closes {
            self.period_closes();
            return;
        }
        if self.now == self.opens {
            self.period_opens();
        }
        self.peaks.advance(self.now);
        self.weigh_week();
        if self.now > self.opens {
            self.note_week();
        }
    }

    /// A part of a week at the end of the period has rows too, without load and strain.
    pub(super) fn note_week(&mut self) {
        self.advance_levels();
        let length = (self.now - self.week_began).seconds();
        let is_whole = length == SimDuration::WEEK.seconds();
        self.week_began = self.now;
        for index in 0..self.week_base.len() {
            let total = self.running_total(index);
            let (load, strain) = match is_whole {
                true => self.strain_at(index),
                false => (None, None),
            };
            self.seen.weeks.push(WeekRow {
                load,
                strain,
                ..total.less(&self.week_base[index], length)
            });
            self.week_base[index] = total;
        }
    }

    /// Everything since the period opened of the scope at `index` of a week: the PCN, a practice
    /// or a post.
    fn running_total(&self, index: usize) -> WeekRow {
        let practices = self.seen.practices.len();
        match index {
            0 => self.pcn_total(),
            _ if index <= practices => scope_total(&self.seen.practices[index - 1]),
            _ => self.post_total(index - 1 - practices),
        }
    }

    /// Load ratio and strain of the scope at `index` of a week, at its end: of the PCN the means
    /// over the posts that are held; of a practice none.
    fn strain_at(&self, index: usize) -> (Option<f64>, Option<f64>) {
        let practices = self.seen.practices.len();
        let held = self.posts.iter().filter(|post| post.held);
        if index == 0 {
            let loads = held.clone().filter_map(|post| post.load);
            (mean(loads), mean(held.map(|post| post.strain)))
        } else if index > practices {
            let post = &self.posts[index - 1 - practices];
            (post.load, post.held.then_some(post.strain))
        } else {
            (None, None)
        }
    }

    fn pcn_total(&self) -> WeekRow {
        let practices = self.seen.practices.iter().map(scope_total);
        let people = practices.fold(WeekRow::default(), |sum, practice| WeekRow {
            waiting_area: sum.waiting_area + practice.waiting_area,
            open_area: sum.open_area + practice.open_area,
            received: sum.received + practice.received,
            contacts_held: sum.contacts_held + practice.contacts_held,
            ..sum
        });
        let posts = (0..self.posts.len()).map(|index| self.post_total(index));
        posts.fold(people, |sum, post| WeekRow {
            available_seconds: sum.available_seconds + post.available_seconds,
            busy_seconds: sum.busy_seconds + post.busy_seconds,
            held_area: sum.held_area + post.held_area,
            ..sum
        })
    }

    fn post_total(&self, index: usize) -> WeekRow {
        let tally = &self.seen.posts[index];
        let plan = &self.plan.posts[index];
        let (available, busy) = self.posts[index].running(tally, plan, self.now);
        WeekRow {
            available_seconds: available,
            busy_seconds: busy,
            held_area: tally.held.area,
            ..scope_total(&tally.scope)
        }
    }
}

fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (sum, count) = values.fold((0.0, 0_u32), |(sum, count), value| (sum + value, count + 1));
    (count > 0).then(|| sum / f64::from(count))
}

fn scope_total(scope: &ScopeTally) -> WeekRow {
    WeekRow {
        waiting_area: scope.waiting.area,
        open_area: scope.open.area,
        received: scope.count(Count::Received),
        contacts_held: scope.count(Count::ContactsHeld),
        ..WeekRow::default()
    }
}
