//! `[[mergers]]`.

use jiff::civil::Date;

use super::MOST_PRACTICES;
use crate::scenario::kind::Lengths;
use crate::scenario::presence::required;
use crate::scenario::reader::Written;
use crate::scenario::spec::{Day, List};
use crate::scenario::table::table;
use crate::scenario::words::Name;

table! {
    /// Practices that become one on a date. From then on their people are referred as people of
    /// the practice that they merge into, and whoever serves that one takes them and those who wait.
    MergerTable {
        /// First day as one practice.
        date: Date = ("date", Day, required()),
        /// The practices, at least two: names or ODS codes.
        practices: Vec<Written<String>> = (
            "names",
            List(Name, Lengths::UpTo(MOST_PRACTICES)),
            required(),
        ),
        /// Which of them stands for all.
        into: Written<String> = ("name", Name, required()),
    }
}
