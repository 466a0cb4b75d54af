"""Tables and pages of budget books beyond those of `organs` and `lists`: organs with their goals and measures, result units
with codes, joint authorities and their members, business units, appropriations by chapter, notes to the accounts."""

from dataclasses import replace
from decimal import Decimal

import figures
import organs
import statements
from model import Block, Column, Row
from names import MUNICIPALITIES, ORGANS, PROJECTS, UNITS, WORDS

# (organ, what it does, units by their place in UNITS)
AREAS = [
    (("Bildningsnämnden", "Sivistyslautakunta"), [4, 5, 6, 7, 8]),
    (("Fritidsnämnden", "Vapaa-aikalautakunta"), [8, 9, 10, 11]),
    (("Tekniska nämnden", "Tekninen lautakunta"), [12, 15, 16, 17, 21]),
    (("Byggnads- och miljönämnden", "Rakennus- ja ympäristölautakunta"), [12, 13, 14]),
    (("Kommunstyrelsen", "Kunnanhallitus"), [0, 1, 2, 3, 18, 19]),
    (("Landsbygdsnämnden", "Maaseutulautakunta"), [20, 14, 22]),
]
# (goal, measure, level)
GOALS = {
    "sv": [
        ("Personalen mår bra", "Arbetsklimatenkäten", "Resultatet är bättre än i fjol"),
        ("Tjänsterna finns nära", "Andel service på båda språken", "All service på svenska och finska"),
        ("Hållbar ekonomi", "Avvikelse från budgeten", "Ingen överskridning"),
        ("Klimatsmart kommun", "Energiförbrukning i fastigheterna", "Minskar jämfört med året innan"),
        ("Eleverna trivs i skolan", "Elevenkät varje vår", "Minst nio av tio trivs"),
        ("Digitala tjänster används", "Antal e-tjänster", "Två nya e-tjänster tas i bruk"),
        ("Smidig planläggning", "Detaljplaner som godkänts", "Minst tre planer per år"),
        ("Levande föreningsliv", "Möten med föreningarna", "Två träffar om året"),
    ],
    "fi": [
        ("Henkilöstö voi hyvin", "Työilmapiirikysely", "Tulos paranee edellisvuodesta"),
        ("Palvelut ovat lähellä", "Palvelut molemmilla kielillä", "Kaikki palvelut suomeksi ja ruotsiksi"),
        ("Kestävä talous", "Poikkeama talousarviosta", "Ei ylityksiä"),
        ("Ilmastoviisas kunta", "Kiinteistöjen energiankulutus", "Vähenee edellisvuodesta"),
        ("Oppilaat viihtyvät koulussa", "Oppilaskysely keväällä", "Vähintään yhdeksän kymmenestä viihtyy"),
        ("Sähköiset palvelut käytössä", "Sähköisten palvelujen määrä", "Kaksi uutta palvelua otetaan käyttöön"),
        ("Sujuva kaavoitus", "Hyväksytyt asemakaavat", "Vähintään kolme kaavaa vuodessa"),
        ("Elävä järjestötoiminta", "Tapaamiset järjestöjen kanssa", "Kaksi tapaamista vuodessa"),
    ],
}
GOAL_HEADS = {
    "sv": [("Mål", "Mätare", "Målnivå"), ("Strategiskt mål", "Hur det mäts", "Nivå")],
    "fi": [("Tavoite", "Mittari", "Tavoitetaso"), ("Strateginen tavoite", "Miten mitataan", "Taso")],
}
SAID = {
    "sv": [
        ("Ansvarsområde", "Ansvarig person", "Motivering", "Tyngdpunktsområden", "Mål och mätare"),
        ("Resultatområde", "Ansvarsperson", "Verksamhetsbeskrivning", "Tyngdpunkter {y}", "Bindande mål"),
    ],
    "fi": [
        ("Vastuualue", "Vastuuhenkilö", "Perustelut", "Painopistealueet", "Tavoitteet ja mittarit"),
        ("Tulosalue", "Tilivelvollinen", "Toiminnan kuvaus", "Painopisteet {y}", "Sitovat tavoitteet"),
    ],
}
# What a list says that looks like a table: the steps of the budget work, and who answers where
STEPS = {
    "sv": [
        ("Ramarna behandlas i fullmäktige", "16.6.{p}"),
        ("Nämndernas förslag lämnas in", "12.9.{p}"),
        ("Beredning i ledningsgruppen", "3.10.{p}"),
        ("Budgetförhandlingar", "21–23.10.{p}"),
        ("Styrelsens behandling", "3.11.{p}"),
        ("Fullmäktige godkänner budgeten", "8.12.{p}"),
    ],
    "fi": [
        ("Valtuusto käsittelee kehykset", "16.6.{p}"),
        ("Lautakunnat jättävät esityksensä", "12.9.{p}"),
        ("Valmistelu johtoryhmässä", "3.10.{p}"),
        ("Talousarvioneuvottelut", "21.–23.10.{p}"),
        ("Hallituksen käsittely", "3.11.{p}"),
        ("Valtuusto hyväksyy talousarvion", "8.12.{p}"),
    ],
}
CONTENTS = {
    "sv": [
        "1 Allmän översikt",
        "1.1 Det ekonomiska läget",
        "1.2 Befolkning och sysselsättning",
        "2 Driftsekonomidelen",
        "3 Resultaträkningsdelen",
        "4 Investeringsdelen",
        "5 Finansieringsdelen",
        "Bilaga 1 Organisation",
    ],
    "fi": [
        "1 Yleiskatsaus",
        "1.1 Taloudellinen tilanne",
        "1.2 Väestö ja työllisyys",
        "2 Käyttötalousosa",
        "3 Tuloslaskelmaosa",
        "4 Investointiosa",
        "5 Rahoitusosa",
        "Liite 1 Organisaatio",
    ],
}
# Class, chapters, items: (Swedish, Finnish, euro per inhabitant)
APPROPRIATIONS = [
    (
        ("Förvaltning och beslutsfattande", "Hallinto ja päätöksenteko"),
        [
            (
                ("Förtroendeorgan och val", "Luottamuselimet ja vaalit"),
                [
                    ("Arvoden och ersättningar till förtroendevalda för sammanträden och resor (reservationsanslag)", "Luottamushenkilöiden kokouspalkkiot ja matkakorvaukset (siirtomääräraha)", 9),
                    ("Kommunalval och övriga val", "Kuntavaalit ja muut vaalit", 2),
                    ("Revision av förvaltning och ekonomi", "Hallinnon ja talouden tarkastus", 3),
                ],
            ),
            (
                ("Centralförvaltning", "Keskushallinto"),
                [
                    ("Omkostnader", "Toimintamenot", 68),
                    ("Medlemsavgifter till regionala och riksomfattande organisationer (förslagsanslag)", "Jäsenmaksut alueellisille ja valtakunnallisille järjestöille (arviomääräraha)", 11),
                    ("Utveckling av dataförvaltningen och gemensamma informationssystem (reservationsanslag, 2 år)", "Tietohallinnon ja yhteisten tietojärjestelmien kehittäminen (siirtomääräraha, 2 v)", 34),
                ],
            ),
        ],
    ),
    (
        ("Bildning och välfärd", "Sivistys ja hyvinvointi"),
        [
            (
                ("Småbarnspedagogik och undervisning", "Varhaiskasvatus ja opetus"),
                [
                    ("Omkostnader", "Toimintamenot", 1480),
                    ("Skolskjutsar", "Koulukuljetukset", 96),
                    ("Hemkommunsersättningar till andra kommuner och till privata utbildningsanordnare (förslagsanslag)", "Kotikuntakorvaukset muille kunnille ja yksityisille koulutuksen järjestäjille (arviomääräraha)", 71),
                    ("Stöd för privat vård och kommuntillägg till familjer", "Yksityisen hoidon tuki ja kuntalisät perheille", 22),
                ],
            ),
            (
                ("Kultur, idrott och ungdom", "Kulttuuri, liikunta ja nuoriso"),
                [
                    ("Omkostnader", "Toimintamenot", 148),
                    ("Verksamhetsunderstöd till föreningar och stiftelser enligt nämndens beslut", "Toiminta-avustukset yhdistyksille ja säätiöille lautakunnan päätöksen mukaan", 12),
                    ("Anskaffning av böcker och annat biblioteksmaterial", "Kirjojen ja muun kirjastoaineiston hankinta", 8),
                ],
            ),
        ],
    ),
    (
        ("Teknik och miljö", "Tekniikka ja ympäristö"),
        [
            (
                ("Infrastruktur", "Infrastruktuuri"),
                [
                    ("Underhåll av gator, torg och parker", "Katujen, torien ja puistojen kunnossapito", 104),
                    ("Understöd för grundförbättring och underhåll av enskilda vägar (reservationsanslag, 2 år)", "Avustukset yksityisteiden perusparannukseen ja kunnossapitoon (siirtomääräraha, 2 v)", 14),
                    ("Gatubelysning", "Katuvalaistus", 17),
                ],
            ),
            (
                ("Fastigheter", "Kiinteistöt"),
                [
                    ("Uppvärmning, elektricitet och vatten i kommunens byggnader", "Kunnan rakennusten lämmitys, sähkö ja vesi", 121),
                    ("Årsreparationer", "Vuosikorjaukset", 46),
                    ("Hyror för lokaler som kommunen inte äger (förslagsanslag)", "Vuokrat toimitiloista, joita kunta ei omista (arviomääräraha)", 58),
                ],
            ),
        ],
    ),
    (
        ("Näringsliv och sysselsättning", "Elinkeinot ja työllisyys"),
        [
            (
                ("Sysselsättning", "Työllisyys"),
                [
                    ("Omkostnader", "Toimintamenot", 62),
                    ("Kommunens andel av arbetsmarknadsstödet och arbetslöshetsersättningarna (förslagsanslag)", "Kunnan osuus työmarkkinatuesta ja työttömyyskorvauksista (arviomääräraha)", 88),
                ],
            ),
            (
                ("Näringsliv", "Elinkeinot"),
                [
                    ("Utvecklingsbolagets basfinansiering", "Kehitysyhtiön perusrahoitus", 19),
                    ("Avbytarservice och övriga tjänster för lantbruket", "Lomituspalvelut ja muut maatalouden palvelut", 24),
                ],
            ),
        ],
    ),
]


