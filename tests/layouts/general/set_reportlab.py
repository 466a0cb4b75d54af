"""Draws documents with ReportLab's Platypus."""

from xml.sax.saxutils import escape

from reportlab.graphics.shapes import Drawing as Picture
from reportlab.graphics.shapes import Line, Rect, String
from reportlab.lib import colors
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import BaseDocTemplate, Frame, KeepTogether, PageBreak, PageTemplate, Paragraph, Spacer, Table

import measure
from looks import Drawing

ALIGN = {"left": 0, "center": 1, "right": 2, "justify": 4}


def rich(cell, look, leader=""):
    text = escape(measure.safe(cell.text, look.font)).replace("\n", "<br/>")
    if cell.mark:
        text += f"<super size={look.size * 0.65:.1f}>{escape(cell.mark)}</super>"
    text += leader
    if cell.lead:
        text = escape(cell.lead) + "&nbsp;&nbsp;" + text
    return text


def paragraph(cell, table, look, size, white, leader):
    style = ParagraphStyle(
        "cell", fontName=measure.face(look.font, measure.is_bold(cell, look), measure.is_italic(cell, look)), fontSize=size, leading=size * 1.18,
        alignment=ALIGN[measure.align(cell, table, look)], leftIndent=measure.indent(cell, look), textColor=colors.white if white else colors.black,
        splitLongWords=0,
    )
    return Paragraph(rich(cell, look, leader), style)


def plain(cell, look):
    """A cell that can be drawn as a string, word for word where it belongs."""
    return cell.kind in ("figure", "mark") and not cell.mark and not cell.lead


def dots(cell, look, widths, size):
    if not look.leaders or cell.kind != "stub" or cell.col or cell.down > 1:
        return ""
    bold = measure.is_bold(cell, look)
    room = widths[0] - 2 * look.pad_x - measure.indent(cell, look)
    last = measure.lines_of(cell, widths, look, size)[-1]
    count = int((room - measure.width(last + " ", look.font, size, bold)) / measure.width(".", look.font, size, bold)) - 2
    return " " + "." * count if count > 3 else ""


def table_flow(table, look, total):
    widths, size = measure.fit(table, look, total)
    drawing = Drawing(table, look)
    data = [[""] * table.width for _ in range(table.rows)]
    commands = [
        ("LEFTPADDING", (0, 0), (-1, -1), look.pad_x), ("RIGHTPADDING", (0, 0), (-1, -1), look.pad_x),
        ("TOPPADDING", (0, 0), (-1, -1), look.pad_y), ("BOTTOMPADDING", (0, 0), (-1, -1), look.pad_y + 1),
        ("FONT", (0, 0), (-1, -1), measure.face(look.font), size), ("LEADING", (0, 0), (-1, -1), size * 1.18),
    ]
    for cell in table.cells:
        at, end = (cell.col, cell.row), (cell.col + cell.across - 1, cell.row + cell.down - 1)
        white = (cell.row, cell.col) in drawing.white
        if plain(cell, look):
            data[cell.row][cell.col] = measure.safe(cell.text, look.font)
            commands.append(("ALIGN", at, at, measure.align(cell, table, look).upper()))
            commands.append(("FONT", at, at, measure.face(look.font, measure.is_bold(cell, look)), size))
        else:
            leader = dots(cell, look, widths, size) if cell.row >= table.heads else ""
            data[cell.row][cell.col] = paragraph(cell, table, look, size, white, leader)
        commands.append(("VALIGN", at, end, (look.head_valign if cell.kind == "head" else look.valign).upper()))
        if at != end:
            commands.append(("SPAN", at, end))
    commands += [("TOPPADDING", (0, r), (-1, r), look.pad_y + look.gap) for r in table.gaps]
    commands += [("BACKGROUND", (c, r), (c, r), colors.HexColor(f)) for (r, c), f in sorted(drawing.fill.items())]
    commands += rules(table, look, drawing)
    made = Table(data, colWidths=widths, style=commands, hAlign="CENTER" if look.place == "center" else "LEFT")
    return around(table, look, made, max(sum(widths), 120), total)


def rules(table, look, drawing):
    colour = colors.white if look.rules == "white_lines" else colors.HexColor(look.colour)
    out = []
    for (y, c), (weight, double) in sorted(drawing.h.items()):
        count = 2 if double else 1
        where = ("LINEABOVE", (c, y), (c, y)) if y < table.rows else ("LINEBELOW", (c, y - 1), (c, y - 1))
        dash = (0.7, 1.5) if look.dash and weight == look.light and not double else None
        out.append(where + (weight, colour, None, dash, None, count, 1.5))
    for (r, x), (weight, _) in sorted(drawing.v.items()):
        where = ("LINEBEFORE", (x, r), (x, r)) if x < table.width else ("LINEAFTER", (x - 1, r), (x - 1, r))
        out.append(where + (weight, colour))
    return out


