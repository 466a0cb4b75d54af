"""Tables as budget books print them per organ: sums above their parts, internal and external items, two-level heads,
projects up to the end of the plan, statements with their key figures below, pages of a unit with figures of all sorts."""

import random
from decimal import Decimal

import heads
import statements
from figures import COSTS, INCOME
from model import Row
from names import ASSOCIATIONS, ORGANS, PROJECTS, UNITS

WORDS = [
    ("Verksamhetsintäkter", "Toimintatuotot", "Verksamhetskostnader", "Toimintakulut", "Verksamhetsbidrag", "Toimintakate"),
    (
        "Verksamhetens intäkter",
        "Toimintatulot",
        "Verksamhetens kostnader",
        "Toimintamenot",
        "VERKSAMHETSBIDRAG",
        "TOIMINTAKATE",
    ),
    ("INTÄKTER", "TUOTOT", "KOSTNADER", "KULUT", "NETTO", "NETTO"),
]


def lift(rows):
    """Puts sums above their parts: where a heading stands over the parts of one sum, the sum takes its place."""
    out = list(rows)
    for heading in [r for r in rows if r.kind == "heading"]:
        at = out.index(heading)
        for end in range(at + 1, len(out)):
            if out[end].kind == "total" or out[end].kind == "heading" and out[end].level <= heading.level:
                break
        else:
            continue
        total = out[end]
        inside = {r.key for r in out[at + 1 : end]}
        if total.kind == "total" and {k for k, _ in total.terms} <= inside:
            total.names, total.level = heading.names, heading.level
            out[at : end + 1] = [total] + out[at + 1 : end]
    return out


def blocks(ctx, b, prefix, size, cover, section=""):
    """Income, costs and margin of one organ, each sum above its parts or below them."""
    rng, above = ctx.rng, ctx.style.sums == "above"
    w = random.Random(ctx.year * 17 + ctx.people).choice(WORDS)
    first = len(b.rows)
    for top, names, groups, whole in (
        ("income", w[:2], INCOME, size * max(cover, 0.03)),
        ("costs", w[2:4], COSTS, -size),
    ):
        small = size < ctx.people * 40  # an organ with few sorts of items
        chosen = [r for r in groups if r[3] > (0.2 if small else 0.1) or not small and rng.random() < 0.5]
        parts, at = sum(r[3] for r in chosen), len(b.rows)
        for key, sv, fi, part in chosen:
            sparse = 0.2 if part < 0.1 else 0
            b.item(prefix + key, sv, fi, whole * part / parts * rng.uniform(0.8, 1.2), sparse=sparse, section=section)
        keys = [prefix + r[0] for r in chosen]
        total = b.total(prefix + top, *names, keys, cost=top == "costs", section=section)
        if above:
            b.rows.insert(at, b.rows.pop())
    b.total(prefix + "net", w[4], w[5], [prefix + "income", prefix + "costs"], section=section)
    if rng.random() < 0.4:
        b.item(
            prefix + "depreciation",
            "Avskrivningar enligt plan",
            "Suunnitelman mukaiset poistot",
            -size * 0.04,
            0,
            section=section,
        )
        b.total(
            prefix + "result",
            "Räkenskapsperiodens resultat",
            "Tilikauden tulos",
            [prefix + "net", prefix + "depreciation"],
            section=section,
        )
    return b.rows[first:]


def organs(ctx):
    """A table for every organ."""
    out = []
    for sv, fi, share, cover in ctx.rng.sample(ORGANS, ctx.rng.randint(2, 4)):
        columns = ctx.columns()
        b = ctx.builder(columns)
        blocks(ctx, b, "", ctx.people * 4200 * share, cover)
        out.append(((sv, fi), [ctx.table((sv, fi), columns, b, "operating")]))
    return out


