"""Tables per unit and area, with Swedish and Finnish labels: operating budgets, investments, key figures, staff."""

from decimal import Decimal

from names import COMMITTEES, LEDGER, PROJECTS, UNITS, VERBAL

INCOME = [
    ("sales", "Försäljningsintäkter", "Myyntituotot", 0.42),
    ("fees", "Avgiftsintäkter", "Maksutuotot", 0.25),
    ("grants", "Understöd och bidrag", "Tuet ja avustukset", 0.13),
    ("rents", "Hyresintäkter", "Vuokratuotot", 0.16),
    ("other-income", "Övriga verksamhetsintäkter", "Muut toimintatuotot", 0.04),
]
COSTS = [
    ("personnel", "Personalkostnader", "Henkilöstökulut", 0.55),
    ("services", "Köp av tjänster", "Palvelujen ostot", 0.25),
    ("material", "Material, förnödenheter och varor", "Aineet, tarvikkeet ja tavarat", 0.09),
    ("given", "Understöd", "Avustukset", 0.04),
    ("leases", "Hyreskostnader", "Vuokrakulut", 0.05),
    ("other-costs", "Övriga verksamhetskostnader", "Muut toimintakulut", 0.02),
]
ACCOUNTS = {
    "sales": "3000",
    "fees": "3200",
    "grants": "3300",
    "rents": "3400",
    "other-income": "3500",
    "personnel": "4000",
    "services": "4300",
    "material": "4500",
    "given": "4700",
    "leases": "4800",
    "other-costs": "4900",
}


def operating(ctx, columns, unit=None, share=None, cover=None):
    """Income, costs and margin of one unit."""
    rng = ctx.rng
    size = ctx.people * 4200 * (share or 0.05)
    b = ctx.builder(columns)
    income, costs = size * (cover if cover is not None else 0.15), size
    chosen = [r for r in INCOME if r[0] in ("sales", "other-income") or rng.random() < 0.7]
    parts = sum(r[3] for r in chosen)
    separate = rng.random() < 0.3  # headings above the items
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
            for k, s, f, p in (
                ("wages", "Löner och arvoden", "Palkat ja palkkiot", 0.8),
                ("pensions", "Pensionskostnader", "Eläkekulut", 0.16),
                ("social", "Övriga lönebikostnader", "Muut henkilösivukulut", 0.04),
            ):
                b.item(k, s, f, -costs * part / parts * p, level=2, code=ACCOUNTS[key])
                terms.append(k)
            continue
        b.item(
            key,
            sv,
            fi,
            -costs * part / parts * rng.uniform(0.8, 1.2),
            sparse=0.05 if part < 0.06 else 0,
            code=ACCOUNTS[key],
        )
        terms.append(key)
    b.total("costs", "Verksamhetens kostnader" + tail[0], "Toimintakulut" + tail[1], terms, cost=True)
    b.total("net", "Verksamhetsbidrag", "Toimintakate", ["income"] + (["own"] if own else []) + ["costs"])
    if rng.random() < 0.6:
        b.item(
            "depreciation",
            "Avskrivningar och nedskrivningar",
            "Poistot ja arvonalentumiset",
            -size * 0.05,
            level=0,
            sparse=0.1,
        )
        if rng.random() < 0.4:
            b.total("result", "Räkenskapsperiodens resultat", "Tilikauden tulos", ["net", "depreciation"])
    return ctx.table(unit, columns, b, "operating")


def short_operating(ctx, columns, unit=None, share=None, cover=None):
    """Only the sums of one unit."""
    size = ctx.people * 4200 * (share or 0.05)
    b = ctx.builder(columns)
    b.item("income", "Verksamhetens intäkter", "Toimintatuotot", size * (cover or 0.1), level=0)
    b.item("costs", "Verksamhetens kostnader", "Toimintakulut", -size, level=0)
    b.total(
        "net",
        "Verksamhetsbidrag, externt" if ctx.rng.random() < 0.4 else "Verksamhetsbidrag",
        "Toimintakate",
        ["income", "costs"],
    )
    b.item("depreciation", "Avskrivningar och nedskrivningar", "Poistot ja arvonalentumiset", -size * 0.03, level=0)
    return ctx.table(unit, columns, b, "operating")


