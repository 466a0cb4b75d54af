"""Draws documents with fpdf2: every word put in its place by hand."""

import datetime
import os

from fpdf import FPDF

import fonts
import grid as grids

GAP = 4.0  # points between text and the edge of a cell
HANG = 8.0  # how far the second line of a label is set in


class Sheet(FPDF):
    def __init__(self, doc, rng):
        super().__init__(orientation="L" if doc.style.landscape else "P", unit="pt", format="A4")
        self.doc, self.face = doc, doc.style.font
        self.set_margins(57, 62)
        self.set_auto_page_break(False)
        self.foot = rng.choice(["{n}", "– {n} –", "{w} {n}", "{n}"])
        self.set_creation_date(datetime.datetime(2025, 11, 1, tzinfo=datetime.timezone.utc))
        self.set_title(doc.title)
        regular, bold = fonts.files(self.face)
        self.add_font("T", "", regular)
        self.add_font("T", "B", bold)
        self.add_page()

    def header(self):
        if self.doc.style.running:
            self.put(57, 40, self.doc.running[0], 8)
            self.put(self.w - 57, 40, self.doc.running[1], 8, right=True)
        self.set_y(66)

    def footer(self):
        if self.doc.style.running:
            word = "Sivu" if self.doc.language == "fi" else "Sida"
            self.put(self.w / 2, self.h - 30, self.foot.format(n=self.page_no(), w=word), 8)

    @property
    def bottom(self):
        return self.h - 58

    def put(self, x, y, text, size, bold=False, right=False):
        text = fonts.safe(text, self.face)
        self.set_font("T", "B" if bold else "", size)
        self.text(x - self.get_string_width(text) if right else x, y, text)

    def measure(self, text, size, bold=False):
        self.set_font("T", "B" if bold else "", size)
        return self.get_string_width(fonts.safe(text, self.face))

    def wrap(self, text, width, size, bold=False):
        out = []
        for part in text.split("\n"):
            line = ""
            for word in part.split(" "):
                trial = f"{line} {word}" if line else word
                if line and self.measure(trial, size, bold) > width:
                    out.append(line)
                    line = word
                else:
                    line = trial
            out.append(line)
        return out

    def room(self, height):
        if self.get_y() + height > self.bottom:
            self.add_page()
            return True
        return False

    def words(self, rows):
        """A table of words in three columns, with rules between its rows."""
        for n, row in enumerate(rows):
            cells = [self.wrap(x, 150, 9, not n) for x in row]
            height = max(map(len, cells)) * 11 + 4
            self.room(height)
            top = self.get_y()
            for i, lines in enumerate(cells):
                for k, line in enumerate(lines):
                    self.put(59 + 160 * i, top + 10 + 11 * k, line, 9, not n)
            self.set_line_width(0.4)
            self.line(57, top + height, 537, top + height)
            self.set_y(top + height)
        self.set_y(self.get_y() + 8)

    def paragraph(self, text, size=10.0, bold=False, before=0.0, after=5.0, indent=0.0):
        self.set_y(self.get_y() + before)
        for line in self.wrap(text, self.w - 114 - indent, size, bold):
            self.room(size * 1.3)
            self.put(57 + indent, self.get_y() + size, line, size, bold)
            self.set_y(self.get_y() + size * 1.3)
        self.set_y(self.get_y() + after)


