"""A table as strings in rows and columns, which every typesetter draws in its own way."""

import re
from dataclasses import dataclass, field
from typing import Any, List

from style import cell


@dataclass
class HeadCell:
    lines: List[str]
    across: int = 1
    down: int = 1
    figure: bool = True  # stands over figures


@dataclass
class BodyCell:
    text: str
    note: str = ""
    value: Any = None
    decimals: int = 0
    down: int = 1  # rows that a label reaches over; 0: covered by the one above


@dataclass
class Line:
    kind: str  # item, total, memo, heading, blank
    level: int = 0
    labels: List[BodyCell] = field(default_factory=list)  # code?, label, second label?
    cells: List[BodyCell] = field(default_factory=list)
    right: List[BodyCell] = field(default_factory=list)  # label right of the figures


@dataclass
class Grid:
    head: List[List[HeadCell]]
    lines: List[Line]
    before: int  # label columns left of the figures
    figures: int
    after: int  # label columns right of the figures
    code_column: bool
    section_column: bool = False
    note_column: bool = False  # the last column before the figures
    code_after: bool = False  # that column holds codes
    remarks: bool = False  # the column right of the figures holds remarks
    title: str = ""  # first row of the table
    unit_row: str = ""  # row under the head
    shaded: Any = ()  # figure columns on a ground of colour
    budget: int = -1  # the first figure column of the budget year

    @property
    def width(self):
        return self.before + self.figures + self.after

    @property
    def two_labels(self):
        """Whether a heading has to be put together from two columns of labels."""
        return self.before - self.code_column - self.note_column > 1 or self.after and not self.remarks


def make(table, style):
    two, right = style.bilingual == "two-columns", style.bilingual == "right"
    code_column = style.codes == "column" and any(r.code for r in table.rows)
    units = any(r.unit_text for r in table.rows)
    sections = style.sections in ("column", "repeat") and any(r.section for r in table.rows)
    after = style.codes == "after" and any(r.code for r in table.rows)
    remarks = style.remarks and any(r.remark for r in table.rows)
    swapped = style.label_side == "right" and code_column  # the code at the left, the label at the right
    before = 1 + code_column + (two or units) + sections + after - swapped
    lines = []
    for i, row in enumerate(table.rows):
        text = row.label
        if sections and row.kind == "heading":
            continue
        if style.bilingual == "slash" and row.other != row.label:
            text = f"{row.label} / {row.other}"
        elif style.bilingual == "stacked" and row.other != row.label:
            text = f"{row.label}\n{row.other}"
        if style.codes == "before" and row.code:
            text = f"{row.code} {text}"
        if style.hyphens:
            text = soft(text)
        text += row.label_note if style.glyphs else ""
        labels = (
            ([BodyCell(row.code)] if code_column else [])
            + [BodyCell(text, "" if style.glyphs else row.label_note)]
            + (
                [BodyCell(row.unit_text.get("fi" if style.language == "fi" else "sv", "") if units else row.other)]
                if two or units
                else []
            )
        )
        glued = row.notes if style.glyphs else {}
        raised = {} if style.glyphs else row.notes
        cells = [
            BodyCell(
                cell(row, c, v, style, style.decimals if table.statement not in ("key_figures", "personnel") else 0)
                + glued.get(n, ""),
                raised.get(n, ""),
                v,
                1 if c.unit == "percent" else row.decimals if row.decimals is not None else style.decimals,
            )
            for n, (c, v) in enumerate(zip(table.columns, row.values))
        ]
        if (
            style.blanks
            and i
            and (row.kind == "heading" and row.level == 0 or table.rows[i - 1].kind == "total" and row.kind == "item")
        ):
            lines.append(
                Line("blank", 0, [BodyCell("") for _ in labels], [BodyCell("") for _ in cells], [BodyCell("")] * right)
            )
        if sections:
            name = row.section[1 if style.language == "fi" else 0]
            rows = [r for r in table.rows if r.section == row.section]
            if style.sections == "repeat":
                labels.insert(0, BodyCell(name))
            else:
                labels.insert(0, BodyCell(name if row is rows[0] else "", down=len(rows) if row is rows[0] else 0))
        if after:
            labels.append(BodyCell(row.code))
        beside = [BodyCell(row.other)] if right else [BodyCell(row.remark)] if remarks else []
        if swapped:
            beside = [labels.pop()]
        lines.append(
            Line(
                row.kind,
                row.level if style.indent and not sections else 0,
                labels,
                cells,
                beside,
            )
        )
    head = _head(table, style, before, int(right or remarks or swapped))
    last = max([c.year for c in table.columns if c.kind == "budget"] or [0])
    budget = [i for i, c in enumerate(table.columns) if c.kind == "budget" and c.year == last]
    return Grid(
        head,
        lines,
        before,
        len(table.columns),
        int(right or remarks or swapped),
        code_column,
        sections,
        style.note_column and units or after,
        after,
        remarks,
        table.title if style.inner_title else "",
        table.unit_row,
        budget if style.shade else (),
        budget[0] if budget else -1,
    )


