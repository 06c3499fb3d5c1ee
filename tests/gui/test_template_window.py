"""The template editor: what is typed is printed, saved when it has no fault, and taken back."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pypdf
import pytest
from PySide6.QtCore import QEvent, QMimeData, QSettings, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.domain.letter_fields import offered
from revmentor_desktop.domain.printed import DocumentKind
from revmentor_desktop.domain.wordings import Wording, Written
from revmentor_desktop.exchange import letter_files
from revmentor_desktop.exchange.letter_files import LetterFile
from revmentor_desktop.gui.context import Context
from revmentor_desktop.gui.main_window import MainWindow
from revmentor_desktop.gui.memory import Memory
from revmentor_desktop.gui.template_blocks import BlockList
from revmentor_desktop.gui.template_fields import FieldList
from revmentor_desktop.gui.template_text import WordEdit
from revmentor_desktop.gui.template_variants import CopyForm
from revmentor_desktop.gui.template_window import TemplateWindow
from revmentor_desktop.jobs import letter_preview
from revmentor_desktop.services import templates

KIND = DocumentKind.AGREEMENT
Make = Callable[..., TemplateWindow]


@pytest.fixture
def make(context: Context, show: Callable[[QWidget], None], settings: QSettings) -> Iterator[Make]:
    made: list[TemplateWindow] = []

    def build(*blocks: Written, kind: DocumentKind = KIND) -> TemplateWindow:
        if blocks:
            context.do("", templates.save, kind, "en_GB", Wording(kind.value, blocks))
        window = TemplateWindow(context, None, Memory(settings), kind)
        window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        show(window)
        made.append(window)
        return window

    yield build
    for window in made:
        window.close()


def stored(context: Context, kind: DocumentKind = KIND) -> Wording:
    return context.read(templates.wording, kind, "en_GB")


def words(window: TemplateWindow, at: int) -> WordEdit:
    found = window.blocks.frames[at].words
    assert found is not None
    return found


def press(widget: QWidget, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
    held = Qt.KeyboardModifier.NoModifier
    for one in modifiers:
        held |= one
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(widget, QKeyEvent(kind, key, held))


CONTROL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The text of each page that the preview has drawn, the newest last."""
    texts = [""]
    real = letter_preview.preview

    def spy(*args: Any, **kwargs: Any) -> bytes:  # noqa: ANN401
        data = real(*args, **kwargs)
        texts.append(text_of(data))
        return data

    monkeypatch.setattr(letter_preview, "preview", spy)
    return texts


def text_of(data: bytes) -> str:
    """The words of a PDF; PDFium is used by one thread at a time."""
    reader = pypdf.PdfReader(io.BytesIO(data))
    text = "\n".join(page.extract_text() for page in reader.pages)
    return " ".join(text.replace("\u00a0", " ").split())


def test_what_is_typed_is_shown_on_the_page_and_saved(
    make: Make,
    context: Context,
    qtbot: QtBot,
    type_text: Callable[[QWidget, str], None],
    printed: list[str],
) -> None:
    window = make(Written("heading", ("Our agreement",)), Written("paragraph", ("",)))
    type_text(words(window, 1), "Grüße an {{mentor.name}}")
    qtbot.waitUntil(lambda: "Grüße an Amara Nwosu" in printed[-1], timeout=5000)
    qtbot.waitUntil(lambda: window.status == "All changes saved", timeout=5000)
    assert stored(context).blocks[1] == Written("paragraph", ("Grüße an {{mentor.name}}",))
    context.undo_stack.undo()
    assert stored(context).blocks[1].lines == ("",)


def test_a_fault_is_said_under_its_line_and_never_saved_nor_lost(
    make: Make, context: Context, type_text: Callable[[QWidget, str], None], qtbot: QtBot
) -> None:
    window = make(Written("paragraph", ("Good", "")))
    words(window, 0).moveCursor(QTextCursor.MoveOperation.End)
    type_text(words(window, 0), "for {{mentr.name}}")
    qtbot.waitUntil(lambda: bool(window.blocks.frames[0].error), timeout=3000)
    sentence = "There is no field “mentr.name”. Did you mean “mentor.name”?"
    assert window.blocks.frames[0].error == f"Line 2: {sentence}"
    assert window.status == f"Not saved yet: {sentence}"
    assert window.preview.pages.note == "Shown as it was before the fault."
    assert window.list.marks()[KIND] == "Has a fault, not saved"
    window.save()
    assert stored(context).blocks[0].lines == ("Good", "")
    window.show_document(DocumentKind.MENTOR_LETTER)
    window.show_document(KIND)
    assert words(window, 0).lines() == ("Good", "for {{mentr.name}}")
    window.reject()
    assert window.isVisible()
    assert "Agreement has a fault and is not saved" in window.notice.text
    words(window, 0).set_lines(["Good", "for {{mentor.name}}"])
    words(window, 0).edited.emit()
    assert window.notice.text == ""
    window.reject()
    assert not window.isVisible()
    assert stored(context).blocks[0].lines == ("Good", "for {{mentor.name}}")


