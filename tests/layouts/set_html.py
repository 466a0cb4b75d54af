"""Draws documents with WeasyPrint and Chromium, from the same HTML."""

import os
import re
import subprocess
import tempfile
from html import escape

import grid as grids


def content(cell, left=False):
    text = escape(cell.text).replace("\n", "<br>")
    if left and text[:1] == "-" and len(text) > 1:  # the minus at the left edge of the cell
        text = f'<span class="minus">-</span>{text[1:]}'
    return text + (f"<sup>{escape(cell.note)}</sup>" if cell.note else "")


def bars(doc):
    """Running heads of every page: the municipality, the title, and the number of the page outside."""
    if not doc.style.bars:
        return ""
    left, right = (x.replace('"', "'") for x in doc.running)
    font = f'font: 8pt "{doc.style.font}"; color: #555'
    return (
        f'@page {{ @top-left {{ content: "{left}"; {font} }} @top-right {{ content: "{right}"; {font} }}'
        f" @bottom-right {{ content: counter(page); {font} }} }}"
    )


def css(style, engine, rng):
    pad = rng.choice(["1.5pt 4pt", "2pt 5pt", "3pt 5pt"])
    if style.tight:
        pad = "0.5pt 2.5pt"
    size = "A4 landscape" if style.landscape else "A4"
    rules = {
        "grid": "td, th { border: 0.5pt solid #333 }",
        "none": "",
        "horizontal": "td { border-bottom: 0.4pt solid #888 } thead th { border-bottom: 1pt solid #000 } table { border-top: 1pt solid #000 }",
        "booktabs": "thead { border-bottom: 0.6pt solid #000; border-top: 1pt solid #000 } table { border-bottom: 1pt solid #000 }",
        "bands": f"tbody tr:nth-child(even) td {{ background: {style.fill} }} thead th {{ background: {style.fill} }}",
        "double": "thead th { border-bottom: 2.5pt double #000 } tr.total td { border-top: 0.5pt solid #000 } table { border-bottom: 2.5pt double #000 }",
        "vertical": "td, th { border-left: 0.5pt solid #666 } td:first-child, th:first-child { border-left: none } thead th { border-bottom: 0.5pt solid #666 }",
        "box": "table { border: 0.8pt solid #000 } thead th { border-bottom: 0.5pt solid #000 }",
        "dotted": "td { border-bottom: 0.6pt dotted #555 }",
        "sums": "tr.total td.f { border-top: 0.6pt solid #000 } thead th { padding-bottom: 5pt }",
    }[style.rules]
    if style.band:  # white on dark, sums on a light ground
        dark = rng.choice(["#404040", "#1f3864", "#2e5e4e", "#7f7f7f"])
        rules += f" thead th {{ background: {dark}; color: #fff }} tr.total td {{ background: {style.fill} }}"
    if style.sections == "column":
        rules += f" td.section {{ vertical-align: {style.merge or 'top'}; font-weight: bold }}"
        if style.rules in ("horizontal", "sums"):  # the groups parted from each other
            rules += " tbody { border-top: 0.8pt solid #000 }"
    if style.minus == "left":
        rules += " .minus { float: left; margin: 0 3pt 0 2pt }"
    if style.hanging:
        rules += " td.hang { text-indent: -8pt; padding-left: 12pt }"
    if style.hyphens:
        rules += ' td.l { hyphens: manual !important; hyphenate-character: "-" }'
    if style.inner_title:
        rules += " thead th.title { font-size: 110%; text-align: left }"
    if style.scale_place == "below":
        rules += " thead th.unit { font-weight: normal; font-style: italic; text-align: center; padding-top: 0 }"
    if style.series:
        rules += " .part { font-weight: bold; margin: 7pt 0 1pt 4pt; break-after: avoid }"
    if style.remarks:
        rules += " td.remark { font-size: 90%; padding-left: 9pt }"
    if style.shade:
        rules += f" td.shade, th.shade {{ background: {style.fill} }}"
    if style.spacing:
        rules += f" td.f, th {{ letter-spacing: {style.spacing}pt }}"
    if style.numerals == "old":
        rules += " table { font-variant-numeric: oldstyle-nums }"
    if style.group:
        ground = {"fill": f"background: {style.fill}", "dark": "background: #44546a; color: #fff", "center": ""}[style.group]
        rules += f" table tbody tr.heading td {{ {ground}; text-align: {'center' if style.group == 'center' else 'left'} }}"
    if style.page_head:
        rules += " h2 { background: #1f4e79; color: #fff; padding: 5pt 8pt; margin-top: 0 }"
        rules += " .box { border: 0.5pt solid #888; padding: 4pt 8pt; margin: 6pt 0 10pt } .box b { display: inline-block; width: 140pt }"
    if style.captions:
        rules += " .numbered { font-size: 8.5pt; font-style: italic; margin: 3pt 0 } .numbered b { font-style: normal }"
        rules += " .numbered.above { break-after: avoid }"
    if style.bars:
        rules += " @page { @bottom-center { content: none } }"
    if style.red:
        rules += " td.neg { color: #c00000 }"
    if style.facts:
        rules += f" thead th.fact {{ font-weight: normal; background: {style.fill} }} thead th.fact b {{ font-weight: bold }}"
    if style.flow == "margin":  # the text at the right of a column that only tables stand in
        rules += " h2, h3, p, ul, .toc { margin-left: 205pt } h2 { clear: both } .aside p { margin-left: 0 }"
        rules += " section { break-inside: avoid }"
        rules += " .aside { float: left; clear: left; width: 190pt; margin: 3pt 0 8pt; break-inside: avoid }"
    if style.cards:
        rules += " .side { margin: 10pt 0; break-inside: avoid; gap: 12pt }"
        rules += " .side > div { border: 0.7pt solid #aaa; border-radius: 6pt; padding-bottom: 6pt }"
        rules += " .side h3 { background: #2f5d62; color: #fff; margin: 0; padding: 4pt 6pt; border-radius: 5pt 5pt 0 0 }"
        rules += " .side table, .side .caption, .side .notes { margin-left: 5pt }"
    if style.rotated:
        rules += " .turn { writing-mode: vertical-rl; transform: rotate(180deg); text-align: left; margin: 0 auto; white-space: nowrap }"
    if style.organ_pages:
        rules += " table.words { width: 481pt; font-size: 9pt; margin: 4pt 0 8pt } table.words td, table.words th { text-align: left; border: 0.4pt solid #999; vertical-align: top; background: none; color: #000 }"
    if style.lists:
        rules += " .lines { margin: 0 0 9pt } .lines div { display: flex; justify-content: space-between; width: 380pt; font-size: 9.5pt }"
    if style.pad:
        rules += f" td, table th {{ padding-top: {style.pad}pt !important; padding-bottom: {style.pad}pt !important }}"
    if style.head_valign:
        rules += f" table thead th {{ vertical-align: {style.head_valign} }}"
    if style.group_rules:
        rules += " tr.heading td { border-top: 0.5pt solid #555 }"
    if style.bar:
        rules += " thead tr:first-child th { background: #1d5c4c; color: #fff }"
    if style.note_column:
        rules += " td.note { text-align: center }"
    head_align = style.head_align or rng.choice(["right", "right", "center"])
    return f"""@page {{ size: {size}; margin: 2cm {'; @bottom-center { content: counter(page); font: 8pt sans-serif }' if style.running else ''} }}
body {{ font: 10pt "{style.font}", sans-serif; margin: 0 }} h1 {{ font-size: 17pt }} h2 {{ font-size: 13pt; break-after: avoid }} h3 {{ font-size: 11pt; break-after: avoid }}
table {{ border-collapse: collapse; table-layout: fixed; margin: 4pt 0 }} {"thead { display: table-row-group }" if not style.repeat else ""}
td, th {{ padding: {pad}; vertical-align: {style.valign}; text-align: right }} tr {{ break-inside: avoid }}
td.f {{ white-space: nowrap; text-align: {style.align} }} .side {{ display: flex; gap: 16pt; align-items: flex-start }} .side > div {{ width: {356 if style.landscape else 232}pt }}
.float {{ float: right; width: 250pt; margin: 0 0 8pt 14pt }} {'h2 { clear: both }' if style.flow == 'float' else ''} td.l, th.l {{ text-align: left; overflow-wrap: normal; hyphens: none }} th {{ vertical-align: bottom; text-align: {head_align} }} th.s {{ text-align: center }}
tr.total td {{ font-weight: {'bold' if style.bold == 'bold' else 'normal'} }} tr.heading td {{ font-weight: bold; text-align: left }} tr.sub td {{ font-weight: normal }}
tr.blank td {{ height: 9pt }} .caption {{ font-size: 8.5pt; margin: 2pt 0 }} .notes {{ font-size: 7.5pt; margin: 0 0 6pt }} sup {{ font-size: 65%; line-height: 0 }}
.page {{ break-before: page }} .toc div {{ border-bottom: 0.5pt dotted #999; display: flex; justify-content: space-between }} .running {{ font-size: 8pt; display: flex; justify-content: space-between }}
{rules}"""


