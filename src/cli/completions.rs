//! `splw-sim completions` and `splw-sim man`: what shells and readers of manuals want to know of the
//! commands, made from the commands themselves.

use super::command::{Arguments, CompletionsArguments, ManArguments};
use super::failure::Failure;
use super::output::print;
use clap::CommandFactory;

/// What the program is called where it is installed.
const NAME: &str = "splw-sim";

/// Prints the script that a shell reads to complete what is typed.
///
/// # Errors
/// When stdout cannot be written.
pub fn completions(arguments: &CompletionsArguments) -> Result<(), Failure> {
    let mut script = Vec::new();
    let mut command = Arguments::command();
    clap_complete::generate(arguments.shell, &mut command, NAME, &mut script);
    print(&String::from_utf8_lossy(&script))
}

/// Prints a manual page.
///
/// # Errors
/// When there is no such command, or stdout cannot be written.
pub fn man(arguments: &ManArguments) -> Result<(), Failure> {
    let mut all = Arguments::command();
    all.build();
    let page = match &arguments.command {
        None => all,
        Some(name) => one(&all, name)?,
    };
    let mut text = Vec::new();
    let rendered = clap_mangen::Man::new(page).render(&mut text);
    rendered.map_err(|error| Failure::Other(format!("the page cannot be made: {error}")))?;
    print(&String::from_utf8_lossy(&text))
}

/// The command of that name, called as it is typed.
fn one(all: &clap::Command, name: &str) -> Result<clap::Command, Failure> {
    let found = all.find_subcommand(name).cloned();
    let found = found.map(|it| {
        it.display_name(format!("{NAME}-{name}"))
            .version(env!("CARGO_PKG_VERSION"))
    });
    found.ok_or_else(|| {
        let names: Vec<&str> = all.get_subcommands().map(clap::Command::get_name).collect();
        Failure::Usage(format!(
            "there is no command {name}; there are {}",
            names.join(", ")
        ))
    })
}
