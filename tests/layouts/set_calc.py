"""Draws documents with LibreOffice Calc: one sheet per table, figures as numbers that the locale formats."""

import os
import tempfile
from dataclasses import replace
from xml.sax.saxutils import escape

import grid as grids
import odf


def styles(style, language, size):
    out = [odf.page_layout(style.landscape)]
    for d in range(3):
        if style.minus == "left":  # as accountants format: the minus at the left edge of the cell
            grouped = "false" if style.separator == "none" else "true"  # LibreOffice fills no cell of grouped figures
            number = f'<number:number number:decimal-places="{d}" number:min-decimal-places="{d}" number:min-integer-digits="1" number:grouping="{grouped}"/>'
            place = f'number:language="{language}" number:country="FI"'
            out.append(
                f'<number:number-style style:name="N{d}P0" style:volatile="true" {place}>{number}</number:number-style>'
                f'<number:number-style style:name="N{d}" {place}><number:text>-</number:text><loext:fill-character> </loext:fill-character>{number}'
                f'<style:map style:condition="value()&gt;=0" style:apply-style-name="N{d}P0"/></number:number-style>'
            )
            continue
        out.append(
            f'<number:number-style style:name="N{d}" number:language="{language}" number:country="FI"><number:number number:decimal-places="{d}" '
            f'number:min-decimal-places="{d}" number:min-integer-digits="1" number:grouping="true"/></number:number-style>'
        )
    out.append(
        f'<number:percentage-style style:name="N9" number:language="{language}" number:country="FI"><number:number number:decimal-places="1" number:min-decimal-places="1" '
        'number:min-integer-digits="1"/><number:text> %</number:text></number:percentage-style>'
    )
    for n in (3, 4):
        height = f'style:row-height="{n * size * 1.3:.1f}pt" style:use-optimal-row-height="false"'
        out.append(f'<style:style style:name="High{n}" style:family="table-row"><style:table-row-properties {height}/></style:style>')
    line = "0.5pt solid #000000"
    border = {"grid": f'fo:border="{line}"', "horizontal": 'fo:border-bottom="0.3pt solid #808080"'}.get(
        style.rules, ""
    )
    fill = f'fo:background-color="{style.fill}"'
    face = f'style:font-name="{style.font}" fo:font-size="{size}pt"'
    bold = ' fo:font-weight="bold"'
    vertical = f'style:vertical-align="{style.valign}" fo:wrap-option="wrap"'
    for name, weight in (("Text", ""), ("Bold", bold)):
        for shade in ("", "Band"):
            cell = f"{border} {fill if shade else ''} {vertical}"
            if style.stairs:  # a label that runs on over the empty cells beside it
                out.append(
                    f'<style:style style:name="{name}{shade}Run" style:family="table-cell"><style:table-cell-properties {border} fo:wrap-option="no-wrap"/>'
                    f"<style:text-properties {face}{weight}/></style:style>"
                )
            out.append(
                f'<style:style style:name="{name}{shade}" style:family="table-cell"><style:table-cell-properties {cell}/><style:text-properties {face}{weight}/></style:style>'
            )
            for level in (1, 2):
                out.append(
                    f'<style:style style:name="{name}{shade}L{level}" style:family="table-cell"><style:table-cell-properties {cell}/>'
                    f'<style:paragraph-properties fo:text-align="start" fo:margin-left="{level * 0.3}cm"/><style:text-properties {face}{weight}/></style:style>'
                )
            for d in (0, 1, 2, 9):
                out.append(
                    f'<style:style style:name="{name}{shade}N{d}" style:family="table-cell" style:data-style-name="N{d}"><style:table-cell-properties {cell}/>'
                    f'<style:paragraph-properties fo:text-align="end"/><style:text-properties {face}{weight}/></style:style>'
                )
    head_fill = fill if style.rules in ("bands", "horizontal") or style.corner_title else ""
    corner_wrap = 'fo:wrap-option="wrap" ' if style.corner_title else ""
    turned = 'style:rotation-angle="90" style:rotation-align="none"' if style.rotated else 'fo:wrap-option="wrap"'
    out.append(
        f'<style:style style:name="Head" style:family="table-cell"><style:table-cell-properties {border} {head_fill} {turned} style:vertical-align="bottom"/>'
        f'<style:paragraph-properties fo:text-align="{dict(left="start", center="center").get(style.head_align, "end")}"/><style:text-properties {face}{bold}/></style:style>'
    )
    out.append(
        f'<style:style style:name="Corner" style:family="table-cell"><style:table-cell-properties {border} {head_fill} {corner_wrap}style:vertical-align="bottom"/><style:text-properties {face}{bold if style.corner_title else ""}/></style:style>'
    )
    for name, points in (("Title1", 15), ("Heading1", 12), ("Prose", 9)):
        out.append(
            f'<style:style style:name="{name}" style:family="table-cell"><style:text-properties style:font-name="{style.font}" fo:font-size="{points}pt"{bold if points > 9 else ""}/></style:style>'
        )
    if style.sections == "column":
        out.append(
            f'<style:style style:name="Merged" style:family="table-cell"><style:table-cell-properties {border} fo:wrap-option="wrap" style:vertical-align="{style.merge or "top"}"/><style:text-properties {face}{bold}/></style:style>'
        )
    if style.remarks:
        out.append(
            f'<style:style style:name="Remark" style:family="table-cell"><style:table-cell-properties {border} fo:wrap-option="wrap" fo:padding-left="0.2cm" style:vertical-align="{style.valign}"/><style:text-properties {face}/></style:style>'
        )
    out.append(
        f'<style:style style:name="Over" style:family="table-cell"><style:table-cell-properties {border} {head_fill}/><style:paragraph-properties fo:text-align="center"/><style:text-properties {face}{bold}/></style:style>'
    )
    if style.shade or style.group:
        for weight, name in (("", "Text"), (bold, "Bold")):
            for d in (0, 1, 2, 9):
                out.append(
                    f'<style:style style:name="{name}ShadeN{d}" style:family="table-cell" style:data-style-name="N{d}"><style:table-cell-properties {border} {fill} {vertical}/>'
                    f'<style:paragraph-properties fo:text-align="end"/><style:text-properties {face}{weight}/></style:style>'
                )
    if style.scale_place == "below":
        out.append(
            f'<style:style style:name="Unit" style:family="table-cell"><style:table-cell-properties {border} {head_fill}/><style:paragraph-properties fo:text-align="end"/><style:text-properties {face} fo:font-style="italic"/></style:style>'
        )
    out.append(
        '<style:style style:name="ta" style:family="table" style:master-page-name="Sheet"><style:table-properties/></style:style>'
    )
    return out


