"""Draws documents with Chromium and WeasyPrint, from the same HTML."""

import os
import subprocess
import tempfile
from html import escape

import measure
from looks import Drawing
from fixed import fix_dates


def rich(text):
    return escape(text).replace("\n", "<br>")


def border(side, value, look):
    if not value:
        return ""
    weight, double = value
    colour = "#ffffff" if look.rules == "white_lines" else look.colour
    kind = "dotted" if look.dash and weight == look.light else "solid"
    return f"border-{side}:{weight * 4:.1f}pt double {colour};" if double else f"border-{side}:{weight:.2f}pt {kind} {colour};"


def leader(cell, table, look, widths, size):
    """Dots that fill the rest of a stub."""
    if not look.leaders or cell.kind != "stub" or cell.col or cell.row < table.heads or cell.down > 1:
        return ""
    room = widths[0] - 2 * look.pad_x - measure.indent(cell, look)
    last = measure.lines_of(cell, widths, look, size)[-1]
    bold = measure.is_bold(cell, look)
    rest = room - measure.width(last + " ", look.font, size, bold)
    dots = int(rest / measure.width(".", look.font, size, bold)) - 2
    return " " + "." * dots if dots > 3 else ""


def content(cell, table, look, widths, size):
    text = rich(measure.safe(cell.text, look.font))
    if cell.mark:
        text += f"<sup>{escape(cell.mark)}</sup>"
    text += leader(cell, table, look, widths, size)
    if cell.lead:
        text = f'<span class="lead">{escape(cell.lead)}</span>{text}'
    return text


def cell_html(cell, table, look, drawing, widths, size):
    r, c = cell.row, cell.col
    style = ""
    for side, value in (
        ("top", drawing.h.get((r, c))), ("bottom", drawing.h.get((r + cell.down, c))),
        ("left", drawing.v.get((r, c))), ("right", drawing.v.get((r, c + cell.across))),
    ):
        style += border(side, value, look)
    trimmed = cell.kind == "head" and cell.across > 1 and look.trim and look.rules not in ("full", "full_shaded", "full_dark")
    if trimmed:
        style = style.replace(border("bottom", drawing.h.get((r + cell.down, c)), look), "")
    if (r, c) in drawing.fill:
        style += f"background:{drawing.fill[(r, c)]};"
    if (r, c) in drawing.white:
        style += "color:#fff;"
    if measure.is_bold(cell, look):
        style += "font-weight:bold;"
    if measure.is_italic(cell, look):
        style += "font-style:italic;"
    style += f"text-align:{measure.align(cell, table, look)};"
    if cell.level:
        style += f"padding-left:{look.pad_x + measure.indent(cell, look):.1f}pt;"
    if cell.kind in ("figure", "mark"):
        style += "white-space:nowrap;"
    if r in table.gaps:
        style += f"padding-top:{look.pad_y + look.gap}pt;"
    style += f"vertical-align:{look.head_valign if cell.kind == 'head' else look.valign};"
    span = (f' colspan="{cell.across}"' if cell.across > 1 else "") + (f' rowspan="{cell.down}"' if cell.down > 1 else "")
    text = content(cell, table, look, widths, size)
    if trimmed and drawing.h.get((r + cell.down, c)):
        text = f'<div style="border-bottom:{look.light}pt solid {look.colour};margin:0 {look.trim}pt">{text}</div>'
    return f'<td{span} style="{style}">{text}</td>'


def empty_html(r, c, table, look, drawing):
    style = border("top", drawing.h.get((r, c)), look) + border("bottom", drawing.h.get((r + 1, c)), look)
    style += border("left", drawing.v.get((r, c)), look) + border("right", drawing.v.get((r, c + 1)), look)
    if (r, c) in drawing.fill:
        style += f"background:{drawing.fill[(r, c)]};"
    return f'<td style="{style}"></td>'


def table_html(table, look, total):
    widths, size = measure.fit(table, look, total)
    drawing = Drawing(table, look)
    at = table.at()
    out = [f'<table style="width:{sum(widths):.1f}pt;font-size:{size:.2f}pt;{"margin-left:auto;margin-right:auto" if look.place == "center" else ""}"><colgroup>']
    out += [f'<col style="width:{w:.1f}pt">' for w in widths] + ["</colgroup>"]
    for r in range(table.rows):
        out.append("<tr>")
        for c in range(table.width):
            cell = at.get((r, c))
            if cell is None:
                out.append(empty_html(r, c, table, look, drawing))
            elif (cell.row, cell.col) == (r, c):
                out.append(cell_html(cell, table, look, drawing, widths, size))
        out.append("</tr>")
    out.append("</table>")
    return around(table, look, "".join(out), max(sum(widths), 120))


def around(table, look, body, wide):
    """The table with its caption and notes."""
    centre = "margin-left:auto;margin-right:auto;" if look.place == "center" else ""
    caption = f'<p class="caption" style="max-width:{wide:.0f}pt;{centre}">{escape(table.caption)}</p>' if table.caption else ""
    unit = f'<p class="note" style="text-align:right;width:{wide:.0f}pt;{centre}">{escape(table.unit)}</p>' if table.unit else ""
    body = unit + body
    notes = "".join(f'<p class="note" style="max-width:{wide:.0f}pt;{centre}">{escape(n)}</p>' for n in table.notes)
    order = [caption, body, notes] if look.caption == "above" else [body, notes, caption]
    return f'<div class="table">{"".join(order)}</div>'


