//! Paths of keys: `posts.0.wte`, `posts."Link worker 1".wte`, `posts.*.wte`.

/// One step of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Every table of an array.
    Every,
    /// A key, a position or a name, whichever the place calls for.
    Word(String),
}

impl Step {
    /// As written in a path.
    #[must_use]
    pub fn written(&self) -> &str {
        match self {
            Self::Every => "*",
            Self::Word(word) => word,
        }
    }
}

/// The steps of a path; steps may stand in single or double quotes and then hold dots.
///
/// # Errors
/// What is wrong with the path, in words.
pub fn parse(path: &str) -> Result<Vec<Step>, String> {
    let mut steps = Vec::new();
    let mut rest = path.trim();
    loop {
        let (step, after) = first_step(rest)?;
        steps.push(step);
        match after.strip_prefix('.') {
            Some(more) => rest = more,
            None if after.is_empty() => return Ok(steps),
            None => return Err("has something other than a dot after a quoted step".to_owned()),
        }
    }
}

fn first_step(path: &str) -> Result<(Step, &str), String> {
    let quote = path
        .chars()
        .next()
        .filter(|first| matches!(first, '"' | '\''));
    let (word, after) = match quote {
        Some(quote) => path[1..]
            .split_once(quote)
            .ok_or_else(|| format!("has a {quote} that is not closed"))?,
        None => path.split_at(path.find('.').unwrap_or(path.len())),
    };
    match (word.trim(), quote) {
        ("", None) => Err("has an empty step".to_owned()),
        ("*", None) => Ok((Step::Every, after)),
        (word, None) => Ok((Step::Word(word.to_owned()), after)),
        (_, Some(_)) => Ok((Step::Word(word.to_owned()), after)),
    }
}

/// The path of a key in the table at `path`.
#[must_use]
pub fn join(path: &str, key: &str) -> String {
    let is_bare = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    let key = match !key.is_empty() && key.chars().all(is_bare) {
        true => key.to_owned(),
        false => format!("\"{key}\""),
    };
    match path {
        "" => key,
        path => format!("{path}.{key}"),
    }
}

/// The path with every position replaced by `*`.
#[must_use]
pub fn pattern(path: &str) -> String {
    let is_position = |step: &str| !step.is_empty() && step.bytes().all(|b| b.is_ascii_digit());
    let steps = path
        .split('.')
        .map(|step| if is_position(step) { "*" } else { step });
    steps.collect::<Vec<_>>().join(".")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(path: &str) -> Vec<String> {
        let steps = parse(path).expect("a good path");
        steps.iter().map(|step| step.written().to_owned()).collect()
    }

    #[test]
    fn steps_may_be_quoted() {
        assert_eq!(words("posts.0.wte"), ["posts", "0", "wte"]);
        assert_eq!(words("posts.\"Dr. A\".wte"), ["posts", "Dr. A", "wte"]);
        assert_eq!(
            words("posts.Link worker 1.wte"),
            ["posts", "Link worker 1", "wte"]
        );
        assert_eq!(parse("a.'*'").expect("good")[1], Step::Word("*".to_owned()));
        assert!(parse("a..b").is_err());
        assert!(parse("a.\"b").is_err());
        assert!(parse("a.\"b\"c").is_err());
        assert!(parse("").is_err());
    }

    #[test]
    fn patterns_forget_positions() {
        assert_eq!(pattern("posts.12.wte"), "posts.*.wte");
        assert_eq!(join("a", "b c"), "a.\"b c\"");
    }
}
