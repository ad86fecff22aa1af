//! The formula in place of the simulation: `metamodel.csv`, and what is said of it.

use super::super::number::{for_file, optional_for_file, percent, readable};
use super::super::tables::Table;
use super::{Sweep, measure_of, short};
use crate::experiment::{Factor, KeyValues, Metamodel, NoSurface, Spread, Surface, Term};
use crate::report::comparison::words;
use std::io::{Result, Write};

/// The header of `metamodel.csv`.
const HEADER: &str = "measure,unit,transform,points,terms,r2,r2_left_out,left_out_rmse,term,first_key,first_middle,\
                      first_half,first_is,second_key,second_middle,second_half,coefficient,standard_error";

/// The part of what differs between points left out that a metamodel has to have to be of use.
const LEAST_FORETOLD: f64 = 0.5;

/// Letters of a number that is told as written.
const SHORT: usize = 6;

/// The name of the term that every metamodel has.
pub(in crate::report) const CONSTANT: &str = "constant";

/// The metamodels of a study, one for each measure that has one.
pub(in crate::report) struct Metamodels {
    /// The values of each key over the points behind them.
    pub(in crate::report) keys: Vec<KeyValues>,
    /// For each measure its metamodel.
    pub(in crate::report) of: Vec<Option<Metamodel>>,
}

impl Sweep<'_> {
    /// The points that a metamodel is fitted to: of a Sobol' design the base points A and B, of the
    /// others all. `None` of walks, which are for something else.
    fn points_behind(&self) -> Option<Vec<usize>> {
        let each = self.facts.keys.len() + 2;
        match self.facts.spread {
            Some(Spread::Morris(..)) => None,
            Some(Spread::Sobol(_)) => {
                let is_base = |point: &usize| point % each < 2;
                Some((0..self.facts.points).filter(is_base).collect())
            }
            Some(Spread::LatinHypercube(_)) | None => Some((0..self.facts.points).collect()),
        }
    }

    /// The values of each key at these points.
    pub(super) fn key_values(&self, points: &[usize]) -> Vec<KeyValues> {
        (0..self.facts.keys.len())
            .map(|key| key_values(points.iter().map(|point| self.values[*point][key].as_str())))
            .collect()
    }

    /// The metamodels, or why there are none, in words.
    pub(in crate::report) fn metamodels(&self) -> std::result::Result<Metamodels, String> {
        let Some(points) = self.points_behind().filter(|_| self.is_whole()) else {
            return Err(
                "A Morris design is for screening: no metamodel is fitted to it.".to_owned(),
            );
        };
        let keys = self.key_values(&points);
        let surface = Surface::of(&keys).map_err(why)?;
        let of_measure = |measure: usize| {
            let outcome = |point: &usize| self.done.get(point)?.measured(measure).map(|it| it.0);
            let outcomes: Vec<Option<f64>> = points.iter().map(outcome).collect();
            surface.fit(&outcomes)
        };
        let of = (0..self.facts.measures.len()).map(of_measure).collect();
        Ok(Metamodels { of, keys })
    }

    /// `metamodel.csv`: of each measure with a metamodel a row for each term. What is foretold is the sum over
    /// its rows of the coefficient times (value - middle) / half of its keys, taken back from the transform.
    /// Measures that do not vary, or have no value somewhere, have no rows.
    ///
    /// # Errors
    /// When `into` cannot be written.
    pub fn write_metamodel(&self, into: impl Write) -> Result<()> {
        let mut table = Table::begin(into, HEADER)?;
        if let Ok(all) = self.metamodels() {
            for (measure, found) in self.facts.measures.iter().zip(&all.of) {
                let Some(found) = found else { continue };
                for row in self.rows(measure, found, &all.keys) {
                    table.row(row.iter().map(String::as_str))?;
                }
            }
        }
        table.end()
    }

    fn rows(&self, measure: &str, found: &Metamodel, keys: &[KeyValues]) -> Vec<Vec<String>> {
        let told = found.terms.iter().filter(|(_, it)| it.is_some()).count();
        let whole = [
            measure.to_owned(),
            measure_of(measure)
                .map_or("", |it| it.unit.name())
                .to_owned(),
            found.transform.name().to_owned(),
            found.points.to_string(),
            told.to_string(),
            for_file(found.explained),
            for_file(found.foretold),
            for_file(found.left_out_rmse),
        ];
        let terms = found
            .terms
            .iter()
            .filter_map(|(term, it)| Some((term, (*it)?)));
        terms
            .map(|(term, (coefficient, error))| {
                let first = self.factor(term.first(), keys);
                let second = self.factor(term.get(1), keys);
                let own = [kind(term).to_owned()];
                let numbers = [for_file(coefficient), for_file(error)];
                let cells = whole.iter().chain(&own).chain(&first).chain(&second[..3]);
                cells.chain(&numbers).cloned().collect()
            })
            .collect()
    }

    /// Key, middle, half and word of a factor.
    fn factor(&self, factor: Option<&Factor>, keys: &[KeyValues]) -> [String; 4] {
        let none = String::new;
        match factor {
            None => [none(), none(), none(), none()],
            Some(Factor::Scaled { key, middle, half }) => {
                let ends = [middle, half].map(|it| optional_for_file(Some(*it)));
                let [middle, half] = ends;
                [self.facts.keys[*key].clone(), middle, half, none()]
            }
            Some(Factor::Is { key, word }) => {
                let word = match &keys[*key] {
                    KeyValues::Words(words, _) => words.get(*word).cloned(),
                    KeyValues::Numbers(_) => None,
                };
                let key = self.facts.keys[*key].clone();
                [key, none(), none(), word.unwrap_or_default()]
            }
        }
    }

    /// How well the first measure is foretold, as a sentence.
    ///
    /// # Errors
    /// Why nothing foretells it, as a sentence.
    pub(in crate::report) fn foretold(&self) -> std::result::Result<String, String> {
        let name = self.facts.measures.first().map_or("", String::as_str);
        let all = self.metamodels()?;
        let Some(found) = all.of.first().and_then(Option::as_ref) else {
            return Err(format!(
                "No metamodel of {name}: it does not vary, has no value at some point, or one point alone decides a term."
            ));
        };
        Ok(sentence(name, found))
    }
}

