//! Link workers with a number of caseload places (theory, C8).

use super::{RATE, per_year, shipped};
use crate::theory::{CaseManager, CaseTeam, TeamLoad, Ties};
use crate::verification::{Reading, System};

const PLACES: &str = "posts.0.caseload_cap";
const DAYS: &str = "period.days";
const REPLICATIONS: &str = "experiment.replications";
const ON_LIST: Reading = Reading::Pcn("wait_on_list_days_mean");
const IN_USE: Reading = Reading::Pcn("utilisation");

/// 20 contacts a day, one in six of which closes the case, two days between them.
const LINK_WORKER: CaseManager = CaseManager {
    contact_rate: 20.0,
    completion_probability: 1.0 / 6.0,
    return_rate: 0.5,
};

/// 4 contacts a day, one in four of which closes the case, a day between them.
const SMALL: CaseManager = CaseManager {
    contact_rate: 4.0,
    completion_probability: 0.25,
    return_rate: 1.0,
};

pub fn systems() -> Vec<System> {
    let mut systems: Vec<System> = [10, 20, 30, 40, 60].map(full_caseload).into();
    systems.extend([25, 30].map(one_worker));
    systems.extend([(25, 1_100), (30, 1_600)].map(|(places, times)| wait_of_one(places, times)));
    systems.push(one_worker_with_lapses());
    systems.push(two_workers(1.2, 4, 640));
    systems.push(two_workers(1.2, 3, 1_600).long());
    systems.push(two_workers(1.0, 5, 1_700).long());
    systems
}

/// Workers who share one list. Among those with the fewest open cases the engine takes the one whose
/// last place was freed longest ago.
const fn team(manager: CaseManager, arrival_rate: f64, workers: u32, places: u32) -> CaseTeam {
    CaseTeam {
        manager,
        arrival_rate,
        workers,
        places,
        abandon_rate: 0.0,
        ties: Ties::LongestSinceFreed,
    }
}

fn steady_state(manager: CaseManager, arrivals: f64, workers: u32, places: u32) -> TeamLoad {
    let team = team(manager, arrivals, workers, places);
    team.steady_state().expect("it is stable")
}

fn full_caseload(places: u32) -> System {
    let most = LINK_WORKER
        .saturated_throughput(places)
        .expect("proper rates");
    System::new(
        "S-CM, every place taken",
        shipped!("full-caseload.toml"),
        format!("{places} places"),
    )
    .set(PLACES, places)
    .gives(Reading::PerDay("completed"), most)
}

fn one_worker(places: u32) -> System {
    let theory = steady_state(LINK_WORKER, 2.0, 1, places);
    System::new(
        "S-CM",
        shipped!("case-manager.toml"),
        format!("one worker, {places} places"),
    )
    .set(PLACES, places)
    .gives(Reading::Pcn("caseload_mean"), theory.caseload)
    .gives(IN_USE, theory.utilisation)
}

/// The wait for a place, which depends on rare long full spells.
fn wait_of_one(places: u32, replications: u32) -> System {
    let theory = steady_state(LINK_WORKER, 2.0, 1, places);
    let name = format!("one worker, {places} places, the wait");
    System::new("S-CM", shipped!("case-manager.toml"), name)
        .set(PLACES, places)
        .set(DAYS, 33_000)
        .set(REPLICATIONS, replications)
        .gives(ON_LIST, theory.mean_wait)
        .gives(Reading::Pcn("waited_share"), theory.no_place)
        .long()
}

fn one_worker_with_lapses() -> System {
    let team = CaseTeam {
        abandon_rate: 1.0 / 13.0,
        ..team(LINK_WORKER, 4.0, 1, 30)
    };
    let theory = team.steady_state().expect("proper rates");
    System::new(
        "S-CM with lapses",
        shipped!("case-manager-lapses.toml"),
        "one worker, 30 places",
    )
    .gives(
        Reading::Share("lapsed", "referrals_accepted"),
        theory.abandoned,
    )
    .gives(Reading::WaitOfAll, theory.mean_wait)
    .gives(Reading::Pcn("caseload_mean"), theory.caseload)
    .gives(IN_USE, theory.utilisation)
}

fn two_workers(arrivals: f64, places: u32, replications: u32) -> System {
    let theory = steady_state(SMALL, arrivals, 2, places);
    System::new(
        "S-CM",
        shipped!("case-managers-two.toml"),
        format!("two workers, {places} places, {arrivals} a day"),
    )
    .set(RATE, per_year(arrivals))
    .set(PLACES, places)
    .set(DAYS, 30_000)
    .set(REPLICATIONS, replications)
    .gives(ON_LIST, theory.mean_wait)
    .gives(Reading::PerPost("caseload_mean", 2), theory.caseload)
    .gives(IN_USE, theory.utilisation)
}
