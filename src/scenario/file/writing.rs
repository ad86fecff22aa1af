//! What whoever writes a scenario file must know of the format: how text is quoted, what a name may
//! be, and how something foreign is shown.

pub use crate::scenario::nearest::nearest;
pub use crate::scenario::text::{holds_nhs_number, is_unprintable, quoted};
pub use crate::scenario::words::{LONGEST_NAME, fault_of_name};

/// Text as a TOML basic string: in quotation marks, with those in it escaped.
///
/// ```text
/// The "Old" Mill   becomes   "The \"Old\" Mill"
/// ```
#[must_use]
pub fn literal(text: &str) -> String {
    let mut literal = String::with_capacity(text.len() + 2);
    literal.push('"');
    for character in text.chars() {
        match character {
            '"' | '\\' => literal.extend(['\\', character]),
            '\n' => literal.push_str("\\n"),
            other if is_unprintable(other) => {
                literal.push_str(&format!("\\u{:04X}", u32::from(other)));
            }
            other => literal.push(other),
        }
    }
    literal.push('"');
    literal
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotation_marks_are_escaped() {
        assert_eq!(literal(r#"The "Old" \ Mill"#), r#""The \"Old\" \\ Mill""#);
        assert_eq!(literal("a\nb\u{7}"), r#""a\nb\u0007""#);
    }
}
