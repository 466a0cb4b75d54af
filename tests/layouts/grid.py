"""A table as strings in rows and columns, which every typesetter draws in its own way."""
from dataclasses import dataclass, field
from typing import Any, List

from style import cell


@dataclass
class HeadCell:
    lines: List[str]
    across: int = 1
    down: int = 1
    figure: bool = True     # stands over figures


@dataclass
class BodyCell:
    text: str
    note: str = ""
    value: Any = None
    decimals: int = 0


@dataclass
class Line:
    kind: str               # item, total, memo, heading, blank
    level: int = 0
    labels: List[BodyCell] = field(default_factory=list)    # code?, label, second label?
    cells: List[BodyCell] = field(default_factory=list)
    right: List[BodyCell] = field(default_factory=list)     # label right of the figures


@dataclass
class Grid:
    head: List[List[HeadCell]]
    lines: List[Line]
    before: int             # label columns left of the figures
    figures: int
    after: int              # label columns right of the figures
    code_column: bool

    @property
    def width(self):
        return self.before + self.figures + self.after


def make(table, style):
    two, right = style.bilingual == "two-columns", style.bilingual == "right"
    code_column = style.codes == "column" and any(r.code for r in table.rows)
    before = 1 + code_column + two
    lines = []
    for i, row in enumerate(table.rows):
        text = row.label
        if style.bilingual == "slash" and row.other != row.label:
            text = f"{row.label} / {row.other}"
        elif style.bilingual == "stacked" and row.other != row.label:
            text = f"{row.label}\n{row.other}"
        if style.codes == "before" and row.code:
            text = f"{row.code} {text}"
        labels = ([BodyCell(row.code)] if code_column else []) + [BodyCell(text, row.label_note)] + ([BodyCell(row.other)] if two else [])
        cells = [BodyCell(cell(row, c, v, style, style.decimals if table.statement not in ("key_figures", "personnel") else 0), row.notes.get(n, ""), v,
                          1 if c.unit == "percent" else row.decimals if row.decimals is not None else style.decimals)
                 for n, (c, v) in enumerate(zip(table.columns, row.values))]
        if style.blanks and i and (row.kind == "heading" and row.level == 0 or table.rows[i - 1].kind == "total" and row.kind == "item"):
            lines.append(Line("blank", 0, [BodyCell("") for _ in labels], [BodyCell("") for _ in cells], [BodyCell("")] * right))
        lines.append(Line(row.kind, row.level if style.indent else 0, labels, cells, [BodyCell(row.other)] if right else []))
    return Grid(_head(table, style, before, int(right)), lines, before, len(table.columns), int(right), code_column)


def _head(table, style, before, after):
    spans = any(c.span for c in table.columns)
    down = 2 if spans else 1
    first = [HeadCell([table.corner] if table.corner and i == before - 1 else [""], 1, down, False) for i in range(before)]
    last = [HeadCell([""], 1, down, False) for _ in range(after)]
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


def shares(grid, table, style, total):
    """Widths of the columns, in the unit of `total`: code, labels, figures, label at the right."""
    per = {True: 0.5, False: 0.62}[style.labels == "narrow"]
    code = total * 0.09 if grid.code_column else 0
    label_columns = grid.before - grid.code_column + grid.after
    wanted = (1 - min(0.86, 0.112 * grid.figures + 0.03)) * total - code
    wanted = max(wanted, total * 0.17 * label_columns)
    label = wanted / label_columns
    if style.labels == "narrow":
        label = min(label, total * 0.21)
    else:
        label = min(label, total * per)
    figure = min((total - code - label * label_columns) / grid.figures, total * 0.17)
    widths = ([code] if grid.code_column else []) + [label] * (grid.before - grid.code_column) + [figure] * grid.figures + [label] * grid.after
    return widths
