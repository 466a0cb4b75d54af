"""A balance sheet in ReportLab: portrait pages with a landscape page between them."""

from reportlab import __version__ as version
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen import canvas

from model import Document, change, col, figure

WHY = (
    "ReportLab. Balance sheet AKTIVA and PASSIVA with lettered sections on portrait pages, a landscape page with a table of eight "
    "columns between them; running heads, page numbers, a note line under the table; assets and liabilities agree."
)

FONTS = "/usr/share/fonts/truetype/dejavu/DejaVuSans%s.ttf"
BALANCE = [col("31.12.2024", "actual", 2024), col("31.12.2023", "actual", 2023)]
LOANS = [
    col("Bokslut 2022", "actual", 2022, ["Bokslut", "2022"]),
    col("Bokslut 2023", "actual", 2023, ["Bokslut", "2023"]),
    col("Bokslut 2024", "actual", 2024, ["Bokslut", "2024"]),
    col("Prognos 2025", "forecast", 2025, ["Prognos", "2025"]),
    col("Budget 2026", "budget", 2026, ["Budget", "2026"]),
    col("Plan 2027", "plan", 2027, ["Plan", "2027"]),
    col("Plan 2028", "plan", 2028, ["Plan", "2028"]),
    dict(col("Förändring 2024–2026", "other", None, ["Förändring", "2024–2026"]), derive=change(4, 2)),
]


def document():
    doc = Document("balansrakning-reportlab", "sv", "Pargas", "Balansräkning 31.12.2024", WHY)
    a = doc.table("AKTIVA", BALANCE)
    a.heading("A BESTÅENDE AKTIVA")
    a.heading("I Immateriella tillgångar", level=1)
    a.row("Immateriella rättigheter", "412806.14", "388240.55", level=2)
    a.row("Övriga utgifter med lång verkningstid", "1206418.90", "1318977.02", level=2)
    a.heading("II Materiella tillgångar", level=1)
    a.row("Mark- och vattenområden", "14820633.71", "14506120.18", level=2)
    a.row("Byggnader", "61377204.36", "59844918.40", level=2)
    a.row("Fasta konstruktioner och anordningar", "28114590.02", "27930446.65", level=2)
    a.row("Maskiner och inventarier", "3306712.48", "3518204.93", level=2)
    a.row("Förskottsbetalningar och pågående nyanläggningar", "5218340.77", "4066815.31", level=2)
    a.heading("III Placeringar", level=1)
    a.row("Aktier och andelar", "22640118.25", "22418003.75", level=2)
    a.row("Övriga lånefordringar", "1845000.00", "1930000.00", level=2)
    fixed = [r["key"] for r in a.rows if r["values"][0] is not None]
    a.row("Bestående aktiva sammanlagt", sum_of=fixed)
    a.heading("B FÖRVALTADE MEDEL")
    a.row("Donationsfondernas särskilda täckning", "318204.60", "305117.42", level=2)
    a.heading("C RÖRLIGA AKTIVA")
    a.row("Omsättningstillgångar", "186440.12", "201358.77", level=2)
    a.row("Kundfordringar", "3912077.85", "4120663.09", level=2)
    a.row("Resultatregleringar", "2204816.33", "1988402.16", level=2)
    a.row("Kassa och bank", "7715902.44", "6820145.58", level=2)
    a.row(
        "Rörliga aktiva sammanlagt",
        sum_of=["Omsättningstillgångar", "Kundfordringar", "Resultatregleringar", "Kassa och bank"],
    )
    a.row(
        "AKTIVA SAMMANLAGT",
        sum_of=["Bestående aktiva sammanlagt", "Donationsfondernas särskilda täckning", "Rörliga aktiva sammanlagt"],
    )

    loans = doc.table("Lånestock och räntor", LOANS)
    loans.row("Lånestock 1.1", 52380000, 54916000, 56204000, 58112000, 60940000, 64180000, 65830000, None)
    loans.row("Nya lån", 7500000, 6500000, 7200000, 8000000, 8500000, 7000000, 5000000, None)
    loans.row("Amorteringar", -4964000, -5212000, -5292000, -5172000, -5260000, -5350000, -5480000, None)
    loans.row("Lånestock 31.12", sum_of=["Lånestock 1.1", "Nya lån", "Amorteringar"])
    loans.row("Räntor", -612804, -1388215, -1704330, -1655000, -1590000, -1610000, -1640000, None)

    p = doc.table("PASSIVA", BALANCE)
    p.heading("A EGET KAPITAL")
    p.row("Grundkapital", "58118400.00", "58118400.00", level=2)
    p.row("Uppskrivningsfond", "1860322.18", "1860322.18", level=2)
    p.row("Överskott (underskott) från tidigare räkenskapsperioder", "18406277.50", "17219064.33", level=2)
    p.row("Räkenskapsperiodens överskott (underskott)", "-486213.07", "1187213.17", level=2)
    p.row("Eget kapital sammanlagt", sum_of=[r["key"] for r in p.rows[1:]])
    p.heading("B AVSKRIVNINGSDIFFERENS OCH FRIVILLIGA RESERVER")
    p.row("Avskrivningsdifferens", "2745118.09", "2860471.41", level=2)
    p.heading("C AVSÄTTNINGAR")
    p.row("Övriga avsättningar", "350000.00", "410000.00", level=2)
    p.heading("D FÖRVALTAT KAPITAL")
    p.row("Donationsfondernas kapital", "318204.60", "305117.42", level=2)
    p.heading("E FRÄMMANDE KAPITAL")
    p.heading("I Långfristigt", level=1)
    p.row("Lån från finansiella institut och försäkringsinstitut", "53260000.00", "51370000.00", level=2)
    p.heading("II Kortfristigt", level=1)
    p.row("Nästa års amorteringar", "4852000.00", "4834000.00", level=2)
    p.row("Leverantörsskulder", "6114808.27", "5980226.04", level=2)
    known = [r for r in p.rows if r["values"][0] is not None and not r["fields"].get("total")]
    rest = [x - sum(r["values"][i] for r in known) for i, x in enumerate(a.find("AKTIVA SAMMANLAGT")["values"])]
    p.row("Resultatregleringar", *rest, level=2)
    p.row(
        "Främmande kapital sammanlagt",
        sum_of=[
            "Lån från finansiella institut och försäkringsinstitut",
            "Nästa års amorteringar",
            "Leverantörsskulder",
            "Resultatregleringar",
        ],
    )
    p.row(
        "PASSIVA SAMMANLAGT",
        sum_of=[
            "Eget kapital sammanlagt",
            "Avskrivningsdifferens",
            "Övriga avsättningar",
            "Donationsfondernas kapital",
            "Främmande kapital sammanlagt",
        ],
    )
    for r in loans.rows[:-1]:
        assert r["label"] != "Lånestock 31.12" or all(
            x == y for x, y in zip(r["values"][:6], loans.rows[0]["values"][1:7])
        ), r["values"]
    assert p.find("PASSIVA SAMMANLAGT")["values"] == a.find("AKTIVA SAMMANLAGT")["values"]
    return doc