def summary(ctx, columns, tables):
    """The units of a document added up."""
    b = ctx.builder(columns)

    def added(key):
        rows = [r for t in tables for r in t.rows if r.key == key]
        return [
            None if c.derive else sum((r.real[i] or Decimal(0) for r in rows), Decimal(0))
            for i, c in enumerate(columns)
        ]

    b.copy("income", "Verksamhetens intäkter", "Toimintatuotot", added("income"), 0)
    own = any(r.key == "own" for t in tables for r in t.rows)
    if own:
        b.copy("own", "Tillverkning för eget bruk", "Valmistus omaan käyttöön", added("own"), 0)
    b.copy("costs", "Verksamhetens kostnader", "Toimintakulut", added("costs"), 0, cost=True)
    b.total("net", "Verksamhetsbidrag", "Toimintakate", ["income"] + ["own"] * own + ["costs"])
    return ctx.table(("Sammandrag", "Yhteenveto"), columns, b, "operating")


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
            b.item(
                key,
                sv,
                fi,
                ctx.people * rng.choice([8, 20, 45, 120]) * (1 if inflow else -1),
                1,
                noise=0.4,
                sparse=0.6,
                code=f"{90 + n}{m:02d}",
                cost=False,
            )
            keys.append(key)
        b.total(f"t{n}", section[0] + " sammanlagt", section[1] + " yhteensä", keys)
        tops.append(f"t{n}")
    b.total(
        "investments", rng.choice(["Investeringar, netto", "Investeringar sammanlagt"]), "Investoinnit, netto", tops
    )
    return ctx.table(
        rng.choice([("Investeringsdelen", "Investointiosa"), ("Investeringar", "Investoinnit")]),
        columns,
        b,
        "investments",
    )


def key_figures(ctx, columns):
    rng, people = ctx.rng, ctx.people
    b = ctx.builder(columns, positive=False)
    rows = [
        ("Antal invånare 31.12", "Asukasluku 31.12.", people, "count", 0),
        ("Inkomstskattesats, %", "Tuloveroprosentti, %", 9.2, "percent", 1),
        ("Årsbidrag, €/invånare", "Vuosikate, €/asukas", 410, "eur_per_capita", 0),
        ("Lånestock, €/invånare", "Lainakanta, €/asukas", 3300, "eur_per_capita", 0),
        ("Relativ skuldsättningsgrad, %", "Suhteellinen velkaantuneisuus, %", 62.5, "percent", 1),
        ("Soliditetsgrad, %", "Omavaraisuusaste, %", 51.2, "percent", 1),
        ("Antal elever i grundläggande utbildning", "Perusopetuksen oppilasmäärä", people * 0.11, "count", 0),
        ("Antal barn i småbarnspedagogik", "Lasten määrä varhaiskasvatuksessa", people * 0.045, "count", 0),
        ("Biblioteksutlåning per invånare", "Kirjastolainat asukasta kohti", 11.4, "count", 1),
        ("Arbetslöshetsgrad, %", "Työttömyysaste, %", 7.1, "percent", 1),
        ("Verksamhetskostnader, €/elev", "Toimintakulut, €/oppilas", 11250, "eur_per_capita", 0),
    ]
    for n, i in enumerate(sorted(rng.sample(range(len(rows)), rng.randint(5, 9)))):
        sv, fi, base, unit, decimals = rows[i]
        row = b.measure(f"k{n}", sv, fi, base, unit, decimals)
        if ctx.style.unit_column:  # the unit stands in a column of its own
            for lang, label in row.names.items():
                row.names[lang], _, text = (
                    label.partition(", ") if ", " in label else (label, "", {"sv": "antal", "fi": "lkm"}[lang])
                )
                row.unit_text[lang] = text
    return ctx.table(("Nyckeltal", "Tunnusluvut"), columns, b, "key_figures", scale=1)


def personnel(ctx, columns):
    rng = ctx.rng
    b = ctx.builder(columns, positive=False)
    units = rng.sample(UNITS, rng.randint(5, 9))
    keys = []
    decimals = rng.choice([1, 1, 2, 0])
    for n, (sv, fi, share, _) in enumerate(units):
        row = b.measure(
            f"u{n}",
            sv,
            fi,
            ctx.people * 0.045 * share + 1.5,
            "persons",
            decimals,
            grain=Decimal("0.5") if decimals else None,
        )
        row.code = f"{n + 1:02d}"
        keys.append(f"u{n}")
    total = b.total("sum", "Personal sammanlagt", "Henkilöstö yhteensä", keys)
    total.unit, total.decimals = "persons", decimals
    return ctx.table(
        rng.choice([("Personal, årsverken", "Henkilöstö, henkilötyövuodet"), ("Antal årsverken", "Henkilötyövuodet")]),
        columns,
        b,
        "personnel",
        scale=1,
    )