def text(style, lines):
    return (
        f'<table:table-cell table:style-name="{style}" office:value-type="string">'
        + "".join(f"<text:p>{escape(l)}</text:p>" for l in lines)
        + "</table:table-cell>"
    )


def figure(name, cell, column, percent):
    if cell.value is None:
        return f'<table:table-cell table:style-name="{name}N0"/>' if not cell.text else text(name + "N0", [cell.text])
    if percent:
        return f'<table:table-cell table:style-name="{name}N9" office:value-type="percentage" office:value="{cell.value / 100}"/>'
    return f'<table:table-cell table:style-name="{name}N{cell.decimals}" office:value-type="float" office:value="{cell.value}"/>'


def sheet(name, intro, t, style, widths, g):
    rows, tall = [text(*x) for x in intro] + [text("Prose", [""])], 0
    if len(g.head) > 1:
        rows += spans(g)
        tall = max(len(c.lines) for c in g.head[1])
    for row in g.head if len(g.head) == 1 else []:
        stairs = text("Corner", [""]) * 2 if style.stairs else ""
        rows.append(
            stairs
            + "".join(
                text(
                    "Head" if c.figure else "Remark" if g.remarks and c is row[-1] else "Corner",
                    [" ".join(c.lines)] if style.rotated and c.figure else [l for l in c.lines if l] or [""],
                )
                for c in row
            )
        )
    if g.unit_row:
        units = "".join(text("Unit", ["" if c.unit == "percent" else g.unit_row]) for c in t.columns)
        rows.append(text("Corner", [""]) * g.before + units + text("Corner", [""]) * g.after)
    for k, line in enumerate(g.lines):
        bold = line.kind == "total" and style.bold == "bold" or line.kind == "heading" and not line.level
        shade = style.rules == "bands" and k % 2 or line.kind == "heading" and style.group
        base = ("Bold" if bold else "Text") + ("Band" if shade else "")
        cells = []
        for i, c in enumerate(line.labels):
            if not c.down:
                cells.append("<table:covered-table-cell/>")
                continue
            if c.down > 1:
                cells.append(text("Merged", [c.text]).replace(" office:", f' table:number-rows-spanned="{c.down}" office:', 1))
                continue
            if style.stairs and i == int(g.code_column):
                empty = f'<table:table-cell table:style-name="{base}"/>'
                cells.append(empty * line.level + text(base + "Run", [c.text]) + empty * (2 - line.level))
                continue
            level = f"L{line.level}" if line.level and i == int(g.code_column) else ""
            cells.append(text(base + level, [c.text]))
        for i, (c, column) in enumerate(zip(line.cells, t.columns)):
            name_of = ("Bold" if bold else "Text") + "Shade" if i in g.shaded else base
            cells.append(figure(name_of, c, column, style.percent_sign and c.text.endswith("%")))
        if g.remarks:
            cells += [text("Remark", [c.text]) for c in line.right]
        rows.append("".join(cells))
    high = f' table:style-name="High{tall}"'  # LibreOffice makes room for two lines
    columns = "".join(f'<table:table-column table:style-name="{name}.c{i}"/>' for i in range(len(widths)))
    return (
        f'<table:table table:name="{name}" table:style-name="ta">{columns}'
        + "".join(
            f"<table:table-row{high if tall > 2 and n == len(intro) + 2 else ''}>{r}</table:table-row>" for n, r in enumerate(rows)
        )
        + "</table:table>"
    )


