//! Runs the replications that the command line asks for and prints what `run.py` reads: one line of
//! JSON with the number of events and, for each measure, the mean and the standard error over
//! replications.

use crate::numbers::{PERIOD_HOURS, POSTS};
use crate::post::Sums;
use std::env;
use std::process::ExitCode;

/// One replication: the number of its events and the measures, in the order of [`MEASURES`].
#[derive(Clone, Copy, Debug)]
pub struct Outcome {
    events: u64,
    measures: [f64; MEASURES.len()],
}

/// What is compared, with its unit.
const MEASURES: [&str; 4] = ["events", "wait_hours", "open_a_post", "utilisation"];

impl Outcome {
    /// What the posts have come to.
    ///
    /// The wait is the mean over those whose call began in the period; open cases and utilisation
    /// are means over time and posts.
    pub fn new(posts: impl IntoIterator<Item = Sums>) -> Self {
        let all = posts.into_iter().fold(Sums::default(), |all, post| Sums {
            events: all.events + post.events,
            calls: all.calls + post.calls,
            wait_hours: all.wait_hours + post.wait_hours,
            open_hours: all.open_hours + post.open_hours,
            worked_hours: all.worked_hours + post.worked_hours,
        });
        let post_hours = POSTS as f64 * PERIOD_HOURS;
        let measures = [
            all.events as f64,
            all.wait_hours / all.calls as f64,
            all.open_hours / post_hours,
            all.worked_hours / post_hours,
        ];
        Self {
            events: all.events,
            measures,
        }
    }
}

/// Sums of a measure over replications (Welford's recurrence, Technometrics 4 (1962), 419-420).
#[derive(Clone, Copy, Default)]
struct Moments {
    count: f64,
    mean: f64,
    squares: f64,
}

impl Moments {
    fn add(&mut self, value: f64) {
        self.count += 1.0;
        let from_old = value - self.mean;
        self.mean += from_old / self.count;
        self.squares += from_old * (value - self.mean);
    }

    /// Standard error of the mean; 0 for a single value.
    fn standard_error(&self) -> f64 {
        let freedom = (self.count - 1.0).max(1.0);
        (self.squares / freedom / self.count).sqrt()
    }
}

/// Does as many replications as the first argument says, seeded from the second, and prints them.
/// `replicate` does the one of the seed that it is given.
pub fn main(replicate: impl FnMut(u64) -> Outcome) -> ExitCode {
    let arguments: Option<Vec<u64>> = env::args().skip(1).map(|word| word.parse().ok()).collect();
    match arguments.as_deref() {
        Some(&[replications, seed]) if replications > 0 => {
            println!("{}", line(replications, seed, replicate));
            ExitCode::SUCCESS
        }
        _ => {
            eprintln!("two whole numbers are needed: how many replications, and the seed");
            ExitCode::from(2)
        }
    }
}

fn line(replications: u64, seed: u64, mut replicate: impl FnMut(u64) -> Outcome) -> String {
    let mut events = 0;
    let mut moments = [Moments::default(); MEASURES.len()];
    for replication in 0..replications {
        // The generators spread a seed themselves; seeds of one run and of others never meet.
        let outcome = replicate((seed << 32) + replication);
        events += outcome.events;
        for (moments, value) in moments.iter_mut().zip(outcome.measures) {
            moments.add(value);
        }
    }
    let measures: Vec<String> = MEASURES
        .iter()
        .zip(moments)
        .map(|(name, of)| {
            let error = of.standard_error();
            format!(
                "\"{name}\": {{\"mean\": {:e}, \"error\": {error:e}}}",
                of.mean
            )
        })
        .collect();
    format!(
        "{{\"replications\": {replications}, \"events\": {events}, \"measures\": {{{}}}}}",
        measures.join(", ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 1, 2, 3, 6: mean 3, sum of squares about it 14, standard error sqrt(14 / 3 / 4) = 1.0801.
    #[test]
    fn mean_and_error_are_those_of_the_textbook() {
        let mut moments = Moments::default();
        [1.0, 2.0, 3.0, 6.0]
            .into_iter()
            .for_each(|value| moments.add(value));
        assert!((moments.mean - 3.0).abs() < 1e-12);
        assert!((moments.standard_error() - 1.080_123).abs() < 1e-6);
    }

    /// Two calls that waited 3 h in all, 11,700 post-hours: a mean wait of 1.5 h, a load of 0.1.
    #[test]
    fn measures_are_means_over_calls_and_over_posts_and_time() {
        let post = Sums {
            events: 7,
            calls: 1,
            wait_hours: 1.5,
            open_hours: 5_850.0,
            worked_hours: 585.0,
        };
        let outcome = Outcome::new([post, post]);
        let expected = [14.0, 1.5, 1.0, 0.1];
        for (measure, expected) in outcome.measures.iter().zip(expected) {
            assert!((measure - expected).abs() < 1e-12, "{outcome:?}");
        }
    }
}