def chapters(ctx):
    """Organs one by one: their result units with codes, key figures and staff under the same heads."""
    rng, out = ctx.rng, []
    form = rng.choice(["rows", "net", "items"])
    for n, (organ, units) in enumerate(rng.sample(AREAS, rng.randint(2, 3))):
        chosen = [UNITS[i] for i in rng.sample(units, min(len(units), rng.randint(2, 4)))]
        top = rng.randint(2, 8) * 100
        columns = ctx.columns()
        b = ctx.builder(columns)
        if form == "items":
            organs.blocks(ctx, b, "", ctx.people * 4200 * sum(u[2] for u in chosen), chosen[0][3])
        elif form == "net":
            keys = []
            for m, (sv, fi, share, cover) in enumerate(chosen):
                size = -ctx.people * 4200 * share * max(0.06, 1 - cover)
                b.item(f"u{m}", sv, fi, size, 0, code=str(top + 10 * (m + 1)), cost=False)
                keys.append(f"u{m}")
            b.total("net", "Verksamhetsbidrag totalt", "Toimintakate yhteensä", keys)
        else:
            parts = {"income": [], "costs": [], "net": []}
            names = (
                ("income", "Intäkter", "Tuotot"),
                ("costs", "Kostnader", "Kulut"),
                ("net", "Netto", "Netto"),
            )
            for m, (sv, fi, share, cover) in enumerate(chosen):
                b.heading(sv, fi, code=str(top + 10 * (m + 1)))
                size = ctx.people * 4200 * share
                b.item(f"{m}income", *names[0][1:], size * max(cover, 0.02), section=(sv, fi))
                b.item(f"{m}costs", *names[1][1:], -size, section=(sv, fi))
                b.total(f"{m}net", *names[2][1:], [f"{m}income", f"{m}costs"], 1, section=(sv, fi))
                for key, keys in parts.items():
                    keys.append(f"{m}{key}")
            b.heading(*organ, code=str(top))
            for key, *said in names[:2]:
                b.total(key, *said, parts[key], 1, cost=key == "costs", section=organ)
            b.total("net", *names[2][1:], ["income", "costs"], 1, section=organ)
        names = ("Driftsekonomi per resultatenhet", "Käyttötalous tulosyksiköittäin")
        if form == "items":
            names = ("Ekonomi", "Talous")
        tables = [ctx.table(names, columns, b, "operating")]
        if rng.random() < 0.75:
            tables.append(volumes(ctx, units))
        if rng.random() < 0.5:
            tables.append(posts(ctx, organ))
        out.append((organ, tables))
    return out