def organs_one(ctx, columns=None):
    """All organs in one table, with their sums at its end."""
    rng = ctx.rng
    columns = columns or ctx.columns()
    b = ctx.builder(columns)
    chosen = sorted(rng.sample(range(len(ORGANS)), rng.randint(3, 5)))
    w = random.Random(ctx.year * 17 + ctx.people).choice(WORDS)
    for n in chosen:
        sv, fi, share, cover = ORGANS[n]
        b.heading(sv, fi, code=f"{n + 1}0")
        blocks(ctx, b, f"{n}-", ctx.people * 4200 * share, cover, (sv, fi))
    both = ("Driftsekonomin totalt", "Käyttötalous yhteensä")
    b.heading(*both)
    b.total("income", *w[:2], [f"{n}-income" for n in chosen], section=both)
    b.total("costs", *w[2:4], [f"{n}-costs" for n in chosen], cost=True, section=both)
    b.total("net", *w[4:], ["income", "costs"], section=both)
    return [(None, [ctx.table(("Driftsekonomidelen", "Käyttötalousosa"), columns, b, "operating")])]


def yearly(ctx):
    """The organs under a head with years over budget, outcome and deviation; or the income statement."""
    columns = heads.yearly(ctx.rng, ctx.year, ctx.style.language)
    if ctx.rng.random() < 0.5:
        return organs_one(ctx, columns)
    return [(None, [statements.income_statement(ctx, columns)])]


def internal(ctx):
    """Income and costs of a unit parted into external and internal ones, in rows."""
    out = []
    for sv, fi, share, cover in ctx.rng.sample(UNITS, ctx.rng.randint(2, 4)):
        columns = ctx.columns()
        b = ctx.builder(columns)
        size, inside = ctx.people * 4200 * share, ctx.rng.uniform(0.08, 0.3)
        cover = max(cover, 0.04)
        b.item("ei", "Externa intäkter", "Ulkoiset tuotot", size * cover * (1 - inside))
        b.item("ii", "Interna intäkter", "Sisäiset tuotot", size * cover * inside)
        b.total("income", "Verksamhetsintäkter", "Toimintatuotot", ["ei", "ii"])
        b.item("ec", "Externa kostnader", "Ulkoiset kulut", -size * (1 - inside))
        b.item("ic", "Interna kostnader", "Sisäiset kulut", -size * inside)
        b.total("costs", "Verksamhetskostnader", "Toimintakulut", ["ec", "ic"], cost=True)
        b.total("en", "Verksamhetsbidrag, externt", "Toimintakate, ulkoinen", ["ei", "ec"])
        b.total("in", "Verksamhetsbidrag, internt", "Toimintakate, sisäinen", ["ii", "ic"])
        b.total("net", "Verksamhetsbidrag", "Toimintakate", ["income", "costs"])
        if ctx.rng.random() < 0.5:
            b.item("depreciation", "Avskrivningar", "Poistot", -size * 0.05, 0)
            b.item("calculated", "Kalkylerade kostnader", "Laskennalliset kustannukset", -size * 0.03, 0, sparse=0.2)
        out.append(((sv, fi), [ctx.table((sv, fi), columns, b, "operating")]))
    return out


def internal_columns(ctx):
    """The net of units parted into external and internal, in columns under every budget."""
    rng = ctx.rng
    parts = {"sv": ["Externt", "Internt", "Totalt"], "fi": ["Ulkoinen", "Sisäinen", "Yhteensä"]}[ctx.lang]
    columns = heads.parted(rng, ctx.year, ctx.style.language, parts)
    b = ctx.builder(columns, positive=False)
    tops = []
    for n, (sv, fi, *_) in enumerate(rng.sample(ORGANS[3:], 3)):
        keys = []
        b.heading(sv, fi, code=f"{n + 3}")
        for m, (unit_sv, unit_fi, share, cover) in enumerate(rng.sample(UNITS[n * 7 : n * 7 + 7], rng.randint(3, 5))):
            real = []
            for i in range(0, len(columns), 3):
                grain = b.step if columns[i].kind == "actual" else b.grain
                net = -ctx.people * 4200 * share * max(0.1, 1 - cover) * rng.uniform(0.97, 1.03)
                inner = net * rng.uniform(-0.1, 0.25)
                one, two = (b._round(Decimal(str(round(x, 4))) / b.scale, grain) for x in (net - inner, inner))
                real += [one, two, one + two]
            row = b.copy(f"{n}-{m}", unit_sv, unit_fi, real)
            row.code = f"{n + 3}{m + 1:02d}"
            keys.append(row.key)
        b.total(f"t{n}", sv + " totalt", fi + " yhteensä", keys, cost=True)
        tops.append(f"t{n}")
    b.total("net", "Verksamhetsbidrag totalt", "Toimintakate yhteensä", tops, cost=True)
    title = ("Verksamhetsbidrag, externt och internt", "Toimintakate, ulkoinen ja sisäinen")
    return [(None, [ctx.table(title, columns, b, "operating")])]


