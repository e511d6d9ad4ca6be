"""Names and addresses, read from the export while letters are printed and kept nowhere.

The export may be newer than the import: whoever has left it, has no whole address or must not be
written to by now gets no letter. Who must not be written to is decided by the rule of the import
(connector.imports.exclusion), over all cases of a person, here and in the database.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from msgspec import Struct

from connector.identifiers import compared, tidy
from connector.imports import mapping as mappings
from connector.imports import pseudonyms
from connector.imports.checks import Checker, Verdict
from connector.imports.exclusion import Protected
from connector.imports.mapping import Loaded
from connector.imports.source import kinds
from connector.imports.source.kinds import Source
from connector.imports.source.open import open_source
from connector.imports.source.records import Broken, Progress, Record, unwatched
from connector.letter_errors import LettersRefused
from connector.letters import address
from connector.letters.address import NEEDED, Recipient
from connector.state import episodes
from connector.state.invitations import Letter
from survey.document import characters
from survey.engine.database import Transaction

NO_FONT = "hat in Namen oder Anschrift ein Zeichen, für das auf diesem Rechner die Schrift fehlt"


class RecipientRequest(Struct, frozen=True, kw_only=True):
    """The request for recipients from an export: `cases` of the letters, `today` their day."""

    source: Source
    loaded: Loaded
    index_key: bytes
    cases: frozenset[bytes]
    today: date


class FoundRecipients(Struct, frozen=True, kw_only=True):
    """Recipients by case index, and for the others the reason why there is none.

    Args:
        people: whose each case is, by this export
        forbidden: cases of people whom this export alone protects
        protected_cases, protected_people: digests of all that it protects, to look up in the
            database whose other cases they are
    """

    recipients: dict[bytes, Recipient]
    problems: dict[bytes, str]
    people: dict[bytes, frozenset[bytes]]
    forbidden: frozenset[bytes]
    protected_cases: frozenset[bytes]
    protected_people: frozenset[bytes]


def read(asked: RecipientRequest, progress: Progress = unwatched) -> FoundRecipients:
    """Recipients of the letters.

    Raises:
        LettersRefused: the mapping does not say where name and address stand
        FileRefused: the export cannot be read, or says of somebody what the mapping does not know
    """
    mapping = asked.loaded.mapping
    _check(mapping)
    columns = mapping.wanted_for_letters()
    checker = Checker(mapping, as_of=asked.today, on_finding=_unheard)
    reading = _Reading(asked, columns)
    with open_source(asked.source, columns, progress) as export:
        for record in _whole(export.records):
            reading.take(record, checker.verdict(record))
    checker.exclusions.refuse_unknown()
    return reading.found()


def forbidden(
    tx: Transaction, addressed: FoundRecipients, letters: Iterable[Letter]
) -> frozenset[bytes]:
    """Cases of letters whose people nobody may write to, by export and database together."""
    protected = {*addressed.protected_people, *episodes.protected_people(tx)}
    for case in addressed.protected_cases:
        protected.add(episodes.person_of(tx, case) or b"")
    return frozenset(
        letter.case_index
        for letter in letters
        if letter.case_index in addressed.forbidden
        or protected & {letter.person, *addressed.people.get(letter.case_index, ())}
    )


class _Reading:
    """Collects recipients and protections from the records of an export."""

    def __init__(self, asked: RecipientRequest, columns: tuple[str, ...]) -> None:
        self._mapping = asked.loaded.mapping
        self._wanted, self._key = asked.cases, asked.index_key
        inside = kinds.words(asked.source).inside
        self._gone = f"steht nicht mehr {inside}"
        self._twice = f"steht mit verschiedenen Anschriften {inside}"
        self._places = {
            field: columns.index(column) for column, field in self._mapping.letter.items()
        }
        language = self._mapping.column("language")
        self._language = columns.index(language) if language else None
        self._languages = self._mapping.codes("language")
        self._missing = {compared(filler) for filler in self._mapping.missing}
        self._protected = Protected()
        self._cases: set[bytes] = set()
        self._people: set[bytes] = set()
        self._numbers: dict[bytes, set[tuple[str, str]]] = {}
        self._recipients: dict[bytes, Recipient] = {}
        self._problems = dict.fromkeys(asked.cases, self._gone)

    def take(self, record: Record, verdict: Verdict) -> None:
        """One record; also those that only protect somebody."""
        self._protected.add(verdict.case_number, verdict.person, verdict.reasons)
        case = self._case(verdict.case_number) if verdict.case_number else b""
        if verdict.reasons.codes:
            self._cases |= {case} - {b""}
            if verdict.person:
                self._people.add(self._person(verdict.person))
        if case not in self._wanted:
            return
        self._numbers.setdefault(case, set()).add((verdict.case_number, verdict.person))
        if not verdict.filtered and verdict.kind != "nobody":
            self._address(case, self._recipient(record))

    def found(self) -> FoundRecipients:
        """The recipients and problems, after the last record."""
        good = {
            case: recipient
            for case, recipient in self._recipients.items()
            if case not in self._problems
        }
        missing = characters.without_font(
            part for recipient in good.values() for part in recipient.parts
        )
        for case, recipient in good.items():
            if address.unprintable(recipient, missing):
                self._problems[case] = NO_FONT
        return FoundRecipients(
            recipients={
                case: recipient for case, recipient in good.items() if case not in self._problems
            },
            problems=self._problems,
            people={
                case: frozenset(self._person(person) for _, person in numbers if person)
                for case, numbers in self._numbers.items()
            },
            forbidden=frozenset(
                case
                for case, numbers in self._numbers.items()
                if any(self._protected.reasons(*number) for number in numbers)
            ),
            protected_cases=frozenset(self._cases),
            protected_people=frozenset(self._people),
        )

    def _address(self, case: bytes, recipient: Recipient) -> None:
        first = self._recipients.setdefault(case, recipient)
        if first.parts != recipient.parts:
            self._problems[case] = self._twice
        elif problem := address.problem(recipient):
            self._problems[case] = problem
        elif self._problems.get(case) == self._gone:
            del self._problems[case]

    def _recipient(self, record: Record) -> Recipient:
        values = {field: self._said(record.cells[place]) for field, place in self._places.items()}
        language = "" if self._language is None else compared(record.cells[self._language])
        return Recipient(
            salutation=values.get("salutation", ""),
            given_name=values.get("given_name", ""),
            family_name=values["family_name"],
            care_of=values.get("care_of", ""),
            street=values["street"],
            postcode=values["postcode"],
            city=values["city"],
            language=self._languages.get(language, ""),
        )

    def _said(self, cell: str) -> str:
        """The cell, tidied; empty for what the mapping says stands for nothing."""
        return "" if compared(cell) in self._missing else tidy(cell)

    def _person(self, client_number: str) -> bytes:
        return pseudonyms.person_index(self._key, client_number)

    def _case(self, number: str) -> bytes:
        return pseudonyms.case_index(self._key, self._mapping.source_system, number)


def _check(mapping: mappings.Mapping) -> None:
    given = set(mapping.letter.values())
    missing = [f"{field} ({word})" for field, word in NEEDED.items() if field not in given]
    if missing:
        raise LettersRefused(
            f"Die Zuordnung sagt nicht, wo die Anschrift steht. Bitte unter [letter] ergänzen: "
            f"{', '.join(missing)}."
        )


def _whole(records: Iterator[Record | Broken]) -> Iterator[Record]:
    """Whole records; a broken one cannot be trusted with an address."""
    return (record for record in records if isinstance(record, Record))


def _unheard(_: object) -> None:
    """Ignores a finding: import reports them, letters are only stopped by them."""