/// How well a measure is foretold.
fn sentence(name: &str, found: &Metamodel) -> String {
    let share = percent(found.foretold);
    if found.foretold < 0.0 {
        return format!(
            "A quadratic in the keys foretells {name} at points that were left out worse than the mean of all points does ({share} of \
             what differs): do not use it."
        );
    }
    if !is_of_use(found) {
        return format!(
            "A quadratic in the keys explains only {share} of what differs in {name} between points that were left out: do not use it."
        );
    }
    format!(
        "A quadratic in the keys foretells {name} at a point it has not seen to within {} (root mean square), and explains {share} \
         of what differs between points.",
        off(name, found.left_out_rmse)
    )
}

/// Whether a metamodel foretells as much of what differs between points left out as it misses.
pub(super) fn is_of_use(found: &Metamodel) -> bool {
    found.foretold >= LEAST_FORETOLD
}

/// How far off, in words: "1.3 percentage points", "4.2 days".
pub(in crate::report) fn off(measure: &str, rmse: f64) -> String {
    use crate::measure::Unit;
    match measure_of(measure).map(|it| it.unit) {
        Some(Unit::Share) => {
            let points = 100.0 * rmse;
            match points {
                points if points >= 0.05 => format!("{points:.1} percentage points"),
                _ => "0.05 percentage points".to_owned(),
            }
        }
        Some(unit) => words::with_unit(unit, rmse),
        None => for_file(rmse),
    }
}

/// What kind of term it is.
fn kind(term: &Term) -> &'static str {
    match term.as_slice() {
        [] => CONSTANT,
        [Factor::Is { .. }] => "step",
        [_] => "linear",
        [one, other] if one == other => "square",
        _ => "product",
    }
}

/// A value of a key as it is told: as written where that is short, numbers else in about three digits.
pub(in crate::report) fn said(value: &str) -> String {
    match number(value).filter(|_| value.len() > SHORT) {
        Some(number) => readable(number),
        None => short(value),
    }
}

/// Numbers where all of them are, else words in the order in which they come.
fn key_values<'v>(values: impl Iterator<Item = &'v str>) -> KeyValues {
    let texts: Vec<&str> = values.collect();
    let numbers = texts.iter().map(|text| number(text));
    if let Some(numbers) = numbers.collect::<Option<Vec<f64>>>() {
        return KeyValues::Numbers(numbers);
    }
    let mut words: Vec<String> = Vec::new();
    let at = texts.iter().map(|text| {
        let found = words.iter().position(|word| word == text);
        found.unwrap_or_else(|| {
            words.push((*text).to_owned());
            words.len() - 1
        })
    });
    let at = at.collect();
    KeyValues::Words(words, at)
}

/// The number that a value is; thousands may be set off by underscores, as in the file.
pub(in crate::report) fn number(text: &str) -> Option<f64> {
    let is_number = text.starts_with(|c: char| c.is_ascii_digit() || c == '-' || c == '+');
    let number = text.replace('_', "").parse::<f64>().ok();
    number.filter(|it| is_number && it.is_finite())
}

fn why(reason: NoSurface) -> String {
    match reason {
        NoSurface::NothingVaries => "No metamodel: nothing differs between the points.".to_owned(),
        NoSurface::TooManyKeys => {
            "No metamodel: a full quadratic of more than 20 keys has too many terms to be of use."
                .to_owned()
        }
        NoSurface::TooLarge => {
            "No metamodel: so many points of so many keys are not fitted (more than 5,000,000 values)."
                .to_owned()
        }
        NoSurface::TooFewPoints {
            points,
            terms,
            needed,
        } => format!(
            "No metamodel: a full quadratic in these keys has {terms} terms and asks for {needed} points; there are {points}."
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_numbers_where_all_are() {
        let of = |texts: &[&str]| key_values(texts.iter().copied());
        assert_eq!(
            of(&["1.0", "2_000", "-3e1"]),
            KeyValues::Numbers(vec![1.0, 2_000.0, -30.0])
        );
        let words = ["base", "2", "base"].map(str::to_owned);
        assert_eq!(
            of(&["base", "2", "base"]),
            KeyValues::Words(words[..2].to_vec(), vec![0, 1, 0])
        );
        assert_eq!(number("inf"), None);
        assert_eq!(said("1.98921123589"), "1.99");
        assert_eq!(
            (said("2.0"), said("base")),
            ("2.0".to_owned(), "base".to_owned())
        );
        assert_eq!(
            said("{ exponential = { mean = 45 } }"),
            "exponential mean 45"
        );
    }

    #[test]
    fn what_foretells_worse_than_the_mean_is_told_as_such() {
        let told = |foretold| {
            let found = Metamodel {
                transform: crate::experiment::Transform::Identity,
                terms: Vec::new(),
                points: 12,
                explained: 0.9,
                foretold,
                left_out_rmse: 4.0,
            };
            sentence("waiting_list_mean", &found)
        };
        assert!(told(-0.97).contains("worse than the mean of all points does (-97% of"));
        assert!(told(0.0).contains("explains only 0%"));
        assert!(told(0.98).contains("to within 4 people"), "{}", told(0.98));
    }
}
