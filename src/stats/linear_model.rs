//! A linear model of any terms, and how well it foretells a point that it has not seen.
//!
//! The terms are factored once (see `householder`) and then fitted to as many responses as there are. What the model
//! would say of a point without having seen it needs no second fit: with leverage h and residual e it is
//! off by e / (1 - h) (Allen 1974, PRESS; Cook & Weisberg 1982, section 2.2).

use super::householder::{Column, length, reflect, reflect_back, solved, standard_errors};

/// A point with a leverage nearer to 1 than this decides its own fitted value: nothing is foretold of it.
const DECIDES_ITSELF: f64 = 1e-9;

/// Terms at a number of points, ready to be fitted.
#[derive(Clone, Debug)]
pub struct LinearModel {
    points: usize,
    /// Of each term its place among those that are told apart; `None` where others determine it.
    used: Vec<Option<usize>>,
    columns: Vec<Column>,
    leverages: Vec<f64>,
}

/// A fit.
#[derive(Clone, Debug, PartialEq)]
pub struct Fitted {
    /// For each term its coefficient and standard error; `None` where other terms determine it.
    pub coefficients: Vec<Option<(f64, f64)>>,
    /// What the fit says at each point.
    pub fitted: Vec<f64>,
    /// What a fit to all other points says at each; `None` where no fit to the others can say.
    pub left_out: Vec<Option<f64>>,
    /// Residual standard deviation, with the points less the terms as degrees of freedom.
    pub residual_sd: f64,
}

impl LinearModel {
    /// The terms, each a column of as many values as there are points; the constant is one of them if it
    /// is given. `None` where there are not more points than terms that can be told apart.
    #[must_use]
    pub fn of(terms: &[Vec<f64>]) -> Option<Self> {
        let points = terms.first()?.len();
        let mut columns: Vec<Column> = Vec::new();
        let mut used = Vec::with_capacity(terms.len());
        for term in terms {
            let column = Column::of(term.clone(), &columns);
            used.push(column.as_ref().map(|_| columns.len()));
            columns.extend(column);
        }
        if columns.len() >= points {
            return None;
        }
        let kept: Vec<&Vec<f64>> = terms
            .iter()
            .zip(&used)
            .filter_map(|(term, used)| used.map(|_| term))
            .collect();
        let leverage = |point: usize| {
            let row: Vec<f64> = kept.iter().map(|it| it[point]).collect();
            leverage(&columns, &row)
        };
        Some(Self {
            leverages: (0..points).map(leverage).collect(),
            points,
            used,
            columns,
        })
    }

    /// Terms that can be told apart.
    #[must_use]
    pub fn terms(&self) -> usize {
        self.columns.len()
    }

    /// The fit to a response at the same points. `None` where it has another number of values.
    ///
    /// Worked: response 1, 3, 2, 5, 4 at 1 to 5, terms 1 and x: 0.6 and 0.8 with standard errors 1.148913
    /// and 0.346410; left out, the first point is foretold as 2.0, off by 0.4 / (1 - 0.6) = 1.
    #[must_use]
    pub fn fit(&self, response: &[f64]) -> Option<Fitted> {
        if response.len() != self.points {
            return None;
        }
        let mut y = response.to_vec();
        reflect(&self.columns, &mut y);
        let terms = self.columns.len();
        let df = (self.points - terms) as f64;
        let residual_sd = length(&y[terms..]) / df.sqrt();
        let solution = solved(&self.columns, &y);
        let errors = standard_errors(&self.columns);
        let coefficient = |at: usize| {
            let length = self.columns[at].length;
            (solution[at] / length, residual_sd * errors[at] / length)
        };
        // Back through the reflections: what they make of the part that the terms explain.
        y[terms..].fill(0.0);
        reflect_back(&self.columns, &mut y);
        let all = response.iter().zip(&y).zip(&self.leverages);
        let left_out = all.map(|((seen, fitted), leverage)| {
            let left = 1.0 - leverage;
            (left > DECIDES_ITSELF).then(|| seen - (seen - fitted) / left)
        });
        Some(Fitted {
            left_out: left_out.collect(),
            coefficients: self.used.iter().map(|it| it.map(coefficient)).collect(),
            fitted: y,
            residual_sd,
        })
    }
}

/// How much a point decides its own fitted value, 0 to 1: the squared length of z where R'z is its row.
fn leverage(columns: &[Column], row: &[f64]) -> f64 {
    let mut z = vec![0.0; columns.len()];
    for (at, column) in columns.iter().enumerate() {
        let known: f64 = z[..at].iter().zip(&column.above).map(|(a, b)| a * b).sum();
        z[at] = (row[at] / column.length - known) / column.above[at];
    }
    z.iter().map(|it| it * it).sum::<f64>().min(1.0)
}

#[cfg(test)]
#[path = "linear_model_tests.rs"]
mod tests;
