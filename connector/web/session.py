"""Guards that admit roles to pages of the connector."""

from connector.roles import Role
from survey.http import staff_session
from survey.http.staff_session import Guard


def allows(*roles: Role) -> Guard:
    """A guard that lets these roles in; without roles, everybody who is logged in."""
    return staff_session.allows(*roles)
