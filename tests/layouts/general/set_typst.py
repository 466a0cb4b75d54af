"""Draws documents with Typst."""

import datetime
import os
import re
import tempfile

import measure
from looks import Drawing


def esc(text):
    return re.sub(r"([\\#$*_`<>@\[\]~/\-+=(])", r"\\\1", text).replace("\n", " \\ ")


def content(cell, table, look, white):
    text = esc(cell.text)
    if cell.kind in ("figure", "mark"):
        text = f"#box[{text}]"
    if cell.mark:
        text += f"#super[{esc(cell.mark)}]"
    if look.leaders and cell.kind == "stub" and not cell.col and cell.down == 1:
        text += " #box(width: 1fr, repeat[.])"
    if cell.lead:
        text = f"{esc(cell.lead)}#h(1fr){text}"
    if measure.is_bold(cell, look):
        text = f"#strong[{text}]"
    if measure.is_italic(cell, look):
        text = f"#emph[{text}]"
    if white:
        text = f"#text(fill: white)[{text}]"
    if measure.align(cell, table, look) == "justify":
        text = f"#par(justify: true)[{text}]"
    return text


def cell_typst(cell, table, look, drawing):
    at = (cell.row, cell.col)
    across = {"left": "left", "right": "right", "center": "center", "justify": "left"}[measure.align(cell, table, look)]
    down = {"top": "top", "middle": "horizon", "bottom": "bottom"}[look.head_valign if cell.kind == "head" else look.valign]
    options = f"x: {cell.col}, y: {cell.row}, colspan: {cell.across}, rowspan: {cell.down}, align: {across} + {down}"
    if at in drawing.fill:
        options += f', fill: rgb("{drawing.fill[at]}")'
    left, top = look.pad_x + measure.indent(cell, look), look.pad_y + (look.gap if cell.row in table.gaps else 0)
    options += f", inset: (left: {left}pt, right: {look.pad_x}pt, top: {top}pt, bottom: {look.pad_y}pt)"
    return f"table.cell({options})[{content(cell, table, look, at in drawing.white)}],"


def stroke(value, look):
    weight, double = value
    colour = "white" if look.rules == "white_lines" else f'rgb("{look.colour}")'
    dash = ', dash: "dotted"' if look.dash and weight == look.light and not double else ""
    return f"(thickness: {weight * (2 if double else 1)}pt, paint: {colour}{dash})"


def table_typst(table, look, total):
    widths, size = measure.fit(table, look, total)
    drawing, at = Drawing(table, look), table.at()
    out = [f"#block(breakable: false, above: 5pt, below: 5pt)[#set text({size:.2f}pt, top-edge: 0.92em, bottom-edge: -0.22em)", "#set par(leading: 0.04em, justify: false)",
           f"#table(columns: ({', '.join(f'{w:.1f}pt' for w in widths)},), stroke: none,"]
    for r in range(table.rows):
        for c in range(table.width):
            cell = at.get((r, c))
            if cell is None:
                fill = f', fill: rgb("{drawing.fill[(r, c)]}")' if (r, c) in drawing.fill else ""
                out.append(f"table.cell(x: {c}, y: {r}, inset: {look.pad_y}pt{fill})[],")
            elif (cell.row, cell.col) == (r, c):
                out.append(cell_typst(cell, table, look, drawing))
    for (y, c), value in sorted(drawing.h.items()):
        out.append(f"table.hline(y: {y}, start: {c}, end: {c + 1}, stroke: {stroke(value, look)}),")
    for (r, x), value in sorted(drawing.v.items()):
        out.append(f"table.vline(x: {x}, start: {r}, end: {r + 1}, stroke: {stroke(value, look)}),")
    out.append(")]")
    return around(table, look, "\n".join(out), max(sum(widths), 120))


def around(table, look, body, wide):
    weight = {"bold": 'weight: "bold"', "italic": 'style: "italic"', "plain": "fill: black"}[look.caption_style]
    caption = f"#block(width: {wide:.0f}pt, above: 8pt, below: 4pt)[#set par(justify: false)\n#text({look.size + 0.5}pt, {weight})[{esc(table.caption)}]]" if table.caption else ""
    if table.unit:
        body = f"#block(width: {wide:.0f}pt, above: 4pt, below: 4pt)[#align(right)[#text({look.size - 1}pt)[{esc(table.unit)}]]]\n" + body
    notes = "".join(f"#block(width: {wide:.0f}pt, above: 3pt, below: 3pt)[#set par(justify: false)\n#text({look.size - 1}pt)[{esc(n)}]]\n" for n in table.notes)
    order = [caption, body, notes] if look.caption == "above" else [body, notes, caption]
    text = "\n".join(x for x in order if x) + "\n#v(4pt)\n"
    return f"#align(center)[{text}]\n" if look.place == "center" else text


