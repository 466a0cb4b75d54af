"""Which columns a table has and how their heads are worded."""

import re

from model import Column

# Columns by name: (phase, offset from the book's year); d: change, p: change in percent, v: deviation, s: share
SETS = {
    "three": "A-2 B-1 B0",
    "five": "A-2 B-1 B0 P1 P2",
    "five-amended": "A-2 M-1 B0 P1 P2",
    "six": "A-2 B-1 M-1 B0 P1 P2",
    "seven": "A-3 A-2 B-1 F-1 B0 P1 P2",
    "nine": "A-3 A-2 B-1 M-1 F-1 B0 P1 P2 P3",
    "change": "A-2 B-1 B0 d p",
    "percent": "A-2 B-1 B0 p",
    "forecast": "A-2 B-1 F-1 B0 d",
    "accounts": "A-1 B0 M0 A0 v",
    "accounts-percent": "B0 M0 A0 v q",
    "two": "A0 A-1",
    "two-rising": "A-1 A0",
    "four": "A-2 B-1 B0 P1",
    "budget-pair": "B-1 B0",
    "six-years": "A-3 A-2 B-1 B0 P1 P2",
    "amended-change": "A-2 M-1 B0 d",
    "proposal": "A-2 M-1 D0 B0 P1 P2",
    "proposal-short": "A-2 B-1 D0 B0",
    "usage": "B0 c M0 A0 v u",
    "usage-short": "M0 A0 v u",
    "project": "T U B0 P1 P2 P3",
    "versions": "A-2 B-1 R0 L0 S0",
    "versions-full": "A-2 M-1 L0 K0 S0 P1 P2",
    "versions-short": "B-1 L0 S0",
    "organ": "B-1 B0 P1 P2",
    "organ-percent": "A-2 B-1 B0 p P1 P2",
    "organ-amended": "A-2 M-1 B0 d p P1 P2",
    "project-long": "T U B0 P1 P2 P3 P4",
    "project-sum": "T B0 P1 P2 P3 P4 W",
    "project-years": "B-1 B0 P1 P2 P3 P4",
    "outcomes": "A-4 A-3 A-2 B-1 B0",
    "same-year": "A-2 B-1 M-1 F-1 B0",
    "same-year-percent": "B-1 M-1 F-1 B0 p",
    "same-year-plan": "A-2 M-1 F-1 B0 P1 P2",
    "single": "B0",
}
# R: frame; L, K, S: proposals of the committee, the director and the board;
# W: sum of the years; D: proposal; c: amendment; u: use in percent; T, U: whole cost of a project and what was used before
KINDS = {"A": "actual", "B": "budget", "M": "amended_budget", "P": "plan", "F": "forecast", "D": "budget"}
KINDS.update(dict.fromkeys("RLKS", "budget"))

