"""Compares the truth of a document with what pdftotext reads on its pages."""

import html
import re
import subprocess
import sys
import unicodedata
from collections import Counter

VERBOSE = False


def squeeze(text):
    text = unicodedata.normalize("NFKC", text).replace("\u00ad", "")
    return re.sub(r"[\s\u200b]+", "", text)


def page_texts(path, *options):
    run = subprocess.run(["pdftotext", *options, path, "-"], check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    return run.stdout.decode().split("\f")[:-1]


def faults(doc, path):
    """What is wrong: too many pages, cells that are not on their page, or not in their row and column."""
    plain, raw = page_texts(path), page_texts(path, "-raw")
    out = []
    if len(plain) != len(doc.sheets):
        out.append(f"{len(plain)} pages, expected {len(doc.sheets)}")
    else:
        for table in doc.tables():
            out += missing(table, plain[table.page - 1], raw[table.page - 1])
        places = word_places(path)
        for table in doc.tables():
            out += displaced(table, places[table.page - 1])
    if out and VERBOSE:
        print("  " + "; ".join(out)[:300], file=sys.stderr)
    return out


def missing(table, *texts):
    """Cells whose text does not stand on the page, and texts that stand there too seldom."""
    pages = [squeeze(t) for t in texts]
    letters = [Counter(p) for p in pages]
    out = []
    for cell in table.cells:
        wanted = squeeze(cell.whole)
        # Words one by one: cells over several lines; raised marks and currency signs stand apart.
        parts = [squeeze(w) for w in re.split(r"\s+", cell.text)] if cell.kind != "figure" else [squeeze(cell.text)]
        if not any(wanted in p for p in pages) and not all(any(w in p for p in pages) for w in parts):
            out.append(f"page {table.page}: not found: {cell.whole}")
    need = Counter("".join(squeeze(c.whole) for c in table.cells))
    if any(all(have[ch] < n for have in letters) for ch, n in need.items()):
        out.append(f"page {table.page}: fewer letters than in the truth")
    return out


def word_places(path):
    """For every page the words that stand there once, with their middle."""
    text = subprocess.run(["pdftotext", "-bbox", path, "-"], check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout.decode()
    pages = []
    for page in text.split("<page ")[1:]:
        found = {}
        for x0, y0, x1, y1, word in re.findall(r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>', page):
            found.setdefault(squeeze(html.unescape(word)), []).append(((float(x0) + float(x1)) / 2, (float(y0) + float(y1)) / 2))
        pages.append({word: where[0] for word, where in found.items() if len(where) == 1})
    return pages


def displaced(table, places):
    """Cells that stand left of a cell of the column before, or above one of the row before."""
    columns, rows = {}, {}
    for cell in table.cells:
        words = [squeeze(w) for w in cell.text.split()]
        if cell.kind == "section" or not words:
            continue
        if len(words) > 1 and cell.kind == "figure":
            continue
        options = [words[0] + squeeze(cell.mark), words[0]] if len(words) == 1 else [words[0]]
        where = next((places[w] for w in options if w in places), None)
        if where is None or len(options[-1]) < 2:
            continue
        if cell.across == 1:
            columns.setdefault(cell.col, []).append((where[0], cell))
        if cell.down == 1:
            rows.setdefault(cell.row, []).append((where[1], cell))
    out = []
    for axis, groups in (("column", columns), ("row", rows)):
        order = sorted(groups)
        for a, b in zip(order, order[1:]):
            last, first = max(groups[a], key=lambda x: x[0]), min(groups[b], key=lambda x: x[0])
            if last[0] >= first[0]:
                out.append(f"page {table.page}: {last[1].whole} of {axis} {a} stands after {first[1].whole} of {axis} {b}")
    return out
