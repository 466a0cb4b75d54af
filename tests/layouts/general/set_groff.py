"""Draws documents with groff and tbl; the standard fonts are not embedded."""

import re
import subprocess

import measure
from looks import Drawing

FAMILIES = {"Times": "T", "Helvetica": "H"}


def esc(text):
    text = text.replace("\\", "\\e").replace("\u00a0", "\\~").replace("\u2009", "\\|").replace("\u202f", "\\|")
    for char, name in (("\u2212", "\\(mi"), ("\u2013", "\\(en"), ("\u2014", "\\(em"), ("•", "\\(bu"), ("'", "\\(aq"), ("…", "...")):
        text = text.replace(char, name)
    text = re.sub(r"(?<=\d)-|^-|-(?=\d)", r"\\-", text)
    return "\\&" + text if text[:1] in (".", "'") else text


def key(cell, table, look, drawing):
    """The format of a cell."""
    if cell is None:
        return "l"
    align = measure.align(cell, table, look)
    out = {"left": "l", "right": "r", "center": "c", "justify": "l", "decimal": "n"}[align]
    bold, italic = measure.is_bold(cell, look), measure.is_italic(cell, look)
    if bold or italic:
        out += "f(BI" if bold and italic else "b" if bold else "i"
    valign = look.head_valign if cell.kind == "head" else look.valign
    return out + {"top": "t", "middle": "", "bottom": "d"}[valign]


def formats(table, look, drawing, widths):
    """A line of formats for every row."""
    at, lines = table.at(), []
    for r in range(table.rows):
        parts = []
        for c in range(table.width):
            cell = at.get((r, c))
            bar = "| " if c and (r, c) in drawing.v else ""
            if cell is not None and cell.row < r and cell.col == c:
                part = "^"
            elif cell is not None and (cell.col < c):
                part = "s"
            else:
                part = key(cell, table, look, drawing)
            if part != "s":
                part += f"w({widths[c] - 2 * look.pad_x:.1f}p)"
            parts.append(bar + part)
        lines.append(" ".join(parts))
    return lines


def entry(cell, table, look, widths, size):
    text = esc(cell.text)
    align = measure.align(cell, table, look)
    room = sum(widths[cell.col : cell.col + cell.across]) - 2 * look.pad_x
    deep = measure.indent(cell, look)
    bold = measure.is_bold(cell, look)
    wraps = "\n" in cell.text or measure.width(cell.text, look.font, size, bold) + deep > room - 1
    mark = f"\\u\\s-3{esc(cell.mark)}\\s+3\\d" if cell.mark else ""
    if cell.lead:
        return cell.lead + "\\0" + text + mark
    if wraps and cell.kind not in ("figure", "mark"):
        adjust = {"left": ".ad l", "right": ".ad r", "center": ".ad c", "justify": ".ad b"}[align]
        body = "\n.br\n".join(esc(part) for part in cell.text.split("\n"))
        return f"T{{\n.nh\n{adjust}\n.in {deep:.0f}p\n{body}{mark}\nT}}"
    if look.leaders and cell.kind == "stub" and not cell.col and cell.down == 1 and cell.row >= table.heads:
        rest = room - deep - measure.width(cell.text + " ", look.font, size, bold)
        dots = int(rest / measure.width(".", look.font, size, bold)) - 2
        text += mark + (" " + "." * dots if dots > 3 else "")
        mark = ""
    return (f"\\h'{deep:.0f}p'" if deep else "") + text + mark


def rule_line(y, table, drawing):
    """The rule above a row: the whole width, a part of it, or none."""
    has = [(y, c) in drawing.h for c in range(table.width)]
    if not any(has):
        return None
    double = any(drawing.h.get((y, c), (0, False))[1] for c in range(table.width))
    if all(has):
        return "=" if double else "_"
    at = table.at()
    parts = []
    for c in range(table.width):
        cell = at.get((y, c))
        above = at.get((y - 1, c))
        inside = cell is not None and cell is above
        parts.append("\\^" if inside else ("\\_" if has[c] else ""))
    return parts