def shades(g, n):
    """Whether each head cell of a row stands over shaded columns only."""
    out, i = [], 0
    if not g.shaded:
        return [False] * g.figures
    for c in g.head[0]:
        if not c.figure:
            continue
        over = range(i, i + c.across)
        if not n:
            out.append(set(over) <= set(g.shaded))
        elif c.down == 1:
            out += [k in g.shaded for k in over]
        i += c.across
    return out


def common(tables, style):
    """The widths of columns that all tables of a document share, and the size of the type."""
    total = 728 if style.landscape else 481
    fits = [grids.fit(grids.make(t, style), style, total, 7 if style.tight else 12) for t in tables]
    widths, size = [max(ws) for ws in zip(*(w for w, _ in fits))], min(s for _, s in fits)
    widths[0] -= max(0, sum(widths) - total)
    return widths, size


def table(t, style, total=None, given=None, with_head=True):
    g = grids.make(t, style)
    widths, size = given or grids.fit(
        g, style, total or (728 if style.landscape else 481), pad=7 if style.tight else 12
    )
    out = [
        f'<table style="width: {sum(widths):.1f}pt; font-size: {size}pt"><colgroup>'
        + "".join(f'<col style="width: {w:.1f}pt">' for w in widths)
        + "</colgroup><thead>"
    ]
    for word, said in t.facts:
        word = f'<th class="l fact"><b>{escape(word)}</b></th>'
        out.append(f'<tr>{word}<th class="l fact" colspan="{g.width - 1}">{escape(said)}</th></tr>')
    if g.title:
        out.append(f'<tr><th class="l title" colspan="{g.width}">{escape(g.title)}</th></tr>')
    for n, row in enumerate(g.head if with_head else []):
        out.append("<tr>")
        shaded = shades(g, n)
        for c in row:
            span = (f' colspan="{c.across}"' if c.across > 1 else "") + (f' rowspan="{c.down}"' if c.down > 1 else "")
            kind = ' class="l"' if not c.figure else ' class="s"' if c.across > 1 else ""
            if c.figure and shaded.pop(0):
                kind = kind[:-1] + ' shade"' if kind else ' class="shade"'
            said = "<br>".join(escape(l) for l in c.lines)
            if style.rotated and c.figure and c.across == 1:
                said = f'<div class="turn">{said}</div>'
            out.append(f"<th{span}{kind}>{said}</th>")
        out.append("</tr>")
    if g.unit_row:
        empty = f'<th class="l" colspan="{g.before}"></th>'
        right = f'<th class="l" colspan="{g.after}"></th>' if g.after else ""
        out.append(f'<tr>{empty}<th class="unit" colspan="{g.figures}">{escape(g.unit_row)}</th>{right}</tr>')
    out.append("</thead><tbody>")
    opening = out[0].partition("<thead>")[0]
    for n, line in enumerate(g.lines):
        if style.series and line.kind == "heading":
            label = content(line.labels[int(g.code_column)])
            if n:
                out.append(f'</tbody></table><p class="part">{label}</p>{opening}<tbody>')
            else:  # the name of the first stands under the head
                out.append(f'<tr class="heading"><td class="l" colspan="{g.width}">{label}</td></tr>')
            continue
        if g.section_column and style.sections == "column" and line.labels[0].down and n:
            out.append("</tbody><tbody>")
        kind = line.kind + (" sub" if line.kind == "heading" and line.level else "")
        if line.kind == "heading":
            code = f'<td class="l">{content(line.labels[0])}</td>' if g.code_column else ""
            label = content(line.labels[int(g.code_column)])
            if g.two_labels:
                label += " / " + content((line.labels + line.right)[-1])
            out.append(
                f'<tr class="{kind}">{code}<td class="l" colspan="{g.width - g.code_column}" style="padding-left: {4 + 10 * line.level}pt">{label}</td></tr>'
            )
            continue
        main = int(g.code_column)
        cells = [
            (
                f'<td class="l section" rowspan="{c.down}">{content(c)}</td>'
                if g.section_column and style.sections == "column" and not i
                else (
                    f'<td class="l note">{content(c)}</td>'
                    if g.note_column and i == g.before - 1
                    else f'<td class="l{" hang" if style.hanging and i == main else ""}"{f""" style="padding-left: {4 + 8 * style.hanging + 10 * line.level}pt" """ if line.level and i == main else ""}>{content(c)}</td>'
                )
            )
            for i, c in enumerate(line.labels)
            if c.down
        ]
        cells += [
            f'<td class="f{" shade" if i in g.shaded else ""}{" neg" if style.red and (c.value or 0) < 0 else ""}">{content(c, style.minus == "left")}</td>'
            for i, c in enumerate(line.cells)
        ] + [
            f'<td class="l{" remark" if g.remarks else ""}">{content(c)}</td>' for c in line.right
        ]
        out.append(f'<tr class="{kind}">{"".join(cells)}</tr>')
    out.append("</tbody></table>")
    if t.footnotes:
        out.append('<p class="notes">' + "<br>".join(escape(f) for f in t.footnotes) + "</p>")
    return "".join(out)


