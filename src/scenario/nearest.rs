//! The nearest right word to a mistyped one.

/// Words longer than this are not compared: nobody mistypes them, and comparing is quadratic.
const LONGEST_COMPARED: usize = 80;
/// At most so many words are compared with one mistyped word.
const MOST_COMPARED: usize = 2_000;

/// The candidate that `typed` was probably meant to be, if any is near enough: at most a third of
/// its letters differ, or one begins with the other.
#[must_use]
pub fn nearest<'a>(typed: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let typed: Vec<char> = typed
        .chars()
        .take(LONGEST_COMPARED)
        .flat_map(char::to_lowercase)
        .collect();
    candidates
        .into_iter()
        .take(MOST_COMPARED)
        .filter_map(|candidate| Some((difference(&typed, candidate)?, candidate)))
        .min_by_key(|(difference, _)| *difference)
        .map(|(_, candidate)| candidate)
}

/// How different two words are, or `None` when they have nothing to do with each other.
fn difference(typed: &[char], candidate: &str) -> Option<usize> {
    let candidate: Vec<char> = candidate
        .chars()
        .take(LONGEST_COMPARED)
        .flat_map(char::to_lowercase)
        .collect();
    let allowed = (typed.len().max(candidate.len()) / 3).max(1);
    let (short, long) = (
        typed.len().min(candidate.len()),
        typed.len().max(candidate.len()),
    );
    let begins = short >= 3 && typed[..short] == candidate[..short];
    let edits = if long - short > allowed {
        usize::MAX
    } else {
        edits(typed, &candidate)
    };
    match (edits <= allowed, begins) {
        (true, _) => Some(edits),
        (false, true) => Some(allowed + long - short),
        (false, false) => None,
    }
}

/// Insertions, deletions, replacements and swaps of neighbours that turn `a` into `b` (optimal
/// string alignment).
fn edits(a: &[char], b: &[char]) -> usize {
    let mut rows = vec![vec![0; b.len() + 1]; a.len() + 1];
    for (i, row) in rows.iter_mut().enumerate() {
        row[0] = i;
    }
    rows[0] = (0..=b.len()).collect();
    for i in 1..=a.len() {
        for j in 1..=b.len() {
            let replaced = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut best = replaced.min(rows[i - 1][j] + 1).min(rows[i][j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            rows[i][j] = best;
        }
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mistyped_words_find_their_way() {
        let keys = ["weeks", "warm_up_weeks", "patience_days", "calendar"];
        assert_eq!(nearest("week", keys), Some("weeks"));
        assert_eq!(nearest("wekes", keys), Some("weeks"));
        assert_eq!(nearest("patience", keys), Some("patience_days"));
        assert_eq!(nearest("Calender", keys), Some("calendar"));
        assert_eq!(nearest("banana", keys), None);
    }
}
