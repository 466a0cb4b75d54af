"""Draws documents with LibreOffice Writer: tables, or lines with tab stops and dot leaders."""

import os
import tempfile
from xml.sax.saxutils import escape

import grid as grids
import odf


def paragraph_style(name, font, size, bold=False, align="start", extra="", tabs=""):
    weight = ' fo:font-weight="bold"' if bold else ""
    return (
        f'<style:style style:name="{name}" style:family="paragraph"><style:paragraph-properties fo:text-align="{align}" {extra}>{tabs}</style:paragraph-properties>'
        f'<style:text-properties style:font-name="{font}" fo:font-size="{size}pt"{weight}/></style:style>'
    )


def base_styles(style):
    f, s = style.font, style.size
    keep = 'fo:keep-with-next="always" fo:margin-top="0.35cm" fo:margin-bottom="0.2cm"'
    return "".join(
        [
            paragraph_style("Title1", f, 17, True, extra=keep),
            paragraph_style("Heading1", f, 13, True, extra=keep),
            paragraph_style("Heading2", f, 11, True, extra=keep),
            paragraph_style("HeadingPage", f, 13, True, extra=keep + ' fo:break-before="page"'),
            paragraph_style("Prose", f, 10.5, extra='fo:margin-bottom="0.2cm"'),
            paragraph_style("Bullet", f, 10.5, extra='fo:margin-left="0.9cm" fo:text-indent="-0.5cm"'),
            paragraph_style("Caption1", f, 8.5),
            paragraph_style("Bar", f, 8),
            paragraph_style(
                "Toc",
                f,
                10.5,
                tabs='<style:tab-stops><style:tab-stop style:position="16.9cm" style:type="right" style:leader-style="dotted" style:leader-text="."/></style:tab-stops>',
            ),
            '<style:style style:name="Raised" style:family="text"><style:text-properties style:text-position="super 58%"/></style:style>',
        ]
    )


def table_styles(n, style, size, widths):
    rules, line = style.rules, "0.5pt solid #000000"
    border = {"grid": f'fo:border="{line}"', "horizontal": f'fo:border-bottom="{line}"'}.get(rules, "")
    out = [
        f'<style:style style:name="T{n}" style:family="table"><style:table-properties style:width="{sum(widths) / 28.35:.2f}cm" table:align="left"/></style:style>',
        f'<style:style style:name="T{n}.cell" style:family="table-cell"><style:table-cell-properties {border} fo:padding="0.05cm" style:vertical-align="{style.valign}"/></style:style>',
    ]
    if style.merge:
        out.append(
            f'<style:style style:name="T{n}.merged" style:family="table-cell"><style:table-cell-properties {border} fo:padding="0.05cm" style:vertical-align="{style.merge}"/></style:style>'
        )
    if style.hanging:
        for level in (0, 1, 2):
            for bold in (False, True):
                margin = f'fo:margin-left="{level * 0.3 + 0.35:.2f}cm" fo:text-indent="-0.35cm"'
                out.append(paragraph_style(f"T{n}G{level}{'B' * bold}", style.font, size, bold, extra=margin))
    if style.band:
        out.append(
            f'<style:style style:name="T{n}.head" style:family="table-cell"><style:table-cell-properties {border} fo:padding="0.08cm" fo:background-color="{style.fill}" style:vertical-align="middle"/></style:style>'
        )
    if rules == "bands" or style.group:
        out.append(
            f'<style:style style:name="T{n}.band" style:family="table-cell"><style:table-cell-properties {border} fo:padding="0.05cm" fo:background-color="{style.fill}" style:vertical-align="{style.valign}"/></style:style>'
        )
    for i, w in enumerate(widths):
        out.append(
            f'<style:style style:name="T{n}.c{i}" style:family="table-column"><style:table-column-properties style:column-width="{w / 28.35:.3f}cm"/></style:style>'
        )
    for name, align in (("L", "start"), ("R", "end"), ("C", "center")):
        for bold in (False, True):
            out.append(paragraph_style(f"T{n}{name}{'B' * bold}", style.font, size, bold, align))
    for level in (1, 2):
        out.append(paragraph_style(f"T{n}L{level}", style.font, size, False, extra=f'fo:margin-left="{level * 0.3}cm"'))
    return "".join(out)


