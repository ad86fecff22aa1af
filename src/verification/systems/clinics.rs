//! Booked clinics (theory, C14).

use super::{RATE, per_year, shipped};
use crate::theory::Clinic;
use crate::verification::{Reading, System};

const CLINICS: &str = "posts.0.clinics";
const WEEK: f64 = 7.0;

pub fn systems() -> Vec<System> {
    [
        (4.0, 1.0, 5, 200),
        (4.5, 1.0, 5, 500),
        (9.0, 0.5, 5, 250),
        (9.0, 0.5, 6, 160),
        (18.0, 1.0, 20, 160),
    ]
    .map(bailey)
    .into()
}

/// Some people a week, and so many slots every so many weeks. A case is open from the referral until
/// it is seen, so that open cases are those who wait.
fn bailey((a_week, interval, slots, replications): (f64, f64, u32, u32)) -> System {
    let theory = Clinic::new(a_week, interval, slots).expect("it is stable");
    // A second each: the clinic is an instant.
    let minutes = vec!["0.02"; slots as usize].join(", ");
    let clinic = |weekday: &str, opens: &str| {
        format!("{{ weekday = \"{weekday}\", opens = \"{opens}\", slots_minutes = [{minutes}] }}")
    };
    let clinics = match interval < 1.0 {
        true => format!(
            "[{}, {}]",
            clinic("monday", "12:00"),
            clinic("friday", "00:00")
        ),
        false => format!("[{}]", clinic("monday", "12:00")),
    };
    System::new(
        "Bailey's clinic",
        shipped!("bailey-clinic.toml"),
        format!("{a_week} a week, {slots} slots every {interval} weeks"),
    )
    .set(RATE, per_year(a_week / WEEK))
    .set(CLINICS, clinics)
    .set("experiment.replications", replications)
    .gives(
        Reading::Pcn("wait_to_first_appointment_days_mean"),
        theory.mean_wait * WEEK,
    )
    .gives(Reading::Pcn("caseload_mean"), theory.mean_wait * a_week)
}
