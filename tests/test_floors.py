"""The house keeps its shape: floors, names at the top, and waits that really wait."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "revmentor_desktop"
TOP_LEVEL = {
    "LICENSE",
    "Makefile",
    "README.md",
    "build.spec",
    "pyproject.toml",
    "requirements.txt",
    "resources",
    "revmentor_desktop",
    "tests",
}
MUST_BE_ENTERED = {"waitExposed", "waitActive", "wait_exposed", "wait_active"}
MUST_BE_USED = MUST_BE_ENTERED | {
    "waitSignal",
    "waitSignals",
    "waitCallback",
    "assertNotEmitted",
    "captureExceptions",
    "capture_exceptions",
}


@pytest.fixture(scope="module")
def contracts() -> dict[str, dict[str, Any]]:
    config = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    return {entry["id"]: entry for entry in config["tool"]["importlinter"]["contracts"]}


def test_every_import_goes_down() -> None:
    code = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports())"
    finished = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=os.environ | {"PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert finished.returncode == 0, finished.stdout[-3000:] + finished.stderr[-1000:]


def test_every_floor_but_the_window_is_kept_from_qt(contracts: dict[str, dict[str, Any]]) -> None:
    named = {name.split(".")[1] for name in contracts["only-gui-knows-qt"]["source_modules"]}
    parts = {path.stem for path in PACKAGE.iterdir() if path.suffix == ".py" or has_code(path)}
    assert parts - {"gui", "__main__", "__init__"} <= named


def test_matching_and_statistics_are_kept_from_every_mapped_class(
    contracts: dict[str, dict[str, Any]],
) -> None:
    refused = set(contracts["pure-functions"]["forbidden_modules"])
    mapped = {
        f"revmentor_desktop.domain.{path.stem}"
        for path in (PACKAGE / "domain").glob("*.py")
        if "sqlalchemy" in imported_packages(path)
    }
    assert mapped
    assert mapped <= refused


def test_what_computes_is_pure(contracts: dict[str, dict[str, Any]]) -> None:
    pure = {name.rpartition(".")[2] for name in contracts["pure-functions"]["source_modules"]}
    present = {path.stem for path in (PACKAGE / "domain").iterdir()}
    assert {"matching", "statistics"} & present <= pure


def test_the_top_level_holds_only_what_the_house_plan_names() -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, encoding="utf-8", check=True
    )
    names = {line.strip('"').split("/")[0] for line in listed.stdout.splitlines()}
    assert {name for name in names if not name.startswith(".")} <= TOP_LEVEL


def test_no_wait_is_called_without_waiting() -> None:
    """pytest-qt's waits are context managers: called bare they do nothing and the test passes."""
    found = [
        f"{path.relative_to(ROOT)}:{line}"
        for path in sorted((ROOT / "tests").rglob("*.py"))
        for line in idle_waits(path.read_text("utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("qtbot.waitExposed(window)", [1]),
        ("blocker = qtbot.waitActive(window)", [1]),
        ("with qtbot.waitExposed(window):\n    window.show()", []),
        ("qtbot.waitSignal(task.done)", [1]),
        ("blocker = qtbot.waitSignal(task.done)\nblocker.wait()", []),
        ("with qtbot.waitSignal(a), qtbot.waitActive(b):\n    pass", []),
        ("qtbot.waitUntil(lambda: done)", []),
    ],
)
def test_an_idle_wait_is_recognised(source: str, lines: list[int]) -> None:
    assert list(idle_waits(source)) == lines


def idle_waits(source: str) -> Iterator[int]:
    """Lines where a wait of pytest-qt is called and never entered."""
    tree = ast.parse(source)
    entered = {
        id(item.context_expr)
        for node in ast.walk(tree)
        if isinstance(node, ast.With)
        for item in node.items
    }
    bare = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        never_entered = node.func.attr in MUST_BE_ENTERED and id(node) not in entered
        thrown_away = node.func.attr in MUST_BE_USED and id(node) in bare
        if never_entered or thrown_away:
            yield node.lineno


def has_code(folder: Path) -> bool:
    return folder.is_dir() and any(folder.glob("*.py"))


def imported_packages(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.split(".")[0])
    return names
