"""Makes the bytes of a PDF the same in every run."""

import re


def fix_dates(path):
    with open(path, "rb") as f:
        data = f.read()
    data = re.sub(rb"\(D:\d{14}", b"(D:20251101000000", data)
    data = re.sub(
        rb"/ID\s*\[\s*<[0-9A-Fa-f]{32}>\s*<[0-9A-Fa-f]{32}>\s*\]",
        lambda m: re.sub(rb"[0-9A-Fa-f]{32}", b"0" * 32, m.group()),
        data,
    )
    data = re.sub(rb"/DocChecksum /[0-9A-F]{32}", b"/DocChecksum /" + b"0" * 32, data)
    with open(path, "wb") as f:
        f.write(data)
