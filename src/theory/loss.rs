//! Several servers with a limited number of places: who finds them all taken goes away, M/M/c/K.
//!
//! Poisson arrivals, exponential services, first come first served. Rates and times in any one unit
//! of time. With as many places as servers it is Erlang B, with places without end Erlang C:
//! [`super::erlang`].

/// M/M/c/K in its steady state, with K places in all, those at the servers included.
///
/// The number present goes up at lambda and down at min(n, c) mu (Erlang 1917; Kleinrock 1975,
/// chapter 3). With the places added one by one, the share of time with all n taken is B(n) =
/// a B(n - 1) / (min(n, c) + a B(n - 1)), Erlang's recursion with the servers that n people keep
/// busy; so it holds at any load and any number of places.
///
/// Worked: 4 arrivals and 3 services in a unit of time, one server, 20 places: `refused` 0.250596.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LimitedPlaces {
    /// Share of time that a server is busy.
    pub utilisation: f64,
    /// Share of arrivals who find every place taken, B(K).
    pub refused: f64,
    /// P(wait > 0) of those who are not refused.
    pub wait_probability: f64,
    /// Mean number waiting.
    pub mean_queue: f64,
    /// Mean wait of those who are not refused, no wait included.
    pub mean_wait: f64,
}

impl LimitedPlaces {
    /// The steady state; `None` unless both rates are positive and finite and there is a place for
    /// every server, of whom there is at least one. Takes time in proportion to the places.
    #[must_use]
    pub fn new(arrival_rate: f64, service_rate: f64, servers: u32, places: u32) -> Option<Self> {
        let load = arrival_rate / service_rate;
        let proper = [arrival_rate, service_rate, load]
            .into_iter()
            .all(|value| value > 0.0 && value.is_finite());
        if !proper || servers == 0 || places < servers {
            return None;
        }
        // Of a model with n places: share of time with all taken, with others waiting or none
        // to spare, and mean number waiting.
        let (mut full, mut busy, mut waiting) = (1.0, 0.0, 0.0);
        let mut not_full = 0.0;
        for n in 1..=places {
            let serving = f64::from(n.min(servers));
            let one_more = load * full;
            full = one_more / (serving + one_more);
            not_full = serving / (serving + one_more);
            let (no_server, queue) = match n.checked_sub(servers) {
                Some(queue) => (full, f64::from(queue)),
                None => (0.0, 0.0),
            };
            busy = busy * not_full + no_server;
            waiting = waiting * not_full + queue * full;
        }
        Some(Self {
            utilisation: load * not_full / f64::from(servers),
            refused: full,
            wait_probability: (busy - full).max(0.0) / not_full,
            mean_queue: waiting,
            mean_wait: waiting / (arrival_rate * not_full),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::erlang::{ErlangC, erlang_b};
    use super::super::targets::assert_six_digits;
    use super::*;

    #[test]
    fn refusals_match_c15() {
        let model = LimitedPlaces::new(4.0, 3.0, 1, 20).expect("proper");
        assert_six_digits(model.refused, 0.250_596);
    }

    /// lambda = mu, one server, 2 places: 0, 1 or 2 present for a third of the time each.
    #[test]
    fn one_waiting_place_by_hand() {
        let model = LimitedPlaces::new(2.0, 2.0, 1, 2).expect("proper");
        assert_six_digits(model.refused, 1.0 / 3.0);
        assert_six_digits(model.utilisation, 2.0 / 3.0);
        assert_six_digits(model.wait_probability, 0.5);
        assert_six_digits(model.mean_queue, 1.0 / 3.0);
        // Half of those let in wait for one service of 1/2.
        assert_six_digits(model.mean_wait, 0.25);
    }

    #[test]
    fn without_waiting_places_it_is_erlang_b_and_with_many_erlang_c() {
        for (load, servers) in [(0.1, 1), (4.0, 5), (9.0, 10), (50.0, 10)] {
            let model = LimitedPlaces::new(3.0 * load, 3.0, servers, servers).expect("proper");
            assert_six_digits(model.refused, erlang_b(servers, load));
            assert!(model.mean_queue <= 0.0 && model.wait_probability <= 0.0);
            let carried = load * (1.0 - model.refused) / f64::from(servers);
            assert_six_digits(model.utilisation, carried);
        }
        for (lambda, mu, c) in [(20.0, 5.0, 5), (4.0, 5.0, 1), (9.0, 1.0, 10)] {
            let model = LimitedPlaces::new(lambda, mu, c, 400).expect("proper");
            let erlang = ErlangC::new(lambda, mu, c).expect("stable");
            assert_six_digits(model.mean_wait, erlang.mean_wait);
            assert_six_digits(model.mean_queue, erlang.mean_queue);
            assert_six_digits(model.wait_probability, erlang.wait_probability);
            assert_six_digits(model.utilisation, erlang.utilisation);
            assert!(model.refused < 1e-12);
        }
    }

    /// With 1000 times the demand everything is full: what is left is served, everybody else
    /// refused.
    #[test]
    fn an_overloaded_station_refuses_the_rest() {
        let model = LimitedPlaces::new(1e3, 1.0, 2, 10_000).expect("proper");
        assert_six_digits(model.refused, 0.998);
        assert_six_digits(model.utilisation, 1.0);
        assert!((model.mean_queue - 9_998.0).abs() < 0.01);
        assert!((model.mean_wait - 4_999.0).abs() < 0.01);
    }

    #[test]
    fn improper_stations_have_no_answer() {
        for rate in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert_eq!(LimitedPlaces::new(rate, 1.0, 1, 1), None);
            assert_eq!(LimitedPlaces::new(1.0, rate, 1, 1), None);
        }
        assert_eq!(LimitedPlaces::new(1.0, 1.0, 0, 3), None);
        assert_eq!(LimitedPlaces::new(1.0, 1.0, 3, 2), None);
        assert_eq!(LimitedPlaces::new(1e300, 1e-300, 1, 1), None);
    }
}
