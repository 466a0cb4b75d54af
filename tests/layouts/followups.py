"""Columns and heads of follow-ups during the year, of changes to the budget, of years behind and of sums over years.

until (Utfall over 1–4/2025), until-one (in one line), until-upper (in capitals), until-days (Utfall 30.4.2025), until-over (the year over
its phases), day (31.12.2024), change-over (what changes over from, change and to), change-words (in words, with the year)."""

import random

import heads
from model import Column

STYLES = ("until", "until-one", "until-upper", "until-days", "until-over", "day", "change-over", "change-words")
# Y: the outcome of the first months of a year
heads.SETS.update(
    {
        "part": "B0 Y0 u",
        "part-forecast": "B0 Y0 u F0 v",
        "part-amended": "B0 c M0 Y0 u F0",
        "part-years": "Y-1 Y0 d p",
        "part-long": "A-1 Y-1 M0 Y0 u F0 v",
        "years-sum": "B0 P1 P2 P3 P4 W",
        "used-sum": "T U B0 P1 P2 W",
        "from-to": "B0 c M0",
        "past": "A-6 A-5 A-4 A-3 A-2",
        "past-short": "A-4 A-3 A-2",
        "past-budget": "A-4 A-3 A-2 B-1 B0",
    }
)
KINDS = {**heads.KINDS, "Y": "actual"}
DAYS = {3: 31, 4: 30, 6: 30, 8: 31, 9: 30}
WORDS = {
    "sv": {
        "A": ["Bokslut"],
        "B": ["Budget"],
        "M": ["Ändrad budget", "Budget inkl. ändringar"],
        "P": ["Plan", "Ekonomiplan"],
        "F": ["Prognos", "Helårsprognos"],
        "Y": ["Utfall", "Förverkligat"],
        "c": ["Ändringar"],
        "u": ["% av budget", "Utfall %", "Använt %"],
        "v": ["Avvikelse", "Avvikelse från budget"],
        "d": ["Förändring"],
        "p": ["Förändring %"],
        "T": ["Totalkostnad"],
        "U": ["Använt tidigare"],
        "W": ["Totalt", "Sammanlagt"],
    },
    "fi": {
        "A": ["Tilinpäätös"],
        "B": ["Talousarvio"],
        "M": ["Muutettu talousarvio", "TA + muutokset"],
        "P": ["Suunnitelma", "TS"],
        "F": ["Ennuste", "Tilinpäätösennuste"],
        "Y": ["Toteuma", "Toteutuma"],
        "c": ["Muutokset"],
        "u": ["% talousarviosta", "Toteuma %", "Käytetty %"],
        "v": ["Poikkeama", "Poikkeama talousarviosta"],
        "d": ["Muutos"],
        "p": ["Muutos %"],
        "T": ["Kokonaiskustannus"],
        "U": ["Aiemmin käytetty"],
        "W": ["Yhteensä"],
    },
}
CHANGES = {
    "sv": [("Från", "Ändring", "Till"), ("Nuvarande budget", "Ändring +/-", "Ny budget"), ("Godkänt anslag", "Ökning/minskning", "Nytt anslag")],
    "fi": [("Nykyinen", "Muutos", "Uusi"), ("Nykyinen talousarvio", "Muutos +/-", "Uusi talousarvio"), ("Hyväksytty määräraha", "Lisäys/vähennys", "Uusi määräraha")],
}


def months(ctx):
    """The last month that a follow-up covers; the same in the whole document."""
    return random.Random(ctx.year * 37 + ctx.people).choice([3, 4, 4, 6, 8, 8, 9])


def titled(name):
    return name.startswith("part") or name == "from-to"


def title(ctx, name):
    """The title of a document that is neither a budget book nor accounts."""
    m, y = months(ctx), ctx.year
    fi, last = ctx.lang == "fi", f"{DAYS[m]}.{m}.{y}"
    if name == "from-to":
        choice = [f"Talousarviomuutokset {y}", f"Lisätalousarvio {y}"] if fi else [f"Budgetändringar {y}", f"Tilläggsbudget {y}"]
    elif m in (4, 8):
        choice = [f"Osavuosikatsaus {m // 4}/{y}", f"Osavuosiraportti 1–{m}/{y}"] if fi else [f"Tertialrapport {m // 4}/{y}", f"Delårsrapport 1.1–{last}"]
    else:
        choice = [f"Talouden seuranta 1–{m}/{y}"] if fi else [f"Ekonomisk uppföljning 1–{m}/{y}", f"Kvartalsrapport 1.1–{last}"]
        choice = choice[:1] if m == 8 else choice
    return random.Random(ctx.people).choice(choice)


def make(rng, name, year, language, head, month):
    lang = "fi" if language == "fi" else "sv"
    items = [(i[0], year + int(i[1:])) if i[0] in KINDS else (i, None) for i in heads.SETS[name].split()]
    words = {k: rng.choice(v) for k, v in WORDS[lang].items()}
    changes = rng.choice(CHANGES[lang])
    over = {"sv": ["Anslag {y}", "Budget {y}"], "fi": ["Määräraha {y}", "Talousarvio {y}"]}[lang]
    over = rng.choice(over).format(y=year)
    out = []
    for i, (item, y) in enumerate(items):
        c = Column(KINDS.get(item, "other"), y)
        word = words[item]
        if item in "TUW":
            c.derive_of = item
            covered = [x for _, x in items if x]
            c.lines = word.split(" ") + ([f"{min(covered)}–{max(covered)}"] if item == "W" else [])
            out.append(c)
            continue
        if item not in KINDS:
            c.derive = compared(items, i)
            c.unit = "percent" if c.derive[2] else None
        if item == "Y":
            c.part = month / 12
        if head.startswith("change"):
            said = changes[i]
            if head == "change-over":
                c.span, c.lines = over, said.split(" ")
            else:
                c.lines = said.split(" ") + ([str(y)] if y else [])
        else:
            phrase(c, head, item, word, y, year, month)
        out.append(c)
    return out


def compared(items, i):
    item = items[i][0]
    at = lambda letters, upto=len(items): max(n for n, (k, _) in enumerate(items[:upto]) if k in letters)
    if item == "c":
        return i + 1, i - 1, False
    if item == "u":
        return at("Y", i), at("BM", i), "ratio"
    if item == "v":
        return at("F", i), at("BM", i), False
    return i - (2 if item == "p" else 1), i - (3 if item == "p" else 2), item == "p"


def phrase(c, head, item, word, y, year, month):
    if head == "day":
        c.lines = [f"31.12.{y}"] if item == "A" else [word, str(y)]
        return
    when = "" if y is None else str(y)
    if item == "Y":
        when = f"{DAYS[month]}.{month}.{y}" if head == "until-days" else f"1–{month}/{y}"
    if head == "until-over":
        own = y or year
        c.span = str(own)
        c.lines = word.split(" ") + ([f"1–{month}"] if item == "Y" else [])
    elif head == "until-one":
        c.lines = [f"{word} {when}".strip()]
    else:
        word = word.upper() if head == "until-upper" else word
        c.lines = word.split(" ") + ([when] if when else [])
    if word.startswith("%") and head != "until-one":
        c.lines = [word]
