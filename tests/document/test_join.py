from datetime import date
from io import BytesIO

import pikepdf
import pytest

from survey.document import join, pdf

PAGE = (
    '<!doctype html><html lang="de"><head><title>{title}</title></head><body>'
    "<section><p>{text}</p></section></body></html>"
)


def rendered(text: str) -> bytes:
    html = PAGE.format(title="Ein Titel", text=text)
    return pdf.render(html, language="de", created=date(2026, 11, 2))


def test_every_page_finds_its_own_tags_after_joining():
    whole = join.joined([rendered(text) for text in ("eins", "zwei", "drei")])
    with pikepdf.open(BytesIO(whole)) as document:
        tree = document.Root.StructTreeRoot
        numbers = list(tree.ParentTree.Nums)
        by_key = dict(zip((int(key) for key in numbers[::2]), numbers[1::2], strict=True))
        assert len(document.pages) == len(by_key) == 3
        for page in document.pages:
            for element in by_key[int(page.obj.StructParents)]:
                assert element.Pg.objgen == page.obj.objgen
        assert len(tree.K) == 1
        assert all(part.P.objgen == tree.K[0].objgen for part in tree.K[0].K)


def test_joining_the_same_gives_the_same_bytes():
    parts = [rendered("eins"), rendered("zwei")]
    assert join.joined(parts) == join.joined(parts)


def test_subsets_of_a_font_have_names_of_their_own():
    whole = join.joined([rendered("eins"), rendered("zwei")])
    with pikepdf.open(BytesIO(whole)) as document:
        names = [
            str(item.FontName)
            for item in document.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor"
        ]
    assert len(names) == len(set(names)) == 2


def test_nothing_to_join_is_an_error():
    with pytest.raises(ValueError, match="nothing"):
        join.joined([])
