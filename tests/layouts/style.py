"""The choices that make a layout, and how a figure is printed with them."""

from dataclasses import dataclass, fields, replace
from decimal import Decimal

NBSP, NARROW, THIN, MINUS = "\u00a0", "\u202f", "\u2009", "\u2212"
SEPARATORS = {
    "nbsp": NBSP,
    "space": " ",
    "thin": THIN,
    "narrow": NARROW,
    "dot": ".",
    "apostrophe": "\u2019",
    "none": "",
}


@dataclass
class Style:
    font: str = "Liberation Sans"
    size: float = 9.5
    rules: str = "grid"  # grid, horizontal, booktabs, bands, none, double, box, vertical, dotted
    valign: str = "bottom"  # top, middle, bottom
    labels: str = "wide"  # wide, narrow, thin
    head: str = "two"  # see heads.make
    columns: str = "five"  # see heads.SETS
    language: str = "sv"  # sv, fi, bi
    bilingual: str = ""  # two-columns, right, slash, stacked
    separator: str = "nbsp"
    minus: str = "hyphen"  # hyphen, minus, en, parenthesis, trailing, spaced, left (far left in the cell)
    nil: str = "blank"  # blank, dash, zero
    scale: int = 1
    decimals: int = 0
    scale_place: str = "caption"  # caption, corner, title, intro, head, above, below (a row under the head), rows (headings say it)
    costs: str = "negative"  # negative, positive
    codes: str = "none"  # none, before, column, after (a column between label and figures)
    leaders: bool = False
    indent: bool = True
    bold: str = "bold"  # how totals stand out: bold, upper, plain, caps (small capitals; Typst)
    repeat: bool = True  # head repeated on following pages
    notes: bool = False
    rotated: bool = False  # head cells turned by 90 degrees
    landscape: bool = False
    align: str = "right"  # how figures stand: right, center, left (HTML), decimal (comma below comma; groff, Writer with tab stops)
    unit_column: bool = False  # key figures: the unit in a column of its own
    flow: str = ""  # "columns": text and tables in two columns; "float": tables beside the text, "margin": in a column of their own
    turned: bool = False  # landscape pages stored upright with /Rotate 90
    side: bool = False
    toc: bool = False
    running: bool = True
    percent_sign: bool = True
    fill: str = "#dfe7ef"
    content: str = "units"
    planted: bool = False
    blanks: bool = False  # empty rows between groups
    tagged: bool = True
    tight: bool = False  # little room between the columns, and columns only as wide as their figures
    band: bool = False  # head in white on a dark ground
    captions: str = ""  # numbered captions as in a report: above, below
    sign: bool = False  # a euro sign after every amount
    note_column: bool = False  # numbers of notes in a narrow column before the figures
    sections: str = ""  # the name of a section in a column of its own: column (once, beside its rows), repeat (in every row)
    stairs: bool = False  # spreadsheet: every level of the labels begins in its own column
    prose_near: bool = False  # prose with figures right above and below every table
    environment: str = "tabular"  # LaTeX: tabular, tabularx, longtable, continued (longtable that says so at its foot)
    cells: str = "natural"  # LaTeX: natural (r), fixed (p, m, b), aligned (siunitx)
    microtype: bool = False
    merge: str = ""  # where the name stands in the merged cell of a section: top, middle, bottom; "": as the style sets labels
    remarks: bool = False  # a column of text right of the figures
    label_side: str = "left"  # right: codes left of the figures, labels right of them
    inner_title: bool = False  # the title of the table as its first row
    head_align: str = ""  # how heads stand over right-aligned figures: left, center
    hanging: bool = False  # the second line of a label begins further in than the first
    hyphens: bool = False  # words of labels broken by hyphens
    series: bool = False  # every section a table of its own under the head of the first
    continued: bool = False  # lines at page breaks that say so
    stranded: bool = False  # the head last on a page, its rows on the next
    snug: bool = False  # the longest label ends where the first figure begins
    numbered: bool = False  # chapter numbers in the headings
    plus: bool = False  # a plus before changes upwards
    sums: str = "below"  # where sums of organs and statements stand: below their parts, above
    shade: bool = False  # the column of the budget year on a ground of colour
    spacer: bool = False  # a wide gap before that column
    spacing: float = 0.0  # points between the letters of figures and heads
    numerals: str = ""  # old: figures with ascenders and descenders
    group: str = ""  # headings of groups: fill (on a ground of colour), dark (white on dark), center
    page_head: str = ""  # a unit's name: band (white on a band of colour), box (with a box that says who is in charge)
    bars: bool = False  # running heads and page numbers on every page of HTML
    dash: str = "\u2013"  # what stands for nothing where nil is dash
    marks: str = ""  # numbers before the labels: numbers (1., 1.1), letters (1., a)
    facts: bool = False  # rows above the head, in the same grid, that say who is in charge
    headless: bool = False  # a head over the first table only; the columns of all others are as wide as its own
    cards: bool = False  # HTML: tables beside each other stand in cards
    sideways: bool = False  # LaTeX: tables turned on upright pages
    red: bool = False  # HTML: amounts below nothing in red
    organ_pages: bool = False  # before the tables of an organ: who is in charge, why, its focus, its goals in words
    lists: bool = False  # before the first table: contents and steps of the budget work
    corner_title: bool = False  # the title of a table stands in the first cell of its head only
    glyphs: bool = False  # marks of notes are characters of their own (¹), close to the figure
    marked: bool = False  # Writer: a tagged PDF
    pad: float = 0.0  # points above and below the text of a row; 0: as the typesetter has it
    head_valign: str = ""  # where heads stand in their row: top, middle; "": bottom
    group_rules: bool = False  # a thin rule above every name of a group
    bar: bool = False  # the first row of the head in white on a bar of colour
    own_cell: bool = False  # names of groups stay in the column of labels, which is wide enough for their words

    def summary(self):
        """One line that names the choices which differ from the plain ones."""
        plain = Style()
        return ", ".join(
            f"{f.name}={getattr(self, f.name)}"
            for f in fields(self)
            if getattr(self, f.name) != getattr(plain, f.name) and f.name != "fill"
        )