def test_other_faults_are_said_too(make: Make, context: Context) -> None:
    window = make(Written("paragraph", ("Good",)))
    before = stored(context)
    for text, said in (
        ("{{mentor.name", "one of them is missing"),
        ("**bold", "nothing closes it"),
        ("{{reader.name}}", "not known on this document (Agreement)"),
        ("李小龙", "cannot print: 李小龙"),
        ("{{pair.meets_online}}", "only says whether"),
    ):
        window.draft.change("Test", Wording("Agreement", (Written("paragraph", (text,)),)))
        window.check()
        assert said in window.blocks.frames[0].error
    window.save()
    assert stored(context) == before


def test_a_change_with_a_fault_can_be_given_up(make: Make, context: Context) -> None:
    window = make(Written("paragraph", ("Good",)))
    window.draft.change("Test", Wording("Agreement", (Written("paragraph", ("{{x",)),)))
    window.reject()
    [leave] = [one for one in window.findChildren(QPushButton) if "without" in one.text()]
    leave.click()
    assert not window.isVisible()
    assert stored(context).blocks[0].lines == ("Good",)


def test_a_block_is_added_moved_turned_and_removed_and_each_step_taken_back(make: Make) -> None:
    window = make(Written("heading", ("One",)), Written("paragraph", ("Two", "Three")))
    steps = [window.draft.wording.blocks]
    window.blocks.select(1)
    window.toolbar.add("bullets")
    steps.append(window.draft.wording.blocks)
    assert [block.kind for block in steps[-1]] == ["heading", "paragraph", "bullets"]
    assert window.blocks.current == 2
    window.toolbar.move_block(-1)
    steps.append(window.draft.wording.blocks)
    assert [block.kind for block in steps[-1]] == ["heading", "bullets", "paragraph"]
    window.blocks.select(2)
    window.toolbar.turn_into("heading")
    steps.append(window.draft.wording.blocks)
    assert steps[-1][2] == Written("heading", ("Two Three",))
    window.toolbar.remove()
    assert len(window.draft.wording.blocks) == 2
    for expected in reversed(steps):
        window.toolbar.undo()
        assert window.draft.wording.blocks == expected
        assert window.blocks.blocks() == expected
    for _step in range(4):
        window.toolbar.redo()
    assert [block.kind for block in window.blocks.blocks()] == ["heading", "bullets"]


def test_keys_move_mark_undo_and_go_on(make: Make, qtbot: QtBot) -> None:
    window = make(Written("heading", ("One",)), Written("paragraph", ("Two words",)))
    window.activateWindow()
    window.blocks.select(1)
    edit = words(window, 1)
    edit.moveCursor(QTextCursor.MoveOperation.Start)
    edit.moveCursor(QTextCursor.MoveOperation.EndOfWord, QTextCursor.MoveMode.KeepAnchor)
    press(edit, Qt.Key.Key_B, CONTROL)
    assert edit.lines() == ("**Two** words",)
    press(edit, Qt.Key.Key_B, CONTROL)
    assert edit.lines() == ("Two words",)
    press(edit, Qt.Key.Key_I, CONTROL)
    assert window.draft.wording.blocks[1].lines == ("*Two* words",)
    qtbot.keyClick(edit, Qt.Key.Key_Z, CONTROL)
    assert edit.lines() != ("*Two* words",)
    qtbot.keyClick(edit, Qt.Key.Key_Up, ALT)
    assert window.blocks.blocks()[0].kind == "paragraph"
    press(words(window, 1), Qt.Key.Key_Return)
    assert [block.kind for block in window.blocks.blocks()] == ["paragraph", "heading", "paragraph"]
    assert window.blocks.current == 2


