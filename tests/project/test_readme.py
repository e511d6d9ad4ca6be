"""The README says what the commands say, and shows what is there."""

import re
import subprocess
import sys

from survey import paths
from survey.http import fields
from survey.statistics.disclosure import threshold

README = paths.ROOT / "README.md"


def test_the_readme_equals_help():
    done = subprocess.run(
        [sys.executable, "-m", "cogapp", "--check", str(README)],
        cwd=paths.ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"bring it up to date by: cog -r README.md\n{done.stdout}"


def test_every_picture_and_file_the_readme_links_to_is_there():
    linked = re.findall(r"\]\(([^)#]+)\)", README.read_text("utf-8"))
    assert [name for name in linked if "://" not in name and not (paths.ROOT / name).exists()] == []


def test_the_pictures_are_small():
    pictures = list((paths.STATIC / "readme").glob("*.png"))
    assert pictures
    assert sum(path.stat().st_size for path in pictures) < 200_000


def test_decisions_are_numbered_and_short():
    text = README.read_text("utf-8").split("## Decisions", 1)[1].split("\n## ", 1)[0]
    entries = re.split(r"\n(?=\d+\. )", text)[1:]
    assert [int(entry.split(".", 1)[0]) for entry in entries] == list(range(1, len(entries) + 1))
    assert all(entry.strip().count("\n") < 10 for entry in entries)


def test_every_folder_of_the_tree_is_there():
    tree = README.read_text("utf-8").split("## The tree", 1)[1].split("```")[1]
    named = re.findall(r"^ {0,2}([a-z_]+)/ ", tree, re.MULTILINE)
    assert named
    places = [paths.ROOT, paths.ROOT / "survey", paths.ROOT / "connector"]
    assert [name for name in named if not any((place / name).is_dir() for place in places)] == []


def test_every_module_in_the_table_of_nouns_is_there():
    table = README.read_text("utf-8").split("| noun |", 1)[1].split("\n\n", 1)[0]
    floors = [
        ["survey/model", "connector"],
        ["survey/store", "survey/staff", "connector"],
        ["survey/actions", "survey", "connector"],
        ["survey", "connector"],
    ]
    rows = [row.strip("| ").split("|") for row in table.splitlines()[2:]]
    assert len(rows) >= 7
    missing = [
        (row[0].strip(), name)
        for row in rows
        for cell, folders in zip(row[1:], floors, strict=True)
        for name in re.findall(r"`([^`]+)`", cell)
        if not any(
            (place / name).is_dir() or (place / f"{name}.py").is_file()
            for place in (paths.ROOT / folder for folder in folders)
        )
    ]
    assert missing == []


def test_the_decision_about_figures_names_the_floors_that_the_reports_keep():
    said = {3: "three", 10: "ten", 20: "twenty"}
    decision = " ".join(README.read_text("utf-8").split("9. **One door", 1)[1].split())
    k, sensitive = (threshold.rules(threshold.LEAST, kind).k for kind in ("standard", "sensitive"))
    assert f"{said[k]} answers (sensitive ones {said[sensitive]}) under every figure" in decision
    assert f"{said[threshold.CATEGORY]} on each side of a share" in decision
    assert f"{said[k]} on each side of a response rate" in decision
    method = (paths.TEMPLATES / "report" / "protection.html").read_text("utf-8")
    assert f"auf beiden Seiten mindestens {threshold.CATEGORY} stehen" in method


def test_the_proxy_lets_through_what_a_form_may_weigh():
    told = re.search(r"limits\s+bodies to (\d+) kB", README.read_text("utf-8"))
    assert int(told[1]) * 1024 == fields.MOST_BYTES
