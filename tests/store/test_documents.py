"""Documents: found by id, listed by wave, replaced under the same id."""

from datetime import date

from msgspec.structs import replace

from survey.store import documents
from survey.store.documents import Document

REPORT = Document(
    document_id="d1",
    wave_id="w1",
    name="satisfaction-council-de.pdf",
    media_type="application/pdf",
    made_on=date(2026, 12, 1),
    body=b"%PDF-1.7",
)


def test_a_document_comes_back_whole(planned):
    with planned.write() as tx:
        documents.keep(tx, REPORT)
    with planned.read() as tx:
        assert documents.find(tx, "d1") == REPORT
        assert documents.find(tx, "d2") is None


def test_one_of_the_same_name_takes_its_place_and_its_id(planned):
    with planned.write() as tx:
        documents.keep(tx, REPORT)
        documents.keep(tx, replace(REPORT, document_id="d2", body=b"%PDF-2.0"))
        assert documents.find(tx, "d1").body == b"%PDF-2.0"
        assert documents.find(tx, "d2") is None


def test_documents_of_a_wave_are_listed_without_their_content(planned):
    with planned.write() as tx:
        documents.keep(tx, REPORT)
        documents.keep(tx, replace(REPORT, document_id="d0", name="a.csv"))
        listed = documents.of_wave(tx, "w1")
        assert [one.name for one in listed] == ["a.csv", "satisfaction-council-de.pdf"]
        assert not hasattr(listed[0], "body")
        assert documents.of_wave(tx, "w2") == []
