"""Rules for ids and codes of a form, and how they are written in addresses, pages and columns.

What spreadsheets carry is allowed. An id (of a form, question, block, construct, scale, selection)
begins with a letter; letters, digits, "_" and "-" follow, 64 in all. A code of an answer may begin
with a digit or "-" as well ("-99") and has 24 in all; codes are short, because a body is padded to
its longest possible answer. Neither begins with "_", the sign of what a page adds of its own: the
reserved codes (`survey.form.options`) and the fields of its buttons.

Both stand as they are, nothing encoded, in an address, the name and value of a form's field, an
HTML id, a folder's name and the cells of a table. Only as the name of a column (CSV header, SPSS
variable, column of a database) does an id change, because "-" is a minus there: it becomes ".",
which no id holds, so that there is a way back.

Folders, columns and SPSS do not tell `Q1` from `q1`: names in one list that differ in case only are
refused. So are ids that a page, a domain or a column needs for itself.
"""

import re
from collections import Counter
from collections.abc import Iterable

# Also written into patterns of addresses, which take no other place of a questionnaire.
ID_PATTERN = r"[A-Za-z][A-Za-z0-9_-]{0,63}"
ID = re.compile(ID_PATTERN)
CODE = re.compile(r"[A-Za-z0-9-][A-Za-z0-9_-]{0,23}")
ID_RULE = "start an id with a letter, up to 64 of a-z, A-Z, 0-9, _ and -"
CODE_RULE = "with 1 to 24 of a-z, A-Z, 0-9, _ and -, no _ at its start"

# Ids of HTML elements on pages of questions and of releases.
ON_PAGES = frozenset({"c", "d", "e", "f", "h", "n", "t", "w", "main"})
# Places of a kiosk beside its questions.
PLACES = frozenset({"first", "send"})
# Words of SPSS, which no variable may be called; its syntax takes them in capitals and in small.
IN_COLUMNS = frozenset(
    {"all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with"}
)


def column(form_id: str) -> str:
    """An id as the name of a column."""
    return form_id.replace("-", ".")


def from_column(name: str) -> str:
    """The id whose column has this name."""
    return name.replace(".", "-")


def alike(names: Iterable[str]) -> dict[str, list[str]]:
    """Names of one list that are written differently and can be taken for another, by the first."""
    spellings: dict[str, list[str]] = {}
    for name in dict.fromkeys(names):
        spellings.setdefault(name.casefold(), []).append(name)
    return {written[0]: written for written in spellings.values() if len(written) > 1}


def repeated(names: Iterable[str]) -> dict[str, int]:
    """Names that stand in a list more than once, with how often."""
    return {name: times for name, times in Counter(names).items() if times > 1}
