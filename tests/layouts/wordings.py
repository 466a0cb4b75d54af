"""Further wordings of heads, apart from `heads` so that its documents stay what they are.

noyear (the phase only, the year is said by the title), year-over (the year over its phases), broken (words cut by narrow
cells), initials (BS-24), reverse (2024 BS), tall (every word on its own line, the budget before and after its changes),
only-year (2024), amount (what the amount is, without phase and year), unit-only (the unit of the amount), bilingual-short (BS / TP over the year),
bilingual-over (the year over the phase in both languages)."""

import heads
from model import Column

STYLES = (
    "noyear",
    "year-over",
    "broken",
    "initials",
    "reverse",
    "tall",
    "only-year",
    "amount",
    "unit-only",
    "bilingual-short",
    "bilingual-over",
)
# g: the budget against its frame
heads.SETS.update(
    {
        "accounts-changes": "B0 c M0 A0 v",
        "accounts-use": "B0 c M0 A0 v u",
        "accounts-long": "A-1 B0 c M0 A0 v",
        "accounts-pair": "A0 A-1",
        "two-budgets": "A-2 B-1 c M-1 B0",
        "two-budgets-plan": "A-2 B-1 M-1 B0 P1 P2",
        "frame": "A-2 B-1 R0 B0 g",
        "frame-plan": "A-2 M-1 R0 B0 g P1 P2",
        "long-plan": "M-1 B0 d p P1 P2 P3",
        "plan-only": "B-1 B0 P1 P2",
    }
)
# O: the budget before its changes, where the budget after them stands beside it
WORDS = {
    "sv": {
        "A": ["Bokslut"],
        "B": ["Budget"],
        "O": ["Ursprunglig budget", "Godkänd budget"],
        "N": ["Budget", "Budgetförslag"],
        "M": ["Ändrad budget", "Budget efter ändringar", "Budget inkl. ändringar"],
        "P": ["Ekonomiplan", "Plan"],
        "F": ["Prognos"],
        "R": ["Ram", "Budgetram"],
        "c": ["Budgetändringar", "Ändringar"],
        "v": ["Avvikelse"],
        "u": ["Utfall %", "Förverkl. %"],
        "g": ["Avvikelse från ram", "Skillnad mot ramen"],
        "d": ["Förändring"],
        "p": ["Förändring %"],
        "outcome": ["Utfall", "Bokslut"],
        "amount": ["Anslag", "Budget"],
    },
    "fi": {
        "A": ["Tilinpäätös"],
        "B": ["Talousarvio"],
        "O": ["Alkuperäinen talousarvio", "Alkuperäinen TA"],
        "N": ["Talousarvio", "Talousarvioesitys"],
        "M": ["Muutettu talousarvio", "TA muutosten jälkeen", "Talousarvio muutoksin"],
        "P": ["Taloussuunnitelma", "Suunnitelma"],
        "F": ["Ennuste"],
        "R": ["Raami", "Kehys"],
        "c": ["TA-muutokset", "Muutokset"],
        "v": ["Poikkeama"],
        "u": ["Toteuma %", "Käyttö %"],
        "g": ["Ero raamiin", "Ero kehykseen"],
        "d": ["Muutos"],
        "p": ["Muutos %"],
        "outcome": ["Toteuma", "Toteutuma"],
        "amount": ["Määräraha", "Talousarvio"],
    },
}
SHORT = {
    "sv": {"A": "BS", "B": "BG", "M": "ÄBG", "P": "EP", "F": "Prognos", "R": "Ram"},
    "fi": {"A": "TP", "B": "TA", "M": "MTA", "P": "TS", "F": "Ennuste", "R": "Raami"},
}
# Where narrow cells cut the words in capitals, without a hyphen
CUTS = {
    "EKONOMIPLAN": "EKONOMIPLA|N",
    "BUDGETFÖRSLAG": "BUDGETFÖRS|LAG",
    "URSPRUNGLIG": "URSPRUNGLI|G",
    "FÖRÄNDRING": "FÖRÄNDRIN|G",
    "BUDGETÄNDRINGAR": "BUDGETÄND|RINGAR",
    "TILINPÄÄTÖS": "TILINPÄÄTÖ|S",
    "TALOUSARVIO": "TALOUSARVI|O",
    "TALOUSARVIOESITYS": "TALOUSARVI|OESITYS",
    "TALOUSSUUNNITELMA": "TALOUSSUUN|NITELMA",
    "SUUNNITELMA": "SUUNNITELM|A",
    "ALKUPERÄINEN": "ALKUPERÄIN|EN",
    "TA-MUUTOKSET": "TA-|MUUTOKSET",
}


def compared(items, i):
    item = items[i][0]
    if item == "g":  # the last budget before it and the frame
        known = [k for k, _ in items]
        return len(known[:i]) - 1, known.index("R"), False
    return heads._derived(items, i)


def make(rng, name, year, language, head):
    items = heads.columns(name, year)
    lang = "sv" if language == "bi" else language
    words = {k: rng.choice(v) for k, v in WORDS[lang].items()}
    if name.startswith("accounts"):
        words["N"] = words["B"]
    both = {y for k, y in items if k == "M"}
    out = []
    for i, (item, y) in enumerate(items):
        c = Column(heads.KINDS.get(item, "other"), y)
        if item not in heads.KINDS:
            c.derive = compared(items, i)
            c.unit = "percent" if c.derive[2] else None
        word = words[item]
        if item == "B" and y in both:
            word = words["O"]
        elif item == "B" and y == year and any(k == "B" and x != y for k, x in items):
            word = words["N"]
        elif item == "A" and y == year and name.startswith("accounts") and len(items) > 2:
            word = words["outcome"]
        short = SHORT[lang].get(item, word)
        phrase(c, head, lang, item, word, short, y, items)
        out.append(c)
    return out


def phrase(c, head, lang, item, word, short, y, items):
    """Puts the words of one head."""
    parts = word.split(" ")
    if head == "amount":
        c.lines = [WORDS[lang]["amount"][y % 2]]
    elif head == "unit-only":
        c.lines = []
    elif head == "noyear":
        c.lines = parts
    elif head == "only-year":
        c.lines = [str(y)] if y else parts
    elif head == "year-over" or head == "bilingual-over":
        own = {"c": -1, "v": -1, "u": -1, "g": -1}.get(item)
        year = y or (items[c.derive[0]][1] if own else None)
        if year:
            c.span = str(year)
        c.lines = parts
        if head == "bilingual-over" and y:
            c.lines = [word, WORDS["fi"][item][0]]
    elif head == "bilingual-short":
        c.lines = [f"{short} / {SHORT['fi'][item]}", str(y)] if y else [word]
    elif head == "initials":
        c.lines = [f"{short}-{y % 100}"] if y else parts
    elif head == "reverse":
        c.lines = [f"{y} {short}"] if y else parts
    elif head == "tall":
        c.lines = parts + ([str(y)] if y else [])
    elif head == "broken":
        upper = [w.upper() for w in parts]
        c.text = " ".join(upper + ([str(y)] if y else []))
        c.lines = [p for w in upper for p in CUTS.get(w, w).split("|")] + ([str(y)] if y else [])
