"""The statements of a municipality, each as a table with Swedish and Finnish labels."""
from decimal import Decimal

from build import Builder
from names import PROJECTS, UNITS

INCOME = [("sales", "Försäljningsintäkter", "Myyntituotot", 0.42), ("fees", "Avgiftsintäkter", "Maksutuotot", 0.25),
          ("grants", "Understöd och bidrag", "Tuet ja avustukset", 0.13), ("rents", "Hyresintäkter", "Vuokratuotot", 0.16),
          ("other-income", "Övriga verksamhetsintäkter", "Muut toimintatuotot", 0.04)]
COSTS = [("personnel", "Personalkostnader", "Henkilöstökulut", 0.55), ("services", "Köp av tjänster", "Palvelujen ostot", 0.25),
         ("material", "Material, förnödenheter och varor", "Aineet, tarvikkeet ja tavarat", 0.09), ("given", "Understöd", "Avustukset", 0.04),
         ("leases", "Hyreskostnader", "Vuokrakulut", 0.05), ("other-costs", "Övriga verksamhetskostnader", "Muut toimintakulut", 0.02)]
ACCOUNTS = {"sales": "3000", "fees": "3200", "grants": "3300", "rents": "3400", "other-income": "3500", "personnel": "4000", "services": "4300",
            "material": "4500", "given": "4700", "leases": "4800", "other-costs": "4900"}


def operating(ctx, columns, unit=None, share=None, cover=None):
    """Income, costs and margin of one unit."""
    rng = ctx.rng
    size = ctx.people * 4200 * (share or 0.05)
    b = ctx.builder(columns)
    income, costs = size * (cover if cover is not None else 0.15), size
    chosen = [r for r in INCOME if r[0] in ("sales", "other-income") or rng.random() < 0.7]
    parts = sum(r[3] for r in chosen)
    separate = rng.random() < 0.3       # headings above the items
    if separate:
        b.heading("Verksamhetens intäkter", "Toimintatuotot")
    for key, sv, fi, part in chosen:
        b.item(key, sv, fi, income * part / parts * rng.uniform(0.5, 1.5), sparse=0.12, code=ACCOUNTS[key])
    tail = rng.choice([(" sammanlagt", " yhteensä"), (" sammanlagt", " yhteensä"), ("", "")]) if separate else ("", "")
    b.total("income", "Verksamhetens intäkter" + tail[0], "Toimintatuotot" + tail[1], [r[0] for r in chosen])
    if ctx.style.content == "external" or rng.random() < 0.15:
        b.memo("internal", "varav interna", "joista sisäiset", "income", 0.35)
    own = rng.random() < 0.25
    if own:
        b.item("own", "Tillverkning för eget bruk", "Valmistus omaan käyttöön", size * 0.01, level=0, sparse=0.5)
    if separate:
        b.heading("Verksamhetens kostnader", "Toimintakulut")
    chosen = [r for r in COSTS if r[0] in ("personnel", "services", "material") or rng.random() < 0.7]
    parts = sum(r[3] for r in chosen)
    terms = []
    for key, sv, fi, part in chosen:
        if key == "personnel" and rng.random() < 0.2:
            for k, s, f, p in (("wages", "Löner och arvoden", "Palkat ja palkkiot", 0.8), ("pensions", "Pensionskostnader", "Eläkekulut", 0.16),
                               ("social", "Övriga lönebikostnader", "Muut henkilösivukulut", 0.04)):
                b.item(k, s, f, -costs * part / parts * p, level=2, code=ACCOUNTS[key])
                terms.append(k)
            continue
        b.item(key, sv, fi, -costs * part / parts * rng.uniform(0.8, 1.2), sparse=0.05 if part < 0.06 else 0, code=ACCOUNTS[key])
        terms.append(key)
    b.total("costs", "Verksamhetens kostnader" + tail[0], "Toimintakulut" + tail[1], terms, cost=True)
    b.total("net", "Verksamhetsbidrag", "Toimintakate", ["income"] + (["own"] if own else []) + ["costs"])
    if rng.random() < 0.6:
        b.item("depreciation", "Avskrivningar och nedskrivningar", "Poistot ja arvonalentumiset", -size * 0.05, level=0, sparse=0.1)
        if rng.random() < 0.4:
            b.total("result", "Räkenskapsperiodens resultat", "Tilikauden tulos", ["net", "depreciation"])
    return ctx.table(unit, columns, b, "operating")


