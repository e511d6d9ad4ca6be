"""Whom a letter goes to. The code is not here: it is made from the print run's key and a number."""

from collections.abc import Iterable, Iterator
from datetime import date

from msgspec import Struct

from survey.engine.database import Transaction
from survey.model.exchange import InvitedUnit


class Invitation(Struct, frozen=True, kw_only=True):
    """One letter; `number` is random within its run, so that the order of letters tells nothing.

    Args:
        case_manager: the sign of who was responsible at the draw
        account_id: whose account that sign was; empty if nobody had one yet
    """

    print_run_id: str
    number: int
    wave_id: str
    case_index: bytes
    unit_id: str
    cell: str
    case_manager: str = ""
    account_id: str = ""


class Unbound(Struct, frozen=True, kw_only=True):
    """A wave that was drawn for a sign when nobody with it had an account."""

    wave_id: str
    print_run_id: str
    drawn_on: date


class Letter(Struct, frozen=True, kw_only=True):
    """Data to print one letter; name and address come from the source at print time."""

    number: int
    case_index: bytes
    person: bytes
    sealed_case: bytes


class _Wave(Struct, frozen=True):
    wave_id: str


class PrintedLetter(Struct, frozen=True, kw_only=True):
    """A printed letter as it is found in the pile.

    Args:
        page: of the file printed on `paged_on`, the reminder's too; None before pages were noted
    """

    print_run_id: str
    number: int
    sealed_case: bytes
    page: int | None
    paged_on: date | None


def add_units(tx: Transaction, wave_id: str, units: Iterable[InvitedUnit]) -> None:
    """Keep the reporting units of a wave."""
    tx.many(
        """
        INSERT INTO reporting_unit (tenant, wave_id, unit_id, label)
        VALUES (:tenant, :wave_id, :unit_id, :label)
        """,
        ({"wave_id": wave_id, "unit_id": unit.unit_id, "label": unit.label} for unit in units),
    )


def add_teams(tx: Transaction, wave_id: str, unit_id: str, teams: Iterable[str]) -> None:
    """Keep which teams a unit was formed of."""
    tx.many(
        """
        INSERT INTO unit_team (tenant, wave_id, team, unit_id)
        VALUES (:tenant, :wave_id, :team, :unit_id)
        """,
        ({"wave_id": wave_id, "team": team, "unit_id": unit_id} for team in teams),
    )


def add(tx: Transaction, invitations: Iterable[Invitation]) -> None:
    """Keep the invitations of a run."""
    tx.many(
        """
        INSERT INTO invitation (
            tenant, print_run_id, number, wave_id, case_index, unit_id, cell, case_manager,
            account_id
        ) VALUES (
            :tenant, :print_run_id, :number, :wave_id, :case_index, :unit_id, :cell, :case_manager,
            :account_id
        )
        """,
        invitations,
    )


def unbound(tx: Transaction, sign: str) -> list[Unbound]:
    """Waves whose invitations of this sign belong to no account yet, the earliest first."""
    return tx.all(
        """
        SELECT DISTINCT print_run.wave_id, print_run.print_run_id, print_run.drawn_on
        FROM invitation
        JOIN print_run ON print_run.tenant = invitation.tenant
          AND print_run.print_run_id = invitation.print_run_id
        WHERE invitation.tenant = :tenant AND invitation.case_manager = :sign
          AND invitation.account_id = ''
        ORDER BY print_run.drawn_on, print_run.wave_id
        """,
        {"sign": sign},
        into=Unbound,
    )


def bind(tx: Transaction, print_run_id: str, sign: str, account_id: str) -> None:
    """Tie the invitations of a print run under a case manager's sign to one account for ever."""
    tx.run(
        """
        UPDATE invitation SET account_id = :account_id
        WHERE tenant = :tenant AND print_run_id = :print_run_id AND case_manager = :sign
          AND account_id = ''
        """,
        {"print_run_id": print_run_id, "sign": sign, "account_id": account_id},
    )


