"""Draws documents with fpdf2: every line of text put in its place by hand."""

import datetime
import logging
import re

from fpdf import FPDF

import measure
from looks import Drawing

LEADING = 1.18
logging.getLogger("fontTools").setLevel(logging.ERROR)


class Sheet(FPDF):
    def __init__(self, doc):
        w, h = doc.look.sheet
        super().__init__(unit="pt", format=(w, h))
        self.doc, self.look = doc, doc.look
        self.set_margins(0, 0)
        self.set_auto_page_break(False)
        self.set_creation_date(datetime.datetime(2025, 11, 1, tzinfo=datetime.timezone.utc))
        self.set_title(doc.title)
        for style, path in zip(("", "B", "I", "BI"), measure.files(self.look.font)):
            self.add_font("T", style, path)

    def ink(self, colour):
        self.set_text_color(colour)

    def put(self, x, y, text, size, bold=False, italic=False):
        """Text with its baseline at y."""
        self.set_font("T", ("B" if bold else "") + ("I" if italic else ""), size)
        self.text(x, y, measure.safe(text, self.look.font))

    def wide(self, text, size, bold=False, italic=False):
        return measure.width(text, self.look.font, size, bold, italic)

    def line_of(self, x, y, text, width, size, align="left", bold=False, italic=False, last=True):
        """One line of a text in a box: words apart if it is justified."""
        if align == "justify" and not last and " " in text:
            words = text.split(" ")
            space = (width - sum(self.wide(w, size, bold, italic) for w in words)) / (len(words) - 1)
            for word in words:
                self.put(x, y, word, size, bold, italic)
                x += self.wide(word, size, bold, italic) + space
            return
        rest = width - self.wide(text, size, bold, italic)
        self.put(x + rest * {"right": 1.0, "center": 0.5}.get(align, 0.0), y, text, size, bold, italic)

    def paragraph(self, x, y, text, width, size, align="left", bold=False, italic=False, leading=1.3, hang=0.0):
        lines = measure.wrap(text, width - hang, self.look.font, size, bold, italic)
        for n, line in enumerate(lines):
            left = x + (hang if n else 0)
            self.line_of(left, y + size, line, width - (hang if n else 0), size, align, bold, italic, n == len(lines) - 1)
            y += size * leading
        return y