def short_operating(ctx, columns, unit=None, share=None, cover=None):
    """Only the sums of one unit."""
    size = ctx.people * 4200 * (share or 0.05)
    b = ctx.builder(columns)
    b.item("income", "Verksamhetens intäkter", "Toimintatuotot", size * (cover or 0.1), level=0)
    b.item("costs", "Verksamhetens kostnader", "Toimintakulut", -size, level=0)
    b.total("net", "Verksamhetsbidrag, externt" if ctx.rng.random() < 0.4 else "Verksamhetsbidrag", "Toimintakate", ["income", "costs"])
    b.item("depreciation", "Avskrivningar och nedskrivningar", "Poistot ja arvonalentumiset", -size * 0.03, level=0)
    return ctx.table(unit, columns, b, "operating")


def summary(ctx, columns, tables):
    """The units of a document added up."""
    b = ctx.builder(columns)

    def added(key):
        rows = [r for t in tables for r in t.rows if r.key == key]
        return [None if c.derive else sum((r.real[i] or Decimal(0) for r in rows), Decimal(0)) for i, c in enumerate(columns)]
    b.copy("income", "Verksamhetens intäkter", "Toimintatuotot", added("income"), 0)
    own = any(r.key == "own" for t in tables for r in t.rows)
    if own:
        b.copy("own", "Tillverkning för eget bruk", "Valmistus omaan käyttöön", added("own"), 0)
    b.copy("costs", "Verksamhetens kostnader", "Toimintakulut", added("costs"), 0, cost=True)
    b.total("net", "Verksamhetsbidrag", "Toimintakate", ["income"] + ["own"] * own + ["costs"])
    return ctx.table(("Sammandrag", "Yhteenveto"), columns, b, "operating")


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
            for k, s, f, p in (("wages", "Löner och arvoden", "Palkat ja palkkiot", 0.8), ("pensions", "Pensionskostnader", "Eläkekulut", 0.16),
                               ("social", "Övriga lönebikostnader", "Muut henkilösivukulut", 0.04)):
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
    for key, sv, fi, base in (("interest", "Ränteintäkter", "Korkotuotot", 8), ("finance", "Övriga finansiella intäkter", "Muut rahoitustuotot", 40),
                              ("interest-costs", "Räntekostnader", "Korkokulut", -55), ("finance-costs", "Övriga finansiella kostnader", "Muut rahoituskulut", -2)):
        b.item(key, sv, fi, people * base)
    b.total("margin", "Årsbidrag", "Vuosikate", ["net", "taxes", "state", "interest", "finance", "interest-costs", "finance-costs"])
    b.item("depreciation", "Avskrivningar och nedskrivningar", "Poistot ja arvonalentumiset", -people * 310, level=0)
    terms = ["margin", "depreciation"]
    if rng.random() < 0.5:
        b.item("extra", "Extraordinära poster", "Satunnaiset erät", people * 5, level=0, sparse=1)
        terms.append("extra")
    b.total("result", "Räkenskapsperiodens resultat", "Tilikauden tulos", terms)
    b.item("difference", "Ökning (-) eller minskning (+) av avskrivningsdifferens", "Poistoeron lisäys (-) tai vähennys (+)", people * 3, level=0, sparse=0.3)
    b.total("surplus", "Räkenskapsperiodens överskott (underskott)", "Tilikauden ylijäämä (alijäämä)", ["result", "difference"])
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
    b.total("operations", "Verksamhetens kassaflöde, netto", "Toiminnan rahavirta, netto", ["margin-flow", "corrections"])
    b.heading("Investeringarnas kassaflöde", "Investointien rahavirta")
    b.item("spending", "Investeringsutgifter", "Investointimenot", -people * 640, noise=0.2)
    b.item("shares", "Finansieringsandelar för investeringsutgifter", "Rahoitusosuudet investointimenoihin", people * 30, sparse=0.3)
    b.item("sold", "Överlåtelseinkomster av tillgångar bland bestående aktiva", "Pysyvien vastaavien hyödykkeiden luovutustulot", people * 35)
    b.total("investments", "Investeringarnas kassaflöde, netto", "Investointien rahavirta, netto", ["spending", "shares", "sold"])
    b.total("both", "Verksamhetens och investeringarnas kassaflöde", "Toiminnan ja investointien rahavirta", ["operations", "investments"])
    b.heading("Finansieringens kassaflöde", "Rahoituksen rahavirta")
    b.item("lending", "Förändringar i utlåningen", "Antolainauksen muutokset", people * 2, sparse=0.3)
    b.item("new", "Ökning av långfristiga lån", "Pitkäaikaisten lainojen lisäys", people * 500, noise=0.2)
    b.item("repaid", "Minskning av långfristiga lån", "Pitkäaikaisten lainojen vähennys", -people * 330)
    b.item("short", "Förändring av kortfristiga lån", "Lyhytaikaisten lainojen muutos", people * 10, sparse=0.8)
    b.item("other", "Övriga förändringar av likviditeten", "Muut maksuvalmiuden muutokset", people * 8, sparse=0.5)
    b.total("financing", "Finansieringens kassaflöde, netto", "Rahoituksen rahavirta, netto", ["lending", "new", "repaid", "short", "other"])
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
    for key, sv, fi, base in (("land", "Mark- och vattenområden", "Maa- ja vesialueet", 980), ("buildings", "Byggnader", "Rakennukset", 4100),
                              ("structures", "Fasta konstruktioner och anordningar", "Kiinteät rakenteet ja laitteet", 1900),
                              ("machines", "Maskiner och inventarier", "Koneet ja kalusto", 220),
                              ("advance", "Förskottsbetalningar och pågående nyanläggningar", "Ennakkomaksut ja keskeneräiset hankinnat", 350)):
        a.item(key, sv, fi, people * base, 2)
    a.heading("III Placeringar", "III Sijoitukset", 1)
    a.item("holdings", "Aktier och andelar", "Osakkeet ja osuudet", people * 1500, 2)
    a.item("loans-given", "Övriga lånefordringar", "Muut lainasaamiset", people * 120, 2)
    a.total("fixed", "Bestående aktiva sammanlagt", "Pysyvät vastaavat yhteensä", ["rights", "long", "land", "buildings", "structures", "machines", "advance", "holdings", "loans-given"])
    a.heading("C RÖRLIGA AKTIVA", "C VAIHTUVAT VASTAAVAT")
    a.item("stock", "Omsättningstillgångar", "Vaihto-omaisuus", people * 12, 1)
    a.item("receivables", "Kundfordringar", "Myyntisaamiset", people * 260, 1)
    a.item("accrued", "Resultatregleringar", "Siirtosaamiset", people * 140, 1)
    a.item("cash", "Kassa och bank", "Rahat ja pankkisaamiset", people * 510, 1)
    a.total("current", "Rörliga aktiva sammanlagt", "Vaihtuvat vastaavat yhteensä", ["stock", "receivables", "accrued", "cash"])
    assets = a.total("sum", "AKTIVA SAMMANLAGT", "VASTAAVAA YHTEENSÄ", ["fixed", "current"])
    p = ctx.builder(columns, positive=False)
    p.heading("A EGET KAPITAL", "A OMA PÄÄOMA")
    p.item("capital", "Grundkapital", "Peruspääoma", people * 2700, 1, growth=0, noise=0)
    result = [surplus[c.year] for c in columns] if surplus else p.series(people * 60, noise=0.4)
    older, newer = sorted(range(2), key=lambda i: columns[i].year)
    earlier = p.series(people * 1200)
    earlier[newer] = earlier[older] + result[older]
    p.copy("earlier", "Överskott (underskott) från tidigare räkenskapsperioder", "Edellisten tilikausien ylijäämä (alijäämä)", earlier)
    p.copy("result", "Räkenskapsperiodens överskott (underskott)", "Tilikauden ylijäämä (alijäämä)", result)
    p.total("equity", "Eget kapital sammanlagt", "Oma pääoma yhteensä", ["capital", "earlier", "result"])
    p.item("reserve", "Avskrivningsdifferens", "Poistoero", people * 90, 1)
    p.heading("E FRÄMMANDE KAPITAL", "E VIERAS PÄÄOMA")
    p.item("institutions", "Lån från finansiella institut och försäkringsinstitut", "Lainat rahoitus- ja vakuutuslaitoksilta", people * 3300, 1)
    p.item("suppliers", "Leverantörsskulder", "Ostovelat", people * 420, 1)
    known = [r for r in p.rows if r.kind == "item"]
    rest = [None if v is None else v - sum(r.real[i] for r in known) for i, v in enumerate(assets.real)]
    p.copy("accruals", "Resultatregleringar", "Siirtovelat", rest, 1)
    p.total("debt", "Främmande kapital sammanlagt", "Vieras pääoma yhteensä", ["institutions", "suppliers", "accruals"])
    p.total("sum", "PASSIVA SAMMANLAGT", "VASTATTAVAA YHTEENSÄ", ["equity", "reserve", "debt"])
    return [ctx.table(("AKTIVA", "VASTAAVAA"), columns, a, "balance"), ctx.table(("PASSIVA", "VASTATTAVAA"), columns, p, "balance")]


