//! What one accepted referral asks of the service on paper: client hours, and days of a place.
//!
//! Expectations over the pathway of the model's section 5 for somebody who does not give up and
//! never waits for a worker. With a calls answered share `a` and at most `A` attempts, the calls
//! made are `sum (1 - a)^k` for k < A and the person is reached with probability `1 - (1 - a)^A`.
//! With a missed share `p`, `L` misses running closing the case and a drop-out share `q`, contact
//! `n` comes up with probability `((1 - p^L)(1 - q))^(n-1)`, is held with probability `1 - p^L`,
//! and costs `p (1 - p^L) / (1 - p)` missed slots. Where the missed share depends on the booking
//! lead time, `p` is the share at the mean lead: that of the first try at the mean days from the
//! contact before, that of further tries (`p'`) at the mean days after a missed one; then
//! `p (1 - p'^L) / (1 - p')` slots are missed and the contact is held with `1 - p p'^(L-1)`.

use super::pathway::{CaseType, MOST_CONTACTS};
use super::{Distribution, Model, Practice};

/// What one referral asks of the service.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Workload {
    /// Client hours: attempts, contacts held and time lost to missed ones.
    pub client_hours: f64,
    /// Pieces of work: attempts, contacts held and missed.
    pub pieces_of_work: f64,
    /// Contacts held.
    pub contacts_held: f64,
    /// Days that a caseload place is held, not counting any wait for a worker.
    pub place_days: f64,
    /// Probability that the case is completed.
    pub completed_share: f64,
}

/// Hours in a minute, days in an hour.
const HOURS_PER_MINUTE: f64 = 1.0 / 60.0;
const DAYS_PER_HOUR: f64 = 1.0 / 24.0;

impl Workload {
    /// The expected workload of a referral of `practice` of the case type at `index`.
    #[must_use]
    pub fn of(model: &Model, practice: &Practice, index: usize) -> Self {
        Self::with_missed(model, &model.case_types[index], practice.dna_factor)
    }

    /// The expected workload of a referral of the case type at `index`: practices weighted by
    /// their referrals of it, since people of some miss more than those of others.
    #[must_use]
    pub fn of_type(model: &Model, index: usize) -> Self {
        let case = &model.case_types[index];
        let mut factors: Vec<f64> = model.practices.iter().map(|it| it.dna_factor).collect();
        factors.sort_by(f64::total_cmp);
        factors.dedup_by(|a, b| a.total_cmp(b).is_eq());
        let referrals = |factor: Option<f64>| -> f64 {
            let has = |it: &&Practice| factor.is_none_or(|of| it.dna_factor.total_cmp(&of).is_eq());
            let practices = model.practices.iter().filter(has);
            practices
                .map(|it| it.referrals_a_year() * it.case_type_shares[index])
                .sum()
        };
        let total = referrals(None);
        if let [factor] = factors[..] {
            return Self::with_missed(model, case, factor);
        }
        let mut average = Self::default();
        for factor in &factors {
            let share = match total > 0.0 {
                true => referrals(Some(*factor)) / total,
                false => 1.0 / factors.len() as f64,
            };
            average.add(share, &Self::with_missed(model, case, *factor));
        }
        average
    }

    /// The expected workload of a referral of `case` whose share of missed contacts is multiplied
    /// by `dna_factor`.
    fn with_missed(model: &Model, case: &CaseType, dna_factor: f64) -> Self {
        let contact = &model.first_contact;
        let unanswered = 1.0 - contact.answered_share;
        let calls: f64 = (0..contact.attempts)
            .map(|k| unanswered.powi(k as i32))
            .sum();
        let reached = 1.0 - unanswered.powi(contact.attempts as i32);
        let call_hours = calls * contact.attempt_minutes.mean() * HOURS_PER_MINUTE;
        let case_work = Casework::of(model, case, dna_factor);
        Self {
            client_hours: call_hours + reached * case_work.hours,
            pieces_of_work: calls + reached * case_work.bookings,
            contacts_held: reached * case_work.held,
            place_days: (call_hours + reached * case_work.hours) * DAYS_PER_HOUR
                + (calls - 1.0) * contact.days_between_attempts.mean()
                + reached * case_work.days_away,
            completed_share: reached * case_work.completed,
        }
    }

    /// The expected workload of a referral of `model`: case types weighted by practices' referrals.
    #[must_use]
    pub fn average(model: &Model) -> Self {
        let total: f64 = model.practices.iter().map(Practice::referrals_a_year).sum();
        let mut average = Self::default();
        for (index, case) in model.case_types.iter().enumerate() {
            let of_type: f64 = model
                .practices
                .iter()
                .map(|practice| practice.referrals_a_year() * practice.case_type_shares[index])
                .sum();
            average.add(
                if total > 0.0 {
                    of_type / total
                } else {
                    case.share
                },
                &Self::of_type(model, index),
            );
        }
        average
    }

