"""Tables of follow-ups, changes to the budget, sectors with their units, comparisons with other municipalities, years behind,
what a pupil or a place costs, staff by form of employment, fees, accounts of two years."""

from dataclasses import replace
from decimal import Decimal

import organs
import statements
from lists import FEES
from model import Column
from names import MUNICIPALITIES, ORGANS, UNITS

SECTORS = [
    (("Centralförvaltningen", "Keskushallinto"), [1, 2, 3, 22]),
    (("Bildningssektorn", "Sivistystoimiala"), [4, 5, 6, 7, 8]),
    (("Fritidssektorn", "Vapaa-aikatoimiala"), [9, 10, 11]),
    (("Tekniska sektorn", "Tekninen toimiala"), [12, 13, 15, 16, 17]),
    (("Livskraftssektorn", "Elinvoimatoimiala"), [18, 19, 20]),
]
ENDS = [(" totalt", " yhteensä"), (" sammanlagt", " yhteensä"), (", summa", ", summa")]


def chosen_sectors(rng):
    out = []
    for n in sorted(rng.sample(range(len(SECTORS)), rng.randint(3, 5))):
        names, units = SECTORS[n]
        out.append((n, names, sorted(rng.sample(units, rng.randint(2, len(units))))))
    return out


def lay(ctx, b, columns_of):
    """Sectors with their units: names of groups with sums below, or sums above their parts; codes by level."""
    rng, rows, tops = ctx.rng, [], []
    above, end = ctx.style.sums == "above", rng.choice(ENDS)
    for n, names, units in chosen_sectors(rng):
        if not above:
            b.heading(*names, code=f"{n + 1}")
            rows.append(b.rows[-1])
        inside = []
        for m, u in enumerate(units, 1):
            row = columns_of(f"{n}-{u}", UNITS[u])
            row.code, row.section = f"{n + 1}{m}", names
            inside.append(row)
        said = names if above else (names[0] + end[0], names[1] + end[1])
        total = b.total(f"t{n}", *said, [r.key for r in inside], code=f"{n + 1}" if above else "")
        rows += [total] + inside if above else inside + [total]
        tops.append(f"t{n}")
    rows.append(b.total("sum", "Driftsekonomin totalt", "Käyttötalous yhteensä", tops))
    b.rows = rows


def sectors(ctx):
    """The net of the units with a sum for every sector."""
    columns = ctx.columns()
    b = ctx.builder(columns, positive=False)

    def row(key, unit):
        sv, fi, share, cover = unit
        size = -ctx.people * 4200 * share * max(0.06, 1 - cover)
        return b.item(key, sv, fi, size if cover < 1 else ctx.people * 14, 1)

    lay(ctx, b, row)
    names = ("Verksamhetsbidrag per sektor och enhet", "Toimintakate toimialoittain ja yksiköittäin")
    return [(None, [ctx.table(names, columns, b, "operating")])]


def sectors_parted(ctx):
    """Income, costs and net of every unit as columns under one budget or two, with a sum for every sector."""
    rng, lang = ctx.rng, ctx.lang
    parts = {"sv": rng.choice([["Intäkter", "Kostnader", "Netto"], ["Inkomster", "Utgifter", "Netto"]]), "fi": ["Tuotot", "Kulut", "Netto"]}[lang]
    word = {"sv": ("Bokslut", "Budget"), "fi": ("Tilinpäätös", "Talousarvio")}[lang]
    years = rng.choice([[("actual", ctx.year - 2), ("budget", ctx.year)], [("budget", ctx.year - 1), ("budget", ctx.year)], [("budget", ctx.year)]])
    columns = [Column(k, y, span=f"{word[k == 'budget']} {y}", lines=[p]) for k, y in years for p in parts]
    b = ctx.builder(columns, positive=False)

    def row(key, unit):
        sv, fi, share, cover = unit
        real = []
        for k, y in years:
            step = b.step if k == "actual" else b.grain
            size = ctx.people * 4200 * share * 1.02 ** (y - ctx.year) * rng.uniform(0.96, 1.04)
            income, costs = (b._round(Decimal(str(round(v, 3))) / b.scale, step) for v in (size * cover, -size))
            real += [income or (Decimal(0) if b.nil == "zero" else None), costs, income + costs]
        return b.copy(key, sv, fi, real)

    lay(ctx, b, row)
    names = ("Intäkter och kostnader per sektor", "Tuotot ja kulut toimialoittain")
    return [(None, [ctx.table(names, columns, b, "operating")])]


def followup(ctx):
    """The statement of the whole and the net of the sectors or organs, part of the year against the budget."""
    out = [(None, [statements.income_statement(ctx, ctx.columns())])]
    out += sectors(ctx) if ctx.rng.random() < 0.6 else organs.organs_one(ctx)
    if ctx.rng.random() < 0.5:
        out.append((None, [investments(ctx)]))
    return out


