//! The options of a scenario on paper: what each changes, and its loads beside those of the base.

use super::number::grouped;
use super::prose::{aligned, bullet};
use crate::experiment::PaperLoads;

/// Changes of one option that are told at most.
const MOST_CHANGES: usize = 12;

/// The service as it is, or an option of it.
#[derive(Clone, Debug)]
pub struct Variant {
    /// Name of the option, or "base".
    pub name: String,
    /// What it changes, in words; nothing for the base.
    pub changes: Vec<String>,
    /// Pounds a year that it costs more than the base: as the file says outright, or else with all
    /// posts filled; `None` where no money is counted or it costs the same.
    pub cost_pounds_a_year: Option<f64>,
    /// Client hours asked for / available; infinite where there are none.
    pub hours_load: f64,
    /// Caseload places asked for / there; `None` where they have no cap.
    pub places_load: Option<f64>,
}

impl Variant {
    /// The variant whose service on paper is `paper`.
    #[must_use]
    pub fn new(
        name: &str,
        changes: &[String],
        cost_pounds_a_year: Option<f64>,
        paper: &PaperLoads,
    ) -> Self {
        let has_cap = paper.places.iter().sum::<f64>().is_finite();
        Self {
            name: name.to_owned(),
            changes: changes.to_vec(),
            cost_pounds_a_year,
            hours_load: paper.hours_load(),
            places_load: has_cap.then(|| paper.places_load()),
        }
    }
}

/// A table of loads over the whole PCN, the base first, and a line for each option that says what it
/// changes; nothing where there are no options.
#[must_use]
pub fn options_on_paper(variants: &[Variant]) -> String {
    if variants.len() < 2 {
        return String::new();
    }
    let mut rows = vec![
        ["Options", "Hours load", "Places load"]
            .map(str::to_owned)
            .to_vec(),
    ];
    rows.extend(variants.iter().map(row));
    let mut text = format!("\n{}", aligned(&rows));
    for option in &variants[1..] {
        text += &bullet(&format!("{}: {}.", option.name, sentence(option)));
    }
    text
}

fn row(variant: &Variant) -> Vec<String> {
    let load = |load: f64| match load.is_finite() {
        true => format!("{load:.2}"),
        false => "no post to do it".to_owned(),
    };
    let places = variant.places_load.map_or("no cap".to_owned(), load);
    vec![variant.name.clone(), load(variant.hours_load), places]
}

fn sentence(option: &Variant) -> String {
    let mut changes = option.changes[..option.changes.len().min(MOST_CHANGES)].join("; ");
    if option.changes.len() > MOST_CHANGES {
        let more = option.changes.len() - MOST_CHANGES;
        changes += &format!("; and {more} more changes");
    }
    match option.cost_pounds_a_year {
        Some(cost) if cost < 0.0 => {
            format!("{changes}; saves {} pounds a year", grouped(-cost, 0))
        }
        Some(cost) => format!("{changes}; costs {} pounds a year", grouped(cost, 0)),
        None => changes,
    }
}

/// Which variant a run was of, and how to run another: two lines; nothing where there are no options.
#[must_use]
pub fn which_was_run(run: &str, base: &str, options: &[String]) -> String {
    let Some(first) = options.iter().find(|name| *name != run) else {
        return String::new();
    };
    let many = match options.len() {
        1 => "1 option".to_owned(),
        many => format!("{many} options"),
    };
    let which = match run == base {
        true => "This is the base".to_owned(),
        false => format!("This is the option \"{run}\""),
    };
    // The option is to be copied, so its line is its own.
    format!("{which}; the file has {many}: run one with\n--option \"{first}\"\n")
}
