"""What was agreed before: each version as it was signed, and what differs between any two."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QDialog, QListWidgetItem, QWidget

from aftercare._built.forms.ui_versions import Ui_VersionsDialog
from aftercare.domain.differences import differences
from aftercare.domain.rows.agreement import PlanVersionRow, Signature
from aftercare.domain.rows.survivors import PersonHead
from aftercare.domain.versions import area_labels
from aftercare.gui import forms, style
from aftercare.gui.dialogs.sizes import open_at
from aftercare.gui.office import Office
from aftercare.gui.widgets.card import Card
from aftercare.gui.widgets.flow import turn
from aftercare.gui.widgets.labels import PlainLabel
from aftercare.gui.widgets.signature_pad import SignatureCanvas
from aftercare.i18n import current, tr
from aftercare.services.agreement import plan_versions
from aftercare.words import label, voice

_BESIDE_FROM = 640  # width in pixels at 100 % from which the version stands beside the list


class VersionsDialog(QDialog):
    """Only to be read: a version that was agreed never changes. `labels` are how areas are called now."""

    def __init__(
        self, office: Office, head: PersonHead, labels: Mapping[str, str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._head, self._labels = head, labels
        self._versions: tuple[PlanVersionRow, ...] = ()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        form = self._form = forms.fill(self, Ui_VersionsDialog)
        form.halves.setStretch(0, 2)
        form.halves.setStretch(1, 5)
        form.comparing.setStretch(1, 1)
        form.versions.currentRowChanged.connect(self._choose)
        form.compare.chosen.connect(lambda _code: self._show_changes())
        form.close.clicked.connect(self.accept)
        open_at(self, style.scaled(900), style.scaled(640))
        office.ask(plan_versions, head.case_id, then=self.show_versions, owner=self)

    def show_versions(self, versions: Sequence[PlanVersionRow]) -> None:
        self._versions = tuple(versions)
        shown = self._form.versions
        shown.clear()
        for version in versions:
            shown.addItem(QListWidgetItem(f"{_name(version)}\n{label(version.state)}"))
        if versions:
            shown.setCurrentRow(0)
            shown.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The version beside the list of them, or below it where there is little room."""
        super().resizeEvent(event)
        beside = self.width() >= style.scaled(_BESIDE_FROM)
        turn(self._form.halves, beside=beside)
        turn(self._form.comparing, beside=beside)
        turn(self._form.signatures, beside=beside)

    # --- inside --------------------------------------------------------------------------------------------------

    def _choose(self, at: int) -> None:
        if not 0 <= at < len(self._versions):
            return
        version = self._versions[at]
        form = self._form
        form.about.setText(_about(version))
        others = [each for each in self._versions if each is not version]
        form.compare.clear()
        form.compare.show_choices([(str(each.number), _name(each)) for each in others])
        form.compare.setEnabled(bool(others))
        before = next((each for each in others if each.number < version.number), None)
        form.compare.show_code(str((before or others[0]).number) if others else None)
        self._form.content_card.show_content(
            version.content, area_labels(version.content, now=self._labels), voice(self._head.gender)
        )
        form.content_card.show_title(_name(version))
        speaks = voice(self._head.gender)
        _show_signature(form.her_card, speaks.themself, version.her_signature)
        _show_signature(form.worker_card, version.worker, version.worker_signature)
        self._show_changes()

    def _show_changes(self) -> None:
        version = self._versions[self._form.versions.currentRow()]
        other = next((each for each in self._versions if str(each.number) == self._form.compare.code), None)
        for part in (self._form.changes_card, self._form.compare, self._form.compare_label):
            part.setVisible(other is not None)
        if other is None:
            return
        old, new = sorted((version, other), key=lambda each: each.number)
        self._form.changes_card.show_title(
            tr("What changed from version {old} to version {new}", new=new.number, old=old.number)
        )
        labels = area_labels(old.content, new.content, now=self._labels)
        self._form.changes_card.show_differences(differences(old.content, new.content), labels)


def _name(version: PlanVersionRow) -> str:
    day = current().date(version.agreed_on)
    return tr("Version {number}, agreed {day}", number=version.number, day=day)


def _about(version: PlanVersionRow) -> str:
    """How it was read out, and when it is looked at again."""
    words = current()
    parts = []
    if version.language:
        parts.append(tr("Read out in {language}", language=words.language_name(version.language)))
    if version.interpreter:
        parts.append(tr("interpreter {name}", name=version.interpreter))
    if version.review_on is not None:
        parts.append(tr("review on {day}", day=words.date(version.review_on)))
    return " · ".join(parts)


def _show_signature(card: Card, who: str, signature: Signature) -> None:
    card.show_title(who, label(signature.way))
    card.clear()
    if not signature.strokes:
        card.add(PlainLabel(label(signature.way), "muted", wrap=True))
        return
    canvas = SignatureCanvas()
    canvas.setEnabled(False)
    canvas.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    canvas.setAccessibleName(tr("Signature of {name}", name=who))
    canvas.show_strokes(signature.strokes)
    card.add(canvas)
