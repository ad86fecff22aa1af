//! Erlang-R: cases that return for one contact after another to a team without a cap.

use super::erlang::ErlangC;
use super::sinusoid::Sinusoid;

/// Erlang-R (Yom-Tov & Mandelbaum 2014) in steady state: Poisson arrivals at rate lambda; contacts
/// at rate mu by each of several workers, first come first served; after each, with probability p,
/// the case returns for another after a pause that ends at rate delta.
///
/// An open Jackson network: the contacts are M/M/c at rate lambda / (1 - p), and the cases between
/// contacts are Poisson with mean lambda p / ((1 - p) delta), whatever the distribution of the
/// pauses.
///
/// Worked, per week: lambda 4, mu 35, p 0.875, delta 0.5, 1 worker: `wait_probability` 0.914286,
/// `mean_wait` 0.304762 weeks, `open_cases` 66.666667, `case_duration` 16.666667 weeks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ErlangR {
    /// P(a contact has to wait).
    pub wait_probability: f64,
    /// Mean wait for each contact.
    pub mean_wait: f64,
    /// Mean number of cases that need a contact now, those in contact included.
    pub needing_contact: f64,
    /// Mean number of cases between two contacts.
    pub between_contacts: f64,
    /// Mean number of cases: `needing_contact` + `between_contacts`.
    pub open_cases: f64,
    /// Mean time from arrival to the end of the last contact: `open_cases` / lambda.
    pub case_duration: f64,
    /// Share of time that a worker is in contact.
    pub utilisation: f64,
}

impl ErlangR {
    /// The steady state; `None` unless the rates are positive and finite, 0 <= p < 1 and
    /// lambda / (1 - p) is below c mu.
    #[must_use]
    pub fn new(
        arrival_rate: f64,
        contact_rate: f64,
        return_probability: f64,
        return_rate: f64,
        workers: u32,
    ) -> Option<Self> {
        if !(positive(arrival_rate) && proper(contact_rate, return_probability, return_rate)) {
            return None;
        }
        let contacts = arrival_rate / (1.0 - return_probability);
        let station = ErlangC::new(contacts, contact_rate, workers)?;
        let needing_contact = station.mean_queue + contacts / contact_rate;
        let between_contacts = contacts * return_probability / return_rate;
        let open_cases = needing_contact + between_contacts;
        open_cases.is_finite().then_some(Self {
            wait_probability: station.wait_probability,
            mean_wait: station.mean_wait,
            needing_contact,
            between_contacts,
            open_cases,
            case_duration: open_cases / arrival_rate,
            utilisation: station.utilisation,
        })
    }
}

/// The offered load of Erlang-R under a rate that swings as a sine, long after its start: the mean
/// numbers that there would be with workers for everybody.
///
/// With R1 the cases that need a contact and R2 those between two,
/// R1' = lambda(t) + delta R2 - mu R1 and R2' = p mu R1 - delta R2 (Yom-Tov & Mandelbaum 2014). In complex amplitudes at frequency g:
/// R1 (i g + mu (1 - p) + p mu i g / (delta + i g)) = lambda's, and R2 = p mu R1 / (delta + i g).
///
/// Worked, per week: lambda(t) = 20 (1 + 0.2 sin(2 pi t / 52)), mu 40, p 5/6, delta 1/3: at t = 13
/// `needing_contact` 3.185119 and `between_contacts` 310.283114.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OfferedLoad {
    /// Cases that need a contact now (R1): the number of workers that all would keep busy.
    pub needing_contact: Sinusoid,
    /// Cases between two contacts (R2).
    pub between_contacts: Sinusoid,
    /// All cases (R1 + R2).
    pub open_cases: Sinusoid,
}

impl OfferedLoad {
    /// The load under the arrival rate `arrivals`; `None` where that is no rate
    /// ([`Sinusoid::rate`]) or the others are not those of [`ErlangR::new`].
    #[must_use]
    pub fn new(
        arrivals: &Sinusoid,
        contact_rate: f64,
        return_probability: f64,
        return_rate: f64,
    ) -> Option<Self> {
        if !(arrivals.is_rate() && proper(contact_rate, return_probability, return_rate)) {
            return None;
        }
        let frequency = arrivals.frequency();
        let rework = contact_rate * return_probability;
        let closing = contact_rate * (1.0 - return_probability);
        // p mu i g / (delta + i g), without the i g.
        let turned = rework / (return_rate.powi(2) + frequency.powi(2));
        let (whole, whole_angle) = polar(
            closing + turned * frequency * frequency,
            frequency * (1.0 + turned * return_rate),
        );
        let (pause, pause_angle) = polar(return_rate, frequency);
        let (open, open_angle) = polar(return_rate + rework, frequency);
        let between_gain = rework / return_rate;
        let needing = arrivals.answer(1.0 / closing, 1.0 / whole, whole_angle)?;
        Some(Self {
            needing_contact: needing,
            between_contacts: needing.answer(between_gain, rework / pause, pause_angle)?,
            open_cases: needing.answer(
                1.0 + between_gain,
                open / pause,
                pause_angle - open_angle,
            )?,
        })
    }
}

/// Size and angle of a complex number.
fn polar(real: f64, imaginary: f64) -> (f64, f64) {
    (real.hypot(imaginary), imaginary.atan2(real))
}

/// Whether cases can go through contacts at these rates and end.
fn proper(contact_rate: f64, return_probability: f64, return_rate: f64) -> bool {
    positive(contact_rate) && positive(return_rate) && (0.0..1.0).contains(&return_probability)
}

fn positive(rate: f64) -> bool {
    rate > 0.0 && rate.is_finite()
}

