#!/usr/bin/env python3
"""Makes scans of documents: pictures of their pages, as an office scanner leaves them, without any text.

    python3 scan.py DIR --out SCANS --docs 40 --seed 1

DIR holds documents with their truth (`x.pdf`, `x.json`), for instance what generate.py made. Every scan draws its
own resolution (150 to 300 dpi), depth (grey JPEG or black and white), skew (up to 1.2 degrees), blur, noise, specks,
shade and darkness. The truth is that of the document; `image_only_pages` says that no page has text.
Needs Poppler.
"""
import argparse
import io
import json
import pathlib
import random
import subprocess
import tempfile

import numpy
from PIL import Image, ImageFilter

LONGEST = 6  # Pages: reading a scan takes seconds a page.


class Scanner:
    """One machine with its settings; every page lies a little differently on the glass."""

    def __init__(self, rng):
        self.rng = rng
        self.dpi = rng.choice([150, 200, 200, 300, 300])
        self.bitonal = self.dpi >= 200 and rng.random() < 0.35
        self.quality = rng.choice([55, 70, 85])
        self.skew = rng.uniform(0.0, 1.2)
        self.blur = rng.choice([0.0, 0.3, 0.5, 0.7]) * self.dpi / 200
        self.noise = rng.choice([0, 4, 8, 14])
        self.specks = rng.choice([0, 10, 60, 150])
        self.shade = rng.choice([0, 0, 15, 35])
        self.ink = rng.choice([0, 20, 60])
        self.paper = rng.choice([255, 245, 232])

    def scan(self, page):
        rng = self.rng
        noise = numpy.random.default_rng(rng.getrandbits(32))
        angle = rng.choice([-1, 1]) * self.skew * rng.uniform(0.6, 1.0)
        page = page.rotate(angle, resample=Image.BICUBIC, fillcolor=255)
        if self.blur:
            page = page.filter(ImageFilter.GaussianBlur(self.blur))
        grey = numpy.asarray(page, dtype=numpy.float32)
        grey = self.ink + grey * ((self.paper - self.ink) / 255)
        height, width = grey.shape
        if self.shade:
            grey = grey - self.shade * numpy.linspace(rng.random(), rng.random(), width)[None, :]
        grey = grey + noise.normal(0, self.noise or 0.5, grey.shape)
        for _ in range(self.specks):
            x, y = noise.integers(0, width - 3), noise.integers(0, height - 3)
            size = noise.integers(1, 3)
            grey[y : y + size, x : x + size] = noise.integers(20, 140)
        page = Image.fromarray(grey.clip(0, 255).astype(numpy.uint8))
        return page.point(lambda p: 255 if p > 150 else 0).convert("1") if self.bitonal else page


def pages_of(document, dpi):
    with tempfile.TemporaryDirectory() as folder:
        command = ["pdftoppm", "-r", str(dpi), "-gray", str(document), f"{folder}/p"]
        subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
        return [Image.open(io.BytesIO(p.read_bytes())) for p in sorted(pathlib.Path(folder).glob("p*.pgm"))]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("documents", type=pathlib.Path, metavar="DIR")
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--docs", type=int, default=40)
    parser.add_argument("--only", metavar="NAME", help="document without its extension")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    rng = random.Random(arguments.seed)
    documents = sorted(arguments.documents.glob(f"{arguments.only or '*'}.pdf"))
    rng.shuffle(documents)
    made = 0
    for document in documents:
        if made == arguments.docs:
            break
        truth = json.loads(document.with_suffix(".json").read_text())
        if "password" in truth or truth.get("image_only_pages"):
            continue
        scanner = Scanner(rng)
        pages = pages_of(document, scanner.dpi)
        if len(pages) > LONGEST:
            continue
        scans = [scanner.scan(page) for page in pages]
        truth["image_only_pages"] = list(range(1, len(scans) + 1))
        how = {} if scanner.bitonal else {"quality": scanner.quality}
        scans[0].save(
            arguments.out / document.name, save_all=True, append_images=scans[1:], resolution=scanner.dpi, **how
        )
        (arguments.out / document.name).with_suffix(".json").write_text(
            json.dumps(truth, ensure_ascii=False, indent=1) + "\n"
        )
        made += 1


if __name__ == "__main__":
    main()
