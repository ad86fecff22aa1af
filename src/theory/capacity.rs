//! Capacity on paper: hours that a worker has in a year, hours that a referral takes, and how many
//! referrals that makes.
//!
//! A first look, without queueing: the tables of planning guidance are of this kind.

use super::WEEKS_PER_GREGORIAN_YEAR;

/// Working days in a week that leave and training are counted in.
const DAYS_A_WEEK: f64 = 5.0;

/// A worker's year.
///
/// Worked: 37.5 hours, 35 days of leave with bank holidays, 5% sickness, 5 days of training:
/// 1,571.95 hours.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WorkingYear {
    /// Contracted hours a week.
    pub weekly_hours: f64,
    /// Days of annual leave and bank holidays, of a five-day week.
    pub leave_days: f64,
    /// Share of the days that are left then which are lost to sickness.
    pub sickness_share: f64,
    /// Days of training, out of those that are left after that.
    pub training_days: f64,
}

impl WorkingYear {
    /// Hours at work in a mean Gregorian year: ((weeks x 5 - leave) x (1 - sickness) - training)
    /// x hours of a day.
    #[must_use]
    pub fn available_hours(&self) -> f64 {
        let days = WEEKS_PER_GREGORIAN_YEAR * DAYS_A_WEEK - self.leave_days;
        let at_work = days * (1.0 - self.sickness_share) - self.training_days;
        at_work * self.weekly_hours / DAYS_A_WEEK
    }
}

/// Client hours that a case takes: contacts of which a share `missed` of the bookings is lost, slot
/// and all, and booked again.
///
/// Worked: 8 contacts, the first of 45 minutes and others of 20, 8% missed: 185 minutes / 0.92 =
/// 3.351 hours.
#[must_use]
pub fn case_hours(contacts: u32, first_minutes: f64, other_minutes: f64, missed: f64) -> f64 {
    let others = f64::from(contacts.saturating_sub(1));
    let first = if contacts == 0 { 0.0 } else { first_minutes };
    (first + others * other_minutes) / 60.0 / (1.0 - missed)
}

/// Referrals a year that so many hours serve.
///
/// Worked: 1,571.95 hours of which 60% are client time, 3.351 hours a referral: 281.4.
#[must_use]
pub fn referrals_served(available_hours: f64, client_share: f64, hours_each: f64) -> f64 {
    available_hours * client_share / hours_each
}

/// Referrals a year for each WTE.
///
/// Worked: 57,000 patients of whom 20 in 1,000 are referred a year, one worker: 1,140.
#[must_use]
pub fn referrals_per_wte(patients: f64, per_1000_a_year: f64, wte: f64) -> f64 {
    patients / 1_000.0 * per_1000_a_year / wte
}

#[cfg(test)]
mod tests {
    use super::super::ErlangA;
    use super::*;

    /// Agenda for Change on joining, with the sickness of trust staff.
    const USUAL: WorkingYear = WorkingYear {
        weekly_hours: 37.5,
        leave_days: 35.0,
        sickness_share: 0.05,
        training_days: 5.0,
    };
    const CLIENT_SHARE: f64 = 0.6;
    /// Minutes of signposting, after which nothing follows and which nobody misses.
    const SIGNPOSTED: f64 = 15.0;

    /// Hours of the observed mix: 10% signposted, 52% two contacts, 38% eight.
    fn mix_hours(missed: f64) -> f64 {
        let (light, full) = (
            case_hours(2, 45.0, 20.0, missed),
            case_hours(8, 45.0, 20.0, missed),
        );
        0.1 * SIGNPOSTED / 60.0 + 0.52 * light + 0.38 * full
    }

    fn served(hours_each: f64) -> f64 {
        referrals_served(USUAL.available_hours(), CLIENT_SHARE, hours_each)
    }

    /// Equal to the digits printed.
    #[track_caller]
    fn assert_printed(value: f64, printed: f64, decimals: i32) {
        let half = 0.5 * 10.0_f64.powi(-decimals);
        assert!((value - printed).abs() <= half, "{value} is not {printed}");
    }

