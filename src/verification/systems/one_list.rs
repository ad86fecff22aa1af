//! One list before one or several like servers (theory, C1 to C5).

use super::{RATE, per_year, shipped};
use crate::theory::{
    ErlangA, ErlangC, PhaseType, PhaseTypeServers, Service, SingleServer,
    constant_service_mean_wait, erlang_b, wait_at_most,
};
use crate::verification::{Reading, System};

const SERVICE: &str = "first_contact.attempt_minutes";
const SERVERS: &str = "posts.0.wte";
const DAYS: &str = "period.days";
const REPLICATIONS: &str = "experiment.replications";
const MINUTES_A_DAY: f64 = 1_440.0;

const WAITED: Reading = Reading::Pcn("waited_share");
const WAIT: Reading = Reading::Pcn("wait_on_list_days_mean");
const WAIT_SD: Reading = Reading::Pcn("wait_on_list_days_sd");
const LIST: Reading = Reading::Pcn("waiting_list_mean");
const IN_USE: Reading = Reading::Pcn("utilisation");
const LAPSED: Reading = Reading::Share("lapsed", "referrals_accepted");

pub fn systems() -> Vec<System> {
    let mut systems = vec![
        erlang_c(20.0, 5, 4_500),
        erlang_c(4.0, 1, 12_000),
        erlang_c(8.0, 2, 6_500),
        ten_servers_at_load_nine_tenths(),
    ];
    systems.extend([(20.0, 4.5, 5), (4.0, 5.0, 1), (25.0, 4.5, 5)].map(
        |(rate, service, servers)| {
            let patience = if rate > 20.0 { 13.0 } else { 4.0 };
            erlang_a(rate, service, servers, patience)
        },
    ));
    systems.push(one_worker_overwhelmed());
    systems.extend([(9.0, 10), (4.0, 5), (45.0, 50)].map(|(load, servers)| loss(load, servers)));
    systems.extend(single_servers());
    systems.extend(slots());
    systems.extend([(0.9, 33_000, 1_300), (0.5, 22_000, 200)].map(slots_of_2_8_days));
    systems.extend([(4.0, 5, 8_000), (1.6, 2, 16_000), (9.0, 10, 14_000)].map(constant));
    systems.extend(several_phases());
    systems
}

/// Erlang C with five services a day and server.
fn erlang_c(arrivals: f64, servers: u32, days: u32) -> System {
    let theory = ErlangC::new(arrivals, 5.0, servers).expect("it is stable");
    let system = System::new(
        "M/M/c (Erlang C)",
        shipped!("erlang-c.toml"),
        format!("c = {servers}, load 0.8"),
    )
    .set(RATE, per_year(arrivals))
    .set(SERVERS, servers)
    .set(DAYS, days);
    with_erlang_c(system, &theory)
}

fn ten_servers_at_load_nine_tenths() -> System {
    let theory = ErlangC::new(9.0, 1.0, 10).expect("it is stable");
    let system = System::new(
        "M/M/c (Erlang C)",
        shipped!("erlang-c.toml"),
        "c = 10, load 0.9",
    )
    .set(RATE, per_year(9.0))
    .set(SERVICE, "{ exponential = { mean = 1440 } }")
    .set(SERVERS, 10)
    .set(DAYS, 24_000)
    .set("period.warm_up_days", 500)
    .long();
    with_erlang_c(system, &theory)
}

fn with_erlang_c(system: System, theory: &ErlangC) -> System {
    system
        .gives(WAITED, theory.wait_probability)
        .gives(WAIT, theory.mean_wait)
        .gives(
            Reading::Pcn("wait_on_list_days_p90"),
            theory.wait_quantile(0.9).expect("a probability"),
        )
        .gives(LIST, theory.mean_queue)
        .gives(IN_USE, theory.utilisation)
}