class TableDrawer:
    """Draws one table with its upper left corner at (x, y)."""

    def __init__(self, sheet, table, total):
        self.sheet, self.table, self.look = sheet, table, sheet.look
        self.widths, self.size = measure.fit(table, self.look, total)
        self.heights = measure.row_heights(table, self.look, self.widths, self.size, LEADING)
        self.drawing = Drawing(table, self.look)
        self.points = self.decimals()

    def decimals(self):
        """How far the figures of a column reach right of the decimal point."""
        reach = {}
        if self.look.figure_align == "decimal":
            for cell in self.table.cells:
                if cell.kind == "figure":
                    tail = self.tail(cell)
                    reach[cell.col] = max(reach.get(cell.col, 0.0), tail)
        return reach

    def tail(self, cell):
        """The width of what stands right of the last digit before the decimals."""
        found = re.match(r"^[^\d]*[\d\s,.'\u00a0\u202f]*?\d(?=([.,]\d{1,2})?\D*$)", cell.text)
        text = cell.text[found.end() :] if found else ""
        return self.sheet.wide(text, self.size, measure.is_bold(cell, self.look))

    def draw(self, x, y):
        xs, ys = [x], [y]
        for w in self.widths:
            xs.append(xs[-1] + w)
        for h in self.heights:
            ys.append(ys[-1] + h)
        for (r, c), colour in self.drawing.fill.items():
            self.sheet.set_fill_color(colour)
            self.sheet.rect(xs[c], ys[r], xs[c + 1] - xs[c], ys[r + 1] - ys[r], style="F")
        for cell in self.table.cells:
            self.cell(cell, xs, ys)
        self.rules(xs, ys)
        return ys[-1]

    def rules(self, xs, ys):
        sheet, look = self.sheet, self.look
        sheet.set_draw_color("#ffffff" if look.rules == "white_lines" else look.colour)
        ends = {(cell.row + cell.down, c): cell for cell in self.table.cells if cell.kind == "head" and cell.across > 1 for c in range(cell.col, cell.col + cell.across)}
        for (y, first, last, (weight, double)) in self.runs():
            sheet.set_line_width(weight)
            if look.dash and weight == look.light and not double:
                sheet.set_dash_pattern(dash=0.7, gap=1.5)
            trim = look.trim if (y, first) in ends and y < self.table.heads and ends[(y, first)].across == last - first else 0
            for offset in (-1, 1) if double else (0,):
                sheet.line(xs[first] + trim, ys[y] + offset, xs[last] - trim, ys[y] + offset)
            sheet.set_dash_pattern()
        for (r, column), (weight, _) in self.drawing.v.items():
            sheet.set_line_width(weight)
            sheet.line(xs[column], ys[r], xs[column], ys[r + 1])

    def runs(self):
        """Horizontal rules over as many columns as they run, but apart under spanning heads."""
        out = []
        starts = {(cell.row + cell.down, cell.col) for cell in self.table.cells if cell.kind == "head" and cell.across > 1}
        for y, c in sorted(self.drawing.h):
            value = self.drawing.h[(y, c)]
            if out and out[-1][0] == y and out[-1][2] == c and out[-1][3] == value and (y, c) not in starts:
                out[-1][2] = c + 1
            else:
                out.append([y, c, c + 1, value])
        return [tuple(x) for x in out]

    def cell(self, cell, xs, ys):
        sheet, look, size = self.sheet, self.look, self.size
        bold, italic = measure.is_bold(cell, look), measure.is_italic(cell, look)
        lead = cell.lead
        left = xs[cell.col] + look.pad_x + measure.indent(cell, look)
        width = xs[cell.col + cell.across] - look.pad_x - left
        lines = measure.wrap(cell.text, width + 0.5 - sheet.wide(cell.mark, size * 0.65), look.font, size, bold)
        top = ys[cell.row] + look.pad_y + (look.gap if cell.row in self.table.gaps else 0)
        room = ys[cell.row + cell.down] - look.pad_y - top - len(lines) * size * LEADING
        top += room * {"top": 0.0, "middle": 0.5, "bottom": 1.0}[look.head_valign if cell.kind == "head" else look.valign]
        align = measure.align(cell, self.table, look)
        if align == "decimal":
            align = "right"
            width -= max(0.0, self.points.get(cell.col, 0.0) - self.tail(cell))
            width -= max(0.0, (xs[cell.col + 1] - xs[cell.col]) * 0.12)
        sheet.ink("#ffffff" if (cell.row, cell.col) in self.drawing.white else "#000000")
        if lead:
            sheet.put(left, top + size, lead, size, bold)
        for n, line in enumerate(lines):
            last = n == len(lines) - 1
            base = top + (n + 0.93) * size * LEADING
            mark = cell.mark if last else ""
            wide = width - sheet.wide(mark, size * 0.65) if align == "right" else width
            sheet.line_of(left, base, line, wide, size, align, bold, italic, last)
            end = {"left": left + sheet.wide(line, size, bold), "justify": left + sheet.wide(line, size, bold), "right": left + wide,
                   "center": left + (width + sheet.wide(line, size, bold)) / 2}[align]
            if mark:
                sheet.put(end, base - size * 0.35, mark, size * 0.65, bold)
                end += sheet.wide(mark, size * 0.65)
            if last and look.leaders and cell.kind == "stub" and not cell.col and cell.down == 1:
                self.leader(end, base, left + width)
        sheet.ink("#000000")

    def leader(self, start, base, end):
        step = self.sheet.wide(". ", self.size)
        count = int((end - start) / step) - 1
        if count > 3:
            self.sheet.put(end - count * step, base, ". " * count, self.size)


def put_table(sheet, table, x, y, total):
    """A table with caption and notes; returns where it ends."""
    look = sheet.look
    drawer = TableDrawer(sheet, table, total)
    wide = sum(drawer.widths)
    if look.place == "center":
        x += (total - wide) / 2
    room = max(wide, 120)
    align = "center" if look.place == "center" and wide > 200 else "left"

    def caption(y):
        if not table.caption:
            return y
        return sheet.paragraph(x, y, table.caption, room, look.size + 0.5, align, look.caption_style == "bold", look.caption_style == "italic", 1.25) + 4

    y = caption(y + 4) if look.caption == "above" else y + 4
    if table.unit:
        y = sheet.paragraph(x, y, table.unit, wide, look.size - 1, "right", leading=1.2) + 2
    y = drawer.draw(x, y) + 3
    for note in table.notes:
        y = sheet.paragraph(x, y, note, room, look.size - 1, leading=1.2) + 1
    return (caption(y + 2) if look.caption == "below" else y) + 9