def test_what_is_pasted_is_kept_as_it_can_be_stored(make: Make, context: Context) -> None:
    window = make(Written("paragraph", ("",)), Written("heading", ("",)))
    pasted = QMimeData()
    pasted.setText("Cafe\u0301\x00\x07\tone\u2028two\r\nthree")
    pasted.setHtml("<b>Markup</b>")
    words(window, 0).insertFromMimeData(pasted)
    words(window, 1).insertFromMimeData(pasted)
    window.save()
    assert window.draft.is_saved
    assert [" / ".join(block.lines) for block in stored(context).blocks] == [
        "Café one two / three", "Café one two three"
    ]  # fmt: skip


def test_tab_goes_through_blocks_and_the_commands_follow(make: Make, qtbot: QtBot) -> None:
    window = make(
        Written("heading", ("One",)), Written("pagebreak"), Written("lines", count=2),
        Written("paragraph", ("Two",)),
    )  # fmt: skip
    window.activateWindow()
    window.blocks.select(0)
    qtbot.waitUntil(lambda: words(window, 0).hasFocus(), timeout=3000)
    for at in (1, 2, 3):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        assert window.blocks.current == at
    window.blocks.select(1)
    window.toolbar.remove()
    assert [block.kind for block in window.blocks.blocks()] == ["heading", "lines", "paragraph"]


def test_each_word_is_a_step_to_take_back(
    make: Make, type_text: Callable[[QWidget, str], None]
) -> None:
    window = make(Written("paragraph", ("",)))
    type_text(words(window, 0), "one two")
    window.toolbar.undo()
    assert words(window, 0).lines() == ("one ",)
    window.toolbar.undo()
    assert words(window, 0).lines() == ("",)


def test_a_field_is_found_by_its_plain_name_and_put_in(
    make: Make, type_text: Callable[[QWidget, str], None]
) -> None:
    window = make(Written("paragraph", ("Dear ",)))
    window.blocks.select(0)
    edit = words(window, 0)
    edit.moveCursor(QTextCursor.MoveOperation.End)
    type_text(edit, "{{men")
    press(edit, Qt.Key.Key_Space, CONTROL)
    [fields] = window.findChildren(FieldList)
    assert "mentor.name" in fields.names()
    assert "reader.name" not in fields.names()  # a letter's, not an agreement's
    assert "pair.meets_online" not in fields.names()  # a condition
    type_text(fields.search, "mentee called")
    assert fields.names() == ["mentee.call_name"]
    press(fields.search, Qt.Key.Key_Return)
    assert edit.lines() == ("Dear {{mentee.call_name}}",)
    assert not fields.isVisible()


def test_a_field_that_is_not_there_is_said_not_to_be(make: Make) -> None:
    window = make(Written("paragraph", ("Good",)))
    fields = FieldList({}, window)
    fields.show()
    assert not fields._none.isHidden()
    press(fields.search, Qt.Key.Key_Return)
    fields.close()


def test_a_condition_leaves_a_block_out_of_the_page(
    make: Make, context: Context, qtbot: QtBot, printed: list[str]
) -> None:
    window = make(Written("heading", ("Stays",)), Written("paragraph", ("Only online",)))
    qtbot.waitUntil(lambda: "Only online" in printed[-1], timeout=5000)
    window.blocks.select(1)
    window.toolbar.add_condition("unless")
    frame = window.blocks.frames[1]
    frame.conditions["unless"].choose("pair.meets_online")
    window.save()
    assert stored(context).blocks[1].unless == "pair.meets_online"
    qtbot.waitUntil(lambda: "Only online" not in printed[-1], timeout=5000)
    window.blocks.frames[1].conditions["unless"].clear()
    window.check()
    qtbot.waitUntil(lambda: "Only online" in printed[-1], timeout=5000)
    assert stored(context).blocks[1].unless == "pair.meets_online"
    window.save()
    assert stored(context).blocks[1].unless == ""


