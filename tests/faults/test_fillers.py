"""The forms filled in by the programs people have, each on its own, and read back exactly.

What is needed is fetched into build/ or installed as a system package; where that can't be, the
test is skipped and says so.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import pytest

from revmentor_desktop.domain import returns
from tests import fillers

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
PDFJS = "pdfjs-dist@5.6.205"
INTEREST = {
    returns.offer_field(7): returns.TICKED,
    returns.level_field(7): "4",
    returns.want_field(10): returns.TICKED,
    returns.OTHER_WANTS: fillers.AWKWARD,
    returns.half_day_field("wed pm"): returns.TICKED,
    returns.meeting_field("online"): returns.TICKED,
    returns.KNOWN: f"Ann\nBo\n{fillers.AWKWARD}",
    returns.AGREES: returns.TICKED,
}
FORMS = {
    "session": (fillers.session_pdf, fillers.VALUES, fillers.session_form().token),
    "interest": (fillers.interest_pdf, INTEREST, fillers.interest_form().token),
}


@pytest.fixture(params=FORMS)
def form(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, Mapping[str, str], str]:
    """A blank form on disk, what is to be typed into it, and its token."""
    make, values, token = FORMS[request.param]
    return fillers.save(make(), tmp_path / "blank.pdf"), values, token


def check(program: Sequence[str | Path], form: tuple[Path, Mapping[str, str], str]) -> None:
    """Run a filler over the form and compare what comes back."""
    blank, values, token = form
    typed = blank.with_name("values.json")
    typed.write_text(json.dumps(values), "utf-8")
    filled = blank.with_name("filled.pdf")
    ran = subprocess.run([*program, blank, typed, filled], capture_output=True, check=False)
    assert ran.returncode == 0, ran.stderr.decode(errors="replace")
    assert fillers.read_back(filled.read_bytes()) == values | {returns.TOKEN: token}


def system_package(*names: str) -> None:
    """Install system packages, or skip the test."""
    command = [sys.executable, str(ROOT / ".setup" / "system_libraries.py"), "--package", *names]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip(f"{' and '.join(names)} cannot be had here")


def test_firefox(form: tuple[Path, Mapping[str, str], str]) -> None:
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        pytest.skip("node and npm, which run pdf.js, are not here")
    place = ROOT / "build" / "fillers"
    place.mkdir(parents=True, exist_ok=True)
    script = shutil.copy(HERE / "fill_with_pdfjs.mjs", place)
    if not (place / "node_modules" / "pdfjs-dist").is_dir():
        options = ["--no-audit", "--no-fund", "--no-save", "--ignore-scripts", "--silent"]
        command = [npm, "install", "--prefix", str(place), *options, PDFJS]
        if subprocess.run(command, capture_output=True, check=False).returncode:
            pytest.skip("pdf.js cannot be fetched here")
    check([node, script], form)


def test_evince_and_okular(form: tuple[Path, Mapping[str, str], str]) -> None:
    python = Path("/usr/bin/python3")
    knows = [python, "-c", "import gi; gi.require_version('Poppler', '0.18')"]
    if not python.exists() or subprocess.run(knows, capture_output=True, check=False).returncode:
        system_package("python3-gi", "gir1.2-poppler-0.18")
    check([python, HERE / "fill_with_poppler.py"], form)


def test_pdftk(form: tuple[Path, Mapping[str, str], str]) -> None:
    if shutil.which("pdftk") is None:
        system_package("pdftk-java")
    blank, values, token = form
    fields = "".join(
        f"<field name={quoteattr(name)}><value>{escape(value)}</value></field>"
        for name, value in values.items()
    )
    data = blank.with_name("values.xfdf")
    data.write_text(
        '<?xml version="1.0" encoding="UTF-8"?><xfdf xmlns="http://ns.adobe.com/xfdf/" '
        f'xml:space="preserve"><fields>{fields}</fields></xfdf>',
        "utf-8",
    )
    filled = blank.with_name("filled.pdf")
    subprocess.run(["pdftk", blank, "fill_form", data, "output", filled], check=True)
    assert fillers.read_back(filled.read_bytes()) == values | {returns.TOKEN: token}


def test_chrome_and_edge(form: tuple[Path, Mapping[str, str], str]) -> None:
    blank, values, token = form
    filled = fillers.fill_with_pdfium(blank.read_bytes(), values)
    assert fillers.read_back(filled) == values | {returns.TOKEN: token}
