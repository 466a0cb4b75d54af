"""The families: what each fixes of the layout, and what its tables are; all else is drawn."""

import figures
from looks import Look
from measure import STANDARD

SERIF = ["Liberation Serif", "DejaVu Serif"]
SANS = ["Liberation Sans", "Carlito", "DejaVu Sans Condensed"]
STATS = ["stat", "stat", "stat", "grouped", "grouped", "grouped", "sections", "sections", "money", "indicators", "rowheads"]
TEXTS = ["measures", "contacts", "acts", "lists", "mixed", "schedule", "codes", "measures"]


def draw(family, rng):
    """The look of a document of a family."""
    european = rng.random() < 0.6
    look = Look(
        engine=family["engine"],
        font=rng.choice(family.get("fonts", SERIF + SANS)),
        body=rng.choice([9, 9.5, 10, 10.5, 11]),
        size=rng.choice([7.5, 8, 8.5, 9, 9.5]),
        paper="A4" if european else "letter",
        margin=rng.choice([45, 54, 57, 68]),
        span_rules=rng.random() < 0.75,
        trim=rng.choice([0, 0, 3, 5]),
        fill=rng.choice(["#dde5ee", "#e8e8e8", "#f2ecd8", "#e3efda", "#d9d9d9", "#fbe9d9"]),
        dark=rng.choice(["#1f3f6e", "#333333", "#5b2a2a", "#2e6b4f", "#004494"]),
        valign=rng.choice(["top", "top", "middle", "bottom"]),
        head_valign=rng.choice(["bottom", "bottom", "middle", "top"]),
        head_align=rng.choice(["center", "center", "like", "left"]),
        head_bold=rng.random() < 0.65,
        head_italic=rng.random() < 0.12,
        figure_align=rng.choice(["right", "right", "right", "center"]),
        mark_align=rng.choice(["center", "center", "left"]),
        justify=rng.random() < 0.15,
        prose_justify=rng.random() < 0.5,
        pad_x=rng.choice([2.5, 4, 5, 7]),
        pad_y=rng.choice([0.5, 1, 1.5, 2.5, 4]),
        gap=rng.choice([4, 6, 9]),
        width=rng.choice(["full", "full", "natural"]),
        place=rng.choice(["left", "left", "center"]),
        caption=rng.choice(["above", "above", "above", "below"]),
        caption_style=rng.choice(["bold", "italic", "plain"]),
        section=rng.choice(["left", "left", "center"]),
        section_fill=rng.random() < 0.25,
        total_bold=rng.random() < 0.7,
        total_rule=rng.random() < 0.3,
        stub_fill=rng.random() < 0.06,
        numbers=rng.choice(figures.EUROPEAN if european else figures.ENGLISH),
        running=rng.random() < 0.7,
        language=rng.choice(["en", "en", "en", "sv", "fi"]) if european else "en",
        colour=rng.choice(["#000000", "#000000", "#555555", "#1f3f6e"]),
        light=rng.choice([0.3, 0.5, 0.75]),
        heavy=rng.choice([0.75, 1, 1.5]),
    )
    for key, value in family.get("look", {}).items():
        setattr(look, key, rng.choice(value) if isinstance(value, list) else value)
    return look


def family(engine, kinds, sheets, fonts=None, **look):
    out = {"engine": engine, "kinds": kinds, "sheets": sheets, "look": look}
    if fonts:
        out["fonts"] = fonts
    return out


