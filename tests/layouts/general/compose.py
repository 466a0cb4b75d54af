"""Composes documents: which tables and which prose stand on which sheet."""

import content
import measure
import words
from model import Block, Document

HEADING = 34.0  # points that a heading takes


class Composer:
    def __init__(self, rng, look, kinds, fill):
        self.rng, self.look, self.kinds, self.fill = rng, look, kinds, fill
        self.maker = content.Maker(rng, look.numbers, look.has_columns)
        self.height = (look.sheet[1] - 2 * look.margin - 30) * fill

    # Prose

    def language(self):
        return self.look.language if self.rng.random() < 0.75 else "en"

    def prose(self, low=2, high=6):
        return Block("prose", words.paragraph(self.rng, low, high, self.language()))

    def bullets(self):
        rng = self.rng
        return Block(rng.choice(["bullets", "numbers"]), [words.sentence(rng, self.look.language) if rng.random() < 0.5 else rng.choice(words.ACTIONS) + "." for _ in range(rng.randint(3, 6))])

    def heading(self, kind="heading"):
        return Block(kind, words.heading(self.rng))

    def chart(self):
        rng = self.rng
        first = rng.randint(1998, 2006)
        return Block("chart", {
            "title": f"Figure {rng.randint(1, 9)}. " + words.fill(rng, "{A} {n}, {y0}–{y}"),
            "bars": [(str(first + i), rng.uniform(0.15, 1)) for i in range(rng.randint(4, 8))],
            "top": rng.choice([10, 20, 40, 100, 500]),
        })

    def contents(self):
        rng, page, out = self.rng, 1, []
        for n in range(1, rng.randint(6, 13)):
            page += rng.randint(1, 7)
            out.append((0, f"{n}. {words.heading(rng)}", str(page)))
            for k in range(1, rng.choice([1, 1, 3, 4])):
                page += rng.randint(0, 2)
                out.append((1, f"{n}.{k} {words.heading(rng)}", str(page)))
        return Block("toc", out)

    def books(self):
        numbered = self.rng.random() < 0.5
        return Block("books", [words.book(self.rng, i if numbered else 0) for i in range(1, self.rng.randint(6, 14))])

    def box(self):
        return Block("box", [words.heading(self.rng), words.paragraph(self.rng, 2, 4, self.language())])

    def block_height(self, block, width):
        look = self.look
        if block.kind == "prose":
            return measure.prose_height(block.value, look, width)
        if block.kind == "box":
            return measure.prose_height(block.value[1], look, width - 16) + HEADING + 16
        if block.kind in ("bullets", "numbers", "books"):
            return sum(measure.prose_height(t, look, width - 20) for t in block.value) + 6
        if block.kind == "toc":
            return len(block.value) * look.body * 1.5 + 10
        if block.kind == "chart":
            return 190
        if block.kind == "table":
            return measure.table_height(block.value, look, width)
        if block.kind == "side":
            return max(measure.table_height(t, look, (width - 18) / 2) for t in block.value)
        return HEADING

    def pad(self, blocks, width, height):
        """Prose after the blocks as long as there is room."""
        rng = self.rng
        used = sum(self.block_height(b, width) for b in blocks)
        while used < height * 0.97:
            choice = rng.random()
            group = [self.bullets()] if choice < 0.12 else [self.box()] if choice < 0.17 else [self.heading(rng.choice(["heading", "subheading"])), self.prose()] if choice < 0.35 else [self.prose()]
            need = sum(self.block_height(b, width) for b in group)
            if used + need > height:
                break
            blocks += group
            used += need
        return blocks

    # Sheets

    def table(self, width, height, kind=None, tries=12):
        """A table that fits in the room given, or None."""
        for n in range(tries):
            name = kind or self.rng.choice(self.kinds)
            rows = None if n < 4 else max(3, 12 - n)
            if n >= 4 and name == "long":
                name = "stat"
            columns = None if width > 300 and n < 8 else 3
            table = self.maker.make(name, rows, columns)
            if self.fits(table, width) and measure.table_height(table, self.look, width) <= height:
                return table
        return None

    def fits(self, table, width):
        widths, size = measure.fit(table, self.look, width)
        return sum(widths) <= width * 1.001 and size >= 6

    def plain(self):
        """Prose, a table, prose, perhaps more tables."""
        rng, width = self.rng, self.look.text_width
        blocks = [self.heading()] if rng.random() < 0.6 else []
        for _ in range(rng.choice([0, 1, 1, 2])):
            blocks.append(self.prose())
        room = self.height - sum(self.block_height(b, width) for b in blocks)
        while room > 110:
            table = self.table(width, room)
            if not table:
                break
            group = [Block("table", table)] + ([self.prose()] if rng.random() < 0.6 else [])
            need = sum(self.block_height(b, width) for b in group)
            if need > room:
                group = group[:1]
                need = self.block_height(group[0], width)
            blocks += group
            room -= need
            if rng.random() < 0.45:
                break
        return self.pad(blocks, width, self.height) if rng.random() < 0.7 else blocks

    def stack(self):
        """Several small tables one under another."""
        rng, width = self.rng, self.look.text_width
        blocks, used = [], 0.0
        for _ in range(rng.randint(2, 5)):
            group = [self.heading("subheading")] if rng.random() < 0.3 else []
            table = self.table(width, self.height - used - HEADING, rng.choice(["small", "small", "stat", "compare", "indicators"]))
            if not table:
                break
            group.append(Block("table", table))
            if rng.random() < 0.25:
                group.append(self.prose(1, 2))
            need = sum(self.block_height(b, width) for b in group)
            if used + need > self.height:
                break
            blocks += group
            used += need
        return blocks

    def side(self):
        """Two tables beside each other."""
        rng, width = self.rng, self.look.text_width
        half = (width - 18) / 2
        blocks = [self.heading(), self.prose()]
        kinds = [k for k in self.kinds if k in ("stat", "small", "compare", "codes", "money", "calendar")] or ["small"]
        kind = rng.choice(kinds)
        rows = rng.randint(3, 12)
        pair = []
        for _ in range(20):
            table = self.maker.make(kind, rows if rng.random() < 0.7 else None, rng.choice([2, 3, 3]))
            if self.fits(table, half) and measure.table_height(table, self.look, half) < self.height * 0.6:
                pair.append(table)
            if len(pair) == 2:
                blocks.append(Block("side", pair))
                break
        return self.pad(blocks, width, self.height)

    def columns(self):
        """Two columns of prose; a table in one of them or in both."""
        rng = self.rng
        half = (self.look.text_width - 18) / 2
        sides = []
        wanted = rng.choice([(1, 0), (0, 1), (1, 1), (1, 0)])
        for has in wanted:
            blocks = [self.heading("subheading")] if rng.random() < 0.4 else []
            blocks += [self.prose(2, 4) for _ in range(rng.randint(0, 2))]
            if has:
                room = self.height - sum(self.block_height(b, half) for b in blocks)
                table = self.table(half, room * 0.9, rng.choice([k for k in self.kinds if k not in ("months", "grouped", "long", "numbered")] or ["small"]))
                if table:
                    blocks.append(Block("table", table))
            sides.append(self.pad(blocks, half, self.height * (1 if rng.random() < 0.7 else 0.6)))
        return [Block("columns", sides)]

    def banner(self):
        """A table over both columns of prose, or below them."""
        rng, width = self.rng, self.look.text_width
        half = (width - 18) / 2
        table = self.table(width, self.height * 0.7)
        if not table:
            return self.columns()
        rest = self.height - measure.table_height(table, self.look, width)
        blocks = [Block("columns", [self.pad([self.prose(2, 3)] if rest > 130 else [], half, rest) for _ in range(2)]), Block("table", table)]
        return blocks if rng.random() < 0.4 else blocks[::-1]

    def text(self):
        """A sheet without a table."""
        rng, width = self.rng, self.look.text_width
        blocks = [self.heading(), self.prose()]
        extras = rng.sample([self.bullets, self.chart, self.books, self.bullets], rng.randint(1, 2))
        for extra in extras:
            block = extra()
            if sum(self.block_height(b, width) for b in blocks + [block]) < self.height:
                blocks.append(block)
        if rng.random() < 0.3:
            half = (width - 18) / 2
            return [Block("columns", [self.pad([self.prose()], half, self.height), self.pad([], half, self.height)])]
        return self.pad(blocks, width, self.height)

    def toc(self):
        blocks = [Block("subheading", self.rng.choice(["Contents", "Table of contents", "CONTENTS"])), self.contents()]
        while self.block_height(blocks[1], 0) > self.height - HEADING:
            blocks[1].value.pop()
        return blocks

    def divided(self):
        """A table that begins on one sheet and goes on on the next: two sheets."""
        rng, width = self.rng, self.look.text_width
        table = None
        for n in range(12):
            table = self.maker.make(rng.choice(["stat", "sections", "measures", "codes"]), rng.randint(14, 34 - n), rng.randint(3, 6))
            if self.fits(table, width):
                break
        widths, size = measure.fit(table, self.look, width)
        heights = measure.row_heights(table, self.look, widths, size)
        prose = [self.prose() for _ in range(rng.randint(1, 4))]
        room = self.height - sum(self.block_height(b, width) for b in prose) - 40
        at, used = table.heads, sum(heights[: table.heads])
        while at < table.rows and used + heights[at] < room:
            used += heights[at]
            at += 1
        at = min(at, table.rows - 3)
        if at - 1 in table.sections():
            at -= 1
        if at < table.heads + 2:
            return [self.plain()]
        rest = content.split(table, at, rng.random() < 0.6)
        if rest.heads and table.caption and rng.random() < 0.5:
            rest.caption = table.caption + rng.choice([" (continued)", "—Continued", " (cont.)"])
        second = [Block("table", rest)]
        if measure.table_height(rest, self.look, width) > self.height:
            return [self.plain()]
        return [prose + [Block("table", table)], self.pad(second, width, self.height * rng.uniform(0.5, 1))]


def compose(name, family, rng, look, fill, tables):
    """A document of one to four sheets."""
    composer = Composer(rng, look, family["kinds"], fill)
    doc = Document(name, look, title=words.title(rng))
    layouts = family.get("sheets", ["plain", "plain", "stack"])
    first = rng.random()
    if first < 0.25 and tables:
        doc.sheets.append(composer.toc() if first < 0.1 else composer.text())
    for _ in range(rng.choice([1, 1, 2, 3]) if tables else rng.randint(1, 3)):
        layout = rng.choice(layouts) if tables else rng.choice(["text", "text", "toc"])
        made = getattr(composer, layout)()
        doc.sheets += made if layout == "divided" else [made]
    doc.sheets[0].insert(0, Block("title", doc.title))
    doc.sheets = [s for s in doc.sheets if s]
    return doc
