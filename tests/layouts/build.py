"""Builds rows whose sums hold: items get amounts per column, totals are added up from them."""

from decimal import Decimal

from model import Row


class Builder:
    """`unit`: euros per printed unit (the scale divided by 10 per decimal); `grain`: budgets are rounded to it."""

    def __init__(self, rng, columns, scale=1, decimals=0, grain=100, nil="blank", positive_costs=False):
        self.rng, self.columns, self.positive_costs = rng, columns, positive_costs
        self.blank_is_zero = False  # a change from or to nothing is the whole amount
        self.step = Decimal(1).scaleb(-decimals)
        self.scale, self.nil, self.rows = Decimal(scale), nil, []
        self.grain = max(self.step, Decimal(grain) / self.scale) if scale == 1 else self.step
        years = [c.year for c in columns if c.year]
        self.base_year = years[len(years) // 2] if years else 2026

    @property
    def scale_float(self):
        return float(self.scale)

    def _round(self, value, step):
        return (Decimal(value) / step).to_integral_value() * step

    def series(self, base, growth=0.02, noise=0.03, step=None, grain=None):
        """One amount per column that has a year, in printed units."""
        out, seen = [], {}
        step, grain = step or self.step, grain or self.grain
        for c in self.columns:
            if c.derive:
                out.append(None)
                continue
            if c.kind == "amended_budget" and ("budget", c.year) in seen and self.rng.random() < 0.6:
                out.append(seen["budget", c.year])
                continue
            if c.kind == "budget" and ("budget", c.year) in seen and self.rng.random() < 0.6:
                out.append(seen["budget", c.year])  # the budget is often what had been proposed
                continue
            years = c.year - self.base_year
            factor = (1 + growth) ** years * (1 + self.rng.uniform(-noise, noise))
            value = Decimal(str(round(base * factor * c.part, 6))) / self.scale
            value = self._round(value, step if c.kind == "actual" else grain)
            seen[c.kind, c.year] = value
            out.append(value)
        return out

    def _add(self, row):
        row.values = list(row.real)
        for i, c in enumerate(self.columns):
            if c.derive is None and row.values[i] is not None:
                row.values[i] = row.values[i] * row.sign
        self._derive(row)
        self.rows.append(row)
        return row

    def _derive(self, row):
        for i, c in enumerate(self.columns):
            if c.derive:
                new, old, percent = c.derive
                new, old = row.values[new], row.values[old]
                if self.blank_is_zero and not percent and (new is None) != (old is None):
                    new, old = new or Decimal(0), old or Decimal(0)
                if new is None or old is None or (percent and not old):
                    row.values[i] = None
                elif percent == "ratio":
                    row.values[i] = (new / old * 100).quantize(Decimal("0.1"))
                elif percent:
                    row.values[i] = ((new - old) / abs(old) * 100).quantize(Decimal("0.1"))
                else:
                    row.values[i] = new - old

    def item(self, key, sv, fi, base, level=1, growth=None, sparse=0.0, code="", section="", cost=None, noise=0.03):
        growth = self.rng.uniform(-0.01, 0.035) if growth is None else growth
        real = self.series(base, growth, noise)
        if sparse and self.rng.random() < sparse:
            keep = self.rng.random()
            real = [v if v is None or self.rng.random() < keep else None for v in real]
            if self.nil == "zero":
                real = [Decimal(0) if v is None and not c.derive else v for v, c in zip(real, self.columns)]
        sign = -1 if self.positive_costs and (base < 0 if cost is None else cost) else 1
        return self._add(Row(key, {"sv": sv, "fi": fi}, "item", level, real, sign=sign, code=code, section=section))

    def total(self, key, sv, fi, terms, level=0, cost=False, code="", section=""):
        terms = [t if isinstance(t, tuple) else (t, 1) for t in terms]
        real = []
        for i, c in enumerate(self.columns):
            parts = [self.find(k).real[i] * s for k, s in terms if self.find(k).real[i] is not None]
            real.append(None if c.derive else sum(parts, Decimal(0)) if parts or self.nil == "zero" else None)
        sign = -1 if self.positive_costs and cost else 1
        return self._add(
            Row(key, {"sv": sv, "fi": fi}, "total", level, real, sign=sign, terms=terms, code=code, section=section)
        )

    def copy(self, key, sv, fi, values, level=1, kind="item", cost=False):
        sign = -1 if self.positive_costs and cost else 1
        return self._add(
            Row(
                key,
                {"sv": sv, "fi": fi},
                kind,
                level,
                [None if c.derive else v for v, c in zip(values, self.columns)],
                sign=sign,
            )
        )

    def memo(self, key, sv, fi, of, share, level=1):
        """A part of a row that is shown beside it and not added."""
        whole = self.find(of)
        real = [None if v is None else self._round(v * Decimal(str(share)), self.grain) for v in whole.real]
        return self._add(Row(key, {"sv": sv, "fi": fi}, "memo", level, real, sign=whole.sign))

    def heading(self, sv, fi, level=0, code=""):
        self.rows.append(Row("", {"sv": sv, "fi": fi}, "heading", level, values=[None] * len(self.columns), code=code))

    def measure(self, key, sv, fi, base, unit, decimals=0, growth=0.01, noise=0.02, level=0, kind="item", grain=None):
        """A row that is not money: counts, percent, person-years, euro per inhabitant."""
        scale, self.scale = self.scale, Decimal(1)
        step = Decimal(1).scaleb(-decimals)
        real = self.series(base, growth, noise, step, grain or step)
        self.scale = scale
        row = Row(key, {"sv": sv, "fi": fi}, kind, level, real, unit=unit, decimals=decimals)
        return self._add(row)

    def find(self, key):
        return next(r for r in self.rows if r.key == key and r.kind != "heading")


def misprint(rng, table):
    """Puts one wrong total into a table: two digits swapped, one digit mistyped, or a stale copy of the column beside."""
    totals = [
        r
        for r in table.rows
        if r.terms and r.key in ("income", "costs", "net", "margin", "surplus", "sum", "investments")
    ]
    totals = totals or [r for r in table.rows if r.terms]
    rng.shuffle(totals)
    money = [i for i, c in enumerate(table.columns) if not c.derive]
    for row in totals:
        i = rng.choice(money)
        value = row.values[i]
        if value is None or abs(value) < 1000 * Decimal(1).scaleb(value.as_tuple().exponent):
            continue
        kind = rng.choice(["swap", "digit", "stale"])
        printed = None
        if kind == "stale":
            j = rng.choice([j for j in money if j != i])
            printed = row.values[j]
        else:
            digits = list(str(abs(value)).replace(".", ""))
            spot = rng.randrange(1, max(2, len(digits) - 1))
            if kind == "swap":
                digits[spot - 1], digits[spot] = digits[spot], digits[spot - 1]
            else:
                digits[spot] = str((int(digits[spot]) + rng.randrange(1, 10)) % 10)
            if digits[0] != "0":
                exponent = value.as_tuple().exponent
                printed = Decimal(int("".join(digits))).scaleb(exponent if exponent < 0 else 0)
                printed = printed if value > 0 else -printed
        terms = 2 + len(row.terms)
        if printed is None or abs(printed - value) <= terms * Decimal(1).scaleb(min(0, value.as_tuple().exponent)):
            continue
        row.values[i] = printed
        table.planted.append((row, i, printed, value))
        return True
    return False