def with_keys(ctx):
    """The income statement with its key figures as last rows, and the cash flow."""
    columns = ctx.columns()
    table = statements.income_statement(ctx, columns)
    cash = statements.cash_flow(ctx, ctx.columns(), table.find("margin").real)
    find, scale = (lambda k: table.find(k).real), Decimal(ctx.style.scale)
    step = Decimal(1).scaleb(-1)
    years = [c.year for c in columns]
    people = [None if c.derive else Decimal(round(ctx.people * 1.004 ** (c.year - ctx.year))) for c in columns]
    if ctx.style.sums == "above":
        table.rows, cash.rows = lift(table.rows), lift(cash.rows)
    table.rows.append(Row("", {"sv": "Nyckeltal", "fi": "Tunnusluvut"}, "heading", values=[None] * len(columns)))
    for sv, fi, unit, decimals, value in (
        (
            "Verksamhetsintäkter / Verksamhetskostnader, %",
            "Toimintatuotot / Toimintakulut, %",
            "percent",
            1,
            lambda i: (-find("income")[i] / find("costs")[i] * 100).quantize(step),
        ),
        (
            "Årsbidrag / Avskrivningar, %",
            "Vuosikate / Poistot, %",
            "percent",
            1,
            lambda i: (-find("margin")[i] / find("depreciation")[i] * 100).quantize(step),
        ),
        (
            "Årsbidrag, euro/invånare",
            "Vuosikate, euroa/asukas",
            "eur_per_capita",
            0,
            lambda i: (find("margin")[i] * scale / people[i]).quantize(Decimal(1)),
        ),
        ("Invånarantal 31.12", "Asukasmäärä 31.12.", "count", 0, lambda i: people[i]),
    ):
        values = [None if years[i] is None else value(i) for i in range(len(columns))]
        table.rows.append(
            Row(fi, {"sv": sv, "fi": fi}, "item", 1, values, list(values), unit=unit, decimals=decimals)
        )
    return [(None, [table]), (None, [cash])]


def projects_long(ctx):
    """Projects with their whole cost and every year of the plan; a last column may add the years up."""
    rng = ctx.rng
    columns = ctx.columns()
    b = ctx.builder(columns, positive=False)
    years = [i for i, c in enumerate(columns) if c.year]
    others = [i for i, c in enumerate(columns) if not c.year]
    tops = []
    for n, section in enumerate(rng.sample(list(PROJECTS)[:4], rng.randint(2, 4)), 1):
        b.heading(*section, code=f"{n}")
        keys = []
        projects = [p for p in PROJECTS[section] if not p[0].startswith(("Försäljning", "Statsandelar"))]
        for m, (sv, fi) in enumerate(rng.sample(projects, min(len(projects), rng.randint(3, 5))), 1):
            base = -ctx.people * rng.choice([15, 40, 90, 200]) / b.scale_float
            real = [None] * len(columns)
            start = rng.randrange(len(years) - 1)
            for i in years[start : start + rng.randint(1, 5)]:
                real[i] = b._round(Decimal(str(round(base * rng.uniform(0.4, 1.5), 4))), b.grain) or None
            spent = b._round(Decimal(str(round(base * 0.4, 4))), b.step) if not start and rng.random() < 0.6 else None
            added = sum((real[i] for i in years if real[i] is not None), Decimal(0))
            for i in others:  # whole cost, used before, sum of the years
                word = columns[i].derive_of
                real[i] = {"T": added + (spent or 0), "U": spent, "W": added}[word] or None
            if b.nil == "zero":
                real = [Decimal(0) if v is None else v for v in real]
            row = b.copy(f"{n}-{m}", sv, fi, real)
            row.code = f"{n}{m:02d}"
            keys.append(row.key)
        b.total(f"t{n}", section[0] + " totalt", section[1] + " yhteensä", keys)
        tops.append(f"t{n}")
    b.total("investments", "INVESTERINGAR TOTALT", "INVESTOINNIT YHTEENSÄ", tops)
    return [(None, [ctx.table(("Investeringar per projekt", "Investoinnit hankkeittain"), columns, b, "investments")])]


