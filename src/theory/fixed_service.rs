//! Services that all last equally long: M/D/1 with its waits, M/D/c with its mean.
//!
//! Poisson arrivals, first come first served. Rates and times in any one unit of time.

use super::bulk_queue::mean_left;

/// Mean wait of M/D/c: E X / lambda, where X is the number waiting (Crommelin 1932; Tijms 2003,
/// chapter 9).
///
/// Everybody in service at t is gone at t + D, and whoever comes between is not: the number waiting
/// obeys X' = (X + A - c)+ with A Poisson of mean lambda D. `None` unless the rate is 0 or more, the
/// time positive and lambda D < c. Without arrivals nobody waits: 0.
///
/// Worked, with D = 1: 2 servers at load 0.8: 0.903284; 10 at 0.9: 0.344582.
#[must_use]
pub fn constant_service_mean_wait(
    arrival_rate: f64,
    service_time: f64,
    servers: u32,
) -> Option<f64> {
    if !(arrival_rate >= 0.0 && service_time > 0.0) {
        return None;
    }
    let waiting = mean_left(arrival_rate * service_time, servers)?;
    let wait = if arrival_rate > 0.0 {
        waiting / arrival_rate
    } else {
        0.0
    };
    wait.is_finite().then_some(wait)
}

/// Waits beyond this many service times are extrapolated, exactly to rounding: see
/// [`wait_at_most`].
const EXPLICIT: f64 = 60.0;

/// P(wait <= `time`) in M/D/1: the share of people, those who do not wait included, who have begun
/// service by then.
///
/// Erlang's (1909) sum of alternating terms loses all digits after some twenty service times, so
/// this is Franx's (2001, "A simple solution for the M/D/c waiting time distribution") of positive
/// ones: with (k - 1) D <= t < k D and u = lambda (k D - t),
///
/// P(W <= t) = exp(-u) sum Q(k - 1 - j) u^j / j!, j from 0 to k - 1,
///
/// where Q(n) = P(at most n wait). From 60 service times on each further one scales P(W > t) by one
/// factor, the ratio of successive P(n present). That has long settled: at loads of 0.3 and more the
/// next root of z = exp(rho (z - 1)) is over 3 times as far from 0 as the one that makes the factor,
/// and at lower loads nothing is left to scale. Checked to 1e-12 at loads up to 0.99.
///
/// `None` unless the rate is 0 or more, the service time positive, lambda D < 1 and the time a
/// number; 0 before time 0.
///
/// Worked, with D = 1: at load 0.9, P(wait <= 2.5) = 0.443900; at 0.95, P(wait <= 60.5) = 0.997947.
#[must_use]
pub fn wait_at_most(arrival_rate: f64, service_time: f64, time: f64) -> Option<f64> {
    let load = arrival_rate * service_time;
    if !(arrival_rate >= 0.0 && service_time > 0.0 && load < 1.0) || time.is_nan() {
        return None;
    }
    if time < 0.0 {
        return Some(0.0);
    }
    let services = time / service_time;
    let beyond = (services - EXPLICIT).max(0.0).ceil();
    let within = services - beyond;
    if within.is_nan() {
        // As good as infinite.
        return Some(1.0);
    }
    let present = number_present(load, EXPLICIT as usize + 2);
    let begun = begun_within(load, within, &present);
    if beyond <= 0.0 {
        return Some(begun);
    }
    let ratio = match present[..] {
        [.., last_but_one, last] if last_but_one > 0.0 => last / last_but_one,
        _ => 0.0,
    };
    Some(1.0 - (1.0 - begun) * ratio.powf(beyond))
}

/// Franx's sum, for a time of `services` service times.
fn begun_within(load: f64, services: f64, present: &[f64]) -> f64 {
    let whole = services.floor();
    let until_whole = load * (whole + 1.0 - services);
    // P(at most n wait) = P(at most n + 1 present).
    let mut at_most = present[0];
    let at_most: Vec<f64> = present[1..]
        .iter()
        .map(|probability| {
            at_most += probability;
            at_most
        })
        .collect();
    let mut weight = (-until_whole).exp();
    let mut sum = 0.0;
    for (come, at_most) in at_most[..=whole as usize].iter().rev().enumerate() {
        sum += weight * at_most;
        weight *= until_whole / (come + 1) as f64;
    }
    sum.min(1.0)
}

/// P(n present) in M/D/1 for n from 0 to `largest`.
///
/// From what crosses between n and n + 1 present, seen after services: p(n + 1) a(0) = p(0) P(A > n)
/// + sum p(i) P(A > n + 1 - i), i from 1 to n, with A Poisson of mean rho. All terms are positive.
fn number_present(load: f64, largest: usize) -> Vec<f64> {
    let exceeds = poisson_exceeds(load, largest);
    let mut present = vec![1.0 - load];
    for n in 0..largest {
        let from_empty = present[0] * exceeds[n];
        let from_others: f64 = (1..=n).map(|i| present[i] * exceeds[n + 1 - i]).sum();
        present.push((from_empty + from_others) * load.exp());
    }
    present
}

