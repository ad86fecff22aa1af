//! `[[practices]]` and `[[posts]]`.

use jiff::civil::Date;

use super::DistributionSpec;
use super::ProtectedTimeTable;
use super::costs::POUNDS;
use super::demand::{Opening, PRACTICES, RATE};
use crate::model::{Distribution, OpeningHours, PostKind, SimDuration};
use crate::scenario::kind::Lengths;
use crate::scenario::presence::{default, optional, required};
use crate::scenario::ranges::{FACTOR, SHARE, SHARE_BELOW_ONE, above, between};
use crate::scenario::reader::Written;
use crate::scenario::spec::{Day, List, Map, Or, Whole, Words, nested, tables};
use crate::scenario::table::table;
use crate::scenario::words::{Code, Name, Time};

pub(super) const YES_OR_NO: Words<bool> = Words(&[("yes", true), ("no", false)]);
const KINDS: Words<PostKind> = Words(&[
    ("link-worker", PostKind::LinkWorker),
    ("volunteer", PostKind::Volunteer),
]);
const LEAVE: crate::scenario::spec::Number = between(0.0, 200.0);

table! {
    /// A GP practice with a registered list.
    PracticeTable {
        /// Name.
        name: Written<String> = ("name", Name, required()),
        /// ODS code.
        ods_code: Written<String> = ("code", Code, optional("none: the name identifies it")),
        /// Registered patients.
        list_size: f64 = ("patients", above(0.0, 10_000_000.0), required()),
        /// First referrals per 1,000 registered patients a year.
        referrals_per_1000_a_year: f64 = (
            "referrals",
            RATE,
            optional("as `demand.referrals_per_1000_a_year`"),
        ),
        /// When referrals arrive on a working day: opening and closing.
        opening_hours: OpeningHours = ("times", Opening, optional("as `demand.opening_hours`")),
        /// Multipliers of the shares of case types by name, for example for deprivation; the shares
        /// are normalised afterwards.
        case_type_tilt: Vec<(Written<String>, f64)> = (
            "factors",
            Map("case type", FACTOR),
            optional("no tilt"),
        ),
        /// Fifth of deprivation, from 1, the most deprived, to 5, the least; what it does is in
        /// `demand.deprivation`.
        deprivation_fifth: u64 = ("fifth", Whole(1, 5), optional("no tilt")),
    }
}

