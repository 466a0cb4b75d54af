"""An investment plan in fpdf2: no rules, dot leaders, and every way to print a minus."""

from fpdf import FPDF, __version__

import datetime
from model import Document, MINUS, NARROW, NBSP, THIN, col, figure

WHY = (
    "fpdf2, no rules at all. Right-aligned figures, dot leaders, indented projects under their sections, a lone dash for nil, "
    "grouping by NBSP, thin and narrow spaces, minus as hyphen, U+2212, in parentheses and trailing, prose with figures between."
)

FONTS = "/usr/share/fonts/truetype/dejavu/DejaVuSerifCondensed%s.ttf"
COLUMNS = [
    col("Bokslut 2024", "actual", 2024),
    col("Budget 2025", "budget", 2025),
    col("Budget 2026", "budget", 2026),
    col("Plan 2027", "plan", 2027),
    col("Plan 2028", "plan", 2028),
]


def document():
    doc = Document("investeringar-fpdf2", "sv", "Närpes", "Investeringsplan 2026–2028", WHY)
    t = doc.table("Investeringsdelen", COLUMNS)

    def project(label, *values):
        t.row(label, *values, level=1, nil_printed=[i for i, v in enumerate(values) if v is None])

    sections = [
        (
            "Fast egendom",
            [
                ("Markköp", -184250, -150000, -150000, -150000, -150000),
                ("Försäljning av tomter", 96400, 80000, 120000, 80000, 80000),
            ],
        ),
        (
            "Byggnader",
            [
                ("Skolcentrum, ny matsal", -412806, -1850000, -2400000, None, None),
                ("Daghem i Pörtom", None, None, -320000, -980000, None),
                ("Statsandel för matsalen", None, 370000, 480000, None, None),
                ("Energibesparing i fastigheterna", -88145, -120000, -90000, -90000, -90000),
            ],
        ),
        (
            "Vägar och nät",
            [
                ("Gator och belysning", -276930, -310000, -285000, -300000, -300000),
                ("Vattenledning Kalax–Taklax", -64218, None, -215000, -215000, None),
                ("Anslutningsavgifter", 18640, 15000, 17500, 17500, 15000),
            ],
        ),
        (
            "Lösöre",
            [
                ("Redskapsbärare", None, -145000, None, None, -160000),
                ("Möbler och datorer till skolorna", -71385, -60000, -65000, -65000, -65000),
            ],
        ),
    ]
    for name, projects in sections:
        t.heading(name)
        for p in projects:
            project(*p)
        t.row(name + " sammanlagt", sum_of=[p[0] for p in projects])
    t.row("Investeringar, netto", sum_of=[name + " sammanlagt" for name, _ in sections])
    f = doc.table("Finansiering av investeringarna", COLUMNS[1:])
    f.row("Årsbidrag", 1284500, 1362000, 1395000, 1420000)
    f.row("Nya lån", 1500000, 2200000, 900000, None, nil_printed=[3])
    f.row("Amorteringar", -610000, -655000, -690000, -715000)
    f.row("Förändring av kassan", 0, 0, 0, 0, key="kassa")
    net = [-v for v in t.find("Investeringar, netto")["values"][1:]]
    for i, need in enumerate(net):
        f.rows[3]["values"][i] = f.rows[3]["exact"][i] = need - sum(r["values"][i] or 0 for r in f.rows[:3])
    f.row("Till investeringar", sum_of=["Årsbidrag", "Nya lån", "Amorteringar", "kassa"])
    return doc


def parenthesis(v, sep):
    return f"({figure(-v, sep)})" if v < 0 else figure(v, sep)


def trailing(v, sep):
    return figure(abs(v), sep) + ("-" if v < 0 else "")


STYLES = [
    lambda v: figure(v, NBSP, "-"),
    lambda v: figure(v, THIN, MINUS),
    lambda v: parenthesis(v, NARROW),
    lambda v: trailing(v, NBSP),
]


class Page(FPDF):
    def header(self):
        self.set_font("Serif", size=8)
        self.cell(0, 5, "Närpes stad", align="L")
        self.set_x(self.l_margin)
        self.cell(0, 5, "Budget 2026", align="R", new_x="LMARGIN", new_y="NEXT")
        self.ln(4)

    def footer(self):
        self.set_y(-15)
        self.set_font("Serif", size=8)
        self.cell(0, 5, f"{self.page_no()} (2)", align="C")


def draw(pdf, t, style):
    first = pdf.w - pdf.r_margin - 23 * len(t.columns)
    pdf.set_font("Serif", "B", 9)
    for i, c in enumerate(t.columns):
        pdf.set_x(first + 23 * i)
        pdf.cell(23, 5.5, c["label"], align="R")
    pdf.ln(6.5)
    for n, r in enumerate(t.rows):
        total = r["fields"].get("total")
        pdf.set_font("Serif", "B" if total or r["fields"].get("heading") else "", 9)
        if r["fields"].get("heading"):
            pdf.ln(1.5)
            pdf.cell(0, 5, r["label"], new_x="LMARGIN", new_y="NEXT")
            continue
        x = pdf.l_margin + 4 * r["level"]
        pdf.set_x(x)
        label = r["label"]
        if not total:
            room = first + 2 - x - pdf.get_string_width(label + " ")
            label += " " + "." * int(room / pdf.get_string_width("."))
        pdf.cell(first - x, 5, label)
        for i, v in enumerate(r["values"]):
            pdf.set_x(first + 23 * i)
            pdf.cell(23, 5, "\u2013" if v is None else style(n)(v), align="R")
        pdf.ln(5.2 if not total else 6.2)


def typeset(doc, path):
    pdf = Page(format="A4")
    pdf.set_creation_date(datetime.datetime(2025, 11, 1, tzinfo=datetime.timezone.utc))
    pdf.set_title(doc.document["title"])
    pdf.set_lang("sv-FI")
    pdf.set_margins(20, 15)
    for style, name in (("", ""), ("B", "-Bold")):
        pdf.add_font("Serif", style, FONTS % name)

    def prose(text):
        pdf.set_font("Serif", size=10)
        pdf.multi_cell(0, 5, text, new_x="LMARGIN", new_y="NEXT")
        pdf.ln(3)

    def heading(text, size):
        pdf.set_font("Serif", "B", size)
        pdf.cell(0, size * 0.6, text, new_x="LMARGIN", new_y="NEXT")
        pdf.ln(2)

    pdf.add_page()
    heading("Investeringsplan 2026–2028", 16)
    prose(
        "Staden investerar netto 2,9 miljoner euro år 2026. Det största projektet är matsalen vid skolcentrum, som rymmer 240 elever och blir "
        "klar i augusti 2026. Gränsen för en investering är 10 000 euro. Utgifter har minustecken, inkomster inget tecken."
    )
    heading("Investeringsdelen", 12)
    draw(pdf, doc.tables[0], lambda n: STYLES[n % len(STYLES)])
    pdf.ln(3)
    prose(
        "Anslaget binder per projekt. Daghemmet i Pörtom planeras för 63 barn; byggandet fördelas på åren 2026 och 2027."
    )
    pdf.add_page()
    heading("Finansiering av investeringarna", 12)
    prose("Lånen uppgick 31.12.2024 till 14 860 000 euro, det vill säga 1 540 euro per invånare.")
    draw(pdf, doc.tables[1], lambda n: STYLES[3])
    pdf.output(path)
    return "fpdf2 " + __version__
