//! `splw-sim schema`: the formats of scenarios and studies for editors and for readers.

use super::command::SchemaArguments;
use super::failure::Failure;
use super::output::print;
use crate::scenario::{json_schema, reference_markdown, study_json_schema};

/// Prints the JSON Schema of the scenario file or of the study file, or the reference in Markdown.
///
/// # Errors
/// When stdout cannot be written.
pub fn schema(arguments: &SchemaArguments) -> Result<(), Failure> {
    if arguments.reference {
        return print(&reference_markdown());
    }
    let schema = match arguments.study {
        true => study_json_schema(),
        false => json_schema(),
    };
    print(&format!("{schema:#}\n"))
}
