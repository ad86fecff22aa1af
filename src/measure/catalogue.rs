//! What can be measured: name, unit, direction and definition, one entry each.
//!
//! Names are those of the output files (model, section 9) and a contract with scripts.

/// What a measure is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// People or referrals.
    People,
    /// Calendar days.
    Days,
    /// Working days.
    WorkingDays,
    /// Between 0 and 1.
    Share,
    /// A load: 1 is exactly full.
    Ratio,
    /// Hours.
    Hours,
    /// Contacts.
    Contacts,
    /// Cases a year per WTE.
    PerYear,
    /// Posts.
    Posts,
    /// Slots of clinics.
    Slots,
    /// GP appointments.
    Appointments,
    /// Weeks.
    Weeks,
    /// Pounds of the scenario's price year.
    Pounds,
}

impl Unit {
    /// As written in the output files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::People => "people",
            Self::Days => "days",
            Self::WorkingDays => "working_days",
            Self::Share => "share",
            Self::Ratio => "ratio",
            Self::Hours => "hours",
            Self::Contacts => "contacts",
            Self::PerYear => "cases_a_year_per_wte",
            Self::Posts => "posts",
            Self::Slots => "slots",
            Self::Appointments => "appointments",
            Self::Weeks => "weeks",
            Self::Pounds => "pounds",
        }
    }
}

/// Which way is better for the people served, and for whoever pays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Better {
    /// More is better.
    Higher,
    /// Less is better.
    Lower,
}

/// One measure.
#[derive(Debug)]
pub struct Measure {
    /// Name in the output files.
    pub name: &'static str,
    /// Unit.
    pub unit: Unit,
    /// Which way is better, where one is.
    pub better: Option<Better>,
    /// What it is.
    pub definition: &'static str,
}

impl Measure {
    /// A point of the distribution of waits, which may never be reached.
    #[must_use]
    pub fn is_quantile_of_waits(&self) -> bool {
        self.name.starts_with("wait_")
            && ["_p50", "_p90", "_p95"]
                .iter()
                .any(|end| self.name.ends_with(end))
    }
}

/// Declares the measures and the list of them all.
macro_rules! measures {
    ($($constant:ident = $name:literal, $unit:ident, $better:expr, $definition:literal;)*) => {
        $(#[doc = $definition] pub static $constant: Measure = Measure {
            name: $name,
            unit: Unit::$unit,
            better: $better,
            definition: $definition,
        };)*

        /// Every measure, in the order of declaration.
        #[must_use]
        pub fn all() -> &'static [&'static Measure] {
            static ALL: &[&Measure] = &[$(&$constant),*];
            ALL
        }
    };
}

