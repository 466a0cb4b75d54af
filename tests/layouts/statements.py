"""The statements of the whole municipality: income, cash flow, balance sheet, taxes, loans."""

from figures import COSTS, INCOME


def income_statement(ctx, columns):
    rng, people = ctx.rng, ctx.people
    b = ctx.builder(columns)
    costs, income = people * 4300.0, people * 950.0
    b.heading("Verksamhetens intäkter", "Toimintatuotot")
    for key, sv, fi, part in INCOME:
        b.item(key, sv, fi, income * part * rng.uniform(0.8, 1.2))
    b.total("income", "Verksamhetens intäkter sammanlagt", "Toimintatuotot yhteensä", [r[0] for r in INCOME])
    b.item("own", "Tillverkning för eget bruk", "Valmistus omaan käyttöön", people * 12, level=0)
    b.heading("Verksamhetens kostnader", "Toimintakulut")
    terms = []
    detailed = rng.random() < 0.5
    for key, sv, fi, part in COSTS:
        if key == "personnel" and detailed:
            b.heading(sv, fi, level=1)
            for k, s, f, p in (
                ("wages", "Löner och arvoden", "Palkat ja palkkiot", 0.8),
                ("pensions", "Pensionskostnader", "Eläkekulut", 0.16),
                ("social", "Övriga lönebikostnader", "Muut henkilösivukulut", 0.04),
            ):
                b.item(k, s, f, -costs * part * p, level=2)
                terms.append(k)
        else:
            b.item(key, sv, fi, -costs * part)
            terms.append(key)
    b.total("costs", "Verksamhetens kostnader sammanlagt", "Toimintakulut yhteensä", terms, cost=True)
    b.total("net", "Verksamhetsbidrag", "Toimintakate", ["income", "own", "costs"])
    taxes = costs - income - people * 900
    b.item("taxes", "Skatteinkomster", "Verotulot", taxes * 1.02, level=0, growth=0.025, noise=0.01)
    b.item("state", "Statsandelar", "Valtionosuudet", people * 1150, level=0, noise=0.01)
    b.heading("Finansiella intäkter och kostnader", "Rahoitustuotot ja -kulut")
    for key, sv, fi, base in (
        ("interest", "Ränteintäkter", "Korkotuotot", 8),
        ("finance", "Övriga finansiella intäkter", "Muut rahoitustuotot", 40),
        ("interest-costs", "Räntekostnader", "Korkokulut", -55),
        ("finance-costs", "Övriga finansiella kostnader", "Muut rahoituskulut", -2),
    ):
        b.item(key, sv, fi, people * base)
    b.total(
        "margin",
        "Årsbidrag",
        "Vuosikate",
        ["net", "taxes", "state", "interest", "finance", "interest-costs", "finance-costs"],
    )
    b.item("depreciation", "Avskrivningar och nedskrivningar", "Poistot ja arvonalentumiset", -people * 310, level=0)
    terms = ["margin", "depreciation"]
    if rng.random() < 0.5:
        b.item("extra", "Extraordinära poster", "Satunnaiset erät", people * 5, level=0, sparse=1)
        terms.append("extra")
    b.total("result", "Räkenskapsperiodens resultat", "Tilikauden tulos", terms)
    b.item(
        "difference",
        "Ökning (-) eller minskning (+) av avskrivningsdifferens",
        "Poistoeron lisäys (-) tai vähennys (+)",
        people * 3,
        level=0,
        sparse=0.3,
    )
    b.total(
        "surplus",
        "Räkenskapsperiodens överskott (underskott)",
        "Tilikauden ylijäämä (alijäämä)",
        ["result", "difference"],
    )
    return ctx.table(("Resultaträkning", "Tuloslaskelma"), columns, b, "income_statement")