VOLUMES = {
    4: [("Barn i småbarnspedagogik", "Lapsia varhaiskasvatuksessa", 0.045, "count", 0), ("Nettokostnad per barn, €", "Nettokustannus lasta kohti, €", 12800.0, "eur_per_capita", 0)],
    5: [("Elever i åk 1–9", "Oppilaita lk 1–9", 0.11, "count", 0), ("Elever per undervisningsgrupp", "Oppilaita opetusryhmää kohti", 17.4, "count", 1)],
    6: [("Studerande i gymnasiet", "Lukion opiskelijoita", 0.022, "count", 0)],
    8: [("Boklån per invånare", "Kirjalainat asukasta kohti", 11.2, "count", 1), ("Besök i biblioteket", "Kirjastokäyntejä", 5.1, "count", 0)],
    11: [("Besök i simhallen", "Käyntejä uimahallissa", 3.4, "count", 0), ("Självfinansieringsgrad, %", "Omarahoitusaste, %", 31.5, "percent", 1)],
    13: [("Beviljade bygglov", "Myönnetyt rakennusluvat", 0.011, "count", 0), ("Handläggningstid, dagar", "Käsittelyaika, päivää", 24.0, "count", 0)],
    15: [("Gator och leder, km", "Kadut ja väylät, km", 0.0042, "count", 1), ("Underhåll, €/km", "Kunnossapito, €/km", 6420.0, "eur_per_capita", 0)],
    16: [("Lokaler, m²", "Toimitilat, m²", 6.2, "count", 0), ("Lokaler, €/m²/mån.", "Toimitilat, €/m²/kk", 7.15, "eur_per_capita", 2), ("Uthyrningsgrad, %", "Vuokrausaste, %", 94.2, "percent", 1)],
    17: [("Portioner per dag", "Annoksia päivässä", 0.19, "count", 0), ("Pris per portion, €", "Annoksen hinta, €", 3.86, "eur_per_capita", 2)],
    18: [("Arbetslöshetsgrad, %", "Työttömyysaste, %", 6.8, "percent", 1)],
    19: [("Nya företag", "Uudet yritykset", 0.006, "count", 0)],
    20: [("Lantbrukslägenheter", "Maatilat", 0.012, "count", 0)],
    0: [("Skattesats, %", "Veroprosentti, %", 8.9, "percent", 1), ("Årsbidrag, €/invånare", "Vuosikate, €/asukas", 385.0, "eur_per_capita", 0)],
    2: [("Arbetsstationer", "Työasemat", 0.05, "count", 0)],
    9: [("Evenemang", "Tapahtumia", 0.008, "count", 0)],
    10: [("Besök i ungdomsgården", "Käyntejä nuorisotalolla", 0.6, "count", 0)],
    14: [("Miljötillstånd", "Ympäristöluvat", 0.002, "count", 0)],
}


def volumes(ctx, units):
    """Key figures of an organ: counts, percent, euro per unit."""
    columns = ctx.columns()
    b = ctx.builder(columns, positive=False)
    n = 0
    for unit in units:
        for sv, fi, base, unit_of, decimals in VOLUMES.get(unit, []):
            per_head = unit_of == "count" and base < 8 and not sv.startswith(("Elever per", "Boklån"))
            b.measure(f"k{n}", sv, fi, ctx.people * base if per_head else base, unit_of, decimals)
            n += 1
    return ctx.table(("Nyckeltal", "Tunnusluvut"), columns, b, "key_figures", scale=1)


POSTS = [
    ("Ledning", "Johto", 2),
    ("Rektorer och daghemsföreståndare", "Rehtorit ja päiväkodinjohtajat", 6),
    ("Lärare", "Opettajat", 48),
    ("Lärare inom småbarnspedagogik", "Varhaiskasvatuksen opettajat", 31),
    ("Barnskötare", "Lastenhoitajat", 27),
    ("Skolgångshandledare", "Koulunkäynnin ohjaajat", 15),
    ("Sakkunniga", "Asiantuntijat", 7),
    ("Kontorspersonal", "Toimistohenkilöstö", 4),
    ("Fastighetsskötare", "Kiinteistönhoitajat", 9),
    ("Visstidsanställda", "Määräaikaiset", 12),
]


