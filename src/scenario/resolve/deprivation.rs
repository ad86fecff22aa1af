//! Deprivation: what a practice's fifth multiplies.

use super::Resolver;
use super::names::Names;
use crate::model::CaseType;
use crate::scenario::file::{DeprivationTable, PracticeTable, ScenarioFile};
use crate::scenario::finding::Finding;
use crate::scenario::kind::grouped;
use crate::scenario::reader::Field;

/// One factor for each fifth, the most deprived first.
type Fifths = [f64; 5];

/// Factors by fifth.
#[derive(Clone, Debug)]
pub struct Tilt {
    rate: Fifths,
    dna: Fifths,
    /// Factors of the share of each case type.
    case_types: Vec<Fifths>,
}

/// The factors of one practice.
#[derive(Clone, Debug)]
pub struct Factors {
    /// Of the usual rate.
    pub rate: f64,
    /// Of the shares of missed contacts.
    pub dna: f64,
    /// Of the share of each case type.
    pub case_types: Vec<f64>,
}

impl Tilt {
    /// The factors of a practice.
    #[must_use]
    pub fn of(&self, table: &PracticeTable) -> Factors {
        let fifth = table.deprivation_fifth.peek();
        let fifth = fifth.and_then(|fifth| usize::try_from(fifth.saturating_sub(1)).ok());
        let factor = |of: &Fifths| {
            fifth
                .and_then(|fifth| of.get(fifth).copied())
                .unwrap_or(1.0)
        };
        Factors {
            rate: factor(&self.rate),
            dna: factor(&self.dna),
            case_types: self.case_types.iter().map(factor).collect(),
        }
    }
}

/// The tilt of a file: all 1 if it says nothing. One that reaches no practice is noted.
pub fn tilt(file: &ScenarioFile, cases: &[CaseType], names: &Names, r: &mut Resolver) -> Tilt {
    let table = file.demand.peek().and_then(|it| it.deprivation.given());
    let mut tilt = Tilt {
        rate: [1.0; 5],
        dna: [1.0; 5],
        case_types: vec![[1.0; 5]; cases.len()],
    };
    let Some(table) = table.map(|written| &written.value) else {
        return tilt;
    };
    tilt.rate = fifths(&table.rate_factors, r);
    tilt.dna = fifths(&table.dna_factors, r);
    for (name, factors) in table.case_type_factors.items() {
        let position = names.find(name, &mut r.findings);
        if let Some(of_type) = position.and_then(|it| tilt.case_types.get_mut(it)) {
            of_type.copy_from_slice(factors);
        }
    }
    check_missed(table, &tilt.dna, cases, r);
    let practices = file.practices.items();
    if !practices.iter().any(|it| it.deprivation_fifth.is_in_file()) {
        r.notes.push(
            "`demand.deprivation` has no effect: no practice gives its `deprivation_fifth`."
                .to_owned(),
        );
    }
    tilt
}

fn fifths(field: &Field<Vec<f64>>, r: &mut Resolver) -> Fifths {
    let factors = field.used_or(&mut r.ledger, Vec::new());
    Fifths::try_from(factors).unwrap_or([1.0; 5])
}

/// Reports factors with which some contacts would all be missed, again and again.
fn check_missed(table: &DeprivationTable, factors: &Fifths, cases: &[CaseType], r: &mut Resolver) {
    let Field::Given(written) = &table.dna_factors else {
        return;
    };
    let most = factors.iter().copied().fold(0.0, f64::max);
    let all_missed = cases
        .iter()
        .find(|case| case.missed_share.greatest() * most >= 1.0);
    if let Some(case) = all_missed {
        let share = grouped(case.missed_share.greatest() * most);
        let finding = Finding::at(
            &written.at,
            "make every contact of some case type a missed one",
        );
        r.findings.add(
            finding
                .found(format!("a share of {share} of case type {}", case.name))
                .allowed("factors with which every `dna_share` stays below 1"),
        );
    }
}