def investments(ctx):
    """Expenditure on investments by group."""
    columns = ctx.columns()
    b = ctx.builder(columns, positive=False)
    keys = []
    for n, (sv, fi, base) in enumerate(
        (
            ("Markområden", "Maa-alueet", 22),
            ("Husbyggnad", "Talonrakennus", 260),
            ("Gator och parker", "Kadut ja puistot", 140),
            ("Vatten och avlopp", "Vesi ja viemäri", 75),
            ("Lös egendom", "Irtain omaisuus", 38),
        )
    ):
        b.item(f"i{n}", sv, fi, -ctx.people * base, 0, noise=0.15)
        keys.append(f"i{n}")
    b.total("investments", "Investeringar totalt", "Investoinnit yhteensä", keys)
    return ctx.table(("Investeringsutgifter", "Investointimenot"), columns, b, "investments")


def amendments(ctx):
    """Changes to the budget: from, change and to, for operations and investments."""
    rng, out = ctx.rng, []
    groups = [
        (("Driftsekonomin, nettoanslag", "Käyttötalous, nettomäärärahat"), [(o[0], o[1], -4200 * o[2] * max(0.1, 1 - o[3])) for o in ORGANS[2:]]),
        (
            ("Investeringar, anslag", "Investoinnit, määrärahat"),
            [
                ("Grundlig renovering av skolan", "Koulun peruskorjaus", -210),
                ("Daghemmets tillbyggnad", "Päiväkodin laajennus", -95),
                ("Gång- och cykelvägar", "Kevyen liikenteen väylät", -42),
                ("Vattenledningsnätet", "Vesijohtoverkosto", -64),
                ("Digital utrustning", "Digitaaliset laitteet", -18),
            ],
        ),
        (
            ("Finansiering", "Rahoitus"),
            [("Skatteinkomster", "Verotulot", 2480), ("Statsandelar", "Valtionosuudet", 1040), ("Upptagna lån", "Lainanotto", 420), ("Ränteintäkter", "Korkotuotot", 22)],
        ),
    ]
    for names, rows in groups:
        columns = ctx.columns()
        b = ctx.builder(columns, positive=False)
        keys = []
        for n in sorted(rng.sample(range(len(rows)), min(len(rows), rng.randint(3, 6)))):
            sv, fi, base = rows[n]
            old = b._round(Decimal(str(round(ctx.people * base, 3))) / b.scale, b.grain)
            change = b._round(old * Decimal(rng.choice([-8, -3, 0, 2, 4, 9])) / 100, b.grain)
            b.copy(f"a{n}", sv, fi, [old, None, old + change], 0)
            keys.append(f"a{n}")
        b.total("sum", "Totalt", "Yhteensä", keys)
        out.append((None, [ctx.table(names, columns, b, "operating")]))
    return out


COMPARED = [
    ("Skattesats, %", "Veroprosentti, %", 8.6, "percent", 1),
    ("Lån, euro/invånare", "Lainat, euroa/asukas", 3300.0, "eur_per_capita", 0),
    ("Årsbidrag, euro/invånare", "Vuosikate, euroa/asukas", 540.0, "eur_per_capita", 0),
    ("Ackumulerat överskott, euro/invånare", "Kertynyt ylijäämä, euroa/asukas", 2150.0, "eur_per_capita", 0),
    ("Soliditet, %", "Omavaraisuusaste, %", 54.0, "percent", 1),
    ("Relativ skuldsättning, %", "Suhteellinen velkaantuneisuus, %", 47.0, "percent", 1),
]


def compare(ctx):
    """The municipality beside others: one measure a table, the municipalities as rows."""
    rng, out = ctx.rng, []
    at = next(i for i, m in enumerate(MUNICIPALITIES) if m[0] == ctx.sv)
    near = sorted(set(range(max(0, at - 4), at + 5)) & set(range(len(MUNICIPALITIES))))
    for i in sorted(rng.sample(range(len(COMPARED)), rng.randint(3, 4))):
        sv, fi, base, unit, decimals = COMPARED[i]
        columns = ctx.columns()
        b = ctx.builder(columns, positive=False)
        for n in near:
            level = base * rng.uniform(0.82, 1.2)
            b.measure(f"m{n}", MUNICIPALITIES[n][0], MUNICIPALITIES[n][1], level, unit, decimals, noise=0.04)
        out.append((None, [ctx.table((sv, fi), columns, b, "key_figures", scale=1)]))
    return out