def posts(ctx, organ=None):
    """Staff by profession, in person-years or persons."""
    rng = ctx.rng
    columns = ctx.columns()
    b = ctx.builder(columns, positive=False)
    decimals, keys = rng.choice([0, 1, 2]), []
    for n, (sv, fi, size) in enumerate(POSTS[i] for i in sorted(rng.sample(range(len(POSTS)), rng.randint(3, 6)))):
        b.measure(f"p{n}", sv, fi, max(1.0, size * ctx.people / 12000), "persons", decimals, noise=0.05)
        keys.append(f"p{n}")
    total = b.total("sum", "Personal totalt", "Henkilöstö yhteensä", keys)
    total.unit, total.decimals = "persons", decimals
    names = ("Personal, årsverken", "Henkilöstö, henkilötyövuodet")
    return ctx.table(names, columns, b, "personnel", scale=1)


def staff(ctx):
    """Staff by profession and by organ, absence and ages: rows of counts, percent and days."""
    out = [(None, [posts(ctx)])]
    columns = ctx.columns()
    b = ctx.builder(columns, positive=False)
    rows = [
        ("Sjukfrånvaro, dagar per årsverke", "Sairauspoissaolot, päivää henkilötyövuotta kohti", 13.4, "count", 1),
        ("Andel ordinarie personal, %", "Vakinaisen henkilöstön osuus, %", 81.5, "percent", 1),
        ("Medelålder, år", "Keski-ikä, vuotta", 47.2, "count", 1),
        ("Personalomsättning, %", "Vaihtuvuus, %", 8.3, "percent", 1),
        ("Personalkostnader, €/invånare", "Henkilöstökulut, €/asukas", 2410.0, "eur_per_capita", 0),
        ("Utbildningsdagar per anställd", "Koulutuspäiviä työntekijää kohti", 2.1, "count", 1),
        ("Arbetsolyckor", "Työtapaturmat", 24.0, "count", 0),
    ]
    for n, i in enumerate(sorted(ctx.rng.sample(range(len(rows)), ctx.rng.randint(4, 6)))):
        b.measure(f"r{n}", *rows[i], noise=0.06)
    out.append((None, [ctx.table(("Nyckeltal för personalen", "Henkilöstön tunnusluvut"), columns, b, "key_figures", scale=1)]))
    columns = ctx.columns()
    b = ctx.builder(columns)
    keys = []
    for key, sv, fi, base in (
        ("wages", "Löner och arvoden", "Palkat ja palkkiot", 1960),
        ("pensions", "Pensionskostnader", "Eläkekulut", 345),
        ("social", "Övriga lönebikostnader", "Muut henkilösivukulut", 68),
    ):
        b.item(key, sv, fi, -ctx.people * base, 0)
        keys.append(key)
    b.item("returned", "Sjukförsäkrings- och olycksfallsersättningar", "Sairausvakuutus- ja tapaturmakorvaukset", ctx.people * 14, 0, cost=True)
    b.total("sum", "Personalkostnader totalt", "Henkilöstökulut yhteensä", keys + ["returned"], cost=True)
    return out + [(None, [ctx.table(("Personalkostnader", "Henkilöstökulut"), columns, b, "operating")])]


def trio(ctx):
    """Income, costs and margin of the same organs in a table each; costs are positive in their own."""
    rng = ctx.rng
    chosen = [ORGANS[i] for i in sorted(rng.sample(range(2, len(ORGANS)), rng.randint(4, 7)))]
    inner = ctx.builder(ctx.columns(), positive=False)
    made = {}
    for n, (sv, fi, share, cover) in enumerate(chosen):
        size = ctx.people * 4200 * share
        made[n] = [inner.item(f"{n}{k}", sv, fi, v).real for k, v in (("i", size * max(cover, 0.02)), ("c", -size))]
    out = []
    for kind, names, total in (
        ("income", ("Verksamhetens intäkter", "Toimintatuotot"), ("Intäkter totalt", "Tuotot yhteensä")),
        ("costs", ("Verksamhetens kostnader", "Toimintakulut"), ("Kostnader totalt", "Kulut yhteensä")),
        ("net", ("Verksamhetsbidrag", "Toimintakate"), ("Bidrag totalt", "Kate yhteensä")),
    ):
        columns = ctx.columns()
        b = ctx.builder(columns, positive=kind == "costs")
        keys = []
        for n, (sv, fi, *_) in enumerate(chosen):
            income, costs = made[n]
            net = [None if a is None or c is None else a + c for a, c in zip(income, costs)]
            b.copy(f"u{n}", sv, fi, {"income": income, "costs": costs, "net": net}[kind], 0, cost=kind == "costs")
            keys.append(f"u{n}")
        b.total("sum", *total, keys, cost=kind == "costs")
        out.append((None, [ctx.table(names, columns, b, "operating")]))
    return out


def signs(ctx):
    """Costs positive in the tables of organs, negative in the statement that follows."""
    tables = trio(ctx)
    ctx.style = replace(ctx.style, costs="negative")
    return tables[:2] + [(None, [statements.income_statement(ctx, ctx.columns())])]


