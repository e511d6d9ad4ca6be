"""The wheel is whole: installed without a checkout it makes a house and gives the first page."""

import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from survey import paths
from tests.load.servers import free_port, wait_listening

UV = paths.ROOT / ".tools" / "uv" / "bin" / "uv"


def run(*words: str | Path, **options: object) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(words, capture_output=True, text=True, check=False, **options)
    assert done.returncode == 0, done.stdout + done.stderr
    return done


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    built = [UV, "build", "--wheel", "--build-constraints", paths.ROOT / ".ci" / "build.lock"]
    run(*built, "--out-dir", folder, paths.ROOT)
    (wheel,) = folder.glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory) -> Path:
    """The folder of commands of an empty environment with the wheel and what it asks for."""
    environment = tmp_path_factory.mktemp("empty") / "environment"
    run(UV, "venv", "--python", sys.executable, environment)
    install = [UV, "pip", "install", "--python", environment / "bin" / "python"]
    run(*install, "--constraints", paths.ROOT / "requirements.lock", wheel)
    return environment / "bin"


def test_the_wheel_holds_what_lies_beside_the_packages(wheel: Path):
    held = {Path(name) for name in zipfile.ZipFile(wheel).namelist()}
    for folder in (paths.FORMS, paths.TEMPLATES, paths.STATIC):
        beside = {
            Path("survey/assets") / path.relative_to(paths.ROOT)
            for path in folder.rglob("*")
            if path.is_file() and not {"node_modules", "readme"} & set(path.parts)
        }
        only_for_setup = {"package.json", "package-lock.json", "fetched.sha256"}
        assert {path for path in beside - held if path.name not in only_for_setup} == set()


def test_the_version_is_that_of_the_project(installed: Path):
    project = tomllib.loads((paths.ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    for command in ("survey", "connector"):
        assert project["version"] in run(installed / command, "--version").stdout


@pytest.fixture
def address(installed: Path, tmp_path: Path) -> Iterator[str]:
    """Where a house that was begun with the wheel alone serves its questionnaires."""
    survey = [installed / "survey", "--home", tmp_path / "house"]
    begin = ["init", "--tenant", "musterstadt", "--name", "Jobcenter Musterstadt"]
    begin += ["--base-url", "http://127.0.0.1", "--barrier-address", "barriere@musterstadt.example"]
    run(*survey, *begin, cwd=tmp_path)
    port = free_port()
    with subprocess.Popen(
        [*survey, "serve", "--only", "public", "--port", str(port)], cwd=tmp_path
    ) as serving:
        try:
            wait_listening(serving, port)
            yield f"http://127.0.0.1:{port}"
        finally:
            serving.terminate()


def test_a_house_begins_and_shows_its_first_pages_from_the_wheel(address: str):
    assert httpx.get(f"{address}/").status_code == 200
    for tag in ("de", "de-simple", "en", "ar"):
        page = httpx.get(f"{address}/{tag}/code")
        assert page.status_code == 200
        assert f'lang="{tag.partition("-")[0]}' in page.text
