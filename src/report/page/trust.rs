//! How far a result can be trusted: replications and precision, warm-up, verification.

use super::whole::{Part, Section};
use crate::experiment::{Estimates, Replications};
use crate::model::{Model, SimDuration, SimTime};
use crate::report::answer::show;
use crate::report::number::{counted, grouped, percent, readable};
use crate::report::tables::Variant;
use crate::stats::Progress;

/// The measure whose precision is told, and what it is called; the first that has a mean.
const PRECISE: [(&str, &str); 2] = [
    (
        "wait_to_first_contact_days_mean",
        "mean wait to first contact",
    ),
    ("share_contacted_ever", "share ever contacted"),
];

/// A service as it was run.
pub(super) struct Ran<'a> {
    /// The model.
    pub(super) model: &'a Model,
    /// Its replications.
    pub(super) replications: &'a Replications,
    /// Their summary.
    pub(super) estimates: &'a Estimates,
    /// Which service it is, said of its numbers: " as things are"; nothing where there is no other.
    pub(super) which: &'static str,
    /// How it was decided how often to run it and others, as sentences.
    pub(super) how_often: String,
}

impl<'a> Ran<'a> {
    /// One service, or the one that options are held against.
    pub(super) fn of(variant: &Variant<'a>, which: &'static str) -> Self {
        Self {
            model: variant.model,
            replications: variant.replications,
            estimates: variant.estimates,
            which,
            how_often: match variant.replications.precision {
                Some(Progress::Reached { .. }) => "The precision asked for was reached.",
                Some(_) => "The precision asked for was not reached.",
                None => {
                    "No precision was asked for: the number of replications was fixed beforehand."
                }
            }
            .to_owned(),
        }
    }

    /// The section.
    pub(super) fn section(&self, warm_up: String) -> Section {
        let points = [
            Some(self.runs()),
            self.precision(),
            Some(warm_up),
            Some(intervals(self.estimates)),
            Some(VERIFIED.to_owned()),
            Some(VALID.to_owned()),
        ];
        with_points(points.into_iter().flatten().collect())
    }

    fn runs(&self) -> String {
        let drawn = self.replications.design.as_ref().map(|design| {
            format!(
                " ({} of the uncertain inputs, each simulated {} times)",
                counted(design.draws, "draw"),
                design.replications
            )
        });
        format!(
            "Replications{}: {}{} of {}, {} events in all. Each has chance of its own; the result does not depend on how many \
             threads ran them.",
            self.which,
            grouped(self.replications.count() as f64, 0),
            drawn.unwrap_or_default(),
            counted(self.model.period.weeks(), "week"),
            grouped(self.replications.events as f64, 0)
        )
    }

    /// How well the mean that matters most is known.
    pub(super) fn precision(&self) -> Option<String> {
        let found = PRECISE.iter().find_map(|(measure, words)| {
            let row = self.estimates.of_pcn(measure)?;
            Some((row.column.unit(), row.estimate?, *words))
        });
        let (unit, estimate, words) = found?;
        let Some((low, high)) = estimate.low.zip(estimate.high) else {
            return Some(
                "Precision: one replication gives no interval, so nothing here says how sure it is."
                    .to_owned(),
            );
        };
        let half = (high - low) / 2.0;
        let relative = match estimate.mean.abs() > 0.0 {
            true => format!(
                ", {} of itself either way",
                percent(half / estimate.mean.abs())
            ),
            false => String::new(),
        };
        Some(format!(
            "Precision: the {words}{} is {}, known to {} to {} with 95% confidence{relative}. {}",
            self.which,
            show(unit, estimate.mean),
            show(unit, low),
            show(unit, high),
            self.how_often
        ))
    }
}

/// The section of what was run in another way: these points, and what is known of the program.
pub(super) fn of_points(mut points: Vec<String>) -> Section {
    points.extend([VERIFIED, VALID].map(str::to_owned));
    with_points(points)
}

fn with_points(points: Vec<String>) -> Section {
    Section {
        id: "trust",
        heading: "How far to trust it".to_owned(),
        parts: vec![Part::List(points)],
    }
}

const VERIFIED: &str = "Verification: the engine is held against queueing theory, systems whose answers are known exactly; \
                        `splw-sim verify --quick` repeats that on your machine in about a minute and prints theory, ours, \
                        interval and verdict of each. docs/verification.md says what that proves and what not: it says \
                        nothing of the inputs.";

const VALID: &str = "Validation: held against what is known of the service in England the model reproduces some things and \
                     misses others; docs/validation.md says which. Nobody has held this scenario against this service: what \
                     you have counted yourselves is the best check of it.";

/// The same, where it was judged whether the service had settled.
pub(super) fn warm_up_judged(model: &Model) -> String {
    let judged = match model.start.is_none()
        && model.period.opens.since(SimTime::ZERO) > SimDuration::ZERO
    {
        true => " Had the service not settled by then, \"Be careful\" would say so.",
        false => "",
    };
    format!("{}{judged}", warm_up(model))
}

/// What was simulated before anything was counted.
pub(super) fn warm_up(model: &Model) -> String {
    let before = model.period.opens.since(SimTime::ZERO);
    if model.start.is_some() {
        "Warm-up: none; the run starts from the list and the caseloads that the file gives."
            .to_owned()
    } else if before > SimDuration::ZERO {
        format!(
            "Warm-up: {} weeks are simulated before the period and counted nowhere, so that list and caseloads fill up. How \
             long is the file's choice.",
            readable(before.days() / 7.0)
        )
    } else {
        "Warm-up: none; the service starts empty.".to_owned()
    }
}

fn intervals(estimates: &Estimates) -> String {
    let drawn = match estimates.of_draws {
        true => " They include what is not known of the inputs that the file calls uncertain.",
        false => " They say nothing of how right the inputs are.",
    };
    format!(
        "Intervals: a 95% interval says how well a mean has been worked out; \"8 in 10 runs\" says how different one run can \
         be from another.{drawn}"
    )
}
