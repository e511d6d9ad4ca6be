"""Where the project's own files lie: forms, templates, static files, migrations."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FORMS = ROOT / "forms"
TEMPLATES = ROOT / "templates"
STATIC = ROOT / "static"
FONTS = STATIC / "fonts"
LOCALE = ROOT / "survey" / "language" / "locale"
