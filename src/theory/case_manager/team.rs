//! Several workers with a number of caseload places each and one list for them all, exactly.

use super::super::level_chain::{Above, Stationary, stationary};
use super::one::CaseManager;
use super::states::Chain;

/// Which of several workers with the fewest open cases takes the next one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ties {
    /// Each with the same probability.
    Random,
    /// The first, in an order that never changes.
    First,
    /// The one whose last case was closed longest ago.
    LongestSinceFreed,
}

/// A team of alike case managers with one list: the S-CM system of Campello, Ingolfsson & Shumsky
/// (2017).
///
/// Poisson arrivals; a case takes a place with the worker who has the fewest open cases, or
/// waits on the list, first come first served, while no place is free. It needs its first contact
/// at once. Each worker holds the contacts of their cases one at a time, first come first served,
/// for an exponential time; a contact closes its case, and frees its place, with a probability;
/// otherwise the case pauses for an exponential time and needs a contact again.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CaseTeam {
    /// How cases use each worker.
    pub manager: CaseManager,
    /// New cases per unit of time, for the team (lambda).
    pub arrival_rate: f64,
    /// Workers (N).
    pub workers: u32,
    /// Places of each worker (M).
    pub places: u32,
    /// Rate at which each on the list gives up: 0 for never.
    pub abandon_rate: f64,
    /// Who takes a case when several have the fewest.
    pub ties: Ties,
}

/// What the cases of a [`CaseTeam`] meet in the long run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TeamLoad {
    /// Mean time on the list, of all who arrive, given up or placed at once included.
    pub mean_wait: f64,
    /// P(no place is free), for someone who arrives or at any time.
    pub no_place: f64,
    /// Mean open cases of a worker.
    pub caseload: f64,
    /// Mean open cases of a worker who need a contact now, the one in contact included.
    pub needing_contact: f64,
    /// Share of time in which a worker holds a contact.
    pub utilisation: f64,
    /// Share of arrivals who give up.
    pub abandoned: f64,
}

impl CaseTeam {
    /// The steady state, from the chain of all workers' (open cases, cases that need a contact)
    /// and the list: level by level below saturation, and from there with an exactly geometric
    /// tail (`level_chain`).
    ///
    /// With abandonment the list is never longer, in distribution, than one which nobody leaves in
    /// another way: Poisson with mean lambda / theta. The chain ends where that has a tail below
    /// 1e-20, so that what is cut off is below all rounding.
    ///
    /// Worked, per week: 1 worker, mu 20, p 1/6, theta 0.5, lambda 2: 25 places give a wait of
    /// 1.337119 weeks and 21.403201 open cases, 30 places 0.105952 and 21.470532.
    ///
    /// `None` unless the rates of `manager` are proper (see
    /// [`CaseManager::saturated_throughput`]), lambda is positive and finite, the abandonment rate
    /// is finite and not negative and, where it is 0, lambda is below the greatest throughput; and
    /// unless the chain fits: at most 8 workers, 2,000 states in a level and 20 million pairs of
    /// states of one level.
    #[must_use]
    pub fn steady_state(&self) -> Option<TeamLoad> {
        let list = self.levels_of_list()?;
        let chain = Chain::of(self, list)?;
        let most = f64::from(self.workers) * self.manager.saturated_throughput(self.places)?;
        let patient = self.abandon_rate <= 0.0;
        if !(most > 0.0 && (self.arrival_rate < most || !patient)) {
            return None;
        }
        let above = if patient {
            Above::TheSame
        } else {
            Above::Nothing
        };
        let chances = stationary(&chain.levels, above)?;
        Some(self.load(&chain, &chances))
    }

    /// How many levels with a list the chain has; `None` of improper rates. One, which repeats, of
    /// patient people. Else P(Poisson(m) >= m + x) <= exp(-x^2 / (2 (m + x / 3))) (Bernstein) is
    /// below 1e-20 beyond it.
    fn levels_of_list(&self) -> Option<u32> {
        let proper = |rate: f64| rate > 0.0 && rate.is_finite();
        let mean = self.arrival_rate / self.abandon_rate;
        if !proper(self.arrival_rate) {
            return None;
        }
        if proper(self.abandon_rate) {
            // One that is too long for a number is too long for a chain.
            return Some((mean + 10.0 * mean.sqrt() + 100.0) as u32);
        }
        (-0.0..=0.0).contains(&self.abandon_rate).then_some(1)
    }

