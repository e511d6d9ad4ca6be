"""The sentences follow the settings."""

import pytest
from litestar.testing import TestClient
from msgspec.structs import replace

from survey.model.programmes import Body, Programme
from tests.web.houses import PROGRAMME, build

OWN = Body(name="Jobcenter Musterstadt", is_jobcenter=True)
CANNOT = "Das Jobcenter kann Ihre Antworten nicht zuordnen."
COULD = "Technisch wäre es möglich"
WAVES = "Mehrere Befragungen"


@pytest.mark.parametrize(
    ("programme", "said", "unsaid"),
    [
        (PROGRAMME, [CANNOT, WAVES, "Hochschule Musterstadt"], [COULD]),
        (replace(PROGRAMME, operator=OWN), [COULD], [CANNOT]),
        (replace(PROGRAMME, key_holder=OWN), [COULD], [CANNOT]),
        (replace(PROGRAMME, level="anonymous"), [CANNOT], [WAVES]),
    ],
)
def test_who_could_look_is_said_as_it_is(
    tmp_path, programme: Programme, said: list[str], unsaid: list[str]
) -> None:
    street = build(tmp_path, programme=programme, letters=20)
    with TestClient(street.app, base_url="http://testserver.local") as browser:
        text = browser.get("/de/notice").text
    for sentence in [*said, programme.legal_basis, programme.complaint, "mindestens 10 Menschen"]:
        assert sentence in text
    for sentence in unsaid:
        assert sentence not in text