fn erlang_a(arrivals: f64, service: f64, servers: u32, patience_days: f64) -> System {
    let theory =
        ErlangA::new(arrivals, service, 1.0 / patience_days, servers).expect("proper rates");
    let name = format!(
        "c = {servers}, load {:.2}, patience {patience_days}",
        arrivals / service / f64::from(servers)
    );
    System::new("M/M/c+M (Erlang A)", shipped!("erlang-a.toml"), name)
        .set(RATE, per_year(arrivals))
        .set(SERVICE, exponential(MINUTES_A_DAY / service))
        .set(SERVERS, servers)
        .set("waiting_list.patience_days", exponential(patience_days))
        .gives(WAITED, theory.wait_probability)
        .gives(LAPSED, theory.abandon_probability)
        .gives(LIST, theory.mean_queue)
        .gives(Reading::WaitOfAll, theory.mean_wait)
        .gives(IN_USE, theory.utilisation)
}

/// 22 a day for one worker who can see 4.5: everybody waits and the worker is never idle, so that
/// only the losses and the list are worth a look.
fn one_worker_overwhelmed() -> System {
    let theory = ErlangA::new(22.0, 4.5, 1.0 / 13.0, 1).expect("proper rates");
    System::new(
        "M/M/c+M (Erlang A)",
        shipped!("erlang-a.toml"),
        "c = 1, load 4.89, patience 13",
    )
    .set(RATE, per_year(22.0))
    .set(SERVERS, 1)
    .set(DAYS, 300)
    .set("waiting_list.patience_days", exponential(13.0))
    .gives(LAPSED, theory.abandon_probability)
    .gives(LIST, theory.mean_queue)
    .gives(Reading::WaitOfAll, theory.mean_wait)
}

fn loss(load: f64, servers: u32) -> System {
    let lost = erlang_b(servers, load);
    System::new(
        "M/M/c/c (Erlang B)",
        shipped!("erlang-b.toml"),
        format!("c = {servers}, a = {load}"),
    )
    .set(RATE, per_year(load))
    .set(SERVERS, servers)
    .gives(LAPSED, lost)
    .gives(IN_USE, load * (1.0 - lost) / f64::from(servers))
}

/// Six laws of service at load 0.8; the deviation only where service varies little enough for a narrow
/// interval.
fn single_servers() -> Vec<System> {
    let mean = 0.2;
    let minutes = mean * MINUTES_A_DAY;
    let laws = [
        (
            "exponential",
            Service::exponential(mean),
            exponential(minutes),
            15_000,
        ),
        (
            "constant",
            Service::constant(mean),
            minutes.to_string(),
            15_000,
        ),
        (
            "Erlang, cv^2 0.5",
            Service::erlang(2, mean),
            format!("{{ erlang = {{ stages = 2, mean = {minutes} }} }}"),
            15_000,
        ),
        (
            "lognormal, cv^2 0.5",
            Service::lognormal(mean, 0.5_f64.sqrt()),
            lognormal(minutes, 0.5),
            15_000,
        ),
        (
            "lognormal, cv^2 2",
            Service::lognormal(mean, 2.0_f64.sqrt()),
            lognormal(minutes, 2.0),
            22_000,
        ),
        (
            "hyperexponential, cv^2 4",
            Service::balanced_hyperexponential(mean, 4.0),
            balanced(minutes, 4.0),
            33_000,
        ),
    ];
    laws.map(|(name, service, key, days)| {
        let service = service.expect("a proper law");
        let theory = SingleServer::new(4.0, &service).expect("it is stable");
        let system = System::new("M/G/1 (Pollaczek-Khinchine)", shipped!("mg1.toml"), name)
            .set(SERVICE, key)
            .set(DAYS, days)
            .gives(WAIT, theory.mean_wait);
        if service.cv2() <= 1.0 {
            system.gives(WAIT_SD, theory.sd_of_wait)
        } else {
            system
        }
    })
    .into()
}

/// One slot of 45 minutes to so many of 20, at load 0.8.
fn slots() -> Vec<System> {
    [5.0, 7.0, 11.0]
        .map(|follow_ups| {
            let shares = [1.0 / (1.0 + follow_ups), follow_ups / (1.0 + follow_ups)];
            let minutes = Service::discrete(&[45.0, 20.0], &shares).expect("a proper law");
            let rate_a_minute = 0.8 / minutes.mean;
            let theory = SingleServer::new(rate_a_minute, &minutes).expect("it is stable");
            System::new(
                "M/G/1 (Pollaczek-Khinchine)",
                shipped!("mg1.toml"),
                format!("slots of 45 + {follow_ups} x 20 minutes"),
            )
            .set(RATE, per_year(rate_a_minute * MINUTES_A_DAY))
            .set(
                SERVICE,
                format!(
                    "{{ discrete = {{ values = [45, 20], shares = [{}, {}] }} }}",
                    shares[0], shares[1]
                ),
            )
            .set(DAYS, 500)
            .set("period.warm_up_days", 20)
            .gives(WAIT, theory.mean_wait / MINUTES_A_DAY)
        })
        .into()
}