def behind(ctx):
    """Inhabitants by age and how their number changed, and taxes, year after year."""
    rng = ctx.rng
    columns = ctx.columns()
    b = ctx.builder(columns, positive=False)
    b.heading("Befolkning efter ålder", "Väestö iän mukaan")
    keys = []
    for n, (sv, fi, part) in enumerate((("0–6 år", "0–6-vuotiaat", 0.06), ("7–15 år", "7–15-vuotiaat", 0.1), ("16–64 år", "16–64-vuotiaat", 0.58), ("65–74 år", "65–74-vuotiaat", 0.13), ("75 år och äldre", "75 vuotta täyttäneet", 0.13))):
        b.measure(f"p{n}", sv, fi, ctx.people * part, "count", 0, growth=-0.004, noise=0.008, level=1)
        keys.append(f"p{n}")
    total = b.total("sum", "Invånare 31.12", "Asukkaita 31.12.", keys)
    total.unit, total.decimals = "count", 0
    b.heading("Befolkningsförändringar", "Väestönmuutokset")
    moves = [("Födda", "Syntyneet", 0.008), ("Döda", "Kuolleet", 0.012), ("Inflyttade", "Tulomuutto", 0.045), ("Utflyttade", "Lähtömuutto", 0.046)]
    for n, (sv, fi, part) in enumerate(moves):
        b.measure(f"c{n}", sv, fi, ctx.people * part, "count", 0, noise=0.1, level=1)
    b.measure("jobless", "Arbetslöshetsgrad, %", "Työttömyysaste, %", rng.uniform(4, 11), "percent", 1, noise=0.1)
    people = ctx.table(("Befolkningsutveckling", "Väestökehitys"), columns, b, "key_figures", scale=1)
    columns = ctx.columns()
    b = ctx.builder(columns, positive=False)
    keys = []
    for key, sv, fi, base in (
        ("income", "Kommunens inkomstskatt", "Kunnan tulovero", 1900),
        ("company", "Andel av samfundsskatten", "Osuus yhteisöveron tuotosta", 290),
        ("estate", "Fastighetsskatt", "Kiinteistövero", 330),
    ):
        b.item(key, sv, fi, ctx.people * base, 0, noise=0.03)
        keys.append(key)
    total = b.total("sum", "Skatteinkomster totalt", "Verotulot yhteensä", keys)
    each = [None if v is None else (v * b.scale / ctx.people).quantize(Decimal(1)) for v in total.real]
    row = b.copy("each", "Skatteinkomster, euro/invånare", "Verotulot, euroa/asukas", each, 0)
    row.unit, row.decimals = "eur_per_capita", 0
    b.measure("rate", "Inkomstskattesats, %", "Tuloveroprosentti, %", rng.uniform(7.2, 10.2), "percent", 2, growth=0, noise=0.01)
    names = ("Skatteinkomsternas utveckling", "Verotulojen kehitys")
    if all(c.kind == "actual" for c in columns):  # heads of years or days alone do not say so
        names = ("Skatteinkomster enligt boksluten", "Verotulot tilinpäätösten mukaan")
    taxes = ctx.table(names, columns, b, "income_statement")
    return [(None, [people]), (None, [taxes])]


SERVICES = [
    (("Småbarnspedagogik", "Varhaiskasvatus"), ("Barn i vård", "Lapsia hoidossa"), ("Nettokostnad per barn, euro", "Nettokustannus lasta kohti, euroa"), 0.045, 12600),
    (("Förskola", "Esiopetus"), ("Barn i förskola", "Esioppilaita"), ("Nettokostnad per barn, euro", "Nettokustannus lasta kohti, euroa"), 0.011, 7400),
    (("Grundläggande utbildning", "Perusopetus"), ("Elever", "Oppilaita"), ("Nettokostnad per elev, euro", "Nettokustannus oppilasta kohti, euroa"), 0.105, 10900),
    (("Gymnasieutbildning", "Lukiokoulutus"), ("Studerande", "Opiskelijoita"), ("Nettokostnad per studerande, euro", "Nettokustannus opiskelijaa kohti, euroa"), 0.022, 9100),
    (("Medborgarinstitutet", "Kansalaisopisto"), ("Undervisningstimmar", "Opetustunteja"), ("Nettokostnad per timme, euro", "Nettokustannus tuntia kohti, euroa"), 0.55, 74),
    (("Biblioteket", "Kirjasto"), ("Lån", "Lainauksia"), ("Nettokostnad per lån, euro", "Nettokustannus lainaa kohti, euroa"), 10.5, 4),
]


