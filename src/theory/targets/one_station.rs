//! What the models of one station give for a target, and Little's law.

use super::super::{
    Clinic, ErlangA, ErlangC, Feedback, Gaps, LimitedPlaces, PhaseType, PhaseTypeServers,
    RenewalArrivals, Service, SingleServer, Station, Tandem, WEEKS_PER_GREGORIAN_YEAR,
    allen_cunneen, constant_service_mean_wait, cosmetatos, effective_rate, erlang_b,
    kingman_approximation, kingman_bound, number_present, priority_waits,
    priority_waits_of_servers, wait_at_most,
};
use super::{Family, Target, parse};

pub(super) const FAMILY: Family = Family {
    computed,
    at_least: 110,
};

fn computed(target: &Target) -> Option<f64> {
    let of = |name: &str| target.parameter(name);
    match target.model() {
        model if model.starts_with("MMCM") => {
            let model = ErlangA::new(of("lam"), of("mu"), of("theta"), of("c") as u32)?;
            Some(erlang_a(&model, target.metric()))
        }
        model if model.starts_with("MMC") => {
            let model = ErlangC::new(of("lam"), of("mu"), of("c") as u32)?;
            Some(erlang_c(&model, target.metric()))
        }
        model if model.starts_with("MM1K") => {
            let model = LimitedPlaces::new(of("lam"), of("mu"), 1, of("K") as u32)?;
            Some(model.refused)
        }
        "ERLB" => Some(erlang_b(of("c") as u32, of("a"))),
        "LITTLE" => {
            let mut parts = target.id.split('.').skip(1).map(parse);
            let rate_per_week = parts.next()? / WEEKS_PER_GREGORIAN_YEAR;
            Some(number_present(rate_per_week, parts.next()?))
        }
        "MG1" => single_server(target),
        "SLOT" => slots(target),
        "MD1" | "MDC" => fixed_service(target),
        model if model.starts_with("BAILEY") => clinic(target),
        "ME2C" | "MH2C" => phases(target),
        "DM1" | "E2M1" | "H2M1" => renewal(target),
        model if model.starts_with("COBHAM") || model.starts_with("PMMC") => priorities(target),
        "REREF" | "JACK" => returning(target),
        _ => None,
    }
}

fn erlang_c(model: &ErlangC, metric: &str) -> f64 {
    match metric {
        "C" => model.wait_probability,
        "Wq" => model.mean_wait,
        "Lq" => model.mean_queue,
        "tail" => model.wait_exceeds(0.25),
        _ => f64::NAN,
    }
}

fn erlang_a(model: &ErlangA, metric: &str) -> f64 {
    match metric {
        "Pw" => model.wait_probability,
        "Pab" => model.abandon_probability,
        "Lq" => model.mean_queue,
        "Wq" => model.mean_wait,
        "util" => model.utilisation,
        _ => f64::NAN,
    }
}

/// "lam=4/w E[S]=0.2w S~LN cv2=0.5".
fn single_server(target: &Target) -> Option<f64> {
    let (mean, cv2) = (target.parameter("E[S]"), target.parameter("cv2"));
    let form = target.parameters.split_once("S~")?.1.split(' ').next()?;
    let service = match form {
        "M" => Service::exponential(mean),
        "D" => Service::constant(mean),
        "LN" => Service::lognormal(mean, cv2.sqrt()),
        "H2" => Service::balanced_hyperexponential(mean, cv2),
        stages => Service::erlang(stages.strip_prefix('E')?.parse().ok()?, mean),
    }?;
    assert!((service.cv2() - cv2).abs() < 1e-12, "{}", target.id);
    let model = SingleServer::new(target.parameter("lam"), &service)?;
    Some(match target.metric() {
        "Wq" => model.mean_wait,
        "sd" => model.sd_of_wait,
        _ => f64::NAN,
    })
}

/// "SLOT.7.cv2": one slot of 45 minutes and 7 of 20, at load 0.8.
fn slots(target: &Target) -> Option<f64> {
    let follow_ups = parse(target.id.split('.').nth(1)?);
    let slots = Service::discrete(&[45.0, 20.0], &[1.0, follow_ups])?;
    Some(match target.metric() {
        "mean" => slots.mean,
        "cv2" => slots.cv2(),
        "Wq" => SingleServer::new(0.8 / slots.mean, &slots)?.mean_wait,
        _ => f64::NAN,
    })
}