def table_groff(table, look, total):
    widths, size = measure.fit(table, look, total - 12 * (table.width - 1))
    drawing = Drawing(table, look)
    step = max(round(size * 1.18 + look.pad_y, 1), size + 1)
    at, form = table.at(), formats(table, look, drawing, widths)
    layout, rows = [], []
    for r in range(table.rows + 1):
        line = rule_line(r, table, drawing)
        if isinstance(line, str):
            rows.append(line)
        elif line and r < table.rows:
            # A row of its own for rules under some columns only.
            marks = ["^" if p == "\\^" else "l" for p in line]
            bars = ["| " if c and (r, c) in drawing.v else "" for c in range(table.width)]
            layout.append(" ".join(b + m + (f"w({widths[c] - 2 * look.pad_x:.1f}p)" if m == "l" else "") for c, (b, m) in enumerate(zip(bars, marks))))
            rows.append("\t".join("" if p == "\\^" else p for p in line))
        if r == table.rows:
            break
        if r in table.gaps:
            rows.append(f".sp {look.gap}p")
        entries = []
        for c in range(table.width):
            cell = at.get((r, c))
            if cell is None or cell.row < r and cell.col == c:
                entries.append("")
            elif cell.col == c:
                entries.append(entry(cell, table, look, widths, size))
            else:
                entries.append(None)
        layout.append(form[r])
        rows.append(joined(entries))
    options = [x for x, on in (("center", look.place == "center"), ("box", look.rules in ("full", "framed", "boxes"))) if on]
    if "box" in options and rows[0] == "_":
        rows = rows[1:]
    if "box" in options and rows[-1] == "_":
        rows = rows[:-1]
    out = [f".nr PS {size:.1f}p", f".nr VS {step:.1f}p", f".ps {size:.1f}", f".vs {step:.1f}p", ".TS", " ".join(options + ["tab(\t)"]) + ";", ",\n".join(layout) + "."]
    out += rows + [".TE"]
    return around(table, look, out, widths, size, total)


def joined(entries):
    """Entries with tabs between; columns that a span covers take none."""
    return "\t".join(e for e in entries if e is not None)


def around(table, look, body, widths, size, total):
    tall = sum(measure.row_heights(table, look, widths, size)) + 60
    font = {"bold": "B", "italic": "I", "plain": "R"}[look.caption_style]
    fill = [".ad c" if look.place == "center" else ".ad l"]
    caption = [".br", ".sp 3p", ".ps 9", ".vs 11p"] + fill + [f".ft {font}", esc(table.caption), ".br", ".ft R", ".sp 3p"] if table.caption else []
    notes = [".br", ".sp 4p", ".ad l", ".ps 8", ".vs 9.5p"] + [x for n in table.notes for x in (esc(n), ".br")] if table.notes else []
    if table.unit:
        body = [".br", ".ps 8", ".vs 10p", f".ll {sum(widths):.0f}p", ".ad r", esc(table.unit), ".br", f".ll {total:.1f}p"] + body
    order = caption + body + notes if look.caption == "above" else body + notes + caption
    return [".br", ".nh", f".ne {tall:.0f}p"] + order + reset(look) + [".br", ".sp 8p"]


def reset(look):
    return [f".ps {look.body:g}", f".vs {look.body * 1.3:.1f}p", ".ad b" if look.prose_justify else ".ad l", ".ft R"]


