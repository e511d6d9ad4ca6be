"""The urn of texts: one for each box of a code, taken out by the same code."""

from survey.model.rows import FreeText
from survey.store import free_texts

TEXT = FreeText(wave_id="w1", handle=b"h" * 32, body=bytes(range(256)))


def test_a_box_is_filled_once(planned):
    with planned.write() as tx:
        assert free_texts.keep(tx, TEXT)
        assert not free_texts.keep(tx, TEXT)


def test_a_text_is_taken_out_by_its_handle(planned):
    with planned.write() as tx:
        free_texts.keep(tx, TEXT)
        assert free_texts.has_handle(tx, TEXT.handle)
        assert free_texts.erase(tx, TEXT.handle)
        assert not free_texts.has_handle(tx, TEXT.handle)
        assert not free_texts.erase(tx, TEXT.handle)
