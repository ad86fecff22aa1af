//! Services that close their doors, and posts that fall vacant (theory, C15 and C16).

use super::{DAYS_A_YEAR, RATE, per_year, shipped};
use crate::theory::{ReferralPause, Team};
use crate::verification::{Reading, System};

const SERVICE: &str = "first_contact.attempt_minutes";
const SERVERS: &str = "posts.0.wte";
const DAYS: &str = "period.days";
const REPLICATIONS: &str = "experiment.replications";
const MINUTES_A_DAY: f64 = 1_440.0;
const DAYS_A_WEEK: f64 = 7.0;

const REFUSED: Reading = Reading::Share("refused", "referrals_received");
const WAIT: Reading = Reading::Pcn("wait_on_list_days_mean");
const PRESENT: Reading = Reading::Sum("waiting_list_mean", "caseload_mean");

pub fn systems() -> Vec<System> {
    let pauses = [
        (4.0, 3.0, 1, 20, 10, 6_000),
        (22.0, 4.5, 1, 40, 20, 1_000),
        (14.0, 4.5, 2, 30, 15, 2_000),
        (4.0, 4.5, 1, 20, 10, 30_000),
    ];
    let vacancies = [(3.0, 1, 0.2, 14.0, 13_000), (18.0, 5, 0.2, 14.0, 5_500)];
    let mut systems: Vec<System> = pauses
        .map(|(arrivals, service, servers, pause, resume, days)| {
            paused(arrivals, service, servers, pause, resume).set(DAYS, days)
        })
        .into();
    systems.extend(
        vacancies.map(|(arrivals, posts, quit, refill, replications)| {
            vacant(arrivals, posts, quit, refill, replications)
        }),
    );
    systems.extend([
        close_to_full(8.0, 2, 0.2, 14.0),
        close_to_full(18.0, 5, 0.35, 20.0),
    ]);
    systems
}

/// A pause at so many present until so many; rates a day.
fn paused(arrivals: f64, service: f64, servers: u32, pause_at: u32, resume_at: u32) -> System {
    let theory = ReferralPause::new(arrivals, service, servers, pause_at, resume_at)
        .expect("proper rates and thresholds");
    System::new(
        "M/M/c with a referral pause",
        shipped!("referral-pause.toml"),
        format!("{arrivals} a day, {servers} x {service}, {pause_at} until {resume_at} present"),
    )
    .set(RATE, per_year(arrivals))
    .set(
        SERVICE,
        format!(
            "{{ exponential = {{ mean = {} }} }}",
            MINUTES_A_DAY / service
        ),
    )
    .set(SERVERS, servers)
    .set("waiting_list.pause_at", pause_at - servers)
    .set("waiting_list.resume_at", resume_at - servers)
    .gives(REFUSED, theory.refused)
    .gives(WAIT, theory.mean_wait)
    .gives(PRESENT, theory.mean_present)
    .gives(Reading::Pcn("paused_share_of_time"), theory.refused)
}

/// So many a week for posts whose holders see 4.5 a week, leave `quit` times a year and are replaced
/// after `refill` weeks.
fn vacant(arrivals: f64, posts: u32, quit: f64, refill: f64, replications: u32) -> System {
    team(shipped!("vacancies.toml"), arrivals, posts, quit, refill)
        .set(REPLICATIONS, replications)
        .long()
}

/// The same above nine tenths of what the posts filled can do.
fn close_to_full(arrivals: f64, posts: u32, quit: f64, refill: f64) -> System {
    let file = shipped!("vacancies-high-load.toml");
    team(file, arrivals, posts, quit, refill).slow(0.05)
}

fn team(
    file: (&'static str, &'static str),
    arrivals: f64,
    posts: u32,
    quit: f64,
    refill: f64,
) -> System {
    let theory = Team {
        arrival_rate: arrivals / DAYS_A_WEEK,
        service_rate: 4.5 / DAYS_A_WEEK,
        posts,
        quit_rate: quit / DAYS_A_YEAR,
        refill_rate: 1.0 / (refill * DAYS_A_WEEK),
    }
    .steady_state()
    .expect("the posts filled suffice");
    System::new(
        "M/M/N with leavers and vacancies",
        file,
        format!("N = {posts}, {arrivals} a week, leaving {quit} a year, {refill} weeks to hire"),
    )
    .set(RATE, per_year(arrivals / DAYS_A_WEEK))
    .set(SERVERS, posts)
    .set("posts.0.leaving_rate_a_year", quit)
    .set(
        "posts.0.time_to_hire_weeks",
        format!("{{ exponential = {{ mean = {refill} }} }}"),
    )
    .gives(Reading::Pcn("posts_filled_mean"), theory.mean_filled)
    .gives(Reading::WaitOfAll, theory.mean_wait)
}
