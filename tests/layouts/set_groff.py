"""Draws documents with groff and tbl; the standard fonts are not embedded."""

import os
import subprocess

import grid as grids

FONTS = {"Times": ("TR", "TB", "T"), "Helvetica": ("HR", "HB", "H")}


def esc(text):
    text = (
        text.replace("\\", "\\e")
        .replace("\u00a0", "\\~")
        .replace("\u2009", "\\|")
        .replace("\u202f", "\\|")
        .replace("\u2019", "\\(cq")
        .replace("\u00ad", "\\%")
    )
    text = text.replace("-", "\\-").replace("\u2212", "\\(mi").replace("\u2013", "\\(en")
    return "\\&" + text if text[:1] in (".", "'") else text


def label_text(text):
    return esc(text).replace("\\-", "-")


def table(t, style):
    """The lines of a table; a long one is cut into several, as tbl wants each on one page."""
    g = grids.make(t, style)
    widths, size = grids.fit(g, style, 478 - 15 * (g.width - 1) - 10, pad=3)
    step = round(size * 1.2, 1)
    most = int(500 / (step + (3 if style.rules in ("grid", "horizontal") else 0)))
    out = [f".ps {size}", f".vs {step}p"]
    if style.continued:
        return out + continued(t, g, widths, size, step, most, style) + [".ps 10", ".vs 13p"]
    for start in range(0, len(g.lines), most):
        part = g.lines[start : start + most]
        out += [".br", f".ne {len(part) * (step + 3) + 50:.0f}p"] + piece(
            g, part, widths, size, style, start == 0 or style.repeat, start + most >= len(g.lines)
        )
    return out + [".ps 10", ".vs 13p"]


def continued(t, g, widths, size, step, most, style):
    """A table that goes on over pages, with lines that say so."""
    fi = style.language == "fi"
    out, start, room = [], 0, max(8, int(most * 0.55))  # the first page holds prose too
    while start < len(g.lines):
        end = min(start + room, len(g.lines))
        while end < len(g.lines) and g.lines[end - 1].kind == "heading":
            end -= 1  # no heading at the foot
        part = g.lines[start:end]
        if start:
            out += [".bp", f"\\fI{label_text(t.title)} ({'jatkuu' if fi else 'forts.'})\\fP", ".br", ".sp 0.3"]
        out += [".br", f".ne {len(part) * (step + 3) + 50:.0f}p"]
        out += piece(g, part, widths, size, style, not start or style.repeat, end == len(g.lines))
        if end < len(g.lines):
            out += [".br", ".rj 1", f"\\fI{'Taulukko jatkuu' if fi else 'Tabellen fortsätter'}\\fP", ".br"]
        start, room = end, most
    return out


def piece(g, lines, widths, size, style, with_head, last):
    main = int(g.code_column)

    def row_form(label, figures):
        """The format of a row: label columns left, figures by their own form."""
        return bars.join(
            [f"{label} w({w:.0f}p)" for w in widths[: g.before]]
            + [f"{figures} w({w:.0f}p)" for w in widths[g.before :]]
        )

    rows, form = [], []
    bars = " | " if style.rules in ("vertical", "doublebox") else " "
    if with_head:
        tall = max(len(c.lines) for c in g.head[0])
        side = "cb" if style.align == "center" else "rb"
        side = f"{style.head_align[0]}b" if style.head_align else side
        form = [row_form("l", side)] * tall
        for k in range(tall):
            rows.append(
                "\t".join(
                    label_text(c.lines[k - tall + len(c.lines)]) if k - tall + len(c.lines) >= 0 else ""
                    for c in g.head[0]
                )
            )
        if style.rules == "sums":
            rows = rows + ["_"]
        if style.rules in ("horizontal", "booktabs"):
            rows = ["_"] + rows + ["_"]
        elif style.rules in ("vertical", "doublebox"):
            rows = rows + ["=" if style.rules == "doublebox" else "_"]
    over = "\t" * g.before + "\t".join("_" * g.figures)
    for line in lines:
        if line.kind == "total" and style.rules == "sums":  # a rule over the figures of a sum
            form.append(row_form("l", "r"))
            rows.append(over)
        bold = "b" if line.kind == "total" and style.bold == "bold" or line.kind == "heading" and not line.level else ""
        where = {"top": "t", "middle": "", "bottom": "d"}[style.valign]
        side = "n" if style.align == "decimal" else "r"
        form.append(row_form(f"l{bold}", f"{side}{bold}{where}"))
        text = label_text(line.labels[main].text)
        indent = "\\h'" + str(line.level * 9) + "p'" if line.level else ""
        wraps = (
            grids.text_width(line.labels[main].text, size, "Helvetica", bool(bold)) + 9 * line.level > widths[main] - 4
        )
        hang = f"\n.ti {line.level * 9}p\n" if style.hanging else "\n"
        start = line.level * 9 + 9 * style.hanging
        first = f"T{{\n.ad l\n.hy 0\n.in {start}p{hang}{text}\nT}}" if wraps else indent + text
        labels = [label_text(c.text) for c in line.labels]
        labels[main] = first
        rows.append("\t".join(labels + [esc(c.text) for c in line.cells]))
        if line.kind == "total" and style.rules == "doublebox" and line is not lines[-1]:
            rows.append("_")
        if style.rules == "horizontal" and line.kind != "heading":
            rows.append("_")
    if style.rules in ("booktabs", "sums") and last:
        rows.append("_")
    frame = {"grid": "allbox ", "doublebox": "center doublebox "}.get(style.rules, "")
    if style.align == "decimal":
        frame += "decimalpoint(,) "
    return [".TS", frame + "tab(\t);", ",\n".join(form) + "."] + rows + [".TE"]