def appropriations(ctx):
    """Classes, chapters and items with one amount each, sums above their parts."""
    rng = ctx.rng
    columns = ctx.columns()
    b = ctx.builder(columns, positive=True)
    ordered, tops = [], []
    short = rng.random() < 0.5  # numbers within their chapter only
    for c, (klass, parts) in enumerate(sorted(rng.sample(APPROPRIATIONS, rng.randint(3, 4)), key=APPROPRIATIONS.index), 1):
        keys, below = [], []
        for a, (chapter, items) in enumerate(parts, 1):
            inside = []
            for n, (sv, fi, base) in enumerate(items, 1):
                code = f"{n:02d}." if short else f"{20 + c}.{a * 10}.{n:02d}"
                row = b.item(f"{c}-{a}-{n}", sv, fi, ctx.people * base * rng.uniform(0.8, 1.2), 2, code=code)
                row.section = chapter
                inside.append(row)
            code = f"{a * 10}." if short else f"{20 + c}.{a * 10}"
            total = b.total(f"{c}-{a}", *chapter, [r.key for r in inside], 1, code=code)
            keys.append(total.key)
            below += [total] + inside
        total = b.total(str(c), *klass, keys, 0, code=f"{20 + c}." if short else str(20 + c))
        total.names = {k: v.upper() for k, v in total.names.items()}
        ordered += [total] + below
        tops.append(str(c))
    last = b.total("sum", "ANSLAG SAMMANLAGT", "MÄÄRÄRAHAT YHTEENSÄ", tops)
    b.rows = ordered + [last]
    return [(None, [ctx.table(("Anslag", "Määrärahat"), columns, b, "operating")])]


def body(ctx):
    """The name of a joint authority: (Swedish, Finnish)."""
    return ctx.rng.choice(
        [
            (f"Utbildningssamkommunen i {ctx.sv}", f"Koulutuskuntayhtymä, {ctx.fi}"),
            (f"Avfallssamkommunen i {ctx.sv}", f"Jätehuoltokuntayhtymä, {ctx.fi}"),
            (f"Samkommunen för medborgarinstitut, {ctx.sv}", f"Kansalaisopiston kuntayhtymä, {ctx.fi}"),
        ]
    )


def shares(ctx):
    """What every member pays, and its share in percent, under every budget."""
    rng = ctx.rng
    at = next(i for i, m in enumerate(MUNICIPALITIES) if m[0] == ctx.sv)
    members = sorted(set(range(max(0, at - 4), at + 4)) & set(range(len(MUNICIPALITIES))))[: rng.randint(5, 8)]
    years = [("actual", ctx.year - 2), ("budget", ctx.year - 1), ("budget", ctx.year)][rng.choice([0, 1]) :]
    word = {"sv": {"actual": "Bokslut", "budget": "Budget"}, "fi": {"actual": "Tilinpäätös", "budget": "Talousarvio"}}[ctx.lang]
    percent = {"sv": "Andel %", "fi": "Osuus %"}[ctx.lang]
    euro = {1: "€", 1000: "1 000 €"}[ctx.style.scale]
    columns = []
    for kind, y in years:
        span = f"{word[kind]} {y}"
        columns += [Column(kind, y, span=span, lines=[euro]), Column("other", None, "percent", span=span, lines=[percent])]
    b = ctx.builder(columns, positive=False)
    real = {n: [] for n in members}
    for kind, y in years:
        grain = b.step if kind == "actual" else b.grain
        size = ctx.people * 160 * 1.02 ** (y - ctx.year)
        people = sum(MUNICIPALITIES[n][2] for n in members)
        amounts = {
            n: b._round(Decimal(str(round(size * MUNICIPALITIES[n][2] / people * rng.uniform(0.9, 1.1), 3))) / b.scale, grain)
            or grain
            for n in members
        }
        whole = sum(amounts.values())
        for n in members:
            real[n] += [amounts[n], (amounts[n] / whole * 100).quantize(Decimal("0.1"))]
    keys = []
    for n in members:
        sv, fi, _ = MUNICIPALITIES[n]
        b.copy(f"m{n}", sv, fi, real[n], 0)
        keys.append(f"m{n}")
    total = b.total("sum", "Medlemskommunerna totalt", "Jäsenkunnat yhteensä", keys)
    for i in range(1, len(columns), 2):
        total.values[i] = total.real[i] = Decimal("100.0")
    names = ("Medlemskommunernas betalningsandelar", "Jäsenkuntien maksuosuudet")
    return ctx.table(names, columns, b, "operating")


def joint(ctx):
    """A joint authority: its statement, what its members pay, its investments and key figures."""
    rng, size = ctx.rng, ctx.people * 310
    columns = ctx.columns()
    b = ctx.builder(columns)
    b.heading("Verksamhetens intäkter", "Toimintatuotot")
    incomes = [
        ("share", "Medlemskommunernas betalningsandelar", "Jäsenkuntien maksuosuudet", 0.52),
        ("state", "Statlig finansiering", "Valtionrahoitus", 0.31),
        ("sales", "Försäljning av tjänster", "Palvelujen myynti", 0.1),
        ("other", "Övriga intäkter", "Muut tuotot", 0.02),
    ]
    for key, sv, fi, part in incomes:
        b.item(key, sv, fi, size * part)
    b.total("income", "Intäkter totalt", "Tuotot yhteensä", [r[0] for r in incomes])
    b.heading("Verksamhetens kostnader", "Toimintakulut")
    costs = [
        ("wages", "Löner och lönebikostnader", "Palkat ja sivukulut", 0.61),
        ("services", "Köp av tjänster", "Palvelujen ostot", 0.17),
        ("material", "Material och varor", "Aineet ja tavarat", 0.08),
        ("rents", "Hyror till medlemskommunerna", "Vuokrat jäsenkunnille", 0.05),
    ]
    for key, sv, fi, part in costs:
        b.item(key, sv, fi, -size * part)
    b.total("costs", "Kostnader totalt", "Kulut yhteensä", [r[0] for r in costs], cost=True)
    b.total("margin", "Årsbidrag", "Vuosikate", ["income", "costs"])
    b.item("depreciation", "Avskrivningar enligt plan", "Suunnitelman mukaiset poistot", -size * 0.03, 0)
    b.total("surplus", "Räkenskapsperiodens resultat", "Tilikauden tulos", ["margin", "depreciation"])
    out = [(None, [ctx.table(("Resultaträkning", "Tuloslaskelma"), columns, b, "income_statement")])]
    out.append((None, [shares(ctx)]))
    columns = ctx.columns()
    b = ctx.builder(columns, positive=False)
    keys = []
    for n, (sv, fi, base) in enumerate(
        (
            ("Maskiner och utrustning", "Koneet ja laitteet", 6),
            ("Grundförbättring av byggnader", "Rakennusten perusparannus", 21),
            ("Ny verkstad", "Uusi työpaja", 14),
            ("Informationssystem", "Tietojärjestelmät", 4),
        )
    ):
        b.item(f"i{n}", sv, fi, -ctx.people * base, 0, noise=0.3, sparse=0.4)
        keys.append(f"i{n}")
    b.total("sum", "Investeringar totalt", "Investoinnit yhteensä", keys)
    out.append((None, [ctx.table(("Investeringar", "Investoinnit"), columns, b, "investments")]))
    if rng.random() < 0.5:
        out.append((None, [posts(ctx)]))
    return out