def spans(g):
    """A head of two rows with cells over several columns or over both rows."""
    top, below = [], iter(g.head[1])
    bottom = []
    for c in g.head[0]:
        lines = [l for l in c.lines if l] or [""]
        over = c.figure and c.down == 1
        one = text("Over" if over else "Head" if c.figure else "Corner", lines)
        span = f' table:number-columns-spanned="{c.across}"' if over else ' table:number-rows-spanned="2"'
        top.append(one.replace(" office:", f"{span} office:", 1) + "<table:covered-table-cell/>" * (c.across - 1))
        bottom += [text("Head", next(below).lines) for _ in range(c.across)] if over else ["<table:covered-table-cell/>"]
    return ["".join(top), "".join(bottom)]


def stairs(g, style, total):
    """Widths with the label column cut in three; the labels do not wrap and have to fit."""
    main = int(g.code_column)
    while True:
        widths, size = grids.fit(g, style, total - 12, pad=8)
        need = max(
            grids.text_width(l.labels[main].text, size, style.font, l.kind in ("total", "heading")) + 11 * l.level
            for l in g.lines
        )
        if need + 6 <= widths[main] + 12 or style.size <= 6:
            return widths[:main] + [11, 11, widths[main] - 10] + widths[main + 1 :], size
        style = replace(style, size=style.size - 0.5)


def source(doc):
    style = doc.style
    language = "fi" if doc.language == "fi" else "sv"
    automatic, body, intro, n, least = [], [], [], 0, style.size
    drawn = []
    for b in doc.blocks:
        if b.kind == "title":
            intro.append(("Title1", [b.text]))
        elif b.kind in ("heading", "subheading"):
            intro.append(("Heading1", [b.text]))
        elif b.kind == "prose" and len(b.text) < 110:
            intro.append(("Prose", [b.text]))
        elif b.kind == "table":
            n += 1
            g = grids.make(b.table, style)
            total = 728 if style.landscape else 481
            widths, size = stairs(g, style, total) if style.stairs else grids.fit(g, style, total, pad=8)
            least = min(least, size)
            if b.table.caption:
                intro.append(("Prose", [b.table.caption]))
            automatic += [
                f'<style:style style:name="S{n}.c{i}" style:family="table-column"><style:table-column-properties style:column-width="{w / 28.35:.3f}cm"/></style:style>'
                for i, w in enumerate(widths)
            ]
            drawn.append((f"S{n}", intro, b.table, widths, g))
            intro = []
    body = [sheet(name, i, t, style, widths, g) for name, i, t, widths, g in drawn]
    bars = '<style:header style:display="false"/><style:footer style:display="false"/>'
    if style.running:
        bars = f"<style:header><text:p>{escape(' · '.join(doc.running))}</text:p></style:header><style:footer><text:p><text:page-number>1</text:page-number></text:p></style:footer>"
    master = f'<style:master-page style:name="Sheet" style:page-layout-name="A4">{bars}</style:master-page>'
    return odf.document(
        "spreadsheet",
        [style.font],
        "",
        "".join(styles(style, language, least) + automatic),
        master,
        "".join(body),
        language,
    )


def typeset(documents, folder, rng):
    with tempfile.TemporaryDirectory() as temporary:
        files = []
        for doc in documents:
            files.append(os.path.join(temporary, doc.id + ".fods"))
            with open(files[-1], "w", encoding="utf-8") as f:
                f.write(source(doc))
        odf.convert(files, folder)
