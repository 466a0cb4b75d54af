"""The choices that make the layout of a document, and the rules and fills that follow from them."""

from dataclasses import dataclass


@dataclass
class Look:
    engine: str = "chromium"
    font: str = "Liberation Sans"
    body: float = 10.0  # size of the prose
    size: float = 8.5  # size of the tables
    paper: str = "A4"  # A4, letter
    landscape: bool = False
    margin: float = 57.0
    rules: str = "full"
    span_rules: bool = True  # a rule under head cells that span
    trim: float = 0.0  # how much shorter such a rule is
    fill: str = "#dde5ee"
    dark: str = "#1f3f6e"
    stub_fill: bool = False
    valign: str = "top"  # top, middle, bottom
    head_valign: str = "bottom"
    head_align: str = "center"  # center, like (the column), left
    head_bold: bool = True
    head_italic: bool = False
    figure_align: str = "right"  # right, center
    mark_align: str = "center"
    justify: bool = False  # cells of text
    prose_justify: bool = True
    pad_x: float = 4.0
    pad_y: float = 2.0
    gap: float = 6.0  # more space before a group of rows
    width: str = "full"  # full, natural
    place: str = "left"  # left, center
    caption: str = "above"  # above, below
    caption_style: str = "bold"  # bold, italic, plain
    section: str = "left"  # left, center
    section_fill: bool = False
    leaders: bool = False
    total_bold: bool = True
    total_rule: bool = False
    numbers: str = "en"
    running: bool = True
    language: str = "en"  # of the prose
    heavy: float = 1.0
    light: float = 0.4
    colour: str = "#000000"  # of the rules

    dash: bool = False  # light rules are dotted

    BOXED = ("full", "full_shaded", "full_dark")  # rules round every cell
    COLUMNS = BOXED + ("verticals", "columns_only", "census", "boxes")  # rules between the columns

    @property
    def has_columns(self):
        return self.rules in self.COLUMNS

    @property
    def sheet(self):
        """Width and height of the paper in points."""
        w, h = {"A4": (595.28, 841.89), "letter": (612.0, 792.0)}[self.paper]
        return (h, w) if self.landscape else (w, h)

    @property
    def text_width(self):
        return self.sheet[0] - 2 * self.margin


