//! A linear model of any terms, and how well it foretells a point that it has not seen.
//!
//! The terms are factored once (Householder reflections of columns scaled to length 1, Golub & Van Loan,
//! Matrix Computations, section 5.3) and then fitted to as many responses as there are. What the model
//! would say of a point without having seen it needs no second fit: with leverage h and residual e it is
//! off by e / (1 - h) (Allen 1974, PRESS; Cook & Weisberg 1982, section 2.2).

/// What is left of a column of length 1 below which the columns before it determine it.
const DEPENDENT: f64 = 1e-9;
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

/// One term after the reflections of those before it and its own.
#[derive(Clone, Debug)]
struct Column {
    /// Its length before it was scaled.
    length: f64,
    /// The part above the diagonal, and the diagonal.
    above: Vec<f64>,
    /// The vector of its own reflection, from the diagonal down.
    mirror: Vec<f64>,
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
            let column = Column::of(term, &columns);
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
        for (row, column) in self.columns.iter().enumerate() {
            column.reflect(&mut y, row);
        }
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
        for (row, column) in self.columns.iter().enumerate().rev() {
            column.reflect(&mut y, row);
        }
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

impl Column {
    /// The column of a term; `None` where nothing is left of it.
    fn of(term: &[f64], before: &[Self]) -> Option<Self> {
        let all = length(term);
        if all <= 0.0 || !all.is_finite() || before.len() >= term.len() {
            return None;
        }
        let mut values: Vec<f64> = term.iter().map(|it| it / all).collect();
        for (row, column) in before.iter().enumerate() {
            column.reflect(&mut values, row);
        }
        let row = before.len();
        let left = length(&values[row..]);
        if left <= DEPENDENT {
            return None;
        }
        let diagonal = -left.copysign(values[row]);
        let mut mirror = values.split_off(row);
        mirror[0] -= diagonal;
        values.push(diagonal);
        Some(Self {
            length: all,
            above: values,
            mirror,
        })
    }

    /// Reflects `values` from `row` down.
    fn reflect(&self, values: &mut [f64], row: usize) {
        let squares: f64 = self.mirror.iter().map(|it| it * it).sum();
        let below = self.mirror.iter().zip(&values[row..]);
        let along: f64 = below.map(|(a, b)| a * b).sum();
        for (value, mirror) in values[row..].iter_mut().zip(&self.mirror) {
            *value -= 2.0 * along / squares * mirror;
        }
    }
}

/// The solution of the triangle for the reflected response.
fn solved(columns: &[Column], y: &[f64]) -> Vec<f64> {
    let mut solution = vec![0.0; columns.len()];
    for row in (0..columns.len()).rev() {
        let known: f64 = (row + 1..columns.len())
            .map(|later| columns[later].above[row] * solution[later])
            .sum();
        solution[row] = (y[row] - known) / columns[row].above[row];
    }
    solution
}

/// Square roots of the diagonal of the inverse of X'X: lengths of the rows of the inverse triangle.
fn standard_errors(columns: &[Column]) -> Vec<f64> {
    let mut squares = vec![0.0; columns.len()];
    for unit in 0..columns.len() {
        let mut y = vec![0.0; columns.len()];
        y[unit] = 1.0;
        for (square, entry) in squares.iter_mut().zip(solved(columns, &y)) {
            *square += entry * entry;
        }
    }
    squares.into_iter().map(f64::sqrt).collect()
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

fn length(values: &[f64]) -> f64 {
    values.iter().map(|it| it * it).sum::<f64>().sqrt()
}

#[cfg(test)]
#[path = "linear_model_tests.rs"]
mod tests;
