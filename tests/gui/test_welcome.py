"""The first page: what is offered, what is remembered, and why a file was refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog, QPushButton

from revmentor_desktop.gui.backups_dialog import BackupsDialog
from revmentor_desktop.gui.main_window import MainWindow
from revmentor_desktop.gui.new_file_form import NewFileForm
from revmentor_desktop.gui.welcome import Welcome
from revmentor_desktop.jobs import files, places
from revmentor_desktop.services import organisation, topics

Find = Callable[[type[QDialog]], QDialog]


def open_form(window: MainWindow, dialog: Find, tmp_path: Path) -> NewFileForm:
    """The form behind "Start empty", keeping its file in a folder of the test."""
    window.welcome.buttons["new_wanted"].click()
    form = dialog(NewFileForm)
    assert isinstance(form, NewFileForm)
    form._folder = tmp_path
    return form


def test_three_cards_and_the_way_to_another_file(window: MainWindow) -> None:
    texts = [one.text().replace("&", "") for one in window.welcome.findChildren(QPushButton)]
    for wanted in ("Open the sample", "Choose a list …", "Make a file …", "Open another file …"):
        assert any(wanted in text for text in texts), wanted
    assert window.stack.currentWidget() is window.welcome


def test_start_empty_makes_a_file_with_the_topics(
    window: MainWindow, dialog: Find, tmp_path: Path
) -> None:
    form = open_form(window, dialog, tmp_path)
    form.name.setText("Smith & Söhne: Nord/Süd")
    form.coordinator.setText(" Zoë Prendergast ")
    form.accept()
    assert window.context is not None
    stored = window.context.read(organisation.settings)
    assert stored["coordinator"] == "Zoë Prendergast", "it stands under the letters"
    assert window.context.workspace.path == tmp_path / "Smith & Söhne Nord Süd.revmentor"
    assert window.windowTitle() == "Smith & Söhne: Nord/Süd – RevMentor"
    assert len(window.context.read(topics.choices)) > 50
    assert window.tab_row.bar.currentIndex() == 1


def test_a_file_needs_the_name_of_its_organisation(
    window: MainWindow, dialog: Find, tmp_path: Path
) -> None:
    form = open_form(window, dialog, tmp_path)
    form.name.setText("   ")
    form.accept()
    assert form.isVisible()
    assert form.error == "Say whose file this is. The name stands on every letter."
    assert list(tmp_path.glob("*.revmentor")) == []


def test_an_existing_file_is_never_written_over(
    window: MainWindow, dialog: Find, tmp_path: Path, organisation_file: Path
) -> None:
    before = organisation_file.read_bytes()
    form = open_form(window, dialog, tmp_path)
    form.name.setText("Harbour Bank")
    form.accept()
    assert window.context is not None
    assert window.context.workspace.path.name == "Harbour Bank 2.revmentor"
    assert organisation_file.read_bytes() == before


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("../../etc/passwd", "etc passwd"),
        ("  A  \n B\t", "A B"),
        ("...", "RevMentor"),
        ("Ünïté 東京", "Ünïté 東京"),
        ("x" * 300, "x" * 80),
    ],
)
def test_any_name_gives_a_file_name(tmp_path: Path, name: str, stem: str) -> None:
    assert places.free_path(tmp_path, name) == tmp_path / f"{stem}.revmentor"


def test_recent_files_are_offered_while_they_are_there(
    open_window: MainWindow, organisation_file: Path
) -> None:
    open_window.close_file()
    names = [one.accessibleName() for one in open_window.welcome.findChildren(QPushButton)]
    assert "Harbour Bank" in names
    organisation_file.unlink()
    open_window.show_welcome()
    page = Welcome()
    page.show_recent(open_window.memory.recent_files())
    assert "Harbour Bank" not in [one.accessibleName() for one in page.findChildren(QPushButton)]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"Name,Department\nAnn,Sales\n" * 200, "is not a RevMentor file"),
    ],
)
def test_a_refusal_is_one_sentence_on_the_welcome_page(
    window: MainWindow, tmp_path: Path, content: bytes, words: str
) -> None:
    path = tmp_path / "other.revmentor"
    path.write_bytes(content)
    window.files.open_path(str(path))
    assert words in window.welcome.refusal
    assert window.context is None
    assert window.stack.currentWidget() is window.welcome
    assert not window.welcome.rescue_button.isVisible()
    assert path.read_bytes() == content


def test_a_second_window_is_told_who_has_the_file(
    window: MainWindow, organisation_file: Path, clock: Callable[[], datetime]
) -> None:
    with files.open_file(organisation_file, clock):
        window.files.open_path(str(organisation_file))
    assert "is open already" in window.welcome.refusal
    assert not window.welcome.rescue_button.isVisible()


def test_a_refused_file_leaves_the_open_one_as_it_is(
    open_window: MainWindow, tmp_path: Path
) -> None:
    other = tmp_path / "other.revmentor"
    other.write_bytes(b"")
    open_window.files.open_path(str(other))
    assert open_window.context is not None
    assert "is empty" in open_window.toast.text


def test_a_damaged_file_comes_back_from_a_backup(
    open_window: MainWindow, organisation_file: Path, dialog: Find
) -> None:
    window = open_window
    assert window.context is not None
    window.context.do("", organisation.save_settings, {"name": "Harbour Bank", "footer": "Pier 1"})
    window.close_file()
    torn = organisation_file.read_bytes()[:6000]
    organisation_file.write_bytes(torn)
    window.files.open_path(str(organisation_file))
    assert window.context is None
    assert window.welcome.rescue_button.isVisible()
    window.welcome.rescue_button.click()
    found = dialog(BackupsDialog)
    assert isinstance(found, BackupsDialog)
    found.accept()
    assert window.context is not None
    assert window.context.read(organisation.settings)["footer"] == "Pier 1"
    aside = [path for path in organisation_file.parent.glob("*damaged*") if path.is_file()]
    assert [path.read_bytes() for path in aside if path.suffix == ".revmentor"] == [torn]
