"""Makes tables of many sorts, without a layout."""

import figures
import words
from model import Table

LETTERS = "ABCDEFGHIJKLMN"


class Maker:
    """Makes the tables of one document; what is common to them is drawn once."""

    def __init__(self, rng, numbers, columns_ruled=False):
        self.rng = rng
        self.numbers = numbers
        self.indents = rng.random() < 0.8
        self.narrow = columns_ruled and rng.random() < 0.4  # sections stand in the first column alone
        self.upper = rng.random() < 0.08  # heads in capitals
        self.number = rng.randint(1, 3) if rng.random() < 0.3 else 1
        self.prefix = rng.choice(["Table {}. ", "Table {}: ", "Table {} – ", "TABLE {}. ", "Table {} ", "", "Table A-{}. ", "Exhibit {}. "])
        self.noted = rng.choice([0.2, 0.5, 0.9])
        self.captioned = rng.choice([0.4, 1.0, 1.0])
        self.dates = rng.choice(words.DATES)
        self.mark = rng.choice(["1", "a", "*", "(1)"])

    def make(self, kind, rows=None, columns=None):
        table = getattr(self, kind)(rows, columns)
        if self.upper:
            for cell in table.cells:
                cell.text = cell.text.upper() if cell.kind == "head" else cell.text
        self.label(table)
        return table

    def label(self, table):
        rng = self.rng
        if rng.random() < self.captioned:
            words_of = words.fill(rng, rng.choice(["{A} {n} by area, {y0}–{y}", "{A} {n} and {n2}, {y}", "Overview of {n}", "{A} {n} in {c} and {c2}"]))
            unit = rng.choice(["", "", " (in thousands)", " (%)", ", million EUR"]) if "figure" in table.kinds else ""
            table.caption = self.prefix.format(self.number) + words_of + unit
            self.number += 1
        if "figure" in table.kinds and rng.random() < 0.12:
            table.unit = rng.choice(["(in thousands)", "[million EUR]", "1 000 €", "(Percent)", "In millions of dollars", "Number of persons"])
        marked = any(c.mark for c in table.cells)
        if marked:
            table.notes.append(f"{self.mark} " + words.sentence(rng))
        if rng.random() < self.noted:
            table.notes += rng.sample(
                ["Source: " + rng.choice(words.AGENCIES) + ", " + str(rng.randint(2005, 2014)) + ".", "Note: Details may not add to totals because of rounding.",
                 "(1) Provisional.", "Source: own calculations.", "n/a = not available.", "e: estimated; p: provisional."],
                rng.randint(1, 2),
            )

    # Parts of tables

    def stubs(self, rows):
        """The name of the stub and as many labels; some with an empty name."""
        rng = self.rng
        name = rng.choice([n for n in words.STUBS if len(words.STUBS[n]) >= min(rows, 35)])
        pool = list(dict.fromkeys(words.STUBS[name]))
        if name in ("Year", "Quarter"):
            at = rng.randint(0, len(pool) - rows)
            return (name if rng.random() < 0.7 else ""), pool[at : at + rows]
        labels = rng.sample(pool, rows) if rows <= len(pool) else pool + [f"{rng.choice(words.TOWNS)} {i}" for i in range(rows - len(pool))]
        if name in ("Country", "State", "Member State") and rng.random() < 0.6:
            labels.sort()
        return (name if rng.random() < 0.7 else ""), labels

    def years(self, count):
        rng = self.rng
        first, step = rng.randint(1996, 2013 - count if count < 14 else 1999), rng.choice([1, 1, 1, 5]) if count < 5 else 1
        form = rng.choice(["{}", "{}", "{}", "FY {}", "{}/{next:02d}"])
        return [form.format(y, next=(y + 1) % 100) for y in range(first, first + count * step, step)]

    def figure(self, table, row, col, source, form, money=True, **more):
        text, lead = source.draw(form)
        if text:
            table.put(row, col, text, kind="figure", lead=lead if money else "", **more)

    def stub(self, table, row, text, marks=True, **more):
        rng = self.rng
        mark = self.mark if marks and text and rng.random() < 0.03 else ""
        table.put(row, 0, text, kind="stub", mark=mark, **more)

    def total_label(self):
        return self.rng.choice(["Total", "All", "TOTAL", "United States", "EU-27", "Overall", "Sum", "Yhteensä", "Totalt"])

    def size(self, given, low, high, most=99):
        return min(given or self.rng.randint(low, high), most)

    # Sorts of tables

    def stat(self, rows, columns):
        """A stub and columns of figures under a head of one row."""
        rng = self.rng
        rows, columns = self.size(rows, 3, 30), self.size(columns, 2, 9)
        table = Table(["stub"] + ["figure"] * (columns - 1))
        name, labels = self.stubs(rows)
        source = figures.Figures(rng, self.numbers)
        if rng.random() < 0.5:
            heads, form = self.years(columns - 1), source.form()
            forms = [form] * (columns - 1)
            if columns > 3 and rng.random() < 0.4:
                heads[-1] = rng.choice(["Change", "% change", "Change (%)", "Average"])
                forms[-1] = source.form("change")
        else:
            heads = rng.sample(words.MEASURES, columns - 1)
            forms = [source.form() for _ in heads]
        self.head_row(table, 0, [name] + heads)
        top = self.below_head(table, columns)
        self.body(table, top, labels, source, forms)
        return table

    def head_row(self, table, row, texts):
        for col, text in enumerate(texts):
            mark = self.mark if text and col and self.rng.random() < 0.03 else ""
            if text:
                table.put(row, col, text, kind="head", mark=mark)
        table.heads = row + 1
        table.rows = max(table.rows, row + 1)

    def below_head(self, table, columns):
        """Perhaps a row of column numbers or units; the first row of the body."""
        rng = self.rng
        chance = rng.random()
        if chance < 0.06:
            self.head_row(table, table.heads, [f"({i})" for i in range(1, columns + 1)])
        elif chance < 0.12 and columns > 2:
            self.head_row(table, table.heads, [""] + [rng.choice(words.UNITS) for _ in range(columns - 1)])
        return table.heads

    def body(self, table, top, labels, source, forms, col=1, stub=True):
        """Rows of figures, perhaps with a total first or last, groups of five, or levels."""
        rng = self.rng
        total = rng.choice(["", "", "first", "last"])
        if total:
            labels = [self.total_label()] + labels if total == "first" else labels + [self.total_label()]
        gaps = rng.random() < 0.15 and len(labels) > 7
        levels = self.indents and rng.random() < 0.3
        empty = levels and rng.random() < 0.35  # what stands over others has no figures
        dollar_rows = rng.random() < 0.6  # the sign only in the first row and the total
        for i, label in enumerate(labels):
            row = top + i
            is_total = bool(total) and i == (0 if total == "first" else len(labels) - 1)
            if is_total:
                table.totals.add(row)
            level = 0 if is_total or not levels else 0 if i % 4 == (total == "first") else 1
            parent = bool(empty and levels and not is_total and not level and i + 1 < len(labels))
            if stub:
                self.stub(table, row, label, level=level, bold=is_total, parent=parent)
            for j, form in enumerate(() if parent else forms):
                self.figure(table, row, col + j, source, form, money=i == 0 or is_total or not dollar_rows, bold=is_total)
            if gaps and i and i % 5 == (total == "first"):
                table.gaps.add(row)
        table.rows = top + len(labels)

    def small(self, rows, columns):
        return self.stat(rows or self.rng.randint(2, 7), columns or self.rng.randint(2, 4))

    def grouped(self, rows, columns):
        """A head of two or three levels with cells that span."""
        rng = self.rng
        rows = self.size(rows, 4, 28)
        groups = rng.randint(2, 4)
        per = rng.choice([2, 2, 3]) if groups < 4 else 2
        if columns:
            groups, per = max(1, min(4, (columns - 1) // 2)), 2
        alone = rng.choice([0, 0, 1])  # a column without a group, before the groups
        source = figures.Figures(rng, self.numbers)
        columns = 1 + alone + groups * per
        table = Table(["stub"] + ["figure"] * (columns - 1))
        name, labels = self.stubs(rows)
        tops = self.years(groups) if rng.random() < 0.4 else rng.sample(words.GROUPS, groups)
        subs = rng.choice([rng.sample(words.MEASURES[:24], per), ["Number", "Percent", "Rate"][:per], ["Men", "Women", "Total"][:per], self.years(per)])
        three = rng.random() < 0.25 and groups * per > 3
        level = int(three)
        depth = level + 2
        if name:
            self.corner(table, 0, name, depth)
        if alone:
            self.corner(table, 1, rng.choice(["Total", "All", "Code", "Weight"]), depth)
        if three:
            table.put(0, 1 + alone, rng.choice(words.GROUPS), across=groups * per, kind="head")
        for g, text in enumerate(tops):
            table.put(level, 1 + alone + g * per, text, across=per, kind="head")
            for k, sub in enumerate(subs):
                table.put(level + 1, 1 + alone + g * per + k, sub, kind="head")
        table.heads = depth
        forms = [source.form() for _ in range(per)]
        self.body(table, self.below_head(table, columns), labels, source, [source.form()] * alone + forms * groups)
        return table

    def corner(self, table, col, text, depth):
        """A head cell beside spanning ones: over all rows of the head, or at the bottom or top of them."""
        how = self.rng.choice(["span", "span", "span", "bottom"])
        if how == "span":
            table.put(0, col, text, down=depth, kind="head")
        else:
            table.put(depth - 1, col, text, kind="head")

    def sections(self, rows, columns):
        """Rows of figures under headings that stand across the table."""
        rng = self.rng
        rows, columns = max(4, self.size(rows, 6, 24)), self.size(columns, 3, 7)
        table = Table(["stub"] + ["figure"] * (columns - 1))
        source = figures.Figures(rng, self.numbers)
        name, labels = self.stubs(rows)
        self.head_row(table, 0, [name] + (self.years(columns - 1) if rng.random() < 0.5 else rng.sample(words.MEASURES, columns - 1)))
        forms = [source.form() for _ in range(columns - 1)]
        parts = rng.randint(2, min(4, rows // 2))
        titles = rng.sample(words.GROUPS + [r + " region" for r in words.REGIONS], parts)
        row = table.heads
        same = rng.random() < 0.3  # the same stubs in every section
        for p in range(parts):
            table.put(row, 0, titles[p], across=1 if self.narrow else columns, kind="section", bold=True)
            row += 1
            for label in labels[: rows // parts] if same else labels[p * rows // parts : (p + 1) * rows // parts]:
                self.stub(table, row, label, level=int(self.indents))
                for j, form in enumerate(forms):
                    self.figure(table, row, 1 + j, source, form)
                row += 1
        table.rows = row
        return table

    def rowheads(self, rows, columns):
        """Two stub columns, the first with cells over several rows."""
        rng = self.rng
        columns = self.size(columns, 4, 7)
        outer, per = rng.randint(2, 5), rng.randint(2, 4)
        table = Table(["stub", "stub"] + ["figure"] * (columns - 2))
        source = figures.Figures(rng, self.numbers)
        self.head_row(table, 0, [rng.choice(["Area", "Group", ""]), rng.choice(["Type", "Sex", "Category", ""])] + rng.sample(words.MEASURES, columns - 2))
        forms = [source.form() for _ in range(columns - 2)]
        inner = rng.choice([["Men", "Women", "Total", "Unknown"], words.AGES, [str(y) for y in range(2004, 2012)], ["Low", "Middle", "High", "Other"]])[:per]
        row = table.heads
        for name in rng.sample(rng.choice([words.COUNTRIES, words.REGIONS, words.INDUSTRIES]), outer):
            table.put(row, 0, name, down=per, kind="stub")
            for text in inner:
                table.put(row, 1, text, kind="stub")
                for j, form in enumerate(forms):
                    self.figure(table, row, 2 + j, source, form)
                row += 1
        table.rows = row
        return table

    def money(self, rows, columns):
        """Amounts with the currency sign in a place of its own."""
        rng = self.rng
        rows, columns = self.size(rows, 4, 16), self.size(columns, 2, 6)
        table = Table(["stub"] + ["figure"] * (columns - 1))
        source = figures.Figures(rng, rng.choice(["en", "en", self.numbers]))
        source.negative, source.flags = "({})", 0
        name, labels = self.stubs(rows)
        self.head_row(table, 0, [name] + self.years(columns - 1))
        form = source.form("money")
        self.body(table, table.heads, labels, source, [form] * (columns - 1))
        return table

    def months(self, rows, columns):
        """A row of months, wide and dense."""
        rng = self.rng
        rows = self.size(rows, 4, 20)
        table = Table(["stub"] + ["figure"] * 13)
        source = figures.Figures(rng, self.numbers)
        source.flags = 0
        _, labels = self.stubs(rows)
        if rng.random() < 0.5:
            labels = [str(y) for y in range(2012 - rows, 2012)]
        self.head_row(table, 0, [rng.choice(["Year", "Area", ""])] + words.MONTHS + [rng.choice(["Total", "Year", "Mean"])])
        form = source.form(rng.choice(["rate", "index", "small"]))
        size = (min(form[0], 90),) + form[1:]
        self.body(table, table.heads, labels, source, [size] * 13)
        return table

    def long(self, rows, columns):
        return self.stat(rows or self.rng.randint(30, 43), columns or self.rng.randint(3, 7))

    # Tables of text

    def phrase(self, low=1, high=2):
        rng = self.rng
        return rng.choice(words.ACTIONS) + "".join(", " + c for c in rng.sample(words.CLAUSES, rng.randint(low - 1, high)))

    def text_table(self, heads, kinds, rows):
        table = Table(kinds)
        self.head_row(table, 0, heads)
        for i, texts in enumerate(rows):
            for col, text in enumerate(texts):
                if text:
                    table.put(table.heads + i, col, text, kind=kinds[col])
        table.rows = table.heads + len(rows)
        return table

    def measures(self, rows, columns):
        """Measures, who is responsible, when, state."""
        rng = self.rng
        rows, columns = self.size(rows, 3, 9), self.size(columns, 3, 5, 5)
        heads = [rng.choice(["Measure", "Action", "Recommendation"]), "Responsible", rng.choice(["Deadline", "Timetable"]), "Status", "Remarks"][:columns]
        state = ["Completed", "Ongoing", "Not started", "Delayed", "Under discussion"]
        body = [
            [self.phrase(), rng.choice(words.AGENCIES), rng.choice([words.date(rng, self.dates), f"Q{rng.randint(1, 4)} {rng.randint(2008, 2013)}", "continuous"]),
             rng.choice(state), rng.choice(["", "", "See section 3", self.phrase(1, 1)])][:columns]
            for _ in range(rows)
        ]
        if rng.random() < 0.4:
            heads, body = ["No"] + heads, [[f"{i}.", *r] for i, r in enumerate(body, 1)]
        return self.text_table(heads, ["text"] * len(heads), body)

    def contacts(self, rows, columns):
        """Names and addresses."""
        rng = self.rng
        rows, columns = self.size(rows, 3, 14), self.size(columns, 3, 5, 5)

        def row():
            name = words.person(rng)
            mail = name.split()[-1].lower() + rng.choice(["@example.org", "@office.example.eu", "@example.gov"])
            phone = rng.choice([f"+358 {rng.randint(40, 50)} {rng.randint(100, 999)} {rng.randint(1000, 9999)}", f"({rng.randint(201, 989)}) 555-{rng.randint(1000, 9999)}"])
            address = f"{rng.choice(words.STREETS)} {rng.randint(1, 160)}{rng.choice([', ', chr(10)])}{rng.choice(words.CITIES)}"
            return [name, rng.choice(words.POSITIONS), address, phone, mail][:columns]

        return self.text_table(["Name", "Position", "Address", rng.choice(["Phone", "Telephone"]), "E-mail"][:columns], ["text"] * columns, [row() for _ in range(rows)])

    def compare(self, rows, columns):
        """Yes and no, or crosses, of several features."""
        rng = self.rng
        rows, columns = self.size(rows, 4, 14), self.size(columns, 3, 8)
        signs = rng.choice([["Yes", "No"], ["yes", "no", "partly"], ["X", ""], ["x", "", ""], ["Yes", "No", "n/a"], ["+", "–", "0"], ["•", ""]])
        side = rng.random() < 0.5
        labels = rng.sample(words.FEATURES, rows) if rows <= len(words.FEATURES) else words.FEATURES
        heads = rng.sample(words.COUNTRIES if side else words.FEATURES, columns - 1)
        if not side:
            labels = rng.sample(words.COUNTRIES, rows)
        body = [[label] + [rng.choice(signs) for _ in heads] for label in labels]
        return self.text_table([rng.choice(["", "Feature", "Item"]) if side else "Country"] + heads, ["stub"] + ["mark"] * (columns - 1), body)

    def schedule(self, rows, columns):
        """When, what, where."""
        rng = self.rng
        rows, columns = self.size(rows, 4, 12), self.size(columns, 3, 4, 4)
        hour = 8
        body = []
        for _ in range(rows):
            start = f"{hour}:{rng.choice(['00', '15', '30'])}"
            hour += 1
            when = rng.choice([start, f"{start}–{hour}:00"])
            body.append([when, rng.choice(words.EVENTS), rng.choice(["Room " + rng.choice("ABCDE") + str(rng.randint(1, 30)), "Plenary hall", "Lobby", ""]), words.person(rng)][:columns])
        return self.text_table(["Time", rng.choice(["Event", "Session", "Item"]), rng.choice(["Place", "Room"]), "Chair"][:columns], ["text"] * columns, body)

    def calendar(self, rows, columns):
        """Dates of deliveries."""
        rng = self.rng
        rows, columns = self.size(rows, 4, 14), self.size(columns, 3, 5, 5)
        body = [[rng.choice(words.PRODUCTS)] + [words.date(rng, self.dates) if rng.random() < 0.85 else "" for _ in range(columns - 1)] for _ in range(rows)]
        heads = ["Publication", "Reference date", "First release", "Revision", "Final"][:columns]
        return self.text_table(heads, ["stub"] + ["mark"] * (columns - 1), body)

    def codes(self, rows, columns):
        """Codes, descriptions and rates."""
        rng = self.rng
        rows, columns = self.size(rows, 4, 16), self.size(columns, 3, 5, 5)
        source = figures.Figures(rng, self.numbers)
        forms = [source.form(k) for k in ("percent", "count", "rate")][: columns - 2]
        table = Table(["text", "text"] + ["figure"] * (columns - 2))
        self.head_row(table, 0, ["Code", "Description"] + ["Rate", "Number", "Weight"][: columns - 2])
        at = rng.randint(1, 30)
        for row in range(1, rows + 1):
            at += rng.randint(1, 9)
            table.put(row, 0, rng.choice([f"{at:03d}", f"{at // 10}.{at % 10}", f"{rng.choice(LETTERS)}{at:02d}"]), kind="text")
            table.put(row, 1, rng.choice([rng.choice(words.INDUSTRIES), rng.choice(words.PRODUCTS), self.phrase(1, 0)]), kind="text")
            for j, form in enumerate(forms):
                self.figure(table, row, 2 + j, source, form)
        return table

    def acts(self, rows, columns):
        """Legal acts, and when they were put into force."""
        rng = self.rng
        rows, columns = self.size(rows, 3, 9), self.size(columns, 3, 4, 4)
        body = []
        for _ in range(rows):
            year = rng.randint(1991, 2009)
            body.append([
                f"{rng.choice(['Directive', 'Regulation (EC) No', 'Decision'])} {year}/{rng.randint(2, 140)}/EC", rng.choice(words.ACTS).capitalize(),
                words.date(rng, self.dates), rng.choice(["transposed", "partly transposed", "infringement procedure", "–"]),
            ][:columns])
        return self.text_table(["Act", "Subject", "Deadline", "State of play"][:columns], ["text"] * columns, body)

    def lists(self, rows, columns):
        """Cells that hold lists."""
        rng = self.rng
        rows, columns = self.size(rows, 2, 5), self.size(columns, 2, 3, 3)
        bullet = rng.choice(["• ", "– ", "- "])

        def items():
            return "\n".join(bullet + a for a in rng.sample(words.ACTIONS, rng.randint(2, 4)))

        body = [[rng.choice(words.AGENCIES), items(), items() if rng.random() < 0.6 else self.phrase()][:columns] for _ in range(rows)]
        return self.text_table([rng.choice(["Body", "Objective"]), rng.choice(["Tasks", "Actions"]), "Results"][:columns], ["text"] * columns, body)

    def indicators(self, rows, columns):
        """Indicators with their units in a column, then figures."""
        rng = self.rng
        rows, columns = self.size(rows, 4, 16), self.size(columns, 4, 6)
        table = Table(["stub", "text"] + ["figure"] * (columns - 2))
        source = figures.Figures(rng, self.numbers)
        self.head_row(table, 0, ["Indicator", "Unit"] + self.years(columns - 2))
        for row, label in enumerate(rng.sample(words.INDICATORS, rows), 1):
            self.stub(table, row, label)
            table.put(row, 1, rng.choice(words.UNITS), kind="text")
            form = source.form()
            for j in range(columns - 2):
                self.figure(table, row, 2 + j, source, form)
        table.rows = rows + 1
        return table

    def mixed(self, rows, columns):
        """Text and figures: projects with their costs."""
        rng = self.rng
        rows, columns = self.size(rows, 3, 10), self.size(columns, 3, 5, 5)
        source = figures.Figures(rng, self.numbers)
        form = source.form("count")
        table = Table(["text", "figure", "text", "text", "figure"][:columns])
        self.head_row(table, 0, ["Project", rng.choice(["Cost", "Budget", "Amount"]), "Beneficiary", "Remarks", "Share"][:columns])
        for row in range(1, rows + 1):
            table.put(row, 0, self.phrase(1, 1), kind="text")
            self.figure(table, row, 1, source, form)
            for col, text in ((2, rng.choice(words.AGENCIES)), (3, rng.choice(["", "Delayed", self.phrase(1, 0)])), (4, f"{rng.randint(2, 90)}%")):
                if col < columns and text:
                    table.put(row, col, text, kind=table.kinds[col])
        table.rows = rows + 1
        return table

    def numbered(self, rows, columns):
        """Numbers of the lines before the stub."""
        rng = self.rng
        rows, columns = self.size(rows, 4, 24), self.size(columns, 3, 7)
        table = Table(["text", "stub"] + ["figure"] * (columns - 2))
        source = figures.Figures(rng, self.numbers)
        name, labels = self.stubs(rows)
        self.head_row(table, 0, [rng.choice(["No", "Line", "Rank", ""]), name] + rng.sample(words.MEASURES, columns - 2))
        forms = [source.form() for _ in range(columns - 2)]
        for i, label in enumerate(labels):
            table.put(i + 1, 0, rng.choice(["{}", "{}"]).format(i + 1), kind="text")
            table.put(i + 1, 1, label, kind="stub")
            for j, form in enumerate(forms):
                self.figure(table, i + 1, 2 + j, source, form)
        table.rows = rows + 1
        return table

    def facts(self, rows, columns):
        """Two columns without a head."""
        rng = self.rng
        rows = self.size(rows, 3, 9)
        source = figures.Figures(rng, self.numbers)
        source.blank = 0
        table = Table(["stub", "figure"])
        for row, label in enumerate(rng.sample(words.INDICATORS, rows)):
            table.put(row, 0, label, kind="stub")
            self.figure(table, row, 1, source, source.form())
        table.rows = rows
        return table

    def sparse(self, rows, columns):
        """Most cells are empty."""
        rng = self.rng
        table = self.stat(rows or rng.randint(5, 16), columns or rng.randint(4, 9))
        body = [c for c in table.cells if c.kind == "figure"]
        for cell in rng.sample(body, int(len(body) * rng.uniform(0.4, 0.65))):
            table.cells.remove(cell)
        return table


def split(table, at, repeat):
    """Divides a table before a row; the head stands again over the rest if `repeat`."""
    rest = Table(list(table.kinds), table.heads if repeat else 0)
    shift = at - rest.heads
    for cell in list(table.cells):
        if cell.row >= at:
            table.cells.remove(cell)
            cell.row -= shift
            rest.cells.append(cell)
        elif repeat and cell.row < table.heads:
            rest.cells.append(type(cell)(**{**vars(cell)}))
    rest.totals = {r - shift for r in table.totals if r >= at}
    rest.gaps = {r - shift for r in table.gaps if r > at}
    table.totals, table.gaps = {r for r in table.totals if r < at}, {r for r in table.gaps if r < at}
    rest.rows, table.rows = table.rows - shift, at
    rest.notes, table.notes = table.notes, []
    return rest
