//! [`Glossary`] ↔ TBX.
//!
//! In and out: TBX-Basic of ISO 30042:2019 in the style DCA ([`Form::Current`]), and the form of 2008 (`martif`), which
//! most tools read ([`Form::Martif`]). Reading takes both, and the style DCT: a concept for each `conceptEntry` or
//! `termEntry`, its terms by `xml:lang`, the status of a term from `administrativeStatus`, its kind from `termType`.
//! Source: ISO 30042:2019; TBX-Basic dialect of <https://www.tbxinfo.net>.
//! Refuses: XML that is not well-formed (line and column are said), a document that is no TBX, an entry without a term
//! in Swedish, Finnish or English.

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use roxmltree::{Document, Node, ParsingOptions};

use super::{Entry, name_of, prefer, value_of};
use crate::error::{Error, ErrorKind};
use crate::glossary::load::is_kebab;
use crate::glossary::{Concept, Glossary, LabelKind, Language};

/// Which TBX is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// ISO 30042:2019.
    Current,
    /// ISO 30042:2008.
    Martif,
}

/// What elements are called in a form.
struct Names {
    root: &'static str,
    attributes: &'static [(&'static str, &'static str)],
    header: &'static str,
    scheme: &'static str,
    entry: &'static str,
    section: &'static str,
    term: &'static str,
}

impl Form {
    fn names(self) -> Names {
        match self {
            Form::Current => Names {
                root: "tbx",
                attributes: &[
                    ("type", "TBX-Basic"),
                    ("style", "dca"),
                    ("xml:lang", "en"),
                    ("xmlns", "urn:iso:std:iso:30042:ed-2"),
                ],
                header: "tbxHeader",
                scheme: "TBXXCS",
                entry: "conceptEntry",
                section: "langSec",
                term: "termSec",
            },
            Form::Martif => Names {
                root: "martif",
                attributes: &[("type", "TBX-Basic"), ("xml:lang", "en")],
                header: "martifHeader",
                scheme: "TBXBasicXCSV02.xcs",
                entry: "termEntry",
                section: "langSet",
                term: "tig",
            },
        }
    }
}

type Out = Writer<Vec<u8>>;

/// The whole glossary.
pub fn write(glossary: &Glossary, form: Form) -> String {
    let names = form.names();
    let mut out = Writer::new_with_indent(Vec::new(), b' ', 1);
    let written = (|| {
        out.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        if form == Form::Martif {
            out.write_event(Event::DocType(BytesText::from_escaped(
                "martif SYSTEM \"TBXBasiccoreStructV02.dtd\"",
            )))?;
        }
        let root = out.create_element(names.root).with_attributes(names.attributes.iter().copied());
        root.write_inner_content(|out| {
            header(out, &names)?;
            out.create_element("text").write_inner_content(|out| {
                out.create_element("body").write_inner_content(|out| {
                    glossary.concepts().iter().try_for_each(|concept| entry(out, concept, &names))
                })?;
                Ok(())
            })?;
            Ok(())
        })?;
        std::io::Result::Ok(())
    })();
    written.expect("memory takes what is written");
    let mut text = String::from_utf8_lossy(&out.into_inner()).into_owned();
    text.push('\n');
    text
}

fn text_of(out: &mut Out, element: &str, kind: Option<&str>, text: &str) -> std::io::Result<()> {
    let element = out.create_element(element.to_owned());
    let element = match kind {
        Some(kind) => element.with_attribute(("type", kind)),
        None => element,
    };
    element.write_text_content(BytesText::new(text))?;
    Ok(())
}

fn header(out: &mut Out, names: &Names) -> std::io::Result<()> {
    out.create_element(names.header).write_inner_content(|out| {
        out.create_element("fileDesc").write_inner_content(|out| {
            out.create_element("titleStmt").write_inner_content(|out| {
                text_of(out, "title", None, "Terms of Finnish municipal budgets")
            })?;
            out.create_element("sourceDesc").write_inner_content(|out| {
                text_of(out, "p", None, "Swedish, Finnish and English, written by taltolk")
            })?;
            Ok(())
        })?;
        out.create_element("encodingDesc")
            .write_inner_content(|out| text_of(out, "p", Some("XCSURI"), names.scheme))?;
        Ok(())
    })?;
    Ok(())
}