def chart_typst(chart, look):
    bars, top = chart["bars"], chart["top"]
    step = 330 / len(bars)
    parts = [f"#text({look.size}pt)[{esc(chart['title'])}]\n", "#box(width: 380pt, height: 150pt)[#set text(7.5pt)"]
    for i in range(5):
        y = 130 - i * 30
        parts.append(f"#place(dx: 30pt, dy: {y}pt, line(length: 330pt, stroke: 0.4pt + gray))#place(dx: 8pt, dy: {y - 3}pt)[{top * i / 4:g}]")
    for i, (label, share) in enumerate(bars):
        x = 34 + i * step
        parts.append(f'#place(dx: {x:.1f}pt, dy: {130 - 120 * share:.1f}pt, rect(width: {step * 0.6:.1f}pt, height: {120 * share:.1f}pt, fill: rgb("{look.dark}")))')
        parts.append(f"#place(dx: {x:.1f}pt, dy: 136pt)[{label}]")
    return "\n".join(parts) + "]\n"


def block_typst(block, look, total):
    value = block.value
    if block.kind in ("title", "heading", "subheading"):
        size = {"title": 17, "heading": 13, "subheading": 11}[block.kind]
        return f'#block(above: 11pt, below: 8pt)[#set par(justify: false)\n#text({size}pt, weight: "bold")[{esc(value)}]]\n'
    if block.kind == "prose":
        return esc(value) + "\n"
    if block.kind == "box":
        return f'#block(width: 100%, inset: 8pt, stroke: 0.75pt, fill: rgb("{look.fill}"))[#strong[{esc(value[0])}]\n\n{esc(value[1])}]\n'
    if block.kind in ("bullets", "numbers"):
        sign = "-" if block.kind == "bullets" else "+"
        return "\n".join(f"{sign} {esc(x)}" for x in value) + "\n"
    if block.kind == "books":
        return "\n".join(f"#par(hanging-indent: 16pt)[{esc(x)}]\n" for x in value)
    if block.kind == "toc":
        return "\n".join(f"#h({16 * level}pt){esc(text)} #box(width: 1fr, repeat[.]) {page} \\" for level, text, page in value) + "\n"
    if block.kind == "chart":
        return chart_typst(value, look)
    if block.kind == "table":
        return table_typst(value, look, total)
    half = (total - 18) / 2
    if block.kind == "side":
        inner = [table_typst(t, look, half) for t in value]
    else:
        inner = ["\n".join(block_typst(b, look, half) for b in column) for column in value]
    return f"#grid(columns: ({half:.1f}pt, {half:.1f}pt), column-gutter: 18pt, {', '.join(f'[{x}]' for x in inner)})\n"


def source(doc):
    look = doc.look
    w, h = look.sheet
    bars = f'header: text(8pt)[{esc(doc.title)}], numbering: "1",' if look.running else ""
    out = [
        f"""#set document(title: "{doc.title}", date: datetime(year: 2025, month: 11, day: 1))
#set page(width: {w}pt, height: {h}pt, margin: {look.margin}pt, {bars})
#set text(font: "{look.font}", size: {look.body}pt, hyphenate: false)
#set smartquote(enabled: false)
#set par(justify: {'true' if look.prose_justify else 'false'})
"""
    ]
    for n, sheet in enumerate(doc.sheets):
        if n:
            out.append("#pagebreak()\n")
        out += [block_typst(b, look, look.text_width) for b in sheet]
    return "\n".join(out)


def typeset(doc, path):
    import typst

    stamp = datetime.datetime(2025, 11, 1, tzinfo=datetime.timezone.utc)
    with tempfile.TemporaryDirectory() as temporary:
        name = os.path.join(temporary, "main.typ")
        with open(name, "w", encoding="utf-8") as f:
            f.write(source(doc))
        typst.compile(name, output=path, timestamp=stamp)