class TableDrawer:
    def __init__(self, sheet, table, style):
        self.sheet, self.table, self.style = sheet, table, style
        self.grid = grids.make(table, style)
        self.widths, self.size = grids.fit(self.grid, style, sheet.w - 114)
        self.left = 57.0
        if style.snug:
            self.widths = self.measured(sheet.w - 114)
        self.edges = [self.left]
        for w in self.widths:
            self.edges.append(self.edges[-1] + w)
        self.step = self.size * 1.22
        self.count = 0

    def measured(self, total):
        """Columns as wide as their widest text: the longest label ends where the first figure begins."""
        s, g = self.sheet, self.grid
        bold = lambda line: line.kind == "total" and self.style.bold == "bold"
        heads = grids._heads_by_column(g)
        figures = []
        for i in range(g.figures):
            texts = [s.measure(line.cells[i].text + line.cells[i].note, self.size, bold(line)) for line in g.lines]
            texts += [s.measure(w, self.size, True) for l in heads[i] for w in l.split(" ")]
            figures.append(max(texts) + GAP + (6 if i else 0))
        label = max(
            s.measure(line.labels[0].text, self.size, bold(line)) + 9 * line.level
            for line in g.lines
            if line.kind != "heading"
        )
        return [min(label, max(0.55 * label, 150), total - sum(figures)) + GAP + 1.5] + figures

    def rule(self, y, heavy=False, first=0, last=None):
        self.sheet.set_line_width(1.0 if heavy else 0.4)
        self.sheet.line(self.edges[first], y, self.edges[last if last is not None else -1], y)

    def verticals(self, top, bottom):
        if self.style.rules in ("grid", "vertical"):
            self.sheet.set_line_width(0.4)
            inner = self.edges if self.style.rules == "grid" else self.edges[1:-1]
            for x in inner:
                self.sheet.line(x, top, x, bottom)

    def head(self):
        s, style = self.sheet, self.style
        if self.grid.title:
            top = s.get_y()
            s.put(self.left + GAP, top + self.size + 3, self.grid.title, self.size + 1, True)
            if style.rules in ("grid", "vertical", "box"):
                s.set_line_width(0.4)
                s.rect(self.left, top, self.edges[-1] - self.left, self.size + 8)
            s.set_y(top + self.size + 8)
        self.head_rows()
        if self.grid.unit_row:
            top, height = s.get_y(), self.size + 4
            middle = (self.edges[self.grid.before] + self.edges[self.grid.before + self.grid.figures]) / 2
            text = self.grid.unit_row
            s.put(middle - s.measure(text, self.size) / 2, top + self.size, text, self.size)
            if style.rules in ("grid", "vertical"):  # none through the words
                for x in (self.edges[self.grid.before], *(self.edges[:: len(self.edges) - 1] * (style.rules == "grid"))):
                    s.line(x, top, x, top + height)
            if style.rules not in ("none", "bands"):
                self.rule(top + height)
            s.set_y(top + height + (0 if style.rules == "grid" else 1))

    def head_height(self):
        return 4 * self.step + (self.size + 8 if self.grid.title else 0) + (self.size + 5 if self.grid.unit_row else 0)

    def head_rows(self):
        s, style = self.sheet, self.style
        rows = []
        for row in self.grid.head:
            at = 0
            cells = []
            for c in row:
                width = sum(self.widths[at : at + c.across]) - 2 * GAP
                lines = [w for l in c.lines if l for w in s.wrap(l, width, self.size, c.figure)]
                cells.append((at, c, lines))
                at += c.across
            rows.append(cells)
        height = max(len(lines) for row in rows for _, _, lines in row) * self.step + 5
        top = s.get_y()
        for i in self.grid.shaded:
            s.set_fill_color(style.fill)
            s.rect(self.edges[self.grid.before + i], top, self.widths[self.grid.before + i], height + 2, style="F")
        if style.rules == "bands":
            s.set_fill_color(style.fill)
            s.rect(self.left, top, self.edges[-1] - self.left, height, style="F")
        for row in rows:
            for at, c, lines in row:
                for n, line in enumerate(lines):
                    y = top + height - 4 - (len(lines) - 1 - n) * self.step
                    if c.figure and style.head_align:
                        room = self.edges[at + c.across] - self.edges[at] - 2 * GAP
                        shift = (room - s.measure(line, self.size, True)) / 2 if style.head_align == "center" else 0
                        s.put(self.edges[at] + GAP + shift, y, line, self.size, True)
                    elif c.figure:
                        s.put(self.edges[at + c.across] - GAP, y, line, self.size, True, right=True)
                    else:
                        s.put(self.edges[at] + GAP, y, line, self.size)
        self.verticals(top, top + height)
        if style.rules in ("grid", "horizontal", "booktabs", "double"):
            self.rule(top, style.rules != "grid")
        if style.rules not in ("none", "bands"):
            self.rule(top + height, style.rules in ("horizontal", "booktabs"))
        s.set_y(top + height + (0 if style.rules == "grid" else 2))

    def wrap(self, text, width, bold, hang):
        """The lines of a label; those after the first are narrower by `hang`."""
        s = self.sheet
        lines = s.wrap(text, width, self.size, bold)
        if hang and len(lines) > 1:
            rest = text[len(lines[0]) :].lstrip()
            lines = lines[:1] + s.wrap(rest, width - hang, self.size, bold)
        return lines

    def go_on(self):
        """Ends the page within the table, with lines that say so."""
        s, fi = self.sheet, self.style.language == "fi"
        s.put(self.edges[-1], s.get_y() + 9, "Taulukko jatkuu" if fi else "Tabellen fortsätter", 8, right=True)
        s.add_page()
        s.paragraph(f"{self.table.title} ({'jatkuu' if fi else 'forts.'})", 9, after=3)

    def line(self, line):
        s, g, style = self.sheet, self.grid, self.style
        if line.kind == "blank":
            s.set_y(s.get_y() + self.step)
            return
        bold = line.kind == "total" and style.bold == "bold" or line.kind == "heading" and not line.level
        texts, tall = [], 1
        for i, c in enumerate(line.labels + line.right):
            column = i if i < g.before else g.before + g.figures
            indent = line.level * 9 if i == int(g.code_column) else 0
            width = self.widths[column] - 2 * GAP - indent if line.kind != "heading" else 400
            if style.snug and not i:
                width += GAP
            hang = HANG if style.hanging and i == int(g.code_column) and line.kind != "heading" else 0
            lines = self.wrap(c.text, width, bold, hang) if c.text else []
            texts.append((self.edges[column] + GAP + indent, lines, c.note))
            tall = max(tall, len(lines))
        height = tall * self.step + 3
        turn = style.continued and s.get_y() + height + 14 > s.bottom
        if turn:
            self.go_on()
        if (s.room(height) or turn) and style.repeat:
            self.head()
        top = s.get_y()
        for i in g.shaded:
            s.set_fill_color(style.fill)
            s.rect(self.edges[g.before + i], top, self.widths[g.before + i], height, style="F")
        if style.group and line.kind == "heading":
            s.set_fill_color(style.fill if style.group == "fill" else "#44546a")
            s.rect(self.left, top, self.edges[-1] - self.left, height, style="F")
            s.set_text_color(255 if style.group == "dark" else 0)
        if style.rules == "bands" and self.count % 2:
            s.set_fill_color(style.fill)
            s.rect(self.left, top, self.edges[-1] - self.left, height, style="F")
        self.count += 1

        def baseline(n, of):
            start = {"top": 0, "bottom": tall - of, "middle": (tall - of) / 2}[style.valign]
            return top + self.size + 1 + (start + n) * self.step

        for x, lines, note in texts:
            for n, text in enumerate(lines):
                y = top + self.size + 1 + n * self.step if len(lines) == tall else baseline(n, len(lines))
                shift = HANG if n and style.hanging and x == texts[int(g.code_column)][0] else 0
                s.put(x + shift, y, text, self.size, bold)
                if note and n == len(lines) - 1:
                    s.put(x + s.measure(text, self.size, bold) + 0.5, y - self.size * 0.35, note, self.size * 0.65)
        s.set_text_color(0)
        y = baseline(0, 1)
        for i, c in enumerate(line.cells):
            right = self.edges[g.before + i + 1] - GAP
            if c.note:
                w = s.measure(c.note, self.size * 0.65)
                s.put(right, y - self.size * 0.35, c.note, self.size * 0.65, right=True)
                right -= w
            if style.minus == "left" and c.text[:1] == "-" and len(c.text) > 1:
                s.put(self.edges[g.before + i] + GAP, y, "-", self.size, bold)
                s.put(right, y, c.text[1:], self.size, bold, right=True)
            elif c.text:
                s.put(right, y, c.text, self.size, bold, right=True)
        if style.leaders and line.kind != "heading":
            x, lines, _ = texts[int(g.code_column)]
            end = x + s.measure(lines[-1], self.size, bold) + 3
            first = next((i for i, c in enumerate(line.cells) if c.text), None)
            if first is not None and (len(lines) == 1 or style.valign == "bottom"):
                stop = self.edges[g.before]
                dots = int((stop - end) / s.measure(".", self.size))
                if dots > 2:
                    s.put(stop - dots * s.measure(".", self.size), y, "." * dots, self.size)
        if style.rules == "sums" and line.kind == "total":
            self.rule(top, False, g.before, g.before + g.figures)
            if line is g.lines[-1]:  # the last sum stands on two rules
                for y in (top + height, top + height + 2):
                    self.rule(y, False, g.before, g.before + g.figures)
        self.verticals(top, top + height)
        if style.rules == "grid" or style.rules == "horizontal":
            self.rule(top + height)
        if style.rules == "dotted":
            s.set_line_width(0.4)
            s.set_dash_pattern(0.6, 1.4)
            s.line(self.left, top + height, self.edges[-1], top + height)
            s.set_dash_pattern()
        s.set_y(top + height)

    def fill(self, sentences):
        """Prose down to where only the head of the table has room."""
        s = self.sheet
        goal = s.bottom - self.head_height() - (17 if self.table.caption else 4)
        for text in sentences:
            tall = len(s.wrap(text, s.w - 114, 10)) * 13 + 5
            if s.get_y() + tall > goal:
                break
            s.paragraph(text)
        if goal - s.get_y() < 60:
            s.set_y(max(s.get_y(), goal))

    def draw(self, stranded=False):
        if not stranded:
            self.sheet.room(90)
        self.head()
        for line in self.grid.lines:
            self.line(line)
        if self.style.rules in ("booktabs", "double"):
            self.rule(self.sheet.get_y(), True)
        self.sheet.set_y(self.sheet.get_y() + 6)
        for f in self.table.footnotes:
            self.sheet.paragraph(f, 7.5, after=1)
        self.sheet.set_y(self.sheet.get_y() + 8)