fn entry(out: &mut Out, concept: &Concept, names: &Names) -> std::io::Result<()> {
    let element = out.create_element(names.entry).with_attribute(("id", concept.id.as_str()));
    element.write_inner_content(|out| {
        if let Some(statement) = concept.statement {
            text_of(out, "descrip", Some("subjectField"), &name_of(statement))?;
        }
        if !concept.definition.is_empty() {
            out.create_element("descripGrp").write_inner_content(|out| {
                text_of(out, "descrip", Some("definition"), &concept.definition)?;
                if !concept.source.is_empty() {
                    text_of(out, "admin", Some("source"), &concept.source)?;
                }
                Ok(())
            })?;
        }
        for language in Language::ALL {
            let terms = concept.labels.of(language);
            if terms.all().next().is_none() {
                continue;
            }
            let section = out.create_element(names.section).with_attribute(("xml:lang", language.as_str()));
            section.write_inner_content(|out| {
                terms.all().try_for_each(|(kind, label)| {
                    out.create_element(names.term).write_inner_content(|out| {
                        text_of(out, "term", None, label)?;
                        if kind == LabelKind::Abbreviated {
                            text_of(out, "termNote", Some("termType"), "abbreviation")?;
                        }
                        text_of(out, "termNote", Some("administrativeStatus"), status(kind))
                    })?;
                    Ok(())
                })
            })?;
        }
        Ok(())
    })?;
    Ok(())
}

fn status(kind: LabelKind) -> &'static str {
    match kind {
        LabelKind::Preferred => "preferredTerm-admn-sts",
        LabelKind::Alternative | LabelKind::Abbreviated => "admittedTerm-admn-sts",
        LabelKind::Outdated => "supersededTerm-admn-sts",
    }
}

/// More elements than this are no glossary.
const MOST_NODES: u32 = 20_000_000;

/// The concepts of a TBX file; `name` is said in errors.
///
/// # Errors
/// If it is not well-formed, no TBX, or an entry has no term; nothing is read then.
pub fn read(text: &str, name: &str) -> Result<Vec<Entry>, Error> {
    let options = ParsingOptions { allow_dtd: true, nodes_limit: MOST_NODES, ..ParsingOptions::default() };
    let document = Document::parse_with_options(text, options).map_err(|e| {
        let at = e.pos();
        wrong(format!("{name}, line {}, column {}: {}", at.row, at.col, lowercase(&without_place(&e))))
    })?;
    let root = document.root_element();
    if !matches!(root.tag_name().name(), "tbx" | "martif") {
        let found = root.tag_name().name();
        return Err(wrong(format!("{name}, line 1: found the element {found}, expected tbx or martif")));
    }
    let entries = root.descendants().filter(|n| matches!(n.tag_name().name(), "conceptEntry" | "termEntry"));
    entries.map(|node| read_entry(node, name)).collect()
}

fn wrong(message: String) -> Error {
    Error::new(ErrorKind::Glossary, message)
}

fn lowercase(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|c| c.to_lowercase().chain(chars).collect()).unwrap_or_default()
}

/// The parser names the place at the end; it is said at the beginning here.
fn without_place(error: &roxmltree::Error) -> String {
    let text = error.to_string();
    text.rsplit_once(" at ").map_or(text.clone(), |(what, _)| what.to_owned())
}

fn line_of(node: Node<'_, '_>) -> usize {
    node.document().text_pos_at(node.range().start).row as usize
}

fn read_entry(node: Node<'_, '_>, name: &str) -> Result<Entry, Error> {
    let mut entry = Entry { line: line_of(node), ..Entry::default() };
    entry.id = node.attribute("id").filter(|id| is_id(id)).map(str::to_owned);
    let category = |wanted: &'static str| {
        node.descendants().find(move |n| n.attribute("type") == Some(wanted) || n.tag_name().name() == wanted)
    };
    let said = |wanted: &'static str| category(wanted).and_then(|n| n.text()).unwrap_or("").trim().to_owned();
    entry.definition = said("definition");
    entry.source = said("source");
    entry.statement = value_of(&said("subjectField"));
    for section in node.children().filter(|n| matches!(n.tag_name().name(), "langSec" | "langSet")) {
        let spoken = section.attribute(("http://www.w3.org/XML/1998/namespace", "lang")).unwrap_or("");
        let Some(language) = Language::from_code(spoken.split(['-', '_']).next().unwrap_or("")) else {
            continue;
        };
        for term in section.descendants().filter(|n| n.tag_name().name() == "term") {
            let label = term.text().unwrap_or("").split_whitespace().collect::<Vec<_>>().join(" ");
            if !label.is_empty() {
                let first = entry.labels(language, LabelKind::Preferred).next().is_none();
                let kind = kind_of(term).unwrap_or(if first {
                    LabelKind::Preferred
                } else {
                    LabelKind::Alternative
                });
                entry.labels.push((language, kind, label));
            }
        }
    }
    if entry.labels.is_empty() {
        let line = entry.line;
        return Err(wrong(format!(
            "{name}, line {line}: found an entry without a term, expected one in sv, fi or en"
        )));
    }
    prefer(&mut entry.labels);
    Ok(entry)
}