measures! {
    REFERRALS_RECEIVED = "referrals_received", People, None,
        "Referrals received in the period, inappropriate ones included.";
    REFERRALS_ACCEPTED = "referrals_accepted", People, None,
        "Referrals received and accepted in the period.";
    INAPPROPRIATE = "inappropriate", People, None,
        "Referrals received in the period and returned as inappropriate.";
    REFUSED = "refused", People, Some(Better::Lower),
        "Referrals refused in the period because referrals were paused.";
    LAPSED = "lapsed", People, Some(Better::Lower),
        "People who gave up before first contact, in the period.";
    NOT_REACHED = "not_reached", People, Some(Better::Lower),
        "Referrals closed after the last unanswered attempt.";
    DISENGAGED = "disengaged", People, Some(Better::Lower),
        "Cases closed after too many missed contacts running.";
    DROPPED_OUT = "dropped_out", People, None,
        "Cases that the person ended early.";
    COMPLETED = "completed", People, Some(Better::Higher),
        "Cases completed.";
    LOST_AT_HANDOVER = "lost_at_handover", People, Some(Better::Lower),
        "Open cases lost when their post ended or its holder left.";
    WAITING_AT_START = "waiting_at_start", People, None,
        "On the waiting list when the period opened.";
    OPEN_AT_START = "open_at_start", People, None,
        "Open cases when the period opened.";
    STILL_WAITING_AT_END = "still_waiting_at_end", People, Some(Better::Lower),
        "On the waiting list when the period closed.";
    OPEN_AT_END = "open_at_end", People, None,
        "Open cases when the period closed.";
    ESCALATED = "escalated", People, None,
        "Cases that volunteers passed on to paid workers.";
    FIRST_CONTACTS = "first_contacts", People, Some(Better::Higher),
        "First contacts made in the period.";
    ASSIGNED = "assigned", People, None,
        "First assignments to the post in the period.";
    TRANSFERRED_IN = "transferred_in", People, None,
        "Cases assigned to the post after another post ended, its holder left or a volunteer passed them on.";
    TRANSFERRED_OUT = "transferred_out", People, None,
        "Open cases returned to the waiting list when the post ended or its holder left, or passed on by a volunteer.";
    TO_FIRST_CONTACT_DAYS_MEAN = "wait_to_first_contact_days_mean", Days, Some(Better::Lower),
        "Mean, over those of the cohort to whom it happened in the period: receipt to the beginning of the answered call, in calendar days.";
    TO_FIRST_CONTACT_DAYS_SD = "wait_to_first_contact_days_sd", Days, Some(Better::Lower),
        "Standard deviation over people, of those of the cohort to whom it happened in the period: receipt to the beginning of the answered call, in calendar days.";
    TO_FIRST_CONTACT_DAYS_P50 = "wait_to_first_contact_days_p50", Days, Some(Better::Lower),
        "Time by which half of everyone accepted had it happen (cumulative incidence): receipt to the beginning of the answered call, in calendar days.";
    TO_FIRST_CONTACT_DAYS_P90 = "wait_to_first_contact_days_p90", Days, Some(Better::Lower),
        "Time by which 90% of everyone accepted had it happen (cumulative incidence): receipt to the beginning of the answered call, in calendar days.";
    TO_FIRST_CONTACT_DAYS_P95 = "wait_to_first_contact_days_p95", Days, Some(Better::Lower),
        "Time by which 95% of everyone accepted had it happen (cumulative incidence): receipt to the beginning of the answered call, in calendar days.";
    TO_FIRST_CONTACT_WORKING_DAYS_MEAN = "wait_to_first_contact_working_days_mean", WorkingDays, Some(Better::Lower),
        "Mean, over those of the cohort to whom it happened in the period: receipt to the beginning of the answered call, in working days.";
    TO_FIRST_CONTACT_WORKING_DAYS_SD = "wait_to_first_contact_working_days_sd", WorkingDays, Some(Better::Lower),
        "Standard deviation over people, of those of the cohort to whom it happened in the period: receipt to the beginning of the answered call, in working days.";
    TO_FIRST_CONTACT_WORKING_DAYS_P50 = "wait_to_first_contact_working_days_p50", WorkingDays, Some(Better::Lower),
        "Time by which half of everyone accepted had it happen (cumulative incidence): receipt to the beginning of the answered call, in working days.";
    TO_FIRST_CONTACT_WORKING_DAYS_P90 = "wait_to_first_contact_working_days_p90", WorkingDays, Some(Better::Lower),
        "Time by which 90% of everyone accepted had it happen (cumulative incidence): receipt to the beginning of the answered call, in working days.";
    TO_FIRST_CONTACT_WORKING_DAYS_P95 = "wait_to_first_contact_working_days_p95", WorkingDays, Some(Better::Lower),
        "Time by which 95% of everyone accepted had it happen (cumulative incidence): receipt to the beginning of the answered call, in working days.";
    TO_FIRST_APPOINTMENT_DAYS_MEAN = "wait_to_first_appointment_days_mean", Days, Some(Better::Lower),
        "Mean, over those of the cohort to whom it happened in the period: receipt to the beginning of the first appointment held, in calendar days.";
    TO_FIRST_APPOINTMENT_DAYS_SD = "wait_to_first_appointment_days_sd", Days, Some(Better::Lower),
        "Standard deviation over people, of those of the cohort to whom it happened in the period: receipt to the beginning of the first appointment held, in calendar days.";
    TO_FIRST_APPOINTMENT_DAYS_P50 = "wait_to_first_appointment_days_p50", Days, Some(Better::Lower),
        "Time by which half of everyone accepted had it happen (cumulative incidence): receipt to the beginning of the first appointment held, in calendar days.";
    TO_FIRST_APPOINTMENT_DAYS_P90 = "wait_to_first_appointment_days_p90", Days, Some(Better::Lower),
        "Time by which 90% of everyone accepted had it happen (cumulative incidence): receipt to the beginning of the first appointment held, in calendar days.";
    TO_FIRST_APPOINTMENT_DAYS_P95 = "wait_to_first_appointment_days_p95", Days, Some(Better::Lower),
        "Time by which 95% of everyone accepted had it happen (cumulative incidence): receipt to the beginning of the first appointment held, in calendar days.";
    TO_FIRST_APPOINTMENT_WORKING_DAYS_MEAN = "wait_to_first_appointment_working_days_mean", WorkingDays, Some(Better::Lower),
        "Mean, over those of the cohort to whom it happened in the period: receipt to the beginning of the first appointment held, in working days.";
    TO_FIRST_APPOINTMENT_WORKING_DAYS_SD = "wait_to_first_appointment_working_days_sd", WorkingDays, Some(Better::Lower),
        "Standard deviation over people, of those of the cohort to whom it happened in the period: receipt to the beginning of the first appointment held, in working days.";
    TO_FIRST_APPOINTMENT_WORKING_DAYS_P50 = "wait_to_first_appointment_working_days_p50", WorkingDays, Some(Better::Lower),
        "Time by which half of everyone accepted had it happen (cumulative incidence): receipt to the beginning of the first appointment held, in working days.";
    TO_FIRST_APPOINTMENT_WORKING_DAYS_P90 = "wait_to_first_appointment_working_days_p90", WorkingDays, Some(Better::Lower),
        "Time by which 90% of everyone accepted had it happen (cumulative incidence): receipt to the beginning of the first appointment held, in working days.";
    TO_FIRST_APPOINTMENT_WORKING_DAYS_P95 = "wait_to_first_appointment_working_days_p95", WorkingDays, Some(Better::Lower),
        "Time by which 95% of everyone accepted had it happen (cumulative incidence): receipt to the beginning of the first appointment held, in working days.";
    ON_LIST_DAYS_MEAN = "wait_on_list_days_mean", Days, Some(Better::Lower),
        "Mean, over those of the cohort to whom it happened in the period: receipt to assignment of a caseload place, in calendar days.";
    ON_LIST_DAYS_SD = "wait_on_list_days_sd", Days, Some(Better::Lower),
        "Standard deviation over people, of those of the cohort to whom it happened in the period: receipt to assignment of a caseload place, in calendar days.";
    ON_LIST_DAYS_P50 = "wait_on_list_days_p50", Days, Some(Better::Lower),
        "Time by which half of everyone accepted had it happen (cumulative incidence): receipt to assignment of a caseload place, in calendar days.";
    ON_LIST_DAYS_P90 = "wait_on_list_days_p90", Days, Some(Better::Lower),
        "Time by which 90% of everyone accepted had it happen (cumulative incidence): receipt to assignment of a caseload place, in calendar days.";
    ON_LIST_DAYS_P95 = "wait_on_list_days_p95", Days, Some(Better::Lower),
        "Time by which 95% of everyone accepted had it happen (cumulative incidence): receipt to assignment of a caseload place, in calendar days.";
    ON_LIST_WORKING_DAYS_MEAN = "wait_on_list_working_days_mean", WorkingDays, Some(Better::Lower),
        "Mean, over those of the cohort to whom it happened in the period: receipt to assignment of a caseload place, in working days.";
    ON_LIST_WORKING_DAYS_SD = "wait_on_list_working_days_sd", WorkingDays, Some(Better::Lower),
        "Standard deviation over people, of those of the cohort to whom it happened in the period: receipt to assignment of a caseload place, in working days.";
    ON_LIST_WORKING_DAYS_P50 = "wait_on_list_working_days_p50", WorkingDays, Some(Better::Lower),
        "Time by which half of everyone accepted had it happen (cumulative incidence): receipt to assignment of a caseload place, in working days.";
    ON_LIST_WORKING_DAYS_P90 = "wait_on_list_working_days_p90", WorkingDays, Some(Better::Lower),
        "Time by which 90% of everyone accepted had it happen (cumulative incidence): receipt to assignment of a caseload place, in working days.";
    ON_LIST_WORKING_DAYS_P95 = "wait_on_list_working_days_p95", WorkingDays, Some(Better::Lower),
        "Time by which 95% of everyone accepted had it happen (cumulative incidence): receipt to assignment of a caseload place, in working days.";
    SHARE_CONTACTED_EVER = "share_contacted_ever", Share, Some(Better::Higher),
        "Share of everyone accepted who are ever contacted: the level that the cumulative incidence of first contact reaches within the period.";
    WAITED_SHARE = "waited_share", Share, Some(Better::Lower),
        "Share of the cohort not assigned a place at once.";
    CONTACTED_WITHIN_7_DAYS = "contacted_within_7_days", Share, Some(Better::Higher),
        "Share of referrals, accepted or refused, received at least 7 days before the period closed that were contacted within 7 days.";
    CONTACTED_WITHIN_14_DAYS = "contacted_within_14_days", Share, Some(Better::Higher),
        "Share of referrals, accepted or refused, received at least 14 days before the period closed that were contacted within 14 days.";
    CONTACTED_WITHIN_28_DAYS = "contacted_within_28_days", Share, Some(Better::Higher),
        "Share of referrals, accepted or refused, received at least 28 days before the period closed that were contacted within 28 days.";
    WAITING_LIST_MEAN = "waiting_list_mean", People, Some(Better::Lower),
        "Mean number of people on the waiting list over the period.";
    WAITING_LIST_MAX = "waiting_list_max", People, Some(Better::Lower),
        "Greatest number of people on the waiting list.";
    WAITING_LIST_END = "waiting_list_end", People, Some(Better::Lower),
        "People on the waiting list when the period closed.";
    WAITING_LIST_GROWTH_PER_WEEK = "waiting_list_growth_per_week", People, Some(Better::Lower),
        "Change of the waiting list from the opening to the close of the period, per week.";
    PAUSED_SHARE_OF_TIME = "paused_share_of_time", Share, Some(Better::Lower),
        "Share of the period during which referrals of the practice were paused; of the PCN: the mean over its practices.";
    AWAITING_FIRST_CONTACT_MEAN = "awaiting_first_contact_mean", People, Some(Better::Lower),
        "Mean number of people accepted and not yet contacted, on the list or assigned.";
    CASELOAD_MEAN = "caseload_mean", People, None,
        "Mean number of open cases.";
    CASELOAD_P95 = "caseload_p95", People, None,
        "Number of open cases not exceeded for 95% of the time.";
    CASELOAD_MAX = "caseload_max", People, None,
        "Greatest number of open cases.";
    CASE_DURATION_DAYS_MEAN = "case_duration_days_mean", Days, None,
        "Mean time from assignment to the end of cases completed in the period.";
    CASES_A_YEAR_PER_WTE = "cases_a_year_per_wte", PerYear, None,
        "First contacts a year per WTE in post (not open cases).";
    POSTS_AT_0_50_CASES_A_YEAR = "posts_at_0_50_cases_a_year", Posts, None,
        "Posts whose cases a year per WTE, to the nearest whole number, are 0 to 50.";
    POSTS_AT_51_100_CASES_A_YEAR = "posts_at_51_100_cases_a_year", Posts, None,
        "Posts whose cases a year per WTE, to the nearest whole number, are 51 to 100.";
    POSTS_AT_101_150_CASES_A_YEAR = "posts_at_101_150_cases_a_year", Posts, None,
        "Posts whose cases a year per WTE, to the nearest whole number, are 101 to 150.";
    POSTS_AT_151_200_CASES_A_YEAR = "posts_at_151_200_cases_a_year", Posts, None,
        "Posts whose cases a year per WTE, to the nearest whole number, are 151 to 200.";
    POSTS_AT_201_250_CASES_A_YEAR = "posts_at_201_250_cases_a_year", Posts, None,
        "Posts whose cases a year per WTE, to the nearest whole number, are 201 to 250.";
    POSTS_AT_251_300_CASES_A_YEAR = "posts_at_251_300_cases_a_year", Posts, None,
        "Posts whose cases a year per WTE, to the nearest whole number, are 251 to 300.";
    POSTS_AT_OVER_300_CASES_A_YEAR = "posts_at_over_300_cases_a_year", Posts, None,
        "Posts whose cases a year per WTE, to the nearest whole number, are over 300.";
    FOLLOW_UP_LATENESS_DAYS_MEAN = "follow_up_lateness_days_mean", Days, Some(Better::Lower),
        "Mean time from a follow-up falling due to its beginning, nights and weekends included.";
    CONTACTS_HELD = "contacts_held", Contacts, None,
        "Contacts held (first appointments and follow-ups) that ended in the period.";
    DNA_SHARE = "dna_share", Share, Some(Better::Lower),
        "Contacts missed / contacts held and missed.";
    CLIENT_HOURS_AVAILABLE = "client_hours_available", Hours, None,
        "Nominal client time: windows on days present.";
    CLIENT_HOURS_USED = "client_hours_used", Hours, None,
        "Client time worked, overrun included.";
    UTILISATION = "utilisation", Ratio, None,
        "Client hours used / available; above 1 only by overrun not yet taken back.";
    HOURS_LOAD = "hours_load", Ratio, Some(Better::Lower),
        "Client hours that the accepted referrals would take if nobody gave up, and triage, / client hours available less travel.";
    PLACES_LOAD = "places_load", Ratio, Some(Better::Lower),
        "Accepted referrals a day x mean days a place is held (Little's law) / caseload places; empty where a post has no cap.";
    OVERRUN_HOURS = "overrun_hours", Hours, None,
        "Client time worked beyond the window, taken back later.";
    SICKNESS_DAYS = "sickness_days", WorkingDays, None,
        "Working days lost to sickness.";
    POSTS_FILLED_MEAN = "posts_filled_mean", Posts, None,
        "Mean number of posts held.";
    STRAIN_MEAN = "strain_mean", Ratio, Some(Better::Lower),
        "Mean strain at the ends of weeks with available hours; of the PCN over post-weeks. Strain is the load ratio averaged over past weeks; above 1 the load is more than the post can bear for long.";
    WEEKS_AT_RISK = "weeks_at_risk", Weeks, Some(Better::Lower),
        "Weeks in which strain had been above 1 for four weeks running; of the PCN summed over posts.";
    LONGEST_SPELL_AT_RISK_WEEKS = "longest_spell_at_risk_weeks", Weeks, Some(Better::Lower),
        "Most weeks at risk running; of the PCN the longest of any post.";
    ANY_POST_AT_RISK_OVER_12_WEEKS = "any_post_at_risk_over_12_weeks", Share, Some(Better::Lower),
        "1 where some post had more than 12 weeks at risk within one of the years of 52 weeks that the period divides into, else 0: its mean is a probability.";
    WEEKS_AT_RISK_A_POST_YEAR = "weeks_at_risk_a_post_year", Weeks, Some(Better::Lower),
        "Weeks at risk of all posts / years of 365.25 days for which posts existed in the period, held or vacant.";
    LEAVERS = "leavers", People, Some(Better::Lower),
        "Holders of posts who left in the period: resigned, or whose fixed term was not renewed.";
    VACANCY_WEEKS = "vacancy_weeks", Weeks, Some(Better::Lower),
        "Weeks during which the post was vacant between two holders; of the PCN summed over posts.";
    GP_APPOINTMENTS_FROM_LAPSES = "gp_appointments_from_lapses", Appointments, Some(Better::Lower),
        "People who gave up and went back to their GP, one appointment each.";
    GP_APPOINTMENTS_FROM_REFUSALS = "gp_appointments_from_refusals", Appointments, Some(Better::Lower),
        "People who were refused and went back to their GP, one appointment each.";
    CLINIC_SLOTS_OFFERED = "clinic_slots_offered", Slots, None,
        "Clinic slots held in the period; where some post has clinics.";
    CLINIC_SLOTS_USED = "clinic_slots_used", Slots, None,
        "Clinic slots to which somebody came.";
    CLINIC_SLOTS_MISSED = "clinic_slots_missed", Slots, Some(Better::Lower),
        "Clinic slots to which nobody came of those booked.";
    TRAVEL_HOURS = "travel_hours", Hours, None,
        "Client time spent on the way between practices; where some post has a rota.";
    STAFF_COST_POUNDS = "staff_cost_pounds", Pounds, None,
        "What posts cost while they were filled, in the period: WTE x pounds a year x years of 365.25 days filled. Money is counted where the scenario has [costs], in pounds of its price year.";
    RECRUITMENT_COST_POUNDS = "recruitment_cost_pounds", Pounds, None,
        "What it cost to find the holders of paid posts who began in the period.";
    REIMBURSED_POUNDS = "reimbursed_pounds", Pounds, None,
        "What is reimbursed of the staff cost: for each financial year, the share of a post's cost that is paid, up to its maximum, in proportion to the time filled; where there is reimbursement.";
    NOT_REIMBURSED_POUNDS = "not_reimbursed_pounds", Pounds, Some(Better::Lower),
        "Staff cost less what is reimbursed: what the practices or others bear; recruitment apart.";
    REIMBURSEMENT_UNSPENT_POUNDS = "reimbursement_unspent_pounds", Pounds, Some(Better::Lower),
        "The maximum for reimbursed posts, filled or vacant between two holders, less what is reimbursed.";
    GP_APPOINTMENTS_AVOIDED = "gp_appointments_avoided", Appointments, Some(Better::Higher),
        "GP appointments avoided in the year after, by cases completed in the period, if each avoids as many as the scenario says; weak evidence. Where it says so.";
    GP_COST_POUNDS = "gp_cost_pounds", Pounds, None,
        "GP appointments from lapses and refusals less those avoided, at the scenario's price; below 0 where more are avoided. Where there is a price.";
    COST_POUNDS = "cost_pounds", Pounds, Some(Better::Lower),
        "What the service cost in the period, whoever pays: staff, recruitment and, where they are priced, GP appointments caused less avoided.";
    COST_PER_PERSON_CONTACTED_POUNDS = "cost_per_person_contacted_pounds", Pounds, Some(Better::Lower),
        "Cost of the service / first contacts, in the period.";
}
