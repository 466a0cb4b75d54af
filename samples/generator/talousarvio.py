"""A Finnish budget in LibreOffice Calc, with cells that the spreadsheet formats itself."""

from xml.sax.saxutils import escape

import typeset as run
from model import Document, col

WHY = (
    "LibreOffice Calc, Finnish. Heads TP/TA/TA + muutokset/TS, numeric cells formatted by the Finnish locale, "
    "memo rows (joista ...), one total that is a stale copy of the column beside it, a second sheet with key figures: counts, percent and euro per inhabitant."
)

COLUMNS = [
    col("TP 2024", "actual", 2024),
    col("TA 2025", "budget", 2025),
    col("TA + muutokset 2025", "amended_budget", 2025, ["TA + muutokset", "2025"]),
    col("TA 2026", "budget", 2026),
    col("TS 2027", "plan", 2027),
    col("TS 2028", "plan", 2028),
]
KEY_COLUMNS = [COLUMNS[0], COLUMNS[1], COLUMNS[3], COLUMNS[4], COLUMNS[5]]


def document():
    doc = Document("talousarvio-libreoffice-calc", "fi", "Sipoo", "Talousarvio 2026, tekninen valiokunta", WHY)
    t = doc.table("Tekninen valiokunta", COLUMNS)
    t.row("Myyntituotot", 3204815, 3310000, 3310000, 3402000, 3436000, 3470400)
    t.row("Maksutuotot", 412630, 405000, 405000, 431000, 435300, 439700)
    t.row("Tuet ja avustukset", 38204, 25000, 61000, 40000, 25000, 25000)
    t.row("Vuokratuotot", 8715442, 8902000, 8902000, 9125000, 9216300, 9308400)
    t.row("Muut toimintatuotot", 296107, 240000, 240000, 252000, 252000, 252000)
    t.row(
        "Toimintatuotot",
        sum_of=["Myyntituotot", "Maksutuotot", "Tuet ja avustukset", "Vuokratuotot", "Muut toimintatuotot"],
    )
    t.row("joista sisäiset", 10418226, 10655000, 10655000, 10940000, 11049400, 11159900, memo=True)
    t.row("Valmistus omaan käyttöön", 184350, 200000, 200000, 210000, 210000, 210000)
    t.row("Henkilöstökulut", -6482911, -6710000, -6745000, -6868000, -7032800, -7201600)
    t.row("Palvelujen ostot", -5916274, -5840000, -6120000, -6090000, -6150900, -6212400)
    t.row("Aineet, tarvikkeet ja tavarat", -4288530, -4350000, -4350000, -4275000, -4317800, -4361000)
    t.row("Avustukset", -114500, -120000, -120000, -125000, -125000, -125000)
    t.row("Vuokrakulut", -702418, -715000, -715000, -728000, -735300, -742700)
    t.row("Muut toimintakulut", -168937, -150000, -150000, -152000, -153500, -155000)
    t.row(
        "Toimintakulut",
        sum_of=[
            "Henkilöstökulut",
            "Palvelujen ostot",
            "Aineet, tarvikkeet ja tavarat",
            "Avustukset",
            "Vuokrakulut",
            "Muut toimintakulut",
        ],
        misprint={2: -17885000},
    )
    t.row(
        "joista sisäiset", -1286405, -1310000, -1310000, -1335000, -1348400, -1361900, key="sisäiset kulut", memo=True
    )
    t.row("Toimintakate", sum_of=["Toimintatuotot", "Valmistus omaan käyttöön", "Toimintakulut"])
    t.row("Poistot ja arvonalentumiset", -4715208, -4950000, -4950000, -5120000, -5380000, -5465000)
    t.row("Tilikauden tulos", sum_of=["Toimintakate", "Poistot ja arvonalentumiset"])
    k = doc.table("Tunnusluvut", KEY_COLUMNS)
    k.row("Asukasluku 31.12.", 22508, 22790, 23050, 23310, 23570, unit="count")
    k.row("Henkilöstö, htv", "118.4", "121.0", "122.5", "122.5", "122.5", unit="persons")
    k.row("Huollettava kerrosala, m²", 148620, 149100, 156800, 156800, 161200, unit="count")
    k.row("Lämmitys, €/m²", "11.82", "12.10", "11.65", "11.75", "11.85", unit="eur_per_unit")
    k.row("Nettokulut, €/asukas", 31, 45, 15, 20, 28, unit="eur_per_capita")
    k.row("Sisäisten tuottojen osuus, %", "82.3", "82.7", "82.6", "82.7", "82.7", unit="percent")
    return doc


