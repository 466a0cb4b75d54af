"""Tables, rows and sums of the sample documents, and the truth JSON that is written from them.

The same values go to the typesetter and to the truth, and every sum is computed here, so that a
printed total can differ from its parts only where a row says so (`misprint`).
"""

from decimal import Decimal

NBSP, NARROW, THIN, MINUS = "\u00a0", "\u202f", "\u2009", "\u2212"


def col(label, kind, year, head=None, unit=None):
    """A column: `label` as the truth has it, `head` the lines that are printed."""
    return {"label": label, "kind": kind, "year": year, "head": head or [label], "unit": unit}


def decimal(value):
    return None if value is None else Decimal(str(value))


def figure(value, sep=NBSP, minus="-", decimals=0):
    """A value as a Finnish book prints it; empty for None."""
    if value is None:
        return ""
    value = Decimal(value)
    digits = f"{abs(value):,.{decimals}f}".replace(",", sep).replace(".", ",")
    return (minus if value < 0 else "") + digits


class Table:
    def __init__(self, title, columns, unit_scale=1, **extra):
        self.title, self.columns, self.unit_scale, self.extra = title, columns, unit_scale, extra
        self.rows, self.page, self.planted = [], None, []

    def row(self, label, *values, key=None, sum_of=None, misprint=None, level=0, **fields):
        """A row with figures.  `sum_of`: keys of the terms, "-key" to subtract;
        `misprint`: {column: printed value}, an error that the book makes.  Empty terms count as nothing."""
        row = {"label": label, "key": key or label, "level": level, "fields": fields}
        if sum_of:
            row["terms"] = [(k[1:], -1) if k.startswith("-") else (k, 1) for k in sum_of]
            row["values"] = [self._sum(row["terms"], i) for i in range(len(self.columns))]
            row["fields"].setdefault("total", True)
        else:
            row["values"] = [decimal(v) for v in values]
        for i, column in enumerate(self.columns):
            if column.get("derive"):
                derived = column["derive"](row["values"])
                row["values"] = row["values"][:i] + [derived] + row["values"][i + 1 :]
        row["exact"] = list(row["values"])
        for i, printed in (misprint or {}).items():
            consistent, row["values"][i] = row["values"][i], decimal(printed)
            self.planted.append((row, i, consistent))
        assert len(row["values"]) == len(self.columns), (self.title, label)
        self.rows.append(row)
        return row

    def heading(self, label, level=0, **fields):
        row = {"label": label, "key": None, "level": level, "fields": dict(fields, heading=True)}
        row["values"] = [None] * len(self.columns)
        self.rows.append(row)

    def blank(self):
        """A row that is drawn but says nothing; not in the truth."""
        self.rows.append({"label": None, "values": [None] * len(self.columns), "level": 0, "fields": {}})

    def find(self, key):
        return next(r for r in self.rows if r.get("key") == key)

    def _sum(self, terms, i):
        if self.columns[i].get("derive"):
            return None
        parts = [(self.find(k)["exact"][i], s) for k, s in terms]
        return (
            sum((v * s for v, s in parts if v is not None), Decimal(0))
            if any(v is not None for v, _ in parts)
            else None
        )

    def truth(self):
        printed = [r for r in self.rows if r["label"] is not None]
        index = {id(r): i for i, r in enumerate(printed)}
        columns = [
            {k: c[k] for k in ("label", "kind", "year", "unit") if k != "unit" or c["unit"]} for c in self.columns
        ]
        rows = []
        for r in printed:
            row = {"label": r["label"], "values": [None if v is None else f"{v:f}" for v in r["values"]]}
            row.update({k: v for k, v in r["fields"].items() if v not in (None, False)})
            rows.append(row)
        equations = [
            {"total": index[id(r)], "terms": [[index[id(self.find(k))], s] for k, s in r["terms"]]}
            for r in printed
            if r.get("terms")
        ]
        out = {
            "page": self.page,
            "title": self.title,
            "unit_scale": self.unit_scale,
            "currency": "EUR",
            "columns": columns,
            "rows": rows,
        }
        if equations:
            out["equations"] = equations
        out.update(self.extra)
        return out


class Document:
    """A document: what it is, its tables, and the notes that stand in the truth."""

    def __init__(self, id, language, municipality, title, why):
        self.id, self.why = id, why
        self.document = {"language": language, "municipality": municipality, "title": title}
        self.tables, self.extra, self.typesetter = [], {}, None

    def table(self, *args, **kwargs):
        self.tables.append(Table(*args, **kwargs))
        return self.tables[-1]

    def truth(self):
        planted = []
        for i, t in enumerate(self.tables):
            for row, c, consistent in t.planted:
                column = t.columns[c]
                related = [
                    r["label"]
                    for r in t.rows
                    if r.get("terms") and (r is row or any(k == row["key"] for k, _ in r["terms"]))
                ]
                related += [k for k, _ in row.get("terms", [])]
                planted.append(
                    {
                        "table": i,
                        "row": row["label"],
                        "column": column["label"],
                        "year": column["year"],
                        "kind": column["kind"],
                        "printed": f"{row['values'][c]:f}",
                        "consistent": f"{consistent:f}",
                        "accept_rows": sorted(set(related)),
                    }
                )
        out = {"document": self.document, "tables": [t.truth() for t in self.tables], "planted_errors": planted}
        out.update(self.extra)
        out["notes"] = self.why
        return out


def change(new, old):
    """Derived column: the difference of two columns."""
    return lambda v: None if v[new] is None or v[old] is None else v[new] - v[old]


def change_percent(new, old):
    """Derived column: the change in percent of the older value, one decimal."""

    def derive(v):
        if v[new] is None or not v[old]:
            return None
        return ((v[new] - v[old]) / abs(v[old]) * 100).quantize(Decimal("0.1"))

    return derive
