//! One worker who holds many cases at once, each alternating contacts with pauses.
//!
//! A case is a customer of a closed network: a queue for the worker's hours, then a pause that
//! takes no one's time. With every place taken this gives the greatest number of cases that the
//! worker can close: the bottleneck can be the places and not the hours. Rates are per any one
//! unit of time.

use super::super::erlang::erlang_b;

/// How cases use one worker (S-CM of Campello, Ingolfsson & Shumsky 2017).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CaseManager {
    /// Contacts that the worker holds while busy, per unit of time (mu).
    pub contact_rate: f64,
    /// Probability that a contact closes its case (p), at most 1.
    pub completion_probability: f64,
    /// Rate at which a pause between two contacts ends (theta): 1 / its mean.
    pub return_rate: f64,
}

impl CaseManager {
    /// Cases closed per unit of time when all of `places` are always taken: the greatest
    /// throughput. The waiting list is stable only for arrivals below it.
    ///
    /// With n of M cases in need of a contact, pi_n is proportional to
    /// M! / (M - n)! (theta / (mu (1 - p)))^n, and the throughput is mu p (1 - pi_0). Read from
    /// n = M downwards that is Erlang's loss model, so pi_0 = B(M, mu (1 - p) / theta), whose
    /// recurrence neither overflows nor cancels for any number of places.
    ///
    /// Worked: mu 20 a week, p 1/6, theta 0.5 a week: 30 places 2.696006 cases a week, 60 places
    /// 3.333302; the hours alone would allow mu p = 3.333333.
    ///
    /// `None` unless `contact_rate` and `return_rate` are positive and finite and
    /// `completion_probability` is above 0 and at most 1. No places close no cases.
    #[must_use]
    pub fn saturated_throughput(&self, places: u32) -> Option<f64> {
        let positive = |rate: f64| rate > 0.0 && rate.is_finite();
        let closing = self.completion_probability;
        let rates = positive(self.contact_rate) && positive(self.return_rate);
        if !rates || !positive(closing) || closing > 1.0 {
            return None;
        }
        let load = self.contact_rate * (1.0 - closing) / self.return_rate;
        let idle = erlang_b(places, load);
        Some(self.contact_rate * closing * (1.0 - idle))
    }
}

/// A closed network of one single server and one delay, as its customers see it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ClosedNetwork {
    /// Cycles completed per unit of time (X).
    pub throughput: f64,
    /// Mean number at the server, the one in service included (Q).
    pub queue_length: f64,
    /// Mean time at the server a cycle, service included (R).
    pub response_time: f64,
}

/// Exact mean value analysis (Reiser & Lavenberg 1980) of `customers` who alternate between one
/// single server, which each visit occupies for `demand` on average, and a delay without queueing
/// of `think_time` on average.
///
/// From Q(0) = 0: R(n) = D (1 + Q(n-1)), X(n) = n / (Z + R(n)), Q(n) = X(n) R(n). Exact for
/// exponential service; the distribution of the delay does not matter. `demand` and `think_time`
/// are in one unit, such as hours.
///
/// Worked: D = 1, Z = 2: two customers give R = 4/3, X = 0.6, Q = 0.8.
///
/// `None` unless both times are finite and not negative and one is positive.
#[must_use]
pub fn mean_value_analysis(demand: f64, think_time: f64, customers: u32) -> Option<ClosedNetwork> {
    let proper = |time: f64| time >= 0.0 && time.is_finite();
    if !(proper(demand) && proper(think_time) && demand + think_time > 0.0) {
        return None;
    }
    let empty = ClosedNetwork {
        throughput: 0.0,
        queue_length: 0.0,
        response_time: demand,
    };
    Some((1..=customers).fold(empty, |fewer, n| {
        let response_time = demand * (1.0 + fewer.queue_length);
        let throughput = f64::from(n) / (think_time + response_time);
        ClosedNetwork {
            throughput,
            queue_length: throughput * response_time,
            response_time,
        }
    }))
}

#[cfg(test)]
mod tests {
    use super::super::super::targets::assert_six_digits;
    use super::*;

    const LINK_WORKER: CaseManager = CaseManager {
        contact_rate: 20.0,
        completion_probability: 1.0 / 6.0,
        return_rate: 0.5,
    };

    #[test]
    fn saturated_throughput_matches_table_c8() {
        for (places, target) in [
            (10, 0.961_499),
            (20, 1.884_092),
            (30, 2.696_006),
            (40, 3.207_342),
            (60, 3.333_302),
        ] {
            let throughput = LINK_WORKER
                .saturated_throughput(places)
                .expect("proper rates");
            assert_six_digits(throughput, target);
        }
    }

    #[test]
    fn many_places_leave_the_hours_and_none_leave_nothing() {
        let hours = 20.0 / 6.0;
        assert_six_digits(
            LINK_WORKER
                .saturated_throughput(10_000)
                .expect("proper rates"),
            hours,
        );
        assert!(LINK_WORKER.saturated_throughput(0).expect("proper rates") <= 0.0);
        let slow = CaseManager {
            return_rate: 1e-3,
            ..LINK_WORKER
        };
        let places_bind = slow.saturated_throughput(10_000).expect("proper rates");
        assert!(places_bind < 2.0 && places_bind > 1.9, "{places_bind}");
    }

    #[test]
    fn improper_rates_have_no_answer_and_single_contacts_keep_busy() {
        let never = CaseManager {
            completion_probability: 0.0,
            ..LINK_WORKER
        };
        assert_eq!(never.saturated_throughput(5), None);
        let still = CaseManager {
            return_rate: f64::NAN,
            ..LINK_WORKER
        };
        assert_eq!(still.saturated_throughput(5), None);
        let single = CaseManager {
            completion_probability: 1.0,
            ..LINK_WORKER
        };
        assert_six_digits(single.saturated_throughput(1).expect("proper rates"), 20.0);
    }

    #[test]
    fn mean_value_analysis_by_hand() {
        let two = mean_value_analysis(1.0, 2.0, 2).expect("proper times");
        assert_six_digits(two.response_time, 4.0 / 3.0);
        assert_six_digits(two.throughput, 0.6);
        assert_six_digits(two.queue_length, 0.8);
        let nobody = mean_value_analysis(1.0, 2.0, 0).expect("proper times");
        assert!(nobody.throughput <= 0.0 && nobody.queue_length <= 0.0);
        assert_eq!(mean_value_analysis(0.0, 0.0, 1), None);
        assert_eq!(mean_value_analysis(-1.0, 2.0, 1), None);
        assert_eq!(mean_value_analysis(1.0, f64::INFINITY, 1), None);
    }

    /// The saturated case manager is this network: a contact takes 1/mu, and is followed by a pause
    /// of 1/theta unless it closes the case.
    #[test]
    fn the_two_models_agree() {
        for places in [1, 7, 30, 60, 5_000] {
            let think_time = (5.0 / 6.0) / 0.5;
            let network = mean_value_analysis(1.0 / 20.0, think_time, places).expect("proper");
            let cases = LINK_WORKER
                .saturated_throughput(places)
                .expect("proper rates");
            assert!((network.throughput / 6.0 / cases - 1.0).abs() < 1e-9);
        }
    }

    #[test]
    fn everybody_is_somewhere() {
        let network = mean_value_analysis(0.5, 80.0, 400).expect("proper times");
        assert_six_digits(network.queue_length + network.throughput * 80.0, 400.0);
        assert_six_digits(network.throughput, 2.0);
    }
}