def source(doc, engine, rng):
    style = doc.style
    out = []
    headings = [b.text for b in doc.blocks if b.kind == "heading"]
    if style.running and not style.bars:
        out.append(
            f'<div class="running"><span>{escape(doc.running[0])}</span><span>{escape(doc.running[1])}</span></div>'
        )
    page, number = "", 0
    shared = common(doc.tables(), style) if style.headless else None
    first, above = True, 0  # where the text of a unit begins
    for b in doc.blocks:
        if b.kind == "page":
            page = ' class="page"'
            continue
        if b.kind in ("title", "heading", "subheading"):
            tag = {"title": "h1", "heading": "h2", "subheading": "h3"}[b.kind]
            if style.flow == "margin" and b.kind == "heading":
                out.append("</section><section>" if above else "<section>")
            out.append(f"<{tag}{page}>{escape(b.text)}</{tag}>")
            page = ""
            above = len(out) if b.kind == "heading" else above
        elif b.kind == "prose":
            out.append(f"<p>{escape(b.text)}</p>")
        elif b.kind == "bullets":
            out.append("<ul>" + "".join(f"<li>{escape(x)}</li>" for x in b.text) + "</ul>")
        elif b.kind == "words":
            cells = lambda row, tag: "<tr>" + "".join(f"<{tag}>{escape(x)}</{tag}>" for x in row) + "</tr>"
            body = "".join(cells(row, "td") for row in b.text[1:])
            out.append(f'<table class="words"><thead>{cells(b.text[0], "th")}</thead><tbody>{body}</tbody></table>')
        elif b.kind == "lines":
            lines = "".join(f"<div><span>{escape(x)}</span><span>{escape(y)}</span></div>" for x, y in b.text)
            out.append(f'<div class="lines">{lines}</div>')
        elif b.kind == "toc":
            out.append(
                '<div class="toc">'
                + "".join(f"<div><span>{escape(h)}</span><span>{n}</span></div>" for n, h in enumerate(headings, 1))
                + "</div>"
            )
        elif b.kind == "box":
            out.append(
                '<div class="box">' + "<br>".join(f"<b>{escape(w)}:</b> {escape(x)}" for w, x in b.text) + "</div>"
            )
        elif b.kind == "table" and style.captions:
            number += 1
            word = "Taulukko" if doc.language == "fi" else "Tabell"
            unit = f" ({escape(b.table.caption)})" if b.table.caption else ""
            line = f'<p class="numbered {style.captions}"><b>{word} {number}.</b> {escape(b.table.title)}{unit}</p>'
            drawn = table(b.table, style)
            out += [line, drawn] if style.captions == "above" else [drawn, line]
        elif b.kind == "table":
            caption = f'<p class="caption">{escape(b.table.caption)}</p>' if b.table.caption else ""
            if style.scale_place == "above" and b.table.caption:
                width = sum(
                    grids.fit(
                        grids.make(b.table, style), style, 728 if style.landscape else 481, 7 if style.tight else 12
                    )[0]
                )
                caption = (
                    f'<p class="caption" style="text-align: right; width: {width:.0f}pt">{escape(b.table.caption)}</p>'
                )
            if style.flow == "float":
                out.append(f'<div class="float">{caption}{table(b.table, style, 250)}</div>')
            elif style.flow == "margin":
                out.insert(above, f'<div class="aside">{caption}{table(b.table, style, 190)}</div>')
            else:
                out += [caption if first or not style.headless else "", table(b.table, style, None, shared, first)]
                first = not style.headless
        elif b.kind == "side":
            out.append(
                '<div class="side">'
                + "".join(
                    f'<div><h3>{escape(t.title)}</h3><p class="caption">{escape(t.caption)}</p>{table(t, style, (356 if style.landscape else 232) - 10 * style.cards)}</div>'
                    for t in b.tables
                )
                + "</div>"
            )
    out.append("</section>" if style.flow == "margin" else "")
    return (
        f'<!doctype html><html lang="{"fi" if doc.language == "fi" else "sv"}"><head><meta charset="utf-8"><title>{escape(doc.title)}</title>'
        f"<style>{css(style, engine, rng)}{bars(doc)}</style></head><body>{''.join(out)}</body></html>"
    )


