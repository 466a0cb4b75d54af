"""Composes documents: which tables, with which prose around them."""

import random
from decimal import Decimal

import chapters
import figures
import followups
import heads
import lists
import organs
import sectors
import statements
import wordings
from build import Builder, misprint
from model import Block, Document, Table
from names import BULLETS, FOOTNOTES, HEADINGS, MUNICIPALITIES, NEAR, ORGANS, PROSE, REMARKS, UNITS, WORDS
from style import SEPARATORS, figure

CONTENT = {**organs.CONTENT, **lists.CONTENT, **chapters.CONTENT, **sectors.CONTENT}
PLAIN_COLUMNS = {
    "change": "four",
    "percent": "three",
    "forecast": "three",
    "accounts": "two-rising",
    "accounts-percent": "two-rising",
    "amended-change": "four",
    "proposal": "four",
    "proposal-short": "three",
    "usage": "two-rising",
    "usage-short": "two-rising",
    "project": "four",
    "versions": "four",
    "versions-full": "five",
    "versions-short": "three",
}


class Context:
    def __init__(self, rng, style):
        self.rng, self.style = rng, style
        large = style.scale > 1 and style.content not in ("statements", "balance", "whole-balance")
        self.sv, self.fi, people = rng.choice([m for m in MUNICIPALITIES if m[2] > 12000 or not large])
        self.people = int(people * rng.uniform(0.95, 1.05))
        self.year = rng.choice([2021, 2022, 2023, 2024, 2025, 2026, 2026, 2026])
        self.lang = "fi" if style.language == "fi" else "sv"
        self.grain = rng.choice([10, 100, 100, 500, 1000, 1000])
        self.head = style.head
        self.stale = None  # a unit table whose heads are a year old

    def columns(self, name=None, late=0):
        # one wording of the heads per document
        wording = random.Random(self.year * 31 + self.people)
        if self.head in followups.STYLES:
            name = name or self.style.columns
            return followups.make(wording, name, self.year - late, self.style.language, self.head, followups.months(self))
        make = wordings.make if self.head in wordings.STYLES else heads.make
        return make(wording, name or self.style.columns, self.year - late, self.style.language, self.head)

    def builder(self, columns, positive=None):
        s = self.style
        positive = s.costs == "positive" if positive is None else positive
        builder = Builder(self.rng, columns, s.scale, s.decimals, self.grain, s.nil, positive)
        builder.blank_is_zero = s.content in CONTENT
        return builder

    def table(self, title, columns, builder, statement, scale=None):
        title = title or ("Sammandrag", "Yhteenveto")
        t = Table(title, columns, builder.rows, self.style.scale if scale is None else scale, statement)
        return t

    def prose(self, sentences):
        rng = self.rng
        out = []
        for s in rng.sample(PROSE[self.lang], sentences):
            while "{" in s:
                amount = figure(Decimal(rng.choice([12, 45, 80, 150, 320, 1200]) * 1000), self.style)
                s = s.replace("{i}", figure(Decimal(self.people), self.style)).replace(
                    "{a}", figure(Decimal(rng.randint(12, 90) * 100), self.style)
                )
                s = s.replace("{n}", str(rng.choice([rng.randint(12, 99), rng.randint(110, 950)])), 1)
                s = s.replace("{e}", amount, 1).replace("{d}", f"{rng.randint(1, 6)},{rng.randint(0, 9)}", 1)
                s = (
                    s.replace("{y}", str(self.year))
                    .replace("{p}", str(self.year - 1))
                    .replace("{m}", self.fi if self.lang == "fi" else self.sv)
                )
            out.append(s)
        return " ".join(out)

    def bullets(self):
        rng = self.rng
        out = []
        for s in rng.sample(BULLETS[self.lang], 3):
            out.append(
                s.replace("{n}", str(rng.randint(5, 40)))
                .replace("{d}", f"{rng.randint(1, 6)},{rng.randint(0, 9)}")
                .replace("{y}", str(self.year))
            )
        return out