def _head(table, style, before, after):
    spans = any(c.span for c in table.columns)
    down = 2 if spans else 1
    first = [
        HeadCell([table.corner] if table.corner and i == before - 1 else [""], 1, down, False) for i in range(before)
    ]
    word = ("Huomautus" if style.language == "fi" else "Anmärkning") if style.remarks else ""
    last = [HeadCell([word], 1, down, False) for _ in range(after)]
    if any(c.top for c in table.columns):
        return _levels(table.columns, first, last)
    if not spans:
        return [first + [HeadCell(list(c.lines)) for c in table.columns] + last]
    top, bottom = [], []
    i = 0
    while i < len(table.columns):
        c = table.columns[i]
        if not c.span:
            top.append(HeadCell(list(c.lines), 1, 2))
            i += 1
            continue
        j = i
        while j < len(table.columns) and table.columns[j].span == c.span:
            bottom.append(HeadCell(list(table.columns[j].lines)))
            j += 1
        top.append(HeadCell([c.span], j - i, 1))
        i = j
    return [first + top + last, bottom]


def _levels(columns, first, last):
    """A head of three levels: `top` over several spans over several columns."""
    for c in first + last:
        c.down = 3
    rows = [[], [], [HeadCell(list(c.lines)) for c in columns]]
    for row, key in ((rows[0], lambda c: c.top), (rows[1], lambda c: (c.top, c.span))):
        i = 0
        while i < len(columns):
            j = i
            while j < len(columns) and key(columns[j]) == key(columns[i]):
                j += 1
            row.append(HeadCell([columns[i].top if row is rows[0] else columns[i].span], j - i, 1))
            i = j
    rows[0] = first + rows[0] + last
    return rows


def soft(text):
    """The text with soft hyphens before every consonant that a vowel follows, not too near the ends of a word."""
    vowel = "aeiouyåäöAEIOUYÅÄÖ"

    def word(w):
        cuts = [
            i
            for i in range(3, len(w) - 3)
            if w[i] not in vowel and w[i].isalpha() and w[i + 1] in vowel and w[i - 1].isalpha()
        ]
        return "\u00ad".join(w[a:b] for a, b in zip([0] + cuts, cuts + [len(w)]))

    return " ".join(word(w) if len(w) > 8 else w for w in text.split(" "))


def text_width(text, size, font="", bold=False):
    """A rough width in points."""
    em = {
        "DejaVu": 1.14,
        "Carlito": 0.92,
        "Libertinus": 0.92,
        "Times": 0.92,
        "Liberation Serif": 0.92,
        "Latin Modern": 0.97,
        "Palatino": 0.98,
    }
    factor = next((f for name, f in em.items() if font.startswith(name)), 1.0) * (1.08 if bold else 1.0)
    total = 0.0
    for ch in text:
        if ch == "\u00ad":
            continue
        total += (
            0.56
            if ch.isdigit()
            else (
                0.28
                if ch in " \u00a0.,:;|il()/-\u2019"
                else 0.22 if ch in "\u2009\u202f" else 0.7 if ch.isupper() else 0.84 if ch in "mwMW%" else 0.53
            )
        )
    return total * size * factor


