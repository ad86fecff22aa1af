//! Which tables of the folder become sheets, in which order, and what each is.

/// A table of the folder.
pub struct Table {
    /// Its file.
    pub file: &'static str,
    /// The sheet's name.
    pub sheet: &'static str,
    /// What it is, in a sentence.
    pub what: &'static str,
    /// Rows that the sheet takes at most.
    pub most_rows: usize,
}

/// Rows of the tables that people look things up in: a sheet of so many is about 5 MB.
const LOOKED_UP: usize = 100_000;
/// Rows of the other tables, about 1 MB: a mailbox takes the workbook even if all are as long.
const OTHERS: usize = 20_000;

/// Rows of single runs: whoever wants them all reads the file.
const SINGLE_RUNS: usize = 5_000;

/// Every table that a command may leave, the ones that people ask for first in front.
pub const TABLES: [Table; 16] = [
    table(
        "summary.csv",
        "Summary",
        LOOKED_UP,
        "Every measure: the mean over runs, how surely it is known, and what single runs give",
    ),
    table(
        "sweep.csv",
        "Points",
        LOOKED_UP,
        "Every point of the study: the values of its keys, and of each measure the mean over runs and how surely it is known",
    ),
    table(
        "sensitivity.csv",
        "What matters",
        OTHERS,
        "How much each measure depends on each key, the key that matters most first",
    ),
    table(
        "metamodel.csv",
        "Metamodel",
        OTHERS,
        "A formula in place of the simulation: its terms, and how well it foretells points left out",
    ),
    table(
        "targets.csv",
        "Targets",
        OTHERS,
        "Each target: what the service as it is and each option reaches of it",
    ),
    table(
        "differences.csv",
        "Differences",
        LOOKED_UP,
        "How each option differs from the service as it is, run by run on the same people",
    ),
    table(
        "cost_effectiveness.csv",
        "Money",
        OTHERS,
        "What each option costs and gains a year beyond the service as it is",
    ),
    table(
        "ranking.csv",
        "Ranking",
        OTHERS,
        "How far the service as it is and each option came in the search for the best",
    ),
    table(
        "plans.csv",
        "Plans",
        OTHERS,
        "Each plan that was looked at, what it costs, and what it reaches of each target",
    ),
    table(
        "bad_years.csv",
        "Bad years",
        OTHERS,
        "What one run in ten, and one in twenty, is worse than",
    ),
    table(
        "weekly.csv",
        "Weekly",
        OTHERS,
        "Week by week: lists, caseloads, work and referrals",
    ),
    table(
        "waits.csv",
        "Waits",
        OTHERS,
        "The share of everyone accepted to whom it has happened by each day since referral",
    ),
    table(
        "uncertainty.csv",
        "Not known",
        OTHERS,
        "How much of what may happen is chance, and how much is that inputs are not known",
    ),
    table(
        "tornado.csv",
        "Inputs that matter",
        OTHERS,
        "How much each measure changes with each uncertain input",
    ),
    table(
        "draws.csv",
        "Draws",
        OTHERS,
        "The values that the uncertain inputs had in each draw",
    ),
    table(
        "replications.csv",
        "Replications",
        SINGLE_RUNS,
        "Every value of every run",
    ),
];

const fn table(
    file: &'static str,
    sheet: &'static str,
    most_rows: usize,
    what: &'static str,
) -> Table {
    Table {
        file,
        sheet,
        what,
        most_rows,
    }
}
