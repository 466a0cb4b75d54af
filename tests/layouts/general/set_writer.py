"""Draws documents with LibreOffice Writer, from flat OpenDocument files."""

import os
import subprocess
import tempfile
from xml.sax.saxutils import escape

import measure
from fixed import fix_dates
from looks import Drawing

NAMES = {
    "office": "office:1.0", "style": "style:1.0", "text": "text:1.0", "table": "table:1.0", "fo": "xsl-fo-compatible:1.0",
    "svg": "svg-compatible:1.0", "draw": "drawing:1.0",
}


class Styles:
    """Automatic styles, each written once."""

    def __init__(self):
        self.names = {}

    def add(self, family, body):
        return self.names.setdefault((family, body), f"S{len(self.names)}")

    def xml(self):
        return "".join(f'<style:style style:name="{name}" style:family="{family}">{body}</style:style>' for (family, body), name in self.names.items())

    def paragraph(self, look, size, align="start", bold=False, italic=False, white=False, extra="", tabs=""):
        colour = ' fo:color="#ffffff"' if white else ""
        return self.add(
            "paragraph",
            f'<style:paragraph-properties fo:text-align="{align}" {extra}>{tabs}</style:paragraph-properties>'
            f'<style:text-properties style:font-name="{look.font}" fo:font-size="{size:.1f}pt"{colour}{" fo:font-weight=" + chr(34) + "bold" + chr(34) if bold else ""}'
            f'{" fo:font-style=" + chr(34) + "italic" + chr(34) if italic else ""}/>',
        )


def spans(text):
    out = escape(text).replace("\n", "<text:line-break/>").replace("\t", "<text:tab/>")
    return out.replace("  ", '<text:s text:c="2"/>')


def border(side, value, look):
    if not value:
        return ""
    colour = "#ffffff" if look.rules == "white_lines" else look.colour
    kind = "double" if value[1] else "dotted" if look.dash and value[0] == look.light else "solid"
    return f'fo:border-{side}="{value[0] * (4 if value[1] else 1):.2f}pt {kind} {colour}" '


def cell_style(r, c, cell, table, look, drawing, styles):
    down, across = (cell.down, cell.across) if cell else (1, 1)
    body = border("top", drawing.h.get((r, c)), look) + border("bottom", drawing.h.get((r + down, c)), look)
    body += border("left", drawing.v.get((r, c)), look) + border("right", drawing.v.get((r, c + across)), look)
    if (r, c) in drawing.fill:
        body += f'fo:background-color="{drawing.fill[(r, c)]}" '
    valign = look.head_valign if cell and cell.kind == "head" else look.valign
    top = look.pad_y + (look.gap if r in table.gaps else 0)
    body += f'fo:padding-left="{look.pad_x}pt" fo:padding-right="{look.pad_x}pt" fo:padding-top="{top}pt" fo:padding-bottom="{look.pad_y}pt" style:vertical-align="{valign}"'
    return styles.add("table-cell", f"<style:table-cell-properties {body}/>")


