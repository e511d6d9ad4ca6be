"""The one door of the report: counts go to disclosure control, figures come back.

No other module of `survey.report` can reach it, so no figure has another way out.
"""

from collections.abc import Mapping, Sequence

from survey.model.waves import Thresholds
from survey.statistics.disclosure import publish
from survey.statistics.disclosure.registry import Registry
from survey.statistics.disclosure.request import Request, Result, TableRequest, Withheld


class DisclosureControl:
    """Asks for the tables of one report, one after another; the registry grows with each.

    Everything is asked for as the public may see it: one snapshot serves all editions.
    """

    def __init__(self, thresholds: Thresholds, known: Registry) -> None:
        self._thresholds = thresholds
        self.registry = known

    def ask(self, members: Sequence[bytes], tables: Sequence[TableRequest]) -> Mapping[str, Result]:
        """What may be shown, by variable; a table that is refused is not there.

        Raises:
            ValueError: a variable twice
        """
        request = Request(members=members, tables=tuple(tables), edition="public")
        published = publish.publish(request, thresholds=self._thresholds, registry=self.registry)
        self.registry = published.registry
        names = [table.variable for table in tables]
        if len(set(names)) < len(names):
            raise ValueError(f"asked for twice among {names}")
        pairs = zip(names, published.results, strict=True)
        return {name: result for name, result in pairs if not isinstance(result, Withheld)}
