"""What an import does to people's protection: what still holds, what comes, what would be lifted.

Protection comes by any row that says so, also by one that the mapping's filters leave out. It goes
only when the export says so in a column that says something at all, and then a person has to agree.
"""

from collections.abc import Collection

from connector.imports.mapping import Mapping
from connector.imports.vocabulary import Field
from connector.state import protections
from connector.state.protections import Change
from survey.engine.database import Transaction


def settle(tx: Transaction, mapping: Mapping, heard: Collection[Field]) -> None:
    """Let every staged row say whether its person is protected; duplicates are gone by now.

    Args:
        heard: fields that said anything in any record of the export
    """
    protections.exclude(
        tx, [_with(change, change.before.split()) for change in protections.of_left_out(tx)]
    )
    _stage_needed(tx)
    protections.name_people(tx)
    held = [(change, _unheard(change, mapping, heard)) for change in protections.known(tx)]
    protections.exclude(tx, [_with(change, unheard) for change, unheard in held if unheard])
    freed = protections.freed_left_out(tx)
    protections.free(
        tx, [change.record for change in freed if not _unheard(change, mapping, heard)]
    )


def joined(*reasons: str) -> str:
    """Reasons as an episode keeps them, each once."""
    return " ".join(sorted({code for reason in reasons for code in reason.split()}))


def _with(change: Change, more: Collection[str]) -> Change:
    return Change(record=change.record, now=joined(change.now, *more), before=change.before)


def _stage_needed(tx: Transaction) -> None:
    """Let left-out rows protect people who have another case here; the others stay outside."""
    first: dict[bytes, Change] = {}
    for row in protections.needed(tx):
        known = first.get(row.case_index)
        if known is None:
            protections.stage(tx, row)
            first[row.case_index] = Change(record=row.record, now=row.exclusion, before="")
        else:
            first[row.case_index] = _with(known, row.exclusion.split())
    protections.exclude(tx, first.values())


def _unheard(change: Change, mapping: Mapping, heard: Collection[Field]) -> list[str]:
    """Reasons of before that the export neither repeats nor could have taken back."""
    return [
        reason
        for reason in change.before.split()
        if reason not in change.now.split() and not _sources(reason, mapping) & set(heard)
    ]


def _sources(reason: str, mapping: Mapping) -> set[Field]:
    """The fields that give this reason by this mapping."""
    match reason:
        case "under_15" | "birth_date_unreadable":
            return {"birth_date"}
        case "disclosure_block":
            codes = mapping.values.get("exclusion", {}).values()
            return {"disclosure_block", "exclusion"} if reason in codes else {"disclosure_block"}
        case _:
            return {"exclusion"}