def around(table, look, made, wide, total):
    bold, italic = look.caption_style == "bold", look.caption_style == "italic"
    rest = max(0.0, total - wide) if look.place == "left" else max(0.0, total - wide) / 2
    indent = {"alignment": 1} if look.place == "center" else {}
    caption = ParagraphStyle("caption", fontName=measure.face(look.font, bold, italic), fontSize=look.size + 0.5, leading=look.size * 1.3, spaceAfter=4, spaceBefore=4, **indent)
    note = ParagraphStyle("note", fontName=measure.face(look.font), fontSize=look.size - 1, leading=(look.size - 1) * 1.2, spaceBefore=2)
    above = [Paragraph(escape(measure.safe(table.caption, look.font)), caption)] if table.caption else []
    below = [Paragraph(escape(measure.safe(n, look.font)), note) for n in table.notes]
    if table.unit:
        above.append(Paragraph(escape(table.unit), ParagraphStyle("unit", parent=note, alignment=2, rightIndent=rest, spaceAfter=2)))
    order = above + [made] + below if look.caption == "above" else [made] + below + above[::-1]
    return [KeepTogether(order), Spacer(1, 9)]


def chart_flow(chart, look):
    bars, top = chart["bars"], chart["top"]
    step, face = 330 / len(bars), measure.face(look.font)
    picture = Picture(380, 150)
    for i in range(5):
        y = 20 + i * 30
        picture.add(Line(30, y, 360, y, strokeColor=colors.grey, strokeWidth=0.4))
        picture.add(String(26, y - 3, f"{top * i / 4:g}", fontName=face, fontSize=7.5, textAnchor="end"))
    for i, (label, share) in enumerate(bars):
        x = 34 + i * step
        picture.add(Rect(x, 20, step * 0.6, 120 * share, fillColor=colors.HexColor(look.dark), strokeWidth=0))
        picture.add(String(x + step * 0.3, 8, label, fontName=face, fontSize=7.5, textAnchor="middle"))
    return [Paragraph(escape(chart["title"]), ParagraphStyle("t", fontName=face, fontSize=look.size)), picture]


def block_flow(block, look, total):
    value, face = block.value, measure.face(look.font)
    if block.kind in ("title", "heading", "subheading"):
        size = {"title": 17, "heading": 13, "subheading": 11}[block.kind]
        return [Paragraph(escape(value), ParagraphStyle("head", fontName=measure.face(look.font, True), fontSize=size, leading=size * 1.2, spaceBefore=8, spaceAfter=5))]
    body = ParagraphStyle("body", fontName=face, fontSize=look.body, leading=look.body * 1.3, spaceAfter=6, alignment=4 if look.prose_justify else 0)
    if block.kind == "prose":
        return [Paragraph(escape(measure.safe(value, look.font)), body)]
    if block.kind == "box":
        frame = ParagraphStyle("box", parent=body, borderWidth=0.75, borderColor=colors.HexColor(look.colour), borderPadding=6, backColor=colors.HexColor(look.fill), leftIndent=7, rightIndent=7, spaceBefore=9, spaceAfter=12)
        return [Paragraph(f"<b>{escape(value[0])}</b><br/>{escape(measure.safe(value[1], look.font))}", frame)]
    if block.kind in ("bullets", "numbers"):
        item = ParagraphStyle("item", parent=body, leftIndent=16, spaceAfter=2)
        return [Paragraph(escape(x), item, bulletText="•" if block.kind == "bullets" else f"{n}.") for n, x in enumerate(value, 1)] + [Spacer(1, 4)]
    if block.kind == "books":
        item = ParagraphStyle("book", parent=body, leftIndent=16, firstLineIndent=-16, spaceAfter=4)
        return [Paragraph(escape(x), item) for x in value]
    if block.kind == "toc":
        return [Paragraph(toc_line(level, text, page, look, total), ParagraphStyle("toc", parent=body, leftIndent=16 * level, spaceAfter=2, alignment=0)) for level, text, page in value]
    if block.kind == "chart":
        return chart_flow(value, look)
    if block.kind == "table":
        return table_flow(value, look, total)
    half = (total - 18) / 2
    if block.kind == "side":
        inner = [unpacked(table_flow(t, look, half)) for t in value]
    else:
        inner = [unpacked([f for b in column for f in block_flow(b, look, half)]) for column in value]
    style = [("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (-1, -1), 0), ("RIGHTPADDING", (0, 0), (-1, -1), 0)]
    return [Table([[inner[0], "", inner[1]]], colWidths=[half, 18, half], style=style, hAlign="LEFT")]


def unpacked(flow):
    """What stands in a cell must not be kept together by another means."""
    return [f for x in flow for f in (x._content if isinstance(x, KeepTogether) else [x])]


def toc_line(level, text, page, look, total):
    room = total - 16 * level - measure.width(f"{text}  {page}", look.font, look.body)
    return f"{escape(text)} {'.' * max(3, int(room / measure.width('.', look.font, look.body)) - 2)} {page}"


def typeset(doc, path):
    look = doc.look
    w, h = look.sheet
    story = []
    for n, sheet in enumerate(doc.sheets):
        story += [PageBreak()] if n else []
        for block in sheet:
            story += block_flow(block, look, look.text_width)

    def running(canvas, template):
        if look.running:
            canvas.setFont(measure.face(look.font), 8)
            canvas.drawString(look.margin, h - look.margin + 8, doc.title)
            canvas.drawCentredString(w / 2, look.margin - 24, str(template.page))

    frame = Frame(look.margin, look.margin, look.text_width, h - 2 * look.margin, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)
    template = BaseDocTemplate(path, pagesize=(w, h), title=doc.title, invariant=1)
    template.addPageTemplates(PageTemplate(frames=[frame], onPage=running))
    template.build(story)