WORDS = {
    "sv": {
        "A": ["Bokslut", "Bokslut", "Utfall"],
        "B": ["Budget"],
        "N": ["Budget", "Budget", "Budgetförslag", "Förslag"],
        "P": ["Ekonomiplan", "Plan", "Ekonomiplan"],
        "F": ["Prognos", "Bokslutsprognos"],
        "M": ["Ändrad budget", "Budget inkl. ändringar", "Budget inkl. tilläggsbudget"],
        "d": ["Förändring", "Ändring"],
        "v": ["Avvikelse"],
        "p": ["Förändring %", "Ändring %"],
        "q": ["Avvikelse %"],
    },
    "fi": {
        "A": ["Tilinpäätös", "Tilinpäätös", "Toteuma"],
        "B": ["Talousarvio"],
        "N": ["Talousarvio", "Talousarvio", "Talousarvioesitys", "Esitys"],
        "P": ["Taloussuunnitelma", "Suunnitelma"],
        "F": ["Ennuste", "Tilinpäätösennuste"],
        "M": ["Muutettu talousarvio", "Talousarvio + muutokset", "Talousarvio muutoksin"],
        "d": ["Muutos"],
        "v": ["Poikkeama", "Ero"],
        "p": ["Muutos %"],
        "q": ["Poikkeama %"],
    },
}
SHORT = {
    "sv": {
        "A": ["BS"],
        "B": ["BG", "BU"],
        "P": ["EP"],
        "F": ["Prognos"],
        "M": ["BG inkl. ändr.", "BU inkl. ändr."],
        "d": ["Förändr."],
        "v": ["Avvik."],
        "p": ["Förändr. %", "Änd. %"],
        "q": ["Avvik. %"],
    },
    "fi": {
        "A": ["TP"],
        "B": ["TA"],
        "P": ["TS"],
        "F": ["TPE", "Ennuste"],
        "M": ["MTA", "TA + muutokset"],
        "d": ["Muutos"],
        "v": ["Ero"],
        "p": ["Muutos %"],
        "q": ["Ero %"],
    },
}
# Kept apart from the words above: one draw more would change every document that does not need them.
MORE = {
    "sv": {
        "D": ["Kommundir. förslag", "Stadsdir. förslag", "Styrelsens förslag"],
        "c": ["Budgetändring", "Ändringar"],
        "u": ["Utfall %", "Förverkl. %", "Använt %"],
        "T": ["Totalkostnad", "Kostnadsförslag"],
        "U": ["Använt tidigare", "Tidigare använt"],
    },
    "fi": {
        "D": ["KJ esitys", "Kunnanjoht. esitys", "Hallituksen esitys"],
        "c": ["TA-muutos", "Muutokset"],
        "u": ["Tot. %", "Käyttö %"],
        "T": ["Kustannusarvio", "Kokonaiskustannus"],
        "U": ["Aiemmin käytetty", "Käytetty aiemmin"],
    },
}
# Drawn only where a set has these columns, for the same reason.
VERSIONS = {
    "sv": {
        "R": ["Ram", "Budgetram"],
        "L": ["Nämndens förslag"],
        "K": ["Stadsdir. förslag", "Kommundir. förslag"],
        "S": ["Styrelsens förslag", "Budgetförslag"],
    },
    "fi": {
        "R": ["Raami", "Kehys"],
        "L": ["LTK", "LTK-esitys", "Lautakunnan esitys"],
        "K": ["KJ-esitys"],
        "S": ["KS-esitys", "KH-esitys"],
    },
}
# Abbreviations of the head style `abbr`; N: the budget that is proposed
ABBREVIATIONS = {
    "sv": {"A": "Bsl", "B": "Bdg", "N": "Bdg", "P": "Plan", "F": "Progn.", "M": "Ändr. bdg"},
    "fi": {"A": "TP", "B": "TA", "N": "TAE", "P": "TS", "F": "Enn.", "M": "MTA"},
}
# Abbreviations of the head style `letters`
LETTERS = {
    "sv": {"A": "BSL", "B": "BUD", "N": "BUD", "P": "EP", "F": "PROGN", "M": "ÄBUD"},
    "fi": {"A": "TP", "B": "TA", "N": "TAE", "P": "TS", "F": "ENN", "M": "TAM"},
}
LATER = ("abbr", "pair", "digits", "compare", "letters")
# Where heads are broken in narrow cells
BREAKS = {
    "Bokslut": "Bok-|slut",
    "Budget": "Bud-|get",
    "Budgetförslag": "Budget-|förslag",
    "Bokslutsprognos": "Boksluts-|prognos",
    "Ekonomiplan": "Ekonomi-|plan",
    "Förändring": "Föränd-|ring",
    "Avvikelse": "Avvi-|kelse",
    "Tilinpäätös": "Tilin-|päätös",
    "Toteuma": "Toteu-|ma",
    "Talousarvio": "Talous-|arvio",
    "Talousarvioesitys": "Talous-|arvio-|esitys",
    "Taloussuunnitelma": "Talous-|suunni-|telma",
    "Suunnitelma": "Suunni-|telma",
    "Tilinpäätösennuste": "Tilin-|päätös-|ennuste",
}
SPANS = {
    "sv": [
        ("Jämförelseår", "Planperioden {a}–{b}"),
        ("Tidigare år", "Budgetår och planår"),
        ("Utgångsläge", "Planperiod"),
    ],
    "fi": [("Vertailuvuodet", "Suunnitelmakausi {a}–{b}"), ("Aiemmat vuodet", "Suunnitelmavuodet")],
}


def columns(name, year):
    out = []
    for item in SETS[name].split():
        if item[0] in KINDS:
            out.append((item[0], year + int(item[1:])))
        else:
            out.append((item, None))
    return out


def _derived(items, position):
    """Indices (new, old) that a change or deviation column compares, and whether in percent."""
    item = items[position][0]
    if item == "c":  # what lies between the budget before it and the amended one after it
        return position + 1, position - 1, False
    known = [i for i, (k, _) in enumerate(items[:position]) if k in KINDS]
    new = known[-1]
    old = next((i for i in reversed(known[:-1]) if items[i][0] in "BM"), known[-2])
    return new, old, "ratio" if item == "u" else item in "pq"


