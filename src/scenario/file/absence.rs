//! `[absence]`, and the protected time of `[[posts]]`.

use crate::scenario::presence::{default, required};
use crate::scenario::ranges::{SHARE, above, between};
use crate::scenario::reader::Written;
use crate::scenario::table::table;
use crate::scenario::words::Name;

table! {
    /// Rules of absence that all posts share; how much of it there is stands with the posts.
    AbsenceTable {
        /// Of the workers who serve a practice, the share at most who take the same whole week of
        /// leave, rounded down but at least one; 1 is no rule. Workers choose in the order of the
        /// file. Where no week is left, the rule gives way.
        on_leave_together_share: f64 = (
            "share",
            SHARE,
            default("0.5")
                .when_always_open("1")
                .graded('D', "assumption: teams do not go on leave all at once"),
        ),
        /// How much more often spells of sickness begin from December to February than in the rest
        /// of the year; the share of the year lost to sickness stays `sickness_share`. 1 is no
        /// season.
        winter_sickness_factor: f64 = (
            "factor",
            between(0.0, 10.0),
            default("1.15")
                .when_always_open("1")
                .graded('D', "assumption; NHS Digital's monthly rates peak in winter"),
        ),
    }
}

table! {
    /// A named part of a post's time that is not client time: supervision, meetings with patient
    /// participation groups, peer support. Its hours come out of contracted hours x (1 -
    /// `client_share`), so that they change no result; they say what the rest is for.
    ProtectedTimeTable {
        /// What it is for.
        name: Written<String> = ("name", Name, required()),
        /// Hours a week.
        hours_a_week: f64 = ("hours", above(0.0, 168.0), required()),
    }
}
