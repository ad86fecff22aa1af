//! Symmetric matrices of moderate size: inverses, whitening and principal directions.
//!
//! A matrix is a list of rows. Sizes here are of numbers that somebody observed and of inputs that they
//! are to tell, some dozens at most, so that plain loops do. Nothing here knows what the rows are.
//!
//! Sources: Golub & Van Loan (2013), Matrix Computations, 4th edition, sections 4.2 (Cholesky) and 8.5
//! (Jacobi's method for the symmetric eigenvalue problem).

/// A matrix, row by row.
pub type Matrix = Vec<Vec<f64>>;

/// Rounds of rotations at most; some six reach the last digit.
const MOST_ROUNDS: usize = 60;
/// What is left off the diagonal, relative to all, at which rotations end.
const DIAGONAL: f64 = 1e-15;

/// A lower triangle L with L L' = the matrix it was made of.
#[derive(Clone, Debug, PartialEq)]
pub struct Cholesky(Matrix);

impl Cholesky {
    /// The factor of a symmetric matrix; `None` where it is not positive definite.
    ///
    /// Worked: ((4, 2), (2, 3)) has ((2, 0), (1, sqrt 2)).
    #[must_use]
    pub fn of(matrix: &[Vec<f64>]) -> Option<Self> {
        let size = matrix.len();
        let mut lower: Matrix = vec![vec![0.0; size]; size];
        for row in 0..size {
            for column in 0..=row {
                let before = dot(&lower[row][..column], &lower[column][..column]);
                let rest = matrix[row][column] - before;
                lower[row][column] = match row == column {
                    true if rest > 0.0 => rest.sqrt(),
                    true => return None,
                    false => rest / lower[column][column],
                };
            }
        }
        Some(Self(lower))
    }

    /// L^-1 times a vector: what has the matrix as covariance comes to have independent parts of
    /// variance 1.
    #[must_use]
    pub fn whitened(&self, vector: &[f64]) -> Vec<f64> {
        let mut result: Vec<f64> = Vec::with_capacity(vector.len());
        for (row, value) in self.0.iter().zip(vector) {
            let at = result.len();
            result.push((value - dot(&row[..at], &result)) / row[at]);
        }
        result
    }

    /// The solution x of matrix x = vector.
    #[must_use]
    pub fn solved(&self, vector: &[f64]) -> Vec<f64> {
        let mut result = self.whitened(vector);
        for at in (0..result.len()).rev() {
            let below = at + 1..result.len();
            let known: f64 = below.map(|row| self.0[row][at] * result[row]).sum();
            result[at] = (result[at] - known) / self.0[at][at];
        }
        result
    }
}

/// Eigenvalues, the greatest first, and of each its eigenvector of length 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Eigen {
    /// The eigenvalues, falling.
    pub values: Vec<f64>,
    /// The eigenvector of each; its entry of greatest size is positive.
    pub vectors: Matrix,
}

impl Eigen {
    /// Of a symmetric matrix, by Jacobi's rotations.
    ///
    /// Worked: ((2, 1), (1, 2)) has 3 along (1, 1) / sqrt 2 and 1 along (1, -1) / sqrt 2.
    #[must_use]
    pub fn of(matrix: &[Vec<f64>]) -> Self {
        let size = matrix.len();
        let mut work: Matrix = matrix.to_vec();
        let mut turned: Matrix = (0..size).map(|row| unit(size, row)).collect();
        let all: f64 = work.iter().map(|row| dot(row, row)).sum();
        for _ in 0..MOST_ROUNDS {
            let off: f64 = (0..size)
                .flat_map(|row| (0..row).map(move |column| (row, column)))
                .map(|(row, column)| work[row][column].powi(2))
                .sum();
            if off <= DIAGONAL * DIAGONAL * all {
                break;
            }
            for row in 0..size {
                for column in row + 1..size {
                    rotate(&mut work, &mut turned, row, column);
                }
            }
        }
        let mut order: Vec<usize> = (0..size).collect();
        order.sort_by(|one, other| work[*other][*other].total_cmp(&work[*one][*one]));
        Self {
            values: order.iter().map(|at| work[*at][*at]).collect(),
            vectors: order.iter().map(|at| upright(&turned, *at)).collect(),
        }
    }

    /// The matrix with the same directions and other values: each eigenvalue as `change` makes it.
    #[must_use]
    pub fn with_values(&self, change: impl Fn(f64) -> f64) -> Matrix {
        let size = self.values.len();
        let mut result = vec![vec![0.0; size]; size];
        for (value, vector) in self.values.iter().zip(&self.vectors) {
            let changed = change(*value);
            for (row, left) in result.iter_mut().zip(vector) {
                for (cell, right) in row.iter_mut().zip(vector) {
                    *cell += changed * left * right;
                }
            }
        }
        result
    }
}