/// "D=1 lam=0.5", within 2.5 in "MD1.0.5.cdf2"; "c=2 D=1 rho=0.8".
fn fixed_service(target: &Target) -> Option<f64> {
    let time = target.parameter("D");
    if target.model() == "MDC" {
        let servers = target.parameter("c");
        let rate = target.parameter("rho") * servers / time;
        return constant_service_mean_wait(rate, time, servers as u32);
    }
    let rate = target.parameter("lam");
    if target.metric() == "cdf2" {
        return wait_at_most(rate, time, 2.5);
    }
    constant_service_mean_wait(rate, time, 1)
}

/// "Poisson 4/w, clinic every 1 w, 5 slots".
fn clinic(target: &Target) -> Option<f64> {
    let numbers = target.parameters.split([' ', ',']);
    let mut numbers = numbers.filter(|word| word.starts_with(|first: char| first.is_ascii_digit()));
    let mut next = || numbers.next().map(parse);
    let model = Clinic::new(next()?, next()?, next()? as u32)?;
    Some(match target.metric() {
        "EX" => model.left_after,
        "W" => model.mean_wait,
        _ => f64::NAN,
    })
}

/// "c=2 E[S]=1 rho=0.8"; of the approximations "M/E2/c c=2 rho=0.8". H2 has cv2 = 4.
fn phases(target: &Target) -> Option<f64> {
    let servers = target.parameter("c");
    let rate = target.parameter("rho") * servers;
    let (phases, moments) = match target.model() {
        "ME2C" => (PhaseType::erlang(2, 1.0)?, Service::erlang(2, 1.0)?),
        _ => (
            PhaseType::balanced_hyperexponential(1.0, 4.0)?,
            Service::balanced_hyperexponential(1.0, 4.0)?,
        ),
    };
    let servers = servers as u32;
    match target.metric() {
        "AC" => allen_cunneen(rate, 1.0, &moments, servers),
        "COS" => cosmetatos(rate, &moments, servers),
        _ => Some(PhaseTypeServers::new(rate, &phases, servers)?.mean_wait),
    }
}

/// "mu=1 rho=0.8 ca2=4", "D/M/1 rho=0.5": always mu = 1.
fn renewal(target: &Target) -> Option<f64> {
    let load = target.parameter("rho");
    let mean = 1.0 / load;
    let gaps = match target.model() {
        "DM1" => Gaps::Constant { mean },
        "E2M1" => Gaps::Erlang { stages: 2, mean },
        _ => Gaps::balanced_hyperexponential(mean, 4.0)?,
    };
    let (cv2, service) = (gaps.moments()?.cv2(), Service::exponential(1.0)?);
    match (target.metric(), target.model()) {
        ("king", "DM1") => kingman_bound(load, cv2, &service),
        ("king", _) => kingman_approximation(load, cv2, &service),
        _ => Some(RenewalArrivals::new(&gaps, 1.0)?.mean_wait),
    }
}

/// "lam=(0.1, 0.3) E[S]=(1, 1) E[S^2]=(2, 2)"; "lam=(1.0, 3.0) mu=1.0 c=5".
fn priorities(target: &Target) -> Option<f64> {
    let rates = target.parameters("lam");
    let waits = if target.model().starts_with("PMMC") {
        let (rate, servers) = (target.parameter("mu"), target.parameter("c"));
        priority_waits_of_servers(&rates, rate, servers as u32)?
    } else {
        let moments = target.parameters("E[S]");
        let moments = moments.into_iter().zip(target.parameters("E[S^2]"));
        let service = |(mean, second_moment)| Service {
            mean,
            second_moment,
            // Of no account here.
            third_moment: second_moment,
        };
        let classes: Vec<_> = rates.into_iter().zip(moments.map(service)).collect();
        priority_waits(&classes)?
    };
    let class: usize = target.metric().strip_prefix('c')?.parse().ok()?;
    waits.get(class - 1).copied()
}

/// "lam=4/w re-referral prob 0.1"; "lam=4 mu=5 r=0.1 (Jackson)"; "lam=20 mu1=30; 90% continue to
/// M/M/5 mu=4.5".
fn returning(target: &Target) -> Option<f64> {
    let of = |name: &str| target.parameter(name);
    if target.model() == "JACK" {
        let station = |service_rate, servers, continuing| Station {
            service_rate,
            servers,
            continuing,
        };
        let team = station(4.5, 5, 0.0);
        let model = Tandem::new(20.0, &[station(30.0, 1, 0.9), team])?;
        return Some(match target.metric() {
            "1" => model.stations[1].mean_wait,
            "2" => model.mean_time_through,
            _ => f64::NAN,
        });
    }
    if target.metric() == "mm1" {
        let model = Feedback::new(of("lam"), of("mu"), 1, of("r"))?;
        return Some(model.visits.mean_wait);
    }
    effective_rate(of("lam"), parse(target.parameters.rsplit(' ').next()?))
}
