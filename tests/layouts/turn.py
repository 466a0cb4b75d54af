"""Stores landscape pages upright with /Rotate 90: they look the same."""

import pikepdf


def turn(path):
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        for page in pdf.pages:
            left, bottom, right, top = (float(v) for v in page.MediaBox)
            if right - left <= top - bottom:
                continue
            page.contents_add(f"q 0 1 -1 0 {top} 0 cm\n".encode(), prepend=True)
            page.contents_add(b"\nQ")
            page.MediaBox = [0, 0, top, right]
            page.Rotate = 90
        pdf.save(path, deterministic_id=True)
