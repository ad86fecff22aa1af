//! Where contracted time goes: every second of every post's contract is counted once.
//!
//! A working day's contracted time stands in one block from the opening of the window, client time
//! first. The engine counts client time as windows open (`shifts`); everything else is counted here,
//! day by day, when a spell of holding or of vacancy ends (on days with clinics client time stands at
//! other hours, and is counted as it opens): on closed days, leave, training, sickness,
//! days not turned up, vacancy, and beside client time. A post that is on duty round the clock has
//! client time and vacancy alone.
//!
//! Where posts are reimbursed, the same spells are counted by financial year, whole seconds of the clock.

use super::log::Observer;
use super::observations::FilledTime;
use super::simulation::Simulation;
use super::workforce::Absence;
use crate::model::{Day, PostId, SimDuration, SimTime};

impl<O: Observer> Simulation<'_, O> {
    /// Counts the days on which the post was held, since its holder came.
    pub(super) fn account_for_holding(&mut self, id: PostId) {
        let from = self.posts[id.index()].held_since;
        self.count_financial_years(id, from, |year, seconds| year.filled += seconds);
        for day in self.days_of(from) {
            self.account_for_day(id, day);
        }
    }

    /// Counts the days on which the post was vacant, since its holder left.
    pub(super) fn account_for_vacancy(&mut self, id: PostId) {
        let from = self.posts[id.index()].vacant_since;
        self.count_financial_years(id, from, |year, seconds| year.vacant += seconds);
        if self.plan.posts[id.index()].always_on {
            return;
        }
        for day in self.days_of(from) {
            let contracted = self.contracted_on(id, day);
            let year = &mut self.seen.posts[id.index()].year;
            year.contracted += contracted;
            year.vacancy += contracted;
        }
    }

    /// Counts the time of the period from `from` up to now, by the financial years in which the model
    /// has something reimbursed.
    fn count_financial_years(
        &mut self,
        id: PostId,
        from: SimTime,
        count: impl Fn(&mut FilledTime, u64),
    ) {
        let model = self.plan.model;
        let years = model.costs.iter().flat_map(|costs| &costs.reimbursement);
        for (index, year) in years.enumerate() {
            let seconds = self.in_period(from.max(year.begins), self.now.min(year.ends));
            count(
                &mut self.seen.posts[id.index()].financial_years[index],
                seconds,
            );
        }
    }

    /// Days of the period from `from` up to now.
    fn days_of(&self, from: SimTime) -> impl Iterator<Item = Day> + use<O> {
        let first = from.max(self.opens).seconds();
        let last = self.now.max(self.opens).seconds();
        let a_day = crate::model::time::SECONDS_PER_DAY;
        (first.div_ceil(a_day)..last.div_ceil(a_day)).map(|day| Day(day as u32))
    }

    /// Contracted seconds of `day` within the period.
    fn contracted_on(&self, id: PostId, day: Day) -> u64 {
        let model = self.plan.model;
        let post = &model.posts[id.index()];
        let begins = day.opens() + post.window_opens;
        self.in_period(
            begins,
            begins + post.contracted_time[model.calendar.weekday(day)],
        )
    }

    fn account_for_day(&mut self, id: PostId, day: Day) {
        let contracted = self.contracted_on(id, day);
        let absence = self.absences[id.index()]
            .get(day.index())
            .copied()
            .unwrap_or_default();
        let is_closed = !self.plan.model.calendar.is_working_day(day);
        if !is_closed && absence == Absence::Sickness && self.would_work(id, day) {
            self.seen.posts[id.index()].sickness_days += 1;
        }
        if self.plan.posts[id.index()].always_on {
            return;
        }
        let non_client = self.non_client_on(id, day);
        let is_clinic_day = self.clinic_day(id, day).is_some();
        let year = &mut self.seen.posts[id.index()].year;
        // On a day with clinics client time was counted as it opened.
        year.contracted += match absence {
            Absence::None if is_clinic_day && !is_closed => non_client,
            _ => contracted,
        };
        match absence {
            _ if is_closed => year.closed += contracted,
            Absence::None => year.non_client += non_client,
            Absence::Leave => year.leave += contracted,
            Absence::Training => year.training += contracted,
            Absence::Sickness => year.sickness += contracted,
            Absence::NotTurnedUp => year.not_turned_up += contracted,
        }
    }

    /// Contracted seconds of `day` beside client time, within the period.
    fn non_client_on(&self, id: PostId, day: Day) -> u64 {
        let model = self.plan.model;
        let post = &model.posts[id.index()];
        let weekday = model.calendar.weekday(day);
        let begins = day.opens() + post.window_opens;
        let (client, contracted) = (post.client_time[weekday], post.contracted_time[weekday]);
        self.in_period(begins + client, begins + contracted)
    }

    /// A window opens with `length` of the client time of the day: the rest a new holder does not
    /// have yet.
    pub(super) fn count_ramp(&mut self, id: PostId, length: SimDuration) {
        let model = self.plan.model;
        let post = &model.posts[id.index()];
        let full = post.client_time[model.calendar.weekday(self.now.day())];
        let lost = self.in_period(self.now + length, self.now + full);
        self.seen.posts[id.index()].year.ramp += lost;
    }

    /// The period closes: counts what is still under way, and the whole of posts that are on duty
    /// round the clock.
    pub(super) fn close_accounts(&mut self, id: PostId) {
        let state = self.posts[id.index()];
        if state.held {
            self.account_for_holding(id);
        } else if self.seen.posts[id.index()].vacant.value > 0 {
            self.account_for_vacancy(id);
        }
        let tally = &mut self.seen.posts[id.index()];
        tally.vacant.advance(self.now);
        if self.plan.posts[id.index()].always_on {
            tally.year.vacancy = tally.vacant.area;
            tally.year.contracted = tally.held.area + tally.vacant.area;
        }
    }
}
