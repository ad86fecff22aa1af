//! A clinic with a fixed number of slots at fixed times: Bailey's model of an appointment list.

use super::bulk_queue::mean_left;

/// A clinic every T with s slots, for people who come as a Poisson stream and are seen in the order
/// in which they came (Bailey 1954, "On queueing processes with bulk service"): a slot that nobody
/// is there for is lost.
///
/// Worked: 4 people a week, a clinic every week with 5 slots: `left_after` 1.156240 people,
/// `mean_wait` 0.789060 weeks. 9 a week and twice a week 5 slots: 3.495128 and 0.638348.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Clinic {
    /// Share of slots used: lambda T / s.
    pub utilisation: f64,
    /// Mean number who are still waiting after a clinic, E X.
    pub left_after: f64,
    /// Mean wait from coming to the beginning of the clinic that sees one: E X / lambda + T / 2.
    pub mean_wait: f64,
}

impl Clinic {
    /// The steady state; `None` unless the rate and the time between clinics are positive and
    /// fewer come than there are slots. The wait is in the unit of `interval`, the rate per that.
    #[must_use]
    pub fn new(arrival_rate: f64, interval: f64, slots: u32) -> Option<Self> {
        if !(arrival_rate > 0.0 && interval > 0.0) {
            return None;
        }
        let coming = arrival_rate * interval;
        let left_after = mean_left(coming, slots)?;
        let mean_wait = left_after / arrival_rate + interval / 2.0;
        mean_wait.is_finite().then(|| Self {
            utilisation: coming / f64::from(slots),
            left_after,
            mean_wait,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::targets::assert_six_digits;
    use super::*;

    #[test]
    fn clinics_match_table_c14() {
        for (rate, interval, slots, left, wait) in [
            (4.0, 1.0, 5, 1.156_240, 0.789_060),
            (4.5, 1.0, 5, 3.495_128, 1.276_695),
            (9.0, 0.5, 5, 3.495_128, 0.638_348),
            (9.0, 0.5, 6, 0.675_518, 0.325_058),
            (18.0, 1.0, 20, 2.597_149, 0.644_286),
        ] {
            let clinic = Clinic::new(rate, interval, slots).expect("stable");
            assert_six_digits(clinic.left_after, left);
            assert_six_digits(clinic.mean_wait, wait);
            assert_six_digits(clinic.utilisation, rate * interval / f64::from(slots));
        }
    }

    /// With more slots than anybody needs one waits for the next clinic, half an interval away.
    #[test]
    fn with_slots_in_plenty_the_wait_is_half_an_interval() {
        let clinic = Clinic::new(1.0, 2.0, 40).expect("stable");
        assert!(clinic.left_after < 1e-12);
        assert_six_digits(clinic.mean_wait, 1.0);
    }

    #[test]
    fn a_clinic_that_cannot_keep_up_has_no_steady_state() {
        assert_eq!(Clinic::new(5.0, 1.0, 5), None);
        assert_eq!(Clinic::new(1.0, 1.0, 0), None);
        for improper in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert_eq!(Clinic::new(improper, 1.0, 5), None);
            assert_eq!(Clinic::new(1.0, improper, 5), None);
        }
        assert_eq!(Clinic::new(1e-300, 1e308, 5), None);
    }
}
