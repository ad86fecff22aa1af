//! What is left to chance in the peer model, drawn with the samplers of `rand_distr`.

use crate::numbers::{
    CALL_HOURS, CONTACT_HOURS, CONTACT_SHAPE, GAP_AFTER_MISSED_HOURS, GAP_HOURS, LOST_HOURS,
    MISSED, Practice,
};
use crate::post::{Ending, Task};
use rand::{Rng, RngExt};
use rand_distr::{Distribution, Exp1, Gamma};

/// How long a piece of work takes, and whether the person was there.
#[derive(Clone, Copy, Debug)]
pub struct Slot {
    /// Its length, in hours.
    pub hours: f64,
    /// False if a contact was missed.
    pub attended: bool,
}

/// The samplers of the model.
#[derive(Clone, Copy, Debug)]
pub struct Draws {
    contact_hours: Gamma<f64>,
}

impl Default for Draws {
    fn default() -> Self {
        let shape = f64::from(CONTACT_SHAPE);
        let contact_hours = Gamma::new(shape, CONTACT_HOURS / shape);
        Self {
            contact_hours: contact_hours.expect("shape and scale are positive"),
        }
    }
}

impl Draws {
    /// Hours until the practice refers again.
    pub fn until_referral(&self, practice: &Practice, rng: &mut impl Rng) -> f64 {
        exponential(1.0 / practice.referrals_an_hour(), rng)
    }

    /// What comes of `task`.
    pub fn slot(&self, task: Task, rng: &mut impl Rng) -> Slot {
        if task.is_call {
            let hours = exponential(CALL_HOURS, rng);
            Slot {
                hours,
                attended: true,
            }
        } else if rng.random::<f64>() < MISSED {
            Slot {
                hours: LOST_HOURS,
                attended: false,
            }
        } else {
            Slot {
                hours: self.contact_hours.sample(rng),
                attended: true,
            }
        }
    }

    /// Hours from the end of a piece of work until the case falls due again.
    pub fn gap(&self, ending: Ending, rng: &mut impl Rng) -> f64 {
        if ending.attended {
            exponential(GAP_HOURS, rng)
        } else {
            GAP_AFTER_MISSED_HOURS
        }
    }
}

/// An exponential draw.
pub fn exponential(mean: f64, rng: &mut impl Rng) -> f64 {
    let one: f64 = Exp1.sample(rng);
    mean * one
}
