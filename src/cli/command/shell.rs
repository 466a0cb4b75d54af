//! `schema`, `completions`, `man`: what other programs need to know of this one.

use clap::CommandFactory;
use clap_complete::Shell;
use taltolk::error::{Error, ErrorKind};
use taltolk::output::schema;

use crate::cli::args::{Args, SchemaOf};
use crate::cli::exit::Status;
use crate::cli::stdout;

pub(crate) fn schema(of: SchemaOf) -> Result<Status, Error> {
    let schema = match of {
        SchemaOf::Report => schema::report(),
        SchemaOf::Facts => schema::facts(),
        SchemaOf::Findings => schema::findings(),
    };
    stdout::write(|out| {
        serde_json::to_writer_pretty(&mut *out, &schema)?;
        writeln!(out)
    })?;
    Ok(Status::Fine)
}

pub(crate) fn completions(shell: Shell) -> Result<Status, Error> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Args::command(), "taltolk", &mut script);
    stdout::write(|out| out.write_all(&script))?;
    Ok(Status::Fine)
}

pub(crate) fn man(command: Option<&str>) -> Result<Status, Error> {
    let mut program = Args::command();
    program.build();
    let page = match command {
        None => program,
        Some(name) => program
            .get_subcommands()
            .find(|c| c.get_name() == name && !c.is_hide_set())
            .cloned()
            .ok_or_else(|| {
            Error::new(ErrorKind::Usage, format!("found no command {name}, expected one of this program"))
                .with_hint("taltolk --help lists them")
        })?,
    };
    stdout::write(|out| clap_mangen::Man::new(page).render(out))?;
    Ok(Status::Fine)
}
