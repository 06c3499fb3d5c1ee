"""The pack window on the sample programme: choose, look through, preview, print, save."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from revmentor_desktop.domain.organisation import Organisation
from revmentor_desktop.domain.pairs import PairState
from revmentor_desktop.domain.printed import PAIR_LETTERS, DocumentKind, IssuedDocument, Scope
from revmentor_desktop.domain.session_logs import SessionLog
from revmentor_desktop.gui import pack_output, pack_window, printing
from revmentor_desktop.gui.agreements_form import AgreementsForm
from revmentor_desktop.gui.labels_form import LabelsForm
from revmentor_desktop.gui.main_window import MainWindow
from revmentor_desktop.gui.organisation_form import OrganisationForm
from revmentor_desktop.gui.pack_choices import A_FOLDER
from revmentor_desktop.gui.pack_window import CHECK, PackWindow
from revmentor_desktop.gui.person_page import PersonPage
from revmentor_desktop.gui.recipient_choice import RecipientsForm
from revmentor_desktop.services import issued, pairs, staff
from revmentor_desktop.services.pairs import PairRow

AGREEMENT = (DocumentKind.AGREEMENT,)


class Coordinator:
    """Does what she does."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        self.window, self.qtbot = window, qtbot
        window.run_command("print_pack")
        self.packs = window.findChild(PackWindow)
        self.ready()

    def ready(self) -> None:
        """Wait until the pages are there and have been looked through."""
        packs = self.packs

        def is_ready() -> bool:
            return not (packs.is_looking or packs.output.is_busy)

        self.qtbot.waitUntil(is_ready, timeout=20_000)

    def choose(self, kinds: Sequence[DocumentKind], pairs: Sequence[int] = ()) -> None:
        self.packs.choices.choose(kinds, pairs)
        self.ready()

    def press(self, text: str) -> None:
        """Press the button of the notice that has this text."""
        [found] = [
            made
            for made in self.packs.output.notice.findChildren(QPushButton)
            if made.text() == text and made.isVisible()
        ]
        self.qtbot.mouseClick(found, Qt.MouseButton.LeftButton)

    def begin(self, act: Callable[..., None], *args: object) -> None:
        """Print or save, whatever there is to ask."""
        act(*args)
        for anyway in ("Save anyway", "Print anyway"):
            if anyway in self.packs.output.notice.text:
                self.press(anyway)

    def write(self, target: Path) -> None:
        self.begin(self.packs.write, target)
        self.ready()

    def pairs(self) -> list[PairRow]:
        assert self.window.context is not None
        assert self.window.programme is not None
        return self.window.context.read(pairs.of_programme, self.window.programme.id)

    def issued(self, kind: DocumentKind) -> int:
        """How many documents of a kind have been recorded."""
        assert self.window.context is not None
        return self.window.context.workspace.read(_count_issued, kind)


def _count_issued(session: Session, kind: DocumentKind) -> int:
    statement = select(func.count()).where(IssuedDocument.kind == kind)
    return session.scalar(statement) or 0


def set_field(session: Session, pair_id: int, name: str, value: object) -> None:
    setattr(pairs.find(session, pair_id), name, value)