BUSINESS = [
    (
        ("Hamnen", "Satama"),
        [
            ("Fartygsavgifter", "Alusmaksut", 0.34),
            ("Varuavgifter", "Tavaramaksut", 0.41),
            ("Hyror för lagerområden", "Varastoalueiden vuokrat", 0.19),
            ("Övriga hamntjänster", "Muut satamapalvelut", 0.06),
        ],
        [("Godstrafik, 1 000 ton", "Tavaraliikenne, 1 000 tonnia", 412.0, "count", 0), ("Fartygsanlöp", "Alusten käynnit", 318.0, "count", 0)],
    ),
    (
        ("Fjärrvärmeverket", "Kaukolämpölaitos"),
        [
            ("Försäljning av energi", "Energian myynti", 0.74),
            ("Grundavgifter", "Perusmaksut", 0.22),
            ("Anslutningsavgifter", "Liittymismaksut", 0.04),
        ],
        [("Såld värme, MWh", "Myyty lämpö, MWh", 46200.0, "count", 0), ("Värmens pris, €/MWh", "Lämmön hinta, €/MWh", 88.4, "eur_per_capita", 2)],
    ),
    (
        ("Affärsverket Vatten", "Liikelaitos Vesi"),
        [
            ("Vattenavgifter", "Vesimaksut", 0.43),
            ("Avloppsavgifter", "Jätevesimaksut", 0.49),
            ("Anslutningsavgifter", "Liittymismaksut", 0.08),
        ],
        [("Såld vattenmängd, m³", "Myyty vesimäärä, m³", 412300.0, "count", 0), ("Vattnets pris, €/m³", "Veden hinta, €/m³", 1.74, "eur_per_capita", 2)],
    ),
]


def business(ctx):
    """A business unit: its statement with key figures, its financing, its balance in short."""
    rng, people = ctx.rng, ctx.people
    (sv, fi), sales, keys = rng.choice(BUSINESS)
    columns = ctx.columns()
    b = ctx.builder(columns)
    size, terms = people * 190, []
    for n, (s, f, part) in enumerate(sales):
        b.item(f"s{n}", s, f, size * part)
        terms.append(f"s{n}")
    b.total("income", "Omsättning", "Liikevaihto", terms)
    costs = [
        ("wages", "Personalkostnader", "Henkilöstökulut", 0.17),
        ("material", "Material och förnödenheter", "Aineet ja tarvikkeet", 0.21),
        ("services", "Köp av tjänster", "Palvelujen ostot", 0.22),
        ("rents", "Övriga rörelsekostnader", "Liiketoiminnan muut kulut", 0.05),
        ("depreciation", "Avskrivningar", "Poistot", 0.2),
    ]
    for key, s, f, part in costs:
        b.item(key, s, f, -size * part)
    b.total("net", "Rörelseöverskott", "Liikeylijäämä", ["income"] + [r[0] for r in costs])
    b.item("paid", "Ersättning för grundkapitalet", "Korvaus peruspääomasta", -people * 8, growth=0, noise=0)
    b.item("interest", "Ränteintäkter och räntekostnader", "Korkotuotot ja korkokulut", -people * 4)
    b.total("surplus", "Räkenskapsperiodens överskott", "Tilikauden ylijäämä", ["net", "paid", "interest"])
    result = b.find("surplus").real
    statement = ctx.table((f"{sv}, resultaträkning", f"{fi}, tuloslaskelma"), columns, b, "income_statement")
    columns = ctx.columns()
    f = ctx.builder(columns, positive=False)
    f.heading("Verksamhetens kassaflöde", "Toiminnan rahavirta")
    f.copy("surplus", "Räkenskapsperiodens överskott", "Tilikauden ylijäämä", result)
    f.copy("depreciation", "Avskrivningar", "Poistot", [None if v is None else -v for v in b.find("depreciation").real])
    f.heading("Investeringarnas kassaflöde", "Investointien rahavirta")
    f.item("spending", "Investeringsutgifter", "Investointimenot", -people * 61, noise=0.25)
    f.heading("Finansieringens kassaflöde", "Rahoituksen rahavirta")
    f.item("new", "Ökning av lån från kommunen", "Kunnan lainojen lisäys", people * 34, noise=0.3, sparse=0.5)
    f.item("repaid", "Minskning av lån från kommunen", "Kunnan lainojen vähennys", -people * 12)
    f.total("sum", "Förändring av likvida medel", "Rahavarojen muutos", ["surplus", "depreciation", "spending", "new", "repaid"])
    out = [
        (None, [statement]),
        (None, [ctx.table((f"{sv}, finansieringskalkyl", f"{fi}, rahoituslaskelma"), columns, f, "cash_flow")]),
    ]
    columns = ctx.columns()
    k = ctx.builder(columns, positive=False)
    more = [("Avkastning på kapitalet, %", "Pääoman tuotto, %", 4.2, "percent", 1), ("Personal, årsverken", "Henkilöstö, htv", 11.5, "persons", 1)]
    for n, row in enumerate(keys + more):
        k.measure(f"k{n}", *row, noise=0.05)
    return out + [(None, [ctx.table((f"{sv}, nyckeltal", f"{fi}, tunnusluvut"), columns, k, "key_figures", scale=1)])]