def cell_xml(cell, table, look, drawing, styles, widths, size):
    align = {"left": "start", "right": "end", "center": "center", "justify": "justify"}[measure.align(cell, table, look)]
    deep = measure.indent(cell, look)
    white = (cell.row, cell.col) in drawing.white
    tabs, tail, lead = "", "", ""
    room = sum(widths[cell.col : cell.col + cell.across]) - 2 * look.pad_x - deep
    if cell.lead:
        align, lead = "start", cell.lead + "\t"
        tabs = f'<style:tab-stops><style:tab-stop style:position="{room - 1:.1f}pt" style:type="right"/></style:tab-stops>'
    elif look.leaders and cell.kind == "stub" and not cell.col and cell.down == 1 and room - measure.width(cell.text + cell.mark, look.font, size) > 14:
        tail = "\t"
        tabs = f'<style:tab-stops><style:tab-stop style:position="{room - 2:.1f}pt" style:type="right" style:leader-style="dotted" style:leader-text="."/></style:tab-stops>'
    name = styles.paragraph(look, size, align, measure.is_bold(cell, look), measure.is_italic(cell, look), white, f'fo:margin-left="{deep:.1f}pt"' if deep else "", tabs)
    raised = styles.add("text", '<style:text-properties style:text-position="super 62%"/>')
    mark = f'<text:span text:style-name="{raised}">{escape(cell.mark)}</text:span>' if cell.mark else ""
    lines = cell.text.split("\n")
    body = "".join(f'<text:p text:style-name="{name}">{spans((lead if not n else "") + line)}{(mark + spans(tail)) if n == len(lines) - 1 else ""}</text:p>' for n, line in enumerate(lines))
    span = (f' table:number-columns-spanned="{cell.across}"' if cell.across > 1 else "") + (f' table:number-rows-spanned="{cell.down}"' if cell.down > 1 else "")
    style = cell_style(cell.row, cell.col, cell, table, look, drawing, styles)
    return f'<table:table-cell table:style-name="{style}" office:value-type="string"{span}>{body}</table:table-cell>'


def table_xml(table, look, total, styles):
    widths, size = measure.fit(table, look, total)
    drawing, at = Drawing(table, look), table.at()
    wide = sum(widths)
    align = "center" if look.place == "center" else "left"
    name = styles.add("table", f'<style:table-properties style:width="{wide:.1f}pt" table:align="{align}" table:border-model="collapsing" fo:margin-top="3pt" fo:margin-bottom="3pt"/>')
    row_style = styles.add("table-row", '<style:table-row-properties fo:keep-together="always"/>')
    empty = styles.paragraph(look, size)
    out = [f'<table:table table:style-name="{name}">']
    for w in widths:
        column = styles.add("table-column", f'<style:table-column-properties style:column-width="{w:.2f}pt"/>')
        out.append(f'<table:table-column table:style-name="{column}"/>')
    for r in range(table.rows):
        out.append(f'<table:table-row table:style-name="{row_style}">')
        for c in range(table.width):
            cell = at.get((r, c))
            if cell is None:
                style = cell_style(r, c, None, table, look, drawing, styles)
                out.append(f'<table:table-cell table:style-name="{style}" office:value-type="string"><text:p text:style-name="{empty}"/></table:table-cell>')
            elif (cell.row, cell.col) == (r, c):
                out.append(cell_xml(cell, table, look, drawing, styles, widths, size))
            else:
                out.append("<table:covered-table-cell/>")
        out.append("</table:table-row>")
    out.append("</table:table>")
    centre = "center" if look.place == "center" else "start"
    caption_style = styles.paragraph(look, look.size + 0.5, centre, look.caption_style == "bold", look.caption_style == "italic", extra='fo:margin-top="4pt" fo:margin-bottom="3pt"')
    caption = f'<text:p text:style-name="{caption_style}">{escape(table.caption)}</text:p>' if table.caption else ""
    if table.unit:
        side = max(0.0, total - wide) / (2 if look.place == "center" else 1)
        unit = styles.paragraph(look, look.size - 1, "end", extra=f'fo:margin-right="{side:.1f}pt"')
        out.insert(0, f'<text:p text:style-name="{unit}">{escape(table.unit)}</text:p>')
    note_style = styles.paragraph(look, look.size - 1)
    notes = "".join(f'<text:p text:style-name="{note_style}">{escape(n)}</text:p>' for n in table.notes)
    order = [caption, "".join(out), notes] if look.caption == "above" else ["".join(out), notes, caption]
    space = styles.paragraph(look, 6)
    return "".join(order) + f'<text:p text:style-name="{space}"/>'


