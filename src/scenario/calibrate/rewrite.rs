//! Other values written into the text of a scenario: what stands in the same place is replaced, what is
//! not there is put under the heading of its table, and everything else, comments too, stays as it is.
//!
//! What comes out is not trusted: whoever asks reads it again and holds it against what was meant.

use crate::scenario::finding::Findings;
use crate::scenario::like;
use crate::scenario::node::{Node, Place};
use crate::scenario::path::{Step, parse};
use crate::scenario::syntax;
use crate::scenario::text::is_unprintable;
use crate::scenario::vary::{Address, kind_of_file, places};

/// The table of sources.
const PROVENANCE: &str = "provenance";
/// Longest old value that a comment repeats, in bytes.
const LONGEST_OLD: usize = 60;
/// The array whose tables copy each other.
const POSTS: &str = "posts";

/// A piece of text in place of another.
struct Piece {
    from: usize,
    to: usize,
    text: String,
}

/// The text with these values, and these rows of `[provenance]` by their keys; `None` where the file
/// writes one of them in a way that cannot be changed in place.
pub fn rewritten(
    text: &str,
    edits: &[(Vec<Step>, Node)],
    sources: &[(&str, String)],
) -> Option<String> {
    let mut nothing = Findings::default();
    let root = syntax::tree(text, &mut nothing)?;
    let mut whole = root.clone();
    like::apply(&mut whole, &mut nothing);
    let writer = Writer {
        text,
        root: &root,
        whole: &whole,
        line_end: if text.contains("\r\n") { "\r\n" } else { "\n" },
    };
    let mut pieces = Vec::new();
    for (steps, node) in edits {
        pieces.extend(writer.edit(steps, &node.written())?);
    }
    for (key, row) in sources {
        pieces.push(writer.source(key, row, &pieces)?);
    }
    writer.joined(pieces)
}

/// Text as a TOML basic string.
pub fn literal(text: &str) -> String {
    let mut literal = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => literal.extend(['\\', character]),
            other if is_unprintable(other) => {
                literal.push_str(&format!("\\u{:04X}", u32::from(other)));
            }
            other => literal.push(other),
        }
    }
    literal.push('"');
    literal
}

struct Writer<'a> {
    text: &'a str,
    /// The file as written.
    root: &'a Node,
    /// The file with what posts take from each other.
    whole: &'a Node,
    line_end: &'a str,
}

