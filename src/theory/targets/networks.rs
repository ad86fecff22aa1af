//! What the models of several stations or of work that returns give for a target.

use super::super::compatibility::{benefit_captured, dedicated, long_chain, pooled};
use super::super::{
    CaseManager, CaseTeam, Compatibility, ErlangR, OfferedLoad, RateStep, ReferralPause, Sinusoid,
    Stay, Team, Ties, WEEKS_PER_GREGORIAN_YEAR, number_under,
};
use super::{Family, Target, parse};

pub(super) const FAMILY: Family = Family {
    computed,
    at_least: 84,
};

fn computed(target: &Target) -> Option<f64> {
    match target.model() {
        "MTGI" => number_present(target),
        "ERLR" => offered_load(target),
        "ERLR1" | "ERLR2" | "ERLR3" => erlang_r(target),
        "SCM" => manager(target).saturated_throughput(target.parameter("M") as u32),
        "SCM1" | "SCM2" => case_team(target),
        "POOL" => shared_posts(target),
        "PAUSE1" | "PAUSE2" | "PAUSE3" | "PAUSE4" => pause(target),
        "VAC1" | "VAC2" | "VAC3" | "VAC4" => vacancies(target),
        _ => None,
    }
}

/// "MTGI.E2.13" or "MTGI.step.M.4": the last part is the week, or amplitude or lag.
fn number_present(target: &Target) -> Option<f64> {
    let mean = 12.0;
    let parts: Vec<&str> = target.id.split('.').skip(1).collect();
    let stay = |name: &str| match name {
        "M" => Some(Stay::Exponential { mean }),
        "D" => Some(Stay::Constant { mean }),
        "E2" => Some(Stay::Erlang { stages: 2, mean }),
        "LN" => Some(Stay::Lognormal { mean, cv2: 0.5 }),
        _ => None,
    };
    let rate = Sinusoid::rate(5.0, 1.0, 52.0)?;
    match parts[..] {
        ["step", name, week] => Some(RateStep::new(5.0, 10.0, stay(name)?)?.at(parse(week))),
        [name, "amp"] => Some(number_under(&rate, &stay(name)?)?.amplitude),
        [name, "lag"] => Some(number_under(&rate, &stay(name)?)?.lag),
        [name, week] => Some(number_under(&rate, &stay(name)?)?.at(parse(week))),
        _ => None,
    }
}

/// Probabilities printed to 6 digits were meant to be these.
fn sixths(probability: f64) -> f64 {
    let nearest = (probability * 6.0).round() / 6.0;
    if (probability - nearest).abs() < 1e-6 {
        nearest
    } else {
        probability
    }
}

/// "ERLR.tv.needy.13": all at one set of rates.
fn offered_load(target: &Target) -> Option<f64> {
    let rate = Sinusoid::rate(20.0, 4.0, 52.0)?;
    let load = OfferedLoad::new(&rate, 40.0, 5.0 / 6.0, 1.0 / 3.0)?;
    let week = parse(target.metric());
    match target.id.split('.').nth(2)? {
        "needy" => Some(load.needing_contact.at(week)),
        "content" => Some(load.between_contacts.at(week)),
        _ => None,
    }
}

fn erlang_r(target: &Target) -> Option<f64> {
    let of = |name: &str| target.parameter(name);
    let model = ErlangR::new(
        of("lam"),
        of("mu"),
        sixths(of("p")),
        sixths(of("delta")),
        of("c") as u32,
    )?;
    match target.metric() {
        "C" => Some(model.wait_probability),
        "Wq" => Some(model.mean_wait),
        "content" => Some(model.between_contacts),
        "active" => Some(model.open_cases),
        "T" => Some(model.case_duration),
        _ => None,
    }
}

fn manager(target: &Target) -> CaseManager {
    CaseManager {
        contact_rate: target.parameter("mu"),
        completion_probability: target.parameter("p"),
        return_rate: target.parameter("theta"),
    }
}

