//! Erlang's models of one list and c alike servers: B (no room to wait) and C (patience without
//! end). With impatience: [`super::erlang_a`].
//!
//! Poisson arrivals at rate lambda, exponential service at rate mu each, first come first served.
//! Rates are per any one unit of time; times come out in it.

/// Erlang B: the share of arrivals who find all `servers` busy and go away, for an offered load of
/// `load` = lambda / mu.
///
/// B(0) = 1, B(c) = a B(c-1) / (c + a B(c-1)) (Erlang 1917): all terms positive, so stable for any
/// number of servers. Worked: 10 servers, load 9: 0.167963.
///
/// Edges: no load gives 0 unless there are no servers; an infinite load gives 1.
#[must_use]
pub fn erlang_b(servers: u32, load: f64) -> f64 {
    if load.is_infinite() {
        return 1.0;
    }
    (1..=servers).fold(1.0, |blocked, c| {
        let offered = load * blocked;
        offered / (f64::from(c) + offered)
    })
}

/// Erlang C, M/M/c: everybody waits as long as it takes.
///
/// Worked, per week: lambda 20, mu 5, 5 servers: `wait_probability` 0.554113, `mean_wait` 0.110823
/// weeks, `mean_queue` 2.216450, P(wait > 0.25 weeks) 0.158756.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ErlangC {
    /// Share of time that a server is busy: lambda / (c mu), below 1.
    pub utilisation: f64,
    /// P(wait > 0): C = B / (1 - rho (1 - B)), with Erlang's B.
    pub wait_probability: f64,
    /// Mean wait of everybody, those who do not wait included: C / (c mu - lambda).
    pub mean_wait: f64,
    /// Mean number waiting: lambda x `mean_wait`.
    pub mean_queue: f64,
    /// Rate at which a list that keeps all servers busy shrinks: c mu - lambda.
    pub drain_rate: f64,
}

impl ErlangC {
    /// The steady state; `None` when there is none, that is unless 0 <= lambda < c mu and mu is
    /// finite.
    #[must_use]
    pub fn new(arrival_rate: f64, service_rate: f64, servers: u32) -> Option<Self> {
        let capacity = f64::from(servers) * service_rate;
        if !(arrival_rate >= 0.0 && arrival_rate < capacity && capacity.is_finite()) {
            return None;
        }
        let utilisation = arrival_rate / capacity;
        let blocked = erlang_b(servers, arrival_rate / service_rate);
        let wait_probability = blocked / (1.0 - utilisation * (1.0 - blocked));
        let drain_rate = capacity - arrival_rate;
        let mean_wait = wait_probability / drain_rate;
        Some(Self {
            utilisation,
            wait_probability,
            mean_wait,
            mean_queue: arrival_rate * mean_wait,
            drain_rate,
        })
    }

    /// P(wait > `time`) = C exp(-(c mu - lambda) time), for a `time` of 0 or more.
    #[must_use]
    pub fn wait_exceeds(&self, time: f64) -> f64 {
        self.wait_probability * (-self.drain_rate * time).exp()
    }

    /// The wait that a share `probability` of everybody does not exceed: the smallest t with
    /// P(wait > t) <= 1 - `probability`, so ln(C / (1 - `probability`)) / (c mu - lambda), or 0
    /// where C <= 1 - `probability`. `None` unless 0 <= `probability` <= 1; infinite at 1 where
    /// anybody waits.
    ///
    /// Worked, per week: lambda 20, mu 5, 5 servers: half wait at most 0.020552 weeks, nine in ten
    /// 0.342440.
    #[must_use]
    pub fn wait_quantile(&self, probability: f64) -> Option<f64> {
        if !(0.0..=1.0).contains(&probability) {
            return None;
        }
        let exceeding = 1.0 - probability;
        if self.wait_probability <= exceeding {
            return Some(0.0);
        }
        Some((self.wait_probability / exceeding).ln() / self.drain_rate)
    }
}

#[cfg(test)]
mod tests {
    use super::super::targets::assert_six_digits;
    use super::*;

