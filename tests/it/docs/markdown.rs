//! Markdown and command lines, read just far enough to hold them against the program.

/// Lines of fenced blocks.
pub fn code_lines(text: &str) -> Vec<String> {
    let mut inside = false;
    let mut lines = Vec::new();
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            inside = !inside;
        } else if inside {
            lines.push(line.to_owned());
        }
    }
    lines
}

/// Text between single backquotes on one line, outside fenced blocks.
pub fn code_spans(text: &str) -> Vec<String> {
    outside_code(text)
        .iter()
        .flat_map(|line| line.split('`').skip(1).step_by(2).map(str::to_owned))
        .collect()
}

/// Lines outside fenced blocks.
fn outside_code(text: &str) -> Vec<&str> {
    let mut inside = false;
    let outside = text.lines().filter(|line| {
        let is_fence = line.trim_start().starts_with("```");
        inside ^= is_fence;
        !inside && !is_fence
    });
    outside.collect()
}

/// Words of a command line, with quotes as a shell reads them.
pub fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote: Option<char> = None;
    for c in line.chars() {
        match (quote, c) {
            (Some(open), _) if open == c => quote = None,
            (None, '\'' | '"') => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (None, ' ') => words.extend(word.take()),
            _ => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}

/// Targets of the links and pictures of a document.
pub fn links(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for line in outside_code(text) {
        let prose: String = line.split('`').step_by(2).collect();
        found.extend(
            prose
                .split("](")
                .skip(1)
                .filter_map(|rest| Some(rest.split_once(')')?.0.to_owned())),
        );
    }
    found
}

/// How a heading is linked to.
fn anchor(heading: &str) -> String {
    heading
        .to_lowercase()
        .chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'))
        .map(|c| if c == ' ' { '-' } else { c })
        .collect()
}

/// What the headings of a document are linked to as.
pub fn anchors(text: &str) -> Vec<String> {
    outside_code(text)
        .into_iter()
        .filter(|line| line.starts_with('#'))
        .map(|line| anchor(line.trim_start_matches('#').trim()))
        .collect()
}

#[test]
fn words_are_split_as_a_shell_splits_them() {
    assert_eq!(
        words("run a.toml --set 'x = [1]'"),
        ["run", "a.toml", "--set", "x = [1]"]
    );
    assert_eq!(words("  a  \"\" b"), ["a", "", "b"]);
}

#[test]
fn headings_and_links_are_read() {
    assert_eq!(anchor("How sure is it?"), "how-sure-is-it");
    assert_eq!(anchors("# A b\n```\n# no\n```\n## C"), ["a-b", "c"]);
    assert_eq!(
        links("see [a](b.md#c), `[x](y)` and ![d](e.png)"),
        ["b.md#c", "e.png"]
    );
    assert_eq!(code_lines("a\n```sh\nb\n```\nc"), ["b"]);
    assert_eq!(code_spans("`a` b `c`\n```\n`d`\n```"), ["a", "c"]);
}
