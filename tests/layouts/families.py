"""The layout families.  Every option holds the choices from which one is drawn per document.

The sets are fixed: `fit` families may be looked at while a reader is being made, `held` families only measure it.
"""
import random
from style import Style

COMMON = {
    "separator": ["nbsp"] * 4 + ["space"] * 3 + ["thin", "narrow"], "minus": ["hyphen"] * 4 + ["minus"] * 2 + ["en"], "nil": ["blank", "blank", "dash", "zero"],
    "columns": ["three", "five", "five", "five-amended", "six", "four", "change"], "head": ["one", "two", "upper", "short"], "scale": [1, 1, 1, 1000],
    "scale_place": ["caption", "corner", "intro", "title"], "valign": ["top", "middle", "bottom"], "language": ["sv", "sv", "sv", "fi"],
    "size": [8.5, 9, 9.5, 10], "planted": [False, False, False, True], "bold": ["bold", "bold", "plain", "upper"],
    "fill": ["#dfe7ef", "#e8e8e8", "#f3e9d8", "#d9e8d4", "#cfdcec"], "toc": [False, False, True],
    "blanks": [False, False, False, True], "repeat": [True, True, True, False],
}

FAMILIES = {}


def family(name, group, engine, what, **options):
    FAMILIES[name] = {"set": group, "engine": engine, "what": what, "options": dict(COMMON, **options)}


SANS, SERIF = ["Liberation Sans", "DejaVu Sans", "Carlito"], ["Liberation Serif", "DejaVu Serif"]
TYPST = ["Libertinus Serif", "Liberation Sans", "Carlito", "DejaVu Sans"]

family("typst-nat", "fit", "typst", "unit chapter, tagged, full grid, narrow label column that wraps", font=TYPST, rules=["grid"], labels=["narrow"], content=["units", "external"])
family("typst-linjer", "fit", "typst", "statements, horizontal rules, indents, thousands", font=TYPST, rules=["horizontal", "booktabs"], head=["two", "one"], content=["statements"],
       scale=[1, 1000, 1000], tagged=[True, False], notes=[False, False, True])
family("typst-tvasprak", "fit", "typst", "bilingual, two label columns", font=TYPST, rules=["grid", "horizontal"], language=["bi"], bilingual=["two-columns"],
       head=["bilingual-lines", "bilingual-slash"], columns=["three", "four"], content=["units", "statements"], toc=[False])
family("typst-par", "fit", "typst", "two tables beside each other", font=TYPST, side=[True], rules=["horizontal", "none", "grid"], columns=["three", "budget-pair", "percent"],
       content=["short", "keys"], head=["two", "short"], labels=["narrow", "wide"], size=[8, 8.5], toc=[False])
family("weasy-band", "fit", "weasyprint", "bands of fill, change columns, abbreviated heads", font=SANS, rules=["bands"], columns=["change", "percent", "forecast"], head=["short", "two"],
       content=["units", "areas"])
family("weasy-luft", "fit", "weasyprint", "no rules, indents, amounts in thousands", font=SANS + SERIF, rules=["none"], scale=[1000, 1], content=["statements", "net"])
family("fpdf-prickar", "fit", "fpdf", "dot leaders, no rules, investments", font=["Liberation Serif", "DejaVu Sans", "Carlito"], rules=["none"], leaders=[True],
       content=["investments", "units"], head=["one", "two"], minus=["hyphen", "minus", "trailing", "parenthesis"], nil=["dash", "blank"])
family("fpdf-rutor", "fit", "fpdf", "full grid, heads of three lines in capitals", font=SANS, rules=["grid"], head=["upper"], labels=["narrow"], columns=["five-amended", "six", "five"],
       content=["units"])
family("reportlab-rapport", "fit", "reportlab", "one long table over pages, repeated head, running head", font=SANS, rules=["horizontal", "bands"], content=["areas"],
       columns=["three", "five", "change", "percent"], repeat=[True, True, False], bold=["bold", "upper"])
