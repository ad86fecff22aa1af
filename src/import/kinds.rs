//! The published files that are read: what each is called, which columns it needs, and what these
//! columns were called over the years.
//!
//! Names are compared without regard to capitals and to what is neither letter nor digit, so that
//! `Area Code` is `AREA_CODE`. CCG and STP are what sub-ICB locations and ICBs were until July 2022.

/// A column by its names, the present one first.
#[derive(Debug)]
pub struct Column {
    /// Its names.
    pub names: &'static [&'static str],
    /// Whether the file is of no use without it.
    pub is_needed: bool,
}

/// A kind of file.
#[derive(Debug)]
pub struct Kind {
    /// What it is, in words.
    pub what: &'static str,
    /// The option that takes it.
    pub flag: &'static str,
    /// Where it is published.
    pub from: &'static str,
    /// Parts of the names of its member in a zip, the best first; blanks stand for any of ` -_.`.
    pub members: &'static [&'static str],
    /// Its columns; the constants of its module are their positions.
    pub columns: &'static [Column],
}

const fn needed(names: &'static [&'static str]) -> Column {
    Column {
        names,
        is_needed: true,
    }
}

const fn useful(names: &'static [&'static str]) -> Column {
    Column {
        names,
        is_needed: false,
    }
}

/// Which practice belongs to which PCN.
pub static MAP: Kind = Kind {
    what: "practice-to-PCN map",
    flag: "--map",
    from: "gp-reg-pat-prac-map of Patients Registered at a GP Practice, NHS England",
    members: &["prac map", "map"],
    columns: &[
        needed(&["EXTRACT_DATE"]),
        needed(&["PRACTICE_CODE"]),
        needed(&["PRACTICE_NAME"]),
        needed(&["PCN_CODE"]),
        needed(&["PCN_NAME"]),
        useful(&["ICB_CODE", "STP_CODE"]),
        useful(&["ICB_NAME", "STP_NAME"]),
        useful(&["SUB_ICB_LOCATION_CODE", "SUB_ICB_CODE", "CCG_CODE"]),
    ],
};

/// Positions of the columns of [`MAP`].
pub mod map {
    pub const DATE: usize = 0;
    pub const PRACTICE_CODE: usize = 1;
    pub const PRACTICE_NAME: usize = 2;
    pub const PCN_CODE: usize = 3;
    pub const PCN_NAME: usize = 4;
    pub const ICB_CODE: usize = 5;
    pub const ICB_NAME: usize = 6;
    pub const SUB_ICB_CODE: usize = 7;
}

/// How many people are registered with each practice.
pub static LISTS: Kind = Kind {
    what: "file of list sizes",
    flag: "--lists",
    from: "gp-reg-pat-prac-all or gp-reg-pat-prac-quin-age of Patients Registered at a GP Practice, NHS England",
    members: &["prac all", "quin age", "sing age"],
    columns: &[
        needed(&["EXTRACT_DATE"]),
        needed(&["ORG_TYPE", "TYPE"]),
        needed(&["ORG_CODE", "CODE"]),
        needed(&["SEX"]),
        needed(&["AGE_GROUP_5", "AGE"]),
        needed(&["NUMBER_OF_PATIENTS"]),
    ],
};

/// Positions of the columns of [`LISTS`].
pub mod lists {
    pub const DATE: usize = 0;
    pub const TYPE: usize = 1;
    pub const CODE: usize = 2;
    pub const SEX: usize = 3;
    pub const AGE: usize = 4;
    pub const PATIENTS: usize = 5;
}

/// Who works for each PCN.
pub static WORKFORCE: Kind = Kind {
    what: "individual-level file of the PCN workforce",
    flag: "--workforce",
    from: "the individual-level CSV of Primary Care Network Workforce, NHS England",
    members: &["individual level"],
    columns: &[
        needed(&["CENSUS_YEAR", "YEAR"]),
        needed(&["CENSUS_MONTH", "MONTH"]),
        needed(&["PCN_CODE"]),
        useful(&["PCN_NAME"]),
        needed(&["STAFF_ROLE"]),
        useful(&["DETAILED_STAFF_ROLE"]),
        needed(&["FTE"]),
        useful(&["DATA_SOURCE"]),
    ],
};

/// Positions of the columns of [`WORKFORCE`]; the identifier is not among them and never read.
pub mod workforce {
    pub const YEAR: usize = 0;
    pub const MONTH: usize = 1;
    pub const PCN_CODE: usize = 2;
    pub const PCN_NAME: usize = 3;
    pub const ROLE: usize = 4;
    pub const DETAILED_ROLE: usize = 5;
    pub const FTE: usize = 6;
    pub const SOURCE: usize = 7;
}

/// How deprived the people of each practice are: a table of codes and scores, or Fingertips' own.
pub static DEPRIVATION: Kind = Kind {
    what: "file of deprivation scores",
    flag: "--deprivation",
    from: "Deprivation score (IMD) by GP practice, OHID Fingertips",
    members: &["imd", "deprivation", "indicator"],
    columns: &[
        needed(&["PRACTICE_CODE", "AREA_CODE"]),
        needed(&["IMD_SCORE", "VALUE"]),
        useful(&["IMD_YEAR", "TIME_PERIOD"]),
        useful(&["AREA_TYPE"]),
        useful(&["INDICATOR_NAME"]),
    ],
};