def cash_flow(ctx, columns, margin=None):
    """`margin`: the annual margin of the income statement in the same document."""
    people = ctx.people
    b = ctx.builder(columns, positive=False)
    b.heading("Verksamhetens kassaflöde", "Toiminnan rahavirta")
    if margin:
        b.copy("margin-flow", "Årsbidrag", "Vuosikate", margin)
    else:
        b.item("margin-flow", "Årsbidrag", "Vuosikate", people * 420, noise=0.2)
    b.item("corrections", "Rättelseposter till internt tillförda medel", "Tulorahoituksen korjauserät", -people * 12)
    b.total(
        "operations", "Verksamhetens kassaflöde, netto", "Toiminnan rahavirta, netto", ["margin-flow", "corrections"]
    )
    b.heading("Investeringarnas kassaflöde", "Investointien rahavirta")
    b.item("spending", "Investeringsutgifter", "Investointimenot", -people * 640, noise=0.2)
    b.item(
        "shares",
        "Finansieringsandelar för investeringsutgifter",
        "Rahoitusosuudet investointimenoihin",
        people * 30,
        sparse=0.3,
    )
    b.item(
        "sold",
        "Överlåtelseinkomster av tillgångar bland bestående aktiva",
        "Pysyvien vastaavien hyödykkeiden luovutustulot",
        people * 35,
    )
    b.total(
        "investments",
        "Investeringarnas kassaflöde, netto",
        "Investointien rahavirta, netto",
        ["spending", "shares", "sold"],
    )
    b.total(
        "both",
        "Verksamhetens och investeringarnas kassaflöde",
        "Toiminnan ja investointien rahavirta",
        ["operations", "investments"],
    )
    b.heading("Finansieringens kassaflöde", "Rahoituksen rahavirta")
    b.item("lending", "Förändringar i utlåningen", "Antolainauksen muutokset", people * 2, sparse=0.3)
    b.item("new", "Ökning av långfristiga lån", "Pitkäaikaisten lainojen lisäys", people * 500, noise=0.2)
    b.item("repaid", "Minskning av långfristiga lån", "Pitkäaikaisten lainojen vähennys", -people * 330)
    b.item("short", "Förändring av kortfristiga lån", "Lyhytaikaisten lainojen muutos", people * 10, sparse=0.8)
    b.item("other", "Övriga förändringar av likviditeten", "Muut maksuvalmiuden muutokset", people * 8, sparse=0.5)
    b.total(
        "financing",
        "Finansieringens kassaflöde, netto",
        "Rahoituksen rahavirta, netto",
        ["lending", "new", "repaid", "short", "other"],
    )
    b.total("sum", "Förändring av likvida medel", "Rahavarojen muutos", ["both", "financing"])
    names = [("Finansieringsanalys", "Rahoituslaskelma"), ("Finansieringskalkyl", "Rahoituslaskelma")]
    return ctx.table(ctx.rng.choice(names), columns, b, "cash_flow")


def balance(ctx, columns, surplus=None):
    """Assets and liabilities, two tables that agree.  `surplus`: year -> result of the income statement."""
    people = ctx.people
    a = ctx.builder(columns, positive=False)
    a.heading("A BESTÅENDE AKTIVA", "A PYSYVÄT VASTAAVAT")
    a.heading("I Immateriella tillgångar", "I Aineettomat hyödykkeet", 1)
    a.item("rights", "Immateriella rättigheter", "Aineettomat oikeudet", people * 25, 2)
    a.item("long", "Övriga utgifter med lång verkningstid", "Muut pitkävaikutteiset menot", people * 80, 2)
    a.heading("II Materiella tillgångar", "II Aineelliset hyödykkeet", 1)
    for key, sv, fi, base in (
        ("land", "Mark- och vattenområden", "Maa- ja vesialueet", 980),
        ("buildings", "Byggnader", "Rakennukset", 4100),
        ("structures", "Fasta konstruktioner och anordningar", "Kiinteät rakenteet ja laitteet", 1900),
        ("machines", "Maskiner och inventarier", "Koneet ja kalusto", 220),
        (
            "advance",
            "Förskottsbetalningar och pågående nyanläggningar",
            "Ennakkomaksut ja keskeneräiset hankinnat",
            350,
        ),
    ):
        a.item(key, sv, fi, people * base, 2)
    a.heading("III Placeringar", "III Sijoitukset", 1)
    a.item("holdings", "Aktier och andelar", "Osakkeet ja osuudet", people * 1500, 2)
    a.item("loans-given", "Övriga lånefordringar", "Muut lainasaamiset", people * 120, 2)
    a.total(
        "fixed",
        "Bestående aktiva sammanlagt",
        "Pysyvät vastaavat yhteensä",
        ["rights", "long", "land", "buildings", "structures", "machines", "advance", "holdings", "loans-given"],
    )
    a.heading("C RÖRLIGA AKTIVA", "C VAIHTUVAT VASTAAVAT")
    a.item("stock", "Omsättningstillgångar", "Vaihto-omaisuus", people * 12, 1)
    a.item("receivables", "Kundfordringar", "Myyntisaamiset", people * 260, 1)
    a.item("accrued", "Resultatregleringar", "Siirtosaamiset", people * 140, 1)
    a.item("cash", "Kassa och bank", "Rahat ja pankkisaamiset", people * 510, 1)
    a.total(
        "current",
        "Rörliga aktiva sammanlagt",
        "Vaihtuvat vastaavat yhteensä",
        ["stock", "receivables", "accrued", "cash"],
    )
    assets = a.total("sum", "AKTIVA SAMMANLAGT", "VASTAAVAA YHTEENSÄ", ["fixed", "current"])
    p = ctx.builder(columns, positive=False)
    p.heading("A EGET KAPITAL", "A OMA PÄÄOMA")
    p.item("capital", "Grundkapital", "Peruspääoma", people * 2700, 1, growth=0, noise=0)
    result = [surplus[c.year] for c in columns] if surplus else p.series(people * 60, noise=0.4)
    older, newer = sorted(range(2), key=lambda i: columns[i].year)
    earlier = p.series(people * 1200)
    earlier[newer] = earlier[older] + result[older]
    p.copy(
        "earlier",
        "Överskott (underskott) från tidigare räkenskapsperioder",
        "Edellisten tilikausien ylijäämä (alijäämä)",
        earlier,
    )
    p.copy("result", "Räkenskapsperiodens överskott (underskott)", "Tilikauden ylijäämä (alijäämä)", result)
    p.total("equity", "Eget kapital sammanlagt", "Oma pääoma yhteensä", ["capital", "earlier", "result"])
    p.item("reserve", "Avskrivningsdifferens", "Poistoero", people * 90, 1)
    p.heading("E FRÄMMANDE KAPITAL", "E VIERAS PÄÄOMA")
    p.item(
        "institutions",
        "Lån från finansiella institut och försäkringsinstitut",
        "Lainat rahoitus- ja vakuutuslaitoksilta",
        people * 3300,
        1,
    )
    p.item("suppliers", "Leverantörsskulder", "Ostovelat", people * 420, 1)
    known = [r for r in p.rows if r.kind == "item"]
    rest = [None if v is None else v - sum(r.real[i] for r in known) for i, v in enumerate(assets.real)]
    p.copy("accruals", "Resultatregleringar", "Siirtovelat", rest, 1)
    p.total("debt", "Främmande kapital sammanlagt", "Vieras pääoma yhteensä", ["institutions", "suppliers", "accruals"])
    p.total("sum", "PASSIVA SAMMANLAGT", "VASTATTAVAA YHTEENSÄ", ["equity", "reserve", "debt"])
    return [
        ctx.table(("AKTIVA", "VASTAAVAA"), columns, a, "balance"),
        ctx.table(("PASSIVA", "VASTATTAVAA"), columns, p, "balance"),
    ]


