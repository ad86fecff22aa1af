//! Mean waits where nothing exact is at hand: bounds and interpolations from two moments.
//!
//! Approximations are for first answers; a simulation must not be held to them. First come first
//! served. Rates and times in any one unit of time. Each is `None` unless the arrival rate is
//! positive, the moments are proper, the squared coefficient of variation is 0 or more and the load
//! is below 1.

use super::erlang::ErlangC;
use super::fixed_service::constant_service_mean_wait;
use super::service::Service;

/// No mean wait of GI/G/1 is above this: lambda (var A + var S) / (2 (1 - rho)) (Kingman 1962),
/// with `gap_cv2` = lambda^2 var A.
///
/// Worked: exponential services of mean 1, constant gaps of 2: 0.5, and exactly 0.255001.
#[must_use]
pub fn kingman_bound(arrival_rate: f64, gap_cv2: f64, service: &Service) -> Option<f64> {
    let spare = spare(arrival_rate, gap_cv2, service, 1)?;
    let of_gaps = gap_cv2 / arrival_rate / arrival_rate;
    let of_services = service.cv2() * service.mean * service.mean;
    Some(arrival_rate * (of_gaps + of_services) / (2.0 * spare))
}

/// Mean wait of GI/G/1 near full load: rho / (1 - rho) (ca2 + cs2) / 2 E S (Kingman 1961).
///
/// Worked: load 0.5, gaps of cv2 4, exponential services of mean 1: 2.5, and exactly 2.162278.
#[must_use]
pub fn kingman_approximation(arrival_rate: f64, gap_cv2: f64, service: &Service) -> Option<f64> {
    let spare = spare(arrival_rate, gap_cv2, service, 1)?;
    let variation = (gap_cv2 + service.cv2()) / 2.0;
    Some(arrival_rate * service.mean / spare * variation * service.mean)
}

/// Mean wait of GI/G/c: that of M/M/c times (ca2 + cs2) / 2 (Allen 1978; after Lee & Longton
/// 1959). Exact for M/M/c and M/G/1.
///
/// Worked, with E S = 1: M/E2/2 at load 0.8: 1.333333, and exactly 1.342391.
#[must_use]
pub fn allen_cunneen(
    arrival_rate: f64,
    gap_cv2: f64,
    service: &Service,
    servers: u32,
) -> Option<f64> {
    spare(arrival_rate, gap_cv2, service, servers)?;
    let erlang = ErlangC::new(arrival_rate, 1.0 / service.mean, servers)?;
    Some(erlang.mean_wait * (gap_cv2 + service.cv2()) / 2.0)
}

/// Mean wait of M/G/c: cs2 x that of M/M/c + (1 - cs2) x that of M/D/c (Cosmetatos 1976). For cs2 of
/// 1 or less; above it the second term takes away, and `None` where nothing is left.
///
/// Worked, with E S = 1: M/E2/2 at load 0.8: 1.340531, and exactly 1.342391.
#[must_use]
pub fn cosmetatos(arrival_rate: f64, service: &Service, servers: u32) -> Option<f64> {
    spare(arrival_rate, 1.0, service, servers)?;
    let cv2 = service.cv2();
    let exponential = ErlangC::new(arrival_rate, 1.0 / service.mean, servers)?.mean_wait;
    let constant = constant_service_mean_wait(arrival_rate, service.mean, servers)?;
    let wait = cv2 * exponential + (1.0 - cv2) * constant;
    (wait >= 0.0).then_some(wait)
}

/// 1 - rho, if everything is as it must be.
fn spare(arrival_rate: f64, gap_cv2: f64, service: &Service, servers: u32) -> Option<f64> {
    let service = service.checked()?;
    let load = arrival_rate * service.mean / f64::from(servers);
    let proper = arrival_rate > 0.0 && gap_cv2 >= 0.0 && gap_cv2.is_finite() && load < 1.0;
    proper.then_some(1.0 - load)
}

#[cfg(test)]
mod tests {
    use super::super::single_server::SingleServer;
    use super::super::targets::assert_six_digits;
    use super::*;