def investments(ctx, columns):
    rng = ctx.rng
    b = ctx.builder(columns, positive=False)
    sections = rng.sample(list(PROJECTS), rng.randint(3, len(PROJECTS)))
    tops = []
    for n, section in enumerate(sections, 1):
        b.heading(*section, code=f"{90 + n}")
        projects = rng.sample(PROJECTS[section], min(len(PROJECTS[section]), rng.randint(2, 5)))
        keys = []
        for m, (sv, fi) in enumerate(projects, 1):
            inflow = sv.startswith(("Försäljning", "Statsandelar"))
            key = f"{n}-{m}"
            b.item(key, sv, fi, ctx.people * rng.choice([8, 20, 45, 120]) * (1 if inflow else -1), 1, noise=0.4, sparse=0.6, code=f"{90 + n}{m:02d}", cost=False)
            keys.append(key)
        b.total(f"t{n}", section[0] + " sammanlagt", section[1] + " yhteensä", keys)
        tops.append(f"t{n}")
    b.total("investments", rng.choice(["Investeringar, netto", "Investeringar sammanlagt"]), "Investoinnit, netto", tops)
    return ctx.table(rng.choice([("Investeringsdelen", "Investointiosa"), ("Investeringar", "Investoinnit")]), columns, b, "investments")


