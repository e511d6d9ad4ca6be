"""Every test of staff's tables runs on both engines."""

from tests.databases import database

__all__ = ["database"]
