"""A document as data: blocks, tables, rows, columns; and the truth JSON written from it."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Dict, List, Optional


@dataclass
class Column:
    kind: str  # actual, budget, amended_budget, plan, forecast, other
    year: Optional[int]
    unit: Optional[str] = None
    derive: Any = None  # (new, old, percent?) indices of the columns compared
    span: str = ""  # head that stands over several columns
    lines: List[str] = field(default_factory=list)
    top: str = ""  # head that stands over several spans
    text: str = ""  # the head without the hyphens and breaks of its print
    derive_of: str = ""  # columns without a year: which of heads.SETS they are
    part: float = 1.0  # what part of the year the amounts cover

    @property
    def label(self):
        return self.text or self.printed

    @property
    def printed(self):
        return " ".join(([self.top] if self.top else []) + ([self.span] if self.span else []) + self.lines)


@dataclass
class Row:
    key: str
    names: Dict[str, str]  # language -> label
    kind: str = "item"  # item, total, memo, heading
    level: int = 0
    real: List[Any] = field(default_factory=list)  # costs negative
    values: List[Any] = field(default_factory=list)  # as printed
    sign: int = 1  # -1: a cost that the table prints positive
    terms: List[Any] = field(default_factory=list)  # (key, sign)
    unit: Optional[str] = None
    decimals: Optional[int] = None
    code: str = ""
    section: str = ""
    unit_text: Dict[str, str] = field(default_factory=dict)  # printed in a column of its own
    notes: Dict[int, str] = field(default_factory=dict)
    label: str = ""  # as printed, without code and marks
    label_note: str = ""
    other: str = ""  # the label in the second language, as printed
    alternatives: List[str] = field(default_factory=list)
    remark: str = ""  # text right of the figures


@dataclass
class Table:
    title: str
    columns: List[Column]
    rows: List[Row]
    scale: int = 1
    statement: str = "operating"
    caption: str = ""  # line over the table that names the unit
    corner: str = ""  # text of the first cell of the head
    unit_row: str = ""  # text of a row under the head
    landscape: bool = False
    page: int = 1
    planted: List[Any] = field(default_factory=list)
    footnotes: List[str] = field(default_factory=list)
    facts: List[Any] = field(default_factory=list)  # rows above the head: (word, what it says)

    def find(self, key):
        return next(r for r in self.rows if r.key == key)


@dataclass
class Block:
    kind: str  # title, heading, subheading, prose, bullets, toc, table, side, page, fill, box
    text: Any = ""
    table: Optional[Table] = None
    tables: List[Table] = field(default_factory=list)


@dataclass
class Document:
    id: str
    family: str
    language: str
    municipality: str
    title: str
    year: int
    style: Any = None
    blocks: List[Block] = field(default_factory=list)
    running: List[str] = field(default_factory=list)  # left and right of the running head
    stale: List[Any] = field(default_factory=list)  # (table, printed years, right years)

    def tables(self):
        out = []
        for b in self.blocks:
            out += [b.table] if b.kind == "table" else b.tables if b.kind == "side" else []
        return out


def plain(value):
    return None if value is None else f"{Decimal(value) + 0:f}"  # no minus zero


def table_truth(table, style):
    columns = []
    for c in table.columns:
        columns.append({"label": c.label, "kind": c.kind, "year": c.year})
        if c.unit:
            columns[-1]["unit"] = c.unit
    rows = []
    for r in table.rows:
        row = {"label": r.label, "values": [plain(v) for v in r.values]}
        if r.alternatives:
            row["labels_alt"] = r.alternatives
        if r.kind == "heading":
            row["heading"] = True
        if r.kind == "total":
            row["total"] = True
        if r.unit:
            row["unit"] = r.unit
        if r.code:
            row["code"] = r.code
        if r.kind != "heading" and style.nil == "dash":
            nil = [i for i, v in enumerate(r.values) if v is None and table.columns[i].unit != "percent"]
            if nil:
                row["nil_printed"] = nil
        if r.notes:
            row["note_marks"] = [[i, m] for i, m in sorted(r.notes.items())]
        rows.append(row)
    index = {r.key: i for i, r in enumerate(table.rows) if r.kind != "heading"}
    equations = []
    for i, r in enumerate(table.rows):
        if r.terms:
            equations.append(
                {"total": i, "terms": [[index[k], s * table.rows[index[k]].sign * r.sign] for k, s in r.terms]}
            )
    out = {
        "page": table.page,
        "title": table.title,
        "unit_scale": table.scale,
        "currency": "EUR",
        "columns": columns,
        "rows": rows,
    }
    if equations:
        out["equations"] = equations
    return out


def truth(document):
    planted = []
    for n, t in enumerate(document.tables()):
        for row, i, printed, consistent in t.planted:
            near = [r.label for r in t.rows if r.terms and any(k == row.key for k, _ in r.terms)]
            near += [t.find(k).label for k, _ in row.terms]
            planted.append(
                {
                    "table": n,
                    "row": row.label,
                    "column": t.columns[i].label,
                    "year": t.columns[i].year,
                    "kind": t.columns[i].kind,
                    "printed": plain(printed),
                    "consistent": plain(consistent),
                    "accept_rows": sorted(set(near)),
                }
            )
    tables = document.tables()
    stale = [
        {"table": next(n for n, x in enumerate(tables) if x is t), "printed": p, "consistent": c}
        for t, p, c in document.stale
    ]
    return {
        "document": {"language": document.language, "municipality": document.municipality, "title": document.title},
        "family": document.family,
        "tables": [table_truth(t, document.style) for t in tables],
        "stale_headers": stale,
        "planted_errors": planted,
        "notes": document.style.summary(),
    }