def test_a_table_is_edited_in_cells(make: Make, type_text: Callable[[QWidget, str], None]) -> None:
    window = make(Written("table", ("**When**|**What**", "0 – 5|Arrive")))
    frame = window.blocks.frames[0]
    cells = frame.edits()
    assert [cell.lines() for cell in cells] == [
        ("**When**",), ("**What**",), ("0 – 5",), ("Arrive",)
    ]  # fmt: skip
    cells[3].setFocus()
    cells[3].moveCursor(QTextCursor.MoveOperation.End)
    type_text(cells[3], " | sit")
    assert window.draft.wording.blocks[0].lines[1] == "0 – 5|Arrive / sit"
    for act, shape in (("add_row", (3, 2)), ("add_column", (3, 3)), ("remove_row", (2, 3)),
                       ("remove_column", (2, 2))):  # fmt: skip
        getattr(frame._words, act)()
        lines = window.draft.wording.blocks[0].lines
        assert (len(lines), len(lines[0].split("|"))) == shape
    frame.count.setValue(4)
    assert frame.rows is not None
    frame.rows.set_value("pair.sessions")
    assert window.draft.wording.blocks[0].rows == "pair.sessions"
    assert window.draft.wording.blocks[0].count == 4
    assert window.draft.faults() == []


def test_the_default_is_restored_and_ones_own_brought_back(make: Make, context: Context) -> None:
    own = (Written("heading", ("Ours",)),)
    window = make(*own)
    assert window.list.marks() == {KIND: "Your own wording"}
    window.restore_default()
    assert stored(context) == templates.shipped(KIND, "en_GB")
    assert window.list.marks() == {}
    window.toolbar.undo()
    window.save()
    assert stored(context).blocks == own
    assert window.blocks.blocks() == own


def test_a_template_file_goes_out_and_comes_back(
    make: Make, context: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = (Written("heading", ("Zoë’s **agreement**",)), Written("lines", count=3))
    window = make(*own)
    path = tmp_path / "ours"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(path), ""))
    window.files.export()
    assert window.status == "Saved as ours.revletter"
    window.restore_default()
    window.show_document(DocumentKind.MENTOR_LETTER)
    path = tmp_path / "ours.revletter"
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a, **_k: (str(path), ""))
    window.files.bring_in()
    assert window.draft.kind is KIND
    assert stored(context).blocks == own
    window.toolbar.undo()
    window.save()
    assert stored(context) == templates.shipped(KIND, "en_GB")


def test_what_is_taken_back_in_the_main_window_is_followed(make: Make, context: Context) -> None:
    window = make(Written("heading", ("First",)))
    window.draft.change("Test", Wording("Agreement", (Written("heading", ("Second",)),)))
    window.save()
    context.undo_stack.undo()
    assert window.blocks.blocks()[0].lines == ("First",)
    assert window.draft.is_saved
    window.draft.change("Test", Wording("Agreement", (Written("heading", ("{{x",)),)))
    context.undo_stack.redo()
    assert window.blocks.blocks()[0].lines == ("{{x",)
    window.toolbar.undo()
    assert not window.draft.is_saved


def test_a_bad_template_file_changes_nothing(make: Make, context: Context, tmp_path: Path) -> None:
    window = make(Written("paragraph", ("Good",)))
    before = stored(context)
    path = tmp_path / "bad.revletter"
    path.write_text('{"format": "RevMentor letter", "version": 1}', "utf-8")
    window.files.bring_in_from(path)
    assert "does not know" in window.status
    assert stored(context) == before
    assert window.draft.is_saved


def test_a_wording_with_a_fault_is_not_handed_on(make: Make, tmp_path: Path) -> None:
    window = make(Written("paragraph", ("Good",)))
    window.draft.change("Test", Wording("Agreement", (Written("paragraph", ("{{x",)),)))
    window.files.export_to(tmp_path / "x.revletter")
    assert "one of them is missing" in window.status
    assert not (tmp_path / "x.revletter").exists()


@pytest.mark.parametrize(
    "text",
    [
        "<para><b>x</b></para>", "<img src='file:///etc/passwd'/>", "</para>", "&lt;&amp;",
        "{mentor.name}", "%s {0} $x", "a\u00a0b", r"5 \* 4", "x" * 1000,
    ],
)  # fmt: skip
def test_hostile_text_is_printed_as_text(
    context: Context, text: str, show: Callable[[QWidget], None]
) -> None:
    blocks = BlockList()
    blocks.show_document([Written("paragraph", (text,)), Written("table", ("a|b",))], {})
    assert blocks.blocks()[0].lines == (text,)
    context.do("", templates.save, KIND, "en_GB", Wording("Agreement", blocks.blocks()))
    data = letter_preview.preview(context.workspace, KIND, stored(context), None)
    wanted = text.replace("\\*", "*").replace("\u00a0", " ")
    assert "".join(wanted.split()) in "".join(text_of(data).split())
    blocks.deleteLater()


