//! One referral as the log has it, and how it ended.

use jiff::civil::Date;

/// A referral.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Day of receipt.
    pub received: Date,
    /// Position of its practice in the scenario.
    pub practice: usize,
    /// What is known of its pathway; `None` where something of it had to be set aside.
    pub pathway: Option<Pathway>,
}

/// What became of a referral, as far as the log says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pathway {
    /// Position of its source in the scenario.
    pub source: Option<usize>,
    /// Position of its case type in the scenario.
    pub case_type: Option<usize>,
    /// Day of the first contact.
    pub first_contact: Option<Date>,
    /// Day of the first appointment.
    pub first_appointment: Option<Date>,
    /// Contacts held so far.
    pub contacts: Option<u32>,
    /// Booked contacts that were missed so far.
    pub missed: Option<u32>,
    /// Calls made until one was answered, or so far.
    pub attempts: Option<u32>,
    /// How it ended; `None` while it goes on.
    pub outcome: Option<Outcome>,
    /// Its last day; `None` while it goes on, and where the log does not say.
    pub discharged: Option<Date>,
}

/// How a referral ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// Everything was done.
    Completed,
    /// The person ended it early, after at least a contact.
    DroppedOut,
    /// Closed after missed contacts.
    Disengaged,
    /// The person was reached and did not want it.
    Declined,
    /// The person gave up before being reached.
    LeftWaiting,
    /// Calls were not answered.
    NotReached,
    /// Returned as not suitable.
    Inappropriate,
    /// Ended for a reason that has nothing to do with the service: moved away, died.
    Other,
}

impl Pathway {
    /// Whether it is an accepted referral, as far as is known.
    #[must_use]
    pub fn is_accepted(&self) -> bool {
        self.outcome != Some(Outcome::Inappropriate)
    }

    /// Whether the person was ever reached.
    #[must_use]
    pub fn is_reached(&self) -> bool {
        self.first_contact.is_some() || self.outcome == Some(Outcome::Declined)
    }

    /// The same as it was seen on `day`: what came later has not happened yet.
    #[must_use]
    pub fn seen_on(self, day: Date) -> Self {
        let until = |date: &Date| *date <= day;
        let is_cut = self.discharged.is_some_and(|date| date > day);
        Self {
            first_contact: self.first_contact.filter(until),
            first_appointment: self.first_appointment.filter(until),
            discharged: self.discharged.filter(until),
            outcome: self.outcome.filter(|_| !is_cut),
            // How many there were by then is not known.
            contacts: self.contacts.filter(|_| !is_cut),
            missed: self.missed.filter(|_| !is_cut),
            ..self
        }
    }
}

/// Whole days from one date to another, none where the second is earlier.
#[must_use]
pub fn days_between(from: Date, to: Date) -> u32 {
    let days = to.duration_since(from).as_hours() / 24;
    u32::try_from(days).unwrap_or(0)
}