def project_rows(ctx):
    """Every project with its expenditure, income and net in rows of their own."""
    rng = ctx.rng
    columns = ctx.columns()
    b = ctx.builder(columns, positive=False)
    words = (("Utgifter", "Menot"), ("Inkomster", "Tulot"), ("Netto", "Netto"))
    projects = [p for s in list(PROJECTS)[1:4] for p in PROJECTS[s] if not p[0].startswith("Statsandelar")]
    chosen = rng.sample(projects, rng.randint(5, 9))
    for n, project in enumerate(chosen):
        b.heading(*project, code=f"{9100 + n}")
        size = -ctx.people * rng.choice([20, 45, 120])
        b.item(f"{n}u", *words[0], size, noise=0.3, section=project)
        b.item(f"{n}i", *words[1], -size * 0.25, noise=0.3, sparse=0.5, section=project)
        b.total(f"{n}n", *words[2], [f"{n}u", f"{n}i"], 1, section=project)
    both = ("Investeringar sammanlagt", "Investoinnit yhteensä")
    b.heading(*both)
    b.total("su", *words[0], [f"{n}u" for n in range(len(chosen))], 1, cost=True, section=both)
    b.total("si", *words[1], [f"{n}i" for n in range(len(chosen))], 1, section=both)
    b.total("investments", *words[2], ["su", "si"], 1, section=both)
    return [(None, [ctx.table(("Investeringsdelen", "Investointiosa"), columns, b, "investments")])]


def whole_balance(ctx):
    """Assets and liabilities after each other in one table."""
    assets, debts = statements.balance(ctx, ctx.columns())
    for row in debts.rows:
        row.key = "p-" + row.key
        row.terms = [("p-" + k, s) for k, s in row.terms]
    for table in (assets, debts):
        table.rows.insert(
            0, Row("", {"sv": table.title[0], "fi": table.title[1]}, "heading", values=[None] * len(table.columns))
        )
    for row in assets.rows + debts.rows:
        if row.kind == "heading" and row.names["sv"] not in ("AKTIVA", "PASSIVA"):
            row.level = 1  # below the name of the side
    assets.rows += debts.rows
    assets.title = ("Balansräkning", "Tase")
    return [(None, [assets])]