def make(rng, name, year, language, head):
    """The columns of a set with the head style `head`:
    one, two, upper, short, year-first, span, words, bilingual-lines, bilingual-slash,
    stack (every word on its own line), joined (TP2024), dates (the days of the period), bare (the year alone over the
    phase), period (the phase over the days), hyphen (words broken), slash (BUDGET/FÖRSLAG),
    levels (three levels: groups of years, phases, years), abbr (Bsl 2024), pair (BS over the year), digits (TP24),
    compare (what a change compares is said below it), letters (TAM 2024)."""
    items = columns(name, year)
    lang = "sv" if language == "bi" else language
    long = {k: rng.choice(v) for k, v in WORDS[lang].items()}
    short = {k: rng.choice(v) for k, v in SHORT[lang].items()}
    if short["B"] == "BU":
        short["M"] = "BU inkl. ändr."
    if any(item in MORE[lang] for item, _ in items):
        more = {k: rng.choice(v) for k, v in MORE[lang].items()}
        long, short = {**long, **more}, {**short, **more}
    if any(item in VERSIONS[lang] for item, _ in items):
        more = {k: rng.choice(v) for k, v in VERSIONS[lang].items()}
        long, short = {**long, **more}, {**short, **more}
    groups = rng.choice(SPANS[lang]) if head == "levels" else None
    out = []
    for i, (item, y) in enumerate(items):
        last_budget = (
            item == "B"
            and (i + 1 == len(items) or not any(k == "B" for k, _ in items[i + 1 :]))
            and "B" in [k for k, _ in items[:i]]
        )
        if item == "W":
            covered = [x for _, x in items if x]
            word = {"sv": "Totalt", "fi": "Yhteensä"}[lang]
            out.append(Column("other", None, lines=[word, f"{min(covered)}–{max(covered)}"], derive_of=item))
            continue
        word = long["N"] if last_budget and head != "span" else long[item]
        c = Column(KINDS.get(item, "other"), y)
        c.derive_of = item if item in "TUW" else ""
        if item not in KINDS and item not in "TUW":
            c.derive = _derived(items, i)
            c.unit = "percent" if c.derive[2] else None
        if lang == "fi" and len(items) >= 5 and head in ("one", "two", "upper", "words", "stack") and item in KINDS:
            word = short[item]  # long Finnish words do not fit over many columns
        if groups:
            c.top = groups[y >= year].format(a=year, b=max(x for _, x in items))
        if head in LATER:
            c.lines = _later(head, lang, item, word, short, y, c, items, last_budget)
        else:
            c.span, c.lines = _lines(head, lang, item, word, short[item], y, c, items)
        if head.startswith("bilingual") and item in KINDS:
            fi = WORDS["fi"][item][0]
            word = WORDS["sv"][item][0]
            if head == "bilingual-lines":
                c.lines = [word, fi, str(y)]
            else:
                c.lines = [f"{word} / {fi}", str(y)]
        elif head.startswith("bilingual"):
            fi, sv = WORDS["fi"][item][0], WORDS["sv"][item][0]
            c.lines = [sv, fi] if head == "bilingual-lines" else [f"{sv} / {fi}"]
        out.append(c)
    return out


def _lines(head, lang, item, word, short, y, column, items):
    if y is None and not column.derive:
        return "", [word] if head == "one" else word.split(" ")
    if y is None:
        a, b = column.derive[:2]
        years = f"{items[b][1]}–{items[a][1]}" if items[a][1] != items[b][1] else ""
        if head == "short":
            return "", [short]
        text = word.upper() if head == "upper" else word
        parts = text.split(" ")
        if head in ("two", "upper", "year-first", "span", "stack", "bare", "slash", "period", "hyphen"):
            if item == "d" and years:
                return "", [text, years]
            return "", parts
        return "", [text]
    if head == "one":
        return "", [f"{word} {y}"]
    if head == "stack":
        return "", re.split(r"(?<!\+) ", word) + [str(y)]
    if head == "joined":
        return "", [f"{short}{y}"] if " " not in short else short.split(" ") + [str(y)]
    if head == "dates":
        return "", ["1.1.–", f"31.12.{y}"]
    if head == "bare":
        return "", [str(y)] + (word.split(" ") if len(word) > 12 else [word])
    if head == "period":
        return "", word.split(" ") + [f"1.1.–31.12.{y}"]
    if head == "levels":
        return word, [str(y)]
    if head == "hyphen":
        column.text = f"{word} {y}"
        return "", [p for w in word.split(" ") for p in BREAKS.get(w, w).split("|")] + [str(y)]
    if head == "slash":
        if item == "B" and word != "Budget" and word != "Talousarvio" or item == "B" and (item, y) == items[-1]:
            pair = {"sv": ["BUDGET/", "FÖRSLAG"], "fi": ["TALOUSARVIO/", "ESITYS"]}[lang]
            column.text = f"{''.join(pair)} {y}"
            return "", pair + [str(y)]
        return "", word.upper().split(" ") + [str(y)]
    if head == "words":
        return "", [word, f"för år {y}"] if lang == "sv" and item in "AP" else [word, str(y)]
    if head == "two":
        return "", [word, str(y)]
    if head == "upper":
        if item == "M":
            base = {
                "sv": ("BUDGET", "inkl. ändringar"),
                "fi": ("TALOUSARVIO" if len(items) < 5 else "TA", "+ muutokset"),
            }[lang]
            return "", [base[0], str(y), base[1]]
        return "", [word.upper(), str(y)]
    if head == "short":
        return "", [f"{short} {y}"]
    if head == "year-first":
        return "", [f"År {y}" if lang == "sv" else f"Vuosi {y}", word]
    if head == "span":
        if item == "D":
            return "", word.split(" ") + [str(y)]
        return word.upper() if item == "P" else word, [str(y)]
    return "", [word, str(y)]