def chart_xml(chart, look, styles):
    """Bars of drawing shapes with labels as text boxes."""
    bars = chart["bars"]
    step = 330 / len(bars)
    fill = styles.add("graphic", f'<style:graphic-properties draw:fill="solid" draw:fill-color="{look.dark}" draw:stroke="none"/>')
    plain = styles.add("graphic", '<style:graphic-properties draw:fill="none" draw:stroke="none" fo:padding="0pt"/>')
    label_style = styles.paragraph(look, 7.5, "center")
    text = styles.paragraph(look, look.size)
    hold = styles.paragraph(look, look.body, extra='fo:margin-bottom="150pt"')
    shapes = []
    for i, (label, share) in enumerate(bars):
        x, h = 34 + i * step, 120 * share
        at = f'text:anchor-type="paragraph" svg:x="{x:.1f}pt" svg:width="{step * 0.6:.1f}pt"'
        shapes.append(f'<draw:rect draw:style-name="{fill}" {at} svg:y="{140 - h:.1f}pt" svg:height="{h:.1f}pt"/>')
        shapes.append(f'<draw:rect draw:style-name="{plain}" {at} svg:y="142pt" svg:height="12pt"><text:p text:style-name="{label_style}">{label}</text:p></draw:rect>')
    return f'<text:p text:style-name="{text}">{escape(chart["title"])}</text:p><text:p text:style-name="{hold}">{"".join(shapes)}</text:p>'


def block_xml(block, look, total, styles):
    value = block.value
    if block.kind in ("title", "heading", "subheading"):
        size = {"title": 17, "heading": 13, "subheading": 11}[block.kind]
        name = styles.paragraph(look, size, bold=True, extra='fo:margin-top="7pt" fo:margin-bottom="4pt"')
        return f'<text:p text:style-name="{name}">{escape(value)}</text:p>'
    if block.kind == "prose":
        name = styles.paragraph(look, look.body, "justify" if look.prose_justify else "start", extra='fo:margin-bottom="6pt" fo:line-height="118%"')
        return f'<text:p text:style-name="{name}">{escape(value)}</text:p>'
    if block.kind == "box":
        edge = f'fo:border="0.75pt solid {look.colour}" fo:padding="5pt" fo:background-color="{look.fill}" fo:margin-left="6pt" fo:margin-right="6pt"'
        names = [styles.paragraph(look, look.body, bold=bold, extra=edge) for bold in (True, False)]
        gap = styles.paragraph(look, 5)
        return "".join(f'<text:p text:style-name="{n}">{escape(v)}</text:p>' for n, v in zip(names, value)) + f'<text:p text:style-name="{gap}"/>'
    if block.kind in ("bullets", "numbers", "books"):
        deep = 16 if block.kind == "books" else 20
        tabs = f'<style:tab-stops><style:tab-stop style:position="0pt"/></style:tab-stops>'
        name = styles.paragraph(look, look.body, extra=f'fo:margin-left="{deep}pt" fo:text-indent="-{deep - 4}pt" fo:margin-bottom="2pt"', tabs=tabs)
        sign = {"bullets": lambda n: "•\t", "numbers": lambda n: f"{n}.\t", "books": lambda n: ""}[block.kind]
        return "".join(f'<text:p text:style-name="{name}">{spans(sign(n) + x)}</text:p>' for n, x in enumerate(value, 1))
    if block.kind == "toc":
        out = []
        for level, text, page in value:
            tabs = f'<style:tab-stops><style:tab-stop style:position="{total - 16 * level:.1f}pt" style:type="right" style:leader-style="dotted" style:leader-text="."/></style:tab-stops>'
            name = styles.paragraph(look, look.body, extra=f'fo:margin-left="{16 * level}pt"', tabs=tabs)
            out.append(f'<text:p text:style-name="{name}">{spans(text + chr(9) + page)}</text:p>')
        return "".join(out)
    if block.kind == "chart":
        return chart_xml(value, look, styles)
    if block.kind == "table":
        return table_xml(value, look, total, styles)
    half = (total - 18) / 2
    if block.kind == "side":
        inner = [table_xml(t, look, half, styles) for t in value]
        return beside(inner, half, total, styles)
    inner = ["".join(block_xml(b, look, half, styles) for b in column) for column in value]
    fresh = styles.add("paragraph", '<style:paragraph-properties fo:break-before="column"/><style:text-properties fo:font-size="2pt"/>')
    section = styles.add("section", '<style:section-properties text:dont-balance-text-columns="true" fo:margin-left="0pt"><style:columns fo:column-count="2" fo:column-gap="18pt"/></style:section-properties>')
    return f'<text:section text:style-name="{section}" text:name="C{len(styles.names)}">{inner[0]}<text:p text:style-name="{fresh}"/>{inner[1]}</text:section>'


