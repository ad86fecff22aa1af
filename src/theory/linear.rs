//! Small dense matrices, for the balance equations of small Markov chains: products and systems of
//! linear equations. For hundreds of unknowns, not for thousands: time goes with the cube.

/// Rows of equal length.
pub(crate) type Matrix = Vec<Vec<f64>>;

/// The x with `matrix` x = `right`; `None` where [`solve_all`] has no answer.
///
/// Worked: 2x + y = 5 and x + 3y = 10 give x = 1, y = 3.
pub(crate) fn solve(matrix: Matrix, right: Vec<f64>) -> Option<Vec<f64>> {
    let columns = right.into_iter().map(|value| vec![value]).collect();
    let solution = solve_all(matrix, columns)?;
    Some(solution.into_iter().flatten().collect())
}

/// The X with `matrix` X = `right`, by Gaussian elimination with the largest pivot of each column
/// (Golub & Van Loan 2013, section 3.4); `None` when the shapes do not fit, when a pivot vanishes
/// (a singular matrix) or where the answer is not finite.
pub(crate) fn solve_all(mut matrix: Matrix, mut right: Matrix) -> Option<Matrix> {
    let size = matrix.len();
    if right.len() != size || matrix.iter().any(|row| row.len() != size) {
        return None;
    }
    for column in 0..size {
        let largest = |&a: &usize, &b: &usize| {
            f64::total_cmp(&matrix[a][column].abs(), &matrix[b][column].abs())
        };
        let pivot = (column..size).max_by(largest)?;
        matrix.swap(column, pivot);
        right.swap(column, pivot);
        eliminate_below(&mut matrix, &mut right, column);
    }
    for at in (0..size).rev() {
        let (row, below) = right[at..].split_first_mut()?;
        for (known, share) in below.iter().zip(&matrix[at][at + 1..]) {
            subtract(row, *share, known);
        }
        row.iter_mut().for_each(|value| *value /= matrix[at][at]);
    }
    let finite = right.iter().flatten().all(|value| value.is_finite());
    finite.then_some(right)
}

/// Takes the multiple of row `at` from every row below it that leaves 0 in column `at`.
fn eliminate_below(matrix: &mut [Vec<f64>], right: &mut [Vec<f64>], at: usize) {
    let (above, below) = matrix.split_at_mut(at + 1);
    let (right_above, right_below) = right.split_at_mut(at + 1);
    for (row, right_row) in below.iter_mut().zip(right_below) {
        let share = row[at] / above[at][at];
        subtract(&mut row[at..], share, &above[at][at..]);
        subtract(right_row, share, &right_above[at]);
    }
}

/// `row` less `share` times `other`. A share of NaN stays in the row: the answer is not finite.
fn subtract(row: &mut [f64], share: f64, other: &[f64]) {
    for (value, taken) in row.iter_mut().zip(other) {
        *value -= share * taken;
    }
}

/// The product of two matrices whose shapes fit.
pub(crate) fn multiply(left: &[Vec<f64>], right: &[Vec<f64>]) -> Matrix {
    let columns = right.first().map_or(0, Vec::len);
    let product = |row: &Vec<f64>| {
        let mut sums = vec![0.0; columns];
        for (factor, other) in row.iter().zip(right) {
            subtract(&mut sums, -factor, other);
        }
        sums
    };
    left.iter().map(product).collect()
}

/// The inverse; `None` where [`solve_all`] has no answer.
pub(crate) fn inverse(matrix: Matrix) -> Option<Matrix> {
    let one = identity(matrix.len());
    solve_all(matrix, one)
}

/// Ones on the diagonal.
pub(crate) fn identity(size: usize) -> Matrix {
    let unit = |at| (0..size).map(move |column| f64::from(u8::from(column == at)));
    (0..size).map(|at| unit(at).collect()).collect()
}

/// `left` + `share` x `right`, for matrices of one shape.
pub(crate) fn add(mut left: Matrix, share: f64, right: &[Vec<f64>]) -> Matrix {
    for (row, other) in left.iter_mut().zip(right) {
        subtract(row, -share, other);
    }
    left
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assert_solved(matrix: Matrix, right: Vec<f64>) {
        let solution = solve(matrix.clone(), right.clone()).expect("regular");
        for (row, right) in matrix.iter().zip(right) {
            let left: f64 = row.iter().zip(&solution).map(|(a, x)| a * x).sum();
            assert!((left - right).abs() < 1e-12, "{left} is not {right}");
        }
    }

    #[test]
    fn by_hand_and_with_a_first_pivot_of_nothing() {
        let two = solve(vec![vec![2.0, 1.0], vec![1.0, 3.0]], vec![5.0, 10.0]);
        let two = two.expect("regular");
        assert!((two[0] - 1.0).abs() < 1e-15 && (two[1] - 3.0).abs() < 1e-15);
        assert_solved(
            vec![
                vec![0.0, 2.0, 1.0],
                vec![1.0, -2.0, -3.0],
                vec![-1.0, 1.0, 2.0],
            ],
            vec![-8.0, 0.0, 3.0],
        );
        assert_eq!(solve(Vec::new(), Vec::new()), Some(Vec::new()));
    }

    /// Without the exchange of rows x would come out as 0.
    #[test]
    fn the_largest_pivot_keeps_the_digits() {
        let answer = solve(vec![vec![1e-20, 1.0], vec![1.0, 1.0]], vec![1.0, 2.0]);
        let answer = answer.expect("regular");
        assert!((answer[0] - 1.0).abs() < 1e-15 && (answer[1] - 1.0).abs() < 1e-15);
    }

    #[test]
    fn a_singular_or_misshapen_system_has_no_answer() {
        let singular = vec![vec![1.0, 2.0], vec![2.0, 4.0]];
        assert_eq!(solve(singular.clone(), vec![1.0, 2.0]), None);
        assert_eq!(inverse(singular), None);
        assert_eq!(solve(vec![vec![0.0]], vec![0.0]), None);
        assert_eq!(solve(vec![vec![1.0, 2.0]], vec![1.0]), None);
        assert_eq!(solve(vec![vec![1.0]], vec![1.0, 2.0]), None);
        assert_eq!(solve(vec![vec![f64::NAN]], vec![1.0]), None);
    }

    #[test]
    fn products_sums_and_inverses_by_hand() {
        let matrix = vec![vec![1.0, 2.0], vec![3.0, 4.0]];
        let tall = vec![vec![1.0], vec![10.0]];
        assert_eq!(multiply(&matrix, &tall), [[21.0], [43.0]]);
        let ones = add(identity(2), 2.0, &matrix);
        assert_eq!(ones, [[3.0, 4.0], [6.0, 9.0]]);
        let inverse = inverse(matrix.clone()).expect("regular");
        let product = multiply(&matrix, &inverse);
        let error = add(product, -1.0, &identity(2));
        assert!(error.iter().flatten().all(|value| value.abs() < 1e-15));
    }
}