impl Writer<'_> {
    /// The pieces that put a value where a path leads.
    fn edit(&self, steps: &[Step], value: &str) -> Option<Vec<Piece>> {
        let reached = places(self.whole, &kind_of_file(), steps);
        let mut pieces = Vec::new();
        for place in &reached {
            if !self.comes_by_like(place, &reached) {
                pieces.push(self.put(place, value)?);
                pieces.extend(self.of_old_value(place, value));
            }
        }
        for (place, old) in self.left_behind(&reached) {
            pieces.push(self.put(&place, &old)?);
        }
        Some(pieces)
    }

    /// Whether a post takes the value from another one that gets it.
    fn comes_by_like(&self, place: &Address, reached: &[Address]) -> bool {
        let is_given = at(self.root, place).is_some();
        !is_given
            && self
                .model_of(place)
                .is_some_and(|model| reached.contains(&model))
    }

    /// Posts that take a value from one that gets another, and shall keep it.
    fn left_behind(&self, reached: &[Address]) -> Vec<(Address, String)> {
        let Some([posts, _, rest @ ..]) = reached.first().map(Vec::as_slice) else {
            return Vec::new();
        };
        let many = self
            .root
            .child(POSTS)
            .and_then(Node::items)
            .map_or(0, <[Node]>::len);
        if posts != POSTS {
            return Vec::new();
        }
        let all = (0..many).map(|position| {
            let head = [posts.clone(), position.to_string()];
            head.into_iter()
                .chain(rest.iter().cloned())
                .collect::<Address>()
        });
        let follows = |place: &Address| {
            let model = self.model_of(place);
            !reached.contains(place)
                && at(self.root, place).is_none()
                && model.is_some_and(|model| reached.contains(&model))
        };
        all.filter(follows)
            .filter_map(|place| {
                let old = at(self.whole, &place)?.written();
                Some((place, old))
            })
            .collect()
    }

    /// The same place in the post that this one is like.
    fn model_of(&self, place: &Address) -> Option<Address> {
        let [posts, position, rest @ ..] = place.as_slice() else {
            return None;
        };
        let items = self.root.child(POSTS).filter(|_| posts == POSTS)?.items()?;
        let like = items
            .get(position.parse::<usize>().ok()?)?
            .child("like")?
            .text()?;
        let is_it = |post: &Node| post.child("name").and_then(Node::text) == Some(like);
        let model = items.iter().position(is_it)?;
        let head = [posts.clone(), model.to_string()];
        Some(head.into_iter().chain(rest.iter().cloned()).collect())
    }

    /// The piece that puts a value at a place.
    fn put(&self, place: &Address, value: &str) -> Option<Piece> {
        if let Some(node) = at(self.root, place) {
            let (from, to) = span(node)?;
            return Some(Piece {
                from,
                to,
                text: value.to_owned(),
            });
        }
        let depth = (0..place.len())
            .rev()
            .find(|depth| at(self.root, &place[..*depth]).is_some())?;
        let missing = &place[depth..];
        match depth {
            0 => self.new_section(missing, value),
            _ => self.under(at(self.root, &place[..depth])?, &nested(missing, value)),
        }
    }

    /// The piece by which a comment behind a value that changes says what it spoke of: `# was 91: days`.
    fn of_old_value(&self, place: &Address, value: &str) -> Option<Piece> {
        let (from, to) = span(at(self.root, place)?)?;
        let old = self.text.get(from..to)?;
        let is_short = old.len() <= LONGEST_OLD && !old.contains(['\n', '#']);
        let line = self.text.get(to..)?.lines().next()?;
        let comment = to + comment_in(line)? + 1;
        (is_short && old != value).then(|| Piece {
            from: comment,
            to: comment,
            text: format!(" was {old}:"),
        })
    }

    /// A table that the file does not have, at its end.
    fn new_section(&self, missing: &[String], value: &str) -> Option<Piece> {
        let (table, rest) = missing.split_first().filter(|(_, rest)| !rest.is_empty())?;
        let end = self.line_end;
        Some(Piece {
            from: self.text.len(),
            to: self.text.len(),
            text: format!("{end}[{table}]{end}{}{end}", nested(rest, value)),
        })
    }

    /// A line under the heading of a table, or the first pair of one that stands in braces.
    fn under(&self, table: &Node, pair: &str) -> Option<Piece> {
        let (from, to) = span(table)?;
        let is_empty = table.entries()?.is_empty();
        let (at, text) = match self.text.get(from..to)?.chars().next()? {
            '{' if is_empty => (from + 1, format!(" {pair} ")),
            '{' => (from + 1, format!(" {pair},")),
            '[' => {
                let rest = self.text.get(to..)?;
                let line = rest.find('\n').map_or(rest.len(), |at| at + 1);
                let is_last = line == rest.len() && !rest.ends_with('\n');
                let lead = if is_last { self.line_end } else { "" };
                (to + line, format!("{lead}{pair}{}", self.line_end))
            }
            _ => return None,
        };
        Some(Piece {
            from: at,
            to: at,
            text,
        })
    }

    /// The piece that says where the value of a key is from.
    fn source(&self, key: &str, row: &str, others: &[Piece]) -> Option<Piece> {
        let table = self.root.child(PROVENANCE);
        let steps = parse(key).ok()?;
        let entries = table.and_then(Node::entries).unwrap_or_default();
        let is_it =
            |it: &&crate::scenario::node::Entry| parse(&it.key).is_ok_and(|other| other == steps);
        let pair = format!("{} = {row}", literal(key));
        let is_of_whole = |it: &&crate::scenario::node::Entry| {
            let is_free = span(&it.node).is_some_and(|(from, _)| {
                let is_there = |other: &Piece| other.from == from;
                !others.iter().any(is_there)
            });
            is_free && parse(&it.key).is_ok_and(|other| self.is_law_of(&other, &steps))
        };
        let entry = entries.iter().find(is_it);
        let entry = entry.or_else(|| entries.iter().find(is_of_whole));
        match (entry, table) {
            (Some(entry), _) => {
                let (from, to) = span(&entry.node)?;
                let is_in_braces = self.text.get(from..to)?.starts_with('{');
                is_in_braces.then(|| Piece {
                    from,
                    to,
                    text: row.to_owned(),
                })
            }
            (None, Some(table)) => self.under(table, &pair),
            (None, None) => {
                let end = self.line_end;
                Some(Piece {
                    from: self.text.len(),
                    to: self.text.len(),
                    text: format!("{end}[{PROVENANCE}]{end}{pair}{end}"),
                })
            }
        }
    }

    /// Whether a way leads to a distribution, and the other to a parameter of it.
    fn is_law_of(&self, whole: &[Step], parameter: &[Step]) -> bool {
        let is_above = parameter.len() == whole.len() + 2 && parameter.starts_with(whole);
        let reached = places(self.whole, &kind_of_file(), whole);
        let is_law = |place: &Address| {
            let entries = at(self.whole, place).and_then(Node::entries);
            entries.is_some_and(|it| it.len() == 1)
        };
        is_above && !reached.is_empty() && reached.iter().all(is_law)
    }

    /// The text with all pieces; `None` where two overlap. Of two new tables of one name the second has no
    /// heading.
    fn joined(&self, mut pieces: Vec<Piece>) -> Option<String> {
        pieces.sort_by_key(|piece| (piece.from, piece.to));
        let mut result = String::with_capacity(self.text.len() + 1_000);
        let mut done = 0;
        let mut headings: Vec<String> = Vec::new();
        for piece in pieces {
            result.push_str(self.text.get(done..piece.from)?);
            if piece.from == self.text.len() && !result.ends_with('\n') {
                result.push_str(self.line_end);
            }
            let heading = format!("{}[", self.line_end);
            let own = piece
                .text
                .strip_prefix(&heading)
                .and_then(|it| it.split_once(']'));
            match own {
                Some((name, rest)) if headings.iter().any(|it| it == name) => {
                    result.push_str(rest.trim_start_matches(['\r', '\n']));
                }
                _ => result.push_str(&piece.text),
            }
            headings.extend(own.map(|(name, _)| name.to_owned()));
            done = piece.to;
        }
        result.push_str(self.text.get(done..)?);
        Some(result)
    }
}

