//! How deeply a text nests, found before it is parsed.
//!
//! The TOML reader limits brackets by itself but not dotted keys, and a tree is read and dropped by
//! recursion: a few thousand dots would overflow the stack. The scan knows just enough TOML to tell
//! strings and comments from the rest.

/// Deepest nesting, brackets and dots together. A scenario needs six.
const MOST: usize = 40;

/// Where a text nests deeper than any scenario needs, if it does.
#[must_use]
pub fn too_deep(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut nesting = Nesting::default();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        at = match byte {
            b'"' | b'\'' => after_string(bytes, at),
            b'#' => after_comment(bytes, at),
            other => {
                nesting.see(*other);
                at + 1
            }
        };
        if nesting.depth() > MOST {
            return Some(at - 1);
        }
    }
    None
}

/// The brackets that are open, each with the depth around it, and the dots of the key at hand.
#[derive(Debug, Default)]
struct Nesting {
    open: Vec<usize>,
    around: usize,
    dots: usize,
}

impl Nesting {
    const fn depth(&self) -> usize {
        self.around + self.dots
    }

    fn see(&mut self, byte: u8) {
        match byte {
            b'.' => self.dots += 1,
            b',' | b'\n' => self.dots = 0,
            b'[' | b'{' => {
                self.open.push(self.around);
                self.around += self.dots + 1;
                self.dots = 0;
            }
            b']' | b'}' => {
                self.around = self.open.pop().unwrap_or(0);
                self.dots = 0;
            }
            _ => {}
        }
    }
}

fn after_comment(bytes: &[u8], at: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    at + rest
        .iter()
        .position(|byte| *byte == b'\n')
        .unwrap_or(rest.len())
}

/// The place after the string that begins at `at`. A string of one line ends with its line even if
/// it is not closed, as in the reader, which goes on there.
fn after_string(bytes: &[u8], at: usize) -> usize {
    let quote = bytes[at];
    let is_long = bytes
        .get(at..at + 3)
        .is_some_and(|three| three.iter().all(|byte| *byte == quote));
    let mut at = if is_long { at + 3 } else { at + 1 };
    while let Some(byte) = bytes.get(at) {
        match *byte {
            b'\\' if quote == b'"' => at += 2,
            b'\n' if !is_long => return at,
            found if found == quote => {
                let run = bytes[at..]
                    .iter()
                    .take(5)
                    .take_while(|byte| **byte == quote)
                    .count();
                match (is_long, run) {
                    (false, _) => return at + 1,
                    // Up to two quotes may stand before the three that close.
                    (true, 3..) => return at + run,
                    (true, _) => at += run,
                }
            }
            _ => at += 1,
        }
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dots_and_brackets_add_up() {
        assert_eq!(too_deep(&format!("a{} = 1", ".a".repeat(40))), None);
        assert!(too_deep(&format!("a{} = 1", ".a".repeat(41))).is_some());
        assert!(too_deep(&"[".repeat(41)).is_some());
        let inline =
            |count: usize| format!("x = {}1{}", "{a.b.c = ".repeat(count), "}".repeat(count));
        assert_eq!(too_deep(&inline(13)), None);
        assert!(too_deep(&inline(14)).is_some());
    }

    #[test]
    fn what_is_side_by_side_does_not_add_up() {
        assert_eq!(too_deep(&"a.b = [1.5, 2.5]\n".repeat(100)), None);
        assert_eq!(
            too_deep(&"[[a.b]]\nc = {d.e = 1, f = []}\n".repeat(100)),
            None
        );
    }

    #[test]
    fn strings_and_comments_do_not_count() {
        let dots = ". ".repeat(100);
        for text in [
            format!("a = \"{dots}\""),
            format!("a = '{dots}'"),
            format!("a = \"\\\"{dots}\""),
            format!("a = \"\"\"{dots}\n\"{dots}\"\"\"\"\""),
            format!("a = '''{dots}\\'''"),
            format!("# {dots}\na = 1 # {dots}"),
        ] {
            assert_eq!(too_deep(&text), None, "{text}");
            assert!(too_deep(&format!("{text}\nb.{dots}")).is_some(), "{text}");
        }
        // A string that is not closed ends with its line.
        assert!(too_deep(&format!("a = \"b\nc.{dots}")).is_some());
    }
}