def key_figures(ctx, columns):
    rng, people = ctx.rng, ctx.people
    b = ctx.builder(columns, positive=False)
    rows = [("Antal invånare 31.12", "Asukasluku 31.12.", people, "count", 0), ("Inkomstskattesats, %", "Tuloveroprosentti, %", 9.2, "percent", 1),
            ("Årsbidrag, €/invånare", "Vuosikate, €/asukas", 410, "eur_per_capita", 0), ("Lånestock, €/invånare", "Lainakanta, €/asukas", 3300, "eur_per_capita", 0),
            ("Relativ skuldsättningsgrad, %", "Suhteellinen velkaantuneisuus, %", 62.5, "percent", 1), ("Soliditetsgrad, %", "Omavaraisuusaste, %", 51.2, "percent", 1),
            ("Antal elever i grundläggande utbildning", "Perusopetuksen oppilasmäärä", people * 0.11, "count", 0),
            ("Antal barn i småbarnspedagogik", "Lasten määrä varhaiskasvatuksessa", people * 0.045, "count", 0),
            ("Biblioteksutlåning per invånare", "Kirjastolainat asukasta kohti", 11.4, "count", 1), ("Arbetslöshetsgrad, %", "Työttömyysaste, %", 7.1, "percent", 1),
            ("Verksamhetskostnader, €/elev", "Toimintakulut, €/oppilas", 11250, "eur_per_capita", 0)]
    for n, i in enumerate(sorted(rng.sample(range(len(rows)), rng.randint(5, 9)))):
        sv, fi, base, unit, decimals = rows[i]
        b.measure(f"k{n}", sv, fi, base, unit, decimals)
    return ctx.table(("Nyckeltal", "Tunnusluvut"), columns, b, "key_figures", scale=1)


