//! One list and one server whose services take any time: M/G/1.
//!
//! Poisson arrivals, first come first served. Rates and times in any one unit of time.

use super::service::Service;

/// M/G/1 in its steady state (Pollaczek 1930, Khinchine 1932; Kleinrock 1975, chapter 5).
///
/// Worked, in weeks: 4 arrivals a week and services of 0.2 weeks: with exponential times
/// `mean_wait` 0.8 and `sd_of_wait` 0.979796, with constant ones 0.4 and 0.461880.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SingleServer {
    /// Share of time that the server is busy, and of arrivals who wait: rho = lambda E S.
    pub utilisation: f64,
    /// Mean wait of everybody, those who do not wait included: lambda E S^2 / (2 (1 - rho)).
    pub mean_wait: f64,
    /// E W^2 = 2 (E W)^2 + lambda E S^3 / (3 (1 - rho)) (Takacs 1962).
    pub second_moment_of_wait: f64,
    /// Standard deviation of the wait.
    pub sd_of_wait: f64,
    /// Mean number waiting: lambda x `mean_wait`.
    pub mean_queue: f64,
}

impl SingleServer {
    /// The steady state; `None` unless the rate is 0 or more, the moments positive and finite, and
    /// rho below 1.
    #[must_use]
    pub fn new(arrival_rate: f64, service: &Service) -> Option<Self> {
        let service = service.checked()?;
        let utilisation = arrival_rate * service.mean;
        if !(0.0..1.0).contains(&utilisation) {
            return None;
        }
        let spare = 1.0 - utilisation;
        let mean_wait = arrival_rate * service.second_moment / (2.0 * spare);
        let from_third_moment = arrival_rate * service.third_moment / (3.0 * spare);
        let variance = mean_wait * mean_wait + from_third_moment;
        Some(Self {
            utilisation,
            mean_wait,
            second_moment_of_wait: mean_wait * mean_wait + variance,
            sd_of_wait: variance.sqrt(),
            mean_queue: arrival_rate * mean_wait,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::erlang::ErlangC;
    use super::super::targets::assert_six_digits;
    use super::*;

    #[test]
    fn waits_match_table_c3() {
        for (service, mean, sd) in [
            (Service::exponential(0.2), 0.800_000, 0.979_796),
            (Service::constant(0.2), 0.400_000, 0.461_880),
            (Service::erlang(2, 0.2), 0.600_000, 0.721_110),
            (
                Service::lognormal(0.2, 0.5_f64.sqrt()),
                0.600_000,
                0.734_847,
            ),
            (
                Service::lognormal(0.2, 2.0_f64.sqrt()),
                1.200_000,
                1.697_056,
            ),
            (
                Service::balanced_hyperexponential(0.2, 4.0),
                2.000_000,
                2.683_282,
            ),
        ] {
            let model = SingleServer::new(4.0, &service.expect("proper")).expect("stable");
            assert_six_digits(model.mean_wait, mean);
            assert_six_digits(model.sd_of_wait, sd);
            assert_six_digits(model.second_moment_of_wait, mean * mean + sd * sd);
            assert_six_digits(model.mean_queue, 4.0 * mean);
            assert_six_digits(model.utilisation, 0.8);
        }
    }

    #[test]
    fn slots_match_c3() {
        for (follow_ups, mean) in [(5.0, 55.517_241), (7.0, 52.162_162), (11.0, 48.490_566)] {
            let slots = Service::discrete(&[45.0, 20.0], &[1.0, follow_ups]).expect("proper");
            let model = SingleServer::new(0.8 / slots.mean, &slots).expect("stable");
            assert_six_digits(model.mean_wait, mean);
        }
    }

    /// With exponential services the wait is 0 or, with probability rho, exponential: its mean as
    /// Erlang's, its second moment 2 rho / (mu - lambda)^2.
    #[test]
    fn exponential_services_make_erlangs_queue() {
        for load in [0.0, 0.01, 0.5, 0.99, 0.999_999] {
            let service = Service::exponential(0.25).expect("proper");
            let model = SingleServer::new(4.0 * load, &service).expect("stable");
            let erlang = ErlangC::new(4.0 * load, 4.0, 1).expect("stable");
            let spare = 4.0 * (1.0 - load);
            assert!((model.mean_wait - erlang.mean_wait).abs() <= 1e-9 * erlang.mean_wait);
            let second = 2.0 * load / spare / spare;
            assert!((model.second_moment_of_wait - second).abs() <= 1e-9 * second);
        }
    }

    #[test]
    fn there_is_no_steady_state_without_spare_time() {
        let service = Service::constant(0.5).expect("proper");
        for rate in [2.0, 2.1, -1.0, f64::NAN, f64::INFINITY] {
            assert_eq!(SingleServer::new(rate, &service), None);
        }
        let broken = Service {
            third_moment: f64::NAN,
            ..service
        };
        assert_eq!(SingleServer::new(1.0, &broken), None);
        let idle = SingleServer::new(0.0, &service).expect("stable");
        assert!(idle.mean_wait <= 0.0 && idle.sd_of_wait <= 0.0);
    }
}