FIT = {
    "chromium-web": family("chromium", STATS + ["compare"], ["plain", "stack"], rules=["full", "full_shaded"], fonts=SANS),
    "chromium-band": family("chromium", STATS + ["long", "calendar"], ["plain", "plain", "divided"], rules=["zebra", "zebra_dark"]),
    "chromium-plan": family("chromium", TEXTS, ["plain", "plain", "divided"], rules=["full", "full_dark", "rows"], valign=["top", "middle"]),
    "weasy-brief": family("weasyprint", ["stat", "small", "compare", "money"], ["columns", "columns", "side", "banner"], rules=["booktabs", "rows", "headline"]),
    "weasy-census": family("weasyprint", ["stat", "grouped", "grouped", "long", "sections", "numbered"], ["plain"], rules=["census", "verticals"], leaders=[True, False], fonts=SANS),
    "weasy-wide": family("weasyprint", ["months", "grouped", "stat", "sections"], ["plain", "stack"], rules=["none", "headline", "shaded"], landscape=True),
    "typst-rows": family("typst", STATS + ["codes", "numbered", "facts"], ["plain", "stack"], rules=["rows", "fives"], dash=[False, False, True]),
    "typst-journal": family("typst", ["stat", "small", "compare", "acts", "codes"], ["columns", "columns", "banner"], rules=["booktabs", "framed"], fonts=SERIF),
    "typst-plan": family("typst", TEXTS, ["plain"], rules=["none", "headline", "dark"], justify=[True, False], valign=["top", "middle"]),
    "reportlab-grid": family("reportlab", STATS + ["compare", "rowheads", "facts"], ["plain", "divided"], rules=["full", "full_shaded"], fonts=SANS + list(STANDARD)),
    "reportlab-bare": family("reportlab", STATS + ["sparse", "small"], ["plain", "stack"], rules=["none", "headline"], fonts=list(STANDARD) + SERIF, leaders=[True, False]),
    "fpdf-stat": family("fpdf", STATS + ["long", "numbered"], ["plain", "plain", "divided"], rules=["booktabs", "double"], figure_align=["decimal", "right"], leaders=[True, False]),
    "fpdf-side": family("fpdf", ["stat", "small", "money", "compare", "calendar"], ["side", "columns", "banner"], rules=["boxes", "dark"], figure_align=["decimal", "right"]),
    "groff-box": family("groff", STATS + ["compare", "contacts", "mixed", "facts"], ["plain", "stack"], rules=["full", "framed"], fonts=["Times"]),
    "groff-bare": family("groff", STATS + ["codes", "small"], ["plain", "divided"], rules=["none", "headline"], fonts=["Helvetica", "Times"], leaders=[True, False]),
    "writer-memo": family("writer", TEXTS + ["compare", "stat"], ["plain"], rules=["full", "full_shaded"]),
    "writer-stat": family("writer", STATS + ["rowheads"], ["plain", "stack", "side"], rules=["rows", "headline", "framed"], dash=[False, True]),
}
HELD = {
    "chromium-bare": family("chromium", STATS + ["sparse"], ["plain", "stack"], rules=["none", "headline"]),
    "chromium-box": family("chromium", TEXTS + ["compare", "rowheads", "facts"], ["plain", "stack"], rules=["framed", "boxes"]),
    "chromium-wide": family("chromium", ["months", "grouped", "stat", "measures", "numbered"], ["plain", "side"], rules=["booktabs", "fives"], landscape=True, fonts=SERIF),
    "weasy-white": family("weasyprint", STATS + ["rowheads", "compare"], ["plain", "side"], rules=["white_lines", "dark"]),
    "weasy-double": family("weasyprint", ["stat", "grouped", "money", "sections", "measures"], ["plain", "columns"], rules=["double", "fives"], fonts=SERIF, dash=[False, True]),
    "weasy-plan": family("weasyprint", TEXTS, ["plain", "divided"], rules=["framed", "zebra", "columns_only"], justify=[True, False]),
    "typst-census": family("typst", ["stat", "grouped", "sections", "long", "rowheads"], ["plain"], rules=["census", "verticals", "boxes"], leaders=[True, False], fonts=SANS),
    "typst-band": family("typst", STATS + ["compare", "calendar"], ["plain", "side", "stack"], rules=["zebra", "shaded", "white_lines"]),
    "typst-grid": family("typst", TEXTS + ["facts"], ["plain", "divided"], rules=["full", "full_dark"]),
    "reportlab-lines": family("reportlab", STATS + ["numbered", "compare"], ["columns", "banner", "plain"], rules=["booktabs", "rows"], fonts=SERIF + ["Times"]),
    "reportlab-plan": family("reportlab", TEXTS + ["rowheads"], ["plain"], rules=["framed", "zebra", "zebra_dark"], fonts=SANS + ["Helvetica"]),
    "fpdf-bare": family("fpdf", STATS + ["months", "sparse"], ["plain", "stack"], rules=["none", "headline"], landscape=[True, False], figure_align=["decimal", "right"], leaders=[True, False]),
    "fpdf-grid": family("fpdf", TEXTS + ["stat", "compare"], ["plain", "divided", "columns"], rules=["full", "full_shaded"]),
    "groff-lines": family("groff", STATS + ["measures", "acts"], ["plain", "stack"], rules=["booktabs", "rows", "double"], fonts=["Times"], leaders=[True, False]),
    "groff-columns": family("groff", ["stat", "small", "compare", "money", "acts"], ["columns", "columns", "banner"], rules=["verticals", "booktabs", "columns_only"], fonts=["Times", "Helvetica"]),
    "writer-band": family("writer", STATS + ["compare", "numbered"], ["plain", "divided"], rules=["zebra", "dark", "shaded"]),
    "writer-bare": family("writer", STATS + TEXTS, ["plain", "columns", "side"], rules=["none", "booktabs"], leaders=[True, False]),
}
SETS = {"fit": FIT, "held": HELD}