def typeset(documents, folder, rng):
    import logging

    logging.getLogger("fontTools").setLevel(logging.ERROR)
    for doc in documents:
        sheet = Sheet(doc, rng)
        headings = [b.text for b in doc.blocks if b.kind == "heading"]
        fill = []
        for b in doc.blocks:
            if b.kind == "fill":
                fill = b.text
            elif b.kind == "title":
                sheet.paragraph(b.text, 17, True, after=8)
            elif b.kind == "heading":
                sheet.room(120)
                sheet.paragraph(b.text, 13, True, before=6)
            elif b.kind == "subheading":
                sheet.room(90)
                sheet.paragraph(b.text, 11, True, before=3)
            elif b.kind == "prose":
                sheet.paragraph(b.text)
            elif b.kind == "bullets":
                for x in b.text:
                    sheet.paragraph("• " + x, after=1, indent=10)
                sheet.set_y(sheet.get_y() + 5)
            elif b.kind == "words":
                sheet.words(b.text)
            elif b.kind == "lines":
                for x, y in b.text:
                    sheet.room(14)
                    sheet.put(57, sheet.get_y() + 10, x, 9.5)
                    sheet.put(420, sheet.get_y() + 10, y, 9.5, right=True)
                    sheet.set_y(sheet.get_y() + 13)
                sheet.set_y(sheet.get_y() + 8)
            elif b.kind == "toc":
                for n, h in enumerate(headings, 1):
                    end = sheet.w - 57
                    dots = int((end - 57 - sheet.measure(h, 10) - 24) / sheet.measure(".", 10))
                    sheet.put(57, sheet.get_y() + 10, f"{h} {'.' * dots}", 10)
                    sheet.put(end, sheet.get_y() + 10, str(n), 10, right=True)
                    sheet.set_y(sheet.get_y() + 14)
                sheet.set_y(sheet.get_y() + 8)
            elif b.kind == "page":
                sheet.add_page()
            elif b.kind == "table":
                drawer = TableDrawer(sheet, b.table, doc.style)
                if fill:
                    drawer.fill(fill)
                if b.table.caption:
                    sheet.paragraph(b.table.caption, 8.5, after=2)
                drawer.draw(bool(fill))
                fill = []
        path = os.path.join(folder, doc.id + ".pdf")
        sheet.output(path)
        if doc.style.turned:
            import turn

            turn.turn(path)