def enterprise(ctx):
    """The municipal enterprise for water: its income statement and its investments."""
    people, columns = ctx.people, ctx.columns()
    b = ctx.builder(columns)
    b.item("sales", "Omsättning", "Liikevaihto", people * 210, 0)
    b.item("other", "Övriga rörelseintäkter", "Liiketoiminnan muut tuotot", people * 4, 0, sparse=0.2)
    b.heading("Material och tjänster", "Materiaalit ja palvelut")
    b.item("bought", "Inköp under räkenskapsperioden", "Ostot tilikauden aikana", -people * 42)
    b.item("services", "Köp av tjänster", "Palvelujen ostot", -people * 38)
    b.heading("Personalkostnader", "Henkilöstökulut")
    b.item("wages", "Löner och arvoden", "Palkat ja palkkiot", -people * 22)
    b.item("pensions", "Pensionskostnader", "Eläkekulut", -people * 4)
    b.item("social", "Övriga lönebikostnader", "Muut henkilösivukulut", -people * 1)
    b.item("depreciation", "Avskrivningar enligt plan", "Suunnitelman mukaiset poistot", -people * 62, 0)
    b.item("costs", "Övriga rörelsekostnader", "Liiketoiminnan muut kulut", -people * 3, 0)
    terms = ["sales", "other", "bought", "services", "wages", "pensions", "social", "depreciation", "costs"]
    b.total("net", "RÖRELSEÖVERSKOTT", "LIIKEYLIJÄÄMÄ", terms)
    b.heading("Finansiella intäkter och kostnader", "Rahoitustuotot ja -kulut")
    b.item("paid", "Ersättning för grundkapitalet", "Korvaus peruspääomasta", -people * 12, growth=0, noise=0)
    b.item("interest", "Räntekostnader till kommunen", "Kunnalle maksetut korkokulut", -people * 6)
    b.total("result", "ÖVERSKOTT FÖRE RESERVER", "YLIJÄÄMÄ ENNEN VARAUKSIA", ["net", "paid", "interest"])
    names = ("Vattentjänstverket, resultaträkning", "Vesihuoltolaitos, tuloslaskelma")
    out = [(None, [ctx.table(names, columns, b, "income_statement")])]
    columns = ctx.columns()
    b = ctx.builder(columns)
    for n, (sv, fi, base) in enumerate(
        (
            ("Vattenledningsnät", "Vesijohtoverkosto", 24),
            ("Avloppsnät", "Viemäriverkosto", 31),
            ("Pumpstationer", "Pumppaamot", 9),
            ("Vattentornet, sanering", "Vesitorni, saneeraus", 18),
        )
    ):
        b.item(f"i{n}", sv, fi, -people * base, 0, noise=0.3, sparse=0.3)
    b.total("sum", "Investeringar totalt", "Investoinnit yhteensä", [f"i{n}" for n in range(4)])
    names = ("Vattentjänstverket, investeringar", "Vesihuoltolaitos, investoinnit")
    return out + [(None, [ctx.table(names, columns, b, "investments")])]


def whole(ctx):
    """The parts of the budget with income, expenditure and net as columns; cells without sense are blank."""
    rng, people = ctx.rng, ctx.people
    parts = {"sv": ["Inkomster", "Utgifter", "Netto"], "fi": ["Tulot", "Menot", "Netto"]}[ctx.lang]
    columns = heads.parted(rng, ctx.year, ctx.style.language, parts)
    b = ctx.builder(columns, positive=False)

    def row(key, sv, fi, income, costs):
        real = []
        for i in range(0, len(columns), 3):
            grain = b.step if columns[i].kind == "actual" else b.grain
            one, two = (
                b._round(Decimal(str(round(x * people * rng.uniform(0.97, 1.03), 3))) / b.scale, grain) if x else None
                for x in (income, costs)
            )
            real += [one, two, (one or 0) + (two or 0)]
        b.copy(key, sv, fi, real)
        return key

    tops = []

    def part(key, sv, fi, rows):
        b.heading(sv, fi)
        keys = [row(f"{key}{n}", *r) for n, r in enumerate(rows)]
        tops.append(b.total(key, sv + " totalt", fi + " yhteensä", keys).key)

    chosen = sorted(rng.sample(range(len(ORGANS)), rng.randint(5, 7)))
    part(
        "d",
        "Driftsekonomidelen",
        "Käyttötalousosa",
        [(ORGANS[n][0], ORGANS[n][1], 4200 * ORGANS[n][2] * ORGANS[n][3], -4200 * ORGANS[n][2]) for n in chosen],
    )
    part(
        "r",
        "Resultaträkningsdelen",
        "Tuloslaskelmaosa",
        [
            ("Skatteinkomster", "Verotulot", 2400, 0),
            ("Statsandelar", "Valtionosuudet", 1050, 0),
            ("Finansiella intäkter och kostnader", "Rahoitustuotot ja -kulut", 48, -57),
        ],
    )
    part(
        "i",
        "Investeringsdelen",
        "Investointiosa",
        [("Byggnader", "Talonrakennus", 20, -410), ("Publik egendom", "Julkinen käyttöomaisuus", 0, -190)],
    )
    part(
        "f",
        "Finansieringsdelen",
        "Rahoitusosa",
        [("Förändringar i lånestocken", "Lainakannan muutokset", 620, -330), ("Utlåning", "Antolainaus", 4, 0)],
    )
    b.total("sum", "Budgeten sammanlagt", "Talousarvio yhteensä", tops)
    return [(None, [ctx.table(("Sammandrag av budgeten", "Talousarvion yhdistelmä"), columns, b, "operating")])]


