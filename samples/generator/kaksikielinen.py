"""A bilingual budget in Typst: Swedish labels left, Finnish labels right of them."""

import typeset as run
from model import Document, col, figure

WHY = (
    "Typst. Bilingual: a Swedish and a Finnish label column side by side, each wrapping on its own; heads in both languages, "
    "one under the other; the truth's label is the Swedish one, labels_alt holds the Finnish and joined forms."
)


def head(sv, fi, kind, year):
    return col(f"{sv} {fi} {year}", kind, year, [sv, fi, str(year)])


COLUMNS = [
    head("Bokslut", "Tilinpäätös", "actual", 2024),
    head("Budget", "Talousarvio", "budget", 2025),
    head("Budget", "Talousarvio", "budget", 2026),
    head("Plan", "Suunnitelma", "plan", 2027),
]
INCOME = [
    ("Försäljningsintäkter", "Myyntituotot"),
    ("Avgiftsintäkter", "Maksutuotot"),
    ("Understöd och bidrag", "Tuet ja avustukset"),
    ("Övriga verksamhetsintäkter", "Muut toimintatuotot"),
]
COSTS = [
    ("Personalkostnader", "Henkilöstökulut"),
    ("Köp av tjänster", "Palvelujen ostot"),
    ("Material, förnödenheter och varor", "Aineet, tarvikkeet ja tavarat"),
    ("Understöd", "Avustukset"),
    ("Övriga verksamhetskostnader", "Muut toimintakulut"),
]
UNITS = [
    (
        "Centralförvaltningen",
        "Keskushallinto",
        [
            (48216, 45000, 46500, 47000),
            (12904, 12000, 12000, 12200),
            (31250, 0, 15000, 0),
            (8733, 7500, 7500, 7500),
            (-1462880, -1498000, -1521300, -1558000),
            (-884217, -902500, -915000, -924200),
            (-96341, -98000, -97000, -98000),
            (-158000, -160000, -162500, -162500),
            (-212506, -215000, -219300, -221500),
        ],
    ),
    (
        "Bibliotek och kultur",
        "Kirjasto ja kulttuuri",
        [
            (22417, 24000, 24500, 24500),
            (18266, 19000, 19500, 20000),
            (9500, 5000, 5000, 5000),
            (3120, 2500, 2500, 2500),
            (-418302, -431500, -440200, -451200),
            (-92846, -96000, -94500, -95400),
            (-104733, -108000, -109500, -110600),
            (-36200, -38000, -38000, -38000),
            (-141905, -146000, -148200, -149700),
        ],
    ),
]


def document():
    doc = Document("kaksikielinen-typst", "sv,fi", "Kristinestad", "Budget 2026 / Talousarvio 2026", WHY)
    for sv, fi, figures in UNITS:
        t = doc.table(f"{sv} / {fi}", COLUMNS)

        def row(pair, *values, **fields):
            s, f = pair
            t.row(s, *values, labels_alt=[f, f"{s} {f}", f"{s} / {f}", f"{f} {s}"], fi=f, **fields)

        for pair, values in zip(INCOME, figures[:4]):
            row(pair, *values)
        row(("Verksamhetens intäkter", "Toimintatuotot"), sum_of=[p[0] for p in INCOME])
        for pair, values in zip(COSTS, figures[4:]):
            row(pair, *values)
        row(("Verksamhetens kostnader", "Toimintakulut"), sum_of=[p[0] for p in COSTS])
        row(("Verksamhetsbidrag", "Toimintakate"), sum_of=["Verksamhetens intäkter", "Verksamhetens kostnader"])
        for r in t.rows:
            r["finnish"] = r["fields"].pop("fi")
    return doc


def table(t):
    out = [
        "#table(columns: (3.2cm, 3.2cm) + (1fr,) * 4, inset: (x: 4pt, y: 3pt), align: (x, y) => (if x < 2 { left } else { right }) + horizon,",
        "stroke: (x, y) => (bottom: if y == 0 { 1pt } else { 0.3pt }, top: if y == 0 { 1pt }),",
        "table.header([], [], " + ", ".join("[*" + " \\ ".join(c["head"]) + "*]" for c in t.columns) + "),",
    ]
    for r in t.rows:
        cells = [r["label"], r["finnish"]] + [figure(v) for v in r["values"]]
        bold = "*" if r["fields"].get("total") else ""
        out.append("  " + ", ".join(f"[{bold}{c}{bold}]" for c in cells) + ",")
    return "\n".join(out) + ")\n"


def typeset(doc, path):
    source = ["""#set document(title: "Budget 2026 / Talousarvio 2026", date: datetime(year: 2025, month: 11, day: 1))
#set page(paper: "a4", margin: 2cm, footer: context align(center, text(8pt)[Kristinestad – Kristiinankaupunki, #counter(page).display()]))
#set text(font: "Libertinus Serif", size: 10pt, hyphenate: false)
#show table: set text(9pt)
#show heading: set block(above: 1.4em, below: 0.8em)
= Budget 2026 / Talousarvio 2026
#grid(columns: 2, column-gutter: 1cm,
 [Verksamhetsbidraget binder nämnden. Beloppen är i euro. Staden har 6 240 invånare och 318 anställda.],
 [Toimintakate sitoo lautakuntaa. Luvut ovat euroina. Kaupungissa on 6 240 asukasta ja 318 työntekijää.])"""]
    for t in doc.tables:
        source += [f"== {t.title}", table(t)]
    return run.typst("\n\n".join(source), path)