def _content(ctx):
    """The tables of the document, in groups that stand under one heading: (heading, [tables])."""
    kind, rng, name = ctx.style.content, ctx.rng, ctx.style.columns
    columns = lambda n=None: ctx.columns(n)
    plain = PLAIN_COLUMNS.get(name, name)
    if kind == "mixed":
        kind = rng.choice(["units", "statements", "areas", "investments", "keys", "net"])
    if kind in ("units", "external"):
        out = []
        for sv, fi, share, cover in rng.sample(UNITS, rng.randint(2, 4)):
            make = figures.operating if rng.random() < 0.75 else figures.short_operating
            out.append(((sv, fi), [make(ctx, columns(), (sv, fi), share, cover)]))
        if rng.random() < 0.35:
            total = figures.summary(ctx, columns(), [t[0] for _, t in out])
            if rng.random() < 0.4:
                ctx.stale = rng.choice(out)[1][0]
            out.insert(0, (None, [total]))
        return out
    if kind == "short":
        return [
            ((sv, fi), [figures.short_operating(ctx, columns(), (sv, fi), share, cover)])
            for sv, fi, share, cover in rng.sample(UNITS, rng.randint(3, 5))
        ]
    if kind == "statements":
        income = statements.income_statement(ctx, columns())
        out = [(None, [income]), (None, [statements.cash_flow(ctx, columns(), income.find("margin").real)])]
        if rng.random() < 0.4:
            out.append((None, [statements.taxes(ctx, columns(), income.find("taxes").real, income.find("state").real)]))
        return out
    if kind == "balance":
        out, surplus = [], None
        if rng.random() < 0.5 and not ctx.style.side:
            income = statements.income_statement(ctx, columns("two-rising"))
            surplus = {c.year: v for c, v in zip(income.columns, income.find("surplus").real)}
            out.append((None, [income]))
        return out + [
            (
                ("Balansräkning", "Tase"),
                statements.balance(ctx, columns("two" if rng.random() < 0.6 else "two-rising"), surplus),
            )
        ]
    if kind == "areas":
        return [(None, [figures.by_area(ctx, columns())])] + (
            [(None, [statements.taxes(ctx, columns())])] if rng.random() < 0.5 else []
        )
    if kind == "investments":
        return [(None, [figures.investments(ctx, columns(plain))]), (None, [statements.loans(ctx, columns(plain))])]
    if kind == "keys":
        return [
            (None, [figures.key_figures(ctx, columns(plain))]),
            (None, [figures.personnel(ctx, columns(plain))]),
            (None, [statements.taxes(ctx, columns())]),
        ]
    if kind == "personnel":
        return [(None, [figures.personnel(ctx, columns(plain))]), (None, [figures.key_figures(ctx, columns(plain))])]
    if kind == "matrix":
        crossed = figures.matrix(ctx, heads.crossed(rng, ctx.year, ctx.style.language, ctx.head == "levels"))
        return [(None, [crossed]), (None, [figures.personnel(ctx, columns(plain))])]
    if kind == "net":
        return [(None, [figures.net_by_unit(ctx, columns())]), (None, [figures.personnel(ctx, columns(plain))])]
    if kind == "ledger":
        return [
            ((sv, fi), [figures.ledger(ctx, columns(), (sv, fi), share, cover)])
            for sv, fi, share, cover in rng.sample(UNITS, rng.randint(1, 3))
        ]
    if kind == "verbal":
        return [
            ((sv, fi), [figures.verbal(ctx, columns(), (sv, fi), share, cover)])
            for sv, fi, share, cover in rng.sample(UNITS, rng.randint(2, 3))
        ]
    if kind == "tree":
        return [(None, [figures.tree(ctx, columns())])] + (
            [(None, [statements.taxes(ctx, columns())])] if rng.random() < 0.4 else []
        )
    if kind == "plan":
        return [(None, [figures.plan(ctx, columns())]), (None, [statements.loans(ctx, columns(plain))])]
    return CONTENT[kind](ctx)