/// Ids as this glossary has them; other programs number their entries (`c17`).
fn is_id(id: &str) -> bool {
    let rest = id.trim_start_matches(|c: char| c.is_ascii_lowercase());
    let numbered = !rest.is_empty() && rest.trim_start_matches('-').bytes().all(|b| b.is_ascii_digit());
    is_kebab(id) && id.len() >= 3 && id.len() > rest.len() && !numbered
}

fn kind_of(term: Node<'_, '_>) -> Option<LabelKind> {
    let group = term.parent()?;
    let note = |wanted: &str| {
        let named = |n: &Node<'_, '_>| n.attribute("type") == Some(wanted) || n.tag_name().name() == wanted;
        group.descendants().find(named).and_then(|n| n.text()).unwrap_or("").trim()
    };
    if matches!(note("termType"), "abbreviation" | "acronym" | "shortForm" | "initialism") {
        return Some(LabelKind::Abbreviated);
    }
    match note("administrativeStatus") {
        "preferredTerm-admn-sts" | "preferredTerm" | "preferred" => Some(LabelKind::Preferred),
        "admittedTerm-admn-sts" | "admittedTerm" | "admitted" => Some(LabelKind::Alternative),
        "deprecatedTerm-admn-sts" | "supersededTerm-admn-sts" | "deprecatedTerm" | "supersededTerm" => {
            Some(LabelKind::Outdated)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let glossary = Glossary::builtin();
        for form in [Form::Current, Form::Martif] {
            let entries = read(&write(glossary, form), "own.tbx").expect("is TBX");
            assert_eq!(entries.len(), glossary.concepts().len());
            for (entry, concept) in entries.iter().zip(glossary.concepts()) {
                assert_eq!(entry.id.as_deref(), Some(concept.id.as_str()));
                assert_eq!((entry.statement, &entry.definition), (concept.statement, &concept.definition));
                for language in Language::ALL {
                    let read: Vec<(LabelKind, &str)> = entry
                        .labels
                        .iter()
                        .filter(|l| l.0 == language)
                        .map(|l| (l.1, l.2.as_str()))
                        .collect();
                    let own: Vec<_> = concept.labels.of(language).all().collect();
                    assert_eq!(read, own, "{}", concept.id);
                }
            }
        }
    }

    #[test]
    fn terms_of_other_programs() {
        let text = r#"<tbx style="dct" type="TBX-Basic" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2" xmlns:min="x">
 <text><body><conceptEntry id="c17"><langSec xml:lang="sv-FI"><termSec><term>Årsbidrag</term></termSec>
 <termSec><term>ÅB</term><min:termType>acronym</min:termType></termSec></langSec>
 <langSec xml:lang="de"><termSec><term>Jahresbeitrag</term></termSec></langSec></conceptEntry></body></text></tbx>"#;
        let entries = read(text, "other.tbx").expect("is TBX");
        let label = |kind, text: &str| (Language::Sv, kind, text.to_owned());
        assert_eq!(
            entries[0].labels,
            [label(LabelKind::Preferred, "Årsbidrag"), label(LabelKind::Abbreviated, "ÅB")]
        );
        assert_eq!((entries[0].id.as_deref(), entries[0].line), (None, 2));
    }

    #[test]
    fn what_is_wrong_is_said_with_its_place() {
        for (text, message) in [
            ("<tbx>\n <text></tbx>", "bad.tbx, line 2, column 8: expected 'text' tag, not 'tbx'"),
            ("<html></html>", "bad.tbx, line 1: found the element html, expected tbx or martif"),
            (
                "<tbx>\n<conceptEntry id=\"a\"/></tbx>",
                "bad.tbx, line 2: found an entry without a term, expected one in sv, fi or en",
            ),
        ] {
            assert_eq!(read(text, "bad.tbx").expect_err("is wrong").message(), message);
        }
    }
}
