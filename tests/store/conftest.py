"""Every test of the store runs on both engines."""

from tests.databases import database

__all__ = ["database"]