def by_area(ctx, columns, count=None):
    """Income, costs and net of many areas: the same three labels under every heading."""
    rng = ctx.rng
    b = ctx.builder(columns)
    units = rng.sample(UNITS, count or rng.randint(7, 16))
    words = rng.choice(
        [
            ("Intäkter", "Tuotot", "Kostnader", "Kulut", "Netto", "Netto"),
            (
                "Verksamhetsintäkter",
                "Toimintatuotot",
                "Verksamhetskostnader",
                "Toimintakulut",
                "Verksamhetsbidrag",
                "Toimintakate",
            ),
        ]
    )
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
    return ctx.table(
        ("Driftsekonomidelen per uppgiftsområde", "Käyttötalousosa tehtäväalueittain"), columns, b, "operating"
    )


def net_by_unit(ctx, columns):
    """The margin of every unit, one row each, grouped by committee."""
    rng = ctx.rng
    b = ctx.builder(columns, positive=False)
    committees = [
        ("Stadsstyrelsen", "Kaupunginhallitus"),
        ("Bildningsnämnden", "Sivistyslautakunta"),
        ("Tekniska nämnden", "Tekninen lautakunta"),
    ]
    units = rng.sample(UNITS, 12)
    tops = []
    for c, committee in enumerate(committees):
        keys = []
        b.heading(*committee, code=f"{11 + c}")
        for n, (sv, fi, share, cover) in enumerate(units[c * 4 : c * 4 + 4]):
            key = f"{c}-{n}"
            b.item(
                key,
                sv,
                fi,
                -ctx.people * 4200 * share * max(0.05, 1 - cover),
                1,
                code=f"{11 + c}.{n + 1:02d}.{rng.randint(1, 9):02d}",
            )
            keys.append(key)
        b.total(f"t{c}", committee[0] + " sammanlagt", committee[1] + " yhteensä", keys, cost=True)
        tops.append(f"t{c}")
    b.total("net", "Verksamhetsbidrag sammanlagt", "Toimintakate yhteensä", tops, cost=True)
    return ctx.table(("Verksamhetsbidrag per enhet", "Toimintakate yksiköittäin"), columns, b, "operating")


def matrix(ctx, columns):
    """Units as rows; income, costs and net of every budget as columns."""
    rng = ctx.rng
    b = ctx.builder(columns, positive=False)
    units = rng.sample(UNITS, rng.randint(6, 14))
    for n, (sv, fi, share, cover) in enumerate(units):
        real = []
        for i in range(0, len(columns), 3):
            grain = b.step if columns[i].kind == "actual" else b.grain
            size = ctx.people * 4200 * share * (1 + 0.02 * i) * rng.uniform(0.97, 1.03)
            income, costs = (b._round(Decimal(str(round(x, 4))) / b.scale, grain) for x in (size * cover, -size))
            real += [income, costs, income + costs]
        row = b.copy(f"u{n}", sv, fi, real, 0)
        row.code = f"{10 + n // 4}.{n % 4 + 1:02d}"
    b.total("sum", "Driftsekonomin sammanlagt", "Käyttötalous yhteensä", [f"u{n}" for n in range(len(units))])
    return ctx.table(("Driftsekonomin per enhet", "Käyttötalous yksiköittäin"), columns, b, "operating")


def ledger(ctx, columns, unit, share, cover):
    """One unit by accounts, with a sum for every group of them."""
    rng = ctx.rng
    size = ctx.people * 4200 * share
    b = ctx.builder(columns)
    sums = {}
    for top, groups, whole in (("income", INCOME, size * max(cover, 0.03)), ("costs", COSTS, -size)):
        sums[top] = []
        for key, sv, fi, part in groups:
            accounts = LEDGER.get(key)
            if not accounts or (key not in ("sales", "personnel", "services") and rng.random() < 0.3):
                continue
            chosen = [a for a in accounts if rng.random() < 0.85] or accounts[:1]
            for code, *names, weight in chosen:
                b.item(code, *names, whole * part * weight * rng.uniform(0.8, 1.2), 2, sparse=0.08, code=code)
            b.total(key, sv, fi, [a[0] for a in chosen], 1, cost=top == "costs", code=ACCOUNTS[key])
            sums[top].append(key)
        names = {
            "income": ("Verksamhetens intäkter", "Toimintatuotot"),
            "costs": ("Verksamhetens kostnader", "Toimintakulut"),
        }[top]
        b.total(top, *names, sums[top], 0, cost=top == "costs")
    b.total("net", "Verksamhetsbidrag", "Toimintakate", ["income", "costs"])
    return ctx.table(unit, columns, b, "operating")


