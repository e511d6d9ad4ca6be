"""What a wheel carries beside the packages: forms, templates and static files.

An editable installation takes them from the checkout, where the fetched ones may not be yet.
"""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

FETCHED = ("fonts", "vendor")
ONLY_HERE = {"node_modules", "readme", "package.json", "package-lock.json", "fetched.sha256"}


class Assets(BuildHookInterface):  # type: ignore[type-arg]
    """Adds them to a wheel; an editable one has none."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by the build before files are collected."""
        if version == "editable":
            return
        root = Path(self.root)
        static = root / "static"
        missing = [name for name in FETCHED if not (static / name).is_dir()]
        if missing:
            raise FileNotFoundError(f"static/{missing[0]} is not there: run .ci/setup first")
        found = [root / "forms", root / "templates"]
        found += [path for path in static.iterdir() if path.name not in ONLY_HERE]
        for path in found:
            inside = path.relative_to(root).as_posix()
            build_data["force_include"][str(path)] = f"survey/assets/{inside}"