def put_chart(sheet, chart, x, y):
    look, bars = sheet.look, chart["bars"]
    y = sheet.paragraph(x, y, chart["title"], 380, look.size) + 4
    step = 330 / len(bars)
    sheet.set_draw_color("#999999")
    sheet.set_line_width(0.4)
    for i in range(5):
        base = y + 130 - i * 30
        sheet.line(x + 30, base, x + 360, base)
        label = f"{chart['top'] * i / 4:g}"
        sheet.put(x + 26 - sheet.wide(label, 7.5), base + 3, label, 7.5)
    sheet.set_fill_color(look.dark)
    for i, (label, share) in enumerate(bars):
        left = x + 34 + i * step
        sheet.rect(left, y + 130 - 120 * share, step * 0.6, 120 * share, style="F")
        sheet.put(left + step * 0.3 - sheet.wide(label, 7.5) / 2, y + 141, label, 7.5)
    return y + 152


def put_block(sheet, block, x, y, total):
    look, value = sheet.look, block.value
    prose = "justify" if look.prose_justify else "left"
    if block.kind in ("title", "heading", "subheading"):
        size = {"title": 17, "heading": 13, "subheading": 11}[block.kind]
        return sheet.paragraph(x, y + 6, value, total, size, bold=True, leading=1.2) + 4
    if block.kind == "prose":
        return sheet.paragraph(x, y, value, total, look.body, prose) + 6
    if block.kind == "box":
        lines = measure.wrap(value[1], total - 16, look.font, look.body)
        sheet.set_fill_color(look.fill)
        sheet.set_line_width(0.75)
        sheet.set_draw_color(look.colour)
        sheet.rect(x, y + 2, total, (len(lines) + 1) * look.body * 1.3 + 14, style="DF")
        y = sheet.paragraph(x + 8, y + 6, value[0], total - 16, look.body, bold=True) + 3
        return sheet.paragraph(x + 8, y, value[1], total - 16, look.body, prose) + 14
    if block.kind in ("bullets", "numbers"):
        for n, text in enumerate(value, 1):
            sheet.put(x + 4, y + look.body, "•" if block.kind == "bullets" else f"{n}.", look.body)
            y = sheet.paragraph(x + 20, y, text, total - 20, look.body) + 2
        return y + 4
    if block.kind == "books":
        for text in value:
            y = sheet.paragraph(x, y, text, total, look.body, hang=16) + 4
        return y
    if block.kind == "toc":
        for level, text, page in value:
            sheet.put(x + 16 * level, y + look.body, text, look.body)
            start = x + 16 * level + sheet.wide(text + " ", look.body)
            count = int((x + total - 24 - start) / sheet.wide(".", look.body))
            sheet.put(start, y + look.body, "." * max(3, count), look.body)
            sheet.put(x + total - sheet.wide(page, look.body), y + look.body, page, look.body)
            y += look.body * 1.45
        return y
    if block.kind == "chart":
        return put_chart(sheet, value, x, y)
    if block.kind == "table":
        return put_table(sheet, value, x, y, total)
    half = (total - 18) / 2
    ends = []
    for n, part in enumerate(value):
        left, at = x + n * (half + 18), y
        for inner in [part] if block.kind == "side" else part:
            at = put_table(sheet, inner, left, at, half) if block.kind == "side" else put_block(sheet, inner, left, at, half)
        ends.append(at)
    return max(ends)


def typeset(doc, path):
    look = doc.look
    w, h = look.sheet
    sheet = Sheet(doc)
    low = False
    for n, blocks in enumerate(doc.sheets, 1):
        sheet.add_page()
        if look.running:
            sheet.put(look.margin, look.margin - 12, doc.title, 8)
            sheet.put(w / 2, h - look.margin + 24, str(n), 8)
        y = look.margin
        for block in blocks:
            y = put_block(sheet, block, look.margin, y, look.text_width)
        low = low or y > h - look.margin + 12
    if low:
        sheet.add_page()  # shows the check that a sheet was too full
    sheet.output(path)
