//! Every value of every replication, as CSV and in columns.

use super::super::columnar::{About, Columnar, Field};
use super::super::entity_name;
use super::super::manifest::Manifest;
use super::super::number::optional_for_file;
use super::{Table, Variant};
use std::collections::BTreeMap;
use std::io::{Result, Write};

/// The columns of both.
const HEADER: &str = "option,replication,scope,name,measure,unit,value";

/// `replications.csv` and beside it `replications.parquet`: a row is put together once and goes into both.
///
/// # Errors
/// When one of them cannot be written.
pub fn replications(
    into: impl Write,
    (beside, manifest): (impl Write + Send, &Manifest),
    variants: &[Variant],
) -> Result<()> {
    let fields: Vec<Field> = HEADER.split(',').map(Field::usual).collect();
    let about = About::of(manifest, units(variants));
    let mut in_columns = Columnar::begin(beside, &fields, &about)?;
    let mut table = Table::begin(into, HEADER)?;
    for variant in variants {
        each_row(variant, |cells| {
            table.row(cells)?;
            in_columns.row(cells)
        })?;
    }
    table.end()?;
    in_columns.end()
}

/// Hands on the cells of each row.
fn each_row(variant: &Variant, mut take: impl FnMut([&str; 7]) -> Result<()>) -> Result<()> {
    let replications = variant.replications;
    for (number, row) in replications.numbers().zip(replications.rows()) {
        let number = number.to_string();
        for (column, value) in replications.columns.iter().zip(row) {
            take([
                variant.option,
                &number,
                column.scope.name(),
                entity_name(variant.model, column.scope, column.entity),
                column.measure.name,
                column.unit().name(),
                &optional_for_file(value.defined()),
            ])?;
        }
    }
    Ok(())
}

/// The unit of each measure.
fn units<'a>(variants: &[Variant<'a>]) -> BTreeMap<&'a str, &'a str> {
    let columns = variants.iter().flat_map(|it| &it.replications.columns);
    columns
        .map(|column| (column.measure.name, column.unit().name()))
        .collect()
}