family("reportlab-bokslut", "fit", "reportlab", "balance sheet and income statement in euro and cent, double rules", font=SERIF + ["DejaVu Sans"], rules=["double"], content=["balance"],
       columns=["two"], decimals=[2, 2, 0], scale=[1], head=["one", "two"])
family("chromium-webb", "fit", "chromium", "web page: key figures, persons, percent rows", font=SANS, rules=["horizontal", "bands"], content=["keys"], columns=["three", "four", "five"])
family("chromium-tabell", "fit", "chromium", "full grid, labels that wrap, amended budgets", font=SERIF + SANS, rules=["grid"], labels=["narrow"], columns=["five-amended", "six", "amended-change"],
       head=["upper", "two"], content=["units", "external"])
family("reportlab-tunn", "fit", "reportlab", "unit tables with thin rules, several on a page", font=SANS + SERIF, rules=["horizontal", "booktabs", "none"], content=["short", "units", "investments"],
       head=["one", "short", "two"])
family("writer-kapitel", "fit", "writer", "word processor: chapter with prose, full grid, labels at the bottom", font=["Carlito", "Liberation Serif", "Liberation Sans"], rules=["grid", "horizontal"],
       content=["external", "units"], blanks=[True, False], head=["upper", "two"], size=[9, 10, 11], separator=["nbsp", "space"])
family("calc-tabell", "fit", "calc", "spreadsheet: cells formatted by the locale", font=["Liberation Sans", "Carlito"], rules=["none", "grid"], content=["units", "statements"],
       separator=["space"], minus=["hyphen"], nil=["blank", "zero"], toc=[False])
family("groff-rapport", "fit", "groff", "groff tbl with horizontal rules, standard fonts that are not embedded", font=["Times", "Helvetica"], rules=["horizontal", "booktabs"], content=["units", "net"],
       separator=["nbsp", "thin", "dot"], minus=["hyphen", "minus"], bold=["bold", "plain"])

family("typst-spann", "held", "typst", "phases spanning years, unit codes in a column of their own", font=TYPST, rules=["booktabs", "vertical"], head=["span"], columns=["six-years", "seven", "five"],
       codes=["column"], content=["net", "investments", "areas"], size=[8, 8.5])
family("typst-vriden", "held", "typst", "rotated heads, many columns, dotted rules", font=TYPST, rotated=[True], rules=["dotted", "horizontal"], head=["one"], columns=["seven", "six"], content=["units", "personnel"],
       size=[8, 8.5], labels=["narrow", "wide"])
family("typst-hoger", "held", "typst", "bilingual, the Finnish label right of the figures", font=TYPST, language=["bi"], bilingual=["right"], rules=["horizontal", "none"], head=["bilingual-lines"],
       columns=["three", "four"], content=["statements", "units"], toc=[False], size=[8.5, 9])
family("weasy-dubbel", "held", "weasyprint", "double rules, year first, costs printed positive, deviation column", font=SERIF, rules=["double"], head=["year-first"], costs=["positive"],
       columns=["accounts", "accounts-percent", "forecast"], content=["units", "statements"])
family("weasy-koder", "held", "weasyprint", "unit and account codes before the labels, dots between thousands", font=SANS, codes=["before"], separator=["dot", "nbsp", "apostrophe"],
       rules=["grid", "bands", "none"], content=["net", "units", "areas"], labels=["narrow", "wide"])
family("fpdf-tabbar", "held", "fpdf", "tab stops, no rules, columns close together, wrapped labels", font=["Liberation Sans", "Carlito", "DejaVu Serif"], rules=["none"], labels=["narrow"], valign=["top", "bottom"],
       columns=["six", "five", "seven"], content=["units", "external"], size=[8.5, 9], bold=["bold", "plain"], head=["short", "two", "upper"])
family("fpdf-liggande", "held", "fpdf", "landscape, nine columns, millions with decimals", font=SANS, landscape=[True], turned=[True, False], columns=["nine", "seven"], scale=[1000000, 1000], decimals=[1, 2],
       content=["statements"], rules=["horizontal", "bands"], head=["two", "short"])
