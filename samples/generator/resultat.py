"""Income statement and cash-flow statement in WeasyPrint: horizontal rules, indents, thousands of euros."""

from html import escape

import typeset as run
from model import Document, MINUS, col, figure

WHY = (
    "WeasyPrint. Income statement and cash-flow statement in thousands of euro, heads BS/BG/EP, horizontal rules only, "
    "levels told by indentation, U+2212 as minus, a heading that comes back as its total, brackets with signs in the labels."
)

COLUMNS = [
    col("BS 2024", "actual", 2024),
    col("BG 2025", "budget", 2025),
    col("BG 2026", "budget", 2026),
    col("EP 2027", "plan", 2027),
    col("EP 2028", "plan", 2028),
]


def document():
    doc = Document("resultat-weasyprint", "sv", "Jakobstad", "Resultaträkning och finansieringsanalys 2024–2028", WHY)
    t = doc.table("Resultaträkning", COLUMNS, unit_scale=1000)
    t.heading("Verksamhetens intäkter")
    t.row("Försäljningsintäkter", 18412, 18650, 18900, 19090, 19280, level=1)
    t.row("Avgiftsintäkter", 5236, 5310, 5420, 5475, 5530, level=1)
    t.row("Understöd och bidrag", 3871, 3105, 2980, 2950, 2950, level=1)
    t.row("Hyresintäkter", 7644, 7720, 7905, 7985, 8065, level=1)
    t.row("Övriga verksamhetsintäkter", 1198, 985, 990, 1000, 1010, level=1)
    t.row(
        "Verksamhetens intäkter totalt",
        sum_of=[
            "Försäljningsintäkter",
            "Avgiftsintäkter",
            "Understöd och bidrag",
            "Hyresintäkter",
            "Övriga verksamhetsintäkter",
        ],
    )
    t.row("Tillverkning för eget bruk", 212, 180, 195, 195, 195)
    t.heading("Verksamhetens kostnader")
    t.heading("Personalkostnader", level=1)
    t.row("Löner och arvoden", -46218, -47310, -48420, -49680, -50920, level=2)
    t.heading("Lönebikostnader", level=2)
    t.row("Pensionskostnader", -9106, -9240, -9395, -9590, -9780, level=3)
    t.row("Övriga lönebikostnader", -1874, -1910, -1955, -2005, -2055, level=3)
    t.row("Köp av tjänster", -24935, -25480, -26010, -26400, -26795, level=1)
    t.row("Material, förnödenheter och varor", -8312, -8405, -8520, -8605, -8690, level=1)
    t.row("Understöd", -4187, -4150, -4110, -4090, -4090, level=1)
    t.row("Hyreskostnader", -3908, -4015, -4120, -4160, -4205, level=1)
    t.row("Övriga verksamhetskostnader", -1465, -1390, -1405, -1415, -1425, level=1)
    t.row(
        "Verksamhetens kostnader totalt",
        sum_of=[
            "Löner och arvoden",
            "Pensionskostnader",
            "Övriga lönebikostnader",
            "Köp av tjänster",
            "Material, förnödenheter och varor",
            "Understöd",
            "Hyreskostnader",
            "Övriga verksamhetskostnader",
        ],
    )
    t.row(
        "Verksamhetsbidrag",
        sum_of=["Verksamhetens intäkter totalt", "Tillverkning för eget bruk", "Verksamhetens kostnader totalt"],
    )
    t.row("Skatteinkomster", 44870, 45900, 47350, 48780, 50240)
    t.row("Statsandelar", 27316, 26850, 27480, 27760, 28035)
    t.heading("Finansiella intäkter och kostnader")
    t.row("Ränteintäkter", 184, 150, 140, 135, 130, level=1)
    t.row("Övriga finansiella intäkter", 2965, 2800, 2850, 2850, 2850, level=1)
    t.row("Räntekostnader", -1742, -1680, -1615, -1590, -1570, level=1)
    t.row("Övriga finansiella kostnader", -26, -20, -20, -20, -20, level=1)
    t.row(
        "Årsbidrag",
        sum_of=[
            "Verksamhetsbidrag",
            "Skatteinkomster",
            "Statsandelar",
            "Ränteintäkter",
            "Övriga finansiella intäkter",
            "Räntekostnader",
            "Övriga finansiella kostnader",
        ],
    )
    t.row("Avskrivningar och nedskrivningar", -8245, -8400, -8620, -8790, -8905)
    t.row("Extraordinära poster", 0, 0, 0, 0, 0)
    t.row(
        "Räkenskapsperiodens resultat", sum_of=["Årsbidrag", "Avskrivningar och nedskrivningar", "Extraordinära poster"]
    )
    t.row("Ökning (−) eller minskning (+) av avskrivningsdifferens", 118, 118, 118, 118, 118)
    t.row(
        "Räkenskapsperiodens överskott (underskott)",
        sum_of=["Räkenskapsperiodens resultat", "Ökning (−) eller minskning (+) av avskrivningsdifferens"],
    )

    c = doc.table("Finansieringsanalys", COLUMNS, unit_scale=1000)
    c.heading("Verksamhetens kassaflöde")
    c.row("Årsbidrag", *t.find("Årsbidrag")["values"], level=1)
    c.row("Extraordinära poster", 0, 0, 0, 0, 0, level=1)
    c.row("Rättelseposter till internt tillförda medel", -342, -250, -250, -250, -250, level=1)
    c.row(
        "Verksamhetens kassaflöde, netto",
        sum_of=["Årsbidrag", "Extraordinära poster", "Rättelseposter till internt tillförda medel"],
    )
    c.heading("Investeringarnas kassaflöde")
    c.row("Investeringsutgifter", -13864, -14250, -12900, -11400, -10850, level=1)
    c.row("Finansieringsandelar för investeringsutgifter", 615, 840, 420, 300, 300, level=1)
    c.row("Överlåtelseinkomster av tillgångar bland bestående aktiva", 702, 500, 450, 450, 450, level=1)
    c.row(
        "Investeringarnas kassaflöde, netto",
        sum_of=[
            "Investeringsutgifter",
            "Finansieringsandelar för investeringsutgifter",
            "Överlåtelseinkomster av tillgångar bland bestående aktiva",
        ],
    )
    c.row(
        "Verksamhetens och investeringarnas kassaflöde",
        sum_of=["Verksamhetens kassaflöde, netto", "Investeringarnas kassaflöde, netto"],
    )
    c.heading("Finansieringens kassaflöde")
    c.row("Minskning av utlåningen", 95, 90, 90, 90, 90, level=1)
    c.row("Ökning av långfristiga lån", 12000, 12500, 9500, 7000, 6000, level=1)
    c.row("Minskning av långfristiga lån", -8315, -8600, -8850, -9000, -9050, level=1)
    c.row("Förändring av kortfristiga lån", -1500, 0, 0, 0, 0, level=1)
    c.row("Övriga förändringar av likviditeten", 437, 0, 0, 0, 0, level=1)
    c.row(
        "Finansieringens kassaflöde, netto",
        sum_of=[
            "Minskning av utlåningen",
            "Ökning av långfristiga lån",
            "Minskning av långfristiga lån",
            "Förändring av kortfristiga lån",
            "Övriga förändringar av likviditeten",
        ],
    )
    c.row(
        "Förändring av likvida medel",
        sum_of=["Verksamhetens och investeringarnas kassaflöde", "Finansieringens kassaflöde, netto"],
    )
    return doc


