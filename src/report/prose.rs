//! Plain text in 80 columns: wrapped paragraphs, bullets and tables.

/// Columns of a terminal that everybody has.
pub const WIDTH: usize = 80;

/// `text` wrapped to the width, the first line after `first`, the others after as many spaces.
#[must_use]
pub fn wrapped(first: &str, text: &str) -> String {
    let indent = first.chars().count();
    let mut lines = String::from(first);
    let mut column = indent;
    for (index, word) in text.split_whitespace().enumerate() {
        let length = word.chars().count();
        if index > 0 && column + 1 + length > WIDTH {
            lines.push('\n');
            lines.push_str(&" ".repeat(indent));
            column = indent;
        } else if index > 0 {
            lines.push(' ');
            column += 1;
        }
        lines.push_str(word);
        column += length;
    }
    lines.push('\n');
    lines
}

/// A paragraph indented by two.
#[must_use]
pub fn paragraph(text: &str) -> String {
    wrapped("  ", text)
}

/// A bullet.
#[must_use]
pub fn bullet(text: &str) -> String {
    wrapped("  - ", text)
}

/// Letters between columns, where there is room; else one less.
const BETWEEN: usize = 3;
/// Letters before the first column.
const INDENT: usize = 2;
/// Letters of the first column at least, where it is broken into lines to make room.
const LEAST_FIRST: usize = 24;

/// Rows of cells in aligned columns, the first to the left and the others to the right. What is wider than
/// a terminal is set closer; then the first column is broken into lines; and where that does not do, the
/// table is told in parts, each with the first column again.
#[must_use]
pub fn aligned(rows: &[Vec<String>]) -> String {
    let widths = widths(rows);
    let Some((first, others)) = widths.split_first() else {
        return String::new();
    };
    let rest = |between: usize| others.iter().map(|it| it + between).sum::<usize>();
    let fits = |first: usize, between: usize| INDENT + first + rest(between) <= WIDTH;
    if fits(*first, BETWEEN) {
        return lined_up(rows, *first, BETWEEN);
    }
    if fits((*first).min(LEAST_FIRST), BETWEEN - 1) {
        let room = WIDTH - INDENT - rest(BETWEEN - 1);
        return lined_up(rows, room.min(*first), BETWEEN - 1);
    }
    let first = (*first).min(WIDTH / 2);
    let parts = parts(others, WIDTH.saturating_sub(INDENT + first));
    let part = |columns: &std::ops::Range<usize>| {
        let cells = |row: &Vec<String>| {
            let others = row.iter().enumerate().skip(1);
            let others = others.filter(|(at, _)| columns.contains(&(at - 1)));
            let head = row.first().cloned().into_iter();
            head.chain(others.map(|(_, cell)| cell.clone())).collect()
        };
        let rows: Vec<Vec<String>> = rows.iter().map(cells).collect();
        lined_up(&rows, first, BETWEEN)
    };
    parts.iter().map(part).collect::<Vec<_>>().join("\n")
}

/// Letters of the widest cell of each column.
fn widths(rows: &[Vec<String>]) -> Vec<usize> {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    (0..columns).map(width).collect()
}

/// Which of the columns with these widths go side by side, at least one each time.
fn parts(widths: &[usize], room: usize) -> Vec<std::ops::Range<usize>> {
    let mut parts = Vec::new();
    let (mut begin, mut taken) = (0, 0);
    for (at, width) in widths.iter().enumerate() {
        if at > begin && taken + width + BETWEEN > room {
            parts.push(begin..at);
            (begin, taken) = (at, 0);
        }
        taken += width + BETWEEN;
    }
    parts.push(begin..widths.len());
    parts
}

/// The rows with `first` letters for the first column, whose longer cells take several lines, and
/// `between` letters between columns.
fn lined_up(rows: &[Vec<String>], first: usize, between: usize) -> String {
    let widths = widths(rows);
    let mut text = String::new();
    for row in rows {
        let head = row.first().map(String::as_str).unwrap_or_default();
        let mut head = broken(head, first);
        let last = head.pop().unwrap_or_default();
        for line in head {
            text += format!("{:INDENT$}{line}", "").trim_end();
            text.push('\n');
        }
        let mut line = format!("{:INDENT$}{last:first$}", "");
        for (cell, width) in row.iter().zip(&widths).skip(1) {
            line += &format!("{:between$}{cell:>width$}", "");
        }
        text += line.trim_end();
        text.push('\n');
    }
    text
}

