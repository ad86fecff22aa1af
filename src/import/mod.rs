//! Published NHS files, or a service's own log of referrals, in; a scenario file out.
//!
//! Everything here works on bytes that were read by somebody else and gives text that somebody else
//! writes: no file is opened, nothing is printed, nothing is extracted to disk. A file is read in
//! one pass: `zip` (one member of an archive, as a stream), `table` (rows of a CSV with the columns
//! that were asked for, whatever they were called in that release), `pcn` (what the rows mean, how
//! the files join, the scenario that comes of it). What is wrong is collected as [`Faults`] with
//! file, row and column. `log` fits the inputs of a scenario to the rows of a log, none of which is ever
//! repeated. `starter` writes a scenario to begin with, of what
//! somebody says, and `usual` is what stands in every scenario that is written here.

mod dates;
mod fault;
mod kinds;
pub mod log;
mod names;
pub mod pcn;
pub mod starter;
mod table;
mod usual;
mod words;
mod zip;

pub use dates::{day, in_words};
pub use fault::{Fault, Faults};
pub use table::Given;
pub use words::{counted, grouped, grouped_number};
