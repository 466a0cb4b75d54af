"""Finds the page of every table in the finished PDF, and compares print and truth."""

import re
import subprocess

import families
import grid as grids


def squeeze(text):
    text = text.replace("\u00ad", "")
    return re.sub(r"[\s\u00a0\u2009\u202f\u2007\u2008]+", "", text)


def locate(doc, path):
    """Sets the page of every table; returns what could not be found in print."""
    how = "-raw" if doc.style.sideways else "-layout"
    text = subprocess.run(
        ["pdftotext", how, path, "-"], check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ).stdout.decode()
    print_pages = [squeeze(p) for p in text.split("\f")[:-1]]
    at, faults, known = 0, [], set()
    later = families.FAMILIES[doc.family]["set"] in ("unseen", "later", "fifth", "sixth", "seventh")  # earlier sets keep the truth that they had
    for t in doc.tables():
        wanted = []
        for line in grids.make(t, doc.style).lines:
            if line.kind in ("heading", "blank") or any(c.note for c in line.cells):
                continue
            figures = squeeze("".join(c.text for c in line.cells))
            if figures:
                wanted.append(figures)
        hits = [sum(f in p for f in wanted[:4]) for p in print_pages]
        best = max(hits[at:] or [0])
        page = next((i for i in range(at, len(hits)) if hits[i] == best), at)
        first = next(
            (i for i in range(at, page) if hits[i] and wanted[0] in print_pages[i] and len(wanted[0]) > 12), page
        )
        if families.FAMILIES[doc.family]["set"] in ("fifth", "sixth", "seventh") and wanted[0] in known:
            first = page  # a table before it has the same row
        known |= set(wanted)
        t.page, at = first + 1, first
        rest = "".join(print_pages[first:])
        missing = [f for f in wanted if f not in rest]
        if missing:  # rows whose label lines pdftotext puts between
            raw = squeeze(
                subprocess.run(
                    ["pdftotext", "-raw", "-f", str(t.page), path, "-"],
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                ).stdout.decode()
            )
            missing = [f for f in missing if f not in raw]
        if missing and doc.style.rotated and later:  # a turned head ends on the line of the first figures
            bare = rest
            for c in t.columns:
                bare = bare.replace(squeeze(c.printed), "")
            missing = [f for f in missing if f not in bare]
        if missing and first and later:
            # The first rows, too short to be sure of, may stand at the foot of the page before.
            if set(missing) <= {f for f in wanted[:2] if f in print_pages[first - 1]}:
                t.page, at, missing = first, first - 1, []
        whole = "".join(print_pages)
        words = {w for r in t.rows for w in r.label.replace("/", "/ ").split()} | {
            w for c in t.columns for w in c.printed.split()
        }
        # A word with a hyphen of its own may be broken there.
        parts = {w: re.findall(r"[^-]+-?|-", squeeze(w)) for w in words}
        if doc.style.hyphens:  # a word broken by hyphens of the print
            parts = {w: grids.soft(w).split("\u00ad") for w in words}
        lost = [w for w in sorted(words) if squeeze(w) not in whole and not all(p in whole for p in parts[w])]
        lost = [] if doc.style.rotated else lost
        if lost:
            faults.append(f"{t.title}: words not found: {' '.join(lost)}")
        if missing:
            faults.append(
                f"{t.title} (page {t.page}): {len(missing)} of {len(wanted)} rows not found, first {missing[0]}"
            )
    return faults
