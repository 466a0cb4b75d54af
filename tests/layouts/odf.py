"""Parts of flat OpenDocument files, and their conversion to PDF by LibreOffice."""

import os
import re
import subprocess
import tempfile
from xml.sax.saxutils import escape

NAMES = {
    "office": "office:1.0",
    "style": "style:1.0",
    "text": "text:1.0",
    "table": "table:1.0",
    "number": "datastyle:1.0",
    "fo": "xsl-fo-compatible:1.0",
    "svg": "svg-compatible:1.0",
}


def document(kind, fonts, styles, automatic, master, body, language):
    spaces = " ".join(f'xmlns:{k}="urn:oasis:names:tc:opendocument:xmlns:{v}"' for k, v in NAMES.items())
    spaces += ' xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"'
    faces = "".join(f"""<style:font-face style:name="{f}" svg:font-family="'{f}'"/>""" for f in fonts)
    country = f'fo:language="{language}" fo:country="FI"'
    family = "paragraph" if kind == "text" else "table-cell"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {spaces} office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.{kind}">'
        f"<office:font-face-decls>{faces}</office:font-face-decls>"
        f'<office:styles><style:default-style style:family="{family}"><style:text-properties {country}/></style:default-style>{styles}</office:styles>'
        f"<office:automatic-styles>{automatic}</office:automatic-styles><office:master-styles>{master}</office:master-styles>"
        f"<office:body><office:{kind}>{body}</office:{kind}></office:body></office:document>"
    )


def text(value):
    """Text with its runs of spaces, tabs and line breaks kept."""
    out = escape(value).replace("\t", "<text:tab/>").replace("\n", "<text:line-break/>")
    return re.sub(r"  +", lambda m: f'<text:s text:c="{len(m.group())}"/>', out)


def paragraph(style, value, note="", note_style="Raised"):
    raised = f'<text:span text:style-name="{note_style}">{escape(note)}</text:span>' if note else ""
    return f'<text:p text:style-name="{style}">{text(value)}{raised}</text:p>'


def page_layout(landscape):
    w, h = ("29.7cm", "21cm") if landscape else ("21cm", "29.7cm")
    turn = "landscape" if landscape else "portrait"
    return (
        f'<style:page-layout style:name="A4"><style:page-layout-properties fo:page-width="{w}" fo:page-height="{h}" style:print-orientation="{turn}" fo:margin="2cm"/>'
        '<style:header-style><style:header-footer-properties fo:min-height="0.6cm"/></style:header-style>'
        '<style:footer-style><style:header-footer-properties fo:min-height="0.6cm"/></style:footer-style></style:page-layout>'
    )


def convert(files, folder, tagged=False):
    """Converts flat files to PDF with one start of LibreOffice."""
    from set_html import fix_dates

    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            [
                "soffice",
                "-env:UserInstallation=file://" + profile,
                "--headless",
                "--convert-to",
                'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"}}' if tagged else "pdf",
                "--outdir",
                folder,
            ]
            + files,
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=900,
        )
    for f in files:
        fix_dates(os.path.join(folder, os.path.splitext(os.path.basename(f))[0] + ".pdf"))
