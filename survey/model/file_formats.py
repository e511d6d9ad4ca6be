"""File formats in which documents leave the server: name, media type and ending, each once."""

from msgspec import Struct


class FileFormat(Struct, frozen=True, kw_only=True):
    """One format; `name` stands in jobs and on the command line, `title` on pages."""

    name: str
    title: str
    media_type: str
    ending: str


PDF = FileFormat(name="pdf", title="PDF", media_type="application/pdf", ending=".pdf")
