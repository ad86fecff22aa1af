//! A team whose posts fall vacant: one list, and workers who leave and are replaced.

use super::level_chain::{Above, Flow, Level, stationary};

/// M/M/N whose N posts are filled and vacant in turn, each by itself: filled for an exponential
/// time with rate q (the quit rate), vacant for one with rate h (the refill rate).
///
/// Poisson arrivals at rate lambda, exponential service at rate mu by each worker there is; whoever
/// is with a worker who leaves goes back to the front of the list. The pair (people present, posts
/// filled) is a quasi-birth-death chain with N + 1 phases (Mitrany & Avi-Itzhak 1968; Neuts 1981), whose levels repeat from N people on. Posts filled are binomial with probability
/// h / (q + h), whatever the list does; the list is stable if and only if lambda is below mu times
/// their mean. Solved exactly, not cut off.
///
/// Worked, per week: lambda 18, mu 4.5, 5 posts that each lose their worker 0.2 times a year and
/// stay vacant for 14 weeks: `mean_filled` 4.745350, `mean_wait` 0.584019 weeks; nobody ever
/// leaving, 0.123136 weeks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Vacancies {
    /// Mean number of posts filled: N h / (q + h).
    pub mean_filled: f64,
    /// P(no post is filled): (q / (q + h))^N.
    pub nobody: f64,
    /// Mean time on the list, that of everybody, spells after a worker left included.
    pub mean_wait: f64,
    /// Mean number on the list: lambda x `mean_wait`.
    pub mean_queue: f64,
    /// Share of the time of the filled posts that is spent with people: lambda / (mu E filled).
    pub utilisation: f64,
}

/// A team and its demand, as rates per unit of time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Team {
    /// People who arrive (lambda).
    pub arrival_rate: f64,
    /// People whom a worker serves while busy (mu).
    pub service_rate: f64,
    /// Posts (N).
    pub posts: u32,
    /// Rate at which the worker of a filled post leaves (q): 0 for never.
    pub quit_rate: f64,
    /// Rate at which a vacant post is filled (h): 1 / its mean time vacant.
    pub refill_rate: f64,
}

impl Team {
    /// The steady state; `None` unless all rates are finite and positive (the quit rate may be 0),
    /// lambda is below mu x mean posts filled, and there are between 1 and [`MOST_POSTS`] posts.
    #[must_use]
    pub fn steady_state(&self) -> Option<Vacancies> {
        let positive = |rate: f64| rate > 0.0 && rate.is_finite();
        let rates = [self.arrival_rate, self.service_rate, self.refill_rate];
        if !(rates.into_iter().all(positive) && (self.quit_rate <= 0.0 || positive(self.quit_rate)))
        {
            return None;
        }
        let vacant = self.quit_rate / (self.quit_rate + self.refill_rate);
        let mean_filled = f64::from(self.posts) * (1.0 - vacant);
        let utilisation = self.arrival_rate / (self.service_rate * mean_filled);
        let sizes = (1..=MOST_POSTS).contains(&self.posts);
        if !(sizes && vacant >= 0.0 && utilisation < 1.0) {
            return None;
        }
        let mean_queue = self.mean_queue()?;
        Some(Vacancies {
            mean_filled,
            nobody: vacant.powi(self.posts as i32),
            mean_wait: mean_queue / self.arrival_rate,
            mean_queue,
            utilisation,
        })
    }

    fn mean_queue(&self) -> Option<f64> {
        let levels: Vec<Level> = (0..=self.posts)
            .map(|present| self.level(present))
            .collect();
        let chances = stationary(&levels, Above::TheSame)?;
        let waiting = |present: usize, chances: &[f64]| -> f64 {
            let of = chances.iter().enumerate();
            of.map(|(filled, chance)| present.saturating_sub(filled) as f64 * chance)
                .sum()
        };
        let below: f64 = (chances.below.iter().enumerate())
            .map(|(present, row)| waiting(present, row))
            .sum();
        let above: f64 = chances.excess.iter().sum();
        Some(below + waiting(chances.below.len(), &chances.last) + above)
    }

    /// The rates with so many people present; the phase is the number of posts filled.
    fn level(&self, present: u32) -> Level {
        let flow = |from: u32, to: u32, rate: f64| Flow {
            from: from as usize,
            to: to as usize,
            rate,
        };
        let phases = 0..=self.posts;
        let quits = (1..=self.posts).map(|n| flow(n, n - 1, f64::from(n) * self.quit_rate));
        let refills =
            (0..self.posts).map(|n| flow(n, n + 1, f64::from(self.posts - n) * self.refill_rate));
        Level {
            phases: self.posts as usize + 1,
            up: (phases.clone().map(|n| flow(n, n, self.arrival_rate))).collect(),
            within: quits.chain(refills).collect(),
            down: phases
                .map(|n| flow(n, n, f64::from(n.min(present)) * self.service_rate))
                .collect(),
        }
    }
}