def _rest(whole, parts):
    return [None if v is None else v - sum(p.real[i] or 0 for p in parts) for i, v in enumerate(whole)]


def taxes(ctx, columns, taxes=None, state=None):
    """`taxes`, `state`: what the income statement of the same document says."""
    people = ctx.people
    b = ctx.builder(columns, positive=False)
    b.item("t2", "Andel av samfundsskatten", "Osuus yhteisöveron tuotosta", people * 290, 0)
    b.item("t3", "Fastighetsskatt", "Kiinteistövero", people * 330, 0)
    if taxes:
        b.copy("t1", "Kommunens inkomstskatt", "Kunnan tulovero", _rest(taxes, b.rows), 0)
    else:
        b.item("t1", "Kommunens inkomstskatt", "Kunnan tulovero", people * 1900, 0)
    b.total("sum", "Skatteinkomster sammanlagt", "Verotulot yhteensä", ["t1", "t2", "t3"])
    other = b.item("s2", "Övriga statsandelar", "Muut valtionosuudet", people * 150, 0)
    if state:
        b.copy("s1", "Statsandel för basservice", "Peruspalvelujen valtionosuus", _rest(state, [other]), 0)
    else:
        b.item("s1", "Statsandel för basservice", "Peruspalvelujen valtionosuus", people * 900, 0)
    b.total("state", "Statsandelar sammanlagt", "Valtionosuudet yhteensä", ["s1", "s2"])
    return ctx.table(
        ("Skatteinkomster och statsandelar", "Verotulot ja valtionosuudet"), columns, b, "income_statement"
    )


def loans(ctx, columns):
    b = ctx.builder(columns, positive=False)
    b.item("new", "Nya lån", "Uudet lainat", ctx.people * 480, 0, noise=0.3, sparse=0.3)
    b.item("repaid", "Amorteringar", "Lyhennykset", -ctx.people * 320, 0)
    b.total("sum", "Förändring av lånestocken", "Lainakannan muutos", ["new", "repaid"])
    b.item("interest", "Räntor", "Korot", -ctx.people * 60, 0)
    return ctx.table(("Lån", "Lainat"), columns, b, "cash_flow")