def compose(style, family, identifier, seed):
    rng = random.Random(seed)
    ctx = Context(rng, style)
    words = WORDS[ctx.lang]
    accounts = style.columns.startswith("accounts") or style.content in ("balance", "whole-balance")
    title = words["accounts" if accounts else "budget"].format(y=ctx.year, y1=ctx.year + 1, y2=ctx.year + 2)
    if followups.titled(style.columns):
        title = followups.title(ctx, style.columns)
    name = ctx.fi if ctx.lang == "fi" else ctx.sv
    if style.content == "joint":
        name = chapters.body(ctx)[ctx.lang == "fi"]
    if style.organ_pages:
        ctx.said, ctx.goal_heads = rng.choice(chapters.SAID[ctx.lang]), rng.choice(chapters.GOAL_HEADS[ctx.lang])
    doc = Document(
        identifier, family, {"bi": "sv,fi"}.get(style.language, style.language), ctx.sv, title, ctx.year, style
    )
    doc.running = [
        name,
        title + rng.choice(["", "", "", f"   {rng.randint(1, 28)}.{rng.randint(9, 11)}.{ctx.year - (not followups.titled(style.columns))}"]),
    ]
    groups = _content(ctx)
    if ctx.stale:
        late = ctx.columns(late=1)
        doc.stale.append((ctx.stale, [c.year for c in late], [c.year for c in ctx.stale.columns]))
        for old, new in zip(ctx.stale.columns, late):
            old.year, old.lines, old.span = new.year, new.lines, new.span
            old.top, old.text = new.top, new.text
    numbered = rng.randint(2, 9) if rng.random() < 0.3 else 0
    if style.numbered and not numbered:
        numbered = rng.randint(2, 9)
    note = rng.choice(words["scale"][style.scale][1:])
    doc.blocks.append(Block("title", f"{name}: {title}" if rng.random() < 0.5 else title))
    if style.scale_place == "intro":
        doc.blocks.append(Block("prose", words["scale"][style.scale][0] + "."))
    if style.lists:
        doc.blocks += chapters.preface(ctx)
    if style.toc:
        doc.blocks.append(Block("toc"))
    if rng.random() < 0.8:
        doc.blocks.append(Block("prose", ctx.prose(rng.randint(2, 4))))
    for n, (heading, tables) in enumerate(groups):
        for t in tables:
            finish(ctx, t, note)
        if (
            n
            and (style.content in ("statements", "balance") or style.page_head or rng.random() < 0.3)
            and not style.side
            and not style.flow
            and not style.headless
        ):
            doc.blocks.append(Block("page"))
        heading = _title(ctx, heading) if heading else tables[0].title
        if not style.corner_title:
            doc.blocks.append(Block("heading", f"{numbered}.{n + 1} {heading}" if numbered else heading))
        if style.organ_pages:
            doc.blocks += chapters.introduce(ctx, heading)
        if style.page_head == "box":
            doc.blocks.append(Block("box", in_charge(ctx, heading)))
        if style.content in ("units", "external") and rng.random() < 0.7:
            doc.blocks.append(Block("prose", words["owner"].format(x=rng.choice(words["owners"]))))
        if rng.random() < 0.6:
            if rng.random() < 0.4:
                doc.blocks.append(Block("subheading", rng.choice(HEADINGS[ctx.lang])))
            doc.blocks.append(Block("prose", ctx.prose(rng.randint(1, 3))))
        if rng.random() < 0.25:
            doc.blocks.append(Block("bullets", ctx.bullets()))
        for m, t in enumerate(tables):
            t.landscape = style.landscape
            if (m or heading != t.title) and not style.captions and not style.inner_title and not style.corner_title:
                number = f"{numbered}.{n + 1}.{m + 1} " if style.numbered else ""
                doc.blocks.append(Block("subheading", number + t.title))
            if style.stranded and (not n or rng.random() < 0.4):  # what fills the page down to the head
                doc.blocks.append(Block("fill", [ctx.prose(rng.randint(1, 3)) for _ in range(18)]))
            if style.prose_near:
                doc.blocks.append(Block("prose", near(ctx, t)))
            doc.blocks.append(Block("table", table=t))
            if style.prose_near:
                doc.blocks.append(Block("prose", near(ctx, t)))
        if style.flow in ("float", "margin"):
            doc.blocks += [Block("prose", ctx.prose(3)) for _ in range(2)]
        elif rng.random() < 0.35:
            doc.blocks.append(Block("prose", ctx.prose(rng.randint(1, 2))))
    if style.side:
        _pair(doc)
    if style.planted:
        for t in rng.sample(doc.tables(), len(doc.tables())):
            if misprint(rng, t):
                break
    return doc


def _pair(doc):
    """Tables two by two beside each other, where both are narrow."""
    tables = doc.tables()
    blocks = [b for b in doc.blocks if b.kind in ("title", "prose", "toc")][:3]
    while tables:
        pair, tables = tables[:2], tables[2:]
        blocks.append(Block("side", tables=pair))
    doc.blocks = blocks


def near(ctx, table):
    """A sentence that repeats figures of the table, with the unit after them or without."""
    rng = ctx.rng
    money = [i for i, c in enumerate(table.columns) if c.year]
    row = rng.choice([r for r in table.rows if r.kind != "heading" and all(r.values[i] is not None for i in money)])
    decimals = row.decimals if row.decimals is not None else ctx.style.decimals
    a, b = (figure(row.values[i], ctx.style, decimals) for i in (money[-1], money[-2]))
    return rng.choice(NEAR[ctx.lang]).format(
        l=row.names[ctx.lang].split(",")[0], a=a, b=b, y=table.columns[money[-1]].year, p=table.columns[money[-2]].year
    )


def in_charge(ctx, unit):
    """What stands in the box above the table of a unit: (word, what it says)."""
    rng, fi = ctx.rng, ctx.lang == "fi"
    organ = rng.choice(ORGANS[2:])[1 if fi else 0]
    said = ("Toimielin", "Tulosalue", "Tilivelvollinen") if fi else ("Organ", "Resultatområde", "Redovisningsskyldig")
    return list(zip(said, (organ, unit, rng.choice(WORDS[ctx.lang]["owners"]))))


