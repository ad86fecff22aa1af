//! Urgent first: mean waits by class when a free server takes from the highest class that waits.
//!
//! Nobody's service is broken off for somebody more urgent. Poisson arrivals, first come first
//! served within a class. Rates and times in any one unit of time.

use super::erlang::ErlangC;
use super::service::Service;

/// Mean wait of each class of M/G/1, highest first, for classes of (arrival rate, service).
///
/// With s(k) the load of classes 1 to k and W0 = sum lambda E S^2 / 2 the mean of what is left of the
/// service found (Cobham 1954):
///
/// W(k) = W0 / ((1 - s(k - 1)) (1 - s(k))).
///
/// `None` unless each rate is 0 or more, each service proper and the whole load below 1. The load times
/// the waits add up to what first come first served has (Kleinrock's 1965 conservation law).
///
/// Worked: rates 0.2 and 0.6, exponential services of mean 1: waits 1 and 5.
#[must_use]
pub fn priority_waits(classes: &[(f64, Service)]) -> Option<Vec<f64>> {
    let proper = classes
        .iter()
        .all(|(rate, service)| *rate >= 0.0 && service.checked().is_some());
    let left: f64 = classes
        .iter()
        .map(|(rate, service)| rate * service.second_moment / 2.0)
        .sum();
    let loads = classes.iter().map(|(rate, service)| rate * service.mean);
    proper.then(|| cobham(left, loads)).flatten()
}

/// Mean wait of each class of M/M/c, highest first, where all services are alike: as
/// [`priority_waits`] with W0 = C(c, a) / (c mu) and s(k) the share of all servers' time (Davis
/// 1966; Kella & Yechiali 1985).
///
/// `None` unless each rate is 0 or more and [`ErlangC`] has a steady state for their sum.
///
/// Worked: 5 servers, mu 1, rates 1 and 3: waits 0.138528 and 0.692641.
#[must_use]
pub fn priority_waits_of_servers(
    arrival_rates: &[f64],
    service_rate: f64,
    servers: u32,
) -> Option<Vec<f64>> {
    let proper = arrival_rates.iter().all(|&rate| rate >= 0.0);
    let all = ErlangC::new(arrival_rates.iter().sum(), service_rate, servers)?;
    let capacity = f64::from(servers) * service_rate;
    let left = all.wait_probability / capacity;
    let loads = arrival_rates.iter().map(|rate| rate / capacity);
    proper.then(|| cobham(left, loads)).flatten()
}