def _later(head, lang, item, word, short, y, column, items, last_budget):
    if y is None and not column.derive:
        return word.split(" ")
    if y is None:
        (new, new_year), (old, old_year) = items[column.derive[0]], items[column.derive[1]]
        text = word.split(" ")[0]
        percent = " %" if column.derive[2] else ""
        if head == "digits":
            old, new = (short["B" if k == "M" else k] for k in (old, new))
            return [text + percent, f"{old}{old_year % 100}–{new}{new_year % 100}"]
        if head == "compare":
            return [text, f"{old_year}–{new_year % 100}{',' + percent if percent else ''}"]
        return [text, "%" if percent else f"{old_year}–{new_year}"]
    if head == "abbr":
        return [f"{ABBREVIATIONS[lang]['N' if last_budget else item]} {y}"]
    if head == "letters":
        return [f"{LETTERS[lang]['N' if last_budget else item]} {y}"]
    if head == "digits":
        return re.split(r"(?<!\+) ", short[item]) + [str(y)] if len(short[item]) > 3 else [f"{short[item]}{y % 100}"]
    if head == "pair":
        return re.split(r"(?<!\+) ", short[item]) + [str(y)]
    return word.split(" ") + [str(y)]


def yearly(rng, year, language):
    """Years over budget, outcome and deviation; the budget year last, with its change in percent."""
    lang = "fi" if language == "fi" else "sv"
    budget, outcome, deviation, change, prognosis = {
        "sv": ("Budget", "Bokslut", "Avvikelse", "Förändr. %", "Prognos"),
        "fi": ("Talousarvio", "Toteuma", "Poikkeama", "Muutos %", "Ennuste"),
    }[lang]
    out = []
    for y, kind, word in ((year - 2, "actual", outcome), (year - 1, "forecast", prognosis))[rng.choice([0, 0, 1]) :]:
        n = len(out)
        out.append(Column("budget", y, span=str(y), lines=[budget]))
        out.append(Column(kind, y, span=str(y), lines=[word]))
        out.append(Column("other", None, span=str(y), lines=[deviation], derive=(n + 1, n, False)))
    n = len(out)
    out.append(Column("budget", year, span=str(year), lines=[budget]))
    out.append(Column("other", None, "percent", span=str(year), lines=[change], derive=(n, n - 3, True)))
    return out


def parted(rng, year, language, parts):
    """Columns with the same parts under every budget or outcome."""
    lang = "fi" if language == "fi" else "sv"
    outcome, before, budget = ("A", year - 2), ("B", year - 1), ("B", year)
    chosen = rng.choice([[before, budget], [outcome, budget], [outcome, before, budget]])
    return [Column(KINDS[k], y, span=f"{WORDS[lang][k][0]} {y}", lines=[p]) for k, y in chosen for p in parts]


def crossed(rng, year, language, levels=False):
    """Columns of a matrix: income, costs and net under each budget; `levels`: under each year under its phase."""
    lang = "fi" if language == "fi" else "sv"
    parts = {
        "sv": rng.choice([["Intäkter", "Kostnader", "Netto"], ["Inkomster", "Utgifter", "Netto"]]),
        "fi": ["Tuotot", "Kulut", "Netto"],
    }[lang]
    out = []
    if levels:
        for item, y in rng.choice([[("B", year - 1), ("B", year)], [("A", year - 2), ("B", year)]]):
            word = WORDS[lang][item][0]
            out += [Column(KINDS[item], y, top=word, span=str(y), lines=[p]) for p in parts]
        return out
    for item, y in rng.choice(
        [
            [("B", year - 1), ("B", year)],
            [("A", year - 2), ("B", year)],
            [("B", year)],
            [("A", year - 2), ("B", year - 1), ("B", year)],
        ]
    ):
        out += [Column(KINDS[item], y, span=f"{WORDS[lang][item][0]} {y}", lines=[p]) for p in parts]
    return out
