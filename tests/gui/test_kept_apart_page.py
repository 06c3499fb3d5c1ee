"""Two people of the Staff tab are kept apart, read on one page, and allowed again."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from sqlalchemy.orm import Session

from revmentor_desktop.domain.programmes import Role
from revmentor_desktop.gui.context import Context
from revmentor_desktop.gui.kept_apart_page import KeptApartPage, keep_apart_form
from revmentor_desktop.gui.main_window import MainWindow
from revmentor_desktop.gui.pair_page import PairPage
from revmentor_desktop.gui.person_page import PersonPage
from revmentor_desktop.gui.review.reason_form import ReasonForm
from revmentor_desktop.gui.staff_tab import StaffTab
from revmentor_desktop.services import keep_aparts, pairs
from revmentor_desktop.store.workspace import Workspace
from tests.factory import DAY, enrolled, programme

SECRET = "A complaint that is not over"


def fill(session: Session) -> tuple[int, int, int]:
    """Two people who are a pair, with the pair's id."""
    spring = programme(session)
    ada = enrolled(session, spring, "Ada Alder", Role.MENTOR)
    bo = enrolled(session, spring, "Bo Baum", Role.MENTEE)
    return ada, bo, pairs.make(session, spring, ada, bo, DAY).id


def texts(widget: QWidget) -> str:
    QApplication.processEvents()
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if one.isVisible())


def entry(tab: StaffTab, text: str) -> bool:
    """Whether the entry of the rows' menu can be chosen."""
    return next(a for a in tab.page.view.extra_actions if a.text() == text).isEnabled()


def test_two_of_the_staff_tab_are_kept_apart_and_the_reason_is_read_on_one_page_only(
    window: MainWindow, workspace: Workspace
) -> None:
    ada, bo, pair_id = workspace.write(fill).value
    window.adopt_workspace(workspace)
    window.show_tab("staff", [ada])
    tab = window.current_tab()
    assert isinstance(tab, StaffTab)
    assert not entry(tab, "Keep these two apart …")
    window.show_tab("staff", [ada, bo])
    next(a for a in tab.page.view.extra_actions if "apart" in a.text()).trigger()
    [form] = window.findChildren(ReasonForm)
    assert "They are a pair now" in texts(form)
    form.reason.setPlainText(SECRET)
    form.save_button.click()
    window.run_command("kept_apart")
    [page] = window.findChildren(KeptApartPage)
    assert SECRET in texts(page)
    page.close()
    window.programmes.open_person(ada)
    window.programmes.open_pair(pair_id)
    others = (window, *window.findChildren(PersonPage), *window.findChildren(PairPage))
    assert not any(SECRET in texts(one) for one in others)
    for one in others[1:]:
        one.close()


def test_allow_again_is_one_step_and_the_page_follows_an_undo(
    context: Context, show: Callable[[QWidget], None]
) -> None:
    ada, bo, _pair = context.workspace.write(fill).value
    context.do("", keep_aparts.keep_apart, bo, ada, SECRET)
    page = KeptApartPage(context)
    show(page)
    [again] = [b for b in page.findChildren(QAbstractButton) if b.text() == "Allow again"]
    assert again.accessibleName() == "Allow again: Ada Alder and Bo Baum"
    again.click()
    assert context.read(keep_aparts.rows) == []
    assert "Nobody is kept apart" in texts(page)
    context.undo_stack.undo()
    assert SECRET in texts(page)
    page.close()


def test_no_reason_is_needed_and_the_step_does_not_tell_it(context: Context) -> None:
    ada, bo, _pair = context.workspace.write(fill).value
    form = keep_apart_form(context, ada, bo)
    form.save_button.click()
    [row] = context.read(keep_aparts.rows)
    assert (row.one, row.other, row.reason) == ("Ada Alder", "Bo Baum", "")
    assert context.undo_stack.undoText() == "Ada Alder and Bo Baum: not available"
    form.deleteLater()
