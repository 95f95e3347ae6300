"""The list of survivors: by code, filtered while typing, paged as it is scrolled; Enter opens a person."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QInputDialog, QMenu, QWidget

from aftercare._built.forms.ui_survivors import Ui_SurvivorsPage
from aftercare.domain.codes import RiskLevel, Stage
from aftercare.domain.permissions import Permission, Reach
from aftercare.domain.rows.survivors import SurvivorFilter, SurvivorOrder, SurvivorPage, SurvivorRow, Whose
from aftercare.gui import forms, style
from aftercare.gui.office import Office
from aftercare.gui.palette import Tone
from aftercare.gui.person_words import RISK_TONES, STAGE_TONES, age_words, days_ago, gender_words
from aftercare.gui.rows import Column, RowsModel
from aftercare.gui.widgets.flow import wrapping
from aftercare.gui.widgets.painters import pill
from aftercare.i18n import current, tr, trn
from aftercare.services.survivors import count_survivors, list_survivors
from aftercare.settings import Settings
from aftercare.words import label

_WORDS_PIXELS = 190  # what a filter by words has at the least, at 100 % text size
_PAGE = 50
_NEWS_PAUSE_MS = 10
_COUNTING_PAUSE_MS = 80  # the rows are painted first, and whoever goes on typing waits for no number


class SurvivorsPage(QWidget):
    """Rows come a page at a time in the order asked for; what is typed filters them in the vault."""

    person_opened = Signal(object)  # the survivor's id
    import_asked = Signal()
    new_person_asked = Signal()

    def __init__(self, office: Office, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._settings = settings
        self._order = (SurvivorOrder.CODE, False)
        self._form = forms.fill(self, Ui_SurvivorsPage)
        self._form.words.setMinimumWidth(style.scaled(_WORDS_PIXELS))
        wrapping(self._form.filters, self._form.words)
        self._model: RowsModel[SurvivorRow] = RowsModel(self._columns(), lambda row: row.survivor_id, self)
        self._model.sort_requested.connect(self._sort_by)
        self._form.table.show_model(self._model, "code")
        self._form.table.give_way("opened", "age", "last_note", "review", "languages", "worker", "about", "risk")
        if settings.columns.get("survivors"):
            self._form.table.show_columns(settings.columns["survivors"])
        self._form.table.opened.connect(lambda row: self.person_opened.emit(row.survivor_id))
        self._form.table.empty.asked.connect(self.new_person_asked)
        self._form.import_people.setVisible(Permission.IMPORT_PEOPLE in office.actor.permissions)
        self._form.import_people.clicked.connect(self.import_asked)
        self._news = QTimer(self, singleShot=True, interval=_NEWS_PAUSE_MS)
        self._news.timeout.connect(self.refresh)
        self._counting = QTimer(self, singleShot=True, interval=_COUNTING_PAUSE_MS)
        self._counting.timeout.connect(self._count)
        # at once: while one question is answered, only the newest of those behind it waits
        self._form.words.textEdited.connect(lambda _text: self.refresh())
        self._form.words.returnPressed.connect(self._open_first)
        for box in (self._form.whose, self._form.stages, self._form.risks):
            box.activated.connect(lambda _at: self.refresh())
        QShortcut(
            QKeySequence.StandardKey.Find, self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut
        ).activated.connect(self._form.words.setFocus)
        self.retranslate()
        office.listen(
            self,
            {"survivor", "survivor_case", "case_worker", "plan", "note", "staff"},
            lambda _topic, _about: self._soon(),
        )
        self.refresh()

    # --- what the window calls ---------------------------------------------------------------------------------

    def next_to(self, survivor_id: UUID, step: int) -> UUID | None:
        """The person after (or before) this one in the list as it is shown; None at its end."""
        if not self._form.table.select_id(survivor_id):
            return None
        row = self._form.table.select_next(step)
        return row.survivor_id if isinstance(row, SurvivorRow) else None

    def refresh(self) -> None:
        """Ask again from the first row."""
        self._counting.stop()
        self._office.ask(
            list_survivors, self._wanted(), None, _PAGE, then=self.show_rows, owner=self, topic="survivors"
        )

    def show_rows(self, page: SurvivorPage) -> None:
        if not page.rows:
            self._say_why_empty()
        self._model.show_rows(page.rows, len(page.rows) + page.has_more, self._ask_more)
        if page.total is None:
            self._form.count.clear()
            self._counting.start()
        else:
            self._show_total(page.total)

    # --- inside --------------------------------------------------------------------------------------------------

    def _say_why_empty(self) -> None:
        """Whoever sees some people only is not told that there is nobody, nor whether there is anybody else."""
        empty, actor = self._form.table.empty, self._office.actor
        if self._wanted() != SurvivorFilter(order=self._order[0], descending=self._order[1]):
            empty.show_words(tr("Nobody matches this filter."))
            return
        begin = tr("New person") if Permission.WRITE_RECORDS in actor.permissions else ""
        if actor.reach is Reach.ALL:
            empty.show_words(tr("Nobody is recorded here yet."), begin)
        else:
            empty.show_words(tr("No record is open to you yet. Those of people you work with will stand here."), begin)

    def _count(self) -> None:
        self._office.ask(count_survivors, self._wanted(), then=self._show_total, owner=self, topic="survivors counted")

    def _show_total(self, total: int) -> None:
        self._model.expect(total)
        self._form.count.setText(trn("{n} person", "{n} people", total))

    def _soon(self) -> None:
        if not self._news.isActive():
            self._news.start()

    def _ask_more(self, _have: int) -> None:
        last = self._model.rows[-1].survivor_id
        self._office.ask(
            list_survivors,
            self._wanted(),
            last,
            _PAGE,
            then=lambda page: self._model.add_rows(page.rows),
            owner=self,
            topic="survivors",
        )

    def _wanted(self) -> SurvivorFilter:
        stage, risk = self._form.stages.currentData(), self._form.risks.currentData()
        return SurvivorFilter(
            text=self._form.words.text().strip(),
            stages=frozenset({Stage(stage)} if stage else ()),
            risks=frozenset({RiskLevel(risk)} if risk else ()),
            whose=Whose(self._form.whose.currentData() or Whose.ALL),
            order=self._order[0],
            descending=self._order[1],
        )

    def _sort_by(self, key: str, descending: bool) -> None:
        self._order = (SurvivorOrder(key), descending)
        self.refresh()

    def _open_first(self) -> None:
        if self._model.rows:
            self.person_opened.emit(self._model.rows[0].survivor_id)

    def _columns(self) -> list[Column[SurvivorRow]]:
        words = current()
        return [
            Column(
                "code", tr("Person"), lambda row: row.case_code, sort_key=lambda row: row.number, width=90, strong=True
            ),
            Column(
                "stage",
                tr("Stage"),
                lambda row: label(row.stage),
                paint=pill(lambda row: label(row.stage), lambda row: STAGE_TONES[row.stage]),
                width=130,
            ),
            Column(
                "risk",
                tr("Risk"),
                lambda row: label(row.risk) if row.risk else "",
                paint=pill(
                    lambda row: label(row.risk) if row.risk else "",
                    lambda row: RISK_TONES[row.risk] if row.risk else Tone.SOFT,
                ),
                width=100,
            ),
            Column("about", tr("About"), lambda row: gender_words(row.gender, row.age), sortable=False, width=150),
            Column(
                "languages",
                tr("Languages"),
                lambda row: ", ".join(words.language_name(tag) for tag in row.languages),
                sortable=False,
            ),
            Column("worker", tr("Case worker"), lambda row: row.worker, sortable=False, width=140),
            Column("opened", tr("Since"), lambda row: words.date(row.opened_on), width=110, shown=False),
            Column(
                "last_note",
                tr("Last note"),
                lambda row: days_ago(row.last_note_on, self._office.clock.today()),
                width=120,
                muted=True,
            ),
            Column(
                "review",
                tr("Next review"),
                lambda row: words.date(row.review_on) if row.review_on else "",
                width=120,
            ),
            Column("age", tr("Age"), lambda row: age_words(row.age), sortable=False, width=80, shown=False),
        ]

    # --- words, columns and filters of one's own -------------------------------------------------------------------

    def retranslate(self) -> None:
        form = self._form
        _fill(form.whose, [(tr("All cases"), Whose.ALL.value), (tr("My cases"), Whose.MINE.value)])
        _fill(form.stages, [(tr("Open cases"), ""), *((label(stage), stage.value) for stage in Stage)])
        _fill(form.risks, [(tr("Every risk"), ""), *((label(risk), risk.value) for risk in reversed(RiskLevel))])
        self._show_menus()

    def _show_menus(self) -> None:
        columns = self._form.table.columns_menu()
        for action in columns.actions():
            action.toggled.connect(self._keep_columns)
        self._form.columns.setMenu(columns)
        menu = QMenu(self)
        for name, kept in self._settings.filters.items():
            menu.addAction(name, partial(self._use_filter, dict(kept)))
        if self._settings.filters:
            menu.addSeparator()
        menu.addAction(tr("Save this filter…"), self._save_filter)
        forget = menu.addMenu(tr("Remove a filter"))
        forget.setEnabled(bool(self._settings.filters))
        for name in self._settings.filters:
            forget.addAction(name, partial(self._forget_filter, name))
        self._form.saved.setMenu(menu)

    def _keep_columns(self) -> None:
        self._settings.columns["survivors"] = self._form.table.shown_columns
        self._settings.save()

    def _save_filter(self) -> None:
        name, agreed = QInputDialog.getText(self, tr("Save this filter"), tr("Name of the filter"))
        if agreed and name.strip():
            wanted = self._wanted()
            # what was typed is not kept: it may be a person's name
            self._settings.filters[name.strip()] = {
                "stages": sorted(wanted.stages),
                "risks": sorted(wanted.risks),
                "whose": wanted.whose.value,
            }
            self._settings.save()
            self._show_menus()

    def _forget_filter(self, name: str) -> None:
        self._settings.filters.pop(name, None)
        self._settings.save()
        self._show_menus()

    def _use_filter(self, kept: dict[str, object]) -> None:
        for box, name in ((self._form.stages, "stages"), (self._form.risks, "risks")):
            values = kept.get(name)
            value = values[0] if isinstance(values, list) and values else ""
            box.setCurrentIndex(max(0, box.findData(value)))
        self._form.whose.setCurrentIndex(max(0, self._form.whose.findData(kept.get("whose"))))
        self.refresh()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "_model"):
            self._model.columns = tuple(self._columns())
            self.refresh()

    @property
    def begins_at(self) -> QWidget:
        """Where the keys begin: whoever comes here looks for somebody."""
        return self._form.words

    @property
    def page_actions(self) -> list[QAction]:
        return []


def _fill(box: QComboBox, choices: list[tuple[str, str]]) -> None:
    kept = box.currentData()
    box.clear()
    for words, value in choices:
        box.addItem(words, value)
    box.setCurrentIndex(max(0, box.findData(kept)))