/// M/D/1 with slots of 2.8 days, so that "within 7 days" is "within 2.5 slots".
fn slots_of_2_8_days((load, days, replications): (f64, u32, u32)) -> System {
    let slot = 2.8;
    let theory = SingleServer::new(load / slot, &Service::constant(slot).expect("proper"))
        .expect("it is stable");
    let within = wait_at_most(load / slot, slot, 7.0).expect("it is stable");
    System::new("M/D/1", shipped!("md1.toml"), format!("load {load}"))
        .set(RATE, per_year(load / slot))
        .set(DAYS, days)
        .set(REPLICATIONS, replications)
        .gives(WAIT, theory.mean_wait)
        .gives(Reading::Pcn("contacted_within_7_days"), within)
}

fn constant((rate, servers, days): (f64, u32, u32)) -> System {
    let wait = constant_service_mean_wait(rate, 1.0, servers).expect("it is stable");
    System::new(
        "M/D/c (Crommelin)",
        shipped!("mdc.toml"),
        format!("c = {servers}, load {}", rate / f64::from(servers)),
    )
    .set(RATE, per_year(rate))
    .set(SERVERS, servers)
    .set(DAYS, days)
    .gives(WAIT, wait)
    .gives(LIST, rate * wait)
}

fn several_phases() -> Vec<System> {
    vec![
        erlang_service(4.0, 5, 12_500),
        erlang_service(1.6, 2, 25_000),
        erlang_service(4.5, 5, 30_000),
        hyperexponential_service(1.6, 2, 33_000),
        hyperexponential_service(4.0, 5, 27_000).long(),
    ]
}

/// Two stages of service, a day in all.
fn erlang_service(rate: f64, servers: u32, days: u32) -> System {
    let service = PhaseType::erlang(2, 1.0).expect("a proper law");
    with_phases("Erlang service", &service, rate, servers)
        .set(SERVICE, "{ erlang = { stages = 2, mean = 1440 } }")
        .set(DAYS, days)
}

/// Short and long services, a day on average.
fn hyperexponential_service(rate: f64, servers: u32, days: u32) -> System {
    let service = PhaseType::balanced_hyperexponential(1.0, 4.0).expect("a proper law");
    with_phases("hyperexponential service", &service, rate, servers)
        .set(SERVICE, balanced(MINUTES_A_DAY, 4.0))
        .set(DAYS, days)
        .set(REPLICATIONS, 560)
}

fn with_phases(law: &str, service: &PhaseType, rate: f64, servers: u32) -> System {
    let theory = PhaseTypeServers::new(rate, service, servers).expect("it is stable");
    let name = format!("{law}, c = {servers}, load {}", rate / f64::from(servers));
    System::new("M/PH/c (exact chain)", shipped!("mphc.toml"), name)
        .set(RATE, per_year(rate))
        .set(SERVERS, servers)
        .gives(WAIT, theory.mean_wait)
        .gives(WAITED, theory.wait_probability)
}

fn exponential(mean: f64) -> String {
    format!("{{ exponential = {{ mean = {mean} }} }}")
}

fn lognormal(mean: f64, cv2: f64) -> String {
    format!("{{ lognormal = {{ mean = {mean}, cv = {} }} }}", cv2.sqrt())
}

/// Two exponential phases with equal loads: means m / (2 p) and m / (2 (1 - p)).
fn balanced(mean: f64, cv2: f64) -> String {
    let share = (1.0 + ((cv2 - 1.0) / (cv2 + 1.0)).sqrt()) / 2.0;
    format!(
        "{{ hyperexponential = {{ shares = [{share}, {}], means = [{}, {}] }} }}",
        1.0 - share,
        mean / (2.0 * share),
        mean / (2.0 * (1.0 - share))
    )
}