    #[test]
    fn kingmans_bound_and_approximation_match_table_c11() {
        let service = Service::exponential(1.0).expect("proper");
        for (load, bound, approximation) in [(0.5, 0.5, 2.5), (0.8, 2.0, 10.0), (0.9, 4.5, 22.5)] {
            let kingman = kingman_bound(load, 0.0, &service).expect("stable");
            assert_six_digits(kingman, bound);
            let kingman = kingman_approximation(load, 4.0, &service).expect("stable");
            assert_six_digits(kingman, approximation);
        }
    }

    #[test]
    fn several_servers_match_table_c5() {
        let mild = Service::erlang(2, 1.0).expect("proper");
        let wild = Service::balanced_hyperexponential(1.0, 4.0).expect("proper");
        for (c, load, allen_mild, cosmetatos_mild, allen_wild) in [
            (2, 0.8, 1.333_333, 1.340_531, 4.444_444),
            (3, 0.8, 0.808_989, 0.816_276, 2.696_629),
            (5, 0.8, 0.415_584, 0.421_586, 1.385_281),
            (5, 0.9, 1.143_740, 1.150_841, 3.812_466),
        ] {
            let rate = load * f64::from(c);
            let allen = |service| allen_cunneen(rate, 1.0, service, c).expect("stable");
            assert_six_digits(allen(&mild), allen_mild);
            assert_six_digits(allen(&wild), allen_wild);
            let between = cosmetatos(rate, &mild, c).expect("stable");
            assert_six_digits(between, cosmetatos_mild);
        }
    }

    /// With Poisson arrivals and one server all but the bound are the same, and exact; the bound is
    /// above by what 1 / rho^2 of the gaps' share makes.
    #[test]
    fn one_server_is_pollaczeks() {
        for service in [
            Service::constant(0.5),
            Service::erlang(3, 0.5),
            Service::lognormal(0.5, 2.0),
        ] {
            let service = service.expect("proper");
            let exact = SingleServer::new(1.8, &service).expect("stable").mean_wait;
            for wait in [
                kingman_approximation(1.8, 1.0, &service),
                allen_cunneen(1.8, 1.0, &service, 1),
                cosmetatos(1.8, &service, 1).filter(|_| service.cv2() <= 1.0),
            ]
            .into_iter()
            .flatten()
            {
                assert_six_digits(wait, exact);
            }
            let bound = kingman_bound(1.8, 1.0, &service).expect("stable");
            let over = (1.0 / 1.8 - 1.8 * 0.25) / (2.0 * 0.1);
            assert_six_digits(bound, exact + over);
        }
    }

    #[test]
    fn improper_questions_have_no_answer() {
        let service = Service::constant(0.5).expect("proper");
        let all = |rate: f64, cv2: f64, service: &Service, servers: u32| {
            let two_moments = [
                allen_cunneen(rate, cv2, service, servers),
                cosmetatos(rate, service, servers).filter(|_| cv2 >= 1.0),
            ];
            let one_server = [
                kingman_bound(rate, cv2, service),
                kingman_approximation(rate, cv2, service),
            ];
            let one_server = one_server.map(|wait| wait.filter(|_| servers == 1));
            [two_moments, one_server].concat()
        };
        for rate in [2.0, 3.0, 0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert!(all(rate, 1.0, &service, 1).iter().all(Option::is_none));
        }
        for cv2 in [-1.0, f64::NAN] {
            assert!(all(1.0, cv2, &service, 1).iter().all(Option::is_none));
        }
        assert!(all(1.0, 1.0, &service, 0).iter().all(Option::is_none));
        let broken = Service {
            mean: f64::NAN,
            ..service
        };
        assert!(all(1.0, 1.0, &broken, 1).iter().all(Option::is_none));
        assert_eq!(all(1.0, 1.0, &service, 1).iter().flatten().count(), 4);
        // So wild that the interpolation is below 0.
        let wild = Service::lognormal(0.5, 60.0).expect("proper");
        assert_eq!(cosmetatos(0.02, &wild, 50), None);
    }
}
