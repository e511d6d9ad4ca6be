"""How people are asked in a wave; stored with it, and what follows from it, each decided here once.

letter: everybody invited gets a letter with a code; kiosk: whoever comes to a device in the house;
code_list: staff and partners get codes from a list, always anonymous; delivery: case managers'
ratings, sent by the connector without codes.
"""

from typing import Literal, TypeAlias, assert_never

Mode: TypeAlias = Literal["letter", "kiosk", "code_list", "delivery"]
# Forms that are answered at a device by whoever comes, and in no other way.
AT_DEVICES = frozenset({"kiosk"})


def of_form(form_id: str) -> Mode:
    """How a form is asked when nothing else is said."""
    return "kiosk" if form_id in AT_DEVICES else "letter"


def can_be_asked(mode: Mode) -> bool:
    """Whether this version can ask in this way."""
    match mode:
        case "letter" | "kiosk":
            return True
        case "code_list" | "delivery":
            return False
        case _:
            assert_never(mode)


def is_invited(mode: Mode) -> bool:
    """Whether people are invited: a push says who, and each is counted in a unit and a cell."""
    match mode:
        case "letter" | "code_list" | "delivery":
            return True
        case "kiosk":
            return False
        case _:
            assert_never(mode)


def has_letters(mode: Mode) -> bool:
    """Whether the connector prints letters, and must destroy what their codes are made from."""
    match mode:
        case "letter":
            return True
        case "kiosk" | "code_list" | "delivery":
            return False
        case _:
            assert_never(mode)


def has_report(mode: Mode) -> bool:
    """Whether a wave has a report of its own; the others are a chapter of another's."""
    match mode:
        case "letter" | "code_list" | "delivery":
            return True
        case "kiosk":
            return False
        case _:
            assert_never(mode)


def medium(mode: Mode) -> str:
    """The answer to "how did somebody answer", as `survey.form.domains` counts it.

    Raises:
        ValueError: nobody answers pages in a delivery
    """
    match mode:
        case "letter" | "code_list":
            return "screen"
        case "kiosk":
            return "kiosk"
        case "delivery":
            raise ValueError("a delivery has no pages")
        case _:
            assert_never(mode)