STYLES = """<number:number-style number:language="fi" number:country="FI" style:name="N0"><number:number number:decimal-places="0" number:min-integer-digits="1" number:grouping="true"/></number:number-style>
<number:number-style number:language="fi" number:country="FI" style:name="N1"><number:number number:decimal-places="1" number:min-decimal-places="1" number:min-integer-digits="1" number:grouping="true"/></number:number-style>
<number:number-style number:language="fi" number:country="FI" style:name="N2"><number:number number:decimal-places="2" number:min-decimal-places="2" number:min-integer-digits="1" number:grouping="true"/></number:number-style>
<style:style style:name="Title" style:family="table-cell"><style:text-properties style:font-name="Liberation Sans" fo:font-size="14pt" fo:font-weight="bold"/></style:style>
<style:style style:name="Text" style:family="table-cell"><style:text-properties style:font-name="Liberation Sans" fo:font-size="9pt"/></style:style>
<style:style style:name="Bold" style:family="table-cell"><style:table-cell-properties fo:border-top="0.5pt solid #000000"/><style:text-properties style:font-name="Liberation Sans" fo:font-size="9pt" fo:font-weight="bold"/></style:style>
<style:style style:name="Head" style:family="table-cell"><style:table-cell-properties fo:background-color="#d9e2d0" fo:border-bottom="0.75pt solid #000000" fo:wrap-option="wrap" style:vertical-align="bottom"/><style:paragraph-properties fo:text-align="end"/><style:text-properties style:font-name="Liberation Sans" fo:font-size="9pt" fo:font-weight="bold"/></style:style>
<style:style style:name="co0" style:family="table-column"><style:table-column-properties style:column-width="5.4cm"/></style:style>
<style:style style:name="co1" style:family="table-column"><style:table-column-properties style:column-width="2.45cm"/></style:style>
<style:style style:name="ta1" style:family="table" style:master-page-name="Sheet"><style:table-properties/></style:style>"""
CELL = """<style:style style:name="%s%d" style:family="table-cell" style:data-style-name="N%d"><style:table-cell-properties%s/><style:text-properties style:font-name="Liberation Sans" fo:font-size="9pt"%s/></style:style>"""
STYLES += "".join(
    CELL
    % (
        ("Text", d, d, "", "")
        if s == "Text"
        else ("Bold", d, d, ' fo:border-top="0.5pt solid #000000"', ' fo:font-weight="bold"')
    )
    for s in ("Text", "Bold")
    for d in range(3)
)
PAGE = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.spreadsheet">
<office:font-face-decls><style:font-face style:name="Liberation Sans" svg:font-family="'Liberation Sans'"/></office:font-face-decls>
<office:styles><style:default-style style:family="table-cell"><style:text-properties fo:language="fi" fo:country="FI"/></style:default-style></office:styles>
<office:automatic-styles>%s<style:page-layout style:name="A4"><style:page-layout-properties fo:page-width="29.7cm" fo:page-height="21cm" style:print-orientation="landscape" fo:margin="2cm"/><style:header-style/><style:footer-style/></style:page-layout></office:automatic-styles>
<office:master-styles><style:master-page style:name="Sheet" style:page-layout-name="A4"><style:header style:display="false"/><style:footer><text:p>Sivu <text:page-number>1</text:page-number></text:p></style:footer></style:master-page></office:master-styles>
<office:body><office:spreadsheet>%s</office:spreadsheet></office:body></office:document>"""


def text(style, value):
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in ([value] if isinstance(value, str) else value))
    return f'<table:table-cell table:style-name="{style}" office:value-type="string">{lines}</table:table-cell>'


def number(style, value):
    if value is None:
        return f'<table:table-cell table:style-name="{style}"/>'
    places = max(0, -value.as_tuple().exponent)
    return f'<table:table-cell table:style-name="{style}{places}" office:value-type="float" office:value="{value}"/>'


def sheet(t, intro):
    rows = [text("Title", t.title), text("Text", intro), text("Text", "")]
    rows.append(
        text("Head", "€" if t.title != "Tunnusluvut" else "") + "".join(text("Head", c["head"]) for c in t.columns)
    )
    for r in t.rows:
        style = "Bold" if r["fields"].get("total") else "Text"
        label = ("   " if r["fields"].get("memo") else "") + r["label"]
        rows.append(text(style, label) + "".join(number(style, v) for v in r["values"]))
    columns = '<table:table-column table:style-name="co0"/>' + '<table:table-column table:style-name="co1"/>' * len(
        t.columns
    )
    return (
        f'<table:table table:name="{t.title}" table:style-name="ta1">{columns}'
        + "".join(f"<table:table-row>{r}</table:table-row>" for r in rows)
        + "</table:table>"
    )


def typeset(doc, path):
    body = sheet(doc.tables[0], "Sipoon kunta, talousarvio 2026. Luvut sisältävät sisäiset erät.")
    body += sheet(doc.tables[1], "Kunnan väkiluvun oletetaan kasvavan 260 asukkaalla vuodessa.")
    doc.tables[1].extra["find"] = "Kunnan väkiluvun"
    return run.libreoffice(PAGE % (STYLES, body), path, "fods")
