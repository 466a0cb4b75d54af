//! `documents/*.json` → `facts.csv` and `findings.csv`, one row at a time.
//!
//! A report is never held whole: its facts pass by one after the other, so a
//! dataset of any size is rebuilt in the memory of one fact. Refuses: a report
//! of another schema, or one that does not parse.

use std::fmt;
use std::fs::File;
use std::io::{self, BufReader};
use std::marker::PhantomData;
use std::path::Path;

use serde::Deserialize;
use serde::de::{self, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::whole;
use crate::audit::Finding;
use crate::error::{Error, ErrorKind};
use crate::fact::Fact;
use crate::output::csv::Rows;
use crate::report::SCHEMA;

/// Writes both tables from the reports, in this order.
pub(super) fn rebuild(dataset: &Path, reports: &[&str]) -> Result<(), Error> {
    let unwritable =
        |e: io::Error| Error::new(ErrorKind::Io, format!("found {} not writable: {e}", dataset.display()));
    let facts = whole::start(dataset).map_err(unwritable)?;
    let findings = whole::start(dataset).map_err(unwritable)?;
    let mut facts = Rows::facts(facts).map_err(unwritable)?;
    let mut findings = Rows::findings(findings).map_err(unwritable)?;
    for report in reports {
        let path = dataset.join(super::ingest::DOCUMENTS).join(report);
        pass(&path, &mut |document, row| match row {
            Row::Fact(fact) => facts.write(document, &fact),
            Row::Finding(finding) => findings.write(document, &finding),
        })
        .map_err(|e| {
            Error::new(ErrorKind::Io, format!("found {} not usable: {e}", path.display()))
                .with_hint("delete that file and run again; its document is read anew")
        })?;
    }
    whole::finish(facts.into_inner().map_err(unwritable)?, &dataset.join("facts.csv")).map_err(unwritable)?;
    whole::finish(findings.into_inner().map_err(unwritable)?, &dataset.join("findings.csv"))
        .map_err(unwritable)
}

enum Row {
    Fact(Box<Fact>),
    Finding(Box<Finding>),
}

type Take<'a> = &'a mut dyn FnMut(&str, Row) -> io::Result<()>;

fn pass(path: &Path, take: Take<'_>) -> io::Result<()> {
    let file = BufReader::with_capacity(64 << 10, File::open(path)?);
    let mut json = serde_json::Deserializer::from_reader(file);
    json.deserialize_map(Reports { take })?;
    json.end()?;
    Ok(())
}

struct Reports<'a> {
    take: Take<'a>,
}

#[derive(Deserialize)]
struct Name {
    path: String,
}

impl<'de> Visitor<'de> for Reports<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a report of schema {SCHEMA}")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        // Schema and document stand before the rows in every report that we write.
        let mut document = None;
        while let Some(key) = map.next_key::<String>()? {
            match (key.as_str(), &document) {
                ("schema", _) => {
                    let schema: String = map.next_value()?;
                    if schema != SCHEMA {
                        return Err(de::Error::custom(format!("schema {schema}, expected {SCHEMA}")));
                    }
                }
                ("document", _) => document = Some(map.next_value::<Name>()?.path),
                ("facts", Some(name)) => {
                    let mut take = |fact| (self.take)(name, Row::Fact(Box::new(fact)));
                    map.next_value_seed(Each { take: &mut take, of: PhantomData::<Fact> })?;
                }
                ("findings", Some(name)) => {
                    let mut take = |finding| (self.take)(name, Row::Finding(Box::new(finding)));
                    map.next_value_seed(Each { take: &mut take, of: PhantomData::<Finding> })?;
                }
                ("facts" | "findings", None) => return Err(de::Error::custom("rows before the document")),
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(())
    }
}

/// An array whose elements are handed over one by one.
struct Each<'a, T> {
    take: &'a mut dyn FnMut(T) -> io::Result<()>,
    of: PhantomData<T>,
}

impl<'de, T: Deserialize<'de>> DeserializeSeed<'de> for Each<'_, T> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de, T: Deserialize<'de>> Visitor<'de> for Each<'_, T> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut rows: A) -> Result<(), A::Error> {
        while let Some(row) = rows.next_element::<T>()? {
            (self.take)(row).map_err(de::Error::custom)?;
        }
        Ok(())
    }
}