    fn add(&mut self, weight: f64, other: &Self) {
        self.client_hours += weight * other.client_hours;
        self.pieces_of_work += weight * other.pieces_of_work;
        self.contacts_held += weight * other.contacts_held;
        self.place_days += weight * other.place_days;
        self.completed_share += weight * other.completed_share;
    }
}

/// What follows first contact.
#[derive(Clone, Copy, Debug, Default)]
struct Casework {
    hours: f64,
    bookings: f64,
    held: f64,
    days_away: f64,
    completed: f64,
}

impl Casework {
    fn of(model: &Model, case: &CaseType, dna_factor: f64) -> Self {
        let mut expected = Self::default();
        let mut course = Course::of(model, case, dna_factor);
        // The numbers come in order, and a longer course goes on where a shorter one ends.
        for (contacts, probability) in case.contacts.rounded() {
            course.go_on_to(contacts.min(MOST_CONTACTS));
            expected.add(probability, &course.ended());
        }
        expected
    }

    fn add(&mut self, weight: f64, other: &Self) {
        self.hours += weight * other.hours;
        self.bookings += weight * other.bookings;
        self.held += weight * other.held;
        self.days_away += weight * other.days_away;
        self.completed += weight * other.completed;
    }
}

/// Casework of ever more contacts.
struct Course<'a> {
    model: &'a Model,
    case: &'a CaseType,
    /// Missed contacts of the practice's people, relative to the case type's.
    dna_factor: f64,
    sum: Casework,
    contacts: u32,
    /// Probability that the next contact comes up.
    comes_up: f64,
}

impl<'a> Course<'a> {
    fn of(model: &'a Model, case: &'a CaseType, dna_factor: f64) -> Self {
        Self {
            model,
            case,
            dna_factor,
            sum: Casework {
                completed: 1.0,
                ..Casework::default()
            },
            contacts: 0,
            comes_up: 1.0,
        }
    }

    fn go_on_to(&mut self, contacts: u32) {
        while self.contacts < contacts {
            self.contacts += 1;
            self.add_contact();
        }
    }

    fn add_contact(&mut self) {
        let (case, comes_up) = (self.case, self.comes_up);
        let interval = case.days_between_contacts.mean();
        let or_interval = |days: Option<&Distribution>| days.map_or(interval, Distribution::mean);
        let length = contact_minutes(case, self.contacts) * HOURS_PER_MINUTE;
        let lost = case
            .dna_minutes
            .as_ref()
            .map_or(length, |minutes| minutes.mean() * HOURS_PER_MINUTE);
        let before = match self.contacts {
            1 => or_interval(self.model.first_contact.days_to_first_appointment.as_ref()),
            _ => interval,
        };
        let after_missed = or_interval(case.days_after_dna.as_ref());
        let slot = MissedSlots::of(case, self.dna_factor, before, after_missed);
        let held = comes_up * slot.held;
        self.sum.hours += held * length + comes_up * slot.missed * lost;
        self.sum.bookings += held + comes_up * slot.missed;
        self.sum.held += held;
        self.sum.days_away += comes_up * (before + slot.rebooked * after_missed);
        self.sum.completed = held;
        self.comes_up = held * (1.0 - case.drop_out_share);
    }

    /// The casework if this was the last contact.
    fn ended(&self) -> Casework {
        let mut ended = self.sum;
        if self.contacts > 0 {
            let onward = self.case.onward_wait_share * self.case.onward_wait_days.mean();
            ended.days_away += ended.completed * onward;
        }
        ended
    }
}

fn contact_minutes(case: &CaseType, number: u32) -> f64 {
    if number == 1 {
        case.first_appointment_minutes.mean()
    } else {
        case.follow_up_minutes.mean()
    }
}

/// What missed contacts do to one contact that comes up.
#[derive(Clone, Copy, Debug)]
struct MissedSlots {
    /// Probability that it is held in the end.
    held: f64,
    /// Expected missed slots.
    missed: f64,
    /// Expected missed slots after which it is booked again.
    rebooked: f64,
}

impl MissedSlots {
    /// Of a contact booked `lead_days` ahead, and `again_days` after each missed one, by people who
    /// miss `factor` times as many as usual.
    fn of(case: &CaseType, factor: f64, lead_days: f64, again_days: f64) -> Self {
        let first = factor * case.missed_share.at_days(lead_days);
        let again = factor * case.missed_share.at_days(again_days);
        let all_again = case
            .dna_limit
            .map_or(0.0, |limit| again.powf(f64::from(limit)));
        let all_missed = match case.dna_limit {
            Some(1) => first,
            _ if again > 0.0 => all_again * (first / again),
            _ => 0.0,
        };
        let missed = first * (1.0 - all_again) / (1.0 - again);
        Self {
            held: 1.0 - all_missed,
            missed,
            rebooked: missed - all_missed,
        }
    }
}