def cell(n, paragraphs, across=1, down=1, kind="cell"):
    span = (f' table:number-columns-spanned="{across}"' if across > 1 else "") + (
        f' table:number-rows-spanned="{down}"' if down > 1 else ""
    )
    return (
        f'<table:table-cell table:style-name="T{n}.{kind}" office:value-type="string"{span}>{paragraphs}</table:table-cell>'
        + "<table:covered-table-cell/>" * (across - 1)
    )


def table(t, n, style):
    g = grids.make(t, style)
    widths, size = grids.fit(g, style, 728 if style.landscape else 481, pad=8)
    over = {"left": "LB", "center": "CB"}.get(style.head_align) or ("CB" if style.band else "RB")
    kind = "head" if style.band else "cell"
    head = "".join(
        "<table:table-row>"
        + "".join(
            cell(
                n,
                "".join(
                    odf.paragraph(f"T{n}{'CB' if c.across > 1 else over if c.figure else 'L'}", l) for l in c.lines
                ),
                c.across,
                c.down,
                kind,
            )
            for c in row
        )
        + "</table:table-row>"
        for row in g.head
    )
    if len(g.head) == 2:  # what a cell over two rows covers
        below = iter(g.head[1])
        second = ""
        for c in g.head[0]:
            second += (
                "".join(
                    cell(n, "".join(odf.paragraph(f"T{n}{over}", l) for l in x.lines), kind=kind)
                    for x in (next(below) for _ in range(c.across))
                )
                if c.figure and c.down == 1
                else "<table:covered-table-cell/>"
            )
        head = head.partition("</table:table-row>")[0] + f"</table:table-row><table:table-row>{second}</table:table-row>"
    for word, said in reversed(t.facts):
        said = cell(n, odf.paragraph(f"T{n}L", said), g.width - 1, kind=kind)
        head = f"<table:table-row>{cell(n, odf.paragraph(f'T{n}LB', word), kind=kind)}{said}</table:table-row>{head}"
    if g.title:
        title = cell(n, odf.paragraph(f"T{n}LB", g.title), g.width, kind=kind)
        head = f"<table:table-row>{title}</table:table-row>{head}"
    if g.unit_row:
        left = cell(n, odf.paragraph(f"T{n}L", ""), kind=kind) * g.before
        unit = cell(n, odf.paragraph(f"T{n}C", g.unit_row), g.figures, kind=kind)
        right = cell(n, odf.paragraph(f"T{n}L", ""), kind=kind) * g.after
        head += f"<table:table-row>{left}{unit}{right}</table:table-row>"
    head = f"<table:table-header-rows>{head}</table:table-header-rows>" if style.repeat else head
    rows = []
    for k, line in enumerate(g.lines):
        ground = "band" if style.rules == "bands" and k % 2 else "cell"
        if line.kind == "heading" and style.group:
            ground = "band"
        bold = "B" if line.kind == "total" and style.bold == "bold" or line.kind == "heading" and not line.level else ""
        cells = []
        for i, c in enumerate(line.labels):
            if not c.down:
                cells.append("<table:covered-table-cell/>")
                continue
            if g.section_column and not i:
                merged = "merged" if style.merge and style.sections == "column" else "cell"
                cells.append(cell(n, odf.paragraph(f"T{n}LB", c.text), down=c.down, kind=merged))
                continue
            if style.hanging and i == int(g.code_column) + g.section_column:
                cells.append(cell(n, odf.paragraph(f"T{n}G{line.level}{bold}", c.text, c.note), kind=ground))
                continue
            level = line.level if i == int(g.code_column) and line.level and not bold else 0
            across = g.width - i if line.kind == "heading" and style.group and i == g.before - 1 else 1
            cells.append(cell(n, odf.paragraph(f"T{n}L{level or ''}{bold}", c.text, c.note), across, kind=ground))
        if line.kind != "heading" or not style.group:
            cells += [cell(n, odf.paragraph(f"T{n}R{bold}", c.text, c.note), kind=ground) for c in line.cells]
        if g.remarks:
            cells += [cell(n, odf.paragraph(f"T{n}L", c.text)) for c in line.right]
        rows.append("<table:table-row>" + "".join(cells) + "</table:table-row>")
    columns = "".join(f'<table:table-column table:style-name="T{n}.c{i}"/>' for i in range(len(widths)))
    return (
        table_styles(n, style, size, widths),
        f'<table:table table:name="T{n}" table:style-name="T{n}">{columns}{head}{"".join(rows)}</table:table>',
    )