def block_groff(block, look, total):
    value = block.value
    if block.kind in ("title", "heading", "subheading"):
        size = {"title": 17, "heading": 13, "subheading": 11}[block.kind]
        return [".br", ".sp 6p", f".ps {size}", f".vs {size * 1.2:.1f}p", ".ad l", ".ft B", esc(value), ".br", ".sp 4p"] + reset(look)
    if block.kind == "prose":
        return [".br", esc(value), ".br", ".sp 5p"]
    if block.kind == "box":
        return [".br", ".sp 3p", f"\\D'l {total:.0f}p 0'", ".br", ".ft B", esc(value[0]), ".br", ".ft R", esc(value[1]), ".br", ".sp -0.6", f"\\D'l {total:.0f}p 0'", ".br", ".sp 6p"]
    if block.kind in ("bullets", "numbers"):
        out = [".br"]
        for n, text in enumerate(value, 1):
            out += [".in 20p", ".ti -14p", ("\\(bu" if block.kind == "bullets" else f"{n}.") + "\\h'6p'" + esc(text), ".br"]
        return out + [".in 0", ".sp 4p"]
    if block.kind == "books":
        return [x for text in value for x in (".in 16p", ".ti -16p", esc(text), ".br", ".sp 2p")] + [".in 0"]
    if block.kind == "toc":
        out = [".br", f".ta {total:.0f}pR", ".lc ."]
        return out + [x for level, text, page in value for x in ("\\h'" + str(16 * level) + "p'" + esc(text) + " \x01" + page, ".br")] + [".sp 6p"]
    if block.kind == "chart":
        return chart_groff(value, look)
    if block.kind == "table":
        return table_groff(value, look, total)
    half = (total - 18) / 2
    out = [".br", ".mk a", f".ll {half:.1f}p", ".nr low 0"]
    for n, part in enumerate(value):
        if n:
            out += [".br", ".nr low \\n(nl", ".sp |\\nau", f".po {look.margin + half + 18:.1f}p"]
        for inner in part:
            out += block_groff(inner, look, half)
    return out + [".br", ".if \\n(nl<\\n[low] .sp |\\n[low]u", f".ll {total:.1f}p", f".po {look.margin:.1f}p"]


def chart_groff(chart, look):
    out = [".br", ".ne 170p", esc(chart["title"]), ".br", ".sp 140p", ".ps 7"]
    step = 330 / len(chart["bars"])
    for i, (label, share) in enumerate(chart["bars"]):
        x, h, w = 34 + i * step, 120 * share, step * 0.6
        out.append(f"\\h'{x:.0f}p'\\v'-12p'\\D'l 0 -{h:.0f}p'\\D'l {w:.0f}p 0'\\D'l 0 {h:.0f}p'\\D'l -{w:.0f}p 0'\\v'12p'{label}")
        out += [".br", ".sp -1"]
    for i in range(5):
        out += [f"\\h'4p'\\v'-{12 + i * 30}p'{chart['top'] * i / 4:g}", ".br", ".sp -1"]
    return out + [".sp 12p"] + reset(look)


def source(doc):
    look = doc.look
    w, h = look.sheet
    out = [
        f".pl {h:.1f}p", f".ll {look.text_width:.1f}p", f".lt {look.text_width:.1f}p", f".po {look.margin:.1f}p", f".fam {FAMILIES[look.font]}", ".nh",
        f".ds left {esc(doc.title)}", ".de HD", f"'sp {look.margin - 18:.0f}p", ".ps 8", ".tl '\\*[left]'''" if look.running else "'sp 1",
        f".ps {look.body:g}", "'sp 8p", "..", ".de FO", "'sp 8p", ".tl ''%''" if look.running else "'sp 1", "'bp", "..", ".wh 0 HD", f".wh -{look.margin:.0f}p FO",
    ] + reset(look)
    for n, sheet in enumerate(doc.sheets):
        out += [".bp"] if n else []
        for block in sheet:
            out += block_groff(block, look, look.text_width)
    return "\n".join(out) + "\n"


def typeset(doc, path):
    w, h = doc.look.sheet
    with open(path, "wb") as f:
        subprocess.run(
            ["groff", "-t", "-Kutf8", "-Tpdf", f"-P-p{h / 72:.4f}i,{w / 72:.4f}i"], input=source(doc).encode(), check=True, stdout=f, stderr=subprocess.DEVNULL
        )