family("reportlab-ram", "held", "reportlab", "frame and vertical rules only, section headings", font=SANS, rules=["vertical", "box"], content=["investments", "statements", "areas"], head=["words", "one"],
       minus=["en", "parenthesis", "spaced"], blanks=[True, False])
family("reportlab-fotnot", "held", "reportlab", "raised note marks and footnotes, key figures", font=SERIF + SANS, notes=[True], rules=["horizontal", "booktabs"], content=["keys", "units"],
       columns=["three", "percent", "four"])
family("chromium-personal", "held", "chromium", "person-years with decimals and short tables between prose, vertical rules", font=SERIF, rules=["vertical", "double"], content=["personnel", "short"],
       columns=["five", "six", "three"], head=["year-first", "words"], align=["right", "center"])
family("chromium-staplad", "held", "chromium", "bilingual, Finnish under Swedish in one cell", font=SANS, language=["bi"], bilingual=["stacked", "slash"], rules=["horizontal", "grid"],
       head=["bilingual-slash"], columns=["three", "four", "five"], content=["units", "investments"], toc=[False])
family("writer-tabbar", "held", "writer-tabs", "word processor without tables: tab stops and dot leaders", font=["Carlito", "Liberation Serif"], rules=["none"], leaders=[True, False],
       columns=["three", "four", "five"], content=["units", "investments", "short"], head=["one", "short"], separator=["nbsp", "space"], size=[9, 9.5], notes=[False])
family("calc-budget", "held", "calc", "spreadsheet in landscape: costs positive, amended budgets, codes in a column", font=["Carlito", "DejaVu Sans"], rules=["horizontal", "bands"], landscape=[True],
       costs=["positive", "negative"], columns=["six", "amended-change", "five-amended"], codes=["column"], content=["units", "net"], separator=["space"],
       minus=["hyphen"], nil=["blank", "zero"], toc=[False], head=["two", "upper"])
family("weasy-spalter", "held", "weasyprint", "two tables beside each other, bands or frames", font=SANS, side=[True], rules=["bands", "box", "horizontal"], columns=["three", "budget-pair", "percent"],
       content=["short", "keys", "personnel"], head=["year-first", "one", "short"], size=[8, 8.5], toc=[False])
family("reportlab-smal", "held", "reportlab", "narrow labels that wrap, figures at the top or the middle, thin rules at head and foot", font=SERIF + ["Carlito"], rules=["booktabs", "none"],
       labels=["narrow"], valign=["top", "middle"], bold=["plain", "upper"], content=["units", "statements"], columns=["five", "six", "five-amended"], head=["two", "words"])
family("groff-ruta", "held", "groff", "groff tbl with boxes round all cells", font=["Helvetica", "Times"], rules=["grid"], language=["fi", "sv"], content=["units", "areas"],
       separator=["nbsp", "thin"], minus=["hyphen", "minus", "parenthesis"], bold=["bold", "plain"])


def names(group=None):
    return [n for n, f in FAMILIES.items() if group in (None, f["set"])]


def draw(name, seed):
    """A style of the family."""
    rng = random.Random(seed)
    style = Style(**{k: rng.choice(v) for k, v in FAMILIES[name]["options"].items()})
    if style.content in ("keys", "personnel", "short") or style.columns.startswith("two"):
        style.scale = 1
    if style.scale > 1 and style.content in ("units", "external", "investments", "net", "areas"):
        style.scale = 1000
    if style.scale == 1 and style.decimals == 1:
        style.decimals = 0
    if style.scale == 1000:
        style.decimals = 0
    if style.rules == "bands":
        style.blanks = False
    if style.language == "bi" and not style.bilingual:
        style.bilingual = "two-columns"
    wide = {"nine": 9, "seven": 7, "six": 6, "six-years": 6}.get(style.columns, 5)
    if wide >= 6 and not style.landscape:
        style.size = min(style.size, 8.5)
    if style.separator == "dot" and style.leaders:
        style.separator = "nbsp"
    return style