/// `key = value`, in braces below the first of several keys.
fn nested(keys: &[String], value: &str) -> String {
    match keys {
        [] => value.to_owned(),
        [last] => format!("{last} = {value}"),
        [first, rest @ ..] => format!("{first} = {{ {} }}", nested(rest, value)),
    }
}

/// Where the comment of the rest of a line begins, if it has one.
fn comment_in(line: &str) -> Option<usize> {
    let mut quote = None;
    let mut is_escaped = false;
    for (position, it) in line.char_indices() {
        match (quote, it) {
            (Some('"'), '\\') => is_escaped = !is_escaped,
            (Some(mark), it) if it == mark && !is_escaped => quote = None,
            (Some(_), _) => is_escaped = false,
            (None, '"' | '\'') => quote = Some(it),
            (None, '#') => return Some(position),
            (None, _) => {}
        }
    }
    None
}

/// The node at a place.
fn at<'a>(tree: &'a Node, place: &[String]) -> Option<&'a Node> {
    place
        .iter()
        .try_fold(tree, |node, step| match node.items() {
            Some(items) => items.get(step.parse::<usize>().ok()?),
            None => node.child(step),
        })
}

const fn span(node: &Node) -> Option<(usize, usize)> {
    match node.place {
        Place::File(from, to) => Some((from, to)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "# A file.\n[waiting_list]   # who waits\npatience_days = { exponential = { mean = 91 } } \
                        # weeks\n\n[[posts]]\nname = \"Ann\"\nclient_share = 0.6 # D\n\n[[posts]]\nname = \"Bob\"\n\
                        like = \"Ann\"\n\n[provenance]\n\"waiting_list.patience_days\" = { source = \"us\" }\n";

    fn edited(file: &str, key: &str, value: f64) -> Option<String> {
        let edit = (parse(key).ok()?, Node::of_number(Place::Whole, value));
        rewritten(file, &[edit], &[])
    }

    fn changed(key: &str, value: f64, old: &str, new: &str) {
        let expected = FILE.replace(old, new);
        assert_ne!(expected, FILE, "the test itself");
        assert_eq!(edited(FILE, key, value), Some(expected), "{key}");
    }

    #[test]
    fn a_value_is_replaced_where_it_stands() {
        let key = "waiting_list.patience_days.exponential.mean";
        changed(key, 60.5, "mean = 91 } } #", "mean = 60.5 } } # was 91:");
    }

    #[test]
    fn a_value_for_all_is_written_once_where_others_copy_it() {
        changed("posts.*.client_share", 0.5, "= 0.6 #", "= 0.5 # was 0.6:");
        let own = "name = \"Bob\"\n";
        let at = "[[posts]]\nname = \"Bob\"\n";
        changed(
            "posts.Bob.client_share",
            0.5,
            at,
            &format!("[[posts]]\nclient_share = 0.5\n{own}"),
        );
    }

    #[test]
    fn whoever_copies_keeps_what_it_had() {
        let made = edited(FILE, "posts.Ann.client_share", 0.5).expect("it can be written");
        assert!(made.contains("name = \"Ann\"\nclient_share = 0.5 # was 0.6: D"));
        assert!(made.contains("[[posts]]\nclient_share = 0.6\nname = \"Bob\""));
    }

    #[test]
    fn what_is_not_there_stands_under_its_heading_or_at_the_end() {
        changed(
            "waiting_list.gp_reversion_share",
            0.4,
            "# who waits\n",
            "# who waits\ngp_reversion_share = 0.4\n",
        );
        let made = edited(FILE, "first_contact.answered_share", 0.7).expect("it can be written");
        assert!(made.ends_with("\n[first_contact]\nanswered_share = 0.7\n"));
        let two = [
            ("first_contact.answered_share", 0.7),
            ("first_contact.attempts", 2.0),
        ];
        let two = two.map(|(key, value)| {
            (
                parse(key).expect("a path"),
                Node::of_number(Place::Whole, value),
            )
        });
        let made = rewritten(FILE, &two, &[]).expect("it can be written");
        assert!(made.ends_with("\n[first_contact]\nanswered_share = 0.7\nattempts = 2\n"));
    }

    #[test]
    fn sources_are_replaced_or_added() {
        let row = "{ source = \"fit\" }".to_owned();
        let made = rewritten(FILE, &[], &[("waiting_list.patience_days", row.clone())]);
        assert_eq!(made, Some(FILE.replace("\"us\"", "\"fit\"")));
        // Of a parameter it is that of the whole value, and no second one beside it.
        let mean = "waiting_list.patience_days.exponential.mean";
        let made = rewritten(FILE, &[], &[(mean, row.clone())]);
        assert_eq!(made, Some(FILE.replace("\"us\"", "\"fit\"")));
        let made = rewritten(FILE, &[], &[("posts.*.client_share", row.clone())]);
        let made = made.expect("it can be written");
        assert!(
            made.contains("[provenance]\n\"posts.*.client_share\" = { source = \"fit\" }\n\"wait")
        );
        let bare = "[demand]\r\ndispersion = 1";
        let made = rewritten(bare, &[], &[("demand.dispersion", row)]);
        let end = "\r\n\r\n[provenance]\r\n\"demand.dispersion\" = { source = \"fit\" }\r\n";
        assert_eq!(made, Some(format!("{bare}{end}")));
    }

    #[test]
    fn a_comment_is_none_within_quotation_marks() {
        assert_eq!(comment_in(" } # days"), Some(3));
        assert_eq!(comment_in(", note = \"no \\\" # 1\" } # D"), Some(23));
        assert_eq!(comment_in(", note = 'no # 1' }"), None);
    }

    #[test]
    fn what_cannot_be_changed_in_place_is_not() {
        assert_eq!(
            edited("demand.dispersion = 2\n", "demand.re_referral_share", 0.1),
            None
        );
    }
}