def balance_keys(ctx):
    """Assets and liabilities with key figures below them, beside each other; and the income statement in short."""
    assets, debts = statements.balance(ctx, ctx.columns())
    scale, step = Decimal(ctx.style.scale), Decimal("0.1")
    find = lambda k: debts.find(k).real
    n = range(len(debts.columns))
    people = [Decimal(round(ctx.people * 0.997 ** (ctx.year - c.year))) for c in debts.columns]
    capital = [a + b for a, b in zip(find("equity"), find("reserve"))]
    debts.columns = [replace(c, lines=list(c.lines)) for c in debts.columns]
    debts.rows.append(Row("", {"sv": "NYCKELTAL", "fi": "TUNNUSLUVUT"}, "heading", values=[None] * len(n)))
    loans = find("institutions")
    for sv, fi, unit, decimals, values in (
        ("Soliditetsgrad, %", "Omavaraisuusaste, %", "percent", 1, [(capital[i] / find("sum")[i] * 100).quantize(step) for i in n]),
        ("Lånestock 31.12", "Lainakanta 31.12.", None, None, loans),
        ("Lånestock 31.12, €/invånare", "Lainakanta 31.12., €/asukas", "eur_per_capita", 0, [(loans[i] * scale / people[i]).quantize(Decimal(1)) for i in n]),
        ("Antal invånare", "Asukasmäärä", "count", 0, people),
    ):
        debts.rows.append(Row(fi, {"sv": sv, "fi": fi}, "item", 1, list(values), list(values), unit=unit, decimals=decimals))
    return [(("Balansräkning", "Tase"), [assets, debts])]


def projects_parted(ctx):
    """Projects with expenditure, income and net as columns under every year of the plan."""
    rng = ctx.rng
    words = {"sv": ("Budget", "Plan", ["Utgifter", "Inkomster", "Netto"]), "fi": ("Talousarvio", "Suunnitelma", ["Menot", "Tulot", "Netto"])}[ctx.lang]
    years = [ctx.year + i for i in range(rng.choice([2, 3]))]
    columns = [
        Column("plan" if y > ctx.year else "budget", y, span=f"{words[y > ctx.year]} {y}", lines=[part])
        for y in years
        for part in words[2]
    ]
    b = ctx.builder(columns, positive=False)
    tops, number = [], rng.randint(70, 95) * 100
    for n, section in enumerate(rng.sample(list(PROJECTS)[:4], rng.randint(2, 3)), 1):
        b.heading(*section, code=str(number + n * 10))
        projects = [p for p in PROJECTS[section] if not p[0].startswith(("Försäljning", "Statsandelar"))]
        keys = []
        for m, (sv, fi) in enumerate(rng.sample(projects, min(len(projects), rng.randint(2, 4))), 1):
            real, size = [], -ctx.people * rng.choice([15, 40, 90])
            for _ in years:
                out = b._round(Decimal(str(round(size * rng.uniform(0.4, 1.5), 3))) / b.scale, b.grain) if rng.random() < 0.65 else None
                income = b._round(-out * Decimal("0.3"), b.grain) if out and rng.random() < 0.4 else None
                real += [out or None, income or None, (out or 0) + (income or 0) if out or income else None]
            if b.nil == "zero":
                real = [Decimal(0) if v is None else v for v in real]
            row = b.copy(f"{n}-{m}", sv, fi, real)
            row.code = str(number + n * 10 + m)
            keys.append(row.key)
        b.total(f"t{n}", section[0] + " totalt", section[1] + " yhteensä", keys)
        tops.append(f"t{n}")
    b.total("investments", "Investeringar totalt", "Investoinnit yhteensä", tops)
    return [(None, [ctx.table(("Investeringar per projekt och år", "Investoinnit hankkeittain ja vuosittain"), columns, b, "investments")])]


def one_year(ctx):
    """Income, expenditure and net of one budget: the year stands in the title row of the table only."""
    rng, out = ctx.rng, []
    words = {"sv": rng.choice([["Inkomster", "Utgifter", "Netto"], ["Intäkter", "Kostnader", "Netto"]]), "fi": ["Tulot", "Menot", "Netto"]}[ctx.lang]

    def table(sv, fi, rows, total):
        columns = [Column("budget", ctx.year, lines=[w]) for w in words]
        b = ctx.builder(columns, positive=False)
        keys = []
        for n, (s, f, income, costs) in enumerate(rows):
            one, two = (b._round(Decimal(str(round(ctx.people * v, 3))) / b.scale, b.grain) for v in (income, costs))
            zero = None if b.nil != "zero" else Decimal(0)
            row = b.copy(f"r{n}", s, f, [one or zero, two or zero, one - two], 0)
            row.code = str(10 * (n + 1))
            keys.append(row.key)
        b.total("sum", *total, keys)
        names = (f"{sv}, budget {ctx.year}", f"{fi}, talousarvio {ctx.year}")
        out.append((None, [ctx.table(names, columns, b, "operating")]))

    chosen = sorted(rng.sample(range(2, len(ORGANS)), rng.randint(4, 7)))
    table(
        "Driftsekonomidelen",
        "Käyttötalousosa",
        [(ORGANS[i][0], ORGANS[i][1], 4200 * ORGANS[i][2] * ORGANS[i][3], 4200 * ORGANS[i][2]) for i in chosen],
        ("Driftsekonomin totalt", "Käyttötalous yhteensä"),
    )
    table(
        "Resultaträkningsdelen",
        "Tuloslaskelmaosa",
        [("Skatteinkomster", "Verotulot", 2400, 0), ("Statsandelar", "Valtionosuudet", 1050, 0), ("Finansiella poster", "Rahoituserät", 48, 57)],
        ("Finansieringen totalt", "Rahoitus yhteensä"),
    )
    table(
        "Investeringsdelen",
        "Investointiosa",
        [("Mark och vatten", "Maa ja vesi", 9, 30), ("Byggnader", "Rakennukset", 20, 410), ("Trafikleder", "Liikenneväylät", 0, 190), ("Lös egendom", "Irtain omaisuus", 0, 36)],
        ("Investeringarna totalt", "Investoinnit yhteensä"),
    )
    return out


