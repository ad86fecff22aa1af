//! Columns made triangular by reflections, for whatever is fitted to them by least squares.
//!
//! Householder reflections of columns scaled to length 1 lose half as many digits as the normal equations
//! (Golub & Van Loan, Matrix Computations, section 5.3).

/// What is left of a column of length 1 below which the columns before it determine it.
pub const DEPENDENT: f64 = 1e-9;

/// One column after the reflections of those before it and its own.
#[derive(Clone, Debug)]
pub struct Column {
    /// Its length before it was scaled.
    pub length: f64,
    /// The part above the diagonal, and the diagonal.
    pub above: Vec<f64>,
    /// The vector of its own reflection, from the diagonal down.
    mirror: Vec<f64>,
}

impl Column {
    /// The column of these values; `None` where nothing is left of it.
    #[must_use]
    pub fn of(mut values: Vec<f64>, before: &[Self]) -> Option<Self> {
        let all = length(&values);
        if all <= 0.0 || !all.is_finite() || before.len() >= values.len() {
            return None;
        }
        values.iter_mut().for_each(|it| *it /= all);
        reflect(before, &mut values);
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

/// Puts `values` through the reflections of all columns.
pub fn reflect(columns: &[Column], values: &mut [f64]) {
    for (row, column) in columns.iter().enumerate() {
        column.reflect(values, row);
    }
}

/// Takes `values` back through the reflections of all columns.
pub fn reflect_back(columns: &[Column], values: &mut [f64]) {
    for (row, column) in columns.iter().enumerate().rev() {
        column.reflect(values, row);
    }
}

/// The solution of the triangle for the reflected response.
#[must_use]
pub fn solved(columns: &[Column], y: &[f64]) -> Vec<f64> {
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
#[must_use]
pub fn standard_errors(columns: &[Column]) -> Vec<f64> {
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

/// The length of a vector.
#[must_use]
pub fn length(values: &[f64]) -> f64 {
    values.iter().map(|it| it * it).sum::<f64>().sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 3, 4 has length 5 and its reflection leaves -5, 0; back through it comes what went in.
    #[test]
    fn a_column_becomes_its_length_and_comes_back() {
        let column = Column::of(vec![3.0, 4.0], &[]).expect("it has a length");
        assert!((column.length - 5.0).abs() < 1e-12);
        let columns = [column];
        let mut values = [3.0, 4.0];
        reflect(&columns, &mut values);
        assert!((values[0] + 5.0).abs() < 1e-12 && values[1].abs() < 1e-12);
        reflect_back(&columns, &mut values);
        assert!((values[0] - 3.0).abs() < 1e-12 && (values[1] - 4.0).abs() < 1e-12);
    }

    #[test]
    fn a_column_that_others_determine_is_none() {
        let one = Column::of(vec![1.0, 2.0, 3.0], &[]).expect("it is the first");
        assert!(Column::of(vec![2.0, 4.0, 6.0], &[one]).is_none());
        assert!(Column::of(vec![0.0, 0.0], &[]).is_none());
        assert!(Column::of(vec![f64::INFINITY, 1.0], &[]).is_none());
    }
}
