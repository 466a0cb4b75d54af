#!/usr/bin/env python3
"""Opens what `taltolk glossary export` writes with readers that others wrote.

    python3 check.py BIN

TBX of 2008 with translate-toolkit, TBX of 2019 with lxml against the structure of ISO 30042:2019, SKOS with rdflib, and all of
them against `--format json`: the same concepts, the same labels. Exit 1 and a line for each difference.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import rdflib
from lxml import etree
from translate.storage import tbx

LANGUAGES = ("sv", "fi", "en")
SKOS = rdflib.Namespace("http://www.w3.org/2004/02/skos/core#")
TBX = "{urn:iso:std:iso:30042:ed-2}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
BASE = "urn:taltolk:glossary:"


def export(binary, form):
    run = subprocess.run([binary, "glossary", "export", "--format", form], capture_output=True, check=True)
    return run.stdout


def main():
    binary = sys.argv[1]
    concepts = {c["id"]: c for c in json.loads(export(binary, "json"))["concepts"]}
    faults = []

    def expect(what, found, expected):
        if found != expected:
            faults.append(f"{what}: found {found!r}, expected {expected!r}")

    def labels(concept, language):
        return concept["labels"][language]

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "terms.tbx"
        path.write_bytes(export(binary, "tbx2008"))
        units = tbx.tbxfile.parsefile(str(path)).units
    expect("TBX of 2008, entries", len(units), len(concepts))
    for unit in units:
        concept = concepts[unit.getid()]
        expect(f"TBX of 2008, {unit.getid()}", unit.source, labels(concept, "sv")[0])
        expect(f"TBX of 2008, {unit.getid()}", unit.target, labels(concept, "fi")[0])

    root = etree.fromstring(export(binary, "tbx"))
    expect("TBX, root", (root.tag, root.get("type"), root.get("style")), (f"{TBX}tbx", "TBX-Basic", "dca"))
    expect("TBX, parts", [child.tag for child in root], [f"{TBX}tbxHeader", f"{TBX}text"])
    entries = root.findall(f"{TBX}text/{TBX}body/{TBX}conceptEntry")
    expect("TBX, entries", [e.get("id") for e in entries], list(concepts))
    for entry in entries:
        concept = concepts[entry.get("id")]
        for section in entry.findall(f"{TBX}langSec"):
            terms = [t.text for t in section.findall(f"{TBX}termSec/{TBX}term")]
            expect(f"TBX, {entry.get('id')}", terms, labels(concept, section.get(LANG)))

    graph = rdflib.Graph()
    graph.parse(data=export(binary, "skos").decode(), format="turtle")
    schemes = list(graph.subjects(rdflib.RDF.type, SKOS.ConceptScheme))
    expect("SKOS, schemes", len(schemes), 1)
    named = {str(c)[len(BASE) :]: c for c in graph.subjects(rdflib.RDF.type, SKOS.Concept)}
    expect("SKOS, concepts", sorted(named), sorted(concepts))
    for name, node in named.items():
        concept = concepts[name]
        expect(f"SKOS, {name}, scheme", list(graph.objects(node, SKOS.inScheme)), schemes)
        broader = [str(b)[len(BASE) :] for b in graph.objects(node, SKOS.broader)]
        expect(f"SKOS, {name}, broader", broader, [concept["parent"]] if concept["parent"] else [])
        for language in LANGUAGES:
            said = {
                p: {str(o) for o in graph.objects(node, p) if o.language == language}
                for p in (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)
            }
            own = labels(concept, language)
            expect(f"SKOS, {name}, {language}", said[SKOS.prefLabel], set(own[:1]))
            expect(f"SKOS, {name}, {language}", set().union(*said.values()), set(own))
            expect(f"SKOS, {name}, {language}, twice", said[SKOS.prefLabel] & said[SKOS.altLabel], set())

    for fault in faults[:20]:
        print(fault)
    print(f"{len(concepts)} concepts read by three readers, {len(faults)} differences")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
