"""A small budget book in Typst: tagged, full grid, labels that wrap in three ways."""

import typeset as run
from model import Document, col, figure

WHY = (
    "Typst, tagged PDF, full grid. Spanning head EKONOMIPLAN over two years; labels wrap in a narrow column and stand at the "
    "bottom, middle and top of their cells, so that the figures are on the last line, between the lines or on the first. "
    "Table of contents with dot leaders, running head, page numbers, prose with figures."
)

COLUMNS = [
    col("Bokslut 2024", "actual", 2024, ["Bokslut", "2024"]),
    col("Budget 2025", "budget", 2025, ["Budget", "2025"]),
    col("Budget 2026", "budget", 2026, ["Budget", "2026"]),
    col("EKONOMIPLAN 2027", "plan", 2027, ["2027"]),
    col("EKONOMIPLAN 2028", "plan", 2028, ["2028"]),
]

LABELS = [
    "Försäljningsintäkter",
    "Avgiftsintäkter",
    "Understöd och bidrag",
    "Övriga verksamhetsintäkter",
    "Personalkostnader",
    "Köp av tjänster",
    "Material, förnödenheter och varor",
    "Understöd",
    "Övriga verksamhetskostnader",
]

NAMED = [
    (
        "Småbarnspedagogik",
        "bottom",
        "Efterfrågan på dagvård beräknas minska med 24 platser. Två grupper slås ihop den 1 augusti 2026.",
        [
            (61240, 58000, 54000, 54000, 55000),
            (702115, 655000, 598000, 590000, 585000),
            (48310, 40000, 42500, 42500, 42500),
            (9875, 8500, 9000, 9000, 9000),
            (-5214836, -5402000, -5318400, -5391000, -5466500),
            (-1388204, -1412500, -1430000, -1444300, -1458700),
            (-241907, -238000, -229500, -231800, -234100),
            (-615480, -590000, -571000, -565000, -560000),
            (-402316, -411200, -415300, -419500, -423700),
        ],
    ),
    (
        "Grundläggande utbildning på svenska",
        "middle",
        "Skolorna har hösten 2026 sammanlagt 1 836 elever i 92 grupper. Skjutsarna upphandlas på nytt.",
        [
            (214508, 198000, 203500, 205000, 207000),
            (38460, 36000, 37000, 37000, 37500),
            (451912, 310000, 285000, 240000, 240000),
            (21733, 19500, 20000, 20000, 20000),
            (-13862275, -14250600, -14596100, -14902600, -15215600),
            (-4120388, -4236000, -4310500, -4353600, -4397100),
            (-608144, -622300, -631000, -637300, -643700),
            (-12650, -15000, -15000, -15000, -15000),
            (-2874601, -2931000, -2989600, -3019500, -3049700),
        ],
    ),
    (
        "Kultur- och fritidstjänster",
        "top",
        "Biblioteken håller öppet 212 timmar i veckan. Simhallen stängs för reparation i tre månader.",
        [
            (188642, 195000, 142000, 199000, 203000),
            (304518, 318000, 231500, 325000, 331500),
            (77204, 52000, 60000, 45000, 45000),
            (15390, 14000, 14500, 14500, 15000),
            (-2203975, -2268400, -2251900, -2324000, -2372800),
            (-744162, -760500, -698200, -775700, -783500),
            (-398215, -405000, -352600, -412100, -416200),
            (-486300, -495000, -500000, -505000, -510000),
            (-968344, -981200, -996000, -1005900, -1016000),
        ],
    ),
]


def document():
    doc = Document("budgetbok-typst", "sv", "Raseborg", "Bildningen, budget 2026 och ekonomiplan 2027–2028", WHY)
    for title, _, _, figures in NAMED:
        t = doc.table(title, COLUMNS)
        for label, values in zip(LABELS[:4], figures):
            t.row(label, *values)
        t.row("Verksamhetens intäkter", sum_of=LABELS[:4])
        for label, values in zip(LABELS[4:], figures[4:]):
            t.row(label, *values)
        t.row("Verksamhetens kostnader", sum_of=LABELS[4:])
        t.row("Verksamhetsbidrag", sum_of=["Verksamhetens intäkter", "Verksamhetens kostnader"])
    t = doc.table("Bildningen sammanlagt", COLUMNS)
    for label in ("Verksamhetens intäkter", "Verksamhetens kostnader"):
        parts = [u.find(label)["values"] for u in doc.tables[:3]]
        t.row(label, *[sum(c) for c in zip(*parts)], total=True)
    t.row("Verksamhetsbidrag", sum_of=["Verksamhetens intäkter", "Verksamhetens kostnader"])
    t.row("Avskrivningar och nedskrivningar", -612480, -640000, -655000, -702000, -715000)
    return doc


def table(t, align):
    minus = "\u2212"
    out = [
        "#table(columns: (3.4cm,) + (1fr,) * 5, inset: (x: 4pt, y: 3.5pt), stroke: 0.5pt, "
        f"align: (x, y) => if x == 0 {{ left + {'horizon' if align == 'middle' else align} }} else {{ right + "
        f"{'horizon' if align == 'middle' else align} }},",
        "table.header(table.cell(rowspan: 2)[], table.cell(rowspan: 2)[*Bokslut \\ 2024*], table.cell(rowspan: 2)[*Budget \\ 2025*], "
        "table.cell(rowspan: 2)[*Budget \\ 2026*], table.cell(colspan: 2, align: center)[*EKONOMIPLAN*], [*2027*], [*2028*]),",
    ]
    for r in t.rows:
        cells = [r["label"]] + [figure(v, minus=minus) for v in r["values"]]
        bold = "*" if r["fields"].get("total") else ""
        out.append("  " + ", ".join(f"[{bold}{c}{bold}]" for c in cells) + ",")
    return "\n".join(out) + ")\n"


def typeset(doc, path):
    source = ["""#set document(title: "Bildningen, budget 2026", date: datetime(year: 2025, month: 11, day: 1))
#set page(paper: "a4", margin: (x: 2cm, top: 2.6cm, bottom: 2.2cm), numbering: "1",
  header: text(8pt)[Raseborg #h(1fr) Budget 2026 och ekonomiplan 2027–2028])
#set text(font: "Libertinus Serif", size: 10pt, lang: "sv", hyphenate: false)
#show table: set text(9pt)
#show heading: set block(above: 1.2em, below: 0.7em)
= Bildningen
#outline(title: [Innehåll], depth: 2)
Alla belopp är i euro. Personalen omfattar 412 årsverken år 2026, sju färre än året innan.
Det bindande beloppet är verksamhetsbidraget för hela sektorn."""]
    for t, (title, align, prose, _) in zip(doc.tables, NAMED):
        source += [f"== {title}", prose, table(t, align)]
    source += [
        "== Bildningen sammanlagt",
        "Uppgiftsområdena ovan tillsammans, samt avskrivningarna på 655\u00a0000 euro.",
        table(doc.tables[3], "middle"),
    ]
    doc.tables[0].extra["find"] = "Efterfrågan på dagvård"
    doc.tables[3].extra["find"] = "Uppgiftsområdena ovan"
    for t, p in zip(doc.tables[1:3], ("Skolorna har hösten", "Biblioteken håller")):
        t.extra["find"] = p
    return run.typst("\n\n".join(source), path)