NOTES = [
    (
        ("Verksamhetens intäkter per område", "Toimintatuotot toimialoittain"),
        [("Förvaltningen", "Hallinto", 140), ("Bildningen", "Sivistys", 210), ("Tekniska väsendet", "Tekninen toimi", 480), ("Affärsverken", "Liikelaitokset", 190)],
    ),
    (
        ("Specifikation av skatteinkomster", "Verotulojen erittely"),
        [("Kommunens inkomstskatt", "Kunnan tulovero", 1900), ("Andel av samfundsskatten", "Osuus yhteisöveron tuotosta", 290), ("Fastighetsskatt", "Kiinteistövero", 330)],
    ),
    (
        ("Specifikation av statsandelar", "Valtionosuuksien erittely"),
        [("Statsandel för basservice", "Peruspalvelujen valtionosuus", 820), ("Utjämning av statsandelen", "Valtionosuuden tasaus", 140), ("Statsandelar för undervisning", "Opetustoimen valtionosuudet", 90)],
    ),
    (
        ("Köp av tjänster", "Palvelujen ostot"),
        [("Köp av kundtjänster", "Asiakaspalvelujen ostot", 310), ("Övriga köp av tjänster", "Muiden palvelujen ostot", 640)],
    ),
    (
        ("Långfristiga lån", "Pitkäaikaiset lainat"),
        [("Kommunfinans Abp", "Kuntarahoitus Oyj", 1900), ("Kuntien eläkevakuutus", "Kuntien eläkevakuutus", 240), ("Övriga kreditinstitut", "Muut luottolaitokset", 620)],
    ),
    (
        ("Borgensförbindelser", "Takaussitoumukset"),
        [("För dottersamfund", "Tytäryhteisöjen puolesta", 410), ("För samkommuner", "Kuntayhtymien puolesta", 160), ("För övriga", "Muiden puolesta", 24)],
    ),
    (
        ("Avsättningar", "Pakolliset varaukset"),
        [("Pensionsansvar", "Eläkevastuut", 7), ("Miljöansvar för avstjälpningsplatsen", "Kaatopaikan ympäristövastuu", 15)],
    ),
    (
        ("Resultatregleringar bland passiva", "Siirtovelat"),
        [("Semesterlöneskuld", "Lomapalkkavelka", 190), ("Upplupna räntor", "Korkojen jaksotukset", 12), ("Övriga resultatregleringar", "Muut siirtovelat", 44)],
    ),
]


def notes(ctx):
    """Notes to the accounts: small tables with the years alone as heads."""
    rng, out, number = ctx.rng, [], ctx.rng.randint(4, 12)
    for n, ((sv, fi), rows) in enumerate(sorted(rng.sample(NOTES, rng.randint(4, 6)), key=NOTES.index)):
        columns = ctx.columns()
        b = ctx.builder(columns, positive=False)
        for m, (s, f, base) in enumerate(rows):
            b.item(f"n{m}", s, f, ctx.people * base, 0, noise=0.06, sparse=0.1)
        b.total("sum", "Totalt", "Yhteensä", [f"n{m}" for m in range(len(rows))])
        out.append((None, [ctx.table((f"{number + n}) {sv}", f"{number + n}) {fi}"), columns, b, "operating")]))
    return out


def introduce(ctx, unit):
    """What stands on the page of an organ before its figures."""
    rng, lang = ctx.rng, ctx.lang
    area, person, why, focus, goals = (w.format(y=ctx.year) for w in ctx.said)
    out = [Block("prose", f"{area}: {unit}"), Block("prose", f"{person}: {rng.choice(WORDS[lang]['owners'])}")]
    out += [Block("subheading", why), Block("prose", ctx.prose(rng.randint(2, 3)))]
    if rng.random() < 0.7:
        out += [Block("subheading", focus), Block("bullets", ctx.bullets())]
    if rng.random() < 0.8:
        rows = [list(r) for r in rng.sample(GOALS[lang], rng.randint(2, 4))]
        out += [Block("subheading", goals), Block("words", [list(ctx.goal_heads)] + rows)]
    return out


def preface(ctx):
    """Lists that look like tables: contents with the numbers of pages, the steps of the budget work."""
    rng, lang = ctx.rng, ctx.lang
    out = []
    if rng.random() < 0.6:
        page, lines = rng.randint(3, 5), []
        for text in CONTENTS[lang]:
            lines.append((text, str(page)))
            page += rng.randint(1, 14)
        out.append(Block("lines", lines))
    if not out or rng.random() < 0.5:
        steps = [(a, b.format(p=ctx.year - 1)) for a, b in STEPS[lang]]
        out += [Block("subheading", {"sv": "Tidtabell", "fi": "Aikataulu"}[lang]), Block("lines", steps)]
    return out


CONTENT = {
    "chapters": chapters,
    "staff": staff,
    "trio": trio,
    "signs": signs,
    "appropriations": appropriations,
    "joint": joint,
    "business": business,
    "balance-keys": balance_keys,
    "projects-parted": projects_parted,
    "one-year": one_year,
    "notes": notes,
}
