"""Draws documents with pdfLaTeX, or LuaLaTeX where the font is one of the system."""

import os
import re
import subprocess
import sys
import tempfile

import fonts
import grid as grids
from style import MINUS

PDF_FONTS = {
    "Latin Modern": r"\usepackage{lmodern}",
    "Latin Modern Sans": r"\usepackage{lmodern}\renewcommand\familydefault{\sfdefault}",
    "Helvetica": r"\usepackage[scaled=0.95]{helvet}\renewcommand\familydefault{\sfdefault}",
    "Times": r"\usepackage{mathptmx}",
    "Palatino": r"\usepackage{mathpazo}",
    "Charter": r"\usepackage{charter}",
    "Bookman": r"\usepackage{bookman}",
    "New Century": r"\usepackage{newcent}",
}
SPECIAL = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    '"': "''",
    "\u00a0": "~",
    "\u2009": r"\,",
    "\u202f": r"\,",
    "\u2019": "'",
    MINUS: "$-$",
    "\u2013": "--",
    # the PostScript fonts have no euro of their own
    "\u20ac": r"\eurosign{}",
    "\u00b7": r"\textperiodcentered{}",
    "\u2022": r"\textbullet{}",
    "\u00ad": r"\-",
}
SIUNITX = {"nbsp": "~", "space": r"\ ", "thin": r"\,", "narrow": r"\,", "dot": ".", "apostrophe": "'", "none": ""}
NO_HYPHENS = r"\hyphenpenalty10000\exhyphenpenalty10000\relax"
# breaks at the soft hyphens of the text only
SOFT_HYPHENS = r"\hyphenpenalty50\exhyphenpenalty10000\lefthyphenmin63\relax "


def esc(text):
    text = "".join(SPECIAL.get(ch, "\\" + ch if ch in "&%$#_{}" else ch) for ch in text)
    return text.replace("\n", r"\newline ")


def wrap(text, width, size, font):
    lines = [""]
    for word in text.split(" "):
        trial = f"{lines[-1]} {word}".strip()
        if lines[-1] and grids.text_width(trial, size, font, True) > width:
            lines.append(word)
        else:
            lines[-1] = trial
    return lines