@pytest.mark.parametrize("kind", DocumentKind)
def test_each_document_comes_out_of_the_editor_as_it_went_in(
    kind: DocumentKind, show: Callable[[QWidget], None]
) -> None:
    blocks = BlockList()
    shipped = templates.shipped(kind, "en_GB").blocks
    blocks.show_document(shipped, offered(kind))
    show(blocks)
    edited: list[int] = []
    blocks.edited.connect(edited.append)
    for frame in blocks.frames:
        frame._on_edited()
    assert blocks.blocks() == shipped
    assert edited == []


def test_a_preview_that_fails_is_said_in_words(make: Make, monkeypatch: pytest.MonkeyPatch,
                                               qtbot: QtBot) -> None:  # fmt: skip
    def refuse(*_args: object, **_kwargs: object) -> bytes:
        raise UserError("No paper.")

    window = make()
    monkeypatch.setattr(letter_preview, "preview", refuse)
    window.preview.draw()
    qtbot.waitUntil(lambda: window.preview.pages.note == "No paper.", timeout=3000)


def test_everything_has_a_name_and_mnemonics_are_its_own(make: Make) -> None:
    window = make(kind=DocumentKind.FIRST_MEETING)
    buttons = [one for one in window.findChildren(QAbstractButton) if one.isVisible()]
    assert all(one.accessibleName() or one.text() for one in buttons)
    keys = [
        one.text()[one.text().index("&") + 1].casefold() for one in buttons if "&" in one.text()
    ]
    assert len(keys) == len(set(keys)), keys
    assert all(edit.accessibleName() for edit in window.findChildren(WordEdit))
    for menu in (window.toolbar.block_button.menu(), window.more_button.menu()):
        texts = [action.text() for action in menu.actions() if "&" in action.text()]
        letters = [text[text.index("&") + 1].casefold() for text in texts]
        assert len(letters) == len(set(letters)), texts


def test_a_copy_under_a_name_is_edited_and_the_one_before_kept(
    make: Make, context: Context
) -> None:
    ours = (Written("heading", ("Ours",)),)
    window = make(*ours)
    window.variants.ask_name()
    [form] = window.findChildren(CopyForm)
    form.accept()
    assert "Give the copy a name" in form.error
    form.name.set_value("Short & sweet")
    form.accept()
    assert window._variant.text() == "Short & sweet"
    assert window.blocks.blocks() == ours
    window.draft.change("Test", Wording("Agreement", (Written("heading", ("Short",)),)))
    window.save()
    names = [action.text() for action in window.variants.actions()]
    assert names == ["As it came", "Our wording", "Short && sweet"]
    window.variants.actions()[1].trigger()
    assert window.blocks.blocks() == ours
    window.draft.change("Test", Wording("Agreement", (Written("heading", ("{{x",)),)))
    window.variants.actions()[2].trigger()
    assert window._variant.text() == "Our wording"  # not before the fault is mended
    assert window.variants.actions()[1].isChecked()
    window.toolbar.undo()
    window.variants.actions()[2].trigger()
    assert stored(context).blocks[0].lines == ("Short",)
    window.remove()
    assert window._variant.text() == "As it came"
    assert window.blocks.blocks() == templates.shipped(KIND, "en_GB").blocks
    context.undo_stack.undo()
    assert stored(context).blocks[0].lines == ("Short",)


def test_it_opens_from_the_file_menu(
    open_window: MainWindow, dialog: Callable[[type], TemplateWindow]
) -> None:
    open_window.run_command("templates")
    window = dialog(TemplateWindow)
    assert window.draft.kind is DocumentKind.MENTOR_LETTER
    window.reject()


def test_a_file_of_another_kind_is_taken_to_its_document(
    make: Make, context: Context, tmp_path: Path
) -> None:
    blocks = (Written("paragraph", ("Dear {{reader.call_name}}",)),)
    letter = LetterFile(DocumentKind.MENTEE_LETTER, "de_DE", Wording("Brief", blocks))
    letter_files.write(tmp_path / "b.revletter", letter)
    window = make()
    window.files.bring_in_from(tmp_path / "b.revletter")
    assert stored(context, DocumentKind.MENTEE_LETTER).blocks == blocks
