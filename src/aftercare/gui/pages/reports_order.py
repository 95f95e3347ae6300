"""The form of a report: about whom, for whom, over which time, which chapters and words, on which paper.

Only its first rows are made before it is shown, see `growing`; whoever asks for more has all of it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QSizePolicy, QVBoxLayout, QWidget

from aftercare.domain.codes import ReportKind, ReportProfile
from aftercare.domain.drafts.reports import Narratives, PaperSize, PlanSheetOrder, ProgressOrder, ReportOrder
from aftercare.domain.errors import FieldProblem, Problem
from aftercare.domain.report_periods import ReportPeriod, days_of
from aftercare.domain.rows.reports import EntryRow, ReportChoices
from aftercare.gui import style
from aftercare.gui.dialogs.note_person import PersonField
from aftercare.gui.office import Office
from aftercare.gui.widgets.choices import ChoiceChips, CodeCombo
from aftercare.gui.widgets.date_edits import DayEdit
from aftercare.gui.widgets.fields import FieldForm
from aftercare.gui.widgets.growing import Growth
from aftercare.gui.widgets.person_entries import choices
from aftercare.gui.widgets.tick_box import TickBox
from aftercare.i18n import current, tr
from aftercare.words import area_label

_PROGRESS_ONLY = ("profile", "period", "since", "until", "narratives", "entries", "large_print")
_OF_ONE_CASE = ("areas", "language")
_WORDS_SHOWN = 90  # letters of a narrative in the list
_LIST_PIXELS = 132
_NOBODY = UUID(int=0)


class ReportForm(QWidget):
    """`case_chosen` when it is about somebody else; `changed` when the report would look different."""

    case_chosen = Signal(object)  # case id, or None
    changed = Signal()

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._choices: ReportChoices | None = None
        self._language_chosen = False
        self.rows = FieldForm(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.rows)
        self._grow(self._make_person_and_kind)
        lower = (self._make_period, self._make_contents, self._make_paper)
        self.growth = Growth(self, [partial(self._grow, make) for make in lower])

    # --- what the page calls -----------------------------------------------------------------------------------------

    @property
    def case_id(self) -> UUID | None:
        return self._person.case_id

    @property
    def kind(self) -> ReportKind:
        return ReportKind(self._kind.code or ReportKind.PROGRESS)

    @property
    def person_field(self) -> PersonField:
        return self._person

    def show_case(self, case_code: str, case_id: UUID, kind: ReportKind) -> None:
        """Make it about this case."""
        self.growth.finish()
        self._kind.show_code(kind)
        self._follow_kind()
        self._person.show_draft_value([case_code, str(case_id)])
        self.case_chosen.emit(case_id)

    def show_choices(self, offered: ReportChoices) -> None:
        """The chapters, narratives and languages that this case has; everything is chosen but narratives."""
        self.growth.finish()
        other = self._choices is None or self._choices.case_id != offered.case_id
        pressed, ticked = set(self._areas.codes), self._ticked()
        all_pressed = self._choices is None or len(pressed) == len(self._choices.areas)
        self._choices = offered
        codes = [choice.area for choice in offered.areas]
        self._areas.show_choices([(choice.area, choice.name or area_label(choice.area)) for choice in offered.areas])
        self._areas.show_codes(codes if other or all_pressed else pressed)
        self._show_entries(frozenset() if other else ticked)
        self._show_languages(offered)

    def order(self) -> ReportOrder | None:
        """What is wanted, None while it is about nobody; FieldProblem for days that cannot be understood."""
        case_id = self._person.case_id
        if case_id is None or self._choices is None or self._choices.case_id != case_id:
            return None
        if self.kind is ReportKind.PLAN_SHEET:
            return PlanSheetOrder(case_id, self._chosen_areas(), self._language.code or "", self._paper_size())
        return self.progress_order(case_id)

    def order_for_many(self, narratives: Narratives) -> ReportOrder:
        """What is wanted for each of many cases: no entries of one, and each survivor's own language unless chosen."""
        self.growth.finish()
        language = (self._language.code or "") if self._language_chosen else ""
        if self.kind is ReportKind.PLAN_SHEET:
            return PlanSheetOrder(_NOBODY, self._chosen_areas(), language, self._paper_size())
        order = self.progress_order(_NOBODY)
        return replace(order, entries=frozenset(), narratives=narratives, language=language)

    def progress_order(self, case_id: UUID) -> ProgressOrder:
        """A progress report as chosen here, about any case."""
        since, until = self._since.value, self._until.value
        if since is not None and until is not None and since > until:
            raise FieldProblem("since", "ends_before_it_begins")
        return ProgressOrder(
            case_id=case_id,
            profile=self.profile,
            since=since,
            until=until,
            areas=self._chosen_areas(),
            language=self._language.code or "",
            entries=self._ticked(),
            narratives=Narratives(self._narratives.code or Narratives.CHOSEN),
            paper=self._paper_size(),
            large_print=self._large.isChecked(),
        )

    @property
    def profile(self) -> ReportProfile:
        return ReportProfile(self._profile.code or ReportProfile.INTERNAL)

    def show_problem(self, problem: Problem) -> bool:
        """Say what is wrong beside its field; False if it has none here."""
        self.growth.finish()
        return self.rows.show_problem(problem)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab passes every row."""
        self.growth.finish()
        return super().focusNextPrevChild(forward)

    # --- rows ----------------------------------------------------------------------------------------------------

    def _grow(self, make: Callable[[], None]) -> None:
        """Rows of what is about nobody yet: whoever says about whom has all of them made first."""
        make()
        for name, row in self.rows.rows.items():
            # chips and hints wrap: a row is as high as they need at this width
            row.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
            # now: Tab passes by what is only about to be shown
            row.setVisible(name not in (*_OF_ONE_CASE, "entries"))

    def _make_person_and_kind(self) -> None:
        rows = self.rows
        self._person = PersonField(self._office)
        self._person.changed.connect(lambda _hit: self.case_chosen.emit(self._person.case_id))
        rows.add("person", tr("About whom"), self._person, tr("Code, name or phone; Enter takes the first"))
        self._kind, self._profile = CodeCombo(rows), CodeCombo(rows)
        self._kind.show_choices(choices(tuple(ReportKind)))
        self._kind.show_code(ReportKind.PROGRESS)
        self._kind.chosen.connect(lambda _code: self._change(self._follow_kind))
        rows.add("kind", tr("What"), self._kind)
        self._profile.show_choices(choices(tuple(ReportProfile)))
        self._profile.show_code(ReportProfile.INTERNAL)
        self._profile.chosen.connect(lambda _code: self._change(self._follow_profile))
        rows.add("profile", tr("For whom"), self._profile)

    def _make_period(self) -> None:
        rows = self.rows
        self._period = CodeCombo(rows)
        self._period.show_choices(choices(tuple(ReportPeriod)))
        self._period.show_code(ReportPeriod.QUARTER)
        self._period.chosen.connect(lambda _code: self._change(self._follow_period))
        rows.add("period", tr("Period"), self._period)
        clock = self._office.clock
        self._since, self._until = DayEdit(rows, clock=clock), DayEdit(rows, clock=clock)
        for name, words, day in (("since", tr("From"), self._since), ("until", tr("To"), self._until)):
            day.changed.connect(self._take_own_dates)
            rows.add(name, words, day)
        self._follow_period()

    def _make_contents(self) -> None:
        rows = self.rows
        self._areas = ChoiceChips(rows)
        self._areas.changed.connect(lambda _codes: self.changed.emit())
        rows.add("areas", tr("Chapters"), self._areas)
        self._narratives = CodeCombo(rows)
        self._narratives.show_choices(choices(tuple(Narratives)))
        self._narratives.show_code(Narratives.CHOSEN)
        self._narratives.chosen.connect(lambda _code: self._change(self._follow_profile))
        rows.add("narratives", tr("What was written"), self._narratives)
        self._entries = QListWidget(rows)
        self._entries.setAccessibleName(tr("Entries to print, with Space"))
        self._entries.setWordWrap(True)
        self._entries.setMinimumHeight(style.scaled(_LIST_PIXELS))
        self._entries.setMaximumHeight(style.scaled(_LIST_PIXELS))
        self._entries.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._entries.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._entries.itemChanged.connect(lambda _item: self.changed.emit())
        rows.add("entries", tr("Entries"), self._entries)

    def _make_paper(self) -> None:
        rows = self.rows
        self._language, self._paper, self._large = CodeCombo(rows), CodeCombo(rows), TickBox(tr("Large print"), rows)
        self._language.chosen.connect(lambda _code: self._choose_language())
        rows.add("language", tr("Language"), self._language)
        self._paper.show_choices([("A4", "A4"), ("Letter", tr("US Letter"))])
        self._paper.show_code("A4")
        self._paper.chosen.connect(lambda _code: self.changed.emit())
        rows.add("paper", tr("Paper"), self._paper)
        self._large.toggled.connect(lambda _on: self.changed.emit())
        rows.add("large_print", tr("Print size"), self._large)

    # --- following each other --------------------------------------------------------------------------------------

    def _change(self, follow: object) -> None:
        assert callable(follow)
        self.growth.finish()
        follow()
        self.changed.emit()

    def _follow_kind(self) -> None:
        is_progress = self.kind is ReportKind.PROGRESS
        for name in _PROGRESS_ONLY:
            self.rows.rows[name].setVisible(is_progress)
        self._follow_profile()

    def _follow_profile(self) -> None:
        """An anonymous sheet has no words to choose; her own copy is in her language unless another was chosen.

        While it is about nobody there is no chapter, no entry and no language to choose from.
        """
        is_progress = self.kind is ReportKind.PROGRESS
        has_words = is_progress and self.profile is not ReportProfile.ANONYMOUS
        is_about_somebody = self._choices is not None
        for name in _OF_ONE_CASE:
            self.rows.rows[name].setVisible(is_about_somebody)
        self.rows.rows["narratives"].setVisible(has_words)
        offers_entries = has_words and self._narratives.code == Narratives.CHOSEN
        self.rows.rows["entries"].setVisible(offers_entries and is_about_somebody)
        if self._choices is not None and not self._language_chosen:
            for_her = not is_progress or self.profile is ReportProfile.SURVIVORS_COPY
            self._language.show_code(self._choices.her_language if for_her else self._choices.office_language)

    def _follow_period(self) -> None:
        period = ReportPeriod(self._period.code or ReportPeriod.QUARTER)
        if period is ReportPeriod.OWN_DATES:
            self._since.field.setFocus()
            return
        days = days_of(period, self._office.clock.today())
        self._since.show_value(days.since)
        self._until.show_value(days.until)
        for name in ("since", "until"):
            self.rows.rows[name].clear_problem()

    def _take_own_dates(self, _day: date | None) -> None:
        self._period.show_code(ReportPeriod.OWN_DATES)
        self.changed.emit()

    def _choose_language(self) -> None:
        self._language_chosen = True
        self.changed.emit()

    # --- values ----------------------------------------------------------------------------------------------------

    def _chosen_areas(self) -> tuple[str, ...]:
        """None named means all: also chapters that come into being later."""
        pressed = self._areas.codes
        if self._choices is None or len(pressed) == len(self._choices.areas):
            return ()
        return tuple(pressed) or ("",)  # nothing pressed: no chapter, which is not every chapter

    def _paper_size(self) -> PaperSize:
        return "Letter" if self._paper.code == "Letter" else "A4"

    def _ticked(self) -> frozenset[UUID]:
        items = (self._entries.item(at) for at in range(self._entries.count()))
        return frozenset(
            item.data(Qt.ItemDataRole.UserRole) for item in items if item.checkState() == Qt.CheckState.Checked
        )

    def _show_entries(self, ticked: frozenset[UUID]) -> None:
        assert self._choices is not None
        blocked = self._entries.blockSignals(True)
        self._entries.clear()
        for entry in self._choices.entries:
            item = QListWidgetItem(_entry_words(entry))
            item.setData(Qt.ItemDataRole.UserRole, entry.id)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if entry.id in ticked else Qt.CheckState.Unchecked)
            self._entries.addItem(item)
        self._entries.blockSignals(blocked)

    def _show_languages(self, offered: ReportChoices) -> None:
        names = []
        for choice in offered.languages:
            name = current().language_name(choice.tag)
            if choice.has_words:
                names.append((choice.tag, tr("{language} (hers)", language=name) if choice.hers else name))
        self._language.show_choices(names)
        self._follow_profile()

    @property
    def untranslated(self) -> tuple[str, ...]:
        """Names of the languages she speaks that no page can be in yet."""
        offered = self._choices.languages if self._choices else ()
        hers = [choice for choice in offered if choice.hers]
        if any(choice.has_words for choice in hers):
            return ()
        return tuple(current().language_name(choice.tag) for choice in hers)


def _entry_words(entry: EntryRow) -> str:
    words = " ".join(entry.narrative.split())
    short = words if len(words) <= _WORDS_SHOWN else f"{words[:_WORDS_SHOWN].rstrip()}…"
    mark = f" · {tr('restricted')}" if entry.restricted else ""
    return f"{current().date(entry.on)} · {area_label(entry.area)}{mark}\n{short}"