/// W0 / ((1 - s(k - 1)) (1 - s(k))) for each load; `None` unless their sum stays below 1.
fn cobham(left: f64, loads: impl Iterator<Item = f64>) -> Option<Vec<f64>> {
    let mut above = 0.0;
    loads
        .map(|load| {
            let spare_above = 1.0 - above;
            above += load;
            let wait = left / (spare_above * (1.0 - above));
            (above < 1.0 && wait.is_finite()).then_some(wait)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::single_server::SingleServer;
    use super::super::targets::assert_six_digits;
    use super::*;

    fn assert_waits(waits: Option<Vec<f64>>, targets: &[f64]) {
        let waits = waits.expect("stable");
        assert_eq!(waits.len(), targets.len());
        for (wait, target) in waits.iter().zip(targets) {
            assert_six_digits(*wait, *target);
        }
    }

    #[test]
    fn one_server_matches_table_c12() {
        let exponential = Service::exponential(1.0).expect("proper");
        let classes = |rates: &[f64]| -> Vec<(f64, Service)> {
            rates.iter().map(|&rate| (rate, exponential)).collect()
        };
        assert_waits(priority_waits(&classes(&[0.2, 0.6])), &[1.0, 5.0]);
        let three = priority_waits(&classes(&[0.1, 0.3, 0.5]));
        assert_waits(three, &[1.0, 1.666_667, 15.0]);
        let fixed = |mean| Service::constant(mean).expect("proper");
        let unlike = priority_waits(&[(0.3, fixed(0.75)), (1.2, fixed(1.0 / 3.0))]);
        assert_waits(unlike, &[0.194_892, 0.519_713]);
    }

    #[test]
    fn several_servers_match_table_c12() {
        let two = priority_waits_of_servers(&[1.0, 3.0], 1.0, 5);
        assert_waits(two, &[0.138_528, 0.692_641]);
        let three = priority_waits_of_servers(&[4.0, 12.0, 4.0], 4.5, 5);
        assert_waits(three, &[0.039_884, 0.138_058, 1.021_632]);
    }

    /// One class is first come first served, and one server with exponential services the same from
    /// both.
    #[test]
    fn one_class_waits_as_without_classes() {
        let service = Service::lognormal(0.5, 1.3).expect("proper");
        let exact = SingleServer::new(1.7, &service).expect("stable").mean_wait;
        assert_waits(priority_waits(&[(1.7, service)]), &[exact]);
        let erlang = ErlangC::new(20.0, 5.0, 5).expect("stable").mean_wait;
        assert_waits(priority_waits_of_servers(&[20.0], 5.0, 5), &[erlang]);
        let exponential = Service::exponential(0.25).expect("proper");
        let classes = [(0.5, exponential), (0.0, exponential), (3.0, exponential)];
        let single = priority_waits(&classes).expect("stable");
        assert_waits(priority_waits_of_servers(&[0.5, 0.0, 3.0], 4.0, 1), &single);
    }

    /// The mean of the waits, weighted with the classes' loads, does not depend on their order.
    #[test]
    fn urgency_takes_from_others_what_it_gives() {
        let classes = [
            (0.4, Service::constant(0.5).expect("proper")),
            (0.1, Service::lognormal(2.0, 1.5).expect("proper")),
            (0.7, Service::exponential(0.6).expect("proper")),
        ];
        let load: f64 = classes.iter().map(|(rate, s)| rate * s.mean).sum();
        let second: f64 = classes.iter().map(|(rate, s)| rate * s.second_moment).sum();
        let in_turn = load * second / (2.0 * (1.0 - load));
        for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0]] {
            let ordered = order.map(|at| classes[at]);
            let waits = priority_waits(&ordered).expect("stable");
            assert!(waits.is_sorted());
            let weighted = ordered.iter().zip(waits);
            let sum: f64 = weighted.map(|((rate, s), wait)| rate * s.mean * wait).sum();
            assert!((sum / in_turn - 1.0).abs() < 1e-12);
        }
        let rates = [4.0, 12.0, 4.0];
        let waits = priority_waits_of_servers(&rates, 4.5, 5).expect("stable");
        let sum: f64 = rates
            .iter()
            .zip(waits)
            .map(|(rate, wait)| rate * wait)
            .sum();
        let all = ErlangC::new(20.0, 4.5, 5).expect("stable");
        assert!((sum / all.mean_queue - 1.0).abs() < 1e-12);
    }

    #[test]
    fn improper_or_overloaded_classes_have_no_waits() {
        let service = Service::exponential(0.5).expect("proper");
        for rate in [1.0, 1.5, -0.1, f64::NAN, f64::INFINITY] {
            assert_eq!(priority_waits(&[(1.0, service), (rate, service)]), None);
            assert_eq!(priority_waits_of_servers(&[1.0, rate], 2.0, 1), None);
        }
        // An overload among the urgent is not made good by anybody.
        assert_eq!(priority_waits(&[(2.5, service), (-1.0, service)]), None);
        assert_eq!(priority_waits_of_servers(&[2.5, -1.0], 2.0, 1), None);
        assert_eq!(priority_waits_of_servers(&[1.0], 2.0, 0), None);
        assert_eq!(priority_waits_of_servers(&[1.0], f64::NAN, 1), None);
        let broken = Service {
            second_moment: f64::INFINITY,
            ..service
        };
        assert_eq!(priority_waits(&[(1.0, broken)]), None);
        assert_eq!(priority_waits(&[]), Some(Vec::new()));
    }
}