def letters(tx: Transaction, print_run_id: str) -> Iterator[Letter]:
    """The letters of a run in the order of their numbers.

    People who have come to be excluded since the draw get none.
    """
    return tx.each(
        """
        SELECT invitation.number, invitation.case_index, episode.person, episode.sealed_case
        FROM invitation
        JOIN episode
          ON episode.tenant = :tenant AND episode.case_index = invitation.case_index
        WHERE invitation.tenant = :tenant AND invitation.print_run_id = :print_run_id
          AND NOT EXISTS (
              SELECT 1 FROM episode AS other
              WHERE other.tenant = :tenant AND other.person = episode.person
                AND other.exclusion <> ''
          )
        ORDER BY invitation.number
        """,
        {"print_run_id": print_run_id},
        into=Letter,
    )


def note_printed(tx: Transaction, wave_id: str, cases: Iterable[bytes], *, on: date) -> None:
    """Write down that the letters of these cases are printed; the first day stays."""
    tx.many(
        """
        UPDATE invitation SET printed_on = :on
        WHERE tenant = :tenant AND wave_id = :wave_id AND case_index = :case_index
          AND printed_on IS NULL
        """,
        ({"wave_id": wave_id, "case_index": case, "on": on} for case in cases),
    )


def note_pages(tx: Transaction, wave_id: str, cases: Iterable[bytes], *, on: date) -> None:
    """Write down on which page of the files each letter is, in this order, from page 1.

    What was taken out of the pile before is in it once more.
    """
    tx.many(
        """
        UPDATE invitation SET page = :page, paged_on = :on, taken_out_on = NULL
        WHERE tenant = :tenant AND wave_id = :wave_id AND case_index = :case_index
        """,
        (
            {"wave_id": wave_id, "case_index": case, "page": page, "on": on}
            for page, case in enumerate(cases, 1)
        ),
    )


def printed_waves(tx: Transaction) -> list[str]:
    """Waves of which letters were printed."""
    rows = tx.all(
        """
        SELECT DISTINCT wave_id FROM invitation
        WHERE tenant = :tenant AND printed_on IS NOT NULL ORDER BY wave_id
        """,
        into=_Wave,
    )
    return [row.wave_id for row in rows]


def to_take_out(tx: Transaction, wave_id: str) -> list[PrintedLetter]:
    """Printed letters whose people nobody may write to by now, and that nobody has taken out."""
    return tx.all(
        """
        SELECT invitation.print_run_id, invitation.number, episode.sealed_case, invitation.page,
               invitation.paged_on
        FROM invitation
        JOIN episode
          ON episode.tenant = :tenant AND episode.case_index = invitation.case_index
        WHERE invitation.tenant = :tenant AND invitation.wave_id = :wave_id
          AND invitation.printed_on IS NOT NULL AND invitation.taken_out_on IS NULL
          AND EXISTS (
              SELECT 1 FROM episode AS other
              WHERE other.tenant = :tenant AND other.person = episode.person
                AND other.exclusion <> ''
          )
        ORDER BY invitation.paged_on, invitation.page, invitation.number
        """,
        {"wave_id": wave_id},
        into=PrintedLetter,
    )


def note_taken_out(tx: Transaction, sheets: Iterable[PrintedLetter], *, on: date) -> int:
    """Note, on a person's word, that letters are out of the pile; returns how many are new."""
    return tx.many(
        """
        UPDATE invitation SET taken_out_on = :on
        WHERE tenant = :tenant AND print_run_id = :print_run_id AND number = :number
          AND taken_out_on IS NULL
        """,
        (
            {"print_run_id": sheet.print_run_id, "number": sheet.number, "on": on}
            for sheet in sheets
        ),
    )


def forget_programme(tx: Transaction, programme_id: str) -> int:
    """Delete the invitations of an ended programme; returns the number of letters."""
    return tx.run(
        """
        DELETE FROM invitation WHERE tenant = :tenant AND wave_id IN (
            SELECT wave_id FROM wave WHERE tenant = :tenant AND programme_id = :programme_id
        )
        """,
        {"programme_id": programme_id},
    )
