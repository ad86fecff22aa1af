//! Holders of posts: how they resign, leave, are replaced and work up to full speed, and fixed terms.
//!
//! A holder resigns when the leaving rate, added up over the time in post, reaches a standard
//! exponential draw (so that the rate may change from week to week), works out the notice and
//! leaves. The post is advertised at resignation; the next holder starts when somebody has been
//! found and the last one has gone. On calendars with working windows all this happens at midnight:
//! the first instant of a day, the end of the last.
//!
//! Draws are keyed by post and by the number of the holder, so that two options meet the same
//! resignations as long as the same rate holds.

use super::events::{Event, Stamp};
use super::log::{Activity, Observer};
use super::simulation::Simulation;
use super::streams::Purpose;
use crate::model::time::{DAYS_PER_YEAR, SECONDS_PER_DAY, SECONDS_PER_WEEK};
use crate::model::{PostId, SimDuration, SimTime};
use rand_distr::{Distribution as _, Exp1};

impl<O: Observer> Simulation<'_, O> {
    /// When a post that is advertised before the replication's end starts, its time to hire drawn.
    pub(super) fn first_day_of(&self, id: PostId, advertised: i64) -> SimTime {
        let hired = advertised.saturating_add(self.time_to_hire(id, 0).seconds() as i64);
        let from = SimTime::from_seconds(u64::try_from(hired).unwrap_or(0));
        self.end_of_day(id, from)
    }

    /// Draw `number` of the time to hire: 0 for the first holder of a new post, else for whoever
    /// follows that holder.
    fn time_to_hire(&self, id: PostId, number: u64) -> SimDuration {
        let stream = self
            .key
            .stream_key(Purpose::Hiring, self.plan.model.posts[id.index()].key());
        let weeks = self.plan.posts[id.index()]
            .weeks_to_hire
            .sample(&mut stream.draws(number, 0));
        SimDuration::from_units(weeks, SECONDS_PER_WEEK)
    }

    /// `time`, or for a post with working windows the midnight that is not before it.
    fn end_of_day(&self, id: PostId, time: SimTime) -> SimTime {
        if self.plan.posts[id.index()].always_on {
            return time;
        }
        SimTime::from_seconds(time.seconds().div_ceil(SECONDS_PER_DAY) * SECONDS_PER_DAY)
    }

    /// A holder takes up the post: how long they stay is drawn.
    pub(super) fn begin_tenure(&mut self, id: PostId) {
        let now = self.now;
        let stream = self
            .key
            .stream_key(Purpose::Tenure, self.plan.model.posts[id.index()].key());
        let state = &mut self.posts[id.index()];
        state.holder += 1;
        state.held_since = now;
        state.hazard_left = Exp1.sample(&mut stream.draws(state.holder, 0));
        state.hazard_since = now;
        self.schedule_resignation(id);
    }

    /// Resignations per second of the present holder.
    fn leaving_rate(&self, id: PostId) -> f64 {
        let a_year = self.plan.model.posts[id.index()].tenure.leaving_rate_a_year;
        let seconds_a_year = DAYS_PER_YEAR * SECONDS_PER_DAY as f64;
        a_year / seconds_a_year * self.posts[id.index()].leaving_factor
    }

    fn schedule_resignation(&mut self, id: PostId) {
        let rate = self.leaving_rate(id);
        self.posts[id.index()].tenure = Stamp::NONE;
        if rate > 0.0 {
            let left = self.posts[id.index()].hazard_left / rate;
            let resigns = self.now + SimDuration::from_units(left, 1);
            if resigns < self.closes {
                self.posts[id.index()].tenure =
                    self.events.schedule(resigns, Event::HolderResigns(id));
            }
        }
    }

    /// The leaving rate of a holder becomes `factor` times the usual one.
    pub(super) fn change_leaving_rate(&mut self, id: PostId, factor: f64) {
        let has_resigned = self.posts[id.index()].has_resigned;
        let (now, rate) = (self.now, self.leaving_rate(id));
        let state = &mut self.posts[id.index()];
        let is_same = (state.leaving_factor - factor).abs() < f64::EPSILON;
        if !state.held || has_resigned || is_same {
            return;
        }
        let passed = (now - state.hazard_since).seconds() as f64 * rate;
        state.hazard_left = (state.hazard_left - passed).max(0.0);
        state.hazard_since = now;
        state.leaving_factor = factor;
        self.schedule_resignation(id);
    }

    /// The holder resigns; the post is advertised.
    pub(super) fn holder_resigns(&mut self, id: PostId) {
        let now = self.now;
        self.log_post(Activity::HolderResigns, id);
        let notice = self.plan.model.posts[id.index()].tenure.notice;
        let found = now + self.time_to_hire(id, self.posts[id.index()].holder);
        let leaves = self.end_of_day(id, now + notice);
        let state = &mut self.posts[id.index()];
        state.has_resigned = true;
        state.successor_from = found.max(leaves);
        state.tenure = self.events.schedule(leaves, Event::HolderLeaves(id));
    }

    /// The holder leaves: open cases are lost or go back to the waiting list.
    pub(super) fn holder_leaves(&mut self, id: PostId) {
        let now = self.now;
        self.count_leaver(id);
        self.vacate(id, Activity::HolderLeaves);
        self.seen.posts[id.index()].vacant.increase(now);
        let fills = self.end_of_day(id, self.posts[id.index()].successor_from);
        self.posts[id.index()].tenure = self.events.schedule(fills, Event::PostFilled(id));
    }

    fn count_leaver(&mut self, id: PostId) {
        self.seen.posts[id.index()].leavers += u64::from(self.now >= self.opens);
    }

    /// A vacant post is filled: its places are filled from the waiting list.
    pub(super) fn post_filled(&mut self, id: PostId) {
        self.end_vacancy(id);
        self.take_up_post(id, Activity::PostFilled);
        self.begin_what_waits(id);
    }

    /// A vacancy ends, because somebody new comes or because the post does.
    pub(super) fn end_vacancy(&mut self, id: PostId) {
        let now = self.now;
        self.account_for_vacancy(id);
        self.seen.posts[id.index()].vacant.decrease(now);
    }

    /// A fixed term ends: the post is renewed or is no more.
    pub(super) fn contract_ends(&mut self, id: PostId) {
        let post = &self.plan.model.posts[id.index()];
        let Some(contract) = post
            .tenure
            .contract
            .filter(|_| !self.posts[id.index()].ended)
        else {
            return;
        };
        let state = &mut self.posts[id.index()];
        state.terms += 1;
        let stream = self.key.stream_key(Purpose::ContractRenewal, post.key());
        if stream.draws(state.terms, 0).uniform() < contract.renewal_share {
            self.log_post(Activity::ContractRenewed, id);
            self.schedule_contract_end(id, self.now + contract.renewed_for);
            return;
        }
        if self.posts[id.index()].held {
            self.count_leaver(id);
        }
        self.post_ends(id);
    }

    /// Schedules the end of a fixed term.
    pub(super) fn schedule_contract_end(&mut self, id: PostId, ends: SimTime) {
        let ends = self.end_of_day(id, ends);
        if ends < self.closes {
            self.events.schedule(ends, Event::ContractEnds(id));
        }
    }

    /// Client time of the post's window today, worked up to as far as a new holder has.
    pub(super) fn client_time_today(&self, id: PostId) -> SimDuration {
        let model = self.plan.model;
        let post = &model.posts[id.index()];
        let full = post.client_time[model.calendar.weekday(self.now.day())];
        let state = &self.posts[id.index()];
        if !state.works_up {
            return full;
        }
        let share = post.tenure.client_time_share(self.now - state.held_since);
        SimDuration::from_units(full.seconds() as f64 * share, 1)
    }
}
