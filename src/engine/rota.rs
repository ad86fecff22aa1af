//! Days at particular practices: where a worker is, and the way between two sites.
//!
//! On a day with several sites the client window is divided into equal parts in the order of the
//! rota. At the change work in hand is finished first; then the worker travels, which uses client
//! time up and is neither work nor idleness. A face-to-face contact of a practice on the rota waits
//! in the diary of its site until the worker is there; everything else is done anywhere.

use super::events::{Event, Slot};
use super::log::{Activity, Observer};
use super::register::Referral;
use super::shifts::Work;
use super::simulation::Simulation;
use super::streams::Purpose;
use super::workforce::days_since_2000;
use crate::model::{EntityKey, PostId, SimDuration, SimTime};

/// Where a worker is by its rota.
#[derive(Clone, Copy, Debug, Default)]
pub struct Whereabouts {
    /// The site, while at one.
    pub site: Option<usize>,
    /// The site to go to as soon as nothing is in hand.
    pub bound_for: Option<usize>,
    /// When the open window opened.
    opened: SimTime,
    /// When the rota next changes, and to which position of the day.
    next_change: Option<(SimTime, usize)>,
}

impl<O: Observer> Simulation<'_, O> {
    /// The window opens: the worker is at the day's first site, if the day has one.
    pub(super) fn go_to_first_site(&mut self, id: PostId) {
        let Some(rota) = &self.plan.model.posts[id.index()].rota else {
            return;
        };
        let weekday = self.plan.model.calendar.weekday(self.now.day());
        self.posts[id.index()].whereabouts = Whereabouts {
            site: rota.of_day(weekday).first().copied(),
            opened: self.now,
            ..Whereabouts::default()
        };
        self.schedule_change(id, 1);
    }

    /// Schedules the change to the day's site at `position`, at its equal part of the window.
    fn schedule_change(&mut self, id: PostId, position: usize) {
        let Some(rota) = &self.plan.model.posts[id.index()].rota else {
            return;
        };
        let state = &mut self.posts[id.index()];
        let opened = state.whereabouts.opened;
        let weekday = self.plan.model.calendar.weekday(opened.day());
        let sites = rota.of_day(weekday).len();
        if position >= sites {
            state.whereabouts.next_change = None;
            return;
        }
        let length = (state.window_closes - opened).seconds();
        let part = SimDuration::from_seconds(length * position as u64 / sites as u64);
        let change = opened + part;
        state.whereabouts.next_change = Some((change, position));
        self.events.schedule(change, Event::SiteChanges(id));
    }

    /// The rota changes to the next site of the day. (An event that is left over from a window that
    /// a post did not see to its end has no effect.)
    pub(super) fn site_changes(&mut self, id: PostId) {
        let state = self.posts[id.index()];
        let Some((change, position)) = state.whereabouts.next_change else {
            return;
        };
        if !state.on_duty || change != self.now {
            return;
        }
        if let Some(rota) = &self.plan.model.posts[id.index()].rota {
            let weekday = self
                .plan
                .model
                .calendar
                .weekday(state.whereabouts.opened.day());
            let site = rota.of_day(weekday)[position];
            self.posts[id.index()].whereabouts.bound_for = Some(site);
        }
        self.schedule_change(id, position + 1);
        if self.posts[id.index()].is_free(self.now) {
            self.end_idleness(id);
            self.begin_next_work(id);
        }
    }

    /// The worker sets off for `site`.
    pub(super) fn begin_travel(&mut self, id: PostId, site: usize) {
        let post = &self.plan.model.posts[id.index()];
        let length =
            self.plan.posts[id.index()]
                .travel
                .as_ref()
                .map_or(SimDuration::ZERO, |travel| {
                    let stream = self.key.stream_key(Purpose::Travel, post.key());
                    let date = self.plan.model.calendar.date(self.now.day());
                    let destination = self.practice_at(id, site).map_or(0, |key| key.0 >> 32);
                    travel.draw(&mut stream.draws(days_since_2000(date) as u64, destination))
                });
        self.log_post(Activity::TravelBegins, id);
        let state = &mut self.posts[id.index()];
        state.whereabouts.bound_for = None;
        state.whereabouts.site = None;
        self.take_in_hand(Slot(site as u32), id, Work::Travel, length);
    }

    /// What keys the way to a site: no day of a rota visits a practice twice.
    fn practice_at(&self, id: PostId, site: usize) -> Option<EntityKey> {
        let rota = self.plan.model.posts[id.index()].rota.as_ref()?;
        let practice = rota.sites().get(site)?;
        Some(self.plan.model.practices[practice.index()].key())
    }

    /// The worker arrives, unless another day has begun on the way.
    pub(super) fn end_travel(&mut self, id: PostId, site: Slot, began: SimTime) {
        self.end_travel_time(id, began);
        self.end_overrun(id);
        self.log_post(Activity::TravelEnds, id);
        let whereabouts = &mut self.posts[id.index()].whereabouts;
        if began >= whereabouts.opened {
            whereabouts.site = Some(site.index());
        }
        self.take_up_work(id);
    }

    /// Counts the travel up to now.
    pub(super) fn end_travel_time(&mut self, id: PostId, began: SimTime) {
        let travel = self.in_period(began, self.now);
        self.seen.posts[id.index()].travel_seconds += travel;
        let state = &mut self.posts[id.index()];
        let since = state.week_since.max(state.held_since);
        state.week_travel += self.now.since(began.max(since)).seconds();
    }

    /// The site at which alone the next work of a case can be done: its practice, if the work is a
    /// face-to-face contact and the rota of its post visits the practice.
    #[inline]
    pub(super) fn site_wanted(&self, referral: &Referral) -> Option<usize> {
        if !self.plan.has_rotas {
            return None;
        }
        let rota = self.plan.model.posts[referral.post.index()].rota.as_ref()?;
        if !referral.contacted {
            return None;
        }
        let site = rota.site_of(referral.referred_by)?;
        let share = self.plan.model.case_types[referral.case_type.index()].face_to_face_share;
        let mut mode = referral
            .identity
            .contact_mode(u32::from(referral.contacts_held));
        (mode.uniform() < share).then_some(site)
    }

    /// Whether the worker is where the next work of a case can be done.
    #[inline]
    pub(super) fn is_where_wanted(&self, post: PostId, referral: &Referral) -> bool {
        let wanted = self.site_wanted(referral);
        wanted.is_none() || wanted == self.posts[post.index()].whereabouts.site
    }

    /// The diary of the site at which `post` is.
    #[inline]
    pub(super) fn diary_here(&self, post: PostId) -> Option<usize> {
        let site = self.posts[post.index()].whereabouts.site?;
        Some(self.plan.posts[post.index()].site_diaries + site)
    }
}
