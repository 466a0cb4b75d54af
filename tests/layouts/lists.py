"""Small tables: the sums of a unit, grants by name, fees in euro and cent, loans and taxes with rows in euro and in percent."""

from decimal import Decimal

import figures
import organs
from model import Row
from names import UNITS

GRANTS = {
    ("Idrott och motion", "Liikunta ja urheilu"): [
        ("IF Vidar rf", "IF Vidar rf"),
        ("Skidklubben Spåret rf", "Hiihtoseura Latu ry"),
        ("Segelsällskapet i skärgården rf", "Saariston pursiseura ry"),
        ("Byns bollklubb rf", "Kylän pallokerho ry"),
        ("Ridklubben rf", "Ratsastusseura ry"),
        ("Orienterarna rf", "Suunnistajat ry"),
        ("Simsällskapet Delfin rf", "Uimaseura Delfiini ry"),
    ],
    ("Kultur", "Kulttuuri"): [
        ("Hembygdsföreningen rf", "Kotiseutuyhdistys ry"),
        ("Blandade kören Ton rf", "Sekakuoro Sävel ry"),
        ("Sommarteatern på torget rf", "Torin kesäteatteri ry"),
        ("Konstföreningen rf", "Taideyhdistys ry"),
        ("Musikdagarnas stödförening rf", "Musiikkipäivien kannatusyhdistys ry"),
        ("Folkdansarna rf", "Kansantanssijat ry"),
    ],
    ("Barn och unga", "Lapset ja nuoret"): [
        ("Ungdomsföreningen Gnistan rf", "Nuorisoseura Kipinä ry"),
        ("Scoutkåren Stigfinnarna rf", "Partiolippukunta Polunlöytäjät ry"),
        ("4H-föreningen rf", "4H-yhdistys ry"),
        ("Hem och skola rf", "Koti ja koulu ry"),
    ],
    ("Byar och äldre", "Kylät ja ikäihmiset"): [
        ("Pensionärsföreningen rf", "Eläkkeensaajat ry"),
        ("Byaföreningen i Norrby rf", "Pohjoiskylän kyläyhdistys ry"),
        ("Krigsveteranernas stödförening rf", "Sotaveteraanien tukiyhdistys ry"),
        ("Enskilda vägar i skärgården", "Saariston yksityistiet"),
        ("Marthaföreningen rf", "Marttayhdistys ry"),
    ],
}
FEES = {
    ("Simhallen", "Uimahalli"): [
        ("Vuxna, engångsbesök", "Aikuiset, kertakäynti", "7.50"),
        ("Barn 4–15 år, engångsbesök", "Lapset 4–15 v., kertakäynti", "3.50"),
        ("Pensionärer och studerande", "Eläkeläiset ja opiskelijat", "5.00"),
        ("Årskort, vuxna", "Vuosikortti, aikuiset", "265.00"),
    ],
    ("Medborgarinstitutet", "Kansalaisopisto"): [
        ("Kurs 20 timmar", "Kurssi 20 tuntia", "42.00"),
        ("Kurs 40 timmar", "Kurssi 40 tuntia", "68.00"),
        ("Materialavgift", "Materiaalimaksu", "12.50"),
    ],
    ("Idrottshallen, per timme", "Liikuntahalli, tunnilta"): [
        ("Lokala föreningar", "Paikalliset yhdistykset", "14.00"),
        ("Övriga användare", "Muut käyttäjät", "32.00"),
        ("Omklädningsrum", "Pukuhuone", "6.50"),
    ],
    ("Hamnen och båtplatser", "Satama ja venepaikat"): [
        ("Båtplats under 2,5 m", "Venepaikka alle 2,5 m", "145.00"),
        ("Båtplats 2,5–3,5 m", "Venepaikka 2,5–3,5 m", "210.00"),
        ("Vinterförvaring", "Talvisäilytys", "95.00"),
    ],
    ("Eftermiddagsverksamhet, per månad", "Iltapäivätoiminta, kuukaudelta"): [
        ("Till klockan 16", "Klo 16 saakka", "120.00"),
        ("Till klockan 17", "Klo 17 saakka", "160.00"),
    ],
}


