"""What a reader that follows the tags of a PDF meets, and what checkers do not look at."""

import re
from collections.abc import Iterator
from io import BytesIO

import pikepdf
from msgspec import Struct


class Element(Struct, frozen=True, kw_only=True):
    """One tag: its kind, the language it is read in, the words below it, its page from 1."""

    kind: str
    language: str
    text: str
    page: int


def elements(file: bytes) -> list[Element]:
    """Every tag of the file, in the order of reading."""
    with pikepdf.open(BytesIO(file)) as pdf:
        words = [_words(page) for page in pdf.pages]
        pages = {page.obj.objgen: index for index, page in enumerate(pdf.pages)}
        root = pdf.Root.StructTreeRoot.K[0]
        return list(_walk(root, str(pdf.Root.Lang), words, pages))


def lines(file: bytes) -> list[str]:
    """Every piece of text that is drawn at once: a line, or a part of one in another style."""
    with pikepdf.open(BytesIO(file)) as pdf:
        return [text for page in pdf.pages for text in _words(page).values()]


def _walk(
    parent: pikepdf.Dictionary, language: str, words: list[dict[int, str]], pages: dict
) -> Iterator[Element]:
    for child in parent.get("/K", ()):
        if not isinstance(child, pikepdf.Dictionary) or "/S" not in child:
            continue
        spoken = str(child.get("/Lang", language))
        page = pages[child.Pg.objgen]
        yield Element(
            kind=str(child.S)[1:], language=spoken, text=_text(child, words, pages), page=page + 1
        )
        yield from _walk(child, spoken, words, pages)


def _text(element: pikepdf.Dictionary, words: list[dict[int, str]], pages: dict) -> str:
    parts = []
    for kid in element.get("/K", ()):
        if isinstance(kid, pikepdf.Dictionary):
            parts.append(_text(kid, words, pages) if "/S" in kid else "")
        else:
            parts.append(words[pages[element.Pg.objgen]].get(int(kid), ""))
    return "".join(parts)


def _words(page: pikepdf.Page) -> dict[int, str]:
    """The letters of each marked content of a page, by the fonts' own tables."""
    fonts = {name: _letters(font) for name, font in page.Resources.get("/Font", {}).items()}
    words: dict[int, str] = {}
    current, letters = -1, {}
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "BDC":
                marks = operands[1]
                current = int(marks["/MCID"]) if "/MCID" in marks else -1
            case "EMC":
                current = -1
            case "Tf":
                letters = fonts[str(operands[0])]
            case "TJ" | "Tj" if current >= 0:
                pieces = operands[0] if str(operator) == "TJ" else operands
                for piece in pieces:
                    if isinstance(piece, pikepdf.String):
                        words[current] = words.get(current, "") + _read(bytes(piece), letters)
    return words


def _read(raw: bytes, letters: dict[int, str]) -> str:
    return "".join(letters.get(code, "") for code in _codes(raw))


def _codes(raw: bytes) -> list[int]:
    return [int.from_bytes(raw[at : at + 2]) for at in range(0, len(raw), 2)]


def _letters(font: pikepdf.Dictionary) -> dict[int, str]:
    table = font.ToUnicode.read_bytes().decode()
    return {
        int(code, 16): bytes.fromhex(letters).decode("utf-16-be")
        for code, letters in re.findall(r"<([0-9a-fA-F]{4})>\s*<([0-9a-fA-F]+)>\s*$", table, re.M)
    }


def figures_off_the_page(file: bytes) -> list[str]:
    """Figures whose place is not within their page, each with its alternative text."""
    with pikepdf.open(BytesIO(file)) as pdf:
        return [str(figure.Alt) for figure in _figures(pdf) if not _within(figure)]


def places_of_figures(file: bytes) -> list[list[float]]:
    """Left, lower, right and upper edge of each figure, in points from the page's lower left."""
    with pikepdf.open(BytesIO(file)) as pdf:
        return [[float(edge) for edge in figure.A.BBox] for figure in _figures(pdf)]


def _figures(pdf: pikepdf.Pdf) -> list[pikepdf.Dictionary]:
    return [
        thing
        for thing in pdf.objects
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/S") == "/Figure"
    ]


def _within(figure: pikepdf.Dictionary) -> bool:
    left, lower, right, upper = (float(edge) for edge in figure.A.BBox)
    _, _, width, height = (float(edge) for edge in figure.Pg.MediaBox)
    return 0 <= left < right <= width and 0 <= lower < upper <= height


def unbalanced_pages(file: bytes) -> list[int]:
    """Pages on which graphics states are opened and not closed, or the other way round."""
    with pikepdf.open(BytesIO(file)) as pdf:
        return [
            number
            for number, page in enumerate(pdf.pages, start=1)
            if any(opened != closed for opened, closed in _states(pdf, page))
        ]


def _states(pdf: pikepdf.Pdf, page: pikepdf.Page) -> Iterator[tuple[int, int]]:
    forms = [form for form in page.Resources.get("/XObject", {}).values() if "/BBox" in form]
    for content in (page, *forms):
        operators = [str(operator) for _, operator in pikepdf.parse_content_stream(content)]
        yield operators.count("q"), operators.count("Q")


def attached(file: bytes) -> list[str]:
    """Names of the attached files, as often as the file lists them."""
    with pikepdf.open(BytesIO(file)) as pdf:
        return [str(each.UF) for each in pdf.Root.get("/AF", ())]
