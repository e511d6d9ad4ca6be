"""Several tagged PDFs as one, tags and all: letters are drawn in parts, for the sake of memory.

Only for what `survey.document.pdf.render` gives without tables, links, bookmarks and attachments:
those have names and numbers of their own that would have to be joined too.
"""

from collections.abc import Iterable
from io import BytesIO

import pikepdf


def joined(parts: Iterable[bytes]) -> bytes:
    """The pages of all `parts` in their order; metadata and language are those of the first.

    Raises:
        ValueError: there is no part
    """
    given = iter(parts)
    first = next(given, None)
    if first is None:
        raise ValueError("nothing to join")
    out = BytesIO()
    with pikepdf.open(BytesIO(first)) as pdf:
        for number, part in enumerate(given, 1):
            with pikepdf.open(BytesIO(part)) as more:
                _rename_fonts(more, number)
                _append(pdf, more)
        pdf.save(
            out,
            deterministic_id=True,
            compress_streams=False,  # they are; the metadata must stay readable
            stream_decode_level=pikepdf.StreamDecodeLevel.none,
            object_stream_mode=pikepdf.ObjectStreamMode.preserve,
        )
    return out.getvalue()


def pages(document: bytes) -> int:
    """How many pages a PDF has."""
    with pikepdf.open(BytesIO(document)) as pdf:
        return len(pdf.pages)


def _append(pdf: pikepdf.Pdf, more: pikepdf.Pdf) -> None:
    """Pages first: what the tags point to must be there when they are copied."""
    tree = pdf.Root.StructTreeRoot
    numbers = tree.ParentTree.Nums
    shift = int(numbers[-2]) + 1
    before = len(pdf.pages)
    pdf.pages.extend(more.pages)
    for page in list(pdf.pages)[before:]:
        page.obj.StructParents = page.obj.StructParents + shift
    other = pdf.copy_foreign(more.Root.StructTreeRoot)
    document = tree.K[0]
    for element in other.K[0].K:
        element.P = document
        document.K.append(element)
    added = list(other.ParentTree.Nums)
    for key, value in zip(added[::2], added[1::2], strict=True):
        numbers.append(int(key) + shift)
        numbers.append(value)


def _rename_fonts(more: pikepdf.Pdf, number: int) -> None:
    """Subsets that differ need tags that differ: printers keep fonts by name from page to page."""
    tag = "".join(chr(ord("A") + number // 26**place % 26) for place in (4, 3, 2, 1, 0))
    for item in more.objects:
        if not isinstance(item, pikepdf.Dictionary):
            continue
        for key in ("/BaseFont", "/FontName"):
            name = str(item.get(key, ""))
            if name[7:8] == "+":
                item[key] = pikepdf.Name(f"/{name[1]}{tag}{name[7:]}")
