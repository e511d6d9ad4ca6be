"""The tag tree of a PDF, made to say what PDF/UA-1 asks and readers use.

WeasyPrint writes a tree that checkers accept and that misleads whoever uses it: places of figures
in pixels from the top, head cells without spans, heads that are repeated as if they were data,
tables in pieces, running heads like content.
"""

import re
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator

import pikepdf

from survey.document.tagging import TABLE_KEY

POINTS_PER_PIXEL = 0.75

# The tagged contents of each page: the number under which its tags stand in the tree.
Contents = dict[int, pikepdf.Array]


def mend(pdf: pikepdf.Pdf) -> None:
    """Correct all tags of a file that WeasyPrint has just written."""
    contents = _contents(pdf)
    tables: dict[int, pikepdf.Object] = {}
    repeated: dict[int, list[int]] = defaultdict(list)
    for element in list(_elements(pdf.Root.StructTreeRoot.K[0])):
        kind = element.get("/S")
        if kind == "/TH":
            _say_scope(element)
        elif kind == "/Figure":
            _place(element)
        elif kind == "/Table":
            number = int(element[f"/{TABLE_KEY}"])
            del element[f"/{TABLE_KEY}"]
            if number in tables:
                _continue(tables[number], element, repeated)
            else:
                tables[number] = element
    for page in pdf.pages:
        number = int(page.obj.get("/StructParents", -1))
        if number in contents:
            loose = _loose(contents[number], pdf.Root.StructTreeRoot.K[0])
            _untag(page, contents[number], [*loose, *repeated[number]])


def _contents(pdf: pikepdf.Pdf) -> Contents:
    numbers = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
    pairs = zip(numbers[::2], numbers[1::2], strict=True)
    return {int(key): tags for key, tags in pairs if isinstance(tags, pikepdf.Array)}


def _elements(parent: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """Every element below another, in the order of reading."""
    for child in parent.get("/K", ()):
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            yield child
            yield from _elements(child)


def _say_scope(header: pikepdf.Object) -> None:
    """Write the scope (row or column) of a header cell; its spans stay."""
    in_body = header.P.get("/P") is not None and header.P.P.get("/S") == "/TBody"
    header.A.O = pikepdf.Name.Table
    header.A.Scope = pikepdf.Name.Row if in_body else pikepdf.Name.Column


def _place(figure: pikepdf.Object) -> None:
    """Where a figure stands, in points from the lower edge; readers outline it there."""
    left, top, right, bottom = (float(edge) * POINTS_PER_PIXEL for edge in figure.A.BBox)
    height = float(figure.Pg.MediaBox[3])
    box = (left, height - bottom, right, height - top)
    figure.A.BBox = pikepdf.Array([round(edge, 2) for edge in box])


def _continue(table: pikepdf.Object, piece: pikepdf.Object, repeated: dict[int, list[int]]) -> None:
    """Hang the rows of a later page into the table that they belong to.

    The head that is printed once more there is no content: its numbers are added to `repeated`, by
    page, and the cells point at the head of the first page.
    """
    ids: dict[bytes, pikepdf.Object] = {}
    for part in list(piece.K):
        if part.S in ("/THead", "/TFoot"):
            ids |= _same_heads(part, table)
            page = int(part.Pg.StructParents)
            repeated[page] += _numbers(part)
        else:
            part.P = table
            table.K.append(part)
    for cell in _elements(table):
        if cell.S == "/TD" and "/Headers" in cell.A:
            cell.A.Headers = pikepdf.Array(
                [ids.get(bytes(header), header) for header in cell.A.Headers]
            )
    _take_out(piece)


def _same_heads(head: pikepdf.Object, table: pikepdf.Object) -> dict[bytes, pikepdf.Object]:
    """The header cells of a repeated head, each with the first one's name of the same column."""
    first = next(part for part in table.K if part.S == head.S)
    pairs = zip(_heads(head), _heads(first), strict=True)
    return {bytes(mine.ID): theirs.ID for mine, theirs in pairs}


def _heads(part: pikepdf.Object) -> list[pikepdf.Object]:
    return [element for element in _elements(part) if element.S == "/TH"]


def _numbers(element: pikepdf.Object) -> list[int]:
    """Numbers of the marked contents of an element and all below it."""
    below = [number for child in _elements(element) for number in _own_numbers(child)]
    return _own_numbers(element) + below


def _own_numbers(element: pikepdf.Object) -> list[int]:
    return [int(kid) for kid in element.get("/K", ()) if not isinstance(kid, pikepdf.Object)]


def _take_out(element: pikepdf.Object) -> None:
    """Remove an element from the tree, and the boxes around it that are empty then."""
    parent = element.P
    rest = [kid for kid in parent.K if not _same(kid, element)]
    parent.K = pikepdf.Array(rest)
    if not rest and parent.S in ("/Div", "/NonStruct"):
        _take_out(parent)


def _same(kid: object, element: pikepdf.Object) -> bool:
    return isinstance(kid, pikepdf.Dictionary) and kid.objgen == element.objgen


def _loose(tags: pikepdf.Array, document: pikepdf.Object) -> list[int]:
    """Numbers of the running head and foot of a page: drawn last, and held by no element.

    WeasyPrint marks them like content but hangs them nowhere in the tree.
    """
    hung = {child.objgen for child in document.K}
    loose: list[int] = []
    for number in range(len(tags) - 1, -1, -1):
        element = tags[number]
        while element.P.get("/S") != "/Document":
            element = element.P
        if element.objgen in hung:
            break
        loose.append(number)
    return loose


def _untag(page: pikepdf.Page, tags: pikepdf.Array, numbers: Iterable[int]) -> None:
    """Make contents what belongs to the page and not to the text, so that no reader reads them."""
    wanted = sorted(set(numbers))
    if not wanted:
        return
    ids = b"|".join(str(number).encode() for number in wanted)
    drawn = re.sub(
        rb"/\w+\s<</MCID (" + ids + rb")>>\sBDC",
        b"/Artifact\n<</Type /Pagination>>\nBDC",
        page.Contents.read_bytes(),
    )
    page.Contents.write(zlib.compress(drawn), filter=pikepdf.Name.FlateDecode)
    for number in wanted:
        tags[number] = None