def tree(ctx, columns):
    """Committees, areas and units: every sum stands above its parts."""
    rng = ctx.rng
    b = ctx.builder(columns, positive=False)
    units = rng.sample(UNITS, 18)
    ordered, tops = [], []
    for c, (sv, fi, areas) in enumerate(COMMITTEES, 2):
        keys, below = [], []
        for a, area in enumerate(areas, 1):
            inside, parts = [], rng.randint(2, 3)
            for n, (unit_sv, unit_fi, share, cover) in enumerate([units.pop() for _ in range(parts)], 1):
                size = -ctx.people * 4200 * share * max(0.05, 1 - cover)
                inside.append(b.item(f"{c}{a}{n}", unit_sv, unit_fi, size, 2, code=f"{c}{a}{n}0", cost=False))
            total = b.total(f"{c}{a}", *area, [r.key for r in inside], 1, code=f"{c}{a}")
            keys.append(total.key)
            below += [total] + inside
        ordered += [b.total(str(c), sv, fi, keys, 0, code=str(c))] + below
        tops.append(str(c))
    last = b.total("net", "Verksamhetsbidrag sammanlagt", "Toimintakate yhteensä", tops)
    b.rows = ordered + [last]
    return ctx.table(("Verksamhetsbidrag per organ", "Toimintakate toimielimittäin"), columns, b, "operating")


def plan(ctx, columns):
    """Projects over several years, with their whole cost and what was used before."""
    rng = ctx.rng
    b = ctx.builder(columns, positive=False)
    whole = next((i for i, c in enumerate(columns) if c.year is None and not c.derive), None)
    sections = rng.sample(list(PROJECTS), rng.randint(3, 4))
    tops, number = [], rng.randint(1, 4) * 1000
    for n, section in enumerate(sections, 1):
        b.heading(*section, code=f"{number // 1000}{n}")
        keys = []
        for m, (sv, fi) in enumerate(rng.sample(PROJECTS[section], min(len(PROJECTS[section]), rng.randint(2, 5))), 1):
            base = -ctx.people * rng.choice([8, 20, 45, 120]) / b.scale_float
            step = b.grain
            real = [
                b._round(Decimal(str(round(base * rng.uniform(0.3, 1.6), 4))), step) if rng.random() < 0.6 else None
                for _ in columns
            ]
            if whole is not None:
                real[whole] = None
                real[whole] = sum((v for v in real if v is not None), Decimal(0)) or None
            if b.nil == "zero":
                real = [Decimal(0) if v is None else v for v in real]
            row = b.copy(f"{n}-{m}", sv, fi, real)
            row.code = f"{number + n * 100 + m}"
            keys.append(row.key)
        b.total(f"t{n}", section[0] + " sammanlagt", section[1] + " yhteensä", keys)
        tops.append(f"t{n}")
    b.total("investments", "Investeringar sammanlagt", "Investoinnit yhteensä", tops)
    return ctx.table(("Investeringsprogram", "Investointiohjelma"), columns, b, "investments")


def verbal(ctx, columns, unit, share, cover):
    """One unit with labels of many words."""
    rng = ctx.rng
    size = ctx.people * 4200 * share
    b = ctx.builder(columns)
    names = {
        "income": ("Verksamhetens intäkter", "Toimintatuotot"),
        "costs": ("Verksamhetens kostnader", "Toimintakulut"),
    }
    for top, whole in (("income", size * max(cover, 0.03)), ("costs", -size)):
        chosen = [r for n, r in enumerate(VERBAL[top]) if not n or rng.random() < 0.75]
        parts = sum(r[2] for r in chosen)
        for n, (sv, fi, part) in enumerate(chosen):
            b.item(f"{top}{n}", sv, fi, whole * part / parts * rng.uniform(0.8, 1.2), sparse=0.1)
        tail = (" sammanlagt", " yhteensä")
        sv, fi = (x + y for x, y in zip(names[top], tail))
        b.total(top, sv, fi, [f"{top}{n}" for n in range(len(chosen))], cost=top == "costs")
    b.total("net", "Verksamhetsbidrag före avskrivningar", "Toimintakate ennen poistoja", ["income", "costs"])
    return ctx.table(unit, columns, b, "operating")
