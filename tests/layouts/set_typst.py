"""Draws documents with Typst."""

import datetime
import os
import re
import tempfile

import grid as grids
from style import NBSP


def esc(text):
    return re.sub(r"([\\#$*_`<>@\[\]~/\-+=])", r"\\\1", text).replace("\n", " \\ ").replace("\u00ad", "-?")


def content(cell, bold=False, box=False, caps=False):
    text = re.sub(r"^(\d+)\. ", r"\1\\. ", esc(cell.text))  # no list
    if caps:
        text = f"#smallcaps[{text}]"
    if box:
        text = f"#box[{text}]"
    if cell.note:
        text += f"#super[{esc(cell.note)}]"
    return f"[#strong[{text}]]" if bold else f"[{text}]"


def stroke(style, heads):
    light, heavy = "0.4pt", "1pt"
    last = f"y == {heads - 1}"
    return {
        "grid": f"{light}",
        "horizontal": f"(x, y) => (bottom: if {last} {{ {heavy} }} else {{ 0.3pt + luma(120) }}, top: if y == 0 {{ {heavy} }})",
        "booktabs": f"(x, y) => (bottom: if {last} {{ 0.6pt }}, top: if y == 0 {{ {heavy} }})",
        "bands": "none",
        "none": "none",
        "dotted": f'(x, y) => (bottom: if {last} {{ {heavy} }} else {{ (thickness: 0.5pt, dash: "dotted") }})',
        "vertical": f"(x, y) => (left: if x > 0 {{ {light} }}, bottom: if {last} {{ {light} }})",
        "box": f"(x, y) => (bottom: if {last} {{ {light} }})",
        "double": f"(x, y) => (bottom: if {last} {{ {heavy} }})",
        "sums": f"(x, y) => (bottom: if {last} {{ {light} }})",
    }[style.rules]


def table(t, style, width, rng):
    g = grids.make(t, style)
    widths, size = grids.fit(g, style, width * 72 / 2.54, pad=5 if style.tight else 9)
    look = f", tracking: {style.spacing}pt" if style.spacing else ""
    look += ', number-type: "old-style"' if style.numerals == "old" else ""
    inset = 1.5 if style.tight else 3
    heads = len(g.head) + bool(g.title) + bool(g.unit_row)
    over = f"if y < {heads} {{ {style.head_align} }} else {{ right }}" if style.head_align else "right"
    over_top = {"": "bottom", "top": "top", "middle": "horizon"}[style.head_valign]
    valign = {"top": "top", "middle": "horizon", "bottom": "bottom"}[style.valign]
    out = [
        f"#[#set text({size}pt{look})\n#table(columns: ({', '.join(f'{w:.1f}pt' for w in widths)}), inset: (x: {inset}pt, y: {style.pad or (1.5 if style.tight else rng.choice([2.5, 3, 3.5, 4]))}pt), stroke: {stroke(style, heads)},",
        f"align: (x, y) => (if x >= {g.before} and x < {g.before + g.figures} {{ {over} }} else {{ left }}) + (if y < {heads} {{ {over_top} }} else {{ {valign} }}),",
    ]
    if g.shaded:
        over = ", ".join(str(g.before + i) for i in g.shaded)
        out.append(f'fill: (x, y) => if (x in ({over},)) {{ rgb("{style.fill}") }},')
    if style.bar:
        out.append('fill: (x, y) => if y == 0 { rgb("#1d5c4c") },')
    elif style.rules == "bands":
        out.append(f'fill: (x, y) => if calc.odd(y) {{ rgb("{style.fill}") }},')
    head = [f"table.cell(colspan: {g.width}, align: left)[#strong[{esc(g.title)}]]"] if g.title else []
    for row in g.head:
        for c in row:
            text = " \\ ".join(esc(l) for l in c.lines if l)
            text = re.sub(r"[\d.]+–[\d.]+\\/\d+", r"#box[\g<0>]", text)  # 1–4/2025 stays on one line
            text = f"#strong[{text}]" if c.figure else text
            if style.rotated and c.figure and c.across == 1:
                text = f"#rotate(-90deg, reflow: true)[{text}]"
            if c.across > 1 or c.down > 1:
                align = ", align: center" if c.across > 1 else ""
                head.append(f"table.cell(colspan: {c.across}, rowspan: {c.down}{align})[{text}]")
            else:
                head.append(f"[{text}]")
    if g.unit_row:
        head += [f"table.cell(colspan: {g.before})[]", f"table.cell(colspan: {g.figures}, align: center)[{esc(g.unit_row)}]"]
        head += ["[]"] * g.after
    if style.bar:  # white where the bar is; a cell that reaches down keeps its words
        first = (1 if g.title else len(g.head[0]))
        head[:first] = [f"{{ set text(white); {h} }}" if h.startswith("table.cell") else f"text(white){h}" for h in head[:first]]
    out.append(f"table.header(repeat: {'true' if style.repeat else 'false'}, {', '.join(head)}),")
    for line in g.lines:
        bold = line.kind == "total" and style.bold == "bold" or line.kind == "heading" and line.level == 0
        caps = style.bold == "caps" and line.kind in ("heading", "total")
        if line.kind == "heading":
            code = content(line.labels[0], bold) + ", " if g.code_column else ""
            label = line.labels[1 if g.code_column else 0]
            if g.before - g.code_column > 1 and g.two_labels or g.after and not g.remarks:
                label.text = f"{label.text} / {(line.labels + line.right)[-1].text}"
            ground = {
                "": "",
                "center": ", align: center",
                "fill": f', fill: rgb("{style.fill}")',
                "dark": ', fill: rgb("#44546a")',
            }[style.group]
            text = content(label, bold and not caps, caps=caps)
            if style.group_rules:
                ground += ", stroke: (top: 0.5pt)"
            if style.group == "dark":
                text = f"[#text(white){text}]"
            if style.group in ("fill", "dark") and code:
                code = f"table.cell({ground[2:]}){content(line.labels[0], bold)}, "
            out.append(f"  {code}table.cell(colspan: {g.width - g.code_column}{ground}){text},")
            continue
        cells = []
        for i, c in enumerate(line.labels):
            if not c.down:
                continue
            text = content(c, bold, caps=caps)
            if style.hanging and i == int(g.code_column) + g.section_column:
                text = f"par(hanging-indent: 0.35cm, {text})"
            if line.level and i == int(g.code_column):
                text = f"pad(left: {line.level * 0.3:.1f}cm, {text})"
            if c.down > 1:
                place = {"top": "top", "middle": "horizon", "bottom": "bottom"}[style.merge or "top"]
                text = f"table.cell(rowspan: {c.down}, breakable: false, align: left + {place}){content(c, True)}"
            cells.append(text)
        cells += [
            ("table.cell(stroke: (top: 0.6pt))" if line.kind == "total" and style.rules == "sums" else "")
            + content(c, bold, True)
            for c in line.cells
        ]
        cells += [content(c, bold) for c in line.right]
        out.append("  " + ", ".join(cells) + ",")
    out.append(")]")
    if t.footnotes:
        out.append("#text(7.5pt)[" + " \\ ".join(esc(f) for f in t.footnotes) + "]")
    return "\n".join(out)