class Drawer:
    """One table.  `look`: what a document's author has chosen once for all tables."""

    def __init__(self, t, style, total, look):
        self.table, self.style, self.look = t, style, look
        self.g = grids.make(t, style)
        self.gap = 2 if style.tight or look["shrink"] < 1 else min(look["gap"], 3) if style.side else look["gap"]
        self.widths, self.size = grids.fit(self.g, style, total, pad=2 * self.gap + 2)
        self.size = round(self.size * look["shrink"], 2)
        self.inner = [max(w - 2 * self.gap, 8) for w in self.widths]
        self.lined = style.rules in ("grid", "vertical")
        # siunitx cannot set what is no plain number.
        self.aligned = [style.cells == "aligned" and self.is_plain(i) for i in range(self.g.figures)]

    def is_plain(self, i):
        cells = [line.cells[i] for line in self.g.lines if line.kind not in ("heading", "blank")]
        return not any(c.note or "%" in c.text or "(" in c.text for c in cells) and any(
            c.value is not None for c in cells
        )

    @property
    def long(self):
        """A table taller than the page has to be one that breaks."""
        rows = 0
        for line in self.g.lines:
            text = max((c.text for c in line.labels), key=len, default="")
            wide = max(self.inner[int(self.g.code_column)] - 9 * line.level, 20)
            rows += max(1, -(-grids.text_width(text, self.size, self.style.font, True) // wide))
            rows += text.count("\n")
        tall = rows * self.size * 1.2 * self.look["stretch"] > (360 if self.style.landscape else 560)
        return self.style.environment in ("longtable", "continued") or tall

    def spec(self, long):
        g, style = self.g, self.style
        kind = {"top": "p", "middle": "m", "bottom": "b"}[style.valign]
        out = []
        breaks = SOFT_HYPHENS if style.hyphens else NO_HYPHENS
        for i, w in enumerate(self.inner):
            label = i < g.before or i >= g.before + g.figures
            code = g.code_column and not i
            if label and style.environment == "tabularx" and not long and not code:
                out.append(r">{\raggedright\arraybackslash" + breaks + "}X")
            elif label and not code:
                out.append(r">{\raggedright\arraybackslash" + breaks + "}" + f"{kind}{{{w:.1f}pt}}")
            elif label:
                out.append("l")
            elif self.aligned[i - g.before]:
                out.append(self.digits(i - g.before))
            elif style.cells == "fixed":
                side = r"\centering" if style.align == "center" else r"\raggedleft"
                out.append(">{" + side + r"\arraybackslash}" + f"{kind}{{{w:.1f}pt}}")
            else:
                out.append("r")
            if i - g.before in g.shaded:
                out[-1] = r">{\columncolor{shade}}" + out[-1]
        if style.rules == "grid":
            return "|" + "|".join(out) + "|"
        if style.rules == "vertical":
            return "|".join(out)
        text = "".join(out)
        return "@{}" + text + "@{}" if style.rules in ("booktabs", "none", "sums") and not style.band else text

    def digits(self, i):
        whole = decimals = 1
        minus = ""
        for line in self.g.lines:
            c = line.cells[i]
            if c.value is None:
                continue
            value = f"{abs(c.value):.{c.decimals}f}"
            whole = max(whole, len(value.split(".")[0]))
            decimals = max(decimals, len(value.partition(".")[2]) + 1)
            minus = "-" if c.value < 0 else minus
        return f"S[table-format={minus}{whole}.{decimals - 1}]"

    def figure(self, i, c, bold):
        if self.aligned[i]:
            if c.value is None:
                return "{" + esc(c.text) + "}" if c.text else ""
            return (r"\bfseries " if bold else "") + f"{c.value:.{c.decimals}f}"
        text = esc(c.text) + (r"\textsuperscript{" + esc(c.note) + "}" if c.note else "")
        if bold and text:
            text = r"\textbf{" + text + "}"
        return r"\mbox{" + text + "}" if self.style.cells == "fixed" else text

    def head_text(self, c, width):
        """The lines of a head cell, wrapped as its column needs it."""
        return [w for l in c.lines if l for w in wrap(l, width, self.size, self.style.font)] or [""]

    def head(self):
        """The rows of the head."""
        g, style = self.g, self.style
        ink = (
            (lambda t: r"\textcolor{white}{\textbf{" + t + "}}")
            if style.band
            else ((lambda t: r"\textbf{" + t + "}") if self.look["bold_head"] else (lambda t: t))
        )
        side = "c" if self.look["center_head"] or style.align == "center" else "r"
        side = style.head_align[:1] or side
        bars = ("|" if style.rules == "grid" else "", "|" if self.lined else "")

        def across(n, how, text, at):
            last = at + n == g.width
            left = bars[0] if not at else ""
            right = bars[1] if not last or style.rules == "grid" else ""
            if r"@{}" in self.spec(False):
                left, right = ("@{}" if not at else ""), ("@{}" if last else "")
            return rf"\multicolumn{{{n}}}{{{left}{how}{right}}}{{{text}}}"

        def stack(lines, how):
            if style.rotated:
                return r"\rotatebox{90}{" + ink(esc(" ".join(lines))) + "\\,}"
            if len(lines) == 1:
                return ink(esc(lines[0])) if lines[0] else ""
            inner = r"\\".join(ink(esc(l)) for l in lines)
            return rf"\begin{{tabular}}[b]{{@{{}}{how}@{{}}}}{inner}\end{{tabular}}"

        band = r"\rowcolor{head}" if style.band or style.rules == "bands" else ""
        out = []
        if len(g.head) == 3:
            for level, row in enumerate(g.head):
                cells, rules, at = [], [], 0
                if level:  # below the corner
                    cells, at = [across(1, "l", "", k) for k in range(g.before)], g.before
                for c in row:
                    how = side if c.across == 1 else "c"
                    text = stack(self.head_text(c, self.inner[at]), how) if c.across == 1 else ink(esc(c.lines[0]))
                    cells.append(across(c.across, how if c.figure else "l", text if c.figure else "", at))
                    if c.figure and level < 2:
                        rules.append(rf"\cmidrule(lr){{{at + 1}-{at + c.across}}}")
                    at += c.across
                cells += [across(1, "l", "", k) for k in range(at, g.width)]
                rule = "".join(rules) if style.rules != "grid" and not style.band else ""
                if style.rules == "grid" and level < 2:
                    rule = rf"\cline{{{g.before + 1}-{g.width}}}"
                out.append(band + " & ".join(cells) + r" \\" + rule)
            return out
        if len(g.head) == 1:
            cells, at = [], 0
            lines = []
            for c in g.head[0]:
                lines.append((c, self.head_text(c, self.inner[at])))
                at += 1
            tall = max(len(x) for _, x in lines)
            if self.look["head_rows"] and not style.rotated and tall > 1:
                for k in range(tall):  # one row of the table for every line of the head
                    cells = []
                    for at, (c, texts) in enumerate(lines):
                        n = k - tall + len(texts)
                        text = ink(esc(texts[n])) if n >= 0 and texts[n] else ""
                        cells.append(across(1, side if c.figure else "l", text, at))
                    out.append(band + " & ".join(cells) + r" \\")
                return out
            cells = [across(1, side if c.figure else "l", stack(x, side), at) for at, (c, x) in enumerate(lines)]
            return [band + " & ".join(cells) + r" \\"]
        top, bottom, rules, at = [], [], [], 0
        below = iter(g.head[1])
        for c in g.head[0]:
            if c.figure and c.down == 1:
                top.append(across(c.across, "c", ink(esc(c.lines[0])), at))
                rules.append(rf"\cmidrule(lr){{{at + 1}-{at + c.across}}}")
                for k in range(at, at + c.across):
                    bottom.append(across(1, side, stack(self.head_text(next(below), self.inner[k]), side), k))
            else:
                top.append(across(1, "l", "", at))
                how = side if c.figure else "l"
                bottom.append(across(1, how, stack(self.head_text(c, self.inner[at]), how), at))
            at += c.across
        rule = "".join(rules) if style.rules not in ("grid", "bands") and not style.band else ""
        if style.rules == "grid":
            rule = rf"\cline{{{g.before + 1}-{g.width}}}"
        return [band + " & ".join(top) + r" \\" + rule, band + " & ".join(bottom) + r" \\"]

    @property
    def group_rule(self):
        if self.style.rules in ("booktabs", "sums", "double"):
            return rf"\cmidrule{{1-{self.g.width}}}"
        return r"\hline" if self.style.rules != "none" else r"\noalign{\vskip 4pt}"

    def ends(self, line):
        """Whether a line is the last of its section."""
        n = next(i for i, x in enumerate(self.g.lines) if x is line)
        return n + 1 == len(self.g.lines) or self.g.lines[n + 1].labels[0].down != 0

    def line(self, line, last):
        g, style = self.g, self.style
        if line.kind == "blank":
            return "&" * (g.width - 1) + r" \\"
        bold = line.kind == "total" and style.bold == "bold" or line.kind == "heading" and not line.level
        strong = (lambda t: r"\textbf{" + t + "}") if bold else (lambda t: t)
        main = int(g.code_column)
        if line.kind == "heading":
            text = line.labels[main].text
            if g.two_labels:
                text += " / " + (line.labels + line.right)[-1].text
            n = g.width - main
            form = (
                ("|l|" if not main else "l|")
                if style.rules == "grid"
                else ("@{}l" if r"@{}" in self.spec(False) and not main else "l")
            )
            indent = rf"\hspace*{{{9 * line.level}pt}}" if line.level else ""
            if style.group == "center":
                form = form.replace("l", "c")
            ground = {"fill": r"\rowcolor{shade}", "dark": r"\rowcolor{group}"}.get(style.group, "")
            ink = (lambda t: r"\textcolor{white}{" + t + "}") if style.group == "dark" else (lambda t: t)
            cell = rf"\multicolumn{{{n}}}{{{form}}}{{{indent}{ink(strong(esc(text)))}}}"
            if style.group_rules and line is not g.lines[0]:
                ground = r"\hline\noalign{\vskip 2pt}" + ground
            if ground:
                code = ink(strong(esc(line.labels[0].text))) + " & " if main else ""
                return ground + code + cell + r" \\*" + (r"\hline" if style.rules in ("grid", "horizontal") else "")
            return (strong(esc(line.labels[0].text)) + " & " if main else "") + cell + r" \\"
        cells = []
        for i, c in enumerate(line.labels):
            if not c.down:
                cells.append("")
                continue
            if c.down > 1:
                place = {"top": "t", "middle": "c", "bottom": "b"}[style.merge or "top"]
                cells.append(rf"\multirow[{place}]{{{c.down}}}{{=}}{{\raggedright\textbf{{{esc(c.text)}}}}}")
                continue
            text = strong(esc(c.text)) + (r"\textsuperscript{" + esc(c.note) + "}" if c.note else "")
            if i == main and style.hanging:
                text = rf"\hangindent=8pt\hangafter=1 {text}"
            elif i == main:
                indent = 9 * line.level
                hang = self.look["hang"]
                if indent or hang:
                    text = (
                        rf"\leftskip{indent + hang}pt\hspace*{{-{hang}pt}}" + text
                        if hang
                        else rf"\leftskip{indent}pt " + text
                    )
                if style.leaders and c.text:
                    text += r"\dotfill"
            cells.append(text)
        cells += [self.figure(i, c, bold) for i, c in enumerate(line.cells)]
        cells += [strong(esc(c.text)) for c in line.right]
        before = after = ""
        if line.kind == "total" and style.rules in ("sums", "double"):
            before = rf"\cmidrule{{{g.before + 1}-{g.before + g.figures}}}"
        if line.kind == "total" and style.band:
            before += r"\rowcolor{shade}"
        if style.rules in ("grid", "horizontal") and not last:
            after = r"\hline"
        if g.section_column and style.sections == "column":  # no rules through a merged cell; pages break between groups
            inside = rf"\cline{{2-{g.width}}}" if style.rules == "grid" else ""
            if self.ends(line):
                return before + " & ".join(cells) + r" \\" + ("" if last else self.group_rule)
            return before + " & ".join(cells) + r" \\*" + inside
        return before + " & ".join(cells) + r" \\" + after

    def source(self, caption=""):
        """The table; `caption`: numbered caption above or below it."""
        g, style = self.g, self.style
        long = self.long and not style.side
        opening, under, closing = {
            "grid": (r"\hline", r"\hline", r"\hline"),
            "horizontal": (r"\hline", r"\hline", r"\hline"),
            "booktabs": (r"\toprule", r"\midrule", r"\bottomrule"),
            "double": (r"\hline\hline", r"\hline", r"\hline\hline"),
            "sums": ("", r"\midrule", r"\midrule"),
            "vertical": ("", r"\hline", ""),
            "box": (r"\hline", r"\hline", r"\hline"),
            "dotted": (r"\hline", r"\hline", r"\hline"),
            "bands": ("", "", ""),
            "none": ("", "", ""),
        }[style.rules]
        lines = self.head()
        if g.title:
            bars = "|l|" if style.rules == "grid" else "@{}l@{}" if r"@{}" in self.spec(False) else "l"
            rule = under if style.rules == "grid" else ""
            lines.insert(0, rf"\multicolumn{{{g.width}}}{{{bars}}}{{\textbf{{{esc(g.title)}}}}} \\{rule}")
        if g.unit_row:
            last = "|" if style.rules == "grid" else "@{}" if r"@{}" in self.spec(False) and not g.after else ""
            bar = "|" if style.rules == "grid" else ""
            cells = rf"\multicolumn{{{g.figures}}}{{c{last}}}{{\itshape {esc(g.unit_row)}}}" + " &" * g.after
            lines.append(rf"{under if style.rules == 'grid' else ''}" + "&" * (g.before - 1) + rf"& {cells} \\")
        head = [opening] + lines + [under]
        above = ""
        if self.table.caption and style.scale_place == "above" and not style.captions:
            above = rf"\multicolumn{{{g.width}}}{{r}}{{{esc(self.table.caption)}}}\\[1pt]"
        rows = [self.line(line, n + 1 == len(g.lines)) for n, line in enumerate(g.lines)]
        if style.rules == "none" and self.look["bold_head"]:
            head.append(r"\noalign{\vskip 2pt}")
        out = [
            rf"{{\fontsize{{{self.size}}}{{{self.size * 1.2:.1f}}}\selectfont",
            rf"\setlength\tabcolsep{{{self.gap}pt}}\renewcommand\arraystretch{{{self.look['stretch']}}}",
        ]
        if style.rules == "bands":
            out.append(rf"\rowcolors{{{len(self.head()) + 1 + bool(above) + self.look['odd']}}}{{}}{{band}}")
        if long:
            out.append(r"\setlength\LTleft{0pt}\setlength\LTright{\fill}\setlength\LTpre{5pt}\setlength\LTpost{4pt}")
            out.append(rf"\begin{{longtable}}{{{self.spec(True)}}}")
            if caption and style.captions == "above":
                out.append(rf"\caption{{{caption}}}\\")
            out += [above] + head + [r"\endfirsthead"]
            out += (head if style.repeat else []) + [r"\endhead"]
            if style.environment == "continued":
                word = "Taulukko jatkuu" if style.language == "fi" else r"Tabellen fortsätter"
                out.append(rf"\multicolumn{{{g.width}}}{{r}}{{\footnotesize\itshape {word}}}\\")
            out += [r"\endfoot", closing]
            out += [r"\endlastfoot"] + rows + [r"\end{longtable}"]
            if caption and style.captions == "below":
                out.append(rf"\captionof{{table}}{{{caption}}}")
        else:
            name, width = (
                ("tabularx", rf"{{{sum(self.widths):.1f}pt}}") if style.environment == "tabularx" else ("tabular", "")
            )
            if style.cells == "aligned" and style.environment == "tabularx":
                raise ValueError("tabularx measures S columns wrongly")
            place = "[t]" if style.side and not width else ""
            out.append(rf"\begin{{{name}}}{width}{place}{{{self.spec(False)}}}")
            out += [above] + head + rows + [closing, rf"\end{{{name}}}"]
        out.append("}")
        return "\n".join(x for x in out if x), long


def block(t, style, total, look):
    """A table with what stands above and below it."""
    out = []
    title = esc(t.title) + (f" ({esc(t.caption)})" if t.caption and style.captions else "")
    text, long = Drawer(t, style, total, look).source(title if style.captions else "")
    notes = r" \newline ".join(esc(f) for f in t.footnotes)
    notes = rf"{{\footnotesize {notes}\par}}" if notes else ""
    if style.captions:
        if long:
            return text + "\n" + notes + "\n"
        above = rf"\caption{{{title}}}" if style.captions == "above" else ""
        below = rf"\caption{{{title}}}" if style.captions == "below" else ""
        center = r"\centering" if look["center"] else ""
        return "\n".join([rf"\begin{{table}}[{look['float']}]{center}", above, text, below, notes, r"\end{table}", ""])
    if t.caption and style.scale_place != "above":
        out.append(rf"\noindent{{\small {esc(t.caption)}}}" + (r"\par\nopagebreak" if long else r"\\*[1pt]"))
    out.append(("" if long or out else r"\noindent") + text + r"\par")
    return "\n".join(out + [r"\vspace{2pt}" + notes, r"\medskip", ""])


def preamble(doc, look):
    style = doc.style
    system = style.font not in PDF_FONTS
    language = "finnish" if doc.language == "fi" else "swedish"
    page = "landscape," if style.landscape and not style.turned else ""
    out = [
        rf"\documentclass[10pt,a4paper]{{{look['class']}}}",
        rf"\usepackage[{page}hmargin=2cm,top=2.4cm,bottom=2.2cm,headheight=14pt]{{geometry}}",
        rf"\usepackage[{language}]{{babel}}",
    ]
    if system:
        regular, bold = (os.path.split(f) for f in fonts.files(style.font))
        out += [
            r"\usepackage{fontspec}",
            rf"\setmainfont{{{regular[1]}}}[Path={regular[0]}/,BoldFont={bold[1]},ItalicFont={regular[1]},BoldItalicFont={bold[1]}]",
            r"\newcommand\eurosign{€}\pdfvariable suppressoptionalinfo 512",
        ]
    else:
        out += [
            r"\usepackage[T1]{fontenc}\usepackage[utf8]{inputenc}\usepackage{textcomp}",
            PDF_FONTS[style.font],
            r"\newcommand\eurosign{{\fontfamily{lmr}\fontencoding{TS1}\selectfont\char191}}\pdftrailerid{}",
            r"\pdfgentounicode=1\input{glyphtounicode}",
        ]
    out += [
        rf"\usepackage{{array,booktabs,tabularx,longtable,multirow,graphicx,{'lscape' if style.sideways else 'pdflscape'},fancyhdr,lastpage,caption}}",
        r"\usepackage[table]{xcolor}",
        r"\usepackage{microtype}" if style.microtype else "",
        rf"\definecolor{{band}}{{HTML}}{{{style.fill[1:].upper()}}}",
        rf"\definecolor{{shade}}{{HTML}}{{{style.fill[1:].upper()}}}",
        r"\definecolor{group}{HTML}{44546A}" if style.group == "dark" else "",
        rf"\definecolor{{head}}{{HTML}}{{{look['dark'] if style.band else style.fill[1:].upper()}}}",
        r"\captionsetup{font=small,labelfont=bf,skip=4pt,justification=raggedright,singlelinecheck=false}",
        r"\setcounter{secnumdepth}{0}\raggedbottom\setlength\parindent{0pt}\setlength\parskip{5pt plus 1pt}",
        r"\clubpenalty10000\widowpenalty10000"  # or the line over a table stays on the page before it
        r"\emergencystretch3em\setlength\aboverulesep{1pt}\setlength\belowrulesep{1.5pt}",
        r"\renewcommand\topfraction{0.95}\renewcommand\textfraction{0.05}\renewcommand\floatpagefraction{0.6}",
    ]
    if style.cells == "aligned":
        math = "mode=text" if look["text_digits"] else "mode=match"
        out.append(
            r"\usepackage{siunitx}\sisetup{group-minimum-digits=4,group-digits=integer,output-decimal-marker={,},"
            rf"group-separator={{{SIUNITX[style.separator]}}},detect-weight=true,detect-family=true,{math},table-number-alignment=right}}"
        )
    left, right = (esc(x) for x in doc.running)
    foot = {
        "plain": r"\thepage",
        "of": r"\thepage\ (\pageref{LastPage})",
        "dashes": r"-- \thepage\ --",
    }[look["foot"]]
    out.append(
        rf"\pagestyle{{fancy}}\fancyhf{{}}\fancyhead[L]{{\footnotesize {left}}}\fancyhead[R]{{\footnotesize {right}}}\fancyfoot[C]{{\footnotesize {foot}}}"
        + (r"\renewcommand\headrulewidth{0pt}" if look["no_rule"] else "")
        if style.running
        else r"\pagestyle{empty}"
    )
    return out


def draw_look(style, rng):
    return {
        "shrink": 1.0,
        "gap": rng.choice([3, 4, 5, 6]),
        "stretch": 0.95 if style.tight else rng.choice([1.0, 1.1, 1.25, 1.4]),
        "bold_head": rng.random() < 0.6,
        "center_head": rng.random() < 0.25,
        "head_rows": rng.random() < 0.5,
        "hang": rng.choice([0, 0, 8]),
        "odd": rng.randint(0, 1),
        "class": rng.choice(["article", "scrartcl"]),
        "dark": rng.choice(["1F3864", "404040", "2E5E4E", "7F7F7F"]),
        "float": rng.choice(["htbp", "tbp", "!h"]),
        "center": rng.random() < 0.6,
        "foot": rng.choice(["plain", "of", "dashes"]),
        "no_rule": rng.random() < 0.5,
        "text_digits": rng.random() < 0.5,
    }


def source(doc, look):
    style = doc.style
    total = 728 if style.landscape else 481
    out = preamble(doc, look) + [r"\begin{document}"]
    turned = False  # whether what follows stands on pages turned in the viewer
    for n, b in enumerate(doc.blocks):
        if style.landscape and style.turned:
            wants = b.kind == "table" or (
                b.kind in ("heading", "subheading")
                and next((x.kind for x in doc.blocks[n + 1 :] if x.kind not in ("heading", "subheading")), "")
                == "table"
            )
            if wants != turned:
                out.append(r"\begin{landscape}" if wants else r"\end{landscape}")
                turned = wants
        if b.kind == "title":
            out.append(rf"{{\LARGE\bfseries\raggedright {esc(b.text)}\par}}\bigskip\suppressfloats[t]")
        elif b.kind in ("heading", "subheading"):
            out.append(rf"\{'section' if b.kind == 'heading' else 'subsection'}{{{esc(b.text)}}}")
        elif b.kind == "prose":
            out.append(esc(b.text) + r"\par")
        elif b.kind == "bullets":
            out.append(r"\begin{itemize}" + "".join(rf"\item {esc(x)}" for x in b.text) + r"\end{itemize}")
        elif b.kind == "words":
            rows = [" & ".join((r"\textbf{%s}" if not n else "%s") % esc(x) for x in row) for n, row in enumerate(b.text)]
            spec = r"*{3}{>{\raggedright\arraybackslash}p{0.3\textwidth}}"
            rows = r" \\ \hline ".join(rows)
            out.append(rf"{{\small\noindent\begin{{tabular}}{{{spec}}}\hline {rows} \\ \hline\end{{tabular}}\par}}\medskip")
        elif b.kind == "lines":
            fill = r"\dotfill" if style.leaders or style.toc else r"\hfill"
            rows = "".join(rf"{esc(x)} {fill} {esc(y)}\par " for x, y in b.text)
            out.append(rf"\noindent\begin{{minipage}}{{0.8\textwidth}}\parskip1pt {rows}\end{{minipage}}\par\bigskip")
        elif b.kind == "toc":
            out.append(r"\tableofcontents")
        elif b.kind == "page":
            out.append(r"\clearpage")
        elif b.kind == "table":
            out.append(block(b.table, style, total, look))
        elif b.kind == "side":
            halves = [
                rf"\begin{{minipage}}[t]{{0.475\textwidth}}\raggedright\textbf{{{esc(t.title)}}}\par\smallskip "
                + block(t, style, 226, look)
                + r"\end{minipage}"
                for t in b.tables
            ]
            out.append(r"\noindent" + "\\hfill\n".join(halves) + r"\par\bigskip")
    if turned:
        out.append(r"\end{landscape}")
    return "\n".join(x for x in out if x) + "\n\\end{document}\n"


def run(program, folder):
    """Typesets until page numbers and the widths of long tables stand; returns the log."""
    again = r"[Rr]erun (LaTeX|to get)|Table widths have changed|undefined references|No file main\.toc"
    for _ in range(4):
        done = subprocess.run(
            [program, "-interaction=batchmode", "-halt-on-error", "main.tex"],
            cwd=folder,
            env=dict(os.environ, FORCE_SOURCE_DATE="1", max_print_line="1000"),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        log = open(os.path.join(folder, "main.log"), encoding="utf-8", errors="replace").read()
        if done.returncode:
            lines = log.splitlines()
            at = next((i for i, l in enumerate(lines) if l.startswith("!")), 0)
            raise RuntimeError(" ".join(lines[at : at + 8]))
        if not re.search(again, log):
            break
    return log


def typeset(documents, folder, rng):
    for doc in documents:
        program = "pdflatex" if doc.style.font in PDF_FONTS else "lualatex"
        look = draw_look(doc.style, rng)
        with tempfile.TemporaryDirectory() as temporary:
            while True:
                with open(os.path.join(temporary, "main.tex"), "w", encoding="utf-8") as f:
                    f.write(source(doc, look))
                large = [float(x) for x in re.findall(r"Overfull \\[hv]box \(([\d.]+)pt too", run(program, temporary))]
                if max(large, default=0) <= 2 or look["shrink"] < 0.75:
                    break
                look["shrink"] -= 0.06  # smaller type where a table is wider than its place
            if max(large, default=0) > 2:
                print(f"  {doc.id}: {max(large)} pt too large", file=sys.stderr)
            os.replace(os.path.join(temporary, "main.pdf"), os.path.join(folder, doc.id + ".pdf"))