def personnel(ctx, columns):
    rng = ctx.rng
    b = ctx.builder(columns, positive=False)
    units = rng.sample(UNITS, rng.randint(5, 9))
    keys = []
    decimals = rng.choice([1, 1, 2, 0])
    for n, (sv, fi, share, _) in enumerate(units):
        row = b.measure(f"u{n}", sv, fi, ctx.people * 0.045 * share + 1.5, "persons", decimals, grain=Decimal("0.5") if decimals else None)
        row.code = f"{n + 1:02d}"
        keys.append(f"u{n}")
    total = b.total("sum", "Personal sammanlagt", "Henkilöstö yhteensä", keys)
    total.unit, total.decimals = "persons", decimals
    return ctx.table(rng.choice([("Personal, årsverken", "Henkilöstö, henkilötyövuodet"), ("Antal årsverken", "Henkilötyövuodet")]), columns, b, "personnel", scale=1)


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
    return ctx.table(("Skatteinkomster och statsandelar", "Verotulot ja valtionosuudet"), columns, b, "income_statement")


def by_area(ctx, columns, count=None):
    """Income, costs and net of many areas: the same three labels under every heading."""
    rng = ctx.rng
    b = ctx.builder(columns)
    units = rng.sample(UNITS, count or rng.randint(7, 16))
    words = rng.choice([("Intäkter", "Tuotot", "Kostnader", "Kulut", "Netto", "Netto"), ("Verksamhetsintäkter", "Toimintatuotot", "Verksamhetskostnader", "Toimintakulut", "Verksamhetsbidrag", "Toimintakate")])
    for n, (sv, fi, share, cover) in enumerate(units):
        code = f"{10 + n // 4}.{n % 4 + 1:02d}"
        b.heading(sv, fi, code=code)
        size = ctx.people * 4200 * share
        b.item(f"i{n}", words[0], words[1], size * cover, 1, section=(sv, fi))
        b.item(f"c{n}", words[2], words[3], -size, 1, section=(sv, fi))
        b.total(f"n{n}", words[4], words[5], [f"i{n}", f"c{n}"], 1, section=(sv, fi))
    both = ("Driftsekonomin sammanlagt", "Käyttötalous yhteensä")
    b.heading(*both)
    b.total("income", words[0], words[1], [f"i{n}" for n in range(len(units))], 1, section=both)
    b.total("costs", words[2], words[3], [f"c{n}" for n in range(len(units))], 1, cost=True, section=both)
    b.total("net", words[4], words[5], ["income", "costs"], 1, section=both)
    return ctx.table(("Driftsekonomidelen per uppgiftsområde", "Käyttötalousosa tehtäväalueittain"), columns, b, "operating")


def net_by_unit(ctx, columns):
    """The margin of every unit, one row each, grouped by committee."""
    rng = ctx.rng
    b = ctx.builder(columns, positive=False)
    committees = [("Stadsstyrelsen", "Kaupunginhallitus"), ("Bildningsnämnden", "Sivistyslautakunta"), ("Tekniska nämnden", "Tekninen lautakunta")]
    units = rng.sample(UNITS, 12)
    tops = []
    for c, committee in enumerate(committees):
        keys = []
        b.heading(*committee, code=f"{11 + c}")
        for n, (sv, fi, share, cover) in enumerate(units[c * 4:c * 4 + 4]):
            key = f"{c}-{n}"
            b.item(key, sv, fi, -ctx.people * 4200 * share * max(0.05, 1 - cover), 1, code=f"{11 + c}.{n + 1:02d}.{rng.randint(1, 9):02d}")
            keys.append(key)
        b.total(f"t{c}", committee[0] + " sammanlagt", committee[1] + " yhteensä", keys, cost=True)
        tops.append(f"t{c}")
    b.total("net", "Verksamhetsbidrag sammanlagt", "Toimintakate yhteensä", tops, cost=True)
    return ctx.table(("Verksamhetsbidrag per enhet", "Toimintakate yksiköittäin"), columns, b, "operating")


def loans(ctx, columns):
    b = ctx.builder(columns, positive=False)
    b.item("new", "Nya lån", "Uudet lainat", ctx.people * 480, 0, noise=0.3, sparse=0.3)
    b.item("repaid", "Amorteringar", "Lyhennykset", -ctx.people * 320, 0)
    b.total("sum", "Förändring av lånestocken", "Lainakannan muutos", ["new", "repaid"])
    b.item("interest", "Räntor", "Korot", -ctx.people * 60, 0)
    return ctx.table(("Lån", "Lainat"), columns, b, "cash_flow")
