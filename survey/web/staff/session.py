"""Which roles a staff page is for."""

from survey.http import staff_session
from survey.http.staff_session import Guard
from survey.model.roles import Role


def allows(*roles: Role) -> Guard:
    """A guard that lets these roles in; without roles, everybody who is logged in."""
    return staff_session.allows(*roles)
