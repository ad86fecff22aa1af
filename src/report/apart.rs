//! Which of several values, the greatest first, cannot be told from the greatest by their intervals, and
//! how a finding names them.

/// Names that a finding lists; of more it says how many there are.
const MOST_NAMED: usize = 3;

/// A name with the interval of its value.
pub(super) type Ranked<'a> = (&'a str, (f64, f64));

/// What stands first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Foremost {
    /// One, surely or because there is no other.
    One(String),
    /// One of these, in words: "this or that".
    Either(String),
    /// One of so many.
    Many(usize),
}

impl Foremost {
    /// Of values in order, the greatest first: those whose intervals reach that of the first.
    pub(super) fn of(ranked: &[Ranked]) -> Option<Self> {
        let (_, (low, _)) = ranked.first()?;
        Self::among(ranked, |(_, high)| *high >= *low)
    }

    /// The same where the least comes first.
    pub(super) fn least_of(ranked: &[Ranked]) -> Option<Self> {
        let (_, (_, high)) = ranked.first()?;
        Self::among(ranked, |(low, _)| *low <= *high)
    }

    fn among(ranked: &[Ranked], reaches: impl Fn(&(f64, f64)) -> bool) -> Option<Self> {
        let (first, others) = ranked.split_first()?;
        let others = others.iter().filter(|(_, ends)| reaches(ends));
        let names: Vec<&str> = std::iter::once(first)
            .chain(others)
            .map(|it| it.0)
            .collect();
        Some(match names.as_slice() {
            [one] => Self::One((*one).to_owned()),
            [most @ .., last] if names.len() <= MOST_NAMED => {
                Self::Either(format!("{} or {last}", most.join(", ")))
            }
            many => Self::Many(many.len()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_intervals_do_not_tell_apart_is_named_together() {
        let apart = [("a", (0.5, 0.7)), ("b", (0.3, 0.4)), ("c", (0.2, 0.45))];
        assert_eq!(Foremost::of(&apart), Some(Foremost::One("a".to_owned())));
        // The last reaches the first although the one between does not.
        let both = [("a", (0.33, 1.31)), ("b", (0.1, 0.2)), ("c", (0.0, 1.21))];
        let either = Some(Foremost::Either("a or c".to_owned()));
        assert_eq!(Foremost::of(&both), either);
        let many = [("a", (0.0, 1.0)); 4];
        assert_eq!(Foremost::of(&many), Some(Foremost::Many(4)));
        assert_eq!(
            Foremost::of(&many[1..]),
            Some(Foremost::Either("a, a or a".to_owned()))
        );
        assert_eq!(Foremost::of(&[]), None);
    }

    #[test]
    fn of_the_least_the_order_is_the_other_way_round() {
        let ranked = [("c", (0.1, 0.2)), ("b", (0.3, 0.4)), ("a", (0.15, 0.9))];
        let either = Some(Foremost::Either("c or a".to_owned()));
        assert_eq!(Foremost::least_of(&ranked), either);
    }
}
