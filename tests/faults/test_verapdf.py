"""veraPDF judges what we print: PDF/UA-1 and PDF/A-2a; an untagged page is its negative control.

Fetches its engine into build/verapdf and Java through the system's packages; skips, saying so,
where they cannot be had.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import venv
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from filelock import FileLock

from revmentor_desktop.documents.labels import SHEETS, write_labels
from revmentor_desktop.documents.pack import write_pack
from revmentor_desktop.documents.window_sheet import window_test_sheet
from revmentor_desktop.domain.printed import DocumentKind
from revmentor_desktop.jobs import files, pack
from revmentor_desktop.services.packs import Pack
from tests import fillers
from tests.documents import papers

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).parent
JAR = Path("/usr/share/java/jaxb-runtime.jar")
Judge = Callable[..., dict[str, dict[str, object]]]


@pytest.fixture(scope="session")
def python() -> Path:
    """A Python that can call veraPDF."""
    if shutil.which("java") is None or not JAR.exists():
        setup = [sys.executable, str(ROOT / ".setup" / "system_libraries.py"), "--package"]
        subprocess.run([*setup, "default-jre-headless", "libjaxb-java"], check=False)
    if shutil.which("java") is None or not JAR.exists():
        pytest.skip("no Java with JAXB can be had here, so veraPDF is not run")
    folder = ROOT / "build" / "verapdf"
    done = folder / "installed"
    folder.parent.mkdir(exist_ok=True)
    with FileLock(folder.with_suffix(".lock")):  # each worker may come here
        if not done.exists():
            venv.create(folder, clear=True, with_pip=True)
            command = [str(folder / "bin" / "python"), "-m", "pip", "install", "-qq",
                       "--require-hashes", "-r", str(HERE / "verapdf.txt")]  # fmt: skip
            if subprocess.run(command, check=False).returncode:
                pytest.skip("veraPDF's engine cannot be installed here, so it is not run")
            done.touch()
    return folder / "bin" / "python"


@pytest.fixture
def judge(python: Path) -> Judge:
    """Ask veraPDF about files; by file name, what it found."""

    def ask(flavour: str, *names: Path) -> dict[str, dict[str, object]]:
        command = [str(python), str(HERE / "verapdf.py"), flavour, *map(str, names)]
        finished = subprocess.run(command, capture_output=True, text=True, check=False)
        assert finished.returncode == 0, finished.stderr
        found = [json.loads(line) for line in finished.stdout.splitlines() if line[:1] == "{"]
        assert len(found) == len(names), finished.stdout
        return {Path(str(one["file"])).name: one for one in found}

    return ask


def written(folder: Path) -> list[Path]:
    """Every kind of thing we print, each in a file of its own."""
    made = []
    for name, head in papers.heads().items():
        made.append(folder / f"blocks {name}.pdf")
        with made[-1].open("wb") as file:
            write_pack(file, [papers.every_block()], head, f"All blocks, {name}", duplex=True)
    head = papers.head()
    for entry in papers.shipped():
        made.append(folder / f"{entry.title}.pdf")
        with made[-1].open("wb") as file:
            write_pack(file, [entry], head, entry.title)
    made.append(folder / "scripts.pdf")
    with made[-1].open("wb") as file:
        write_pack(file, [papers.scripts()], head, "Zoë, محمد, नमस्ते & <Sons>")
    for name in SHEETS:
        made.append(folder / f"{name}.pdf")
        with made[-1].open("wb") as file:
            write_labels(file, [("Zoë Łuczak", "12 Quayside"), ("محمد العلي", "Quay")] * 12, name,
                         head, "Labels", 3)  # fmt: skip
    made.append(folder / "window.pdf")
    with made[-1].open("wb") as file:
        window_test_sheet(file, papers.head(envelope="DIN 5008 B"))
    return made


def sample_pack(folder: Path) -> Path:
    """The pack of the sample programme, with every document."""
    workspace = files.sample_copy(lambda: datetime(2026, 3, 2, 9))
    target = folder / "sample.pdf"
    pack.make_pack(workspace, target, Pack(1, tuple(DocumentKind), date(2026, 3, 2)))
    workspace.close()
    return target


@pytest.mark.parametrize("flavour", ["ua1", "2a"])
def test_everything_printed_is_accessible_and_archival(
    judge: Judge, flavour: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REVMENTOR_DATA_DIR", str(tmp_path / "data"))
    made = [*written(tmp_path), sample_pack(tmp_path)]
    found = judge(flavour, *made)
    assert {name: one["failed"] for name, one in found.items() if one["failed"]} == {}
    assert all(int(str(one["checked"])) > 100 for one in found.values()), found


def test_forms_are_accessible(judge: Judge, tmp_path: Path) -> None:
    long = fillers.session_form("Zoë Łuczak", "محمد العلي")
    interest = fillers.interest_pdf(head=papers.head(paper="Letter"))
    made = [
        fillers.save(fillers.session_pdf(), tmp_path / "session.pdf"),
        fillers.save(fillers.session_pdf(long, papers.head()), tmp_path / "scripts.pdf"),
        fillers.save(interest, tmp_path / "interest.pdf"),
    ]
    found = judge("ua1", *made)
    assert {name: one["failed"] for name, one in found.items() if one["failed"]} == {}
    assert all(int(str(one["checked"])) > 500 for one in found.values()), found


def test_an_untagged_page_fails(judge: Judge, tmp_path: Path) -> None:
    bare = tmp_path / "bare.pdf"
    with bare.open("wb") as file:
        write_pack(file, [papers.every_block()], papers.head(), "Bare", tagged=False)
    assert judge("ua1", bare)["bare.pdf"]["failed"]
    assert judge("2a", bare)["bare.pdf"]["failed"]
