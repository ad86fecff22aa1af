//! What a bad year is like, across replications.

use super::Answer;
use super::table::show;
use crate::experiment::{BadYear, ONE_IN, bad_years};
use crate::report::number::counted;
use crate::report::prose::{aligned, paragraph};
use crate::stats::{ALPHA, replications_needed};

/// What is shown: measure of the PCN and words.
pub(in crate::report) const SHOWN: [(&str, &str); 3] = [
    (
        "wait_to_first_contact_days_mean",
        "Wait to first contact, days",
    ),
    ("contacted_within_28_days", "Contacted within 28 days"),
    ("waiting_list_mean", "People on the waiting list"),
];

impl Answer<'_> {
    /// A table of what one run in ten, and one in twenty, is worse than; or why there is none.
    pub(super) fn bad_years(&self) -> String {
        let years = bad_years(self.replications, self.estimates);
        let header = [
            "Bad years",
            "1 in 10",
            "95% interval",
            "1 in 20",
            "95% interval",
        ];
        let mut rows = vec![header.map(str::to_owned).to_vec()];
        for (measure, words) in SHOWN {
            let of_measure = years.iter().filter(|it| it.column.measure.name == measure);
            let cells: Vec<String> = of_measure.flat_map(cells).collect();
            let is_bounded = cells.first().is_some_and(|first| first != NONE);
            if is_bounded {
                rows.push([vec![words.to_owned()], cells].concat());
            }
        }
        if rows.len() > 1 {
            let weeks = counted(self.model.period.weeks(), "week");
            let note = format!("A year here is one run of {weeks}: so many are worse than this.");
            return format!("\n{}{}", aligned(&rows), paragraph(&note));
        }
        let n = self.replications.count();
        let needed = ONE_IN.map(|one_in| replications_needed(1.0 / f64::from(one_in), ALPHA));
        match needed {
            [Some(ten), Some(twenty)] if n < ten && !years.is_empty() => format!(
                "\nBad years\n{}",
                paragraph(&format!(
                    "{} cannot say how bad one year in ten is: {ten} are the fewest that can, and {twenty} for one in \
                     twenty.",
                    counted(n, "replication")
                ))
            ),
            _ => String::new(),
        }
    }
}

const NONE: &str = "-";

/// The value and its interval.
fn cells(year: &BadYear) -> [String; 2] {
    let unit = year.column.unit();
    match year.value {
        None => [NONE.to_owned(), NONE.to_owned()],
        Some(value) => [
            show(unit, value.value),
            format!("{} to {}", show(unit, value.low), show(unit, value.high)),
        ],
    }
}