table! {
    /// A post: a role, never a person. A post above 1 WTE stands as several workers.
    PostTable {
        /// Name of the role.
        name: Written<String> = ("name", Name, required()),
        /// Another post, whose keys stand for those that this post does not give.
        like: Written<String> = ("name", Name, optional("no other post")),
        /// Contracted time as a share of 37.5 h a week (168 h on the always-open calendar).
        wte: f64 = ("WTE", above(0.0, 50.0), optional("required unless `fte` or `hours` is given")),
        /// The same as `wte`.
        fte: f64 = ("WTE", above(0.0, 50.0), optional("`wte` is given")),
        /// Contracted hours by weekday.
        hours: Hours = (
            "table",
            nested::<Hours>(),
            optional("7.5 h x WTE from Monday to Friday; 24 h x WTE every day when always open"),
        ),
        /// Share of contracted time that is available for calls and contacts. On the always-open
        /// calendar the default is 1.
        client_share: f64 = (
            "share",
            SHARE,
            default("0.6")
                .when_always_open("1")
                .graded('D', "assumption: no time study found; the dominant unknown")
                .ranged(0.5, 0.7),
        ),
        /// Caseload places: open cases held at once, or "none". For a post above 1 WTE it is the
        /// cap of each whole WTE.
        caseload_cap: Option<u64> = (
            "places",
            Or("none", Whole(1, 1_000_000)),
            default("80").per("WTE").graded('D', "assumption"),
        ),
        /// Practices served: names or ODS codes, or "all".
        serves: Option<Vec<Written<String>>> = (
            "names",
            PRACTICES,
            default("\"all\"").graded('D', "assumption: the whole PCN"),
        ),
        /// First day in post.
        starts: Date = ("date", Day, optional("from the beginning")),
        /// Day on which the post is advertised; it starts `time_to_hire_weeks` later.
        advertised: Date = ("date", Day, optional("`starts`")),
        /// Weeks from advertisement to first day, of a post that is `advertised` or falls vacant.
        time_to_hire_weeks: Distribution = (
            "weeks",
            DistributionSpec(520.0),
            default("14")
                .graded('C', "NHS Shared Business Services 2025: on average more than 14 weeks")
                .ranged(8.0, 20.0),
        ),
        /// First day no longer in post.
        ends: Date = ("date", Day, optional("to the end")),
        /// When the post ends: share of its open cases that are lost; the others go back to the
        /// head of the waiting list.
        lost_at_handover_share: f64 = (
            "share",
            SHARE,
            default("0.2")
                .graded('C', "Wildman et al., BMC Public Health 2019: at least 3 of 20")
                .ranged(0.1, 0.4),
        ),
        /// Annual leave in working days a year, of somebody who works five days a week.
        annual_leave_days: f64 = (
            "days",
            LEAVE,
            default("27").when_always_open("0").graded('B', "Agenda for Change, on joining"),
        ),
        /// Training in working days a year, of somebody who works five days a week.
        training_days: f64 = (
            "days",
            LEAVE,
            default("5").when_always_open("0").graded('D', "assumption").ranged(3.0, 10.0),
        ),
        /// Share of working days, not on leave, lost to sickness.
        sickness_share: f64 = (
            "share",
            SHARE_BELOW_ONE,
            default("0.05")
                .when_always_open("0")
                .graded('A', "NHS Digital, trust staff, 2022 to 2025"),
        ),
        /// Rate at which a holder resigns, per year: of many, `1 - exp(-rate)` resign within a
        /// year (0.085 gives 8.1%). A new holder follows after `time_to_hire_weeks`.
        leaving_rate_a_year: f64 = (
            "per year",
            between(0.0, 365.0),
            default("0.085")
                .when_always_open("0")
                .graded(
                    'B',
                    "proxy: NHS hospital and community staff 10.1% a year to September 2024; none for link workers",
                ),
        ),
        /// Weeks from resignation to the last day; the post is advertised meanwhile.
        notice_weeks: f64 = (
            "weeks",
            between(0.0, 520.0),
            default("6").when_always_open("0").graded('D', "assumption"),
        ),
        /// Weeks that a new holder takes to work at full speed, be it in a new post or in one that
        /// was vacant; client time grows in a straight line meanwhile.
        ramp_weeks: f64 = (
            "weeks",
            between(0.0, 520.0),
            default("12").when_always_open("0").graded('D', "assumption").ranged(6.0, 26.0),
        ),
        /// Share of client time that a new holder has on the first day.
        ramp_from_share: f64 = ("share", SHARE, default("0.5").graded('D', "assumption")),
        /// First day after a fixed term. Unless the term is renewed then, the post ends.
        contract_ends: Date = ("date", Day, optional("the post is permanent")),
        /// Probability that the term is renewed, each time that it ends.
        renewal_share: f64 = (
            "share",
            SHARE,
            default("0.7").graded('D', "assumption").ranged(0.5, 0.9),
        ),
        /// Weeks that a renewed term lasts.
        renewed_weeks: f64 = (
            "weeks",
            above(0.0, 5_217.0),
            default("52").graded('D', "assumption"),
        ),
        /// Whether the holder has supervision: without it more leave where strain has effects.
        supervision: bool = ("word", YES_OR_NO, default("\"yes\"").graded('D', "assumption")),
        /// What kind of worker: paid, or a volunteer, who does no triage and to whom nothing is
        /// passed on.
        kind: PostKind = ("word", KINDS, default("\"link-worker\"")),
        /// Case types that the post may take: names, or "all".
        case_types: Option<Vec<Written<String>>> = (
            "names",
            Or("all", List(Name, Lengths::UpTo(super::root::MOST_CASE_TYPES))),
            default("\"all\""),
        ),
        /// Share of the days on which the holder turns up, leave, training and sickness apart.
        turn_up_share: f64 = ("share", SHARE, default("1").graded('D', "assumption: always")),
        /// Share of its cases that a volunteer passes on to paid workers, after the first
        /// appointment; they stand at the head of the waiting list.
        escalation_share: f64 = ("share", SHARE, default("0").graded('D', "assumption: none")),
        /// Named parts of the time that is not client time.
        protected_time: Vec<ProtectedTimeTable> = (
            "tables",
            tables::<ProtectedTimeTable>(50),
            optional("none is named"),
        ),
        /// Practices at which the worker is on which weekday; face-to-face contacts of these
        /// practices wait for the day.
        rota: RotaTable = ("table", nested::<RotaTable>(), optional("nowhere in particular")),
        /// Booked clinics: where there are any, contacts are held in them alone.
        clinics: Vec<ClinicTable> = ("tables", tables::<ClinicTable>(100), optional("none")),
        /// What one WTE of this post costs a year outright, with everything, in place of salary,
        /// London weighting and on-costs in `[costs]`; in pounds of `costs.price_year`.
        cost_pounds_a_year_per_wte: f64 = (
            "pounds a year per WTE",
            POUNDS,
            optional("as `[costs]` says; a volunteer costs nothing"),
        ),
        /// Whether the post is one of those that `[[costs.reimbursement]]` pays for.
        reimbursed: bool = (
            "word",
            YES_OR_NO,
            optional("\"yes\"; of a volunteer \"no\""),
        ),
        /// Minutes of client time from one practice to the next on one day of the rota.
        travel_minutes: Distribution = (
            "minutes",
            DistributionSpec(1_440.0),
            default("{ uniform = { min = 30, max = 45 } }")
                .when_always_open("0")
                .graded('D', "assumption: 30 to 45 minutes"),
        ),
    }
    alternatives [["wte", "fte"], ["starts", "advertised"], ["rota", "clinics"]]
}

