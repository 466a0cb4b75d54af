"""Draws documents with ReportLab's Platypus."""

import os
from dataclasses import replace
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table

import fonts
import grid as grids


def register(name):
    if name not in pdfmetrics.getRegisteredFontNames():
        regular, bold = fonts.files(name)
        pdfmetrics.registerFont(TTFont(name, regular))
        pdfmetrics.registerFont(TTFont(name + " Bold", bold))
        pdfmetrics.registerFontFamily(name, normal=name, bold=name + " Bold", italic=name, boldItalic=name + " Bold")


def rich(cell, style, bold=False, left=True):
    text = escape(fonts.safe(cell.text, style.font)).replace("\n", "<br/>")
    if cell.note:
        text += f"<super size=6>{escape(cell.note)}</super>"
    return f"<b>{text}</b>" if bold else text


def series(t, style, width, rng):
    """Every section a table of its own, under the head of the first."""
    g = grids.make(t, style)
    widths, size = grids.fit(g, style, width)
    title = ParagraphStyle("part", fontName=style.font + " Bold", fontSize=size, leading=size * 1.3, spaceBefore=7)
    title.keepWithNext = 1
    out, rows, name = [], [], None
    pad = rng.choice([2, 3])
    for row in t.rows + [None]:
        if row is not None and row.kind != "heading":
            rows.append(row)
            continue
        if rows:
            part = table(replace(t, rows=rows), style, width, rng, (widths, size, pad), not out)
            out += [Paragraph(escape(name), title), part] if out else [part]
        # the name of the first stands under the head
        rows, name = [] if out else [row], row.label if row else ""
    return out