def group(value, decimals, separator):
    digits = f"{abs(value):,.{decimals}f}"
    whole, _, fraction = digits.partition(".")
    return whole.replace(",", separator) + ("," + fraction if fraction else "")


def figure(value, style, decimals=0):
    """A figure as it is printed; `value` is a Decimal or None."""
    if value is None:
        return {"blank": "", "dash": style.dash, "zero": "0"}[style.nil]
    value = Decimal(value)
    text = group(value, decimals, SEPARATORS[style.separator])
    if value >= 0:
        return text
    return {
        "hyphen": "-" + text,
        "minus": MINUS + text,
        "en": "\u2013" + text,
        "parenthesis": f"({text})",
        "trailing": text + "-",
        "spaced": "-" + NBSP + text,
        "left": "-" + text,  # the typesetter parts them
    }[style.minus]


def plain_minus(style):
    """Percentages take no brackets and no trailing minus."""
    return replace(style, minus="hyphen") if style.minus in ("parenthesis", "trailing") else style


def cell(row, column, value, style, decimals):
    """The printed text of one cell of a row."""
    if row.kind == "heading":
        return ""
    if column.unit == "percent":
        if value is None:
            return ""
        text = figure(value, plain_minus(style), 1)
        if style.plus and value > 0 and column.derive and column.derive[2] != "ratio":
            text = "+" + text
        return text + NBSP + "%" if style.percent_sign else text
    if row.decimals is not None:
        text = figure(value, style, row.decimals)
        return text + NBSP + "%" if row.unit == "percent" and value is not None and style.percent_sign else text
    text = figure(value, style, decimals)
    return text + NBSP + "\u20ac" if style.sign and value is not None else text