def persons(ctx):
    """Person-years by organ: permanent, temporary and all, as columns under every year."""
    rng = ctx.rng
    parts = {"sv": ["Ordinarie", "Visstids", "Totalt"], "fi": ["Vakinaiset", "Määräaik.", "Yhteensä"]}[ctx.lang]
    columns = heads.parted(rng, ctx.year, ctx.style.language, parts)
    b = ctx.builder(columns, positive=False)
    b.scale, tops = Decimal(1), []
    for n, (organ_sv, organ_fi, *_) in enumerate(rng.sample(ORGANS[3:], 3)):
        b.heading(organ_sv, organ_fi)
        keys = []
        for m, (sv, fi, share, _) in enumerate(rng.sample(UNITS[n * 7 : n * 7 + 7], rng.randint(2, 4))):
            real = []
            for _ in range(0, len(columns), 3):
                one = Decimal(str(round(ctx.people * 0.045 * share * rng.uniform(0.95, 1.05) + 1, 1)))
                two = Decimal(str(round(float(one) * rng.uniform(0.05, 0.25), 1)))
                real += [one, two, one + two]
            row = b.copy(f"{n}-{m}", sv, fi, real)
            row.unit, row.decimals = "persons", 1
            keys.append(row.key)
        total = b.total(f"t{n}", organ_sv + " totalt", organ_fi + " yhteensä", keys)
        total.unit, total.decimals = "persons", 1
        tops.append(total.key)
    total = b.total("sum", "Årsverken totalt", "Henkilötyövuodet yhteensä", tops)
    total.unit, total.decimals = "persons", 1
    return [(None, [ctx.table(("Personal, årsverken", "Henkilöstö, henkilötyövuodet"), columns, b, "personnel", scale=1)])]


def per_head(ctx):
    """Net costs in euro per inhabitant, and what a pupil, a place or a loan costs."""
    rng = ctx.rng
    columns = ctx.columns()
    b = ctx.builder(columns, positive=False)
    keys = []
    for n, (sv, fi, share, cover) in enumerate(rng.sample(UNITS, rng.randint(7, 11))):
        b.measure(f"u{n}", sv, fi, -4200 * share * max(0.08, 1 - cover), "eur_per_capita", level=1)
        keys.append(f"u{n}")
    total = b.total("sum", "Totalt, euro/invånare", "Yhteensä, euroa/asukas", keys)
    total.unit, total.decimals = "eur_per_capita", 0
    title = ("Nettokostnader, euro per invånare", "Nettokustannukset, euroa asukasta kohti")
    out = [(None, [ctx.table(title, columns, b, "key_figures", scale=1)])]
    columns = ctx.columns()
    b = ctx.builder(columns, positive=False)
    rows = [
        ("Småbarnspedagogik", "Varhaiskasvatus", "barn", "lapsi", 0.045, 13900),
        ("Förskola", "Esiopetus", "elev", "oppilas", 0.011, 8200),
        ("Grundläggande utbildning", "Perusopetus", "elev", "oppilas", 0.11, 11250),
        ("Gymnasium", "Lukio", "studerande", "opiskelija", 0.022, 8900),
        ("Bibliotek", "Kirjasto", "lån", "laina", 9.5, 6.1),
        ("Simhall", "Uimahalli", "besök", "käynti", 4.2, 7.4),
    ]
    for n, (sv, fi, one, one_fi, share, cost) in enumerate(rng.sample(rows, rng.randint(3, 5))):
        decimals = 2 if cost < 100 else 0
        b.heading(sv, fi)
        several = {"barn": "Antal barn", "lån": "Antal lån", "besök": "Antal besök", "studerande": "Antal studerande"}
        number = {"lapsi": "Lapsia", "laina": "Lainoja", "käynti": "Käyntejä", "opiskelija": "Opiskelijoita"}
        b.measure(
            f"n{n}", several.get(one, "Antal elever"), number.get(one_fi, "Oppilaita"), ctx.people * share, "count", level=1
        ).section = (sv, fi)
        b.measure(f"e{n}", f"Euro/{one}", f"Euroa/{one_fi}", cost, "eur_per_capita", decimals, level=1).section = (sv, fi)
    return out + [(None, [ctx.table(("Enhetskostnader", "Yksikkökustannukset"), columns, b, "key_figures", scale=1)])]


