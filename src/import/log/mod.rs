//! A service's own log of referrals in, the inputs of a scenario out.
//!
//! The log is a table with a row a referral, as a case system or a spreadsheet gives it. Only documented
//! columns are looked at, nothing of a row is ever repeated, and what comes out are estimates and
//! counts that may be published. The stages: `reader` (bytes to [`Entry`], what cannot be read set aside),
//! `demand` and `pathway` (entries to [`Input`], one a key of the scenario, each with its standard error, or
//! why the scenario's own value stays), `counts` (the one table of real counts), `scenario` (the inputs put
//! into the text of the scenario).
//!
//! | file | answers |
//! | --- | --- |
//! | `current` | what the scenario says already |
//! | `entry` | one referral; how it ended |
//! | `reader`, `layout`, `cells`, `order`, `aside` | rows, columns, dates and counts; what is set aside and why |
//! | `meanings`, `practices` | what words mean: outcomes, case types, sources, practices |
//! | `demand`, `season` | rates, month and weekday factors, growth, dispersion |
//! | `pathway`, `reach`, `cases`, `work` | patience, answered calls, days, contacts, missed contacts, case types |
//! | `input` | an estimate with its error, rows and test, and how it is written |

mod aside;
mod cases;
mod cells;
mod counts;
mod current;
mod demand;
mod entry;
mod input;
mod layout;
mod meanings;
mod order;
mod pathway;
mod practices;
mod reach;
mod reader;
mod scenario;
mod season;
mod tables;
mod work;

pub use aside::{Aside, Lost};
pub use counts::{Counts, counts};
pub use current::{Current, PracticeNow, TypeNow};
pub use demand::{POOLED, a_year};
pub use entry::{Entry, Outcome};
pub use input::{Assumption, Estimate, Input, Rows, Verdict};
pub use meanings::{Meanings, outcome_words};
pub use reader::{Log, Period, read};
pub use scenario::with_inputs;
pub use tables::{counts_csv, fits_csv, remark, set_aside_csv};

/// The inputs that the log says something of, or says too little of.
#[must_use]
pub fn inputs(log: &Log, now: &Current<'_>) -> Vec<Input> {
    let mut inputs = demand::inputs(log, now);
    inputs.extend(pathway::inputs(log, now));
    inputs
}