def each(ctx):
    """What a child, a pupil or a loan costs: net cost in money, number, and one over the other in euro."""
    rng = ctx.rng
    columns = ctx.columns()
    b = ctx.builder(columns, positive=False)
    for n in sorted(rng.sample(range(len(SERVICES)), rng.randint(3, 5))):
        names, count, single, share, price = SERVICES[n]
        b.heading(*names)
        number = b.measure(f"n{n}", *count, ctx.people * share, "count", 0, growth=-0.005, level=1)
        scale = b.scale
        costs = [
            None if v is None else b._round(v * Decimal(str(round(price * rng.uniform(0.95, 1.08), 3))) / scale, b.step)
            for v in number.real
        ]
        b.copy(f"c{n}", "Nettokostnad", "Nettokustannus", costs)
        decimals = 2 if price < 100 else 0
        step = Decimal(1).scaleb(-decimals)
        ratio = [None if c is None or not v else (c * scale / v).quantize(step) for c, v in zip(costs, number.real)]
        row = b.copy(f"e{n}", *single, ratio)
        row.unit, row.decimals = "eur_per_capita", decimals
        for r in b.rows[-3:]:
            r.section = names
    names = ("Kostnader per enhet", "Yksikkökustannukset")
    return [(None, [ctx.table(names, columns, b, "operating")]), (None, [contract(ctx)])]


FORMS = [("Tillsvidare", "Toistaiseksi"), ("Visstid", "Määräaikaiset"), ("Sysselsatta", "Työllistetyt"), ("Läroavtal", "Oppisopimus")]


def contract(ctx):
    """Person-years by form of employment, sector after sector."""
    rng = ctx.rng
    columns = ctx.columns()
    b = ctx.builder(columns, positive=False)
    decimals, every = rng.choice([0, 1, 1, 2]), {}
    for n, names, units in chosen_sectors(rng):
        b.heading(*names)
        keys, size = [], ctx.people / 1000 * len(units) * 2.2
        for m, (sv, fi) in enumerate(FORMS[: rng.randint(2, 4)]):
            row = b.measure(f"{n}-{m}", sv, fi, max(1.0, size * (0.82, 0.14, 0.03, 0.02)[m]), "persons", decimals, noise=0.05, level=1)
            row.section = names
            keys.append(row.key)
            every.setdefault(m, []).append(row.key)
        total = b.total(f"t{n}", "Totalt", "Yhteensä", keys, 1)
        total.unit, total.decimals, total.section = "persons", decimals, names
    total = b.total("sum", "Hela personalen", "Koko henkilöstö", [r.key for r in b.rows if r.kind == "total"])
    total.unit, total.decimals = "persons", decimals
    names = ("Årsverken per anställningsform", "Henkilötyövuodet palvelussuhteen mukaan")
    return ctx.table(names, columns, b, "personnel", scale=1)


def contracts(ctx):
    """Staff by form of employment, and what it costs."""
    return [(None, [contract(ctx)])] + organs_costs(ctx)


def organs_costs(ctx):
    rng = ctx.rng
    columns = ctx.columns()
    b = ctx.builder(columns)
    keys = []
    for n in sorted(rng.sample(range(2, len(ORGANS)), rng.randint(4, 6))):
        sv, fi, share, _ = ORGANS[n]
        b.item(f"o{n}", sv, fi, -ctx.people * 2400 * share, 0)
        keys.append(f"o{n}")
    b.total("sum", "Personalkostnader totalt", "Henkilöstökulut yhteensä", keys, cost=True)
    return [(None, [ctx.table(("Personalkostnader per organ", "Henkilöstökulut toimielimittäin"), columns, b, "operating")])]


def charges(ctx):
    """Fees in euro and cent alone, one grid for every place."""
    rng, out = ctx.rng, []
    for section in rng.sample(list(FEES), rng.randint(3, len(FEES))):
        columns = ctx.columns()
        b = ctx.builder(columns, positive=False)
        for m, (sv, fi, fee) in enumerate(FEES[section]):
            step = Decimal("0.50") if Decimal(fee) < 20 else Decimal(2)
            values, value = [], Decimal(fee)
            for c in columns:
                values.append(None if c.derive else value)
                value += 0 if c.derive else step * rng.choice([0, 1, 1, 2])
            row = b.copy(f"f{m}", sv, fi, values, 0)
            row.unit, row.decimals = "eur_per_capita", 2
        names = (f"{section[0]}, avgifter i euro", f"{section[1]}, maksut euroina")
        out.append((None, [ctx.table(names, columns, b, "key_figures", scale=1)]))
    return out


def closing(ctx):
    """Accounts of two years: result, cash flow and balance."""
    income = statements.income_statement(ctx, ctx.columns())
    out = [(None, [income]), (None, [statements.cash_flow(ctx, ctx.columns(), income.find("margin").real)])]
    surplus = {c.year: v for c, v in zip(income.columns, income.find("surplus").real)}
    columns = [replace(c, lines=list(c.lines)) for c in ctx.columns()]
    return out + [(("Balansräkning", "Tase"), statements.balance(ctx, columns, surplus))]


CONTENT = {
    "sectors": sectors,
    "sectors-parted": sectors_parted,
    "followup": followup,
    "amendments": amendments,
    "compare": compare,
    "behind": behind,
    "each": each,
    "contracts": contracts,
    "charges": charges,
    "closing": closing,
}