fn case_team(target: &Target) -> Option<f64> {
    let of = |name: &str| target.parameter(name);
    let gives_up = target.id.contains(".AB.");
    let team = CaseTeam {
        manager: manager(target),
        arrival_rate: of("lam"),
        workers: of("N") as u32,
        places: of("M") as u32,
        abandon_rate: if gives_up { 1.0 / 13.0 } else { 0.0 },
        ties: Ties::Random,
    };
    let load = team.steady_state()?;
    match target.metric() {
        "Wpre" | "W" => Some(load.mean_wait),
        "Pw" => Some(load.no_place),
        "cases" => Some(load.caseload),
        "internal" => Some(load.needing_contact),
        "util" => Some(load.utilisation),
        "Pab" => Some(load.abandoned),
        _ => None,
    }
}

/// "POOL.6.0.8.chain", "POOL.uneven.chain.t1" or "POOL.Nmodel".
fn shared_posts(target: &Target) -> Option<f64> {
    let waits = |rates: &[f64], posts_of: Vec<u32>| {
        let model = Compatibility {
            arrival_rates: rates.to_vec(),
            service_rates: vec![1.0; rates.len()],
            posts_of,
        };
        model.steady_state()
    };
    let listed = || target.parameters("lam");
    match target.id.split('.').skip(1).collect::<Vec<_>>()[..] {
        ["Nmodel"] => Some(waits(&listed(), vec![0b11, 0b10])?.overall_mean_wait),
        ["uneven", "full"] => Some(waits(&[0.5, 0.8, 1.1], pooled(3))?.overall_mean_wait),
        ["uneven", "chain"] => Some(waits(&listed(), long_chain(3))?.overall_mean_wait),
        ["uneven", "chain", practice] => {
            let place = practice.strip_prefix('t')?.parse::<usize>().ok()?;
            waits(&listed(), long_chain(3))?
                .mean_wait
                .get(place)
                .copied()
        }
        [posts, _, _, metric] => {
            let posts = parse(posts) as usize;
            let rates = vec![target.parameter("rho"); posts];
            let wait =
                |who: fn(usize) -> Vec<u32>| Some(waits(&rates, who(posts))?.overall_mean_wait);
            match metric {
                "ded" => wait(dedicated),
                "chain" => wait(long_chain),
                "full" => wait(pooled),
                "capture" => Some(benefit_captured(
                    wait(dedicated)?,
                    wait(long_chain)?,
                    wait(pooled)?,
                )),
                _ => None,
            }
        }
        _ => None,
    }
}

/// The number after a word: "pause at 20 resume at 10".
fn number_after(target: &Target, words: &str) -> f64 {
    let (_, rest) = (target.parameters.split_once(words)).expect("the parameter is there");
    let number = rest.trim_start().split([' ', '/']).next();
    parse(number.expect("a part"))
}

fn pause(target: &Target) -> Option<f64> {
    let of = |name: &str| target.parameter(name);
    let model = ReferralPause::new(
        of("lam"),
        of("mu"),
        of("c") as u32,
        number_after(target, "pause at") as u32,
        number_after(target, "resume at") as u32,
    )?;
    match target.metric() {
        "off" => Some(model.refused),
        "Wq" => Some(model.mean_wait),
        "L" => Some(model.mean_present),
        _ => None,
    }
}

/// "quit 0.2/yr refill 14.0 w".
fn vacancies(target: &Target) -> Option<f64> {
    let of = |name: &str| target.parameter(name);
    let team = Team {
        arrival_rate: of("lam"),
        service_rate: of("mu"),
        posts: of("N") as u32,
        quit_rate: number_after(target, "quit") / WEEKS_PER_GREGORIAN_YEAR,
        refill_rate: 1.0 / number_after(target, "refill"),
    };
    let found = team.steady_state()?;
    match target.metric() {
        "avail" => Some(found.mean_filled),
        "empty" => Some(found.nobody),
        "Wq" => Some(found.mean_wait),
        _ => None,
    }
}
