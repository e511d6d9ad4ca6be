"""Where the project's own files lie: forms, templates, static files, translations.

In a checkout forms, templates and static files lie beside the packages, where authors and designers
look for them; a wheel carries them in `survey/assets`.
"""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
ROOT = _PACKAGE.parent
_ASSETS = _PACKAGE / "assets" if (_PACKAGE / "assets").is_dir() else ROOT
FORMS = _ASSETS / "forms"
TEMPLATES = _ASSETS / "templates"
STATIC = _ASSETS / "static"
FONTS = STATIC / "fonts"
LOCALE = _PACKAGE / "language" / "locale"
