"""Tables as cells with spans, documents as sheets with blocks, and the truth."""

import re
from dataclasses import dataclass, field
from typing import Any, List


@dataclass
class Cell:
    row: int
    col: int
    text: str
    across: int = 1
    down: int = 1
    kind: str = "text"  # head, stub, text, figure, mark, section
    level: int = 0  # indentation of a stub
    bold: bool = False
    italic: bool = False
    mark: str = ""  # footnote mark, raised
    lead: str = ""  # currency sign that stands in a place of its own
    parent: bool = False  # a stub over others, without figures of its own

    @property
    def whole(self):
        """All that is printed in the cell."""
        return " ".join(x for x in (self.lead, self.text.replace("\n", " ") + self.mark) if x)


@dataclass
class Table:
    kinds: List[str]  # kind of every column
    heads: int = 0  # rows of the head
    rows: int = 0
    cells: List[Cell] = field(default_factory=list)
    caption: str = ""
    unit: str = ""  # a line between caption and table
    notes: List[str] = field(default_factory=list)
    totals: set = field(default_factory=set)  # rows
    gaps: set = field(default_factory=set)  # rows with more space above
    page: int = 0
    continued: Any = None  # the part of a divided table that follows on the next sheet

    @property
    def width(self):
        return len(self.kinds)

    def put(self, row, col, text, **more):
        cell = Cell(row, col, text, **more)
        self.cells.append(cell)
        self.rows = max(self.rows, row + cell.down)
        return cell

    def at(self):
        """(row, column) -> the cell that covers it."""
        return {
            (r, c): cell
            for cell in self.cells
            for r in range(cell.row, cell.row + cell.down)
            for c in range(cell.col, cell.col + cell.across)
        }

    def sections(self):
        return {c.row for c in self.cells if c.kind == "section"}


@dataclass
class Block:
    kind: str  # title, heading, subheading, prose, bullets, numbers, box, toc, books, table, side, columns, chart
    value: Any = None


@dataclass
class Document:
    id: str
    look: Any
    sheets: List[List[Block]] = field(default_factory=list)
    title: str = ""

    def blocks(self):
        for number, sheet in enumerate(self.sheets, 1):
            for block in flat(sheet):
                yield number, block

    def tables(self):
        for number, block in self.blocks():
            for table in tables_of(block):
                table.page = number
                yield table


def flat(blocks):
    for block in blocks:
        if block.kind == "columns":
            for column in block.value:
                yield from flat(column)
        else:
            yield block


def tables_of(block):
    return {"table": [block.value], "side": block.value}.get(block.kind, [])


def other_place(cell, table, look):
    """Where a cell may stand as well, when the layout does not show how far it reaches."""
    if (cell.kind == "section" and cell.across > 1 and look.section == "left" and not look.section_fill or cell.parent) and not look.has_columns:
        return {"kind": "section", "colspan": 1 if cell.across > 1 else table.width - cell.col}
    if cell.kind == "head" and cell.across == 1 and table.heads > 1 and look.rules not in look.BOXED + ("census",):
        spans = any(c.kind == "head" and c.across > 1 for c in table.cells)
        if spans and cell.down > 1 and cell.row == 0:
            row = {"top": 0, "bottom": cell.down - 1, "middle": (cell.down - 1) / 2}[look.head_valign]
            return {"kind": "head", "row": int(row), "rowspan": 1} if row == int(row) else None
        above = [c for c in table.cells if c.col <= cell.col < c.col + c.across and c.row < cell.row]
        if spans and cell.row and not above:
            return {"kind": "head", "row": 0, "rowspan": cell.row + 1}
    if cell.kind == "stub" and cell.down > 1 and look.rules not in look.BOXED + ("rows", "dark"):
        row = {"top": cell.row, "bottom": cell.row + cell.down - 1, "middle": cell.row + (cell.down - 1) / 2}[look.valign]
        return {"kind": "stub", "row": int(row), "rowspan": 1} if row == int(row) else None
    return None


def truth(doc):
    """The tables of a document in the form of the program's own output; `or` is another place that is right."""
    out = []
    for table in doc.tables():
        cells = []
        for c in sorted(table.cells, key=lambda c: (c.row, c.col)):
            text = re.sub(r"\s+", " ", c.whole).strip()
            if text:
                cell = {"row": c.row, "col": c.col, "rowspan": c.down, "colspan": c.across, "text": text, "bbox": None}
                other = other_place(c, table, doc.look)
                if other:
                    cell["or"] = other
                cells.append(cell)
        out.append({"page": table.page, "bbox": None, "cells": cells})
    return out
