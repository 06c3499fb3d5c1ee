"""The main job from end to end without a window: a staff list becomes a printed programme pack."""

from __future__ import annotations

import csv
import hashlib
import io
from pathlib import Path

import pypdfium2
import pytest

from revmentor_desktop import cli

OWN = Path(__file__).parent / "files" / "staff.csv"


@pytest.fixture(autouse=True)
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The program's own folder, apart from the user's."""
    monkeypatch.setenv("REVMENTOR_DATA_DIR", str(tmp_path / "data"))
    return tmp_path / "data"


def text_of(path: Path) -> str:
    document = pypdfium2.PdfDocument(path.read_bytes())
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def export(file: Path, out: Path, *more: str) -> list[dict[str, str]]:
    assert cli.run(["export", str(file), str(out), *more]) == 0
    return list(csv.DictReader(io.StringIO(out.read_text("utf-8-sig"))))


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_our_own_list_becomes_a_pack(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "Alder Ünï.revmentor"
    assert cli.run(["new", str(file), "--name", "Alder Library Service"]) == 0
    assert cli.run(["import", str(file), str(OWN), "--told", "2026-01-05"]) == 0
    said = capsys.readouterr().out
    assert "31/02/2024" in said
    assert "Row 15" in said
    assert "11 people added" in said

    people = {row["Name"]: row for row in export(file, tmp_path / "staff.csv")}
    assert people["Νίκος Παπαδόπουλος"]["Manager"] == "Bridget Okafor"
    assert people["Priya Dutta"]["Started"] == "2022-10-05"
    assert people["Tariq Aziz"]["E-mail"] == ""
    assert people["Zoë Łuczak"]["Level"] == "Director"

    assert cli.run(["match", str(file), "--accept", "--csv", str(tmp_path / "pairs.csv")]) == 0
    pairs = list(csv.DictReader(io.StringIO((tmp_path / "pairs.csv").read_text("utf-8-sig"))))
    assert pairs
    assert all(row["reason"] for row in pairs)

    pack = tmp_path / "pack.pdf"
    command = ["pack", str(file), str(pack), "--date", "2026-03-02"]
    assert cli.run(command) == 0
    text = text_of(pack)
    for row in pairs:
        assert row["mentor"] in text
        assert row["mentee"] in text
    first = digest(pack)
    assert cli.run(command) == 0
    assert digest(pack) == first, "the record of the issue changed a page"

    backup, back = tmp_path / "copy.revmentor", tmp_path / "back.revmentor"
    assert cli.run(["backup", str(file), str(backup)]) == 0
    assert cli.run(["restore", str(backup), str(back)]) == 0
    assert cli.run(["check", str(back)]) == 0
    assert export(back, tmp_path / "again.csv", "--what", "pairs") == export(
        file, tmp_path / "once.csv", "--what", "pairs"
    )


def test_a_real_list_comes_in_with_nothing_mapped_by_hand(
    tmp_path: Path, shared_data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "hr.revmentor"
    cli.run(["new", str(file)])
    sheet = str(shared_data / "staff-oracle-hr.csv")
    assert cli.run(["import", str(file), sheet, "--told", "2026-01-05"]) == 0
    rows = export(file, tmp_path / "staff.csv")
    assert len(rows) == 107
    assert sum(bool(row["Manager"]) for row in rows) == 106
    assert all(row["Started"] and row["Level"] for row in rows)
    assert {row["Site"] for row in rows} >= {"Seattle", "Oxford", "South San Francisco"}
    levels = {row["Name"]: row["Level"] for row in rows}
    assert levels["Steven King"] == "Executive"
    capsys.readouterr()
    assert cli.run(["match", str(file), "--accept"]) == 0
    said = capsys.readouterr()
    assert "Nobody has given topics yet" in said.err
    assert "“" not in said.out, "a reason speaks of topics that nobody gave"
    pairs = export(file, tmp_path / "pairs.csv", "--what", "pairs")
    managers = {row["Name"]: row["Manager"] for row in rows}
    for pair in pairs:
        assert managers[pair["Mentor"]] != pair["Mentee"], "a manager was paired with a report"
    assert cli.run(["pack", str(file), str(tmp_path / "p.pdf"), "--documents", "letters"]) == 0
    text = text_of(tmp_path / "p.pdf")
    assert pairs[0]["Mentor"] in text
    assert "What you bring" not in text, "a letter speaks of topics that nobody gave"


def test_the_same_list_again_changes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "a.revmentor"
    cli.run(["new", str(file)])
    cli.run(["import", str(file), str(OWN)])
    once = export(file, tmp_path / "1.csv")
    assert cli.run(["import", str(file), str(OWN)]) == 0
    assert export(file, tmp_path / "2.csv") == once


def test_without_accept_nothing_is_stored(tmp_path: Path) -> None:
    file = tmp_path / "a.revmentor"
    cli.run(["new", str(file)])
    cli.run(["import", str(file), str(OWN), "--told", "2026-01-05"])
    before = digest(file)
    assert cli.run(["match", str(file)]) == 0
    assert digest(file) == before


REFUSED = (
    (["new", "{file}"], "exists already"),
    (["import", "{file}", "{dir}/none.csv"], "is not there any more"),
    (["import", "{file}", "{own}", "--strict"], "Row"),
    (["import", "{file}", "{own}", "--map", "Naem=full_name"], "Did you mean “Name”?"),
    (["import", "{file}", "{own}", "--map", "Name=nmae"], "There is no field"),
    (["import", "{file}", "{quote}"], "line 2: a quotation mark is opened here and never closed"),
    (["match", "{file}", "--programme", "No such"], "There is no programme called “No such”"),
    (["pack", "{file}", "{dir}/p.pdf"], "There is no programme in this file yet"),
    (["pack", "{file}", "{dir}/p.pdf", "--documents", "poem"], "no programme"),
    (["export", "{file}", "{dir}/x.doc"], "must end in .xlsx, .csv or .ics"),
    (["export", "{file}", "{dir}/none/x.csv"], "The folder"),
    (["export", "{file}", "{dir}/x.csv", "--what", "cats"], "There is no list called “cats”"),
    (["check", "{quote}"], "is not a RevMentor file"),
    (["check", "{empty}"], "is empty"),
    (["check", "{dir}/gone.revmentor"], "is not there any more"),
    (["restore", "{file}", "{file}"], "never written over"),
    (["import", "{file}"], "required"),
    (["import", "{file}", "{own}", "--told", "2026-02-31"], "is not a date"),
)


@pytest.mark.parametrize(("command", "sentence"), REFUSED)
def test_bad_input_is_one_sentence_and_changes_no_byte(
    tmp_path: Path, command: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "a.revmentor"
    cli.run(["new", str(file)])
    quote, empty = tmp_path / "quote.csv", tmp_path / "empty.revmentor"
    quote.write_text('Name,Team\n"Ann,Red\nBob,Blue\n', "utf-8")
    empty.touch()
    places = {"file": file, "dir": tmp_path, "own": OWN, "quote": quote, "empty": empty}
    before = digest(file)
    capsys.readouterr()
    assert cli.run([part.format(**places) for part in command]) == 2
    said = capsys.readouterr()
    assert sentence in said.err
    assert len(said.err.strip().splitlines()) == 1
    assert "Traceback" not in said.err
    assert digest(file) == before
