//! People who come back, and people who go on: Jackson's networks.
//!
//! Poisson arrivals from outside, exponential services, first come first served. In the steady state
//! each station has the distribution of an M/M/c of its own, at the rate that passes through it, even
//! where returns make its arrivals anything but Poisson (Jackson 1957). Rates and times in any one
//! unit of time.

use super::erlang::ErlangC;

/// Arrivals of any kind when `arrival_rate` come for the first time and each, once served, comes
/// back with probability `return_share`: lambda / (1 - r). `None` unless the rate is 0 or more and
/// finite and 0 <= r < 1.
///
/// Worked: 4 a week with a tenth re-referred are 4.444444 a week.
#[must_use]
pub fn effective_rate(arrival_rate: f64, return_share: f64) -> Option<f64> {
    let proper = arrival_rate >= 0.0 && (0.0..1.0).contains(&return_share);
    let rate = arrival_rate / (1.0 - return_share);
    (proper && rate.is_finite()).then_some(rate)
}

/// M/M/c whose people may come back to the end of the list as soon as they have been served.
///
/// Worked, per week: lambda 4, mu 5, one server, a tenth back: `visits_each` 1.111111, and each
/// visit's `mean_wait` 1.6 weeks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Feedback {
    /// Mean visits of each person: 1 / (1 - r).
    pub visits_each: f64,
    /// The station at the effective rate; its waits and its queue are those of visits.
    pub visits: ErlangC,
    /// Mean time from first coming to last leaving: visits x (wait + service).
    pub mean_time_through: f64,
}

impl Feedback {
    /// The steady state; `None` where [`effective_rate`] or [`ErlangC`] has none.
    #[must_use]
    pub fn new(
        arrival_rate: f64,
        service_rate: f64,
        servers: u32,
        return_share: f64,
    ) -> Option<Self> {
        let rate = effective_rate(arrival_rate, return_share)?;
        let visits = ErlangC::new(rate, service_rate, servers)?;
        let visits_each = 1.0 / (1.0 - return_share);
        Some(Self {
            visits_each,
            visits,
            mean_time_through: visits_each * (visits.mean_wait + 1.0 / service_rate),
        })
    }
}

/// One station of a [`Tandem`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Station {
    /// Of each server.
    pub service_rate: f64,
    /// How many.
    pub servers: u32,
    /// Share of those served here who go on to the next station; of no meaning at the last.
    pub continuing: f64,
}

/// Stations in a row, from each of which some go on to the next and the others leave.
///
/// Worked: 20 a week through one server of rate 30, nine in ten of them on to 5 servers of rate
/// 4.5: `mean_wait` at the second 0.123136 weeks, `mean_time_through` 0.445358 weeks.
#[derive(Clone, Debug, PartialEq)]
pub struct Tandem {
    /// Each station in its steady state.
    pub stations: Vec<ErlangC>,
    /// Mean time from coming to leaving the last station, of those who get there.
    pub mean_time_through: f64,
}

impl Tandem {
    /// The steady state; `None` unless each share is from 0 to 1 and [`ErlangC`] has a steady
    /// state for every station.
    #[must_use]
    pub fn new(arrival_rate: f64, stations: &[Station]) -> Option<Self> {
        let mut rate = arrival_rate;
        let mut mean_time_through = 0.0;
        let mut steady = Vec::with_capacity(stations.len());
        for station in stations {
            let model = ErlangC::new(rate, station.service_rate, station.servers)?;
            if !(0.0..=1.0).contains(&station.continuing) {
                return None;
            }
            mean_time_through += model.mean_wait + 1.0 / station.service_rate;
            rate *= station.continuing;
            steady.push(model);
        }
        Some(Self {
            stations: steady,
            mean_time_through,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::targets::assert_six_digits;
    use super::*;

    #[test]
    fn re_referrals_match_c16() {
        for (share, rate) in [(0.1, 4.444_444), (0.2, 5.0), (0.37, 6.349_206), (0.0, 4.0)] {
            assert_six_digits(effective_rate(4.0, share).expect("proper"), rate);
        }
    }

    /// M/M/1 at 40 / 9 a week: rho = 8 / 9, wait 8 / 5; sojourn 1 / (5 - 40 / 9) = 9 / 5 a visit.
    #[test]
    fn a_tenth_back_by_hand() {
        let model = Feedback::new(4.0, 5.0, 1, 0.1).expect("stable");
        assert_six_digits(model.visits.utilisation, 8.0 / 9.0);
        assert_six_digits(model.visits.mean_wait, 1.6);
        assert_six_digits(model.visits_each, 10.0 / 9.0);
        assert_six_digits(model.mean_time_through, 2.0);
    }

    /// Little's law for the whole station: people present = first arrivals x time through.
    #[test]
    fn people_present_are_first_arrivals_times_time_through() {
        for (share, servers) in [(0.0, 5), (0.25, 6), (0.5, 9)] {
            let model = Feedback::new(20.0, 5.0, servers, share).expect("stable");
            let busy = model.visits.utilisation * f64::from(servers);
            let present = model.visits.mean_queue + busy;
            assert_six_digits(20.0 * model.mean_time_through, present);
        }
    }

    #[test]
    fn triage_and_a_team_by_hand() {
        let triage = Station {
            service_rate: 30.0,
            servers: 1,
            continuing: 0.9,
        };
        let team = Station {
            service_rate: 4.5,
            servers: 5,
            continuing: 0.0,
        };
        let model = Tandem::new(20.0, &[triage, team]).expect("stable");
        assert_six_digits(model.stations[0].mean_wait, 1.0 / 15.0);
        assert_six_digits(model.stations[1].mean_wait, 0.123_136);
        assert_six_digits(model.mean_time_through, 0.445_358);
        // All 20 are 89% of the team; 25 are more than it can serve.
        let all = Station {
            continuing: 1.0,
            ..triage
        };
        assert!(Tandem::new(20.0, &[all, team]).is_some());
        assert_eq!(Tandem::new(25.0, &[all, team]), None);
    }

    #[test]
    fn improper_networks_have_no_steady_state() {
        for share in [1.0, 1.1, -0.1, f64::NAN] {
            assert_eq!(effective_rate(4.0, share), None);
            assert_eq!(Feedback::new(1.0, 5.0, 1, share), None);
        }
        for rate in [-1.0, f64::NAN, f64::INFINITY] {
            assert_eq!(effective_rate(rate, 0.5), None);
            assert_eq!(Feedback::new(rate, 5.0, 1, 0.1), None);
        }
        assert_eq!(Feedback::new(4.0, 5.0, 1, 0.2), None);
        for continuing in [1.1, -0.1, f64::NAN] {
            let station = Station {
                service_rate: 5.0,
                servers: 1,
                continuing,
            };
            assert_eq!(Tandem::new(1.0, &[station]), None);
        }
        let nothing = Tandem::new(1.0, &[]).expect("nowhere to wait");
        assert!(nothing.stations.is_empty() && nothing.mean_time_through <= 0.0);
    }
}
