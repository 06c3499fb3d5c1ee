"""A fresh machine gets the pinned libraries, the shipped files and one clear sentence if not."""

from __future__ import annotations

import gettext
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

import revmentor_desktop
from revmentor_desktop import resources

ROOT = Path(__file__).resolve().parents[1]
SETUP = ROOT / ".setup"


@pytest.fixture(scope="module")
def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


@pytest.fixture(scope="module")
def pins() -> dict[str, Version]:
    text = (ROOT / "requirements.txt").read_text("utf-8")
    found = re.findall(r"^([a-z0-9._-]+)==([^\s;]+)", text, re.MULTILINE)
    return {name.replace("_", "-"): Version(version) for name, version in found}


@pytest.fixture(scope="module")
def system_libraries() -> ModuleType:
    return load(SETUP / "system_libraries.py")


def test_the_version_is_told_once(project: dict[str, Any]) -> None:
    assert revmentor_desktop.__version__ == project["version"]


def test_every_library_is_pinned_within_its_range(
    project: dict[str, Any], pins: dict[str, Version]
) -> None:
    extras = project["optional-dependencies"]
    wanted = [*project["dependencies"], *extras["test"], *extras["build"]]
    for requirement in map(Requirement, wanted):
        name = requirement.name.lower().replace("_", "-")
        assert pins[name] in requirement.specifier, name


def test_the_pins_hold_hashes_and_no_address() -> None:
    lines = (ROOT / "requirements.txt").read_text("utf-8").splitlines()
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        assert re.match(r"[a-z0-9._-]+==|    --hash=sha256:[0-9a-f]{64}", line), line
        assert line.startswith(" ") or following.startswith("    --hash="), line
    assert "/" not in "\n".join(lines)


def test_the_makefile_works_in_any_folder() -> None:
    recipe = (ROOT / "Makefile").read_text("utf-8")
    # A shebang cannot hold a path with spaces, so no installed script is called by its name.
    assert re.findall(r"\.venv/bin/(?!python\b)\w+", recipe) == []
    assert "$(CURDIR)" not in recipe
    assert re.findall(r"(?<![\w.)}/*])/(?:usr|opt|home|tmp|root|work)\b", recipe) == []


@pytest.mark.skipif(os.name == "nt", reason="README.md tells the way on Windows")
def test_the_environment_is_made_in_a_folder_with_spaces_and_other_letters(tmp_path: Path) -> None:
    folder = tmp_path / "Mentoring für Żaneta"
    shutil.copytree(SETUP, folder / ".setup")
    made = make_environment(folder, PYTHON_FOR_VENV=sys.executable)
    assert made.returncode == 0, made.stderr
    python = folder / ".venv" / "bin" / "python"
    asked = subprocess.run([python, "-m", "pip", "--version"], capture_output=True, check=True)
    assert b"pip" in asked.stdout


@pytest.mark.skipif(os.name == "nt", reason="README.md tells the way on Windows")
def test_without_a_new_enough_python_one_sentence_says_so(tmp_path: Path) -> None:
    shutil.copytree(SETUP, tmp_path / ".setup")
    made = make_environment(tmp_path, PATH=str(tmp_path), PYTHON_FOR_VENV="")
    assert made.returncode == 1
    assert made.stderr.count("\n") == 1
    assert "Python 3.11" in made.stderr


def test_missing_libraries_are_named_in_one_line_where_they_may_not_be_installed(
    system_libraries: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(system_libraries.shutil, "which", {"apt-get": "apt-get"}.get)
    monkeypatch.setattr(system_libraries.os, "geteuid", lambda: 1000, raising=False)
    assert system_libraries.provide({"libEGL.so.1": "libegl1"}, {"a.so": "libxcb-cursor0"}) == 1
    told = capsys.readouterr()
    assert told.err.count("\n") == 1
    assert "sudo apt-get install libegl1 libxcb-cursor0" in told.err


def test_what_only_a_screen_needs_does_not_stop_the_set_up(
    system_libraries: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(system_libraries.shutil, "which", lambda name: None)
    assert system_libraries.provide({}, {"libxcb-cursor.so.0": "libxcb-cursor0"}) == 0
    assert "libxcb-cursor0" in capsys.readouterr().err


def test_only_absent_libraries_are_missing(system_libraries: ModuleType) -> None:
    absent = {"libno-such-thing.so.9": "no-such-thing"}
    assert system_libraries.missing(absent) == absent


def test_a_catalogue_is_compiled_beside_its_source(tmp_path: Path) -> None:
    source = tmp_path / "locale" / "de" / "LC_MESSAGES" / "revmentor.po"
    source.parent.mkdir(parents=True)
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
    source.write_text(head + 'msgid "Pair"\nmsgstr "Paar"\n', "utf-8")
    load(SETUP / "compile_catalogues.py").compile_catalogue(source)
    assert gettext.translation("revmentor", tmp_path / "locale", ["de"]).gettext("Pair") == "Paar"


def test_every_licence_is_listed_and_there() -> None:
    folder = resources.path("licences")
    listed = json.loads((folder / "index.json").read_text("utf-8"))
    assert {entry["file"] for entry in listed} == {path.name for path in folder.glob("*.txt")}
    assert all(entry["name"] and entry["licence"] for entry in listed)


def test_icons_can_be_tinted_and_share_one_stroke() -> None:
    icons = sorted(resources.path("icons").glob("*.svg"))
    assert len(icons) > 40
    for icon in icons:
        if icon.stem != "revmentor":
            drawing = icon.read_text("utf-8")
            assert 'stroke="currentColor"' in drawing, icon.stem
            assert 'stroke-width="1.75"' in drawing, icon.stem


@pytest.mark.parametrize(
    "name", ["NotoSans", "NotoSansArabic", "NotoSansHebrew", "NotoSansDevanagari"]
)
@pytest.mark.parametrize("weight", ["Regular", "Bold"])
def test_the_fonts_of_the_paper_are_shipped(name: str, weight: str) -> None:
    assert resources.path("fonts", f"{name}-{weight}.ttf").read_bytes()[:4] == b"\0\1\0\0"


def load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def make_environment(folder: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["/bin/sh", ".setup/environment.sh"],
        cwd=folder,
        env=os.environ | settings,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
