#!/usr/bin/env python3
"""Typesets the sample documents and writes the truth beside them.

python3 make.py [--out DIR] [ID ...]
"""

import argparse
import hashlib
import importlib
import json
import os
import re
import subprocess

HERE = os.path.dirname(os.path.abspath(__file__))
SAMPLES = [
    "stadskansli",
    "budgetbok",
    "resultat",
    "driftsekonomi",
    "talousarvio",
    "kaksikielinen",
    "investeringar",
    "balansrakning",
]


def find_pages(document, path):
    """The page of each table: the first, not before the table above, on which its last labels stand."""
    text = subprocess.run(["pdftotext", "-layout", path, "-"], check=True, stdout=subprocess.PIPE).stdout.decode()
    pages = [re.sub(r"\s+", " ", p) for p in text.split("\f")[:-1]]
    at = 1
    for table in document.tables:
        title, head = table.extra.pop("find", table.title), table.columns[-1]["head"][-1]
        while title not in pages[at - 1] or head not in pages[at - 1]:
            at += 1
        table.page = at
        pages[at - 1] = pages[at - 1].split(title, 1)[1]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", default=os.path.dirname(HERE))
    parser.add_argument("id", nargs="*")
    args = parser.parse_args()
    for name in SAMPLES:
        module = importlib.import_module(name)
        document = module.document()
        if args.id and document.id not in args.id:
            continue
        path = os.path.join(args.out, document.id + ".pdf")
        document.typesetter = module.typeset(document, path)
        find_pages(document, path)
        with open(os.path.join(args.out, document.id + ".json"), "w", encoding="utf-8") as f:
            json.dump(document.truth(), f, ensure_ascii=False, indent=1)
            f.write("\n")
        update_manifest(args.out, document, path)
        print(document.id, document.typesetter, os.path.getsize(path), "bytes")


def update_manifest(out, document, path):
    """Replaces the document's entry in manifest.toml, or adds it."""
    name = os.path.join(out, "manifest.toml")
    entries = {}
    if os.path.exists(name):
        for block in open(name, encoding="utf-8").read().split("[[sample]]")[1:]:
            entries[re.search(r'id = "(.*)"', block).group(1)] = block.strip()
    quote = lambda s: json.dumps(s, ensure_ascii=False)
    digest = hashlib.sha256(open(path, "rb").read()).hexdigest()
    entries[document.id] = "\n".join(
        [
            "id = " + quote(document.id),
            "file = " + quote(os.path.basename(path)),
            "sha256 = " + quote(digest),
            "generator = " + quote(document.typesetter),
            "why = " + quote(document.why),
        ]
    )
    with open(name, "w", encoding="utf-8") as f:
        f.write("# The sample documents: set by generator/make.py, truth in the JSON file of the same name.\n")
        for key in sorted(entries):
            f.write("\n[[sample]]\n" + entries[key] + "\n")


if __name__ == "__main__":
    main()