def fit(grid, style, total, pad=9.0):
    """Widths of the columns in points for a table of at most `total` points, and the size of the type:
    smaller than the style's where the figures would not fit."""
    size = style.size
    notes = int(grid.note_column)
    labels = grid.before - grid.code_column + grid.after - notes
    narrow = [style.size * 2.2 + pad] * notes
    if grid.code_after:
        narrow = [max(text_width(line.labels[-1].text, style.size, style.font, True) for line in grid.lines) + pad]
        over = " ".join(grid.head[0][grid.before - 1].lines)
        narrow = [max(narrow[0], text_width(over, style.size, style.font, True))]
    spacer = 16.0 if style.spacer and grid.budget > 0 else 0.0
    total -= sum(narrow) + spacer
    while True:

        def width(text, bold=False):
            return text_width(text, size, style.font, bold) + style.spacing * len(text)

        needs = [0.0] * grid.figures
        for line in grid.lines:
            for i, c in enumerate(line.cells):
                needs[i] = max(needs[i], width(c.text + c.note, line.kind == "total"))
        for i, lines in enumerate(_heads_by_column(grid)):
            words = ["M"] if style.rotated else [w for l in lines for w in l.split(" ")]
            needs[i] = max([needs[i]] + [width(w, True) for w in words])
        needs = [n + pad for n in needs]
        texts = [
            (t, line.level, line.kind)
            for line in grid.lines
            for c in line.labels[int(grid.code_column) : len(line.labels) - notes] + line.right
            for t in c.text.split("\n")
        ]
        least = (
            max(
                [width(w, True) + 9 * level for t, level, kind in texts for w in re.split("[ \u00ad]", t) if kind != "heading" or style.own_cell]
                + [40]
            )
            + pad
        )
        natural = max(width(t, kind == "total") + 9 * level for t, level, kind in texts if kind != "heading") + pad + 4
        code = max(width(line.labels[0].text, True) for line in grid.lines) + pad if grid.code_column else 0.0
        if sum(needs) + code + least * labels <= total or size <= 6.0:
            break
        size -= 0.25
    room = max((total - code - sum(needs)) / labels, 30.0)
    label = min(natural, room, 0.6 * total)
    if style.own_cell:
        label = max(label, least)
    if style.labels == "narrow":
        label = min(label, max(least, 0.2 * total))
    if style.labels == "thin":
        label = min(label, max(least, 0.24 * total))
    spare = total - code - label * labels - sum(needs) if not style.tight else 0
    even = max(needs) * grid.figures - sum(needs)
    if spare >= even:
        needs, spare = [max(needs)] * grid.figures, spare - even
    extra = max(0.0, min(spare / grid.figures, 18.0))
    needs = [n + extra for n in needs]
    if spacer:
        needs[grid.budget] += spacer
    left = [code] * grid.code_column + [label] * (grid.before - grid.code_column - notes) + narrow
    return left + needs + [label] * grid.after, size


def _heads_by_column(grid):
    """The head lines over each figure column, without those that span several."""
    if len(grid.head) == 3:
        columns, i = [list(c.lines) for c in grid.head[2]], 0
        for c in grid.head[1]:
            if c.across == 1:
                columns[i] += c.lines
            i += c.across
        return columns
    columns = [[] for _ in range(grid.figures)]
    free = []
    i = -grid.before
    for c in grid.head[0]:
        for k in range(i, i + c.across):
            if c.figure and c.across > 1 or c.figure and c.down == 1 and len(grid.head) > 1:
                free.append(k)
            elif c.figure:
                columns[k] += c.lines
        if c.figure and len(grid.head) > 1 and c.down == 1 and c.across == 1:
            columns[i] += c.lines
        i += c.across
    for k, c in zip(free, grid.head[1] if len(grid.head) > 1 else []):
        columns[k] += c.lines
    return columns