def chart_html(chart, look):
    bars, top = chart["bars"], chart["top"]
    step = 330 / len(bars)
    parts = []
    for i in range(5):
        y = 130 - i * 30
        parts.append(f'<line x1="30" x2="360" y1="{y}" y2="{y}" stroke="#bbb" stroke-width="0.5"/><text x="26" y="{y + 3}" text-anchor="end">{top * i / 4:g}</text>')
    for i, (label, share) in enumerate(bars):
        x = 34 + i * step
        parts.append(f'<rect x="{x:.1f}" y="{130 - 120 * share:.1f}" width="{step * 0.6:.1f}" height="{120 * share:.1f}" fill="{look.dark}"/>')
        parts.append(f'<text x="{x + step * 0.3:.1f}" y="141" text-anchor="middle">{label}</text>')
    return f'<p class="caption">{escape(chart["title"])}</p><svg width="380" height="150" viewBox="0 0 380 150" style="font: 7.5pt {look.font}">{"".join(parts)}</svg>'


def block_html(block, look, total):
    value = block.value
    if block.kind in ("title", "heading", "subheading"):
        tag = {"title": "h1", "heading": "h2", "subheading": "h3"}[block.kind]
        return f"<{tag}>{escape(value)}</{tag}>"
    if block.kind == "prose":
        return f'<p class="prose">{escape(value)}</p>'
    if block.kind == "box":
        return f'<div class="box"><h3>{escape(value[0])}</h3><p class="prose">{escape(value[1])}</p></div>'
    if block.kind in ("bullets", "numbers"):
        tag = "ul" if block.kind == "bullets" else "ol"
        return f"<{tag}>" + "".join(f"<li>{escape(x)}</li>" for x in value) + f"</{tag}>"
    if block.kind == "books":
        return "".join(f'<p class="book">{escape(x)}</p>' for x in value)
    if block.kind == "toc":
        return "".join(toc_line(level, text, page, look, total) for level, text, page in value)
    if block.kind == "chart":
        return chart_html(value, look)
    if block.kind == "table":
        return table_html(value, look, total)
    half = (total - 18) / 2
    if block.kind == "side":
        inner = [table_html(t, look, half) for t in value]
    else:
        inner = ["".join(block_html(b, look, half) for b in column) for column in value]
    return f'<div class="side">{"".join(f"<div>{x}</div>" for x in inner)}</div>'


def toc_line(level, text, page, look, total):
    room = total - 16 * level - measure.width(text + "  " + page, look.font, look.body)
    dots = "." * max(3, int(room / measure.width(".", look.font, look.body)) - 2)
    return f'<p class="toc" style="padding-left:{16 * level}pt"><span>{escape(text)} {dots}</span><span>{page}</span></p>'


def css(look):
    w, h = look.sheet
    caption = {"bold": "font-weight:bold", "italic": "font-style:italic", "plain": ""}[look.caption_style]
    return f"""@page {{ size: {w}pt {h}pt; margin: {look.margin}pt; {'@bottom-center { content: counter(page); font: 8pt sans-serif }' if look.running else ''} }}
* {{ box-sizing: border-box; hyphens: manual }} body {{ margin: 0; font: {look.body}pt/1.3 "{look.font}" }} section {{ break-after: page }} section:last-child {{ break-after: auto }}
h1 {{ font-size: 17pt; margin: 0 0 8pt }} h2 {{ font-size: 13pt; margin: 9pt 0 5pt }} h3 {{ font-size: 11pt; margin: 8pt 0 4pt }}
p.prose {{ margin: 0 0 6pt; text-align: {'justify' if look.prose_justify else 'left'} }} ul, ol {{ margin: 0 0 6pt; padding-left: 20pt }} p.book {{ margin: 0 0 4pt 16pt; text-indent: -16pt }}
p.toc {{ margin: 0 0 3pt; display: flex; justify-content: space-between; white-space: nowrap }} .running {{ font-size: 8pt; margin: 0 0 8pt; display: flex; justify-content: space-between }}
table {{ border-collapse: collapse; table-layout: fixed; line-height: 1.16 }} td {{ padding: {look.pad_y}pt {look.pad_x}pt; overflow-wrap: normal }}
.table {{ margin: 4pt 0 9pt }} .caption {{ font-size: {look.size + 0.5}pt; margin: 0 0 4pt; {caption} }} .note {{ font-size: {look.size - 1}pt; margin: 2pt 0 0; line-height: 1.2 }}
.box {{ border: 0.75pt solid {look.colour}; background: {look.fill}; padding: 2pt 8pt; margin: 6pt 0 }}
sup {{ font-size: 65%; line-height: 0 }} .lead {{ float: left }} .side {{ display: flex; gap: 18pt; align-items: flex-start }} .side > div {{ width: {(look.text_width - 18) / 2:.1f}pt }} svg {{ display: block; margin-bottom: 6pt }}"""


def source(doc):
    look = doc.look
    out = []
    for sheet in doc.sheets:
        out.append("<section>")
        if look.running:
            out.append(f'<div class="running"><span>{escape(doc.title)}</span></div>')
        out += [block_html(b, look, look.text_width) for b in sheet]
        out.append("</section>")
    return f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(doc.title)}</title><style>{css(look)}</style></head><body>{"".join(out)}</body></html>'


def weasyprint(doc, path):
    import logging
    import weasyprint as wp

    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    wp.HTML(string=source(doc)).write_pdf(path, pdf_identifier=b"0" * 16)


def chromium(doc, path):
    with tempfile.TemporaryDirectory() as temporary:
        name = os.path.join(temporary, "main.html")
        with open(name, "w", encoding="utf-8") as f:
            f.write(source(doc))
        subprocess.run(
            ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", "--disable-background-networking",
             "--user-data-dir=" + os.path.join(temporary, "profile"), "--print-to-pdf=" + os.path.abspath(path), "file://" + name],
            check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=120,
        )
    fix_dates(path)