    #[test]
    fn a_working_year_has_its_hours() {
        assert_printed(37.5 * WEEKS_PER_GREGORIAN_YEAR, 1_956.7, 1);
        assert_printed(USUAL.available_hours(), 1_571.9, 1);
        assert!((USUAL.available_hours() - 1_571.948_437_5).abs() < 1e-9);
    }

    #[test]
    fn work_contents_have_their_hours_and_capacities() {
        for (hours, printed, capacity) in [
            (case_hours(8, 45.0, 20.0, 0.08), 3.35, 281.0),
            (case_hours(12, 45.0, 20.0, 0.0), 4.42, 214.0),
            (case_hours(12, 45.0, 20.0, 0.08), 4.80, 196.0),
            (mix_hours(0.08), 1.91, 494.0),
        ] {
            assert_printed(hours, printed, 2);
            assert_printed(served(hours), capacity, 0);
        }
        assert!(case_hours(0, 45.0, 20.0, 0.08).abs() < 1e-12);
    }

    /// Cases a year by client share and number of contacts, and of the mix, nobody missing any.
    #[test]
    fn capacities_follow_the_client_share() {
        let at = |share: f64, hours: f64| referrals_served(USUAL.available_hours(), share, hours);
        for (share, contacts, expected) in [
            (0.5, 6, 325.230_711),
            (0.5, 8, 254.910_557),
            (0.5, 12, 177.956_427),
            (0.6, 6, 390.276_853),
            (0.6, 8, 305.892_669),
            (0.6, 12, 213.547_712),
            (0.7, 12, 249.138_998),
        ] {
            let hours = case_hours(contacts, 45.0, 20.0, 0.0);
            assert!(
                (at(share, hours) - expected).abs() < 1e-6,
                "{share} and {contacts}"
            );
        }
        for (share, expected) in [(0.5, 446.576_261), (0.6, 535.891_513), (0.7, 625.206_765)] {
            assert!(
                (at(share, mix_hours(0.0)) - expected).abs() < 1e-6,
                "{share}"
            );
        }
    }

    /// The table of configurations at 20 referrals per 1,000 a year: referrals per WTE, load under
    /// guidance (225 a year each) and under the mix, and what Erlang A says of patience of 13 weeks
    /// on average: share lost and mean wait in weeks, mix then guidance.
    #[test]
    fn configurations_have_their_loads() {
        for (patients, wte, each, guidance, mix, of_mix, of_guidance) in [
            (57_000.0, 1, 1_140.0, 5.07, 2.31, (56.7, 7.4), (80.3, 10.4)),
            (35_000.0, 2, 350.0, 1.56, 0.71, (0.8, 0.1), (35.7, 4.6)),
            (50_000.0, 5, 200.0, 0.89, 0.41, (0.0, 0.0), (1.6, 0.2)),
            (28_332.0, 1, 567.0, 2.52, 1.15, (13.7, 1.8), (60.3, 7.8)),
            (48_020.0, 3, 320.0, 1.42, 0.65, (0.3, 0.0), (29.7, 3.9)),
        ] {
            let per_wte = referrals_per_wte(patients, 20.0, f64::from(wte));
            assert_printed(per_wte, each, 0);
            let of_hours = served(mix_hours(0.08));
            assert_printed(per_wte / 225.0, guidance, 2);
            assert_printed(per_wte / of_hours, mix, 2);
            for (capacity, (lost, weeks)) in [(of_hours, of_mix), (225.0, of_guidance)] {
                let a_week = |a_year: f64| a_year / WEEKS_PER_GREGORIAN_YEAR;
                let coming = a_week(per_wte * f64::from(wte));
                let list = ErlangA::new(coming, a_week(capacity), 1.0 / 13.0, wte);
                let list = list.expect("a steady state");
                assert_printed(100.0 * list.abandon_probability, lost, 1);
                assert_printed(list.mean_wait, weeks, 1);
            }
        }
    }

    #[test]
    fn two_workers_for_48_020_are_twice_too_few() {
        let per_wte = referrals_per_wte(48_020.0, 20.0, 2.0);
        assert_printed(per_wte / 225.0, 2.13, 2);
        assert_printed(per_wte / served(mix_hours(0.08)), 0.97, 2);
    }
}
