"""The main job through the window, from the staff list to the printed pack and back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from revmentor_desktop.domain.pairs import PairState
from revmentor_desktop.domain.printed import DocumentKind
from revmentor_desktop.domain.programmes import EnrolmentState, Role
from revmentor_desktop.gui.fields import ChoiceField, DateField, TextField, TokenField
from revmentor_desktop.gui.import_window import ImportWindow
from revmentor_desktop.gui.main_window import MainWindow
from revmentor_desktop.gui.pack_window import PackWindow
from revmentor_desktop.gui.pairs_tab import PairsTab
from revmentor_desktop.gui.programme_form import ProgrammeForm
from revmentor_desktop.gui.review.window import ReviewWindow
from revmentor_desktop.gui.session_form import SessionForm
from revmentor_desktop.gui.staff_tab import StaffTab
from revmentor_desktop.services import enrolments, pairs, session_logs, staff_choices
from revmentor_desktop.services.pairs import PairRow

OWN = Path(__file__).parents[1] / "files" / "staff.csv"
D = TypeVar("D", bound=QDialog)


class Coordinator:
    """Does what she does, with keyboard and mouse."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        self.window, self.qtbot = window, qtbot

    @property
    def tab(self) -> QWidget:
        tab = self.window.current_tab()
        assert tab is not None
        return tab

    def command(self, name: str, kind: type[D]) -> D:
        self.window.run_command(name)
        found = [one for one in self.window.findChildren(kind) if one.isVisible()]
        assert len(found) == 1
        return found[0]

    def bring_in(self, path: Path) -> None:
        dialog = self.command("import", ImportWindow)
        dialog.load(path)
        self.qtbot.waitUntil(lambda: bool(dialog.boxes), timeout=20_000)
        dialog.told_on.set_value("today")
        assert dialog.error == ""
        with self.qtbot.waitSignal(dialog.accepted, timeout=20_000):
            self.qtbot.mouseClick(dialog.store_button, Qt.MouseButton.LeftButton)

    def make_programme(self, name: str) -> None:
        form = self.command("new_programme", ProgrammeForm)
        field = form.fields["name"]
        assert isinstance(field, TextField)
        self.qtbot.keyClicks(field, name)
        self.qtbot.keyClick(field, Qt.Key.Key_Return)
        assert form.error == ""

    def enrol(self, level: str, role: Role) -> None:
        self.window.show_tab("staff", {"level": self.level_id(level)})
        assert isinstance(self.tab, StaffTab)
        self.tab.page.view.selectAll()
        self.tab.enrol(role)

    def level_id(self, name: str) -> int:
        assert isinstance(self.tab, StaffTab) or self.window.show_tab("staff") is None
        assert isinstance(self.tab, StaffTab)
        filters = self.context.read(self.tab.page.model.source.filter_choices)
        [level] = [f for f in filters if f.key == "level"]
        return next(int(str(value)) for value, text in level.choices if text == name)

    @property
    def context(self):  # noqa: ANN201
        assert self.window.context is not None
        return self.window.context

    def pairs(self) -> list[PairRow]:
        assert self.window.programme is not None
        return self.context.read(pairs.of_programme, self.window.programme.id)

    def propose_and_accept(self) -> int:
        dialog = self.command("propose_pairs", ReviewWindow)
        self.qtbot.waitUntil(lambda: dialog.review is not None, timeout=20_000)
        count = len(dialog.proposal.model.ticked())
        self.qtbot.mouseClick(dialog.foot.accept_button, Qt.MouseButton.LeftButton)
        return count


@pytest.fixture
def coordinator(open_window: MainWindow, qtbot: QtBot) -> Coordinator:
    return Coordinator(open_window, qtbot)