def source(doc, rng):
    style = doc.style
    flip = ", flipped: true" if style.landscape else ""
    width = 25.7 if style.landscape else 8.1 if style.flow == "columns" else 17.0
    left, right = (esc(x) for x in doc.running)
    bars = (
        f"header: text(8pt)[{left} #h(1fr) {right}], numbering: \"{rng.choice(['1', '1 (1)', '– 1 –'])}\","
        if style.running
        else ""
    )
    out = [f"""#set document(title: "{doc.title}", date: datetime(year: 2025, month: 11, day: 1))
#set page(paper: "a4"{flip}, margin: (x: 2cm, y: 2.3cm), {'columns: 2,' if style.flow == 'columns' else ''} {bars})
#set text(font: "{style.font}", size: 10pt, lang: "{'fi' if doc.language == 'fi' else 'sv'}", hyphenate: {'true' if style.flow == 'columns' else 'false'})
#show table: set text(hyphenate: false)
#show heading: set block(above: 1.1em, below: 0.7em)"""]
    for b in doc.blocks:
        if b.kind == "title":
            title = f'#text(17pt, weight: "bold")[{esc(b.text)}]\n'
            out.append(f'#place(top, scope: "parent", float: true)[{title}]\n' if style.flow == "columns" else title)
        elif b.kind in ("heading", "subheading"):
            out.append(f"{'=' if b.kind == 'heading' else '=='} {esc(b.text)}\n")
        elif b.kind == "prose":
            out.append(esc(b.text) + "\n")
        elif b.kind == "bullets":
            out.append("\n".join(f"- {esc(x)}" for x in b.text) + "\n")
        elif b.kind == "words":
            rows = [", ".join(f"[#strong[{esc(x)}]]" if not n else f"[{esc(x)}]" for x in row) for n, row in enumerate(b.text)]
            rows = ",\n".join(rows)
            out.append(f"#[#set text(9pt)\n#table(columns: (1fr, 1fr, 1fr), stroke: 0.4pt + luma(120), {rows})]\n")
        elif b.kind == "lines":
            dots = "repeat[.]" if style.leaders or style.toc else ""
            fill = f"#box(width: 1fr{', ' if dots else ''}{dots})" if dots else "#h(1fr)"
            out.append("#block(width: 13cm)[" + " \\ ".join(f"{esc(x)} {fill} {esc(y)}" for x, y in b.text) + "]\n")
        elif b.kind == "toc":
            out.append("#outline(title: none)\n")
        elif b.kind == "page":
            out.append("#pagebreak(weak: true)\n")
        elif b.kind == "table" and style.captions:
            unit = f" ({esc(b.table.caption)})" if b.table.caption else ""
            word = "Taulukko" if doc.language == "fi" else "Tabell"
            out.append(
                f"#show figure: set figure.caption(position: {'bottom' if style.captions == 'below' else 'top'})\n"
                f"#figure(kind: table, supplement: [{word}], caption: [{esc(b.table.title)}{unit}])[{table(b.table, style, width, rng)}]\n"
            )
        elif b.kind == "table":
            if b.table.caption:
                out.append(f"#text(8.5pt)[{esc(b.table.caption)}]\n")
            out.append(table(b.table, style, width, rng) + "\n")
        elif b.kind == "side":
            half = (width - 0.8) / 2
            cells = [
                f"[#strong[{esc(t.title)}]{NBSP if t.caption else ''}{esc(t.caption)}\n\n{table(t, style, half, rng)}]"
                for t in b.tables
            ]
            out.append(f"#grid(columns: ({half}cm, {half}cm), column-gutter: 0.8cm, {', '.join(cells)})\n")
    return "\n".join(out)


def typeset(documents, folder, rng):
    import typst

    stamp = datetime.datetime(2025, 11, 1, tzinfo=datetime.timezone.utc)
    with tempfile.TemporaryDirectory() as temporary:
        for doc in documents:
            name = os.path.join(temporary, "main.typ")
            with open(name, "w", encoding="utf-8") as f:
                f.write(source(doc, rng))
            typst.compile(
                name, output=os.path.join(folder, doc.id + ".pdf"), timestamp=stamp, pdf_tags=doc.style.tagged
            )
