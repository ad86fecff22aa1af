//! Erlang's model of one list and c alike servers with exponential patience, Erlang A.
//!
//! Poisson arrivals at rate lambda, exponential service at rate mu each. Rates are per any one
//! unit of time; times come out in it. With no room to wait or patience without end:
//! [`super::erlang`].

/// Terms of a sum below this share of the largest are left out.
const NEGLIGIBLE: f64 = 1e-20;

/// Erlang A, M/M/c+M: everybody waiting gives up at rate theta; nobody does once served.
///
/// The number present is a birth-death process with births at lambda and deaths at
/// min(n, c) mu + (n - c)+ theta (Palm 1957; Garnett, Mandelbaum & Reiman 2002). It has a steady
/// state however great the load.
///
/// Worked, per week: lambda 22, mu 4.5, one server, theta 1/13: `abandon_probability` 0.795455,
/// `mean_queue` 227.5, `mean_wait` 10.340909 weeks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ErlangA {
    /// Share of time that a server is busy: E min(N, c) / c.
    pub utilisation: f64,
    /// P(wait > 0) = P(N >= c).
    pub wait_probability: f64,
    /// Share of arrivals who give up: theta x `mean_queue` / lambda.
    pub abandon_probability: f64,
    /// Mean number waiting: E (N - c)+.
    pub mean_queue: f64,
    /// Mean wait of everybody, whether served, not kept waiting or gone: `mean_queue` / lambda.
    pub mean_wait: f64,
}

impl ErlangA {
    /// The steady state; `None` unless all three rates are positive and finite and there is a
    /// server. Takes time in proportion to the spread of the number present, at most about
    /// sqrt(lambda / theta).
    #[must_use]
    pub fn new(
        arrival_rate: f64,
        service_rate: f64,
        abandon_rate: f64,
        servers: u32,
    ) -> Option<Self> {
        let proper = |rate: f64| rate > 0.0 && rate.is_finite();
        if ![arrival_rate, service_rate, abandon_rate]
            .into_iter()
            .all(proper)
            || servers == 0
        {
            return None;
        }
        let death_rate = |present: u64| {
            let serving = present.min(u64::from(servers));
            serving as f64 * service_rate + (present - serving) as f64 * abandon_rate
        };
        let capacity = f64::from(servers) * service_rate;
        // The fluid balance of births and deaths: the most likely number present, rounded down.
        let balance = if arrival_rate <= capacity {
            arrival_rate / service_rate
        } else {
            f64::from(servers) + (arrival_rate - capacity) / abandon_rate
        };
        let sums = Sums::of(balance as u64, u64::from(servers), |n| {
            arrival_rate / death_rate(n)
        });
        let mean_queue = sums.waiting / sums.all;
        Some(Self {
            utilisation: sums.busy / sums.all / f64::from(servers),
            wait_probability: sums.full / sums.all,
            abandon_probability: abandon_rate * mean_queue / arrival_rate,
            mean_queue,
            mean_wait: mean_queue / arrival_rate,
        })
    }
}

/// Sums over the states of a birth-death process, in units of the weight of the state that they
/// were begun at.
#[derive(Default)]
struct Sums {
    /// Of the weights.
    all: f64,
    /// Of the weights of states with every server busy.
    full: f64,
    /// Of weights times servers busy.
    busy: f64,
    /// Of weights times people waiting.
    waiting: f64,
}

impl Sums {
    /// All states, outwards from the likeliest so that no weight overflows; `ratio(n)` is the
    /// weight of n over that of n - 1.
    fn of(likeliest: u64, servers: u64, ratio: impl Fn(u64) -> f64) -> Self {
        let mut sums = Self::default();
        sums.add(likeliest, servers, 1.0);
        let mut weight = 1.0;
        for present in likeliest + 1.. {
            weight *= ratio(present);
            sums.add(present, servers, weight);
            // Beyond the likeliest each ratio is below the last: the rest is a smaller geometric.
            if weight < NEGLIGIBLE * (1.0 - ratio(present)) {
                break;
            }
        }
        let mut weight = 1.0;
        for present in (0..likeliest).rev() {
            weight /= ratio(present + 1);
            sums.add(present, servers, weight);
            if weight < NEGLIGIBLE {
                break;
            }
        }
        sums
    }

