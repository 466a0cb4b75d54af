"""Runs the typesetters: one function each, all with fixed dates."""

import os
import re
import shutil
import subprocess
import tempfile

EPOCH = "1761955200"  # 2025-11-01
STAMP = b"20251101000000"
os.environ["SOURCE_DATE_EPOCH"] = EPOCH


def _run(command):
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=300)


def fix_dates(path):
    """Puts a fixed date and identifier in place, byte for byte, where a typesetter writes the present."""
    data = open(path, "rb").read()
    data = re.sub(rb"\(D:\d{14}", b"(D:" + STAMP, data)
    data = re.sub(
        rb"/ID\s*\[\s*<[0-9A-Fa-f]{32}>\s*<[0-9A-Fa-f]{32}>\s*\]",
        lambda m: re.sub(rb"[0-9A-Fa-f]{32}", b"0" * 32, m.group()),
        data,
    )
    data = re.sub(rb"/DocChecksum /[0-9A-F]{32}", b"/DocChecksum /" + b"0" * 32, data)
    open(path, "wb").write(data)


def typst(source, path):
    import datetime
    import typst as binding

    with tempfile.TemporaryDirectory() as folder:
        name = os.path.join(folder, "main.typ")
        open(name, "w", encoding="utf-8").write(source)
        stamp = datetime.datetime.fromtimestamp(int(EPOCH), datetime.timezone.utc)
        binding.compile(name, output=path, timestamp=stamp)
    return f"typst {binding.__version__} (PyPI)"


def weasyprint(source, path):
    import weasyprint as wp

    wp.HTML(string=source).write_pdf(path, pdf_identifier=b"0" * 16)
    return "WeasyPrint " + wp.__version__


def chromium(source, path):
    with tempfile.TemporaryDirectory() as folder:
        name = os.path.join(folder, "main.html")
        open(name, "w", encoding="utf-8").write(source)
        _run(
            [
                "chromium",
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--no-pdf-header-footer",
                "--disable-background-networking",
                "--user-data-dir=" + os.path.join(folder, "profile"),
                "--print-to-pdf=" + os.path.abspath(path),
                "file://" + name,
            ]
        )
    fix_dates(path)
    version = subprocess.run(
        ["chromium", "--version", "--no-sandbox"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    return version.stdout.decode().split(" built")[0].strip()


def libreoffice(source, path, kind):
    """`kind`: fodt (Writer) or fods (Calc), flat XML."""
    with tempfile.TemporaryDirectory() as folder:
        name = os.path.join(folder, "main." + kind)
        open(name, "w", encoding="utf-8").write(source)
        _run(
            [
                "soffice",
                "-env:UserInstallation=file://" + os.path.join(folder, "profile"),
                "--headless",
                "--convert-to",
                "pdf",
                "--outdir",
                folder,
                name,
            ]
        )
        shutil.move(os.path.join(folder, "main.pdf"), path)
    fix_dates(path)
    version = subprocess.run(["soffice", "--version"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    return " ".join(version.stdout.decode().split()[:2])