#[cfg(test)]
mod tests {
    use super::super::targets::assert_six_digits;
    use super::*;
    use std::f64::consts::TAU;

    #[test]
    fn erlang_r_matches_table_c7() {
        for (lambda, mu, p, delta, c, waits, wait, open, duration) in [
            (
                4.0, 35.0, 0.875, 0.5, 1, 0.914_286, 0.304_762, 66.666_667, 16.666_667,
            ),
            (
                8.0,
                35.0,
                5.0 / 6.0,
                0.5,
                2,
                0.557_869,
                0.025_358,
                82.588_598,
                10.323_575,
            ),
            (
                20.0,
                40.0,
                5.0 / 6.0,
                1.0 / 3.0,
                4,
                0.509_434,
                0.012_736,
                304.528_302,
                15.226_415,
            ),
        ] {
            let model = ErlangR::new(lambda, mu, p, delta, c).expect("a steady state");
            assert_six_digits(model.wait_probability, waits);
            assert_six_digits(model.mean_wait, wait);
            assert_six_digits(model.open_cases, open);
            assert_six_digits(model.case_duration, duration);
            // The same by the path of one case (theory C7).
            let by_path = (model.mean_wait + 1.0 / mu) / (1.0 - p) + p / ((1.0 - p) * delta);
            assert_six_digits(model.case_duration, by_path);
            assert_six_digits(model.utilisation, lambda / (1.0 - p) / (f64::from(c) * mu));
        }
    }

    fn yearly(amplitude: f64, period: f64) -> OfferedLoad {
        let rate = Sinusoid::rate(20.0, amplitude, period).expect("a rate");
        OfferedLoad::new(&rate, 40.0, 5.0 / 6.0, 1.0 / 3.0).expect("proper rates")
    }

    #[test]
    fn the_offered_load_matches_theory_c7() {
        let load = yearly(4.0, 52.0);
        for (time, needing, between) in [
            (0.0, 2.810_268, 277.299_233),
            (13.0, 3.185_119, 310.283_114),
            (26.0, 3.189_732, 322.700_767),
        ] {
            assert_six_digits(load.needing_contact.at(time), needing);
            assert_six_digits(load.between_contacts.at(time), between);
            assert_six_digits(load.open_cases.at(time), needing + between);
        }
    }

    /// The equations hold at any time, with derivatives by differences.
    #[test]
    fn the_offered_load_solves_its_equations() {
        let load = yearly(4.0, 52.0);
        let (one, two) = (load.needing_contact, load.between_contacts);
        let slope = |of: Sinusoid, t: f64| (of.at(t + 1e-3) - of.at(t - 1e-3)) / 2e-3;
        for t in [0.0, 5.0, 17.0, 40.0] {
            let arrivals = 20.0 + 4.0 * (TAU * t / 52.0).sin();
            let first = arrivals + two.at(t) / 3.0 - 40.0 * one.at(t);
            assert!((slope(one, t) - first).abs() < 1e-6);
            let second = 40.0 * 5.0 / 6.0 * one.at(t) - two.at(t) / 3.0;
            assert!((slope(two, t) - second).abs() < 1e-6);
        }
    }

    #[test]
    fn a_steady_or_slow_rate_gives_the_steady_load_and_a_quick_one_is_smoothed() {
        let steady = ErlangR::new(20.0, 40.0, 5.0 / 6.0, 1.0 / 3.0, 100).expect("a steady state");
        assert_six_digits(yearly(0.0, 52.0).open_cases.at(7.0), steady.open_cases);
        let slow = yearly(4.0, 1e9).open_cases;
        assert_six_digits(slow.at(2.5e8), 1.2 * steady.open_cases);
        assert!(yearly(4.0, 1e-6).open_cases.amplitude < 1e-6);
    }

    #[test]
    fn single_contacts_are_erlang_c() {
        let single = ErlangR::new(20.0, 5.0, 0.0, 1.0, 5).expect("a steady state");
        let known = ErlangC::new(20.0, 5.0, 5).expect("a steady state");
        assert_six_digits(single.mean_wait, known.mean_wait);
        assert!(single.between_contacts <= 0.0);
    }

    #[test]
    fn improper_or_overloaded_rates_have_no_answer() {
        for (lambda, mu, p, delta, workers) in [
            (5.0, 35.0, 0.875, 0.5, 1),
            (0.0, 35.0, 0.875, 0.5, 1),
            (f64::NAN, 35.0, 0.875, 0.5, 1),
            (4.0, f64::NAN, 0.875, 0.5, 1),
            (4.0, f64::INFINITY, 0.875, 0.5, 1),
            (4.0, 35.0, 1.0, 0.5, 1),
            (4.0, 35.0, f64::NAN, 0.5, 1),
            (4.0, 35.0, -0.1, 0.5, 1),
            (4.0, 35.0, 0.875, 0.0, 1),
            (4.0, 35.0, 0.875, -1.0, 1),
            (4.0, 35.0, 0.875, f64::NAN, 1),
            (4.0, 35.0, 0.875, 0.5, 0),
        ] {
            assert_eq!(ErlangR::new(lambda, mu, p, delta, workers), None);
        }
        let rate = Sinusoid::rate(20.0, 4.0, 52.0).expect("a rate");
        let still = Sinusoid {
            mean: f64::NAN,
            ..rate
        };
        assert_eq!(OfferedLoad::new(&still, 40.0, 0.5, 1.0), None);
        assert_eq!(OfferedLoad::new(&rate, 0.0, 0.5, 1.0), None);
        assert_eq!(OfferedLoad::new(&rate, 40.0, 1.0, 1.0), None);
        assert_eq!(OfferedLoad::new(&rate, 40.0, 0.5, f64::NAN), None);
    }
}
