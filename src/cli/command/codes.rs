//! The codes of warnings and doubts, for `explain`.
//!
//! A warning is about a page or a file that was read in part, a doubt about
//! one figure that may be misread. The codes of findings, which are about the
//! book, stand with their rules, see [`taltolk::audit::RULES`].

/// One code.
pub(super) struct Code {
    pub(super) code: &'static str,
    pub(super) kind: &'static str,
    pub(super) short: &'static str,
    pub(super) means: &'static str,
    pub(super) help: &'static str,
}

macro_rules! codes {
    ($($kind:ident $code:literal $short:literal: $means:literal, $help:literal;)+) => {
        &[$(Code { code: $code, kind: stringify!($kind), short: $short, means: $means, help: $help }),+]
    };
}

pub(super) const CODES: &[Code] = codes! {
    warning "image-page" "a page is an image without text":
        "The page was scanned or drawn as a picture, and its letters could not be recognised: tesseract is missing, failed, or was not wanted (--ocr never).",
        "install tesseract with its Swedish and Finnish data, on Debian: apt install tesseract-ocr tesseract-ocr-swe tesseract-ocr-fin.";
    warning "no-witness" "the second reader cannot open the file":
        "--cross-check compares two readers; the second one failed, so nothing was compared.",
        "nothing; the facts are those of the first reader.";
    warning "page-too-large" "a page holds more than any budget page does":
        "The page has so many glyphs or lines that it is no page of a book. What is beyond the bound was not read.",
        "look at the page; if it is genuine, print it to a new PDF.";
    warning "unread-content" "the content of a page could not be read in full":
        "The page shows text, but its content is damaged or packed in a way that no reader knows. What was read of it may be incomplete.",
        "get the file again from its source.";
    warning "rubbish-text" "the text of a page means nothing":
        "The fonts do not say which letters their glyphs are, so that any text would be invented, and the picture of the page was not read either.",
        "pass --ocr always to read the pages from their pictures; tesseract recognises the letters.";
    warning "picture-unread" "the picture of a page was not read":
        "With --ocr always every page is read from its picture. This one could not be; it was read from its text.",
        "install tesseract with its Swedish and Finnish data.";
    warning "truncated-file" "the end of the file is missing":
        "A complete PDF ends with %%EOF. What stood after the cut is lost, and what was read may be incomplete.",
        "get the file again from its source.";
    warning "unmapped-glyphs" "some letters of a page are unknown":
        "Some glyphs have no Unicode. They stand as U+FFFD in labels and are never guessed.",
        "trust the figures, check the labels; facts with such labels are doubtful.";
    warning "witness-differs" "the second reader sees other digits on a page":
        "With --cross-check the digits that two independent readers see on a page are compared. They differ; one of the two is wrong, or one reads text that the other takes for invisible.",
        "compare the figures of that page with the print.";
    doubt "flattened-text" "the text does not say in which column the figure stands, or what its head is":
        "In a text without places empty cells leave nothing behind, and a head that fell apart may be read in several ways. Neither the number of columns nor a sum of the table decides here.",
        "compare with the print, or read the PDF instead of its text.";
    doubt "ambiguous-grouping" "the digits of the row make other figures too":
        "In a text without places, and on a page where columns stand as close as thousands, 2 671 500 may be one figure, two or three. No sum of the table decides between the ways to read this row; candidates holds what else the figure may be.",
        "compare with the print, or read the PDF instead of its text.";
    doubt "label-lines" "it is not known which lines are the label of the row":
        "A label over several lines, a heading and the label of the next row can be set alike, and a text without places does not say where a line stands. A line beside this row may be part of its label, or a line of its label may be another's.",
        "compare with the print.";
    doubt "heads-alike" "another column has the very same head":
        "Two columns of a table never say the same. Their heads were not told apart, and phase or year of one of them is wrong.",
        "look at the head on the page.";
    doubt "heads-merged" "the head says two years, or both accounts and budget":
        "A column has one year and one phase. This head seems to have taken in the head of its neighbour.",
        "look at the head on the page.";
    doubt "narrow-group-gap" "digit groups stand almost as far apart as figures do":
        "The gap inside the figure is so wide that it may be two figures.",
        "compare with the page.";
    doubt "no-head" "the table has no head":
        "No row above the figures says what the columns are.",
        "look at the page; phase and year are not to be relied on.";
    doubt "scale-carried" "the scale is that of the table before":
        "No unit is printed with this table; the table before it has the same heads and is counted in thousands or millions, so this one is taken to be.",
        "look for the unit on the page.";
    doubt "scale-unreadable" "a line above the table cannot be read":
        "No unit is printed with the table, and above it stands a line in a font that does not say which letters its shapes are. The unit may be in it.",
        "look at the page.";
    doubt "scale-unsaid" "no unit is printed with the table":
        "Neither the table nor its headings say what amounts are counted in, and other tables of the document count in thousands.",
        "look for the unit on the page or in the chapter.";
    doubt "tags-disagree" "the tags of the file part this row":
        "The file tags its tables, and the tags fit the other rows; of this one they put figures or label into another row.",
        "compare with the page.";
    doubt "label-prose" "the label reads like a sentence":
        "Text that stands beside the table seems to have been taken for the label.",
        "look at the page.";
    doubt "no-label" "the row has no label":
        "No text stands beside the figures of this row.",
        "look at the page.";
    doubt "no-phase" "the head does not say what kind of figure it is":
        "Neither the head nor its neighbours say whether the column is actual, budget or plan.",
        "look at the page.";
    doubt "no-year" "the head does not say which year it is":
        "Neither the head nor the document says which year the column is.",
        "pass --year YYYY if you know the year of the book.";
    doubt "recognised-letters" "the figure was recognised on a picture":
        "The page is a scan. Its letters were recognised by a program that can be mistaken, and no sum of the book vouches for this figure, or its label or head is not one that is known.",
        "compare with the page.";
    doubt "two-figures-in-one-cell" "two figures claim one cell":
        "Two figures stand where the columns have room for one.",
        "compare with the page.";
};