/// One rotation, which makes the entry at `row` and `column` 0.
fn rotate(work: &mut Matrix, turned: &mut Matrix, row: usize, column: usize) {
    let off = work[row][column];
    if off.abs() <= f64::MIN_POSITIVE {
        return;
    }
    let slope = (work[column][column] - work[row][row]) / (2.0 * off);
    let tangent = slope.signum() / (slope.abs() + slope.hypot(1.0));
    let cosine = 1.0 / tangent.hypot(1.0);
    let sine = tangent * cosine;
    for line in work.iter_mut().chain(turned.iter_mut()) {
        let (one, other) = (line[row], line[column]);
        line[row] = cosine * one - sine * other;
        line[column] = sine * one + cosine * other;
    }
    // `row` is above `column`.
    let (upper, lower) = work.split_at_mut(column);
    for (one, other) in upper[row].iter_mut().zip(lower[0].iter_mut()) {
        (*one, *other) = (cosine * *one - sine * *other, sine * *one + cosine * *other);
    }
}

/// A column of the turned axes, its greatest entry positive.
fn upright(turned: &Matrix, column: usize) -> Vec<f64> {
    let vector: Vec<f64> = turned.iter().map(|row| row[column]).collect();
    let greatest =
        vector.iter().copied().fold(
            0.0_f64,
            |most, it| if it.abs() > most.abs() { it } else { most },
        );
    let sign = if greatest < 0.0 { -1.0 } else { 1.0 };
    vector.into_iter().map(|it| sign * it).collect()
}

fn unit(size: usize, at: usize) -> Vec<f64> {
    (0..size)
        .map(|it| if it == at { 1.0 } else { 0.0 })
        .collect()
}

/// The sum of products of two vectors, as far as both reach.
#[must_use]
pub fn dot(one: &[f64], other: &[f64]) -> f64 {
    one.iter().zip(other).map(|(a, b)| a * b).sum()
}

/// A matrix times a vector.
#[must_use]
pub fn times(matrix: &[Vec<f64>], vector: &[f64]) -> Vec<f64> {
    matrix.iter().map(|row| dot(row, vector)).collect()
}

/// The sum over rows of their products with themselves, A'A: of rows of `size` entries a matrix of
/// `size` by `size`.
#[must_use]
pub fn gram(rows: &[Vec<f64>], size: usize) -> Matrix {
    let mut result = vec![vec![0.0; size]; size];
    for row in rows {
        for (line, left) in result.iter_mut().zip(row) {
            for (cell, right) in line.iter_mut().zip(row) {
                *cell += left * right;
            }
        }
    }
    result
}

/// Rows for columns; `size` is how long the rows are.
#[must_use]
pub fn transposed(rows: &[Vec<f64>], size: usize) -> Matrix {
    (0..size)
        .map(|at| rows.iter().map(|row| row[at]).collect())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(value: f64, expected: f64) {
        assert!(
            (value - expected).abs() < 1e-12,
            "{value} and not {expected}"
        );
    }

    /// Hilbert's matrix, which is badly conditioned.
    fn hilbert(size: usize) -> Matrix {
        let entry = |row: usize, column: usize| 1.0 / (row + column + 1) as f64;
        (0..size)
            .map(|row| (0..size).map(|column| entry(row, column)).collect())
            .collect()
    }

    #[test]
    fn a_factor_is_the_textbook_one_and_solves() {
        let factor = Cholesky::of(&[vec![4.0, 2.0], vec![2.0, 3.0]]).expect("it is definite");
        let white = factor.whitened(&[2.0, 1.0 + 2.0_f64.sqrt()]);
        near(white[0], 1.0);
        near(white[1], 1.0);
        let solved = factor.solved(&[8.0, 7.0]);
        near(solved[0], 1.25);
        near(solved[1], 1.5);
        assert!(Cholesky::of(&[vec![1.0, 2.0], vec![2.0, 1.0]]).is_none());
    }

    #[test]
    fn two_by_two_has_the_textbook_directions() {
        let eigen = Eigen::of(&[vec![2.0, 1.0], vec![1.0, 2.0]]);
        near(eigen.values[0], 3.0);
        near(eigen.values[1], 1.0);
        near(eigen.vectors[0][0], 0.5_f64.sqrt());
        near(eigen.vectors[1][0] * eigen.vectors[1][1], -0.5);
    }

    /// The eigenvalues of the 4 by 4 Hilbert matrix stand in Gregory & Karney (1969), A Collection of
    /// Matrices for Testing Computational Algorithms.
    #[test]
    fn hilberts_matrix_has_the_published_eigenvalues() {
        let eigen = Eigen::of(&hilbert(4));
        for (value, expected) in eigen.values.iter().zip([
            1.500_214_280_059_243,
            0.169_141_220_221_450_3,
            0.006_738_273_605_760_748,
            9.670_230_402_258_68e-5,
        ]) {
            near(*value, expected);
        }
        let again = eigen.with_values(|value| value);
        for (row, expected) in again.iter().zip(hilbert(4)) {
            for (cell, expected) in row.iter().zip(expected) {
                near(*cell, expected);
            }
        }
    }

    #[test]
    fn products_are_those_of_the_definition() {
        let rows = vec![vec![1.0, 2.0], vec![3.0, 4.0], vec![0.0, 1.0]];
        assert_eq!(gram(&rows, 2), vec![vec![10.0, 14.0], vec![14.0, 21.0]]);
        assert_eq!(times(&rows, &[1.0, -1.0]), vec![-1.0, -1.0, -1.0]);
        assert_eq!(transposed(&rows, 2)[1], vec![2.0, 4.0, 1.0]);
    }
}