    fn add(&mut self, present: u64, servers: u64, weight: f64) {
        self.all += weight;
        self.busy += weight * present.min(servers) as f64;
        if present >= servers {
            self.full += weight;
            self.waiting += weight * (present - servers) as f64;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::erlang::ErlangC;
    use super::super::targets::assert_six_digits;
    use super::*;

    #[test]
    fn erlang_a_matches_table_c2() {
        let thirteenth = 1.0 / 13.0;
        for (lambda, mu, c, theta, [wait, abandon, queue, mean, busy]) in [
            (
                4.0,
                5.0,
                1,
                0.25,
                [0.728_705, 0.089_119, 1.425_900, 0.356_475, 0.728_705],
            ),
            (
                20.0,
                4.5,
                5,
                0.25,
                [0.662_224, 0.036_058, 2.884_604, 0.144_230, 0.856_838],
            ),
            (
                25.0,
                4.5,
                5,
                thirteenth,
                [0.990_914, 0.103_087, 33.503_277, 1.340_131, 0.996_570],
            ),
            (
                10.0,
                1.0,
                10,
                0.5,
                [0.619_655, 0.103_913, 2.078_264, 0.207_826, 0.896_087],
            ),
            (
                22.0,
                4.5,
                1,
                thirteenth,
                [1.0, 0.795_455, 227.5, 10.340_909, 1.0],
            ),
        ] {
            let model = ErlangA::new(lambda, mu, theta, c).expect("positive rates");
            assert_six_digits(model.wait_probability, wait);
            assert_six_digits(model.abandon_probability, abandon);
            assert_six_digits(model.mean_queue, queue);
            assert_six_digits(model.mean_wait, mean);
            assert_six_digits(model.utilisation, busy);
        }
    }

    /// What arrives is served or gives up: lambda (1 - P(abandon)) = c mu utilisation.
    #[test]
    fn erlang_a_balances_and_meets_erlang_c_and_poisson() {
        for (lambda, mu, theta, c) in [
            (1e4, 1.0, 1e-4, 9_000),
            (1e5, 1.0, 5.0, 100_000),
            (0.01, 2.0, 3.0, 4),
        ] {
            let model = ErlangA::new(lambda, mu, theta, c).expect("positive rates");
            let served = f64::from(c) * mu * model.utilisation;
            let stay = 1.0 - model.abandon_probability;
            assert!((lambda * stay / served - 1.0).abs() < 1e-9);
        }
        let patient = ErlangA::new(20.0, 5.0, 1e-9, 5).expect("positive rates");
        let waiting = ErlangC::new(20.0, 5.0, 5).expect("a steady state");
        assert_six_digits(patient.mean_queue, waiting.mean_queue);
        assert_six_digits(patient.wait_probability, waiting.wait_probability);
        // theta = mu: as with servers without limit, Poisson with mean a = 2; P(N >= 1) = 1 - e^-2.
        let poisson = ErlangA::new(2.0, 1.0, 1.0, 1).expect("positive rates");
        assert_six_digits(poisson.wait_probability, 1.0 - (-2.0_f64).exp());
        assert_six_digits(poisson.mean_queue, 1.0 + (-2.0_f64).exp());
    }

    #[test]
    fn erlang_a_needs_positive_rates_and_a_server() {
        assert_eq!(ErlangA::new(0.0, 1.0, 1.0, 1), None);
        assert_eq!(ErlangA::new(1.0, f64::NAN, 1.0, 1), None);
        assert_eq!(ErlangA::new(1.0, 1.0, 0.0, 1), None);
        assert_eq!(ErlangA::new(1.0, 1.0, 1.0, 0), None);
    }
}
