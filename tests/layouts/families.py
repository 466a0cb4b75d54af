"""The layout families.  Every option holds the choices from which one is drawn per document.

The sets are fixed: `fit`, `latex`, `fresh` and `unseen` families may be looked at while a reader is being made, `held`,
`later`, `fifth`, `sixth` and `seventh` families only measure it.
"""

import random

import families_fifth
import families_fit
import families_fresh
import families_held
import families_later
import families_latex
import families_seventh
import families_sixth
import families_unseen
from style import Style

COMMON = {
    "separator": ["nbsp"] * 4 + ["space"] * 3 + ["thin", "narrow"],
    "minus": ["hyphen"] * 4 + ["minus"] * 2 + ["en"],
    "nil": ["blank", "blank", "dash", "zero"],
    "columns": ["three", "five", "five", "five-amended", "six", "four", "change"],
    "head": ["one", "two", "upper", "short"],
    "scale": [1, 1, 1, 1000],
    "scale_place": ["caption", "corner", "intro", "title"],
    "valign": ["top", "middle", "bottom"],
    "language": ["sv", "sv", "sv", "fi"],
    "size": [8.5, 9, 9.5, 10],
    "planted": [False, False, False, True],
    "bold": ["bold", "bold", "plain", "upper"],
    "fill": ["#dfe7ef", "#e8e8e8", "#f3e9d8", "#d9e8d4", "#cfdcec"],
    "toc": [False, False, True],
    "blanks": [False, False, False, True],
    "repeat": [True, True, True, False],
}

FAMILIES = {}
SETS = {
    "fit": families_fit,
    "held": families_held,
    "latex": families_latex,
    "fresh": families_fresh,
    "unseen": families_unseen,
    "later": families_later,
    "fifth": families_fifth,
    "sixth": families_sixth,
    "seventh": families_seventh,
}
for group, module in SETS.items():
    for name, options in module.FAMILIES.items():
        options = dict(COMMON, **options)
        FAMILIES[name] = {
            "set": group,
            "engine": options.pop("engine"),
            "what": options.pop("what"),
            "options": options,
        }


def names(group=None):
    """The families of a set; without one those of the first two, so that later sets change no documents."""
    return [n for n, f in FAMILIES.items() if f["set"] in ((group,) if group else ("fit", "held"))]


def draw(name, seed):
    """A style of the family."""
    rng = random.Random(seed)
    style = Style(**{k: rng.choice(v) for k, v in FAMILIES[name]["options"].items()})
    if style.content in ("keys", "personnel", "short", "ledger") or style.columns.startswith("two"):
        style.scale = 1
    if style.scale > 1 and style.content in (
        "units",
        "external",
        "investments",
        "net",
        "areas",
        "matrix",
        "plan",
        "tree",
    ):
        style.scale = 1000
    if style.scale == 1 and style.decimals == 1:
        style.decimals = 0
    if style.scale == 1000:
        style.decimals = 0
    if style.rules == "bands":
        style.blanks = False
    if style.language == "bi" and not style.bilingual:
        style.bilingual = "two-columns"
    wide = {
        "nine": 9,
        "seven": 7,
        "six": 6,
        "six-years": 6,
        "proposal": 6,
        "usage": 6,
        "project": 6,
        "versions-full": 7,
    }.get(style.columns, 5)
    if wide >= 6 and not style.landscape:
        style.size = min(style.size, 8.5)
    if style.separator == "dot" and style.leaders:
        style.separator = "nbsp"
    return style