def beside(inner, half, total, styles):
    """Two tables in the cells of one without rules."""
    table = styles.add("table", f'<style:table-properties style:width="{total:.1f}pt" table:align="left"/>')
    out = [f'<table:table table:style-name="{table}">']
    for w in (half, 18, half):
        out.append(f'<table:table-column table:style-name="{styles.add("table-column", f"""<style:table-column-properties style:column-width="{w:.2f}pt"/>""")}"/>')
    plain = styles.add("table-cell", '<style:table-cell-properties fo:padding="0pt"/>')
    cells = [inner[0], "<text:p/>", inner[1]]
    out.append("<table:table-row>" + "".join(f'<table:table-cell table:style-name="{plain}">{x}</table:table-cell>' for x in cells) + "</table:table-row></table:table>")
    return "".join(out)


def source(doc):
    look, styles = doc.look, Styles()
    w, h = look.sheet
    body = []
    fresh = styles.add("paragraph", '<style:paragraph-properties fo:break-before="page"/><style:text-properties fo:font-size="2pt"/>')
    for n, sheet in enumerate(doc.sheets):
        if n:
            body.append(f'<text:p text:style-name="{fresh}"/>')
        body += [block_xml(b, look, look.text_width, styles) for b in sheet]
    bar = f'<style:style style:name="Bar" style:family="paragraph"><style:text-properties style:font-name="{look.font}" fo:font-size="8pt"/></style:style>'
    bars = ""
    if look.running:
        bars = f'<style:header><text:p text:style-name="Bar">{escape(doc.title)}</text:p></style:header><style:footer><text:p text:style-name="Bar"><text:page-number>1</text:page-number></text:p></style:footer>'
    turn = "landscape" if look.landscape else "portrait"
    edge = look.margin - 18
    page = (
        f'<style:page-layout style:name="P"><style:page-layout-properties fo:page-width="{w}pt" fo:page-height="{h}pt" style:print-orientation="{turn}" '
        f'fo:margin-left="{look.margin}pt" fo:margin-right="{look.margin}pt" fo:margin-top="{edge}pt" fo:margin-bottom="{edge}pt"/>'
        '<style:header-style><style:header-footer-properties fo:min-height="16pt"/></style:header-style><style:footer-style><style:header-footer-properties fo:min-height="16pt"/></style:footer-style></style:page-layout>'
    )
    spaces = " ".join(f'xmlns:{k}="urn:oasis:names:tc:opendocument:xmlns:{v}"' for k, v in NAMES.items())
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {spaces} office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text">'
        f"""<office:font-face-decls><style:font-face style:name="{look.font}" svg:font-family="'{look.font}'"/></office:font-face-decls>"""
        f'<office:styles><style:default-style style:family="paragraph"><style:text-properties fo:language="en" fo:country="GB"/></style:default-style>{bar}</office:styles>'
        f"<office:automatic-styles>{page}{styles.xml()}</office:automatic-styles>"
        f'<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="P">{bars}</style:master-page></office:master-styles>'
        f'<office:body><office:text>{"".join(body)}</office:text></office:body></office:document>'
    )


def typeset(doc, path):
    with tempfile.TemporaryDirectory() as temporary:
        name = os.path.join(temporary, os.path.basename(path)[: -len(".pdf")] + ".fodt")
        with open(name, "w", encoding="utf-8") as f:
            f.write(source(doc))
        subprocess.run(
            ["soffice", "-env:UserInstallation=file://" + os.path.join(temporary, "profile"), "--headless", "--convert-to", "pdf", "--outdir", os.path.dirname(os.path.abspath(path)), name],
            check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=300,
        )
    fix_dates(path)