def wrap(text, width, size, font, bold):
    lines = [""]
    for word in text.split(" "):
        trial = f"{lines[-1]} {word}".strip()
        if lines[-1] and grids.text_width(trial, size, font, bold) > width:
            lines.append(word)
        else:
            lines[-1] = trial
    return lines


def tab_lines(t, n, style):
    """The table as paragraphs: label, then a tab stop for every figure."""
    g = grids.make(t, style)
    widths, size = grids.fit(g, style, 728 if style.landscape else 481, pad=10)

    def tabs(leader, indent=0.0, head=False):
        """Tab stops for the figures; Writer counts them from the paragraph's own margin."""
        dots = ' style:leader-style="dotted" style:leader-text="."' if leader else ""
        ends = [sum(widths[: i + 2]) / 28.35 - indent for i in range(len(widths) - 1)]
        kind = "right"
        if style.align == "decimal" and not head:  # comma below comma
            kind, ends = 'char" style:char=",', [x - size * 0.05 for x in ends]
        stops = [
            f'<style:tab-stop style:position="{x:.2f}cm" style:type="{kind}"{"" if i else dots}/>'
            for i, x in enumerate(ends)
        ]
        return f"<style:tab-stops>{''.join(stops)}</style:tab-stops>"

    font, margin = style.font, 'fo:keep-with-next="always" fo:margin-bottom="0.1cm"'
    styles = paragraph_style(f"X{n}", font, size, tabs=tabs(style.leaders))
    styles += paragraph_style(f"X{n}B", font, size, style.bold == "bold", tabs=tabs(style.leaders))
    styles += paragraph_style(
        f"X{n}B1", font, size, style.bold == "bold", tabs=tabs(style.leaders, 0.35), extra='fo:margin-left="0.35cm"'
    )
    styles += paragraph_style(f"X{n}H", font, size, True, tabs=tabs(False, head=True), extra=margin)
    for level in (1, 2):
        indent = level * 0.35
        styles += paragraph_style(
            f"X{n}{level}", font, size, tabs=tabs(style.leaders, indent), extra=f'fo:margin-left="{indent}cm"'
        )
    if style.hanging:  # the figures stand on the first line of a label, the rest of it below, set in
        for level in (0, 1, 2):
            for bold in ("", "B"):
                indent = level * 0.35 + 0.4
                styles += paragraph_style(
                    f"X{n}G{level}{bold}",
                    font,
                    size,
                    bool(bold) and style.bold == "bold",
                    tabs=tabs(style.leaders, indent),
                    extra=f'fo:margin-left="{indent}cm" fo:text-indent="-0.4cm"',
                )
    out = []
    # A head wider than its column is broken, as a typist would.
    heads = [
        [part for text in c.lines for part in wrap(text, w - 5, size, style.font, c.figure)]
        for c, w in zip(g.head[0], widths)
    ]
    tall = max(map(len, heads))
    for k in range(tall):
        texts = [lines[k - tall + len(lines)] if k - tall + len(lines) >= 0 else "" for lines in heads]
        out.append(odf.paragraph(f"X{n}H", "\t".join(texts)))
    for line in g.lines:
        if line.kind == "blank":
            out.append(odf.paragraph(f"X{n}", ""))
            continue
        label = "\n".join(wrap(line.labels[0].text, widths[0] - 9 * line.level, size, style.font, line.kind == "total"))
        if style.hanging and line.kind != "heading":
            figures = "".join("\t" + c.text for c in line.cells).rstrip("\t")
            lines = wrap(line.labels[0].text, widths[0] - 9 * line.level - 12, size, style.font, line.kind == "total")
            bold = "B" if line.kind == "total" else ""
            out.append(odf.paragraph(f"X{n}G{line.level}{bold}", "\n".join([lines[0] + figures] + lines[1:])))
            continue
        heading = line.kind == "heading" and not line.level
        name = (
            f"X{n}H" if heading else f"X{n}B{line.level or ''}" if line.kind == "total" else f"X{n}{line.level or ''}"
        )
        figures = "" if line.kind == "heading" else "".join("\t" + c.text for c in line.cells).rstrip("\t")
        out.append(odf.paragraph(name, label + figures))
    return styles, "".join(out)


