"""The kinds of export that can be read; a new one is a module beside this and one line here."""

from connector.imports.source import csv_file
from connector.imports.source.records import Reader

SOURCES: dict[str, Reader] = {
    "csv": csv_file.opened,
}
