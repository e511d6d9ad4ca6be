"""What holds for every module, so that nobody has to remember it."""

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from survey import paths

ROOT = paths.ROOT
MODULES = sorted([*ROOT.glob("survey/**/*.py"), *ROOT.glob("connector/**/*.py")])
LONGEST = 300
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]


def test_every_init_file_is_empty():
    assert [
        str(path) for path in MODULES if path.name == "__init__.py" and path.stat().st_size
    ] == []


@pytest.mark.parametrize("folder", ["survey", "connector"])
def test_every_folder_with_modules_is_a_package(folder):
    folders = {path.parent for path in MODULES if path.is_relative_to(ROOT / folder)}
    assert [str(each) for each in sorted(folders) if not (each / "__init__.py").exists()] == []


@pytest.mark.parametrize("package", ["survey", "connector"])
def test_every_module_has_its_floor(package):
    placed = {
        name.strip(" ()")
        for contract in CONTRACTS["contracts"]
        if contract["type"] == "layers" and contract["containers"] == [package]
        for layer in contract["layers"]
        for name in layer.split("|")
    }
    there = {
        path.stem if path.is_file() else path.name
        for path in (ROOT / package).iterdir()
        if path.suffix == ".py" or (path / "__init__.py").exists()
    } - {"__init__"}
    assert there - placed == set()


def test_layers_are_exhaustive():
    layers = [each for each in CONTRACTS["contracts"] if each["type"] == "layers"]
    assert all(each["exhaustive"] for each in layers)
    containers = {each["containers"][0] for each in layers}
    assert {"survey", "connector", "connector.imports"} <= containers


ALLOWED = {
    "litestar": {"web", "app", "staff_app", "http"},
    "sqlite3": {"engine"},
    "cryptography": {"linkage"},
    "weasyprint": {"document"},
}


@pytest.mark.parametrize("library", sorted(ALLOWED))
def test_every_other_floor_is_forbidden_to_import(library):
    contract = next(
        each for each in CONTRACTS["contracts"] if library in each.get("forbidden_modules", ())
    )
    expected = _modules("survey", *ALLOWED[library], "paths", "errors")
    # The connector has pages of its own, so its other modules are named one by one.
    connector = _modules("connector", "app", "web") if library == "litestar" else {"connector"}
    assert expected | connector <= set(contract["source_modules"])


def _modules(package, *but):
    there = {
        path.stem if path.is_file() else path.name
        for path in (ROOT / package).iterdir()
        if path.suffix == ".py" or (path / "__init__.py").exists()
    }
    return {f"{package}.{name}" for name in there - {"__init__", *but}}


def test_no_module_hides_a_cycle_from_the_type_checker():
    word = "TYPE_" + "CHECKING"
    assert [str(path) for path in MODULES if word in path.read_text("utf-8")] == []


def test_no_module_is_longer_than_three_screens_and_a_half():
    lengths = {str(path): path.read_text("utf-8").count("\n") for path in MODULES}
    assert {path: lines for path, lines in lengths.items() if lines > LONGEST} == {}


def test_imports_stand_at_the_top():
    """Only the command groups load by name, and they do so by importlib."""
    hidden = [
        f"{path}:{inner.lineno}"
        for path in MODULES
        for function in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for inner in ast.walk(function)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    assert hidden == []


@pytest.mark.parametrize("folder", ["survey/store/migrations", "connector/state/migrations"])
def test_migrations_are_numbered_without_a_gap(folder):
    names = sorted(path.name for path in (ROOT / folder).glob("*.sql"))
    numbers = [int(name[:3]) for name in names]
    assert names
    assert numbers == list(range(1, len(names) + 1))
    assert all(name[3] == "_" for name in names)


HEAVY = {"weasyprint", "scipy", "numpy", "pandas", "sqlite_utils", "statsmodels", "pikepdf"}


def test_the_web_process_loads_nothing_that_only_reports_need():
    code = f"import sys, survey.app; print(sorted({HEAVY!r} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("command", ["survey", "connector"])
def test_help_loads_no_command(command):
    code = (
        f"import sys; from {command}.cli import main\n"
        "main.main(['--version'], standalone_mode=False)\n"
        f"print(sorted(({HEAVY!r} | {{'litestar', 'httpx'}}) & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def _tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


# In parts, so that this file does not find itself.
HOME_PATHS = ["/ho" + "me/", "/ro" + "ot/", "/Us" + "ers/", "/wo" + "rk/"]
REGISTRIES = [
    "files.python" + "hosted.org",
    "registry.npm" + "js.org",
    "pypi" + ".org",
    "--index" + "-url",
]


def test_no_tracked_file_names_a_machine_or_a_registry():
    """A clone must work from whatever mirror its owner uses, and tell nothing about ours."""
    found = []
    for path in _tracked():
        if path.suffix in {".png", ".pdf", ".woff2"}:
            continue
        text = path.read_text("utf-8", "replace")
        found += [f"{path}: {word}" for word in [*HOME_PATHS, *REGISTRIES] if word in text]
    assert found == []