const WEEKDAY: Words<usize> = Words(&[
    ("monday", 0),
    ("tuesday", 1),
    ("wednesday", 2),
    ("thursday", 3),
    ("friday", 4),
    ("saturday", 5),
    ("sunday", 6),
]);
const SLOTS: List<crate::scenario::spec::Number> = List(above(0.0, 1_440.0), Lengths::UpTo(1_440));

table! {
    /// A booked clinic, held every week. Contacts of the post's cases are held in the slots of its
    /// clinics alone, each booked into the first slot on or after its due date that is long enough
    /// for the mean length of such a contact; calls and triage in the client time that is left.
    ClinicTable {
        /// For whose people.
        practice: Written<String> = ("name", Name, optional("any practice that the post serves")),
        /// Weekday.
        weekday: usize = ("weekday", WEEKDAY, required()),
        /// When it begins.
        opens: SimDuration = (
            "time",
            Time,
            optional("as the clinic before it on that day ends; else as the window opens"),
        ),
        /// Minutes of each slot, in order.
        slots_minutes: Vec<f64> = ("minutes", SLOTS, required()),
        /// The first so many slots are given to two people. If both come, the second is seen after
        /// the last slot.
        overbooked: u64 = ("count", Whole(0, 1_440), default("0")),
        /// People seen at once in each slot; above 1 it is a group of people at their first
        /// appointment (`first_contact.group_share`).
        places: u64 = ("count", Whole(1, 1_000), default("1")),
    }
}

const SITES: List<Name> = List(Name, Lengths::UpTo(100));

table! {
    /// Practices (names or ODS codes) by weekday, in the order in which the day visits them. The
    /// client time of a day is divided equally among them.
    RotaTable {
        /// Monday.
        monday: Vec<Written<String>> = ("names", SITES, optional("nowhere in particular")),
        /// Tuesday.
        tuesday: Vec<Written<String>> = ("names", SITES, optional("nowhere in particular")),
        /// Wednesday.
        wednesday: Vec<Written<String>> = ("names", SITES, optional("nowhere in particular")),
        /// Thursday.
        thursday: Vec<Written<String>> = ("names", SITES, optional("nowhere in particular")),
        /// Friday.
        friday: Vec<Written<String>> = ("names", SITES, optional("nowhere in particular")),
        /// Saturday.
        saturday: Vec<Written<String>> = ("names", SITES, optional("nowhere in particular")),
        /// Sunday.
        sunday: Vec<Written<String>> = ("names", SITES, optional("nowhere in particular")),
    }
}

const HOURS: crate::scenario::spec::Number = between(0.0, 24.0);

table! {
    /// Contracted hours by weekday; their sum over 37.5 (168 on the always-open calendar) is the
    /// WTE.
    Hours {
        /// Monday.
        monday: f64 = ("hours", HOURS, default("0")),
        /// Tuesday.
        tuesday: f64 = ("hours", HOURS, default("0")),
        /// Wednesday.
        wednesday: f64 = ("hours", HOURS, default("0")),
        /// Thursday.
        thursday: f64 = ("hours", HOURS, default("0")),
        /// Friday.
        friday: f64 = ("hours", HOURS, default("0")),
        /// Saturday.
        saturday: f64 = ("hours", HOURS, default("0")),
        /// Sunday.
        sunday: f64 = ("hours", HOURS, default("0")),
    }
}
