//! Names that stand under each other, made short enough and never alike.
//!
//! Must not know what is named.

use super::glyphs::{fits, shorten, shorten_inside};
use super::style::Weight;

/// How a label is made short: its text, font size, weight and the most width it may have.
type Shorten = fn(&str, f64, Weight, f64) -> String;

/// Each of `names` no wider than `limit`. Those that would look alike keep the part in which they
/// differ; where that is too long, they are numbered.
pub(super) fn apart(names: &[&str], size: f64, weight: Weight, limit: f64) -> Vec<String> {
    told_apart(names, size, weight, limit, shorten)
}

/// Like [`apart`], with the end of a name kept where it is cut.
pub(super) fn apart_inside(names: &[&str], size: f64, weight: Weight, limit: f64) -> Vec<String> {
    told_apart(names, size, weight, limit, shorten_inside)
}

fn told_apart(names: &[&str], size: f64, weight: Weight, limit: f64, by: Shorten) -> Vec<String> {
    let short: Vec<String> = names.iter().map(|it| by(it, size, weight, limit)).collect();
    let (head, tail) = shared(names, &short);
    let fits = |text: &str| fits(text, size, weight, limit);
    let told = |at: usize| {
        let own = is_alike(names, &short, at).then(|| around(names[at], (head, tail), fits));
        own.flatten().unwrap_or_else(|| short[at].clone())
    };
    let told: Vec<String> = (0..names.len()).map(told).collect();
    let numbered = |at: usize| match is_alike(names, &told, at) {
        true => by(&format!("{}. {}", at + 1, names[at]), size, weight, limit),
        false => told[at].clone(),
    };
    (0..names.len()).map(numbered).collect()
}

/// Whether a label stands for another name too, or for none.
fn is_alike(names: &[&str], labels: &[String], at: usize) -> bool {
    let mut others = names.iter().zip(labels);
    labels[at] != names[at]
        && others.any(|(name, label)| *name != names[at] && *label == labels[at])
}

/// Letters at the beginning and at the end that all names whose labels are alike share, as whole
/// words.
fn shared(names: &[&str], labels: &[String]) -> (usize, usize) {
    let clash = (0..names.len()).filter(|at| is_alike(names, labels, *at));
    let clash: Vec<Vec<char>> = clash.map(|at| names[at].chars().collect()).collect();
    let Some((first, rest)) = clash.split_first() else {
        return (0, 0);
    };
    let shortest = clash.iter().map(Vec::len).min().unwrap_or_default();
    let same = |at: &usize| rest.iter().all(|it| it[*at] == first[*at]);
    let head = (0..shortest).take_while(same).count();
    let from_end = |it: &[char], at: usize| it[it.len() - 1 - at];
    let same = |at: &usize| {
        rest.iter()
            .all(|it| from_end(it, *at) == from_end(first, *at))
    };
    let tail = (0..shortest - head).take_while(same).count();
    let is_space = |letter: &char| letter.is_whitespace();
    let head = first[..head]
        .iter()
        .rposition(is_space)
        .map_or(0, |at| at + 1);
    let end = &first[first.len() - tail..];
    let tail = end.iter().position(is_space).map_or(0, |at| end.len() - at);
    (head, tail)
}

/// A name with what is its own kept, and as much of what it shares before it as fits; nothing where
/// its own is too long.
fn around(name: &str, (head, tail): (usize, usize), fits: impl Fn(&str) -> bool) -> Option<String> {
    let letters: Vec<char> = name.chars().collect();
    let (head, end) = (head.min(letters.len()), letters.len().saturating_sub(tail));
    let own: String = letters[head..end.max(head)].iter().collect();
    let of = |kept: usize| {
        let before: String = letters[..kept.min(head)].iter().collect();
        let before = match kept < head {
            true => format!("{}…", before.trim_end()),
            false => before,
        };
        let after = if tail > 0 { "…" } else { "" };
        format!("{before}{own}{after}")
    };
    (0..=head).rev().map(of).find(|it| fits(it))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn short(names: &[String]) -> Vec<String> {
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let labels = apart_inside(&names, 12.0, Weight::Regular, 190.0);
        assert!(
            labels
                .iter()
                .all(|it| fits(it, 12.0, Weight::Regular, 190.0)),
            "{labels:?}"
        );
        labels
    }

    #[test]
    fn names_that_differ_in_the_middle_still_do() {
        let names: Vec<String> = (1..=40)
            .map(|at| format!("Practice number {at} of the High Street Health Centre & Partners"))
            .collect();
        let labels = short(&names);
        assert_eq!(labels[0], "Practice number 1…");
        assert_eq!(labels[16], "Practice number 17…");
    }

    #[test]
    fn names_without_a_short_difference_are_numbered() {
        let names: Vec<String> = ["a", "b", "c"]
            .map(|letter| format!("{}{letter}{}", "x".repeat(60), "y".repeat(60)))
            .to_vec();
        let labels = short(&names);
        assert!(labels[1].starts_with("2. "), "{labels:?}");
        assert_ne!(labels[0], labels[2]);
    }

    #[test]
    fn names_that_fit_or_are_the_same_stay() {
        let names = ["Elm", "Oak", "Elm"].map(str::to_owned);
        assert_eq!(short(&names), names);
        let long = format!("Surgery {}", "z".repeat(90));
        let labels = short(&[long.clone(), long]);
        assert_eq!(labels[0], labels[1]);
    }
}
