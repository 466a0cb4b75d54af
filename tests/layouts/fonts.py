"""Font files by family name, for the typesetters that load files."""

ROOT = "/usr/share/fonts/truetype/"
FILES = {
    "Liberation Sans": ("liberation/LiberationSans-Regular.ttf", "liberation/LiberationSans-Bold.ttf"),
    "Liberation Serif": ("liberation/LiberationSerif-Regular.ttf", "liberation/LiberationSerif-Bold.ttf"),
    "DejaVu Sans": ("dejavu/DejaVuSans.ttf", "dejavu/DejaVuSans-Bold.ttf"),
    "DejaVu Serif": ("dejavu/DejaVuSerif.ttf", "dejavu/DejaVuSerif-Bold.ttf"),
    "Carlito": ("crosextra/Carlito-Regular.ttf", "crosextra/Carlito-Bold.ttf"),
}


def files(name):
    regular, bold = FILES[name]
    return ROOT + regular, ROOT + bold


def safe(text, name):
    """Spaces that the font lacks become spaces that it has."""
    if name.startswith("Liberation"):
        text = text.replace("\u2009", "\u00a0").replace("\u202f", "\u00a0")
    if name == "Carlito":
        text = text.replace("\u2009", " ").replace("\u202f", " ").replace("\u00a0", " ")
    return text
