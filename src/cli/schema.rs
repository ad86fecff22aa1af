//! `splw-sim schema`: the scenario format for editors and for readers.

use super::command::SchemaArguments;
use super::failure::Failure;
use super::output::print;
use crate::scenario::{json_schema, reference_markdown};

/// Prints the JSON Schema, or the reference in Markdown.
///
/// # Errors
/// When stdout cannot be written.
pub fn schema(arguments: &SchemaArguments) -> Result<(), Failure> {
    if arguments.reference {
        return print(&reference_markdown());
    }
    print(&format!("{:#}\n", json_schema()))
}