def put_marks(rows, marks):
    """Numbers the rows that are no sums: groups and rows outside of groups 1., 2.; what is in a group 1.1 or a);
    without groups all rows one after the other."""
    groups = any(r.kind == "heading" and not r.level for r in rows)
    first = second = third = 0
    for row in rows:
        row.code = ""
        if row.kind in ("total", "memo"):
            continue
        if row.level == 0 or not groups:
            first, second = first + 1, 0
            row.code = f"{first}." if groups or marks == "numbers" else f"{chr(96 + first)})"
        elif row.level == 1:
            second, third = second + 1, 0
            row.code = f"{first}.{second}" if marks == "numbers" else f"{chr(96 + second)})"
        elif marks == "numbers":
            third += 1
            row.code = f"{first}.{second}.{third}"


def remark(ctx):
    """A remark beside the figures; the amounts in it are no figures of the table."""
    rng = ctx.rng
    return rng.choice(REMARKS[ctx.lang]).format(
        y=ctx.year,
        p=ctx.year - 1,
        d=f"{rng.randint(1, 6)},{rng.randint(0, 9)}",
        e=figure(Decimal(rng.choice([12, 45, 80, 150, 320]) * 1000), ctx.style),
        n=rng.randint(12, 95),
    )


def _title(ctx, pair):
    if ctx.style.language == "bi":
        return f"{pair[0]} / {pair[1]}" if pair[0] != pair[1] else pair[0]
    return pair[1] if ctx.lang == "fi" else pair[0]


def finish(ctx, table, note):
    """Puts the labels, codes, marks and unit lines as the style prints them."""
    style, rng = ctx.style, ctx.rng
    table.title = _title(ctx, table.title)
    money = table.statement not in ("key_figures", "personnel")
    if money and style.scale_place in ("caption", "corner"):
        setattr(table, style.scale_place, note)
    if style.corner_title:
        table.corner = table.title
    if money and style.scale_place == "above":  # right-aligned over the table
        table.caption = note
    if money and style.scale_place == "below":
        table.unit_row = note
    if style.codes == "after" and any(r.code for r in table.rows):
        table.corner = ("Tili" if ctx.lang == "fi" else "Konto") if style.content == "ledger" else ""
    if style.head == "dates" and table.statement == "balance":  # a day, not a period
        for c in table.columns:  # the two sides of the balance share their columns
            c.lines = c.lines[-1:]
    if style.note_column:
        table.corner = "Liite" if ctx.lang == "fi" else "Not"
        number = 0
        for row in table.rows:
            if row.kind != "heading" and rng.random() < 0.5:
                number += rng.randint(1, 2)
                row.unit_text = {"sv": str(number), "fi": str(number)}
    if money and style.scale_place == "title":
        table.title = f"{table.title}, {note}"
    if money and style.scale_place == "head":
        for c in table.columns:
            c.lines = c.lines + [note] if c.kind != "other" else c.lines
    if style.facts:
        table.facts = in_charge(ctx, table.title)
    if style.marks:
        put_marks(table.rows, style.marks)
    for n, row in enumerate(table.rows):
        row.label = row.names["fi" if ctx.lang == "fi" else "sv"]
        row.other = row.names["fi"]
        if style.bold == "upper" and row.kind == "total":
            row.label, row.other = row.label.upper(), row.other.upper()
        if style.codes == "none":
            row.code = ""
        forms = []
        if style.language == "bi":
            forms = [row.other, f"{row.label} {row.other}", f"{row.label} / {row.other}", f"{row.other} {row.label}"]
        if row.section:
            head = row.section[1 if ctx.lang == "fi" else 0]
            forms += [f"{head} {row.label}", f"{head} / {row.label}", f"{head}: {row.label}"]
        if row.code:
            forms += [f"{row.code} {row.label}"]
            if style.codes == "after" or style.label_side == "right":
                forms += [f"{row.label} {row.code}"]
        if style.marks and row.code:
            forms += [f"{row.code} {f}" for f in forms if not f.startswith(row.code)]
        if style.remarks and row.kind != "heading" and rng.random() < 0.4:
            row.remark = remark(ctx)
            if rng.random() < 0.3:
                row.remark += "; " + remark(ctx).lower()
        row.alternatives = [f for f in forms if f != row.label]
        if style.notes and row.kind != "heading" and rng.random() < 0.16:
            mark = f"{len(table.footnotes) + 1})" if rng.random() < 0.7 else "*"
            mark = "¹²³³"[len(table.footnotes)] if style.glyphs else mark
            text = rng.choice(FOOTNOTES[ctx.lang])
            if len(table.footnotes) < 3:
                table.footnotes.append(f"{mark} {text}")
                full = [i for i, v in enumerate(row.values) if v is not None]
                if full and rng.random() < 0.7:
                    row.notes[rng.choice(full)] = mark
                else:
                    row.label_note = mark
    assert style.separator in SEPARATORS
