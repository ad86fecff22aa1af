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

/// At risk, share free, cumulative incidence and events so far when somebody last came in or was
/// censored.
///
/// While people leave by events and competing causes only, the share free of both and the number
/// at risk fall in proportion, so each event adds the same: the free share over the number at risk
/// when the two were last out of step. Counting events since then keeps k/n exact, spares a
/// product at every time, and lets a share wait until it is asked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Base {
    at_risk: u64,
    free: f64,
    pub(super) share: f64,
    pub(super) events: u64,
}

impl Base {
    /// The share to whom nothing has happened, of whom `at_risk` are left.
    fn free(&self, at_risk: u64) -> f64 {
        if self.at_risk == 0 {
            self.free
        } else {
            self.free * at_risk as f64 / self.at_risk as f64
        }
    }

    /// The cumulative incidence after `events` in all.
    pub(super) fn share_after(&self, events: u64) -> f64 {
        if events == self.events {
            self.share
        } else {
            let since = (events - self.events) as f64;
            // Rounding may take the sum past 1 by a unit in the last place.
            (self.share + self.free * since / self.at_risk as f64).min(1.0)
        }
    }
}

/// Who is at risk, as people come in and leave in order of time.
#[derive(Clone, Debug)]
pub(super) struct AtRisk {
    /// Those who came in less those who left: below 0 when wrong records leave before they come.
    present: i64,
    /// At risk after all that came before.
    number: u64,
    /// Events so far.
    events: u64,
    base: Base,
}

impl Default for AtRisk {
    /// Nobody.
    fn default() -> Self {
        Self::new(0)
    }
}

impl AtRisk {
    /// At the beginning of everybody's time, with `present` people.
    pub(super) fn new(present: i64) -> Self {
        let number = present.max(0) as u64;
        Self {
            present,
            number,
            events: 0,
            base: Base {
                at_risk: number,
                free: 1.0,
                share: 0.0,
                events: 0,
            },
        }
    }

    /// From where events count.
    pub(super) const fn base(&self) -> Base {
        self.base
    }

    /// Changes the number at risk other than by an event or a competing cause.
    #[cold]
    fn set(&mut self, at_risk: u64) {
        self.base = Base {
            at_risk,
            free: self.base.free(self.number),
            share: self.base.share_after(self.events),
            events: self.events,
        };
        self.number = at_risk;
    }

    /// People come under watch, or are censored where `change` is below 0.
    pub(super) fn change(&mut self, change: i64) {
        self.present += change;
        self.set(self.present.max(0) as u64);
    }

    /// More people come or are censored at the very time of the last change.
    pub(super) fn change_further(&mut self, change: i64) {
        debug_assert!(
            self.number == self.base.at_risk,
            "nobody has left since the last change"
        );
        self.present += change;
        self.number = self.present.max(0) as u64;
        self.base.at_risk = self.number;
    }

    /// Events and competing causes happen; returns whether anybody was at risk of them.
    #[inline(always)]
    pub(super) fn leave(&mut self, events: u64, competing: u64) -> bool {
        let leaving = events + competing;
        self.present -= leaving as i64;
        if leaving == 0 || self.number == 0 {
            return false;
        }
        if self.number < leaving {
            self.set(leaving);
        }
        self.number -= leaving;
        self.events += events;
        true
    }
}

/// A time at which somebody leaves by an event or a competing cause.
pub(super) struct RiskSet {
    pub(super) time: u64,
    pub(super) at_risk: u64,
    pub(super) events: u64,
    pub(super) competing: u64,
    /// From where events count, and how many there are in all.
    pub(super) base: Base,
    events_in_all: u64,
}

impl RiskSet {
    /// The share to whom nothing had happened before.
    pub(super) fn free_before(&self) -> f64 {
        self.base.free(self.at_risk)
    }

    /// The cumulative incidence of events by then.
    pub(super) fn share(&self) -> f64 {
        self.base.share_after(self.events_in_all)
    }
}

/// The risk sets of a sample in order.
pub(super) struct RiskSets<'a> {
    exits: &'a [Exit],
    late_entries: &'a [u64],
    at_risk: AtRisk,
}

impl<'a> RiskSets<'a> {
    pub(super) fn new(exits: &'a [Exit], late_entries: &'a [u64]) -> Self {
        debug_assert!(exits.is_sorted_by_key(|exit| exit.time), "exits ascend");
        debug_assert!(late_entries.is_sorted(), "late entries ascend");
        Self {
            exits,
            late_entries,
            at_risk: AtRisk::new(exits.len() as i64 - late_entries.len() as i64),
        }
    }

    /// Brings in those who came under watch before `time`.
    fn admit_before(&mut self, time: u64) {
        let came = self.late_entries.partition_point(|entry| *entry < time);
        if came > 0 {
            self.late_entries = &self.late_entries[came..];
            self.at_risk.change(came as i64);
        }
    }

    /// Takes out all exits at `time`, which is the next: events, competing, censored.
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

    fn next(&mut self) -> Option<RiskSet> {
        while let Some(time) = self.exits.first().map(|exit| exit.time) {
            self.admit_before(time);
            let [events, competing, censored] = self.take_exits(time);
            let was_at_risk = self.at_risk.leave(events, competing);
            let (base, events_in_all) = (self.at_risk.base, self.at_risk.events);
            let at_risk = self.at_risk.number + events + competing;
            if censored > 0 {
                self.at_risk.change(-(censored as i64));
            }
            if was_at_risk {
                return Some(RiskSet {
                    time,
                    at_risk,
                    events,
                    competing,
                    base,
                    events_in_all,
                });
            }
        }
        None
    }
}