CSS = """@page { size: A4; margin: 2cm; @bottom-center { content: counter(page); font: 8pt "Liberation Sans" } }
body { font: 9.5pt "Liberation Sans"; }
h1 { font-size: 15pt } h2 { font-size: 12pt; break-before: page } h2.first { break-before: auto }
table { border-collapse: collapse; width: 100% }
th { border-top: 1pt solid; border-bottom: 1pt solid; text-align: right; padding: 3pt 2pt; font-weight: bold }
th:first-child { text-align: left; font-weight: normal }
td { padding: 2.1pt 2pt; text-align: right; vertical-align: bottom; white-space: nowrap }
td:first-child { text-align: left; white-space: normal }
tr.total td { border-top: 0.5pt solid; font-weight: bold } tr:last-child td { border-bottom: 1pt solid }
.l1 { padding-left: 12pt !important } .l2 { padding-left: 24pt !important } .l3 { padding-left: 36pt !important }"""


def table(t):
    out = [
        "<table><thead><tr><th>1 000 €</th>"
        + "".join(f"<th>{c['label']}</th>" for c in t.columns)
        + "</tr></thead><tbody>"
    ]
    for r in t.rows:
        total = ' class="total"' if r["fields"].get("total") else ""
        cells = "".join(f"<td>{figure(v, minus=MINUS)}</td>" for v in r["values"])
        out.append(f'<tr{total}><td class="l{r["level"]}">{escape(r["label"])}</td>{cells}</tr>')
    return "".join(out) + "</tbody></table>"


def typeset(doc, path):
    body = [
        "<h1>Jakobstad: kalkyler för planperioden</h1>",
        "<p>Kalkylerna bygger på inkomstskattesatsen 9,4 procent. Skatteinkomsterna väntas öka med 3,2 procent år 2026. "
        "Staden hade 19 170 invånare vid utgången av år 2024.</p>",
        '<h2 class="first">Resultaträkning</h2>',
        table(doc.tables[0]),
        "<h2>Finansieringsanalys</h2>",
        "<p>Lånestocken är högst år 2026. Amorteringarna överstiger de nya lånen från och med 2027.</p>",
        table(doc.tables[1]),
    ]
    doc.tables[0].extra["find"] = "Staden hade"
    doc.tables[1].extra["find"] = "Lånestocken är"
    return run.weasyprint(
        f'<html lang="sv"><head><title>{doc.document["title"]}</title><style>{CSS}</style></head><body>{"".join(body)}</body></html>',
        path,
    )
