"""Changes of the law that people's answers may reflect: dated, with their source.

A trend is not drawn across them. A new one is a new line here; what is frozen keeps those it had.
"""

from datetime import date

from msgspec import Struct


class Law(Struct, frozen=True, kw_only=True):
    """In force from `on`; `text` by language as printed beside the mark."""

    on: date
    text: dict[str, str]
    source: str


LAWS = (
    Law(
        on=date(2023, 7, 1),
        text={
            "de": "Kooperationsplan statt Eingliederungsvereinbarung (§ 15 SGB II)",
            "en": "Cooperation plan replaces the integration agreement (section 15 SGB II)",
        },
        source="Bürgergeld-Gesetz of 16 December 2022, BGBl. I p. 2328",
    ),
    Law(
        on=date(2026, 7, 1),
        text={
            "de": "Grundsicherungsgeld statt Bürgergeld (13. SGB-II-Änderungsgesetz)",
            "en": "Grundsicherungsgeld replaces Bürgergeld (13th act to amend SGB II)",
        },
        # Known from the press: title and day are to be checked against the gazette.
        source="13. SGB-II-Änderungsgesetz, adopted by the Bundestag on 5 March 2026",
    ),
)
