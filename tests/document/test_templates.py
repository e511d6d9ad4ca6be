"""Templates escape, refuse unknown names and keep languages apart."""

from gettext import NullTranslations

import pytest
from jinja2 import UndefinedError

from survey.document import templates


class Loud(NullTranslations):
    def gettext(self, message: str) -> str:
        return message.upper()


def test_two_languages_never_mix() -> None:
    text = "{{ _('Weiter') }}"
    loud = templates.translated(Loud())
    assert templates.environment().from_string(text).render() == "Weiter"
    assert loud.from_string(text).render() == "WEITER"
    assert templates.environment().from_string(text).render() == "Weiter"


def test_values_are_escaped_in_translated_sentences() -> None:
    made = templates.environment().from_string("{{ _('%(who)s fragt', who=name) }}")
    assert made.render(name="<b>") == "&lt;b&gt; fragt"


def test_an_unknown_name_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        templates.environment().from_string("{{ gone }}").render()