def tax_growth(ctx):
    """Taxes with their growth in percent below each, tax rates, and the stock of loans."""
    rng, people = ctx.rng, ctx.people
    columns = ctx.columns()
    b = ctx.builder(columns, positive=False)
    keys = []
    for key, sv, fi, base in (
        ("t1", "Kommunens inkomstskatt", "Kunnan tulovero", 1900),
        ("t2", "Andel av samfundsskatten", "Osuus yhteisöveron tuotosta", 290),
        ("t3", "Fastighetsskatt", "Kiinteistövero", 330),
    ):
        row = b.item(key, sv, fi, people * base, 0, noise=0.02)
        _growth(b, row)
        keys.append(key)
    _growth(b, b.total("sum", "Skatteinkomster totalt", "Verotulot yhteensä", keys))
    out = [(None, [ctx.table(("Skatteinkomster", "Verotulot"), columns, b, "income_statement")])]
    columns = ctx.columns()
    b = ctx.builder(columns, positive=False)
    for n, (sv, fi, rate) in enumerate(
        (
            ("Inkomstskattesats", "Tuloveroprosentti", "9.20"),
            ("Allmän fastighetsskattesats", "Yleinen kiinteistöveroprosentti", "0.98"),
            ("Stadigvarande bostäder", "Vakituiset asuinrakennukset", "0.48"),
            ("Övriga bostadsbyggnader", "Muut asuinrakennukset", "1.05"),
            ("Mark", "Maapohja", "1.30"),
            ("Obebyggda byggplatser", "Rakentamattomat rakennuspaikat", "3.00"),
        )
    ):
        old = Decimal(rate) + rng.randint(-5, 5) * Decimal("0.02")
        new, change = old + rng.choice([0, 0, Decimal("0.05"), Decimal("0.10")]), rng.randint(1, len(columns) - 1)
        row = b.copy(f"r{n}", sv, fi, [new if i >= change else old for i in range(len(columns))], 0)
        row.unit, row.decimals = "percent", 2
    out.append((None, [ctx.table(("Skattesatser, %", "Veroprosentit"), columns, b, "key_figures", scale=1)]))
    columns = ctx.columns()
    b = ctx.builder(columns, positive=False)
    money = [i for i, c in enumerate(columns) if not c.derive]
    stock = b._round(Decimal(people * 3300) / b.scale, b.step)
    start, new, paid = [None] * len(columns), [None] * len(columns), [None] * len(columns)
    for i in money:  # every year begins with what the year before has left
        start[i] = stock
        new[i], paid[i] = (
            b._round(Decimal(str(round(x * people * rng.uniform(0.7, 1.3), 3))) / b.scale, b.grain) for x in (480, -320)
        )
        stock += new[i] + paid[i]
    b.copy("start", "Lånestock 1.1", "Lainakanta 1.1.", start, 0)
    b.copy("new", "Nya långfristiga lån", "Uudet pitkäaikaiset lainat", new)
    b.copy("paid", "Amorteringar", "Lyhennykset", paid)
    b.total("sum", "Lånestock 31.12", "Lainakanta 31.12.", ["start", "new", "paid"])
    return out + [(None, [ctx.table(("Lånestocken", "Lainakanta"), columns, b, "cash_flow")])]


def _growth(b, row):
    """The growth against the column before, as a row below."""
    values = [None] + [
        ((new - old) / old * 100).quantize(Decimal("0.1")) for old, new in zip(row.values, row.values[1:])
    ]
    names = {"sv": "förändring, %", "fi": "muutos, %"}
    section = (row.names["sv"], row.names["fi"])
    b.rows.append(
        Row("g" + row.key, names, "memo", 1, values, list(values), unit="percent", decimals=1, section=section)
    )