def extra_styles(style):
    """Styles of tables of words and of lists."""
    stop = '<style:tab-stops><style:tab-stop style:position="13cm" style:type="right"/></style:tab-stops>'
    cells = 'fo:border="0.4pt solid #808080" fo:padding="0.08cm"'
    return (
        '<style:style style:name="Words" style:family="table"><style:table-properties style:width="16.8cm" table:align="left"/></style:style>'
        f'<style:style style:name="Words.cell" style:family="table-cell"><style:table-cell-properties {cells}/></style:style>'
        '<style:style style:name="Words.c" style:family="table-column"><style:table-column-properties style:column-width="5.6cm"/></style:style>'
        + paragraph_style("WordsP", style.font, 9)
        + paragraph_style("WordsB", style.font, 9, True)
        + paragraph_style("Gap", style.font, 10.5, tabs=stop)
    )


def word_table(rows, name):
    cells = lambda row, kind: "".join(
        f'<table:table-cell table:style-name="Words.cell" office:value-type="string">{odf.paragraph(kind, x)}</table:table-cell>'
        for x in row
    )
    body = "".join(
        f"<table:table-row>{cells(row, 'WordsP' if n else 'WordsB')}</table:table-row>" for n, row in enumerate(rows)
    )
    columns = '<table:table-column table:style-name="Words.c"/>' * len(rows[0])
    return f'<table:table table:name="{name}" table:style-name="Words">{columns}{body}</table:table>'


def source(doc, draw):
    style = doc.style
    automatic, body = [odf.page_layout(style.landscape), base_styles(style)], []
    headings = [b.text for b in doc.blocks if b.kind == "heading"]
    fresh, n, words = False, 0, 0
    if style.lists or style.organ_pages:
        automatic.append(extra_styles(style))
    for b in doc.blocks:
        if b.kind == "page":
            fresh = True
        elif b.kind == "title":
            body.append(odf.paragraph("Title1", b.text))
        elif b.kind == "heading":
            body.append(odf.paragraph("HeadingPage" if fresh else "Heading1", b.text))
            fresh = False
        elif b.kind == "subheading":
            body.append(odf.paragraph("Heading2", b.text))
        elif b.kind == "prose":
            body.append(odf.paragraph("Prose", b.text))
        elif b.kind == "bullets":
            body += [odf.paragraph("Bullet", "• " + x) for x in b.text]
        elif b.kind == "words":
            words += 1
            body.append(word_table(b.text, f"W{words}"))
        elif b.kind == "lines":
            body += [odf.paragraph("Toc" if style.leaders or style.toc else "Gap", f"{x}\t{y}") for x, y in b.text]
        elif b.kind == "toc":
            body += [odf.paragraph("Toc", f"{h}\t{i}") for i, h in enumerate(headings, 1)]
        elif b.kind == "table":
            n += 1
            word = "Taulukko" if doc.language == "fi" else "Tabell"
            unit = f" ({b.table.caption})" if b.table.caption else ""
            line = odf.paragraph("Caption1", f"{word} {n}. {b.table.title}{unit}")
            if style.captions == "above":
                body.append(line)
            elif b.table.caption and not style.captions:
                body.append(odf.paragraph("Caption1", b.table.caption))
            styles, xml = draw(b.table, n, style)
            automatic.append(styles)
            body.append(xml)
            if style.captions == "below":
                body.append(line)
            body += [odf.paragraph("Caption1", f) for f in b.table.footnotes]
    bars = ""
    if style.running:
        bars = (
            f'<style:header><text:p text:style-name="Bar">{escape(" · ".join(doc.running))}</text:p></style:header>'
            '<style:footer><text:p text:style-name="Bar"><text:page-number>1</text:page-number> (<text:page-count>2</text:page-count>)</text:p></style:footer>'
        )
    master = f'<style:master-page style:name="Standard" style:page-layout-name="A4">{bars}</style:master-page>'
    # Styles of the header belong to the common styles.
    common = paragraph_style("Bar", style.font, 8)
    return odf.document(
        "text", [style.font], common, "".join(automatic), master, "".join(body), "fi" if doc.language == "fi" else "sv"
    )


def typeset(documents, folder, rng, draw=table):
    with tempfile.TemporaryDirectory() as temporary:
        files, marked = [], []
        for doc in documents:
            name = os.path.join(temporary, doc.id + ".fodt")
            (marked if doc.style.marked else files).append(name)
            with open(name, "w", encoding="utf-8") as f:
                f.write(source(doc, draw))
        if files:
            odf.convert(files, folder)
        if marked:
            odf.convert(marked, folder, tagged=True)


def typeset_tabs(documents, folder, rng):
    typeset(documents, folder, rng, tab_lines)