def running(c, size, page):
    c.setFont("Sans", 8)
    c.drawString(56, size[1] - 40, "Pargas stad")
    c.drawRightString(size[0] - 56, size[1] - 40, "Bokslut 2024")
    c.drawCentredString(size[0] / 2, 30, f"– {page} –")


def draw(c, t, top, left, right, width, size, step, decimals):
    y = top
    edges = [right - width * (len(t.columns) - 1 - i) for i in range(len(t.columns))]
    lines = max(len(col["head"]) for col in t.columns)
    c.setFont("Sans-Bold", size)
    for edge, column in zip(edges, t.columns):
        for n, line in enumerate(column["head"]):
            c.drawRightString(edge, y - (n + lines - len(column["head"])) * step * 0.8, line)
    y -= step * 0.8 * (lines - 1) + 5
    c.setLineWidth(0.8)
    c.line(left, y, right, y)
    for r in t.rows:
        y -= step + (2 if r["fields"].get("total") else 0)
        strong = r["fields"].get("total") or (r["fields"].get("heading") and not r["level"])
        c.setFont("Sans-Bold" if strong else "Sans", size)
        c.drawString(left + 9 * r["level"], y, r["label"])
        for edge, v in zip(edges, r["values"]):
            c.drawRightString(edge, y, figure(v, " ", decimals=decimals))
        if r["fields"].get("total"):
            c.setLineWidth(0.4)
            c.line(edges[0] - width + 12, y + size + 1.5, right, y + size + 1.5)
            y -= 5
    return y


def typeset(doc, path):
    pdfmetrics.registerFont(TTFont("Sans", FONTS % ""))
    pdfmetrics.registerFont(TTFont("Sans-Bold", FONTS % "-Bold"))
    c = canvas.Canvas(path, pagesize=A4, invariant=1, lang="sv-FI")
    c.setTitle(doc.document["title"])
    for page, (t, size, width, font, decimals) in enumerate(
        zip(doc.tables, (A4, landscape(A4), A4), (95, 73, 95), (8.5, 8.5, 8.5), (2, 0, 2)), 1
    ):
        c.setPageSize(size)
        running(c, size, page)
        c.setFont("Sans-Bold", 13)
        c.drawString(56, size[1] - 75, ("Balansräkning: " if decimals else "") + t.title)
        y = draw(c, t, size[1] - 110, 56, size[0] - 56, width, font, 15, decimals)
        c.setFont("Sans", 8)
        notes = {
            "AKTIVA": "Beloppen är i euro och cent. Värdet på 1 204 hektar skog ingår i mark- och vattenområdena.",
            "Lånestock och räntor": "Beloppen är i euro. Medelräntan var 2,9 procent år 2024; 38 procent av lånen har fast ränta.",
            "PASSIVA": "Borgensförbindelserna, 21,4 miljoner euro, ingår inte i balansräkningen.",
        }
        c.drawString(56, y - 24, notes[t.title])
        c.showPage()
    c.save()
    return "ReportLab " + version
