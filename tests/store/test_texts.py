"""The urn of texts: one for each box of a code, taken out by the same code."""

from survey.model.rows import FreeText
from survey.store import texts

TEXT = FreeText(wave_id="w1", handle=b"h" * 32, body=bytes(range(256)))


def test_a_box_is_filled_once(planned):
    with planned.write() as tx:
        assert texts.keep(tx, TEXT)
        assert not texts.keep(tx, TEXT)


def test_a_text_is_taken_out_by_its_handle(planned):
    with planned.write() as tx:
        texts.keep(tx, TEXT)
        assert texts.has_handle(tx, TEXT.handle)
        assert texts.erase(tx, TEXT.handle)
        assert not texts.has_handle(tx, TEXT.handle)
        assert not texts.erase(tx, TEXT.handle)