class Drawing:
    """Rules on the unit edges of a table, fills of its cells, and the cells whose text is white.

    `h[(y, c)]` is the rule above row y in column c (y up to the number of rows), `v[(r, x)]` the one left of column x
    in row r; a value is (weight, double).
    """

    def __init__(self, table, look):
        self.table, self.look = table, look
        self.h, self.v, self.fill, self.white = {}, {}, {}, set()
        self.grid = table.at()
        getattr(self, look.rules)()
        if look.stub_fill:
            for r in range(table.heads, table.rows):
                if table.kinds[0] == "stub":
                    self.fill.setdefault((r, 0), look.fill)
        if look.section_fill:
            for r in table.sections():
                self.paint(r, look.fill)
        if look.total_rule:
            for r in table.totals:
                if r > table.heads:
                    self.row_rule(r, look.light)
        self.clear_spans()

    def row_rule(self, y, weight, double=False, first=0, last=None):
        for c in range(first, self.table.width if last is None else last):
            old = self.h.get((y, c), (0, False))
            if weight >= old[0]:
                self.h[(y, c)] = (weight, double)

    def column_rule(self, x, weight, first=0, last=None):
        for r in range(first, self.table.rows if last is None else last):
            self.v[(r, x)] = (weight, False)

    def paint(self, row, colour):
        for c in range(self.table.width):
            self.fill[(row, c)] = colour

    def clear_spans(self):
        """No rule inside a cell that spans."""
        for (r, c), cell in self.grid.items():
            if r > cell.row:
                self.h.pop((r, c), None)
            if c > cell.col:
                self.v.pop((r, c), None)

    def spans(self):
        """Rules under the head cells that span columns."""
        if self.look.span_rules:
            for cell in self.table.cells:
                if cell.kind == "head" and cell.across > 1 and cell.row + cell.down < self.table.heads:
                    self.row_rule(cell.row + cell.down, self.look.light, first=cell.col, last=cell.col + cell.across)

    def frame(self, weight=None):
        weight = weight or self.look.light
        t = self.table
        self.row_rule(0, weight)
        self.row_rule(t.rows, weight)
        self.column_rule(0, weight)
        self.column_rule(t.width, weight)

    def shade_head(self, colour):
        for r in range(self.table.heads):
            self.paint(r, colour)

    def invert_head(self):
        self.shade_head(self.look.dark)
        self.white = {(r, c) for r in range(self.table.heads) for c in range(self.table.width)}

    # The kinds of rules

    def none(self):
        pass

    def grid_lines(self):
        t = self.table
        for y in range(t.rows + 1):
            self.row_rule(y, self.look.light)
        for x in range(t.width + 1):
            self.column_rule(x, self.look.light)

    def full(self):
        self.grid_lines()

    def full_shaded(self):
        self.grid_lines()
        self.shade_head(self.look.fill)

    def full_dark(self):
        self.grid_lines()
        self.invert_head()

    def framed(self):
        """A frame and a rule below the head."""
        self.frame(self.look.heavy)
        self.spans()
        if self.table.heads:
            self.row_rule(self.table.heads, self.look.light)

    def rows(self):
        """A rule below every row."""
        self.spans()
        for y in range(self.table.heads + 1, self.table.rows + 1):
            self.row_rule(y, self.look.light)
        self.row_rule(0, self.look.heavy)
        self.row_rule(self.table.heads, self.look.heavy)

    def booktabs(self):
        self.spans()
        self.row_rule(0, self.look.heavy)
        if self.table.heads:
            self.row_rule(self.table.heads, self.look.light)
        self.row_rule(self.table.rows, self.look.heavy)

    def headline(self):
        """One rule, below the head."""
        self.spans()
        if self.table.heads:
            self.row_rule(self.table.heads, self.look.heavy)

    def fives(self):
        """A rule below the head and below every fifth row."""
        self.booktabs()
        for y in range(self.table.heads + 5, self.table.rows, 5):
            self.row_rule(y, self.look.light)

    def zebra(self):
        for r in range(self.table.heads + 1, self.table.rows, 2):
            self.paint(r, self.look.fill)
        if self.table.heads:
            self.row_rule(self.table.heads, self.look.light)

    def zebra_dark(self):
        self.invert_head()
        for r in range(self.table.heads + 1, self.table.rows, 2):
            self.paint(r, self.look.fill)

    def shaded(self):
        """A shaded head, no rules but one at the foot."""
        self.shade_head(self.look.fill)
        self.row_rule(self.table.rows, self.look.light)

    def dark(self):
        self.invert_head()
        for y in range(self.table.heads + 1, self.table.rows + 1):
            self.row_rule(y, self.look.light)

    def verticals(self):
        for x in range(1, self.table.width):
            self.column_rule(x, self.look.light)
        if self.table.heads:
            self.row_rule(self.table.heads, self.look.light)
        self.spans()

    def columns_only(self):
        """Vertical rules, and nothing else."""
        for x in range(1, self.table.width):
            self.column_rule(x, self.look.light)

    def census(self):
        """Rules above and below the head, between its cells and between the columns; none below rows."""
        t = self.table
        for y in range(t.heads + 1):
            self.row_rule(y, self.look.light)
        self.row_rule(0, self.look.heavy)
        for x in range(1, t.width):
            self.column_rule(x, self.look.light)
        self.row_rule(t.rows, self.look.light)

    def double(self):
        self.spans()
        self.row_rule(0, self.look.light, True)
        if self.table.heads:
            self.row_rule(self.table.heads, self.look.light)
        self.row_rule(self.table.rows, self.look.light, True)

    def boxes(self):
        """A frame, and vertical rules; a rule below the head."""
        self.frame(self.look.heavy)
        for x in range(1, self.table.width):
            self.column_rule(x, self.look.light)
        self.row_rule(self.table.heads, self.look.light)
        self.spans()

    def white_lines(self):
        """Fills parted by white rules."""
        t = self.table
        self.shade_head(self.look.dark)
        self.white = {(r, c) for r in range(t.heads) for c in range(t.width)}
        for r in range(t.heads, t.rows):
            self.paint(r, self.look.fill)


RULES = [
    "full", "full_shaded", "full_dark", "framed", "rows", "booktabs", "headline", "fives", "zebra", "zebra_dark", "shaded", "dark", "verticals",
    "columns_only", "census", "double", "boxes", "white_lines", "none",
]
