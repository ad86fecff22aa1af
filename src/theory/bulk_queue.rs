//! A queue that at fixed times takes in what has come and lets out as many as there are places.
//!
//! X' = (X + A - s)+ with A Poisson: those left after a clinic ([`super::clinic`]), and those
//! waiting for constant service a service time apart ([`super::fixed_service`]).

use std::f64::consts::TAU;

/// Mean number left, E X, in the steady state of X' = (X + A - s)+ with A Poisson of mean
/// `arrivals` and s = `places`; `None` unless 0 <= `arrivals` < `places`.
///
/// The generating function of X is that of A under a polynomial whose roots are 1 and the s - 1
/// roots z_k inside the unit circle of z^s = exp(m (z - 1)) (Bailey 1954; Downton 1955). Its slope
/// at 1 is
///
/// E X = sum 1 / (1 - z_k) - (s (s - 1) - m^2) / (2 (s - m)), k from 1 to s - 1.
///
/// With one place it is m^2 / (2 (1 - m)). No sum is cut short, so it holds up to any load below
/// 1; the difference leaves about 1e-15 x s people of rounding. Takes time in proportion to s.
///
/// Worked: 4 arrivals and 5 places leave 1.156240 people.
#[must_use]
pub fn mean_left(arrivals: f64, places: u32) -> Option<f64> {
    let room = f64::from(places);
    if !(arrivals >= 0.0 && arrivals < room) {
        return None;
    }
    let load = arrivals / room;
    // The roots come in conjugate pairs of equal real part, and with an even s one that is real.
    let pairs: f64 = (1..=(places - 1) / 2)
        .map(|k| 2.0 * reciprocal_distance(load, TAU * f64::from(k) / room))
        .sum();
    let real = if places.is_multiple_of(2) {
        reciprocal_distance(load, TAU / 2.0)
    } else {
        0.0
    };
    let taken = (room * (room - 1.0) - arrivals * arrivals) / (2.0 * (room - arrivals));
    Some((pairs + real - taken).max(0.0))
}

/// The real part of 1 / (1 - z) for the root of z = exp(i `angle` + `load` (z - 1)) inside the unit
/// circle.
///
/// The map takes the disc into itself and brings points there together by `load` |z| < 1 (Janssen &
/// van Leeuwaarden 2005), so that going on from 0 finds the root; at loads near 1 too, as the
/// root is then still sqrt(`angle`) or so from 1.
fn reciprocal_distance(load: f64, angle: f64) -> f64 {
    let (mut x, mut y) = (0.0_f64, 0.0_f64);
    for _ in 0..MOST_ROUNDS {
        let size = (load * (x - 1.0)).exp();
        let (sine, cosine) = (angle + load * y).sin_cos();
        let (next_x, next_y) = (size * cosine, size * sine);
        let moved = (next_x - x).abs() + (next_y - y).abs();
        (x, y) = (next_x, next_y);
        if moved < SETTLED {
            break;
        }
    }
    let from_one = 1.0 - x;
    from_one / (from_one * from_one + y * y)
}

/// A root that moves less than this in a round is found; above the rounding of one round.
const SETTLED: f64 = 2e-15;

/// More rounds than even a million places need at full load.
const MOST_ROUNDS: u32 = 1_000_000;

#[cfg(test)]
mod tests {
    use super::super::targets::assert_six_digits;
    use super::*;

    /// E X = sum over n of E (A_1 + ... + A_n - n s)+ / n (Spitzer 1956): the same by another way,
    /// for loads at which the sum ends.
    fn by_spitzers_identity(arrivals: f64, places: u32) -> f64 {
        let room = f64::from(places);
        let excess = |rounds: u32| {
            let (mean, taken) = (arrivals * f64::from(rounds), room * f64::from(rounds));
            // P(A = taken), from logarithms of the factorial; then upwards.
            let factorial: f64 = (1..=places * rounds).map(|k| f64::from(k).ln()).sum();
            let mut term = (taken * mean.ln() - mean - factorial).exp();
            let mut sum = 0.0;
            for over in 1..2_000 {
                term *= mean / (taken + f64::from(over));
                sum += f64::from(over) * term;
            }
            sum
        };
        (1..1_500).map(|n| excess(n) / f64::from(n)).sum()
    }

    #[test]
    fn it_is_spitzers_sum() {
        for (arrivals, places) in [(0.7, 1), (1.7, 2), (1.0, 3), (4.0, 5), (5.0, 6), (18.0, 20)] {
            let left = mean_left(arrivals, places).expect("stable");
            let sum = by_spitzers_identity(arrivals, places);
            assert!((left - sum).abs() < 1e-10, "{left} is not {sum}");
        }
    }

    #[test]
    fn one_place_and_two_by_hand() {
        for load in [0.0, 0.1, 0.8, 0.999] {
            let left = mean_left(load, 1).expect("stable");
            assert_six_digits(left, load * load / (2.0 * (1.0 - load)));
        }
        // z = -exp((z - 1) / 2) has the root -0.477670, and E X = 1 / (1 - z) - 1 / 2.
        assert_six_digits(mean_left(1.0, 2).expect("stable"), 0.176_741);
    }

    /// However many the places: Kingman's bound A's variance / (2 (s - m)), nearly reached when
    /// hardly a place is spare.
    #[test]
    fn many_places_and_high_loads_stay_below_kingmans_bound() {
        for (places, spare) in [(1, 1e-6), (10, 1e-6), (1_000, 0.01), (1_000, 500.0)] {
            let arrivals = f64::from(places) - spare;
            let left = mean_left(arrivals, places).expect("stable");
            let bound = arrivals / (2.0 * spare);
            assert!(left >= 0.0 && left <= bound, "{left} is above {bound}");
            // Sigma x 0.5826 of overshoot and half a person are all that lies between.
            let slack = f64::from(places).sqrt() * 0.6 + 0.5;
            assert!(left >= bound - slack, "{left} is far below {bound}");
        }
    }

    #[test]
    fn without_spare_places_there_is_no_steady_state() {
        for arrivals in [5.0, 5.1, -1.0, f64::NAN, f64::INFINITY] {
            assert_eq!(mean_left(arrivals, 5), None);
        }
        assert_eq!(mean_left(0.0, 0), None);
        assert!(mean_left(0.0, 7).expect("stable") < 1e-14);
    }
}