/// Larger teams are refused: the chain takes time in proportion to the fourth power of the posts.
pub const MOST_POSTS: u32 = 60;

#[cfg(test)]
mod tests {
    use super::super::targets::assert_six_digits;
    use super::super::{ErlangC, WEEKS_PER_GREGORIAN_YEAR};
    use super::*;

    fn team(arrival_rate: f64, posts: u32, quits_per_year: f64, weeks_vacant: f64) -> Team {
        Team {
            arrival_rate,
            service_rate: 4.5,
            posts,
            quit_rate: quits_per_year / WEEKS_PER_GREGORIAN_YEAR,
            refill_rate: 1.0 / weeks_vacant,
        }
    }

    #[test]
    fn vacancies_match_table_c16() {
        for (team, filled, nobody, wait) in [
            (team(3.0, 1, 0.2, 14.0), 0.949_070, 0.050_930, 2.960_909),
            (team(8.0, 2, 0.2, 14.0), 1.898_140, 0.002_594, 6.936_471),
            (team(18.0, 5, 0.2, 14.0), 4.745_350, 0.000_000, 0.584_019),
            // The printed 3.858189 is what a chain gives that is cut off at some 2,300 people.
            (team(18.0, 5, 0.35, 20.0), 4.408_559, 0.000_023, 3.858_231),
        ] {
            let found = team.steady_state().expect("a steady state");
            assert_six_digits(found.mean_filled, filled);
            assert_six_digits(found.nobody, nobody);
            assert_six_digits(found.mean_wait, wait);
            assert_six_digits(found.mean_queue, wait * team.arrival_rate);
        }
    }

    #[test]
    fn nobody_ever_leaving_is_erlang_c() {
        let found = team(18.0, 5, 0.0, 14.0)
            .steady_state()
            .expect("a steady state");
        let known = ErlangC::new(18.0, 4.5, 5).expect("a steady state");
        assert_six_digits(found.mean_wait, known.mean_wait);
        assert_six_digits(found.mean_wait, 0.123_136);
        assert_six_digits(found.utilisation, known.utilisation);
        assert!(found.nobody <= 0.0);
    }

    /// One worker who comes and goes much faster than people do works at a share of the speed.
    #[test]
    fn quick_changes_only_slow_the_work() {
        let quick = Team {
            quit_rate: 1e6,
            refill_rate: 1e6,
            ..team(1.0, 1, 0.2, 14.0)
        };
        let found = quick.steady_state().expect("a steady state");
        let known = ErlangC::new(1.0, 2.25, 1).expect("a steady state");
        let present = known.mean_queue + known.utilisation;
        let found_present = found.mean_queue + 1.0 / 4.5;
        assert!((found_present - present).abs() < 1e-5);
    }

    /// M/M/1 with breakdowns (White & Christie 1958): with r = mu h / (q + h) the mean number
    /// present is (lambda + lambda mu q / (q + h)^2) / (r - lambda).
    #[test]
    fn one_post_has_a_closed_form() {
        let one = team(3.0, 1, 0.2, 14.0);
        let (q, h) = (one.quit_rate, one.refill_rate);
        let share = h / (q + h);
        let present = (3.0 + 3.0 * 4.5 * q / (q + h).powi(2)) / (4.5 * share - 3.0);
        let found = one.steady_state().expect("a steady state");
        assert_six_digits(found.mean_queue, present - 3.0 / 4.5);
    }

    #[test]
    fn improper_or_overloaded_teams_have_no_steady_state() {
        let proper = team(3.0, 1, 0.2, 14.0);
        let refused = [
            Team {
                arrival_rate: 4.3,
                ..proper
            },
            Team {
                arrival_rate: f64::NAN,
                ..proper
            },
            Team {
                arrival_rate: 0.0,
                ..proper
            },
            Team {
                service_rate: f64::INFINITY,
                ..proper
            },
            Team {
                service_rate: -1.0,
                ..proper
            },
            Team { posts: 0, ..proper },
            Team {
                posts: u32::MAX,
                ..proper
            },
            Team {
                quit_rate: f64::NAN,
                ..proper
            },
            Team {
                quit_rate: -0.1,
                ..proper
            },
            Team {
                refill_rate: 0.0,
                ..proper
            },
            Team {
                refill_rate: f64::NAN,
                ..proper
            },
        ];
        for team in refused {
            assert_eq!(team.steady_state(), None, "{team:?}");
        }
        let large = team(100.0, MOST_POSTS, 0.2, 14.0);
        assert!(
            large
                .steady_state()
                .is_some_and(|found| found.mean_wait > 0.0)
        );
    }
}
