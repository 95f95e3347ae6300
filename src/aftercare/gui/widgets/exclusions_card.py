"""«People who must not see this record»: shown to a manager and to her case worker, and to nobody else."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QPushButton, QWidget

from aftercare.domain.rows.access import ExclusionRow, Exclusions
from aftercare.domain.rows.survivors import PersonHead
from aftercare.gui.office import Office
from aftercare.gui.widgets.card import Card
from aftercare.gui.widgets.fields import FieldForm
from aftercare.gui.widgets.labels import PlainLabel
from aftercare.gui.widgets.spoken import SpokenCombo
from aftercare.i18n import current, tr
from aftercare.services.exclusions import exclude, lift_exclusion, show_exclusions


class ExclusionsCard(Card):
    """Lists who is excluded by name, and why; excludes another colleague, or lifts an exclusion."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._office = office
        self._head: PersonHead | None = None
        self._who, self._words, self._add = SpokenCombo(), QLineEdit(), QPushButton()
        self.hide()
        office.listen(self, {"exclusion"}, lambda _topic, _about: self._ask())

    def show_person(self, head: PersonHead) -> None:
        self._head = head
        self._ask()

    def show_exclusions(self, exclusions: Exclusions) -> None:
        """Nothing at all for whoever may not decide this."""
        self.setVisible(exclusions.may_change)
        if not exclusions.may_change:
            return
        focused = QApplication.focusWidget()
        has_keys = focused is not None and self.isAncestorOf(focused)
        self.clear()
        self.show_title(tr("People who must not see this record"), tr("for a conflict of interest"))
        for row in exclusions.rows:
            self.add(self._line(row))
        if not exclusions.rows:
            self.add(PlainLabel(tr("Nobody is excluded."), "muted"))
        if exclusions.colleagues:
            self._make_form(exclusions)
            if has_keys:  # they were on a button of the lines that are made anew
                self._who.setFocus()

    def _ask(self) -> None:
        if self._head is not None:
            self._office.ask(
                show_exclusions, self._head.survivor_id, then=self.show_exclusions, owner=self, topic="exclusions"
            )

    def _line(self, row: ExclusionRow) -> QHBoxLayout:
        since = tr("since {day}, by {name}", day=current().date(row.since), name=row.excluded_by)
        words = PlainLabel(" · ".join(part for part in (row.display_name, row.words, since) if part), wrap=True)
        lift = QPushButton(tr("Lift"))
        lift.setProperty("role", "link")
        lift.setAccessibleName(tr("Let {name} see this record again", name=row.display_name))
        lift.clicked.connect(lambda: self._lift(row))
        line = QHBoxLayout()
        line.addWidget(words, 1)
        line.addWidget(lift)
        return line

    def _make_form(self, exclusions: Exclusions) -> None:
        rows = FieldForm()
        self._who, self._words, self._add = SpokenCombo(), QLineEdit(), QPushButton(tr("Exclude"))
        for key, name in exclusions.colleagues:
            self._who.addItem(name, key)
        self._who.setCurrentIndex(-1)
        self._who.setPlaceholderText(tr("Please choose"))
        self._who.activated.connect(lambda _at: self._add.setEnabled(True))
        rows.add("staff_id", tr("Colleague"), self._who)
        rows.add("exclusion_words", tr("Why"), self._words, tr("Only managers and her case worker read this"))
        self._add.setEnabled(False)
        self._add.setSizePolicy(self._add.sizePolicy().Policy.Maximum, self._add.sizePolicy().Policy.Fixed)
        self._add.clicked.connect(self._exclude)
        self.add(rows)
        self.add(self._add)

    def _exclude(self) -> None:
        staff_id = self._who.currentData()
        if self._head is None or staff_id is None:
            return
        name = self._who.currentText()
        self._office.do(
            exclude,
            self._head.survivor_id,
            staff_id,
            self._words.text(),
            owner=self,
            undo=tr("{name} no longer sees this record", name=name),
        )

    def _lift(self, row: ExclusionRow) -> None:
        words = tr("{name} sees this record again", name=row.display_name)
        self._office.do(lift_exclusion, row.id, row.version, owner=self, undo=words)
