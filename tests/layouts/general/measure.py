"""Widths of texts with the metrics of the fonts, widths of columns, heights of rows."""

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

ROOT = "/usr/share/fonts/truetype/"
FACES = ("Regular", "Bold", "Italic", "BoldItalic")
STEMS = {
    "Liberation Sans": "liberation/LiberationSans-",
    "Liberation Serif": "liberation/LiberationSerif-",
    "Liberation Sans Narrow": "liberation/LiberationSansNarrow-",
    "Carlito": "crosextra/Carlito-",
}
DEJAVU = {
    "DejaVu Sans": ("DejaVuSans", "DejaVuSans-Bold", "DejaVuSans-Oblique", "DejaVuSans-BoldOblique"),
    "DejaVu Serif": ("DejaVuSerif", "DejaVuSerif-Bold", "DejaVuSerif-Italic", "DejaVuSerif-BoldItalic"),
    "DejaVu Sans Condensed": ("DejaVuSansCondensed", "DejaVuSansCondensed-Bold", "DejaVuSansCondensed-Oblique", "DejaVuSansCondensed-BoldOblique"),
}
STANDARD = {
    "Helvetica": ("Helvetica", "Helvetica-Bold", "Helvetica-Oblique", "Helvetica-BoldOblique"),
    "Times": ("Times-Roman", "Times-Bold", "Times-Italic", "Times-BoldItalic"),
}


def files(font):
    """The four files of a family: regular, bold, italic, bold italic."""
    if font in STEMS:
        return [ROOT + STEMS[font] + face + ".ttf" for face in FACES]
    return [ROOT + "dejavu/" + name + ".ttf" for name in DEJAVU[font]]


def face(font, bold=False, italic=False):
    """The name of a face in ReportLab, registered when it is first needed."""
    index = bold + 2 * italic
    if font in STANDARD:
        return STANDARD[font][index]
    name = f"{font} {FACES[index]}"
    if name not in pdfmetrics.getRegisteredFontNames():
        names = [f"{font} {f}" for f in FACES]
        for n, path in zip(names, files(font)):
            pdfmetrics.registerFont(TTFont(n, path))
        pdfmetrics.registerFontFamily(names[0], normal=names[0], bold=names[1], italic=names[2], boldItalic=names[3])
    return name


def safe(text, font):
    """Characters that the font lacks become ones that it has."""
    if font.startswith("Liberation") or font in STANDARD:
        text = text.replace("\u202f", "\u00a0").replace("\u2009", "\u00a0")
    if font == "Carlito":
        text = text.replace("\u202f", " ").replace("\u2009", " ").replace("\u00a0", " ")
    if font in STANDARD:
        text = text.replace("\u2212", "-")
    return text


def width(text, font, size, bold=False, italic=False):
    return pdfmetrics.stringWidth(safe(text, font), face(font, bold, italic), size)


def wrap(text, limit, font, size, bold=False, italic=False):
    """The lines of a text in a column; a word that is too long is not broken."""
    out = []
    for part in text.split("\n"):
        line = ""
        for word in part.split(" "):
            trial = f"{line} {word}" if line else word
            if line and width(trial, font, size, bold, italic) > limit:
                out.append(line)
                line = word
            else:
                line = trial
        out.append(line)
    return out


def is_bold(cell, look):
    if cell.kind == "head":
        return look.head_bold
    return cell.bold and (look.total_bold or cell.kind == "section")


def is_italic(cell, look):
    return cell.italic or cell.kind == "head" and look.head_italic


def align(cell, table, look):
    """left, right, center or justify."""
    kind = table.kinds[cell.col]
    if cell.kind == "section":
        return look.section
    if cell.kind == "head":
        if cell.across > 1 and cell.row + cell.down < table.heads:
            return "center"
        if kind in ("stub", "text") and look.head_align != "center":
            return "left"
        if kind == "stub":
            return "left"
        if look.head_align == "like":
            return look.figure_align if kind == "figure" else look.mark_align
        return look.head_align
    if cell.kind == "figure":
        return look.figure_align
    if cell.kind == "mark":
        return look.mark_align
    return "justify" if look.justify and cell.kind == "text" and len(cell.text) > 60 and "\n" not in cell.text else "left"


