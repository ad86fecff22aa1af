//! Any PCN in England from files that NHS England publishes every month.
//!
//! Three files are needed: which practice belongs to which PCN, how many people are registered with
//! each practice, and who works for each PCN; a fourth, how deprived the people of each practice
//! are, is optional. They join on codes, never on names, which differ between files. What is missing
//! is not zero: a practice without a list size is left out and told, a PCN that returned no
//! workforce has posts that are *not known*, and both are listed as not matched.

mod deprivation;
mod joined;
mod lists;
mod map;
mod network;
mod one_date;
mod posts;
mod scenario;
mod tables;
mod which;
mod whole;
mod workforce;

pub use deprivation::Deprivation;
pub use joined::{England, NotMatched, Published, left_out};
pub use lists::Lists;
pub use map::{Map, Mapped};
pub use network::{Icb, Network, Practice, Returned};
pub use posts::{Post, posts_of};
pub use scenario::{RateFactors, Sources, scenario};
pub use tables::{networks_csv, not_matched_csv};
pub use which::{Unmet, Which};
pub use workforce::{LinkWorkers, Role, Workforce};

use super::fault::{Fault, Faults};
use super::table::Given;

/// The files that were given.
#[derive(Clone, Debug)]
pub struct Files {
    /// Practices and their PCNs.
    pub map: Given,
    /// List sizes.
    pub lists: Given,
    /// The workforce.
    pub workforce: Given,
    /// Scores of deprivation.
    pub deprivation: Option<Given>,
}

/// What may be asked of an import besides its files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choices {
    /// Whether link workers in mental health count.
    pub with_mental_health: bool,
    /// Whether the map and the list sizes may be of two months.
    pub mixed_months: bool,
}

/// Reads the files, each in one pass.
///
/// # Errors
/// Everything that is wrong with any of them.
pub fn read(files: &Files, choices: Choices) -> Result<Published, Faults> {
    let mut faults = Faults::default();
    let map = map::read(&files.map, &mut faults);
    let lists = lists::read(&files.lists, &mut faults);
    let workforce = workforce::read(&files.workforce, choices.with_mental_health, &mut faults);
    let deprivation = files.deprivation.as_ref();
    let deprivation = deprivation.map(|given| deprivation::read(given, &mut faults));
    if let (Some(map), Some(lists)) = (&map, &lists)
        && faults.is_empty()
    {
        check_together(map, lists, choices, &mut faults);
    }
    let (Some(map), Some(lists), Some(workforce)) = (map, lists, workforce) else {
        return Err(faults);
    };
    faults.or(Published {
        map,
        lists,
        workforce,
        deprivation: deprivation.flatten(),
    })
}

/// Refuses a map and list sizes that do not belong together.
fn check_together(map: &Map, lists: &Lists, choices: Choices, faults: &mut Faults) {
    use super::dates::in_words;
    if map.date != lists.date && !choices.mixed_months {
        let what = format!(
            "is of {}, but the practice-to-PCN map ({}) is of {}",
            in_words(lists.date),
            map.file,
            in_words(map.date)
        );
        faults.add(Fault::of_file(&lists.file, what).hint(
            "both are published together, and practices close, merge and change PCN every month: \
             download both of one month, or add --mixed-months to join them as they are",
        ));
    }
    whole::check(map, lists, faults);
}