@pytest.fixture
def desk(sample_window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Coordinator:
    monkeypatch.setattr(pack_window, "PAUSE_MS", 20)
    return Coordinator(sample_window, qtbot)


def text_of(path: Path) -> str:
    document = pypdfium2.PdfDocument(path.read_bytes())
    text = "\n".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return text


def test_the_window_opens_on_what_is_due_with_a_preview(desk: Coordinator) -> None:
    packs = desk.packs
    assert packs.choices.tree.kinds()[:2] == PAIR_LETTERS
    assert packs.preview.pane.view.count > 5
    assert packs.preview.of.currentText().startswith("P001")
    assert packs.tabs.tabText(CHECK).startswith("Check")
    assert packs.save_button.isEnabled()


def test_a_document_is_ticked_and_moved(desk: Coordinator, qtbot: QtBot) -> None:
    tree = desk.packs.choices.tree
    desk.choose((DocumentKind.MENTOR_LETTER, DocumentKind.AGREEMENT))
    item = tree.item_of(DocumentKind.SESSION_LOG)
    item.setCheckState(0, Qt.CheckState.Checked)
    assert tree.kinds()[-1] is DocumentKind.SESSION_LOG
    tree.setCurrentItem(item)
    qtbot.keyClick(tree, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert tree.kinds() == (
        DocumentKind.MENTOR_LETTER, DocumentKind.SESSION_LOG, DocumentKind.AGREEMENT,
    )  # fmt: skip
    assert [tree.item_of(kind).text(1) for kind in tree.kinds()] == ["1", "2", "3"]
    tree.setCurrentItem(tree.item_of(DocumentKind.TIMELINE))
    before = tree.kinds()
    tree.move_document(-1)
    assert tree.kinds() == before, "what is not ticked has no place"


def test_only_what_the_documents_need_is_asked(desk: Coordinator) -> None:
    choices = desk.packs.choices

    def shown() -> list[Scope]:
        return [scope for scope, box in choices.recipients.items() if box.isVisible()]

    desk.choose(AGREEMENT)
    assert shown() == [Scope.PAIR]
    desk.choose((DocumentKind.INVITATION, DocumentKind.SIGN_IN))
    assert shown() == [Scope.PERSON, Scope.GATHERING]


def test_a_list_that_is_not_shown_decides_nothing(desk: Coordinator, tmp_path: Path) -> None:
    choices = desk.packs.choices
    choices.choose((DocumentKind.INVITATION,), pairs=[1], gatherings=[1])
    assert choices.pack().pairs is None
    assert choices.pack().gatherings is None
    choices.choose((DocumentKind.MENTOR_LETTER, DocumentKind.CERTIFICATE), pairs=[1])
    assert choices.pack().pairs == (1,)
    everybody = len(choices.recipients[Scope.PAIR].lines)
    desk.choose((DocumentKind.INVITATION,), [1])
    desk.begin(desk.packs.more.write_session_forms, tmp_path)
    desk.ready()
    assert len(list(tmp_path.glob("*.pdf"))) == everybody


def test_some_pairs_are_ticked_in_a_list(
    desk: Coordinator, qtbot: QtBot, dialog: Callable[[type[QDialog]], QDialog]
) -> None:
    desk.choose(AGREEMENT)
    box = desk.packs.choices.recipients[Scope.PAIR]
    everybody = desk.packs.check.rows()
    box.setCurrentIndex(box.count() - 1)
    box.activated.emit(box.currentIndex())
    form = dialog(RecipientsForm)
    assert isinstance(form, RecipientsForm)
    for code in ("P003", "P001"):
        qtbot.keyClicks(form.list.search, code)
        qtbot.keyClick(form.list.search, Qt.Key.Key_Return)
    qtbot.mouseClick(form.save_button, Qt.MouseButton.LeftButton)
    desk.ready()
    assert box.ids == (1, 3)
    assert box.currentText() == "2 chosen pairs"
    assert len(desk.packs.check.rows()) == 2 < len(everybody)
    assert desk.packs.preview.of.count() == 3


def test_the_pack_is_saved_and_recorded(desk: Coordinator, tmp_path: Path) -> None:
    desk.choose(AGREEMENT, [1, 2])
    before = desk.issued(DocumentKind.AGREEMENT)
    target = tmp_path / "Päck.pdf"
    with desk.qtbot.waitSignal(desk.packs.output.written, timeout=20_000):
        desk.write(target)
    desk.ready()
    text = text_of(target)
    assert "P001" in text
    assert "P002" in text
    assert "P003" not in text
    assert desk.issued(DocumentKind.AGREEMENT) == before + 2
    assert "Päck.pdf" in desk.packs.output.notice.text


def test_what_was_written_can_be_opened_and_shown(
    desk: Coordinator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(
        QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()) or True
    )
    desk.choose(AGREEMENT, [1])
    desk.write(tmp_path / "A.pdf")
    desk.press("Open")
    assert opened == [str(tmp_path / "A.pdf")]
    desk.write(tmp_path / "A.pdf")
    desk.press("Show in folder")
    assert opened[1:] == [str(tmp_path)]


def test_a_preview_records_nothing(desk: Coordinator) -> None:
    before = desk.issued(DocumentKind.CONVERSATION_CARDS)
    desk.choose((DocumentKind.CONVERSATION_CARDS,))
    assert desk.packs.preview.pane.view.count > 0
    assert desk.issued(DocumentKind.CONVERSATION_CARDS) == before


def test_cancel_leaves_the_old_file(desk: Coordinator, tmp_path: Path) -> None:
    target = tmp_path / "Pack.pdf"
    target.write_bytes(b"the old one")
    desk.choose(AGREEMENT)
    before = desk.issued(DocumentKind.AGREEMENT)
    desk.begin(desk.packs.write, target)
    assert desk.packs.output.is_busy
    assert not desk.packs.save_button.isEnabled()
    desk.packs.output.cancel()
    desk.ready()
    assert target.read_bytes() == b"the old one"
    assert list(tmp_path.glob(".*.part")) == []
    assert desk.issued(DocumentKind.AGREEMENT) == before
    assert desk.packs.save_button.isEnabled()


def test_one_pdf_for_each_pair(
    desk: Coordinator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "Packs"
    folder.mkdir()
    desk.choose(AGREEMENT, [1, 2, 3])
    into = desk.packs.choices.into
    into.setCurrentIndex(into.findData(A_FOLDER))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_a: str(folder))
    desk.begin(desk.packs.choose_target)
    desk.ready()
    made = sorted(folder.glob("*.pdf"))
    assert len(made) == 3
    assert "P002" in text_of(made[1])
    assert "P001" not in text_of(made[1])
    assert desk.packs.output.notice.text == "3 files with 3 pages written to Packs"


def test_a_refusal_stands_in_the_window(desk: Coordinator, tmp_path: Path) -> None:
    desk.choose(AGREEMENT, [1])
    desk.write(tmp_path / "none" / "p.pdf")
    assert "is not there" in desk.packs.output.notice.text
    assert desk.packs.isVisible()


def test_no_document_and_nobody_are_said_in_the_preview(desk: Coordinator) -> None:
    desk.choose(())
    assert "at least one document" in desk.packs.preview.sentence
    assert not desk.packs.save_button.isEnabled()
    desk.choose(AGREEMENT)
    assert desk.packs.preview.sentence == ""
    assert desk.packs.save_button.isEnabled()


def gap(desk: Coordinator) -> int:
    """Take a job title away, which the letter to the mentor's partner says."""
    context = desk.window.context
    assert context is not None
    mentee = desk.pairs()[0].mentee_id
    context.do("", staff.save, mentee, {"full_name": "Ina \U0001f600 Berg"})
    return mentee


def test_a_double_click_goes_to_the_record_and_mending_it_clears_the_line(
    desk: Coordinator, qtbot: QtBot, dialog: Callable[[type[QDialog]], QDialog]
) -> None:
    desk.choose((DocumentKind.MENTOR_LETTER,), [1])
    assert desk.packs.check.needed() == 0
    mentee = gap(desk)
    desk.ready()
    table = desk.packs.check.table
    desk.packs.tabs.setCurrentIndex(CHECK)
    assert desk.packs.tabs.tabText(CHECK) == "Check (1)"
    line = table.finding_at(0)
    assert line.what == "undrawable"
    assert line.staff_id == mentee
    index = table.model().index(0, 2)
    place = table.visualRect(index).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    page = dialog(PersonPage)
    page.close()
    table.setFocus()
    table.selectRow(0)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    dialog(PersonPage).close()
    assert desk.window.context is not None
    desk.window.run_command("undo")
    desk.ready()
    assert desk.packs.tabs.tabText(CHECK) == "Check"


def test_what_no_font_can_draw_is_left_out_when_she_says_so(
    desk: Coordinator, tmp_path: Path
) -> None:
    target = tmp_path / "Pack.pdf"
    desk.choose((DocumentKind.MENTOR_LETTER,), [1, 2])
    gap(desk)
    desk.ready()
    desk.packs.write(target)
    assert "cannot be printed" in desk.packs.output.notice.text
    assert not target.exists()
    desk.press("Show")
    assert desk.packs.tabs.currentIndex() == CHECK
    desk.packs.write(target)
    desk.press("Leave them out")
    desk.ready()
    assert "P002" in text_of(target)
    assert "P001" not in text_of(target)


def test_a_name_that_was_mended_is_printed_again(desk: Coordinator, tmp_path: Path) -> None:
    target = tmp_path / "Pack.pdf"
    desk.choose((DocumentKind.MENTOR_LETTER,), [1, 2])
    gap(desk)
    desk.ready()
    desk.packs.write(target)
    desk.press("Leave them out")
    desk.ready()
    desk.window.run_command("undo")
    desk.ready()
    desk.write(target)
    assert "P001" in text_of(target)


def test_another_letter_that_stops_is_left_out_too(desk: Coordinator, tmp_path: Path) -> None:
    target = tmp_path / "Pack.pdf"
    desk.choose((DocumentKind.MENTOR_LETTER,), [1, 2, 3])
    for row in desk.pairs()[:2]:
        assert desk.window.context is not None
        name = {"full_name": f"Ina \U0001f600 {row.code}"}
        desk.window.context.do("", staff.save, row.mentee_id, name)
        desk.ready()
        desk.packs.write(target)
        desk.press("Leave them out")
        desk.ready()
    assert "P003" in text_of(target)
    assert "P001" not in text_of(target)
    assert "P002" not in text_of(target)


def test_a_gap_that_comes_in_after_the_answer_is_asked_about(
    desk: Coordinator, tmp_path: Path
) -> None:
    target = tmp_path / "Letters.pdf"
    desk.choose((*PAIR_LETTERS, DocumentKind.CERTIFICATE))
    desk.packs.write(target)
    assert "outstanding" in desk.packs.output.notice.text
    assert "gap" not in desk.packs.output.notice.text
    desk.press("Save anyway")
    desk.ready()
    assert target.exists()
    assert desk.window.context is not None
    desk.window.context.do("", clear_coordinator)
    desk.ready()
    target.unlink()
    desk.packs.write(target)
    assert "gap" in desk.packs.output.notice.text
    assert "say something else now" in desk.packs.output.notice.text
    assert not target.exists()


def clear_coordinator(session: Session) -> None:
    """Nobody to sign, as every certificate has it."""
    found = session.scalars(select(Organisation)).one()
    found.support_contact = found.coordinator = ""


def test_a_gap_of_no_record_leads_to_its_form(
    desk: Coordinator, qtbot: QtBot, dialog: Callable[[type[QDialog]], QDialog]
) -> None:
    desk.choose((DocumentKind.CERTIFICATE,))
    assert desk.window.context is not None
    desk.window.context.do("", clear_coordinator)
    desk.ready()
    desk.packs.tabs.setCurrentIndex(CHECK)
    table = desk.packs.check.table
    lines = [table.finding_at(at).what for at in range(table.model().rowCount())]
    table.setFocus()
    table.selectRow(lines.index("missing"))
    qtbot.keyClick(table, Qt.Key.Key_Return)
    dialog(OrganisationForm).close()


def test_what_was_printed_before_is_shown(desk: Coordinator, tmp_path: Path) -> None:
    desk.choose(AGREEMENT, [1, 2])
    desk.write(tmp_path / "p.pdf")
    assert desk.window.context is not None
    desk.window.context.do("", set_field, 2, "shared_aim", "A new aim")
    desk.ready()
    check = desk.packs.check
    table = check.table
    found = [table.finding_at(at) for at in range(table.model().rowCount())]
    assert [one.what for one in found if one.what in ("printed", "changed")] == [
        "printed", "changed",
    ]  # fmt: skip
    assert "2 printed before" in check.summary()


def test_the_filter_shows_all_letters_or_what_needs_her(desk: Coordinator) -> None:
    desk.choose((DocumentKind.MENTOR_LETTER,))
    packs = desk.packs
    rows = packs.check.rows()
    packs.tabs.setCurrentIndex(CHECK)
    packs.check.only_needed.setChecked(False)
    shown = packs.check.table.model().rowCount()
    assert shown >= len(rows)
    packs.check.only_needed.setChecked(True)
    assert packs.check.table.model().rowCount() < shown


def test_outstanding_baselines_are_asked_once(desk: Coordinator, tmp_path: Path) -> None:
    desk.choose(PAIR_LETTERS)
    assert desk.packs.check.found.baselines
    target = tmp_path / "Letters.pdf"
    desk.packs.write(target)
    assert "baseline" in desk.packs.output.notice.text
    assert not target.exists()
    desk.press("Dismiss")
    assert not target.exists()
    desk.packs.write(target)
    desk.press("Save anyway")
    desk.ready()
    assert target.exists()


@pytest.fixture
def printer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The print dialog chooses a PDF printer, and accepts."""
    target = tmp_path / "printed.pdf"

    def ask(printer: QPrinter, pages: int, parent: QWidget) -> bool:
        assert pages > 0
        assert isinstance(parent, PackWindow)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(target))
        printer.setResolution(72)
        return True

    monkeypatch.setattr(printing, "ask", ask)
    return target


def test_printing_records_what_went_to_the_printer(desk: Coordinator, printer: Path) -> None:
    desk.choose(AGREEMENT, [1])
    before = desk.issued(DocumentKind.AGREEMENT)
    pages = desk.packs.preview.pane.view.count
    desk.begin(desk.packs.print)
    desk.qtbot.waitUntil(lambda: "sent to" in desk.packs.output.notice.text, timeout=20_000)
    assert len(pypdfium2.PdfDocument(printer.read_bytes())) == pages
    assert desk.issued(DocumentKind.AGREEMENT) == before + 1


def test_a_print_dialog_that_is_left_records_nothing(
    desk: Coordinator, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    asked: list[int] = []
    monkeypatch.setattr(printing, "ask", lambda _printer, pages, _parent: asked.append(pages))
    desk.choose(AGREEMENT, [1])
    before = desk.issued(DocumentKind.AGREEMENT)
    desk.begin(desk.packs.print)
    qtbot.waitUntil(lambda: bool(asked), timeout=20_000)
    desk.ready()
    assert desk.issued(DocumentKind.AGREEMENT) == before


def test_a_large_job_points_to_the_viewer(
    desk: Coordinator, printer: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "MANY_PAGES", 1)
    desk.choose(AGREEMENT, [1, 2])
    desk.begin(desk.packs.print)
    desk.ready()
    assert "viewer prints them faster" in desk.packs.output.notice.text
    desk.press("Print from here …")
    desk.qtbot.waitUntil(lambda: "sent to" in desk.packs.output.notice.text, timeout=20_000)
    assert printer.exists()


def test_the_viewer_gets_a_private_copy_and_she_says_when_it_is_printed(
    desk: Coordinator, monkeypatch: pytest.MonkeyPatch, data_dir: Path
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(pack_output, "_open", opened.append)
    desk.choose(AGREEMENT, [1])
    before = desk.issued(DocumentKind.AGREEMENT)
    desk.begin(desk.packs.view)
    desk.ready()
    [path] = opened
    assert path.is_relative_to(data_dir)
    assert path.read_bytes().startswith(b"%PDF")
    assert path.stat().st_mode & 0o077 == 0
    assert desk.issued(DocumentKind.AGREEMENT) == before
    desk.press("They are printed")
    desk.qtbot.waitUntil(lambda: "Recorded" in desk.packs.output.notice.text, timeout=20_000)
    assert desk.issued(DocumentKind.AGREEMENT) == before + 1


def test_what_is_edited_meanwhile_is_not_recorded_as_printed(
    desk: Coordinator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pack_output, "_open", lambda _path: None)
    desk.choose(AGREEMENT, [1])
    desk.begin(desk.packs.view)
    desk.ready()
    assert desk.window.context is not None
    desk.window.context.do("", set_field, 1, "shared_aim", "Another aim than on paper")
    desk.ready()
    desk.press("They are printed")
    desk.qtbot.waitUntil(lambda: "Recorded" in desk.packs.output.notice.text, timeout=20_000)
    desk.ready()
    [row] = desk.packs.check.rows()
    assert row.issue.state == "changed"


def test_of_some_pages_only_whole_letters_are_recorded(
    desk: Coordinator, printer: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    everything = printing.ask

    def ask(printer: QPrinter, pages: int, parent: QWidget) -> bool:
        everything(printer, pages, parent)
        printer.setPrintRange(QPrinter.PrintRange.PageRange)
        printer.setFromTo(2, 2)
        return True

    monkeypatch.setattr(printing, "ask", ask)
    desk.choose(AGREEMENT, [1, 2, 3])
    before = desk.issued(DocumentKind.AGREEMENT)
    desk.begin(desk.packs.print)
    desk.qtbot.waitUntil(lambda: "sent to" in desk.packs.output.notice.text, timeout=20_000)
    assert "1 document is whole and was recorded" in desk.packs.output.notice.text
    assert desk.issued(DocumentKind.AGREEMENT) == before + 1


def test_what_changed_is_one_click(desk: Coordinator, tmp_path: Path) -> None:
    packs = desk.packs
    desk.choose(AGREEMENT)
    desk.write(tmp_path / "all.pdf")
    assert desk.window.context is not None
    pair = desk.pairs()[2]
    before = packs.changed_button.found
    desk.window.context.do("", set_field, pair.id, "shared_aim", "A new aim")
    desk.qtbot.waitUntil(lambda: packs.changed_button.found > before, timeout=20_000)
    desk.qtbot.mouseClick(packs.changed_button, Qt.MouseButton.LeftButton)
    desk.ready()
    assert packs.choices.only.currentData() == "changed"
    changed = [(row.kind, row.subject.id) for row in packs.check.rows()]
    assert (DocumentKind.AGREEMENT, pair.id) in changed
    assert len(changed) == packs.changed_button.found
    desk.write(tmp_path / "changed.pdf")
    assert pair.code in text_of(tmp_path / "changed.pdf")
    desk.qtbot.waitUntil(lambda: packs.changed_button.isHidden(), timeout=20_000)


def set_language(session: Session, language: str) -> None:
    session.scalars(select(Organisation)).one().language = language


def test_paper_in_another_language_than_the_window_has_not_changed_by_that(
    desk: Coordinator, printer: Path
) -> None:
    assert desk.window.context is not None
    desk.window.context.do("", set_language, "de_DE")
    desk.choose((DocumentKind.MENTOR_LETTER,), [1])
    desk.begin(desk.packs.print)
    desk.qtbot.waitUntil(lambda: "sent to" in desk.packs.output.notice.text, timeout=20_000)
    desk.packs.choices.choose((DocumentKind.MENTOR_LETTER,), [1], only="changed")
    desk.ready()
    assert "Nothing has changed" in desk.packs.preview.sentence


def test_a_stack_of_agreements_is_ticked_off_and_taken_back(
    desk: Coordinator, qtbot: QtBot, dialog: Callable[[type[QDialog]], QDialog]
) -> None:
    assert desk.window.context is not None
    ids = [row.id for row in desk.pairs()][:3]
    for id_ in ids:
        desk.window.context.do("", set_field, id_, "agreement_on", None)
    desk.window.run_command("agreements")
    form = dialog(AgreementsForm)
    assert isinstance(form, AgreementsForm)
    for id_ in ids:
        qtbot.keyClicks(form.list.search, f"P{id_:03d}")
        qtbot.keyClick(form.list.search, Qt.Key.Key_Return)
    assert form.save_button.text() == "Tick off 3 agreements"
    form.day.set_value("yesterday")
    qtbot.mouseClick(form.save_button, Qt.MouseButton.LeftButton)
    days = {row.id: row.agreement_on for row in desk.pairs()}
    assert all(days[id_] is not None for id_ in ids)
    desk.window.run_command("undo")
    days = {row.id: row.agreement_on for row in desk.pairs()}
    assert [days[id_] for id_ in ids] == [None] * 3, "one step takes the whole stack back"


def test_labels(
    desk: Coordinator, tmp_path: Path, dialog: Callable[[type[QDialog]], QDialog], printer: Path
) -> None:
    desk.choose(AGREEMENT, [1])
    desk.packs.more.open_labels()
    form = dialog(LabelsForm)
    assert isinstance(form, LabelsForm)
    form.sheet.setCurrentIndex(1)
    form.first.setValue(14)
    form.write(tmp_path / "labels.pdf")
    desk.ready()
    row = desk.pairs()[0]
    assert row.mentor in text_of(tmp_path / "labels.pdf")
    assert "2 pages of labels" in desk.packs.output.notice.text
    desk.packs.more.open_labels()
    form = dialog(LabelsForm)
    assert isinstance(form, LabelsForm)
    assert form.sheet.currentIndex() == 1, "the sheet is remembered"
    form.print_labels()
    desk.qtbot.waitUntil(lambda: "sent to" in desk.packs.output.notice.text, timeout=20_000)
    assert printer.exists()


def test_forms_to_fill_in_on_screen(desk: Coordinator, tmp_path: Path) -> None:
    desk.choose(AGREEMENT, [1, 2])
    desk.packs.more.write_session_forms(tmp_path)
    desk.ready()
    assert "2 forms" in desk.packs.output.notice.text
    made = list(tmp_path.glob("*.pdf"))
    assert len(made) == 2
    document = pypdfium2.PdfDocument(made[0].read_bytes())
    assert document.get_formtype() != 0
    document.close()


def test_what_was_chosen_is_there_the_next_time(
    desk: Coordinator, settings: QSettings, qtbot: QtBot
) -> None:
    desk.choose((DocumentKind.SESSION_LOG, DocumentKind.AGREEMENT))
    desk.packs.choices.two_sided.setChecked(True)
    desk.packs.resize(1111, 707)
    desk.packs.close()
    again = Coordinator(desk.window, qtbot)
    kept = again.packs.choices
    assert kept.tree.kinds() == (DocumentKind.SESSION_LOG, DocumentKind.AGREEMENT)
    assert kept.two_sided.isChecked()
    assert again.packs.width() == 1111
    stored = " ".join(str(settings.value(key)) for key in settings.allKeys())
    assert not any(row.mentor in stored for row in again.pairs()), "no name leaves the file"


def test_two_sided_starts_each_document_on_a_new_sheet(desk: Coordinator) -> None:
    desk.choose((DocumentKind.MENTOR_LETTER, *AGREEMENT), [1])
    plain = desk.packs.preview.pane.view.count
    desk.packs.choices.two_sided.setChecked(True)
    desk.ready()
    assert desk.packs.preview.pane.view.count >= plain
    assert desk.packs.preview.pane.view.count % 2 == 0


def test_the_same_page_stays_when_a_record_is_mended(desk: Coordinator) -> None:
    desk.choose((DocumentKind.MENTOR_LETTER, *AGREEMENT), [1])
    view = desk.packs.preview.pane.view
    view.show_page(1)
    assert desk.window.context is not None
    desk.window.context.do("", set_field, 1, "shared_aim", "Another")
    desk.ready()
    assert view.page == 1


def test_there_is_one_pack_window_and_it_goes_with_its_file(
    desk: Coordinator, sample_window: MainWindow
) -> None:
    sample_window.run_command("print_pack")
    assert [one for one in sample_window.findChildren(PackWindow) if one.isVisible()] == [
        desk.packs
    ]
    sample_window.close_file()
    assert not desk.packs.isVisible()


def test_todays_line_opens_the_letters_that_are_lacking(desk: Coordinator) -> None:
    assert desk.window.context is not None
    assert desk.window.programme is not None
    lacking = desk.window.context.read(issued.lacking, desk.window.programme.id)
    assert lacking
    desk.window.show_tab("today")
    [made] = [
        one
        for one in desk.window.findChildren(QPushButton)
        if one.isVisible()
        and one.accessibleName().startswith("Print …")
        and "no letter" in one.accessibleName()
    ]
    desk.qtbot.mouseClick(made, Qt.MouseButton.LeftButton)
    desk.ready()
    choices = desk.packs.choices
    assert choices.tree.kinds() == PAIR_LETTERS
    assert choices.only.currentData() == "missing"
    assert set(choices.recipients[Scope.PAIR].ids or ()) == set(lacking)
    assert {row.subject.id for row in desk.packs.check.rows()} == set(lacking)


@pytest.mark.parametrize(
    ("command", "kind", "says"),
    [
        ("do_print_letters", PAIR_LETTERS, "No confirmed pair lacks a letter"),
        ("do_print_invitations", (DocumentKind.INVITATION,), "has a printed invitation"),
    ],
)
def test_where_nothing_is_missing_nobody_is_chosen(
    desk: Coordinator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    command: str, kind: tuple[DocumentKind, ...], says: str,
) -> None:  # fmt: skip
    said: list[str] = []
    monkeypatch.setattr(desk.window, "say", lambda text, *_more: said.append(text))
    assert desk.window.context is not None
    assert desk.window.programme is not None
    query = issued.lacking if kind == PAIR_LETTERS else issued.uninvited
    ids = desk.window.context.read(query, desk.window.programme.id)
    if ids:
        people = () if kind == PAIR_LETTERS else ids
        desk.packs.choices.choose(kind, ids if kind == PAIR_LETTERS else (), people)
        desk.ready()
        desk.write(tmp_path / "p.pdf")
    desk.choose(AGREEMENT)
    getattr(desk.window.files, command)()
    assert says in said[-1]
    assert desk.packs.choices.only.currentData() == "all"


def test_the_preview_of_one_draws_only_theirs(desk: Coordinator) -> None:
    desk.choose(AGREEMENT)
    alone = desk.packs.preview.pane.view.count
    desk.choose((DocumentKind.TIMELINE,))
    timeline = desk.packs.preview.pane.view.count
    desk.choose((DocumentKind.TIMELINE, *AGREEMENT, DocumentKind.SIGN_IN))
    of = desk.packs.preview.of
    assert of.currentData().scope is Scope.PROGRAMME
    assert desk.packs.preview.sentence == ""
    assert desk.packs.preview.pane.view.count == timeline
    at = next(at for at in range(1, of.count()) if of.itemData(at).scope is Scope.PAIR)
    of.setCurrentIndex(at)
    of.activated.emit(at)
    desk.ready()
    assert desk.packs.preview.pane.view.count == alone


def test_a_preview_goes_on_when_something_is_recorded(desk: Coordinator) -> None:
    desk.choose(AGREEMENT, [1])
    view = desk.packs.preview.pane.view
    agreement = view.count
    desk.packs.choices.choose((DocumentKind.FIRST_MEETING, *AGREEMENT, DocumentKind.MIDPOINT), [1])
    desk.qtbot.waitUntil(lambda: desk.packs.preview.is_running, timeout=20_000)
    assert desk.window.context is not None
    desk.window.context.changed.emit(frozenset({"issued_documents"}))
    desk.packs._later.timeout.emit()
    desk.ready()
    assert view.count > agreement


def test_the_whole_pack_can_be_previewed(desk: Coordinator) -> None:
    desk.choose(AGREEMENT)
    packs = desk.packs
    one = packs.preview.pane.view.count
    packs.preview.of.setCurrentIndex(0)
    packs.preview.of.activated.emit(0)
    desk.ready()
    assert packs.preview.pane.view.count == one * (packs.preview.of.count() - 1)


def test_enter_in_a_field_writes_nothing(
    desk: Coordinator, qtbot: QtBot, look: QApplication
) -> None:
    desk.choose(AGREEMENT, [1])
    qtbot.keyClick(desk.packs.choices.day, Qt.Key.Key_Return)
    assert not desk.packs.output.is_busy
    assert desk.packs.isVisible()


def test_a_date_that_is_none_is_refused_in_words(desk: Coordinator, tmp_path: Path) -> None:
    desk.packs.choices.day.setText("soon")
    desk.packs.write(tmp_path / "p.pdf")
    assert desk.packs.output.notice.text or desk.packs.preview.sentence
    assert not (tmp_path / "p.pdf").exists()


def test_letters_to_pairs_that_were_not_asked_are_asked_about(
    desk: Coordinator, tmp_path: Path
) -> None:
    desk.choose(PAIR_LETTERS)
    context, check = desk.window.context, desk.packs.check
    assert context is not None
    first, second, *_others = [row.id for row in desk.pairs()]
    for row in desk.pairs():
        state = PairState.PROPOSED if row.id in (first, second) else PairState.CONFIRMED
        context.do("", set_field, row.id, "state", state)
    desk.ready()
    assert check.undecided() == [first, second]
    table = check.table
    lines = [table.finding_at(at) for at in range(table.model().rowCount())]
    assert [one.pair_id for one in lines if one.what == "undecided"] == [first, second]
    assert not check.confirmed_button.isHidden()
    target = tmp_path / "Letters.pdf"
    desk.packs.write(target)
    assert "2 pairs have not said yes on both sides yet." in desk.packs.output.notice.text
    desk.press("Only confirmed pairs")
    desk.ready()
    assert check.undecided() == []
    assert check.confirmed_button.isHidden()
    assert not target.exists()
    desk.write(target)
    assert f"P{first:03d}" not in text_of(target)


def test_letters_that_nobody_signs_are_not_ready(
    desk: Coordinator, qtbot: QtBot, dialog: Callable[[type[QDialog]], QDialog]
) -> None:
    desk.choose((DocumentKind.MENTOR_LETTER,))
    assert not desk.packs.check.found.is_unsigned
    before = desk.packs.check.needed()
    assert desk.window.context is not None
    desk.window.context.do("", clear_coordinator)
    desk.ready()
    assert desk.packs.check.needed() == before + 1
    table = desk.packs.check.table
    desk.packs.tabs.setCurrentIndex(CHECK)
    assert table.finding_at(0).text == "Your name is missing under the letters"
    table.setFocus()
    table.selectRow(0)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    dialog(OrganisationForm).close()


def test_certificates_that_nobody_has_earned(desk: Coordinator) -> None:
    assert desk.window.context is not None
    desk.window.context.do("", forget_sessions)
    desk.choose((DocumentKind.CERTIFICATE,))
    packs = desk.packs
    all_of_them = len(packs.check.rows())
    assert f"0 of {all_of_them} letters can be printed" in packs.check.summary()
    assert "Nothing can be printed" in packs.preview.sentence
    assert not packs.preview.pane.page_label.isVisible(), "there is no page to count"
    assert packs.preview.of.isVisible(), "another may be chosen"
    tree = packs.choices.tree
    ticked = tree.visualItemRect(tree.item_of(DocumentKind.CERTIFICATE))
    assert tree.viewport().rect().contains(ticked.center())
    desk.choose(AGREEMENT)
    assert packs.preview.pane.page_label.isVisible()


def forget_sessions(session: Session) -> None:
    session.execute(delete(SessionLog))


def test_forms_with_both_names_are_asked_about(desk: Coordinator, tmp_path: Path) -> None:
    assert desk.window.context is not None
    [first, *_others] = [row.id for row in desk.pairs()]
    desk.window.context.do("", set_field, first, "state", PairState.PROPOSED)
    desk.choose(AGREEMENT, [first])
    desk.packs.more.write_session_forms(tmp_path)
    assert "1 pair has not said yes on both sides yet." in desk.packs.output.notice.text
    assert not list(tmp_path.glob("*.pdf"))
    desk.press("Save anyway")
    desk.ready()
    assert len(list(tmp_path.glob("P001*.pdf"))) == 1
