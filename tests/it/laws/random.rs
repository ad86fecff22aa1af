//! Laws on thousands of random cases. Where a law fails, the case is made as small as it can be
//! with the law still failing, and shown.

use std::cell::RefCell;
use std::panic::PanicHookInfo;
use std::sync::Once;

use proptest::test_runner::{Config, RngSeed, TestError, TestRunner};

use super::chance::{AnyChoices, Chance, Choices};
use super::services;
use crate::support::{Told, tell_of};

/// The same cases every time.
const SEED: u64 = 20_261_005;
/// Smaller cases tried at most; some hundreds are usual.
const MOST_SHRINKS: u32 = 20_000;

/// A random service.
pub struct Random {
    /// Its scenario file.
    pub text: String,
    /// The seed of its simulation.
    pub seed: u64,
    /// Decisions that the law itself takes.
    pub chance: Chance,
}

impl Random {
    /// The service of these choices.
    pub fn of(choices: &Choices) -> Self {
        let mut chance = Chance::new(choices);
        chance.enter(services::ROOM_OF_THE_LAW);
        Self {
            text: services::service(choices),
            seed: choices.seed(),
            chance,
        }
    }

    /// Replication 0 of it.
    pub fn tell(&self) -> Told {
        tell_of(&self.text, &[], self.seed)
    }
}

/// Holds a law against so many random services.
#[track_caller]
pub fn on_services(cases: u32, law: impl Fn(&mut Random)) {
    always(cases, services::service, |choices| {
        law(&mut Random::of(choices));
    });
}

/// Holds a law against so many lists of choices; `show` tells what was made of one.
#[track_caller]
pub fn always(cases: u32, show: impl Fn(&Choices) -> String, law: impl Fn(&Choices)) {
    stay_quiet();
    SAID.set(Some(String::new()));
    let mut runner = TestRunner::new(Config {
        cases,
        rng_seed: RngSeed::Fixed(SEED),
        failure_persistence: None,
        max_shrink_iters: MOST_SHRINKS,
        ..Config::default()
    });
    let result = runner.run(&AnyChoices, |choices| {
        law(&choices);
        Ok(())
    });
    let said = SAID.take().unwrap_or_default();
    match result {
        Ok(()) => {}
        Err(TestError::Fail(_, smallest)) => panic!(
            "{said}\n\nThe smallest case that shows it (seed {}, {} choices are not the simplest):\n{}",
            smallest.seed(),
            smallest.not_simple(),
            show(&smallest)
        ),
        Err(TestError::Abort(why)) => panic!("{why}"),
    }
}

thread_local! {
    /// What the last law that failed on this thread said, while laws are held here.
    static SAID: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// While a law is held against smaller and smaller cases its failures are kept, not shown; those
/// of other tests are shown as ever.
fn stay_quiet() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let show = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic: &PanicHookInfo<'_>| {
            let kept = SAID.with_borrow_mut(|said| match said {
                Some(said) => {
                    *said = panic.to_string();
                    true
                }
                None => false,
            });
            if !kept {
                show(panic);
            }
        }));
    });
}

/// A list of choices shrinks to the one that matters, and that one to the smallest that does.
#[test]
fn shrinking_finds_the_smallest() {
    let law = |choices: &Choices| {
        let mut chance = Chance::new(choices);
        chance.enter(7);
        let (first, second) = (chance.below(1_000), chance.below(1_000));
        assert!(first < 300 || second > 900, "{first} and {second}");
    };
    let failed = std::panic::catch_unwind(|| {
        always(1_000, |it| format!("{} left", it.not_simple()), law);
    });
    let said = failed.expect_err("some of 1,000 fail");
    let said = said.downcast_ref::<String>().expect("it says which");
    assert!(said.contains("300 and 0"), "{said}");
    assert!(said.contains("seed 0, 1 choices"), "{said}");
}