def weasyprint(documents, folder, rng):
    import logging
    import weasyprint as wp

    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    for doc in documents:
        wp.HTML(string=source(doc, "weasyprint", rng)).write_pdf(
            os.path.join(folder, doc.id + ".pdf"), pdf_identifier=b"0" * 16
        )


def fix_dates(path):
    data = open(path, "rb").read()
    data = re.sub(rb"\(D:\d{14}", b"(D:20251101000000", data)
    data = re.sub(
        rb"/ID\s*\[\s*<[0-9A-Fa-f]{32}>\s*<[0-9A-Fa-f]{32}>\s*\]",
        lambda m: re.sub(rb"[0-9A-Fa-f]{32}", b"0" * 32, m.group()),
        data,
    )
    data = re.sub(rb"/DocChecksum /[0-9A-F]{32}", b"/DocChecksum /" + b"0" * 32, data)
    open(path, "wb").write(data)


def chromium(documents, folder, rng):
    with tempfile.TemporaryDirectory() as temporary:
        for doc in documents:
            name = os.path.join(temporary, "main.html")
            open(name, "w", encoding="utf-8").write(source(doc, "chromium", rng))
            path = os.path.abspath(os.path.join(folder, doc.id + ".pdf"))
            subprocess.run(
                [
                    "chromium",
                    "--headless",
                    "--no-sandbox",
                    "--disable-gpu",
                    "--no-pdf-header-footer",
                    "--disable-background-networking",
                    "--user-data-dir=" + os.path.join(temporary, "profile"),
                    "--print-to-pdf=" + path,
                    "file://" + name,
                ],
                check=True,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=120,
            )
            fix_dates(path)