def source(doc):
    style = doc.style
    regular, bold, face = FONTS[style.font]
    out = [
        ".pl 29.7c",
        ".ll 17c",
        ".po 2c",
        f".fam {face}",
        ".ps 10",
        ".vs 13p",
        ".ad l",
        ".nh",
        f".ds left {label_text(doc.running[0])}",
        f".ds right {label_text(doc.running[1])}",
        ".de HD",
        "'sp 1.2c",
        ".tl '\\s-2\\*[left]''\\*[right]\\s0'" if style.running else ".sp 1",
        "'sp 0.7c",
        "..",
        ".de FO",
        "'sp 0.6c",
        ".tl ''%''" if style.running else ".sp 1",
        "'bp",
        "..",
        ".wh 0 HD",
        ".wh -2.2c FO",
    ]

    def heading(text, size):
        out.extend(
            [
                ".br",
                ".ne 4c",
                ".sp 0.5",
                f".ps {size}",
                f".vs {size * 1.25:.1f}p",
                f".ft {bold}",
                label_text(text),
                ".br",
                f".ft {regular}",
                ".ps 10",
                ".vs 13p",
                ".sp 0.3",
            ]
        )

    headings = [b.text for b in doc.blocks if b.kind == "heading"]
    for b in doc.blocks:
        if b.kind in ("title", "heading", "subheading"):
            heading(b.text, {"title": 17, "heading": 13, "subheading": 11}[b.kind])
        elif b.kind == "prose":
            out += [".br", label_text(b.text), ".br", ".sp 0.4"]
        elif b.kind == "bullets":
            for x in b.text:
                out += [".br", "\\(bu " + label_text(x)]
            out += [".br", ".sp 0.4"]
        elif b.kind == "words":
            rows = ["\t".join(f"T{{\n.ad l\n.hy 0\n{label_text(x)}\nT}}" for x in row) for row in b.text]
            out += [".br", ".ne 4c", ".ps 9", ".vs 11p", ".TS", "allbox tab(\t);", "lb w(150p) lb w(150p) lb w(150p),", "l w(150p) l w(150p) l w(150p)."]
            out += rows + [".TE", ".ps 10", ".vs 13p", ".sp 0.5"]
        elif b.kind == "lines":
            out += [".br", ".ta 13cR"]
            for x, y in b.text:
                out += [".br", f"{label_text(x)}\t{label_text(y)}"]
            out += [".br", ".sp 0.7"]
        elif b.kind == "toc":
            out += [".ta 16.5cR", ".lc ."]
            for n, h in enumerate(headings, 1):
                out += [".br", f"{label_text(h)} \x01{n}"]
            out += [".br", ".sp 0.5"]
        elif b.kind == "page":
            out += [".bp"]
        elif b.kind == "table":
            if b.table.caption:
                out += [".br", "\\s-1" + label_text(b.table.caption) + "\\s0", ".br"]
            out += table(b.table, style) + [".br", ".sp 0.6"]
    return "\n".join(out) + "\n"


def typeset(documents, folder, rng):
    for doc in documents:
        with open(os.path.join(folder, doc.id + ".pdf"), "wb") as f:
            subprocess.run(
                ["groff", "-t", "-Kutf8", "-Tpdf", "-dpaper=a4", "-P-pa4"],
                input=source(doc).encode(),
                check=True,
                stdout=f,
                stderr=subprocess.DEVNULL,
            )