/// P(A > n) for n from 0 to `largest`, A Poisson of mean `mean` below 1: sums from the small end.
fn poisson_exceeds(mean: f64, largest: usize) -> Vec<f64> {
    let mut terms = vec![(-mean).exp()];
    for n in 1..=largest + 40 {
        terms.push(terms[n - 1] * mean / n as f64);
    }
    let mut exceeds = vec![0.0; terms.len()];
    for n in (0..terms.len() - 1).rev() {
        exceeds[n] = exceeds[n + 1] + terms[n + 1];
    }
    exceeds.truncate(largest + 1);
    exceeds
}

#[cfg(test)]
mod tests {
    use super::super::service::Service;
    use super::super::single_server::SingleServer;
    use super::super::targets::assert_six_digits;
    use super::*;

    /// Erlang's sum, computed with 120 decimal digits.
    #[test]
    fn waits_of_one_server_match_erlangs_sum() {
        for (load, time, target) in [
            (0.5, 2.5, 0.971_359_369_636_914),
            (0.2, 1.5, 0.991_473_372_614_751),
            (0.5, 20.5, 0.999_999_999_995_693),
            (0.95, 0.0, 0.05),
            (0.95, 1.0, 0.129_285_482_965_792),
            (0.95, 2.5, 0.250_373_493_090_145),
            (0.95, 10.0, 0.650_464_079_282_509),
            (0.95, 30.3, 0.955_672_636_537_941),
            (0.95, 59.99, 0.997_837_194_050_714),
            (0.95, 60.5, 0.997_946_538_277_025),
            (0.95, 61.0, 0.998_048_370_152_185),
            (0.95, 100.0, 0.999_963_064_588_711),
            (0.99, 80.25, 0.801_521_589_596_350),
        ] {
            // In a unit of time of which a service takes 4.
            let share = wait_at_most(load / 4.0, 4.0, 4.0 * time).expect("stable");
            assert!((share - target).abs() < 1e-12, "{share} is not {target}");
        }
    }

    #[test]
    fn waits_of_one_server_match_table_c4() {
        for (load, mean, within) in [
            (0.5, 0.500_000, 0.971_359),
            (0.7, 1.166_667, 0.852_296),
            (0.9, 4.500_000, 0.443_900),
            (0.95, 9.500_000, 0.250_373),
        ] {
            let constant = Service::constant(1.0).expect("proper");
            let model = SingleServer::new(load, &constant).expect("stable");
            assert_six_digits(model.mean_wait, mean);
            let crommelin = constant_service_mean_wait(load, 1.0, 1).expect("stable");
            assert_six_digits(crommelin, mean);
            assert_six_digits(wait_at_most(load, 1.0, 2.5).expect("stable"), within);
        }
    }

    /// The integral of P(W > t) is the mean wait, also at a load of which most is extrapolated.
    /// Steps of 1/8 in Simpson's rule err by less than 1e-6 of it, as only the first service
    /// times are curved.
    #[test]
    fn the_distribution_has_pollaczeks_mean() {
        for (load, services) in [(0.3, 40), (0.9, 200), (0.99, 3_000)] {
            let steps = services * 8;
            let exceeds = |at: i32| {
                let at_most = wait_at_most(load, 1.0, f64::from(at) / 8.0);
                1.0 - at_most.expect("stable")
            };
            let weight = |at: i32| match at {
                0 => 1.0,
                _ if at == steps => 1.0,
                _ if at % 2 == 1 => 4.0,
                _ => 2.0,
            };
            let sum: f64 = (0..=steps).map(|at| weight(at) * exceeds(at)).sum();
            let mean = load / (2.0 * (1.0 - load));
            assert!((sum / 24.0 / mean - 1.0).abs() < 2e-6);
        }
    }

    #[test]
    fn waits_for_several_servers_match_table_c4() {
        for (servers, load, mean) in [
            (2, 0.8, 0.903_284),
            (5, 0.8, 0.289_060),
            (5, 0.9, 0.776_695),
            (10, 0.9, 0.344_582),
        ] {
            let rate = f64::from(servers) * load / 3.0;
            let wait = constant_service_mean_wait(rate, 3.0, servers).expect("stable");
            assert_six_digits(wait / 3.0, mean);
        }
    }

    #[test]
    fn improper_questions_have_no_answer_and_edges_do() {
        for (rate, time) in [
            (1.0, 1.0),
            (2.0, 1.0),
            (-1.0, 1.0),
            (0.5, 0.0),
            (0.5, -1.0),
            (f64::NAN, 1.0),
            (0.5, f64::NAN),
            (f64::INFINITY, 1.0),
            (0.5, f64::INFINITY),
        ] {
            assert_eq!(wait_at_most(rate, time, 1.0), None);
            assert_eq!(constant_service_mean_wait(rate, time, 1), None);
        }
        assert_eq!(constant_service_mean_wait(0.5, 1.0, 0), None);
        assert_eq!(constant_service_mean_wait(0.0, 1.0, 2), Some(0.0));
        assert_eq!(wait_at_most(0.5, 1.0, f64::NAN), None);
        assert_eq!(wait_at_most(0.5, 1.0, -1e-9), Some(0.0));
        for time in [1e300, f64::INFINITY] {
            assert_eq!(wait_at_most(0.5, 1.0, time), Some(1.0));
        }
        for time in [0.0, 100.0] {
            assert_eq!(wait_at_most(0.0, 1.0, time), Some(1.0));
        }
    }
}
