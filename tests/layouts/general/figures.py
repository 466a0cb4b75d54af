"""How figures are printed, and columns of figures that belong together."""

import math

SEPARATORS = {"en": (",", "."), "plain": ("", "."), "eu": ("\u00a0", ","), "space": (" ", ","), "dot": (".", ","), "thin": ("\u202f", "."), "bare": ("", ",")}
ENGLISH = ["en", "en", "plain"]
EUROPEAN = ["eu", "space", "dot", "bare", "thin"]
MISSING = ["–", "-", "n/a", "..", ":", "…", "—", "NA", "(X)", "x", "0", "*"]


def group(value, decimals, style):
    separator, point = SEPARATORS[style]
    whole, _, fraction = f"{abs(value):,.{decimals}f}".partition(".")
    return whole.replace(",", separator) + (point + fraction if fraction else "")


class Figures:
    """The number style of one table: separators, sign of the negative, mark of the missing."""

    def __init__(self, rng, style):
        self.rng, self.style = rng, style
        self.missing = rng.choice(MISSING)
        self.negative = rng.choice(["-{}", "-{}", "\u2212{}", "–{}", "({})"])
        self.gaps = rng.choice([0, 0, 0.03, 0.08, 0.15])  # share of missing figures
        self.blank = rng.choice([0, 0, 0, 0.04, 0.12])  # share of empty cells
        self.flags = rng.choice([0, 0, 0, 0.05])  # share of figures with a letter of status

    def draw(self, form):
        """One figure in the form of its column: (text, currency sign)."""
        size, decimals, percent, money, signed = form
        rng = self.rng
        if rng.random() < self.blank:
            return "", ""
        if rng.random() < self.gaps:
            return self.missing, ""
        if signed == "range":
            low = rng.randint(1, int(size))
            return rng.choice([f"{low}–{low + rng.randint(1, 9)}", f"{low}–{low + rng.randint(1, 9)}", f"< {low}", f"> {low}"]), ""
        value = math.exp(rng.gauss(math.log(size), 0.9 if size > 100 else 0.5))
        if percent:
            value = min(value, 99.4)
        text = group(value, decimals, self.style)
        if signed and rng.random() < 0.3:
            text = self.negative.format(text)
        if percent == "sign":
            text += "%" if self.style in ("en", "plain") else "\u00a0%"
        if rng.random() < self.flags:
            text += rng.choice([" e", " p", "*", "(p)", " b"])
        return text, money

    def form(self, kind=""):
        """The form of a column: size, decimals, percent, currency sign, whether negatives occur."""
        rng = self.rng
        kind = kind or rng.choice(["count", "count", "count", "large", "small", "percent", "index", "change", "small", "range"])
        return {
            "count": (rng.choice([30, 400, 4000, 30000]), 0, "", "", False),
            "large": (rng.choice([200000, 3000000, 20000000]), 0, "", "", False),
            "small": (rng.choice([2, 8]), rng.choice([0, 1, 2]), "", "", False),
            "percent": (rng.choice([6, 20, 40]), rng.choice([0, 1, 1, 2]), rng.choice(["bare", "bare", "sign"]), "", False),
            "index": (100, 1, "", "", False),
            "change": (rng.choice([3, 10, 400]), 1, "", "", True),
            "money": (rng.choice([90, 2000, 60000, 2000000]), 0, "", "$", rng.random() < 0.4),
            "range": (rng.choice([9, 90]), 0, "", "", "range"),
            "rate": (rng.choice([4, 15, 200]), 1, "", "", False),
        }[kind]
