"""One long operating budget over three pages, printed from HTML by Chromium."""

from html import escape

import typeset as run
from model import Document, change, change_percent, col, figure

WHY = (
    "Chromium (HTML printed to PDF). One table over three pages with its head repeated; the rows Intäkter, Kostnader and Netto "
    "come back under every section heading; a change column in euro and one in percent; bands of fill instead of rules; two digits swapped in one Netto."
)

COLUMNS = [
    col("Bokslut 2024", "actual", 2024, ["Bokslut", "2024"]),
    col("Budget 2025", "budget", 2025, ["Budget", "2025"]),
    col("Budget 2026", "budget", 2026, ["Budget", "2026"]),
    dict(col("Ändring €", "other", None, ["Ändring", "€"]), derive=change(2, 1)),
    dict(col("Ändring %", "other", None, ["Ändring", "%"], unit="percent"), derive=change_percent(2, 1)),
]

AREAS = [
    ("Kommunfullmäktige", (0, 0, 0), (-148206, -155000, -151500)),
    ("Kommunstyrelsen", (21480, 18000, 18000), (-612944, -640300, -652100)),
    ("Val", (38112, 0, 0), (-45870, -12000, 0)),
    ("Revision", (0, 0, 0), (-31455, -33000, -34000)),
    ("Ekonomi och personal", (164308, 158000, 171500), (-1284610, -1342000, -1398700)),
    ("Datateknik", (402776, 415000, 428000), (-1106329, -1168500, -1215000)),
    ("Sysselsättning", (58214, 310000, 342000), (-1733085, -2418000, -2504600)),
    ("Näringsliv och turism", (12650, 10000, 10000), (-486203, -495500, -478200)),
    ("Landsbygd och avbytare", (912440, 930000, 945000), (-1027318, -1049000, -1066200)),
    ("Småbarnspedagogik", (1104882, 1020000, 968000), (-12876430, -13240000, -13118500)),
    ("Grundskolor", (876315, 702000, 684500), (-21934808, -22680500, -23241000)),
    ("Gymnasiet", (142096, 138000, 140500), (-2318745, -2376000, -2441900)),
    ("Medborgarinstitutet", (318227, 325000, 331000), (-884516, -902500, -917800)),
    ("Biblioteken", (41936, 38500, 39000), (-1126904, -1158000, -1172300)),
    ("Kultur", (96408, 88000, 91500), (-702331, -715000, -722400)),
    ("Ungdom", (23174, 20000, 20500), (-418862, -431000, -436600)),
    ("Idrott", (287345, 296000, 301500), (-1498217, -1532000, -1566800)),
    ("Planläggning och mätning", (416208, 380000, 402000), (-987440, -1016500, -1024000)),
    ("Byggnadstillsyn", (288961, 302500, 315000), (-366725, -381000, -389500)),
    ("Miljövård", (64320, 61000, 62500), (-298104, -307500, -312000)),
    ("Vägar och allmänna områden", (88477, 82000, 84000), (-2645918, -2710000, -2788500)),
    ("Fastigheter", (9842306, 10120000, 10388000), (-8415277, -8602000, -8754500)),
    ("Kosthåll", (3105628, 3190000, 3248500), (-3088914, -3172000, -3230500)),
    ("Städning", (1988206, 2045000, 2091000), (-1975530, -2031000, -2077500)),
    ("Räddning och beredskap", (0, 0, 5000), (-54218, -68500, -112000)),
]


def document():
    doc = Document(
        "driftsekonomi-chromium", "sv", "Korsholm", "Driftsekonomidelen per uppgiftsområde, budget 2026", WHY
    )
    t = doc.table("Driftsekonomidelen per uppgiftsområde", COLUMNS)

    def three(area, income, costs, **fields):
        t.heading(area)
        names = {n: f"{area}/{n}" for n in ("Intäkter", "Kostnader", "Netto")}
        alt = lambda n: [f"{area} {n}", f"{area} / {n}", f"{area}: {n}", f"{area} – {n}"]
        t.row("Intäkter", *income, None, None, key=names["Intäkter"], labels_alt=alt("Intäkter"), **fields)
        t.row("Kostnader", *costs, None, None, key=names["Kostnader"], labels_alt=alt("Kostnader"), **fields)
        t.row(
            "Netto",
            key=names["Netto"],
            sum_of=[names["Intäkter"], names["Kostnader"]],
            labels_alt=alt("Netto"),
            misprint={2: -603900} if area == "Kultur" else None,
        )

    for area in AREAS:
        three(*area)
    t.heading("Driftsekonomin totalt")
    for n in ("Intäkter", "Kostnader"):
        t.row(
            n,
            key="Totalt/" + n,
            sum_of=[f"{a[0]}/{n}" for a in AREAS],
            labels_alt=[f"Driftsekonomin totalt {n}", f"Driftsekonomin totalt / {n}"],
        )
    t.row(
        "Netto",
        key="Totalt/Netto",
        sum_of=["Totalt/Intäkter", "Totalt/Kostnader"],
        labels_alt=["Driftsekonomin totalt Netto", "Driftsekonomin totalt / Netto"],
    )
    return doc


CSS = """@page { size: A4; margin: 18mm 20mm }
body { font: 10pt "Liberation Sans", sans-serif; margin: 0 } h1 { font-size: 16pt }
table { border-collapse: collapse; width: 100% } thead { display: table-header-group } tr { break-inside: avoid }
th { background: #1f4e79; color: #fff; text-align: right; padding: 4px 6px } th:first-child { text-align: left }
td { text-align: right; padding: 3px 6px; white-space: nowrap } td:first-child { text-align: left; padding-left: 18px }
tr.area td { background: #dbe5f0; font-weight: bold; padding-left: 6px; break-after: avoid } tr.net td { font-weight: bold; border-bottom: 1px solid #9db2c9 }"""


def typeset(doc, path):
    t = doc.tables[0]
    rows = []
    for r in t.rows:
        if r["fields"].get("heading"):
            rows.append(f'<tr class="area"><td colspan="6">{escape(r["label"])}</td></tr>')
            continue
        kind = ' class="net"' if r["label"] == "Netto" else ""
        cells = [
            figure(v, decimals=1) + "\u00a0%" if c["unit"] and v is not None else figure(v)
            for c, v in zip(t.columns, r["values"])
        ]
        rows.append(f"<tr{kind}><td>{r['label']}</td>" + "".join(f"<td>{c}</td>" for c in cells) + "</tr>")
    head = "<th>Uppgiftsområde</th>" + "".join("<th>" + "<br>".join(c["head"]) + "</th>" for c in t.columns)
    return run.chromium(
        f'<!doctype html><html lang="sv"><meta charset="utf-8"><title>{doc.document["title"]}</title><style>{CSS}</style>'
        f"<h1>{t.title}</h1><p>Korsholms kommun, budget 2026. Beloppen är i euro och innehåller interna poster. "
        "Anslagen är bindande på nivån Netto. En ändring med minus betyder att nettot försvagas.</p>"
        f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table></html>",
        path,
    )