/// Positions of the columns of [`DEPRIVATION`].
pub mod deprivation {
    pub const CODE: usize = 0;
    pub const SCORE: usize = 1;
    pub const YEAR: usize = 2;
    pub const AREA_TYPE: usize = 3;
    pub const INDICATOR: usize = 4;
}

/// A service's own referrals, one a row. Names are those of common exports; no column that could hold
/// somebody's name is among them.
pub static LOG: Kind = Kind {
    what: "log of referrals",
    flag: "--referrals",
    from: "a CSV of the service's own referrals, with the columns received and practice at least",
    members: &[],
    columns: &[
        needed(&[
            "RECEIVED",
            "DATE_RECEIVED",
            "RECEIVED_DATE",
            "REFERRAL_RECEIVED",
            "REFERRAL_RECEIVED_DATE",
            "REFERRAL_DATE",
            "DATE_OF_REFERRAL",
            "DATE_REFERRED",
        ]),
        needed(&[
            "PRACTICE",
            "PRACTICE_CODE",
            "ODS_CODE",
            "PRACTICE_NAME",
            "GP_PRACTICE",
            "SURGERY",
            "REFERRING_PRACTICE",
            "REGISTERED_PRACTICE",
        ]),
        useful(&["SOURCE", "REFERRAL_SOURCE", "SOURCE_OF_REFERRAL"]),
        useful(&["TYPE", "CASE_TYPE", "TYPE_OF_CASE", "SUPPORT_TYPE"]),
        useful(&[
            "FIRST_CONTACT",
            "FIRST_CONTACT_DATE",
            "DATE_OF_FIRST_CONTACT",
        ]),
        useful(&[
            "FIRST_APPOINTMENT",
            "FIRST_APPOINTMENT_DATE",
            "DATE_OF_FIRST_APPOINTMENT",
            "FIRST_APPT",
            "FIRST_APPT_DATE",
            "FIRST_SESSION",
            "FIRST_SESSION_DATE",
        ]),
        useful(&[
            "CONTACTS",
            "NUMBER_OF_CONTACTS",
            "CONTACTS_HELD",
            "SESSIONS",
            "NUMBER_OF_SESSIONS",
        ]),
        useful(&[
            "MISSED",
            "DNA",
            "DNAS",
            "DID_NOT_ATTEND",
            "MISSED_APPOINTMENTS",
            "NUMBER_MISSED",
        ]),
        useful(&[
            "ATTEMPTS",
            "CALLS",
            "CONTACT_ATTEMPTS",
            "NUMBER_OF_ATTEMPTS",
        ]),
        useful(&[
            "DISCHARGED",
            "DISCHARGE_DATE",
            "DATE_DISCHARGED",
            "CLOSED",
            "CLOSED_DATE",
            "DATE_CLOSED",
        ]),
        useful(&[
            "OUTCOME",
            "CLOSURE_REASON",
            "REASON_FOR_CLOSURE",
            "DISCHARGE_REASON",
        ]),
    ],
};

/// Positions of the columns of [`LOG`].
pub mod log {
    pub const RECEIVED: usize = 0;
    pub const PRACTICE: usize = 1;
    pub const SOURCE: usize = 2;
    pub const TYPE: usize = 3;
    pub const FIRST_CONTACT: usize = 4;
    pub const FIRST_APPOINTMENT: usize = 5;
    pub const CONTACTS: usize = 6;
    pub const MISSED: usize = 7;
    pub const ATTEMPTS: usize = 8;
    pub const DISCHARGED: usize = 9;
    pub const OUTCOME: usize = 10;
}

/// All kinds.
pub static ALL: [&Kind; 5] = [&MAP, &LISTS, &WORKFORCE, &DEPRIVATION, &LOG];

impl Kind {
    /// Where each column stands in a header, under whichever of its names.
    #[must_use]
    pub fn places(&self, header: &[String]) -> Vec<Option<usize>> {
        let place = |column: &Column| {
            let find = |name: &&str| header.iter().position(|it| it == name);
            column.names.iter().find_map(find)
        };
        self.columns.iter().map(place).collect()
    }

    /// The present names of the columns that are needed and not in a header.
    #[must_use]
    pub fn missing(&self, header: &[String]) -> Vec<&'static str> {
        let places = self.places(header);
        let missing = self.columns.iter().zip(&places);
        missing
            .filter(|(column, place)| column.is_needed && place.is_none())
            .filter_map(|(column, _)| column.names.first().copied())
            .collect()
    }

    /// The kind that a header is of, if it is of any.
    #[must_use]
    pub fn of(header: &[String]) -> Option<&'static Self> {
        ALL.into_iter().find(|kind| kind.missing(header).is_empty())
    }
}

/// A name as it is compared: capitals, and `_` for whatever is neither letter nor digit.
#[must_use]
pub fn compared(name: &str) -> String {
    let mut compared = String::new();
    for character in name.trim().chars() {
        if character.is_alphanumeric() {
            compared.extend(character.to_uppercase());
        } else if !compared.ends_with('_') {
            compared.push('_');
        }
    }
    compared
}