def unit_pages(ctx):
    """Units with money, volumes, costs per unit and staff in one table each."""
    rng, out = ctx.rng, []
    money = {1: ("€", "€"), 1000: ("1 000 €", "1 000 €")}[ctx.style.scale]
    rows = [
        ("Småbarnspedagogik", "Varhaiskasvatus", 0.16, 0.09, "Barn i daghem", "Lapsia päiväkodissa", 0.045),
        ("Grundläggande utbildning", "Perusopetus", 0.27, 0.04, "Elever", "Oppilaita", 0.11),
        ("Bibliotekstjänster", "Kirjastopalvelut", 0.02, 0.04, "Utlåning", "Lainaukset", 9.5),
        ("Måltidsservice", "Ruokapalvelut", 0.05, 0.98, "Måltider per år", "Aterioita vuodessa", 48.0),
        ("Medborgarinstitutet", "Kansalaisopisto", 0.01, 0.32, "Undervisningstimmar", "Opetustunteja", 0.4),
        ("Idrott och rekreation", "Liikunta ja virkistys", 0.03, 0.2, "Besök i simhallen", "Käyntejä uimahallissa", 4.2),
    ]
    for sv, fi, share, cover, what, what_fi, number in rng.sample(rows, rng.randint(2, 4)):
        columns = ctx.columns()
        b = ctx.builder(columns, positive=False)
        size = ctx.people * 4200 * share
        b.heading(f"Ekonomi ({money[0]})", f"Talous ({money[1]})")
        b.item("income", "Intäkter", "Tuotot", size * cover)
        b.item("costs", "Kostnader", "Kulut", -size)
        b.total("net", "Netto", "Netto", ["income", "costs"], 1)
        b.heading("Verksamhetens omfattning", "Toiminnan laajuus")
        volume = b.measure("n", what, what_fi, ctx.people * number, "count", level=1)
        b.measure("days", "Öppethållningsdagar", "Aukiolopäiviä", rng.choice([190, 245, 302]), "count", level=1, growth=0)
        b.heading("Effektivitet", "Tehokkuus")
        real = [
            None if v is None else (-c * Decimal(ctx.style.scale) / v).quantize(Decimal("0.01"))
            for c, v in zip(b.find("costs").real, volume.real)
        ]
        b.copy("each", "Kostnad per enhet, €", "Kustannus yksikköä kohti, €", real)
        b.rows[-1].unit, b.rows[-1].decimals = "eur_per_capita", 2
        b.heading("Personal", "Henkilöstö")
        b.measure("staff", "Årsverken", "Henkilötyövuodet", ctx.people * 0.045 * share + 1.5, "persons", 1, level=1)
        out.append(((sv, fi), [ctx.table((sv, fi), columns, b, "operating")]))
    return out


def grants(ctx):
    """Grants to associations, and the appropriations of a small organ."""
    rng = ctx.rng
    columns = ctx.columns()
    b = ctx.builder(columns, positive=False)
    tops = []
    for n, (section, names) in enumerate(ASSOCIATIONS.items()):
        b.heading(*section)
        keys = []
        for m, (sv, fi) in enumerate(rng.sample(names, rng.randint(3, len(names)))):
            b.item(f"{n}-{m}", sv, fi, rng.choice([600, 1200, 2500, 4000, 8500, 18000]), sparse=0.15, noise=0.15)
            keys.append(f"{n}-{m}")
        b.total(f"t{n}", "Summa", "Summa", keys, 1, section=section)
        tops.append(f"t{n}")
    b.total("sum", "Understöd totalt", "Avustukset yhteensä", tops)
    title = ("Understöd till föreningar", "Avustukset yhdistyksille")
    out = [(None, [ctx.table(title, columns, b, "operating")])]
    return out + organs(ctx)[:1]


CONTENT = {
    "organs": organs,
    "organs-one": organs_one,
    "yearly": yearly,
    "internal": internal,
    "internal-columns": internal_columns,
    "with-keys": with_keys,
    "projects-long": projects_long,
    "project-rows": project_rows,
    "whole-balance": whole_balance,
    "enterprise": enterprise,
    "whole": whole,
    "persons": persons,
    "per-head": per_head,
    "tax-growth": tax_growth,
    "unit-pages": unit_pages,
    "grants": grants,
}