def sums(ctx):
    """Income, costs and margin of unit after unit, a small table each."""
    out = []
    for sv, fi, share, cover in ctx.rng.sample(UNITS, ctx.rng.randint(4, 6)):
        out.append(((sv, fi), [figures.short_operating(ctx, ctx.columns(), (sv, fi), share, cover)]))
    return out


def by_name(ctx):
    """Grants to associations, a list with its sum for every field."""
    rng, out = ctx.rng, []
    for section in rng.sample(list(GRANTS), rng.randint(2, 4)):
        columns = ctx.columns()
        b = ctx.builder(columns, positive=False)
        b.grain = Decimal(50) / b.scale
        keys = []
        for m, (sv, fi) in enumerate(rng.sample(GRANTS[section], rng.randint(3, len(GRANTS[section])))):
            b.item(f"g{m}", sv, fi, rng.choice([600, 1200, 2500, 4000, 8500, 18000]), 0, noise=0.15)
            keys.append(f"g{m}")
        b.total("sum", "Sammanlagt", "Yhteensä", keys)
        out.append((section, [ctx.table(section, columns, b, "operating")]))
    return out


def fees(ctx):
    """Fees in euro and cent, and what they bring in."""
    rng = ctx.rng
    columns = ctx.columns()
    b = ctx.builder(columns, positive=False)
    for n, section in enumerate(rng.sample(list(FEES), rng.randint(3, len(FEES)))):
        b.heading(*section)
        for m, (sv, fi, fee) in enumerate(FEES[section]):
            step = Decimal("0.50") if Decimal(fee) < 20 else Decimal(1)
            values, value = [], Decimal(fee)
            for _ in columns:
                values.append(value)
                value += step * rng.choice([0, 0, 1, 2])
            row = b.copy(f"{n}-{m}", sv, fi, values)
            row.unit, row.decimals, row.section = "eur_per_capita", 2, section
    title = ("Avgifter, euro per enhet", "Maksut, euroa yksiköltä")
    return [(None, [ctx.table(title, columns, b, "key_figures", scale=1)])] + debts(ctx)


def debts(ctx):
    """Taxes with their growth; the stock of loans, what it is of the income, per inhabitant, and its rate."""
    rng = ctx.rng
    taxes, *_, loans = organs.tax_growth(ctx)
    table = loans[1][0]
    stock, scale = table.find("sum").real, Decimal(ctx.style.scale)
    people = Decimal(ctx.people)
    rate = Decimal(rng.randint(12, 36)) / 10

    def add(sv, fi, unit, decimals, values):
        values = [None if c.derive else v for c, v in zip(table.columns, values)]
        names = {"sv": sv, "fi": fi}
        table.rows.append(Row(fi, names, "item", 0, values, list(values), unit=unit, decimals=decimals))

    growth = [None] * len(stock)
    for i, (old, new) in enumerate(zip(stock, stock[1:]), 1):
        if old and new is not None:
            growth[i] = ((new - old) / old * 100).quantize(Decimal("0.1"))
    add("Förändring av lånestocken, %", "Lainakannan muutos, %", "percent", 1, growth)
    each = [None if v is None else (v * scale / people).quantize(Decimal(1)) for v in stock]
    add("Lån, euro/invånare", "Lainat, euroa/asukas", "eur_per_capita", 0, each)
    rates = [rate + Decimal(rng.randint(-4, 4)) / 100 for _ in stock]
    add("Medelränta, %", "Keskikorko, %", "percent", 2, rates)
    costs = [None if v is None else -(v * r / 100).quantize(Decimal(1)) for v, r in zip(stock, rates)]
    add("Räntekostnader", "Korkokulut", None, None, costs)
    return [taxes, loans]


CONTENT = {"sums": sums, "by-name": by_name, "fees": fees, "debts": debts}