    #[test]
    fn erlang_b_by_hand_and_at_its_edges() {
        assert_six_digits(erlang_b(1, 1.0), 0.5);
        assert_six_digits(erlang_b(2, 1.0), 0.2);
        assert_six_digits(erlang_b(10, 9.0), 0.167_963);
        assert_six_digits(erlang_b(50, 45.0), 0.054_104);
        assert_six_digits(erlang_b(0, 3.0), 1.0);
        assert_six_digits(erlang_b(7, f64::INFINITY), 1.0);
        assert!(erlang_b(5, 0.0) <= 0.0);
    }

    /// Jagerman (1974): B(a, a) is about sqrt(2 / (pi a)) for large a, less 2/3 of its square.
    #[test]
    fn erlang_b_is_stable_for_a_hundred_thousand_servers() {
        let leading = (2.0 / (std::f64::consts::PI * 1e5)).sqrt();
        let target = leading / (1.0 + 2.0 * leading / 3.0);
        assert!((erlang_b(100_000, 1e5) / target - 1.0).abs() < 1e-4);
    }

    #[test]
    fn erlang_c_matches_table_c1() {
        for (lambda, mu, c, wait, mean, queue, tail) in [
            (4.0, 5.0, 1, 0.800_000, 0.800_000, 3.200_000, 0.623_041),
            (8.0, 5.0, 2, 0.711_111, 0.355_556, 2.844_444, 0.431_311),
            (20.0, 5.0, 5, 0.554_113, 0.110_823, 2.216_450, 0.158_756),
            (22.5, 5.0, 5, 0.762_493, 0.304_997, 6.862_439, 0.408_133),
            (9.0, 1.0, 10, 0.668_732, 0.668_732, 6.018_584, 0.520_809),
        ] {
            let model = ErlangC::new(lambda, mu, c).expect("a steady state");
            assert_six_digits(model.wait_probability, wait);
            assert_six_digits(model.mean_wait, mean);
            assert_six_digits(model.mean_queue, queue);
            assert_six_digits(model.wait_exceeds(0.25), tail);
            assert_six_digits(model.wait_exceeds(0.0), wait);
            assert_six_digits(model.utilisation, lambda / (f64::from(c) * mu));
        }
    }

    #[test]
    fn a_quantile_of_the_wait_is_what_that_share_does_not_exceed() {
        let model = ErlangC::new(20.0, 5.0, 5).expect("a steady state");
        let quantile = |share| model.wait_quantile(share).expect("a share");
        assert_six_digits(quantile(0.5), 0.020_552);
        assert_six_digits(quantile(0.9), 0.342_440);
        for share in [0.45, 0.5, 0.9, 0.999, 1.0 - 1e-12] {
            assert!((model.wait_exceeds(quantile(share)) / (1.0 - share) - 1.0).abs() < 1e-12);
        }
        // 44.6% do not wait at all.
        assert!(quantile(0.44) <= 0.0 && quantile(0.0) <= 0.0);
        assert!(quantile(0.446) > 0.0);
        assert_eq!(model.wait_quantile(1.0), Some(f64::INFINITY));
        for share in [-0.1, 1.1, f64::NAN] {
            assert_eq!(model.wait_quantile(share), None);
        }
        let idle = ErlangC::new(0.0, 5.0, 1).expect("a steady state");
        assert_eq!(idle.wait_quantile(1.0), Some(0.0));
    }

    #[test]
    fn erlang_c_has_no_steady_state_at_or_above_capacity() {
        for lambda in [5.0, 5.1, f64::NAN, -1.0, f64::INFINITY] {
            assert_eq!(ErlangC::new(lambda, 5.0, 1), None);
        }
        assert_eq!(ErlangC::new(1.0, 5.0, 0), None);
        assert_eq!(ErlangC::new(1.0, f64::INFINITY, 1), None);
        let idle = ErlangC::new(0.0, 5.0, 1).expect("a steady state");
        assert!(idle.wait_probability <= 0.0 && idle.mean_wait <= 0.0);
    }
}
