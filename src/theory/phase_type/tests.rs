//! Known values, and the models that M/PH/c contains.

use super::super::erlang::ErlangC;
use super::super::fixed_service::constant_service_mean_wait;
use super::super::service::Service;
use super::super::single_server::SingleServer;
use super::super::targets::assert_six_digits;
use super::*;

fn erlang(stages: u32, mean: f64) -> PhaseType {
    PhaseType::erlang(stages, mean).expect("proper")
}

#[test]
fn waits_match_table_c5() {
    for (servers, load, two_stages, wild) in [
        (2, 0.8, 1.342_391, 4.285_378),
        (3, 0.8, 0.818_262, 2.536_262),
        (5, 0.8, 0.423_226, 1.254_151),
        (5, 0.9, 1.153_309, 3.644_409),
    ] {
        // In a unit of time of which a service takes 10.
        let rate = load * f64::from(servers) / 10.0;
        let mild = erlang(2, 10.0);
        let wilder = PhaseType::balanced_hyperexponential(10.0, 4.0).expect("proper");
        for (service, target) in [(mild, two_stages), (wilder, wild)] {
            let model = PhaseTypeServers::new(rate, &service, servers).expect("stable");
            assert_six_digits(model.mean_wait / 10.0, target);
            assert_six_digits(model.mean_queue, rate * model.mean_wait);
            assert_six_digits(model.utilisation, load);
        }
    }
}

#[test]
fn one_phase_is_erlang_c() {
    for (servers, load) in [(1, 0.5), (2, 0.01), (5, 0.8), (40, 0.95), (3, 0.999)] {
        let rate = 4.0 * load * f64::from(servers);
        let exact = ErlangC::new(rate, 4.0, servers).expect("stable");
        let alike = PhaseType::hyperexponential(&[2.0, 1.0], &[0.25, 0.25]).expect("proper");
        for service in [erlang(1, 0.25), alike] {
            let model = PhaseTypeServers::new(rate, &service, servers).expect("stable");
            assert!((model.wait_probability / exact.wait_probability - 1.0).abs() < 1e-9);
            assert!((model.mean_wait / exact.mean_wait - 1.0).abs() < 1e-9);
        }
    }
}

#[test]
fn one_server_is_pollaczeks() {
    let means = [0.1, 0.5, 2.0];
    let shares = [6.0, 3.0, 1.0];
    let pairs = [
        (erlang(3, 0.4), Service::erlang(3, 0.4)),
        (erlang(30, 0.4), Service::erlang(30, 0.4)),
        (
            PhaseType::hyperexponential(&shares, &means).expect("proper"),
            Service::hyperexponential(&shares, &means),
        ),
    ];
    for (phases, moments) in pairs {
        let moments = moments.expect("proper");
        assert_six_digits(phases.mean(), moments.mean);
        for load in [0.2, 0.9] {
            let rate = load / moments.mean;
            let exact = SingleServer::new(rate, &moments).expect("stable");
            let model = PhaseTypeServers::new(rate, &phases, 1).expect("stable");
            assert!((model.mean_wait / exact.mean_wait - 1.0).abs() < 1e-10);
            assert!((model.wait_probability / load - 1.0).abs() < 1e-10);
        }
    }
}

/// More stages are more regular: the wait comes down to that of constant services, and about as 1 /
/// stages, as Cosmetatos has it; the difference grows from 0 to 3.5% of the distance.
#[test]
fn many_stages_come_near_constant_services() {
    let wait = |stages| {
        let model = PhaseTypeServers::new(1.6, &erlang(stages, 1.0), 2).expect("stable");
        model.mean_wait
    };
    let constant = constant_service_mean_wait(1.6, 1.0, 2).expect("stable");
    let exponential = ErlangC::new(1.6, 1.0, 2).expect("stable").mean_wait;
    for stages in [1, 2, 5, 12] {
        let above = (wait(stages) - constant) / (exponential - constant);
        assert!((above * f64::from(stages) - 1.0).abs() < 0.04);
    }
}

#[test]
fn improper_services_and_overloads_have_no_steady_state() {
    for mean in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        assert_eq!(PhaseType::erlang(2, mean), None);
        assert_eq!(PhaseType::hyperexponential(&[1.0, 1.0], &[1.0, mean]), None);
        assert_eq!(PhaseType::balanced_hyperexponential(mean, 2.0), None);
    }
    assert_eq!(PhaseType::erlang(0, 1.0), None);
    assert_eq!(PhaseType::erlang(u32::MAX, 1.0), None);
    assert_eq!(PhaseType::hyperexponential(&[1.0], &[1.0, 2.0]), None);
    assert_eq!(PhaseType::hyperexponential(&[0.0], &[1.0]), None);
    let service = erlang(2, 1.0);
    for rate in [3.0, 4.0, 0.0, -1.0, f64::NAN, f64::INFINITY] {
        assert_eq!(PhaseTypeServers::new(rate, &service, 3), None);
    }
    assert_eq!(PhaseTypeServers::new(1.0, &service, 0), None);
    // Too many servers to keep an account of.
    assert_eq!(PhaseTypeServers::new(1.0, &service, 200), None);
    for endless in [&service, &erlang(1, 1.0)] {
        assert_eq!(PhaseTypeServers::new(1.0, endless, u32::MAX), None);
    }
    assert_eq!(PhaseTypeServers::new(1.0, &erlang(50, 1.0), 4), None);
}