def table(t, style, width, rng, given=None, with_head=True):
    g = grids.make(t, style)
    widths, size = given[:2] if given else grids.fit(g, style, width)
    heads = (len(g.head) + bool(g.title) + bool(g.unit_row)) if with_head else 0
    base = ParagraphStyle("cell", fontName=style.font, fontSize=size, leading=size * 1.18)
    right = ParagraphStyle("right", parent=base, alignment=2)
    center = ParagraphStyle("center", parent=base, alignment=1)
    ink = colors.white if style.band else colors.black
    top = {k: ParagraphStyle("top", parent=v, textColor=ink) for k, v in (("l", base), ("r", right), ("c", center))}
    data, commands = [], [
        ("VALIGN", (0, 0), (-1, max(heads - 1, 0)), "BOTTOM"),
        ("VALIGN", (0, heads), (-1, -1), style.valign.upper()),
        ("LEFTPADDING", (0, 0), (-1, -1), 3),
        ("RIGHTPADDING", (0, 0), (-1, -1), 3),
        ("FONT", (0, 0), (-1, -1), style.font, size),
        ("TOPPADDING", (0, 0), (-1, -1), 1.5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), given[2] if given else rng.choice([2, 3])),
        ("ALIGN", (g.before, heads), (g.before + g.figures - 1, -1), "RIGHT"),
    ]
    if style.head_valign:
        commands[0] = commands[0][:3] + (style.head_valign.upper(),)
    if style.pad:
        commands[5:7] = [("TOPPADDING", (0, 0), (-1, -1), style.pad), ("BOTTOMPADDING", (0, 0), (-1, -1), style.pad)]
    if style.head_align:
        top["r"] = ParagraphStyle("top", parent=top["r"], alignment={"left": 0, "center": 1}[style.head_align])
    taken = set()
    if g.title and with_head:
        data.append([Paragraph(f"<b>{escape(g.title)}</b>", top["l"])] + [""] * (g.width - 1))
        commands.append(("SPAN", (0, 0), (-1, 0)))
    for y, row in enumerate(g.head if with_head else [], len(data)):
        cells, x = [""] * g.width, 0
        for c in row:
            while (x, y) in taken:
                x += 1
            text = "<br/>".join(escape(l) for l in c.lines)
            cells[x] = Paragraph(
                f"<b>{text}</b>" if c.figure else text, top["c" if c.across > 1 else "r" if c.figure else "l"]
            )
            if c.across > 1 or c.down > 1:
                commands.append(("SPAN", (x, y), (x + c.across - 1, y + c.down - 1)))
                taken |= {(i, j) for i in range(x, x + c.across) for j in range(y, y + c.down)}
            x += c.across
        data.append(cells)
    if g.unit_row and with_head:
        row = [""] * g.width
        row[g.before] = Paragraph(f"<i>{escape(g.unit_row)}</i>", top["c"])
        commands.append(("SPAN", (g.before, len(data)), (g.before + g.figures - 1, len(data))))
        data.append(row)
    for line in g.lines:
        y = len(data)
        bold = line.kind == "total" and style.bold == "bold" or line.kind == "heading" and not line.level
        labels = []
        for i, c in enumerate(line.labels):
            indent = (
                ParagraphStyle("indent", parent=base, leftIndent=9 * line.level)
                if line.level and i == int(g.code_column)
                else center if g.note_column and i == g.before - 1 else base
            )
            labels.append(Paragraph(rich(c, style, bold), indent))
        figures = []
        for i, c in enumerate(line.cells):
            if c.note:
                figures.append(Paragraph(rich(c, style, bold), right))
            else:
                figures.append(fonts.safe(c.text, style.font))
        if bold:
            commands.append(("FONT", (g.before, y), (-1, y), style.font + " Bold", size))
        if line.kind == "heading":
            commands.append(("SPAN", (int(g.code_column), y), (-1, y)))
        if line.kind == "heading" and style.group:
            ground = {"fill": style.fill, "dark": "#44546a", "center": "#ffffff"}[style.group]
            commands.append(("BACKGROUND", (0, y), (-1, y), colors.HexColor(ground)))
            kind = {"fill": base, "center": center, "dark": ParagraphStyle("dark", parent=base, textColor=colors.white)}
            labels[:] = [Paragraph(rich(c, style, bold), kind[style.group]) for c in line.labels]
        if line.kind == "heading" and style.group_rules:
            commands.append(("LINEABOVE", (0, y), (-1, y), 0.5, colors.black))
        if line.kind == "heading" and style.band:
            commands.append(("BACKGROUND", (0, y), (-1, y), colors.HexColor(style.fill)))
        if line.kind == "total" and style.rules in ("double", "sums"):
            commands.append(("LINEABOVE", (g.before, y), (g.before + g.figures - 1, y), 0.4, colors.black))
        beside = [Paragraph(rich(c, style, bold), base) for c in line.right]
        if line.kind == "heading" and style.label_side == "right":  # a heading begins at the left all the same
            figures[0], beside = beside[0], [""]
        data.append(labels + figures + beside)
    for i in g.shaded:
        commands.insert(0, ("BACKGROUND", (g.before + i, 0), (g.before + i, -1), colors.HexColor(style.fill)))
    last = heads - 1
    black, grey = colors.black, colors.HexColor("#777777")
    commands += {
        "grid": [("GRID", (0, 0), (-1, -1), 0.4, black)],
        "horizontal": [
            ("LINEABOVE", (0, 0), (-1, 0), 1, black),
            ("LINEBELOW", (0, last), (-1, last), 1, black),
            ("LINEBELOW", (0, heads), (-1, -1), 0.3, grey),
        ],
        "booktabs": [
            ("LINEABOVE", (0, 0), (-1, 0), 1, black),
            ("LINEBELOW", (0, last), (-1, last), 0.6, black),
            ("LINEBELOW", (0, -1), (-1, -1), 1, black),
        ],
        "bands": [
            ("ROWBACKGROUNDS", (0, heads), (-1, -1), [colors.white, colors.HexColor(style.fill)]),
            ("BACKGROUND", (0, 0), (-1, last), colors.HexColor(style.fill)),
        ],
        "double": [
            ("LINEBELOW", (0, last), (-1, last), 0.5, black, None, None, None, 2, 1.5),
            ("LINEBELOW", (0, -1), (-1, -1), 0.5, black, None, None, None, 2, 1.5),
        ],
        "vertical": [
            ("INNERGRID", (0, 0), (-1, -1), 0, colors.white),
            ("LINEBEFORE", (1, 0), (-1, -1), 0.5, grey),
            ("BOX", (0, 0), (-1, -1), 0.8, black),
            ("LINEBELOW", (0, last), (-1, last), 0.5, black),
        ],
        "box": [("BOX", (0, 0), (-1, -1), 0.8, black), ("LINEBELOW", (0, last), (-1, last), 0.5, black)],
        "dotted": [("LINEBELOW", (0, 0), (-1, -1), 0.5, black, None, (1, 2))],
        "sums": [],
        "none": [],
    }[style.rules]
    if style.band and heads:
        commands.append(
            ("BACKGROUND", (0, 0), (-1, last), colors.HexColor(rng.choice(["#404040", "#1f3864", "#5a6b7b"])))
        )
    commands = [c for c in commands if c[0] != "INNERGRID"]
    return Table(data, colWidths=widths, style=commands, repeatRows=heads if style.repeat else 0, hAlign="LEFT")