/// A cell in lines of so many letters, the ones after the first indented; as it is where it fits.
fn broken(cell: &str, room: usize) -> Vec<String> {
    if cell.chars().count() <= room {
        return vec![cell.to_owned()];
    }
    let mut lines: Vec<String> = Vec::new();
    let words = cell.split_whitespace();
    for piece in words.flat_map(|word| pieces(word, room.saturating_sub(INDENT).max(1))) {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + piece.chars().count() <= room => {
                line.push(' ');
                *line += &piece;
            }
            _ => {
                let indent = if lines.is_empty() { 0 } else { INDENT };
                lines.push(format!("{:indent$}{piece}", ""));
            }
        }
    }
    lines
}

/// A word in pieces of at most so many letters.
fn pieces(word: &str, most: usize) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    letters
        .chunks(most)
        .map(|piece| piece.iter().collect())
        .collect()
}

/// A list in words: "a", "a and b", "a, b and c".
#[must_use]
pub fn listed(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_stay_within_the_width() {
        let text = bullet(&"word ".repeat(60));
        assert!(text.lines().all(|line| line.chars().count() <= WIDTH));
        assert!(text.lines().skip(1).all(|line| line.starts_with("    w")));
    }

    #[test]
    fn columns_line_up() {
        let rows = vec![
            vec!["a".to_owned(), "1".to_owned()],
            vec!["bcd".to_owned(), "23".to_owned()],
        ];
        assert_eq!(aligned(&rows), "  a      1\n  bcd   23\n");
    }

    fn cells(row: &[&str]) -> Vec<String> {
        row.iter().map(|cell| (*cell).to_owned()).collect()
    }

    fn widest(text: &str) -> usize {
        text.lines().map(|it| it.chars().count()).max().unwrap_or(0)
    }

    #[test]
    fn a_wide_table_is_set_closer_then_broken() {
        let name = "contacted within 28 days";
        let rows = [cells(&[
            name,
            "at least 90.0%",
            "88.6%",
            "missed on average, not surely",
        ])];
        let text = aligned(&rows);
        assert_eq!(
            text,
            "  contacted within 28 days  at least 90.0%  88.6%  missed on average, not surely\n"
        );
        let long = "an option whose name says at length what it is about";
        let rows = [
            cells(&["", &"1".repeat(20), &"2".repeat(20)]),
            cells(&[long, "3", "4"]),
        ];
        let text = aligned(&rows);
        assert!(widest(&text) <= WIDTH, "{text}");
        let lines: Vec<&str> = text.lines().skip(1).collect();
        assert_eq!(lines[0], "  an option whose name says at");
        assert_eq!(lines[1].split_whitespace().last(), Some("4"), "{text}");
        assert!(
            lines[1].starts_with("    length what it is about  "),
            "{text}"
        );
    }

    #[test]
    fn a_table_of_many_columns_is_told_in_parts() {
        let heads = (1..=6).map(|it| format!("Link worker who is number {it}"));
        let head: Vec<String> = std::iter::once(String::new()).chain(heads).collect();
        let values = (1..=6).map(|it| it.to_string());
        let row: Vec<String> = std::iter::once("Client time".to_owned())
            .chain(values)
            .collect();
        let text = aligned(&[head, row]);
        assert!(widest(&text) <= WIDTH, "{text}");
        assert_eq!(text.matches("Client time").count(), 3, "{text}");
        for it in 1..=6 {
            assert!(text.contains(&format!("number {it}")), "{text}");
        }
    }

    #[test]
    fn a_very_long_word_is_cut() {
        let rows = [cells(&[&"x".repeat(200), &"1".repeat(30)])];
        assert!(widest(&aligned(&rows)) <= WIDTH);
    }
}