def test_from_a_list_to_a_printed_pack(  # noqa: PLR0915 - one journey
    coordinator: Coordinator, organisation_file: Path, tmp_path: Path,
    type_text: Callable[[QWidget, str], None],
) -> None:  # fmt: skip
    window, qtbot = coordinator.window, coordinator.qtbot
    coordinator.bring_in(OWN)
    assert len(coordinator.context.read(staff_choices.names)) == 11

    coordinator.make_programme("Learning both ways")
    assert window.programme is not None
    for level in ("Executive", "Director", "Manager"):
        coordinator.enrol(level, Role.MENTEE)
    for level in ("Specialist", "Assistant"):
        coordinator.enrol(level, Role.MENTOR)
    counts = coordinator.context.read(enrolments.counts, window.programme.id)
    assert sum(counts.values()) == 11
    assert {state for _role, state in counts} == {EnrolmentState.ENROLLED}

    made = coordinator.propose_and_accept()
    found = coordinator.pairs()
    assert made == len(found) > 0
    assert all(row.reason and row.state is PairState.PROPOSED for row in found)

    # One undo takes the whole acceptance back, one redo brings it again.
    window.run_command("undo")
    assert coordinator.pairs() == []
    window.run_command("redo")
    assert coordinator.pairs() == found

    # A cell is edited in place.
    window.show_tab("pairs")
    assert isinstance(coordinator.tab, PairsTab)
    page = coordinator.tab.page
    assert page is not None
    column = [c.key for c in page.model.columns].index("shared_aim")
    index = page.model.index(0, column)
    page.view.setCurrentIndex(index)
    page.view.edit(index)
    [editor] = [f for f in page.view.findChildren(TextField) if f.isVisible()]
    type_text(editor, "Zoë’s aim")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Zoë’s aim" in [row.shared_aim for row in coordinator.pairs()])
    window.run_command("undo")
    assert "Zoë’s aim" not in [row.shared_aim for row in coordinator.pairs()]

    # A session is logged from the chosen pair with Ctrl+L.
    page.view.selectRow(0)
    [pair_id] = page.selected_ids()
    form = coordinator.command("log_session", SessionForm)
    assert isinstance(form.pair, ChoiceField)
    assert form.pair.value() == pair_id
    assert isinstance(form.topics, TokenField)
    qtbot.keyClicks(form.topics, "Safe passwords and personal data")
    assert isinstance(form.next_date, DateField)
    form.next_date.set_value("+21")
    qtbot.mouseClick(form.save_button, Qt.MouseButton.LeftButton)
    assert form.error == ""
    [log] = coordinator.context.read(session_logs.of_pair, pair_id)
    assert log.held_on == date(2026, 3, 2)
    assert log.next_date == date(2026, 3, 23)
    [row] = [row for row in coordinator.pairs() if row.id == pair_id]
    assert row.state is PairState.ACTIVE, "a session that was held starts the pair"

    # The pack.
    target = tmp_path / "Päck.pdf"
    packs = coordinator.command("print_pack", PackWindow)
    packs.choices.choose(DocumentKind)
    qtbot.waitUntil(lambda: not packs.is_looking, timeout=30_000)
    packs.write(target)
    assert "baselines outstanding" in packs.output.notice.text
    [anyway] = [b for b in packs.findChildren(QPushButton) if b.text() == "Save anyway"]
    with qtbot.waitSignal(packs.output.written, timeout=30_000):
        qtbot.mouseClick(anyway, Qt.MouseButton.LeftButton)
    packs.reject()
    document = pypdfium2.PdfDocument(target.read_bytes())
    text = "\n".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    for row in coordinator.pairs():
        assert row.code in text
    assert all(row.letters_on == date(2026, 3, 2) for row in coordinator.pairs())

    # Everything is there after closing and opening again.
    before = coordinator.pairs()
    window.close_file()
    window.files.open_path(str(organisation_file))
    assert coordinator.pairs() == before
    assert coordinator.context.workspace.backups(), "closing made a backup"


def test_a_real_list_through_the_window(coordinator: Coordinator, shared_data: Path) -> None:
    coordinator.bring_in(shared_data / "staff-oracle-hr.csv")
    assert len(coordinator.context.read(staff_choices.names)) == 107
    coordinator.window.run_command("undo")
    assert coordinator.context.read(staff_choices.names) == [], "one undo takes all of it back"
    coordinator.window.run_command("redo")
    coordinator.make_programme("Upwards")
    coordinator.window.run_command("propose_roles")
    assert coordinator.window.programme is not None
    counts = coordinator.context.read(enrolments.counts, coordinator.window.programme.id)
    assert {state for _r, state in counts} == {EnrolmentState.CANDIDATE}
    assert isinstance(coordinator.tab, StaffTab)
    coordinator.tab.page.view.selectAll()
    coordinator.tab.set_state(EnrolmentState.ENROLLED)
    assert coordinator.propose_and_accept() > 20


def test_a_list_with_an_open_quote_is_refused_and_nothing_comes_in(
    coordinator: Coordinator, tmp_path: Path
) -> None:
    path = tmp_path / "broken.csv"
    path.write_text('Name\n"Ann\nBob\n', "utf-8")
    dialog = coordinator.command("import", ImportWindow)
    dialog.load(path)
    coordinator.qtbot.waitUntil(lambda: bool(dialog.error), timeout=20_000)
    assert "line 2" in dialog.error
    assert dialog.isVisible()
    dialog.reject()
    assert coordinator.context.read(staff_choices.names) == []


def test_a_pack_into_a_folder_that_is_not_there_is_refused_in_words(
    coordinator: Coordinator, tmp_path: Path
) -> None:
    coordinator.bring_in(OWN)
    coordinator.make_programme("A")
    for level, role in (("Director", Role.MENTEE), ("Assistant", Role.MENTOR)):
        coordinator.enrol(level, role)
    coordinator.propose_and_accept()
    packs = coordinator.command("print_pack", PackWindow)
    packs.choices.choose([DocumentKind.TIMELINE])
    coordinator.qtbot.waitUntil(lambda: not packs.is_looking, timeout=20_000)
    packs.write(tmp_path / "none" / "p.pdf")
    coordinator.qtbot.waitUntil(lambda: "is not there" in packs.output.notice.text, timeout=20_000)
    assert packs.isVisible()
    packs.reject()
    assert all(row.letters_on is None for row in coordinator.pairs())