def indent(cell, look):
    return cell.level * look.size * 1.1


def texts(cell):
    """The text of a cell with its mark; a currency sign of its own with some space."""
    return (cell.lead + "\u00a0\u00a0" if cell.lead else "") + cell.text + cell.mark


def cell_widths(cell, look, size):
    """Least and natural width of a cell, with padding."""
    bold = is_bold(cell, look)
    lines = texts(cell).split("\n")
    natural = max(width(line, look.font, size, bold) for line in lines)
    words = [w for line in lines for w in line.split(" ")]
    least = max(width(w, look.font, size, bold) for w in words)
    if cell.kind in ("figure", "mark"):
        least = natural
    extra = 2 * look.pad_x + indent(cell, look) + 1
    return least + extra, natural + extra


def fit(table, look, total):
    """Widths of the columns for a table of at most `total` points, and the size of its text."""
    size = look.size
    while True:
        least, natural = [6.0] * table.width, [6.0] * table.width
        for cell in table.cells:
            if cell.across == 1:
                low, high = cell_widths(cell, look, size)
                if cell.kind == "head":
                    high = max(low, min(high, 70 if table.kinds[cell.col] != "stub" else 140))
                least[cell.col] = max(least[cell.col], low)
                natural[cell.col] = max(natural[cell.col], high)
        for cell in table.cells:
            if cell.across > 1:
                low = cell_widths(cell, look, size)[0 if cell.kind == "section" else 1]
                spread(least, cell, min(low, 110 * cell.across) if cell.kind == "head" else low)
                spread(natural, cell, low)
        natural = [max(a, b) for a, b in zip(least, natural)]
        if sum(least) <= total or size < 5.2:
            break
        size -= 0.3
    if sum(natural) <= total:
        widths = natural
        if look.width == "full":
            # More for the first column, the rest alike.
            room = total - sum(widths)
            share = [2.0 if k in ("stub", "text") else 1.0 for k in table.kinds]
            widths = [w + room * s / sum(share) for w, s in zip(widths, share)]
        return widths, size
    room = max(0.0, total - sum(least))
    want = [n - l for n, l in zip(natural, least)]
    return [l + room * w / max(sum(want), 1e-9) for l, w in zip(least, want)], size


def spread(widths, cell, need):
    part = widths[cell.col : cell.col + cell.across]
    lack = need - sum(part)
    if lack > 0:
        for i in range(cell.col, cell.col + cell.across):
            widths[i] += lack / cell.across


def lines_of(cell, widths, look, size):
    room = sum(widths[cell.col : cell.col + cell.across]) - 2 * look.pad_x - indent(cell, look)
    return wrap(texts(cell), room + 0.5, look.font, size, is_bold(cell, look))


def row_heights(table, look, widths, size, leading=1.18):
    """Heights of the rows; a cell over several rows stretches the last of them."""
    heights = [size * leading + 2 * look.pad_y] * table.rows
    for down in (False, True):
        for cell in table.cells:
            if (cell.down > 1) == down:
                need = len(lines_of(cell, widths, look, size)) * size * leading + 2 * look.pad_y
                lack = need - sum(heights[cell.row : cell.row + cell.down])
                if lack > 0:
                    heights[cell.row + cell.down - 1] += lack
    for r in table.gaps:
        heights[r] += look.gap
    return heights


def table_height(table, look, total):
    """About how high a table is with caption and notes."""
    widths, size = fit(table, look, total)
    height = sum(row_heights(table, look, widths, size))
    room = max(sum(widths), 120)
    if table.caption:
        height += len(wrap(table.caption, room, look.font, look.size + 0.5, True)) * (look.size + 0.5) * 1.25 + 8
    height += look.size * 1.4 if table.unit else 0
    for note in table.notes:
        height += len(wrap(note, room, look.font, look.size - 1)) * (look.size - 1) * 1.25
    return height + 22


def prose_height(text, look, total):
    return len(wrap(text, total * 0.97, look.font, look.body)) * look.body * 1.32 + 7
