//! People under watch, time by time: who is at risk, and how many leave how.
//!
//! The bookkeeping under [`mod@super::cumulative_incidence`]; the laws for ties are stated there.
//! Knows records only, no curve.

/// How the watch on somebody ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExitKind {
    /// The event of interest happened.
    Event,
    /// Something happened after which the event cannot.
    Competing,
    /// Nothing had happened by then, and nothing more is known.
    Censored,
}

/// The end of the watch on one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exit {
    /// Time since that person's own beginning.
    pub time: u64,
    /// How it ended.
    pub kind: ExitKind,
}

/// A time at which somebody leaves by an event or a competing cause.
pub(super) struct RiskSet {
    pub(super) time: u64,
    pub(super) at_risk: u64,
    pub(super) events: u64,
    pub(super) competing: u64,
    /// The share to whom nothing had happened before.
    pub(super) free_before: f64,
    /// The cumulative incidence of events by then.
    pub(super) share: f64,
}

/// The risk sets of a sample in order.
///
/// While people leave by events and competing causes only, the share free of both and the number
/// at risk fall in proportion, so each event adds the same: the free share over the number at risk
/// when the two were last out of step. Counting events since then keeps k/n exact and spares a
/// product at every time.
pub(super) struct RiskSets<'a> {
    exits: &'a [Exit],
    late_entries: &'a [u64],
    /// Those who came in less those who left: below 0 when wrong records leave before they come.
    present: i64,
    /// At risk after all that came before.
    at_risk: u64,
    /// At risk, share free and cumulative incidence when somebody last came in or was censored.
    base_at_risk: u64,
    base_free: f64,
    base_share: f64,
    /// Events since then.
    events: u64,
}

impl<'a> RiskSets<'a> {
    pub(super) fn new(exits: &'a [Exit], late_entries: &'a [u64]) -> Self {
        debug_assert!(exits.is_sorted_by_key(|exit| exit.time), "exits ascend");
        debug_assert!(late_entries.is_sorted(), "late entries ascend");
        let present = exits.len() as i64 - late_entries.len() as i64;
        let at_risk = present.max(0) as u64;
        Self {
            exits,
            late_entries,
            present,
            at_risk,
            base_at_risk: at_risk,
            base_free: 1.0,
            base_share: 0.0,
            events: 0,
        }
    }

    /// The share to whom nothing has happened.
    #[inline]
    fn free(&self) -> f64 {
        if self.base_at_risk == 0 {
            self.base_free
        } else {
            self.base_free * self.at_risk as f64 / self.base_at_risk as f64
        }
    }

    /// The cumulative incidence of events.
    #[inline]
    fn share(&self) -> f64 {
        if self.events == 0 {
            self.base_share
        } else {
            let since = self.base_free * self.events as f64 / self.base_at_risk as f64;
            // Rounding may take the sum past 1 by a unit in the last place.
            (self.base_share + since).min(1.0)
        }
    }

    /// Changes the number at risk other than by an event or a competing cause.
    fn set_at_risk(&mut self, at_risk: u64) {
        (self.base_free, self.base_share) = (self.free(), self.share());
        (self.base_at_risk, self.at_risk, self.events) = (at_risk, at_risk, 0);
    }

    /// Sets the number at risk to those present.
    fn recount(&mut self) {
        self.set_at_risk(self.present.max(0) as u64);
    }

    /// Brings in those who came under watch before `time`.
    #[inline]
    fn admit_before(&mut self, time: u64) {
        if self.late_entries.is_empty() {
            return;
        }
        let came = self
            .late_entries
            .iter()
            .take_while(|entry| **entry < time)
            .count();
        if came > 0 {
            self.late_entries = &self.late_entries[came..];
            self.present += came as i64;
            self.recount();
        }
    }

    /// Lets events and competing causes happen; `None` when there are none or nobody is at risk.
    #[inline]
    fn leave(&mut self, time: u64, events: u64, competing: u64) -> Option<RiskSet> {
        let leaving = events + competing;
        if leaving == 0 || self.at_risk == 0 {
            return None;
        }
        if self.at_risk < leaving {
            self.set_at_risk(leaving);
        }
        let (at_risk, free_before) = (self.at_risk, self.free());
        self.at_risk -= leaving;
        self.events += events;
        Some(RiskSet {
            time,
            at_risk,
            events,
            competing,
            free_before,
            share: self.share(),
        })
    }

    /// Takes out all exits at `time`, which is the next: events, competing, censored.
    #[inline]
    fn take_exits(&mut self, time: u64) -> [u64; 3] {
        let mut counts = [0; 3];
        let here = self.exits.iter().take_while(|exit| exit.time == time);
        for exit in here {
            counts[exit.kind as usize] += 1;
        }
        let taken: u64 = counts.iter().sum();
        self.exits = &self.exits[taken as usize..];
        counts
    }
}

impl Iterator for RiskSets<'_> {
    type Item = RiskSet;

    #[inline]
    fn next(&mut self) -> Option<RiskSet> {
        while let Some((exit, others)) = self.exits.split_first() {
            let time = exit.time;
            let alone = others.first().is_none_or(|next| next.time > time);
            if alone && exit.kind != ExitKind::Censored && self.late_entries.is_empty() {
                self.exits = others;
                self.present -= 1;
                let event = u64::from(exit.kind == ExitKind::Event);
                match self.leave(time, event, 1 - event) {
                    None => continue,
                    risk_set => return risk_set,
                }
            }
            self.admit_before(time);
            let [events, competing, censored] = self.take_exits(time);
            self.present -= (events + competing + censored) as i64;
            let risk_set = self.leave(time, events, competing);
            if censored > 0 {
                self.recount();
            }
            if risk_set.is_some() {
                return risk_set;
            }
        }
        None
    }
}
