//! How strain is measured and what it does.

use super::Resolver;
use crate::model::{Feedback, Strain};
use crate::scenario::file::{FeedbackWord, StrainTable};
use crate::scenario::reader::Field;

/// What stands where the table was refused.
const SOME: Strain = Strain {
    reference_caseload_per_wte: 52.0,
    memory_weeks: 8.0,
    feedback: None,
};

/// How strain is measured and what it does, and whether the scenario is to be run with and without
/// its effects.
pub fn strain(field: &Field<StrainTable>, r: &mut Resolver) -> (Strain, bool) {
    let Some(table) = field.peek() else {
        return (SOME, false);
    };
    let word = table.feedback.used_or(&mut r.ledger, FeedbackWord::Off);
    let ledger = &mut r.ledger;
    let feedback = (word != FeedbackWord::Off).then(|| Feedback {
        leaving_hazard_ratio: table.leaving_hazard_ratio.used_or(ledger, 1.0),
        sickness_increase: table.sickness_increase.used_or(ledger, 0.0),
        no_supervision_factor: table.no_supervision_factor.used_or(ledger, 1.0),
        several_practices_factor: table.several_practices_factor.used_or(ledger, 1.0),
        light_touch_share: table.light_touch_share.used_or(ledger, 0.0),
    });
    let strain = Strain {
        reference_caseload_per_wte: table
            .reference_caseload_per_wte
            .used_or(ledger, SOME.reference_caseload_per_wte),
        memory_weeks: table.memory_weeks.used_or(ledger, SOME.memory_weeks),
        feedback,
    };
    (strain, word == FeedbackWord::Both)
}