def typeset(documents, folder, rng):
    for doc in documents:
        style = doc.style
        register(style.font)
        size = landscape(A4) if style.landscape else A4
        body = ParagraphStyle("body", fontName=style.font, fontSize=10, leading=13, spaceAfter=6)
        sizes = {"title": 17, "heading": 13, "subheading": 11}
        heads = {
            k: ParagraphStyle(
                k,
                fontName=style.font + " Bold",
                fontSize=v,
                leading=v * 1.25,
                spaceBefore=8,
                spaceAfter=6,
                keepWithNext=1,
            )
            for k, v in sizes.items()
        }
        small = ParagraphStyle("small", parent=body, fontSize=8, leading=10, spaceAfter=3)
        story, number = [], 0
        headings = [b.text for b in doc.blocks if b.kind == "heading"]
        for b in doc.blocks:
            if b.kind in heads:
                story.append(Paragraph(escape(b.text), heads[b.kind]))
            elif b.kind == "prose":
                story.append(Paragraph(escape(fonts.safe(b.text, style.font)), body))
            elif b.kind == "bullets":
                story += [Paragraph("• " + escape(x), body) for x in b.text]
            elif b.kind == "words":
                cells = [[Paragraph(f"<b>{escape(x)}</b>" if not n else escape(x), small) for x in row] for n, row in enumerate(b.text)]
                look = [("GRID", (0, 0), (-1, -1), 0.4, colors.grey), ("VALIGN", (0, 0), (-1, -1), "TOP")]
                story += [Table(cells, colWidths=[160] * 3, style=look, hAlign="LEFT"), Spacer(1, 8)]
            elif b.kind == "lines":
                look = [("FONT", (0, 0), (-1, -1), style.font, 9.5), ("ALIGN", (1, 0), (1, -1), "RIGHT")]
                look += [("TOPPADDING", (0, 0), (-1, -1), 1), ("BOTTOMPADDING", (0, 0), (-1, -1), 1)]
                story += [Table([list(x) for x in b.text], colWidths=[300, 80], style=look, hAlign="LEFT"), Spacer(1, 10)]
            elif b.kind == "toc":
                rows = [[h, str(n)] for n, h in enumerate(headings, 1)]
                story += [
                    Table(
                        rows,
                        colWidths=[380, 60],
                        style=[("FONT", (0, 0), (-1, -1), style.font, 10), ("ALIGN", (1, 0), (1, -1), "RIGHT")],
                        hAlign="LEFT",
                    ),
                    Spacer(1, 10),
                ]
            elif b.kind == "page":
                story.append(PageBreak())
            elif b.kind == "table":
                number += 1
                word = "Taulukko" if doc.language == "fi" else "Tabell"
                unit = f" ({b.table.caption})" if b.table.caption else ""
                line = Paragraph(f"<b>{word} {number}.</b> {escape(b.table.title + unit)}", small)
                if style.captions == "above":
                    line.keepWithNext = 1
                    story.append(line)
                elif b.table.caption and not style.captions:
                    story.append(Paragraph(escape(b.table.caption), small))
                if style.series:
                    story += series(b.table, style, size[0] - 114, rng)
                else:
                    story.append(table(b.table, style, size[0] - 114, rng))
                story.append(Spacer(1, 6))
                story += [line] if style.captions == "below" else []
                story += [Paragraph(escape(f), small) for f in b.table.footnotes] + [Spacer(1, 8)]

        def running(c, d, doc=doc, size=size):
            if doc.style.running:
                c.setFont(doc.style.font, 8)
                c.drawString(57, size[1] - 40, doc.running[0])
                c.drawRightString(size[0] - 57, size[1] - 40, doc.running[1])
                c.drawCentredString(size[0] / 2, 30, str(d.page))

        path = os.path.join(folder, doc.id + ".pdf")
        SimpleDocTemplate(
            path,
            pagesize=size,
            leftMargin=57,
            rightMargin=57,
            topMargin=62,
            bottomMargin=58,
            title=doc.title,
            invariant=1,
        ).build(story, onFirstPage=running, onLaterPages=running)