    fn load(&self, chain: &Chain, chances: &Stationary) -> TeamLoad {
        let all_full = (self.workers * self.places) as usize;
        let rows = || chances.below.iter().chain([&chances.last]).enumerate();
        let sum = |row: &[f64]| row.iter().sum::<f64>();
        let list: f64 = rows()
            .map(|(level, row)| level.saturating_sub(all_full) as f64 * sum(row))
            .sum();
        let list = list + sum(&chances.excess);
        // Everything else is a mean over the states of the workers, whatever the list.
        let mean = |of: &dyn Fn(u32, u32) -> f64| -> f64 {
            let each = rows().flat_map(|(level, row)| chain.states(level).iter().zip(row));
            let total: f64 = each
                .map(|(state, chance)| chance * state.workers().map(|w| of(w.0, w.1)).sum::<f64>())
                .sum();
            total / f64::from(self.workers)
        };
        TeamLoad {
            mean_wait: list / self.arrival_rate,
            no_place: (rows().skip(all_full)).map(|(_, row)| sum(row)).sum(),
            caseload: mean(&|open, _| f64::from(open)),
            needing_contact: mean(&|_, needing| f64::from(needing)),
            utilisation: mean(&|_, needing| f64::from(needing.min(1))),
            abandoned: list * self.abandon_rate / self.arrival_rate,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::targets::assert_six_digits;
    use super::super::super::{ErlangA, ErlangC, ErlangR};
    use super::*;

    /// One link worker; rates per week.
    fn one(places: u32) -> CaseTeam {
        CaseTeam {
            manager: CaseManager {
                contact_rate: 20.0,
                completion_probability: 1.0 / 6.0,
                return_rate: 0.5,
            },
            arrival_rate: 2.0,
            workers: 1,
            places,
            abandon_rate: 0.0,
            ties: Ties::Random,
        }
    }

    fn two(arrival_rate: f64, places: u32, ties: Ties) -> CaseTeam {
        CaseTeam {
            manager: CaseManager {
                contact_rate: 4.0,
                completion_probability: 0.25,
                return_rate: 1.0,
            },
            arrival_rate,
            workers: 2,
            places,
            abandon_rate: 0.0,
            ties,
        }
    }

    fn found(team: CaseTeam) -> TeamLoad {
        team.steady_state().expect("a steady state")
    }

    #[test]
    fn teams_match_table_c8() {
        for (team, wait, caseload, utilisation) in [
            (one(25), 1.337_119, 21.403_201, 0.6),
            (one(30), 0.105_952, 21.470_532, 0.6),
            (two(1.2, 3, Ties::Random), 7.903_485, 2.725_925, 0.6),
            (two(1.2, 4, Ties::Random), 0.883_243, 2.838_562, 0.6),
            (two(1.0, 5, Ties::Random), 0.052_824, 2.310_729, 0.5),
        ] {
            let found = found(team);
            assert_six_digits(found.mean_wait, wait);
            assert_six_digits(found.caseload, caseload);
            assert_six_digits(found.utilisation, utilisation);
            assert!(found.abandoned <= 0.0);
        }
    }

    #[test]
    fn a_third_are_lost_at_four_fifths_of_the_hours() {
        let found = found(CaseTeam {
            arrival_rate: 4.0,
            abandon_rate: 1.0 / 13.0,
            ..one(30)
        });
        assert_six_digits(found.abandoned, 0.326_337);
        assert_six_digits(found.mean_wait, 4.242_383);
        assert_six_digits(found.caseload, 29.981_477);
        assert_six_digits(found.utilisation, 0.808_395);
    }

    /// Whoever takes a case, the work is the same: lambda / (N mu p), and Little's law holds for the
    /// pauses: lambda (1 - p) / p / theta cases are in one.
    #[test]
    fn work_and_pauses_do_not_depend_on_the_ties() {
        for ties in [Ties::Random, Ties::First, Ties::LongestSinceFreed] {
            let found = found(two(1.2, 4, ties));
            assert_six_digits(found.utilisation, 0.6);
            assert_six_digits(2.0 * (found.caseload - found.needing_contact), 3.6);
        }
    }

    /// The targets have random ties. The other rules, computed here, shorten the wait by less than
    /// 0.5%, the more the fewer wait.
    #[test]
    fn the_rule_for_ties_matters_little() {
        for (arrivals, places, first, longest) in [
            (1.2, 3, 7.902_650, 7.901_337),
            (1.2, 4, 0.882_595, 0.881_796),
            (1.0, 5, 0.052_698, 0.052_578),
        ] {
            let wait = |ties| found(two(arrivals, places, ties)).mean_wait;
            assert_six_digits(wait(Ties::First), first);
            assert_six_digits(wait(Ties::LongestSinceFreed), longest);
            let random = wait(Ties::Random);
            assert!(longest < first && first < random && longest > 0.995 * random);
        }
        // One worker has no ties.
        let alone = CaseTeam {
            ties: Ties::LongestSinceFreed,
            ..one(25)
        };
        assert_six_digits(found(alone).mean_wait, 1.337_119);
    }

    #[test]
    fn needs_and_full_teams_match_the_published_targets() {
        let full = found(one(25));
        assert_six_digits(full.no_place, 0.367_949);
        assert_six_digits(full.needing_contact, 1.403_201);
        let roomier = found(one(30));
        assert_six_digits(roomier.no_place, 0.067_100);
        assert_six_digits(roomier.needing_contact, 1.470_532);
    }

    #[test]
    fn places_without_end_leave_erlang_r() {
        let known = ErlangR::new(2.0, 20.0, 5.0 / 6.0, 0.5, 1).expect("a steady state");
        let roomy = found(one(100));
        assert!(roomy.mean_wait < 1e-9 && roomy.no_place < 1e-9);
        assert_six_digits(roomy.caseload, known.open_cases);
        assert_six_digits(roomy.utilisation, known.utilisation);
    }

    #[test]
    fn one_contact_and_one_place_each_is_erlang_c_or_a() {
        for ties in [Ties::Random, Ties::First, Ties::LongestSinceFreed] {
            let single = CaseTeam {
                manager: CaseManager {
                    completion_probability: 1.0,
                    ..two(1.0, 1, ties).manager
                },
                arrival_rate: 9.0,
                workers: 3,
                ..two(1.0, 1, ties)
            };
            let patient = ErlangC::new(9.0, 4.0, 3).expect("a steady state");
            assert_six_digits(found(single).mean_wait, patient.mean_wait);
            assert_six_digits(found(single).no_place, patient.wait_probability);
            let crowd = CaseTeam {
                arrival_rate: 90.0,
                abandon_rate: 0.25,
                ..single
            };
            let impatient = ErlangA::new(90.0, 4.0, 0.25, 3).expect("a steady state");
            assert_six_digits(found(crowd).mean_wait, impatient.mean_wait);
            assert_six_digits(found(crowd).abandoned, impatient.abandon_probability);
        }
    }

    /// With hardly ever a place free the workers do not meet each other's cases.
    #[test]
    fn overloaded_with_little_patience_the_throughput_is_the_saturated_one() {
        let crowded = CaseTeam {
            arrival_rate: 400.0,
            abandon_rate: 1.0,
            ..two(1.0, 3, Ties::Random)
        };
        let most = 2.0 * crowded.manager.saturated_throughput(3).expect("proper");
        let served = 400.0 * (1.0 - found(crowded).abandoned);
        assert!((served / most - 1.0).abs() < 1e-6, "{served} is not {most}");
    }

    #[test]
    fn improper_overloaded_or_huge_teams_have_no_answer() {
        let proper = one(25);
        let never = CaseManager {
            completion_probability: 0.0,
            ..proper.manager
        };
        let refused = [
            CaseTeam {
                arrival_rate: 2.5,
                ..one(25)
            },
            CaseTeam {
                arrival_rate: 0.0,
                ..proper
            },
            CaseTeam {
                arrival_rate: f64::NAN,
                ..proper
            },
            CaseTeam {
                arrival_rate: f64::INFINITY,
                abandon_rate: 1.0,
                ..proper
            },
            CaseTeam {
                abandon_rate: f64::NAN,
                ..proper
            },
            CaseTeam {
                abandon_rate: -1.0,
                ..proper
            },
            CaseTeam {
                abandon_rate: f64::INFINITY,
                ..proper
            },
            CaseTeam {
                abandon_rate: 1e-300,
                ..proper
            },
            CaseTeam {
                workers: 0,
                ..proper
            },
            CaseTeam {
                places: 0,
                ..proper
            },
            CaseTeam {
                workers: 0,
                abandon_rate: 1.0,
                ..proper
            },
            CaseTeam {
                places: 0,
                abandon_rate: 1.0,
                ..proper
            },
            CaseTeam {
                workers: u32::MAX,
                ..proper
            },
            CaseTeam {
                places: u32::MAX,
                ..proper
            },
            CaseTeam {
                workers: 6,
                ..proper
            },
            CaseTeam {
                manager: never,
                ..proper
            },
        ];
        for team in refused {
            assert_eq!(team.steady_state(), None, "{team:?}");
        }
    }
}
