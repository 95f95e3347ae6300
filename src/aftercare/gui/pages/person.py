"""One person: the head with code, risk, contact and stage, and below it the parts of the record as tabs."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QHideEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QWidget

from aftercare._built.forms.ui_person import Ui_PersonPage
from aftercare.domain.codes import Stage
from aftercare.domain.permissions import Permission
from aftercare.domain.rows.retention import Standing
from aftercare.domain.rows.survivors import PersonHead
from aftercare.gui import forms, icons, mnemonics, style
from aftercare.gui.office import Office
from aftercare.gui.pages.person_record import RecordMenu
from aftercare.gui.palette import Tone
from aftercare.gui.person_words import RISK_TONES, RISK_WORDS, head_line
from aftercare.gui.widgets.banner import Banner
from aftercare.gui.widgets.flow import wrapping
from aftercare.gui.widgets.shortcut_list import ShortcutLine
from aftercare.i18n import current, tr, trn
from aftercare.services.cases import open_another_case
from aftercare.services.retention import show_standing
from aftercare.services.survivors import open_person, show_name
from aftercare.words import label

_SHOWN_STAGES = tuple(stage for stage in Stage if stage is not Stage.CLOSED)
_HEAD_TOPICS = {"survivor", "survivor_name", "spoken_language", "survivor_case", "case_worker", "alert", "stage_change"}
_HEAD_TOPICS |= {"legal_hold", "staff"}

_LOOK_AT_CLOCK_MS = 20_000
_WHO_PIXELS = 480  # what the head needs for code, risk and contact beside the stages


class Part(Protocol):
    """What a tab shows: told the person once and again whenever the head changed."""

    def show_person(self, head: PersonHead) -> None: ...


@dataclass(frozen=True)
class TabEntry:
    """A tab of a page: made when it is first shown. `title` is translated already.

    `make` builds it in the widget it is given: what changes its place is styled twice.
    """

    key: str
    title: str
    make: Callable[[QWidget], QWidget]


class PersonPage(QWidget):
    """Shown under «Survivors»; it asks for the head itself and again when something in it changed."""

    stage_change_asked = Signal(object)  # PersonHead
    case_asked = Signal(object)  # PersonHead
    report_asked = Signal(object, str)  # PersonHead, kind of report
    purge_ordered = Signal(object)  # PurgeOrder
    shown = Signal(object)  # PersonHead, after each answer
    gone = Signal()  # the person is no longer there (an intake was undone)

    def __init__(self, office: Office, tabs: Sequence[TabEntry], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._entries = tuple(tabs)
        self._parts: dict[str, QWidget] = {}
        self._told: dict[str, PersonHead] = {}
        self.head: PersonHead | None = None
        self._survivor_id: UUID | None = None
        self._form = forms.fill(self, Ui_PersonPage)
        self._form.column.setStretchFactor(self._form.parts, 1)
        self._form.whose.setStretch(1, 1)
        self._deeds = wrapping(self._form.deeds, self._form.stage)
        self._deeds.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        self._glass, self._time_left = Banner(self), ""
        self._form.column.insertWidget(0, self._glass)
        self._standing = Banner(self)
        self._form.column.insertWidget(1, self._standing)
        self._glass_over = QTimer(self, interval=_LOOK_AT_CLOCK_MS)
        self._glass_over.timeout.connect(self._tell_time_left)
        self._hiding = QTimer(self, singleShot=True)
        self._hiding.timeout.connect(self._hide_name)
        self._form.show_name.clicked.connect(self._toggle_name)
        self._form.change_stage.clicked.connect(lambda: self.stage_change_asked.emit(self.head))
        self._form.case_form.clicked.connect(lambda: self.case_asked.emit(self.head))
        self._form.another_case.clicked.connect(self._open_another)
        self._writes = Permission.WRITE_RECORDS in office.actor.permissions
        for part in (self._form.change_stage, self._form.case_form):
            part.setVisible(self._writes)
        self.record_menu = RecordMenu(office, self._form.more, self)
        self.record_menu.purge_ordered.connect(self.purge_ordered)
        self._form.cases.activated.connect(self._choose_case)
        for entry, title in zip(self._entries, mnemonics.assign([each.title for each in tabs], set()), strict=True):
            self._form.tabs.setTabData(self._form.tabs.addTab(title), entry.key)
        self._form.tabs.currentChanged.connect(lambda _at: self._show_part())
        for at in range(len(self._entries)):
            shortcut = QShortcut(QKeySequence(f"Alt+{at + 1}"), self)
            shortcut.activated.connect(lambda at=at: self._form.tabs.setCurrentIndex(at))
        self._actions = self._make_actions()
        office.listen(self, _HEAD_TOPICS, self._hear)
        self._hide_name()

    # --- what the window calls -----------------------------------------------------------------------------------

    @property
    def page_actions(self) -> list[QAction]:
        return self._actions

    @property
    def shortcut_lines(self) -> list[ShortcutLine]:
        group = tr("A person's page")
        return [ShortcutLine(f"Alt+{at}", entry.title, group) for at, entry in enumerate(self._entries, start=1)] + [
            ShortcutLine("Alt+Left", tr("Previous person in the list"), group),
            ShortcutLine("Alt+Right", tr("Next person in the list"), group),
            ShortcutLine("Ctrl+P", tr("Print a report"), group),
        ]

    @property
    def begins_at(self) -> QWidget:
        """Where the keys begin: not on the button that shows a name, which one press too many would press."""
        return self._form.tabs

    @property
    def tab(self) -> str:
        """The key of the tab that is shown."""
        return str(self._form.tabs.tabData(self._form.tabs.currentIndex()))

    def part(self, key: str) -> QWidget | None:
        return self._parts.get(key)

    def open(self, survivor_id: UUID, tab: str = "", case_id: UUID | None = None) -> None:
        """Show this person, on this tab or the one shown last."""
        self._hide_name()
        if survivor_id != self._survivor_id:
            self._told.clear()  # whoever comes back to somebody reads anew
        self._survivor_id = survivor_id
        keys = [entry.key for entry in self._entries]
        if tab in keys:
            self._form.tabs.setCurrentIndex(keys.index(tab))
        self._ask(case_id)

    def show_head(self, head: PersonHead) -> None:
        self.head = head
        form = self._form
        self.record_menu.show_head(head)
        form.avatar.setText(str(head.number))
        form.code.setText(head.case_code)
        form.line.setText(head_line(head))
        is_closed = head.stage is Stage.CLOSED
        form.risk.setVisible(is_closed or head.risk is not None)
        if is_closed:  # none of the stages is marked then, and a risk of those days says nothing of today
            form.risk.show_pill(label(head.stage), Tone.SOFT)
            form.risk.setToolTip("")
        elif head.risk is not None:
            form.risk.show_pill(tr(RISK_WORDS[head.risk]), RISK_TONES[head.risk])
            form.risk.setToolTip(head.risk_reason)
        stages = [label(stage) for stage in _SHOWN_STAGES]
        form.stage.show_stage(stages, _SHOWN_STAGES.index(head.stage) if head.stage in _SHOWN_STAGES else -1)
        are_closed = all(case.stage is Stage.CLOSED for case in head.cases)
        form.another_case.setVisible(self._writes and are_closed)
        form.change_stage.setText(tr("Reopen or change…") if head.stage is Stage.CLOSED else tr("Change stage…"))
        form.alerts.setText(" · ".join(alert.words for alert in head.alerts))
        form.alerts.setVisible(bool(head.alerts))
        self._tell_time_left()
        self._office.ask(show_standing, head.survivor_id, then=self._show_standing, owner=self, topic="standing")
        self._show_cases(head)
        self._show_part()
        self.shown.emit(head)

    # --- inside --------------------------------------------------------------------------------------------------

    def _make_actions(self) -> list[QAction]:
        if Permission.PRINT_REPORTS not in self._office.actor.permissions:
            return []
        report = QAction(tr("Print report…"), self)
        report.setProperty(icons.GLYPH, "print")
        report.setShortcut(QKeySequence.StandardKey.Print)
        report.triggered.connect(lambda: self.report_asked.emit(self.head, "progress"))
        plan = QAction(tr("Print plan…"), self)
        plan.triggered.connect(lambda: self.report_asked.emit(self.head, "plan_sheet"))
        self.addActions([report, plan])
        return [report, plan]

    def _ask(self, case_id: UUID | None) -> None:
        self._office.ask(
            open_person,
            self._survivor_id,
            case_id,
            then=self.show_head,
            owner=self,
            topic="head",
            otherwise=lambda _problem: self.gone.emit(),
        )

    def _hear(self, _topic: str, about: UUID | None) -> None:
        if self.head is not None and about in (None, self.head.survivor_id):
            self._ask(self.head.case_id)

    def _show_part(self) -> None:
        if self.head is None or not self._entries:
            return
        entry = self._entries[max(0, self._form.tabs.currentIndex())]
        part = self._parts.get(entry.key)
        if part is None:
            part = self._parts[entry.key] = entry.make(self._form.parts)
            self._form.parts.addWidget(part)
            icons.dress(part)
        self._form.parts.setCurrentWidget(part)
        mnemonics.settle_in_window(part)
        # somebody else was asked for: what this tab would ask about the person before is not waited for
        is_wanted = self.head.survivor_id == self._survivor_id
        if is_wanted and self._told.get(entry.key) != self.head:
            self._told[entry.key] = self.head
            part.show_person(self.head)  # type: ignore[attr-defined]

    def _tell_time_left(self) -> None:
        """How long a record that is not among mine stays open; then it closes by itself."""
        head = self.head
        until = head.open_until if head is not None else None
        if head is None or until is None:
            self._glass_over.stop()
            self._glass.hide()
            self._time_left = ""
            return
        minutes = math.ceil((until - self._office.clock.now()).total_seconds() / 60)
        if minutes <= 0:
            self._glass_over.stop()
            over = tr("The time for {code} is over: it is closed again. What you typed is kept.", code=head.case_code)
            self._office.said.emit(over)
            self.gone.emit()
            return
        self._glass_over.start()
        left = trn("It stays open for {n} minute.", "It stays open for {n} minutes.", minutes)
        if left != self._time_left:  # said again to those who listen only when it changed
            self._time_left = left
            what = tr("This record is not among yours. You opened it with a reason.")
            self._glass.show_words(what, left, tone=Tone.TODAY)

    def _show_standing(self, standing: Standing) -> None:
        """That nothing of this record may be deleted, or that its words were."""
        hold, gone, day = standing.hold, standing.words_gone_on, current().date
        self.record_menu.show_hold(hold)
        if hold is not None:
            since = tr("{reason}, since {day}", reason=label(hold.reason), day=day(hold.since))
            until = tr("until {day}", day=day(hold.until)) if hold.until is not None else ""
            self._standing.show_words(
                tr("Legal hold: nothing of this record may be deleted."),
                " · ".join(part for part in (since, until, hold.words) if part),
                tone=Tone.TODAY,
            )
        elif gone is not None:
            self._standing.show_words(
                tr("Words of this record were deleted on {day}.", day=day(gone)),
                tr("Days, codes and numbers stay for the counts."),
                tone=Tone.INFO,
            )
        else:
            self._standing.hide()

    def _show_cases(self, head: PersonHead) -> None:
        box = self._form.cases
        box.setVisible(len(head.cases) > 1)
        box.clear()
        for case in head.cases:
            words = tr("Case {number}, since {day}", number=case.number, day=current().date(case.opened_on))
            box.addItem(words, case.case_id)
        box.setCurrentIndex(max(0, box.findData(head.case_id)))

    def _open_another(self) -> None:
        self._office.do(
            open_another_case, self._survivor_id, then=self._ask, owner=self, undo=tr("Another case opened")
        )

    def _choose_case(self, at: int) -> None:
        self._ask(self._form.cases.itemData(at))

    # --- the name, for a short while -----------------------------------------------------------------------------

    def _toggle_name(self) -> None:
        if self._hiding.isActive():
            self._hide_name()
        else:
            self._office.ask(show_name, self._survivor_id, then=self._show_name, owner=self, topic="name")

    def _show_name(self, name: str) -> None:
        self._form.name.setMinimumWidth(0)  # however long a name is
        self._form.name.setText(name or tr("no name recorded"))
        self._form.show_name.setText(tr("hide"))
        self._hiding.start(self._office.settings.name_shown_seconds * 1000)

    def _hide_name(self) -> None:
        self._hiding.stop()
        self._form.name.setText(tr("name hidden ·"))
        self._form.name.setMinimumWidth(self._form.name.sizeHint().width())
        self._form.show_name.setText(tr("show"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where room is short the stages stand below: a rule about contact is never squeezed for them."""
        super().resizeEvent(event)
        is_narrow = self.width() < self._deeds.sizeHint().width() + style.scaled(_WHO_PIXELS)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._form.head.setDirection(down if is_narrow else across)
        self._form.head.setStretch(0, 0 if is_narrow else 1)  # below each other it would stretch their height

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._hide_name()
