"""The Staff tab: everybody, searched, filtered, edited in place, enrolled in bulk."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QSettings
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.domain.programmes import EnrolmentState, Role
from revmentor_desktop.gui.context import Context
from revmentor_desktop.gui.icons import icon
from revmentor_desktop.gui.tab import Tab
from revmentor_desktop.gui.table.page import Empty, TablePage
from revmentor_desktop.gui.widgets import button
from revmentor_desktop.i18n import _, ngettext
from revmentor_desktop.services import enrolments, staff
from revmentor_desktop.services.programmes import ProgrammeRow
from revmentor_desktop.services.staff_table import StaffTable


class StaffTab(Tab):
    """The staff register with each person's part in the programme that is open."""

    def __init__(
        self, context: Context, settings: QSettings, parent: QWidget | None = None
    ) -> None:
        super().__init__(context, settings, parent)
        self.page = TablePage(
            context,
            StaffTable(None),
            _("Staff"),
            Empty(
                "users",
                _("Nobody here yet"),
                _("Bring in your staff list, or add people one by one."),
                (
                    (_("Bring in a staff list …"), partial(self.command_requested.emit, "import")),
                    (_("Add a person …"), partial(self.command_requested.emit, "add_person")),
                ),
            ),
            settings,
            _("Search people  (Ctrl+F)"),
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.page)
        self._part_button = button(
            _("Part in the programme"), self._show_part_menu, "heart-handshake"
        )
        self.page.actions_row.addWidget(self._part_button)
        add = partial(self.command_requested.emit, "add_person")
        self.page.actions_row.addWidget(
            button(_("Bring in …"), partial(self.command_requested.emit, "import"), "upload")
        )
        self.page.actions_row.addWidget(button(_("Add a person"), add, "user-plus", "filled"))
        self.page.record_opened.connect(self.person_opened)
        self.page.selection_changed.connect(self._on_selection_changed)
        self._pair_action = self._action(
            _("Pair these two …"), partial(self.command_requested.emit, "pair_by_hand"), "link"
        )
        self._taking_part_action = self._action(
            _("Taking part …"), self._open_taking_part, "calendar-check"
        )
        self._apart_action = self._action(_("Keep these two apart …"), self._keep_apart, "ban")
        self.page.view.extra_actions = self._row_actions()
        self._on_selection_changed([])

    def set_programme(self, programme: ProgrammeRow | None) -> None:
        """Speak of another programme in the status."""
        super().set_programme(programme)
        self.page.set_source(StaffTable(programme.id if programme else None))
        self._on_selection_changed(self.page.selected_ids())

    def focus_search(self) -> None:
        """Into the search field."""
        self.page.focus_search()

    def chosen_people(self) -> list[int]:
        """The people that are chosen here."""
        return self.page.selected_ids()

    def show_only(self, wish: object) -> None:
        """A filter (mapping) or the rows of some ids."""
        if isinstance(wish, Mapping):
            self.page.show_filter(wish)
        elif isinstance(wish, tuple | list):
            self.page.clear_narrowing()
            self.page.view.select_ids(list(wish))

    def part_menu(self) -> QMenu:
        """What can become of the chosen people in the programme."""
        menu = QMenu(self)
        programme = self.programme
        if programme is None:
            menu.addAction(
                _("Make a programme first …"),
                partial(self.command_requested.emit, "new_programme"),
            )
            return menu
        if self.page.view.selected_count() == 1:
            menu.addAction(icon("calendar-check"), _("Taking part …"), self._open_taking_part)
            menu.addSeparator()
        both = _("{mentor} and {mentee}").format(mentor=programme.mentor, mentee=programme.mentee)
        for role, word in (
            (Role.MENTOR, programme.mentor),
            (Role.MENTEE, programme.mentee),
            (Role.BOTH, both),
        ):
            menu.addAction(
                icon("user-plus"), _("Enrol as {role}").format(role=word), partial(self.enrol, role)
            )
        menu.addSeparator()
        for state, text in (
            (EnrolmentState.ENROLLED, _("Candidates: enrol in their role")),
            (EnrolmentState.INVITED, _("Mark as invited")),
            (EnrolmentState.INTERESTED, _("Mark as interested")),
            (EnrolmentState.WAITING, _("Put on the waiting list")),
            (EnrolmentState.DECLINED, _("Mark as declined")),
            (EnrolmentState.WITHDRAWN, _("Mark as withdrawn")),
        ):
            menu.addAction(text, partial(self.set_state, state))
        menu.addSeparator()
        if self.page.view.selected_count() > 1:
            menu.addAction(_("How many partners …"), self._open_places)
        menu.addAction(_("Take out of the programme"), self.take_out)
        return menu

    def enrol(self, role: Role) -> None:
        """Give the chosen people a part in the programme."""
        self._enrol(self.page.selected_ids(), role)

    def set_state(self, state: EnrolmentState) -> None:
        """Move the chosen people to another state of their enrolment."""
        self._set_state(self.page.selected_ids(), state)

    def take_out(self) -> None:
        """As if the chosen people had never been asked."""
        if self.programme is not None:
            ids = self.page.selected_ids()
            text = ngettext("{n} person taken out", "{n} people taken out", len(ids))
            self._context.attempt(text, enrolments.remove, self.programme.id, ids)

    def _enrol(self, ids: Sequence[int], role: Role) -> None:
        programme = self.programme
        if programme is None:
            return
        other = {Role.MENTOR: Role.MENTEE, Role.MENTEE: Role.MENTOR}.get(role, role)
        moved: list[int] = []
        if other is not role:
            moved = self._context.read(enrolments.in_role, programme.id, ids, other)
        words = {Role.MENTOR: programme.mentor, Role.MENTEE: programme.mentee}
        text = ngettext("{n} person enrolled", "{n} people enrolled", len(ids))
        if moved and len(ids) == 1:
            text = _("Enrolled as {role} instead of {other}").format(
                role=words[role], other=words[other]
            )
        elif moved:
            text = ngettext(
                "{enrolled}, {n} of them as {role} instead of {other}",
                "{enrolled}, {n} of them as {role} instead of {other}", len(moved),
            ).format(enrolled=text, role=words[role], other=words[other])  # fmt: skip
        again = partial(self._enrol, ids, role)
        if self._try_to(again, text, enrolments.enrol, programme.id, ids, role) and moved:
            both = partial(self._enrol, moved, Role.BOTH)
            self._context.offered.emit(text, True, _("Make it both"), both)

    def _set_state(self, ids: Sequence[int], state: EnrolmentState) -> None:
        if self.programme is not None:
            text = ngettext("{n} enrolment changed", "{n} enrolments changed", len(ids))
            again = partial(self._set_state, ids, state)
            self._try_to(again, text, enrolments.set_state, self.programme.id, ids, state)

    def _try_to(
        self,
        again: Callable[[], object],
        text: str,
        action: Callable[..., object],
        *args: object,
    ) -> bool:
        """Whether it was done; where somebody was not told, she can say so and try ``again``."""
        try:
            self._context.do(text, action, *args)
        except enrolments.NotToldError as refusal:
            tell = partial(self._tell, refusal.staff_ids, again)
            self._context.offered.emit(str(refusal), False, _("They were told today"), tell)
        except UserError as refusal:
            self._context.refused.emit(str(refusal))
        else:
            return True
        return False

    def _tell(self, ids: Sequence[int], then: Callable[[], object]) -> None:
        self._told_today(ids)
        then()

    def _mark_told(self) -> None:
        self._told_today(self.page.selected_ids())

    def _told_today(self, ids: Sequence[int]) -> None:
        text = ngettext("{n} person told today", "{n} people told today", len(ids))
        self._context.attempt(text, staff.mark_told, ids, self._context.today())

    def _mark_left(self) -> None:
        ids = self.page.selected_ids()
        text = ngettext("{n} person has left", "{n} people have left", len(ids))
        self._context.attempt(text, staff.mark_left, ids, self._context.today())

    def _edit_record(self) -> None:
        from revmentor_desktop.gui.staff_form import StaffForm

        ids = self.page.selected_ids()
        if len(ids) == 1:
            StaffForm(self._context, ids[0], self.window()).open()

    def _open_taking_part(self) -> None:
        from revmentor_desktop.gui.taking_part_form import TakingPartForm

        ids = self.page.selected_ids()
        if len(ids) == 1 and self.programme is not None:
            TakingPartForm(self._context, self.programme, ids[0], self.window()).open()

    def _open_places(self) -> None:
        from revmentor_desktop.gui.taking_part_form import PlacesForm

        if self.programme is not None:
            ids = self.page.selected_ids()
            PlacesForm(self._context, self.programme, ids, self.window()).open()

    def _keep_apart(self) -> None:
        from revmentor_desktop.gui.kept_apart_page import keep_apart_form

        ids = self.page.selected_ids()
        if len(ids) == 2:
            keep_apart_form(self._context, ids[0], ids[1], self.window()).open()

    def _row_actions(self) -> list[QAction]:
        return [
            self._action(_("Edit the record …"), self._edit_record, "pencil"),
            self._action(_("Part in the programme …"), self._show_part_menu, "heart-handshake"),
            self._taking_part_action,
            self._pair_action,
            self._apart_action,
            self._action(_("Told of the programme today"), self._mark_told, "check"),
            self._action(_("Has left"), self._mark_left, "log-out"),
        ]

    def _action(self, text: str, act: Callable[[], object], picture: str) -> QAction:
        action = QAction(icon(picture), text, self)
        action.triggered.connect(act)
        return action

    def _show_part_menu(self) -> None:
        place = self._part_button.rect().bottomLeft()
        self.part_menu().popup(self._part_button.mapToGlobal(place))

    def _on_selection_changed(self, ids: list[int]) -> None:
        count = self.page.view.selected_count()
        self._part_button.setEnabled(count > 0)
        self._taking_part_action.setEnabled(count == 1 and self.programme is not None)
        self._pair_action.setEnabled(count == 2 and self.programme is not None)
        self._apart_action.setEnabled(count == 2)
