"""Agreeing the plan: the terms and what differs are read together, then both sign; the version is frozen."""

from __future__ import annotations

import json
import zlib

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QDialog, QLineEdit, QWidget

from aftercare._built.forms.ui_agreement import Ui_AgreementDialog
from aftercare.domain.codes import SignatureWay
from aftercare.domain.drafts.plan import AgreementDraft
from aftercare.domain.errors import FieldProblem, Problem
from aftercare.domain.rows.agreement import AgreementPreview, Signature
from aftercare.domain.rows.drafts import DraftRow
from aftercare.domain.rows.survivors import PersonHead
from aftercare.domain.versions import PlanContent
from aftercare.gui import forms, notices, style
from aftercare.gui.dialogs.sizes import never_cut, open_at
from aftercare.gui.drafting import Drafting
from aftercare.gui.office import Office
from aftercare.gui.widgets.date_edits import DayEdit
from aftercare.gui.widgets.person_entries import choices
from aftercare.gui.widgets.signature_pad import SignaturePad
from aftercare.gui.widgets.world import LanguageCombo
from aftercare.i18n import current, tr
from aftercare.services.agreement import agree_plan, prepare_agreement
from aftercare.words import obstacle_words, voice

_BESIDE_FROM = 760  # width in pixels at 100 % from which signing stands beside reading


class AgreementDialog(QDialog):
    """Asks for the terms itself; `agreed` says the number of the version."""

    agreed = Signal(int)

    def __init__(self, office: Office, head: PersonHead, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._head = head
        self._preview: AgreementPreview | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        form = self._form = forms.fill(self, Ui_AgreementDialog)
        form.halves.setStretch(0, 6)
        form.halves.setStretch(1, 5)
        self._make_rows()
        self._drafting = self._make_drafting()
        form.cancel.clicked.connect(self.reject)
        form.agree.clicked.connect(self.agree)
        form.agree.setEnabled(False)
        for keys in (QKeySequence(QKeySequence.StandardKey.Save), QKeySequence("Ctrl+Return")):
            QShortcut(keys, self).activated.connect(form.agree.click)  # nothing while it cannot be agreed
        self._title(tr("Agree the plan"))
        open_at(self, style.scaled(980), style.scaled(680))
        office.ask(prepare_agreement, head.case_id, then=self.show_preview, owner=self, otherwise=self._explain)

    def show_preview(self, preview: AgreementPreview) -> None:
        """The terms, what differs from the last version, and what is known of language and interpreter."""
        self._preview = preview
        form, speaks = self._form, voice(self._head.gender)
        self._title(tr("Agree version {number} of the plan", number=preview.number))
        self._form.content_card.show_content(preview.content, preview.labels, speaks)
        form.content_card.show_title(tr("What is agreed"))
        is_first = preview.last_agreed_on is None
        form.changes_card.setVisible(not is_first)
        if preview.last_agreed_on is not None:
            day = current().date(preview.last_agreed_on)
            form.changes_card.show_title(tr("What differs from the version of {day}", day=day))
            self._form.changes_card.show_differences(preview.changes, preview.labels)
        reasons = current().listed([obstacle_words(code) for code in preview.missing])
        form.missing.setText(tr("It cannot be agreed yet: {reasons}.", reasons=reasons) if reasons else "")
        form.missing.setVisible(bool(reasons))
        form.agree.setEnabled(not preview.missing)
        self._agreed_on.show_value(self._office.clock.today())
        self._review_on.show_value(preview.review_on)
        self._language.show_code(preview.languages[0] if preview.languages else "")
        form.rows.rows["interpreter"].setVisible(preview.needs_interpreter or not preview.languages)
        self._drafting.start(_sum_of(preview.content))

    def agree(self) -> None:
        try:
            draft = self._draft()
        except FieldProblem as problem:
            self._explain(problem)
            return
        self._form.agree.setEnabled(False)
        self._form.rows.clear_problems()
        self._drafting.save(
            agree_plan,
            self._head.case_id,
            draft,
            then=self._show_agreed,
            undo=tr("Plan agreed"),
            otherwise=self._explain,
        )

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        never_cut(self._form.signing_scroll)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() >= style.scaled(_BESIDE_FROM)
        direction = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._form.halves.setDirection(direction)

    # --- inside --------------------------------------------------------------------------------------------------

    def _make_rows(self) -> None:
        rows, clock = self._form.rows, self._office.clock
        self._agreed_on, self._review_on = DayEdit(clock=clock), DayEdit(clock=clock)
        self._language, self._interpreter = LanguageCombo(), QLineEdit()
        self._hers, self._workers = SignaturePad(), SignaturePad()
        ways = choices(tuple(SignatureWay))
        self._hers.show_ways(ways)
        self._workers.show_ways([way for way in ways if way[0] in (SignatureWay.DRAWN, SignatureWay.ON_PAPER)])
        rows.add("agreed_on", tr("Agreed on"), self._agreed_on)
        rows.add("review_on", tr("Look at it again on"), self._review_on)
        rows.add("language", tr("Read out in"), self._language)
        rows.add("interpreter", tr("Interpreter"), self._interpreter)
        rows.add("her_signature", _signature_label(self._head), self._hers)
        rows.add("worker_signature", self._office.actor.name, self._workers)
        self._hers.setAccessibleName(_signature_label(self._head))
        self._workers.setAccessibleName(tr("Signature of {name}", name=self._office.actor.name))

    def _make_drafting(self) -> Drafting:
        """Nothing that was filled in or drawn is lost to a lock or a crash."""
        parts = {
            "agreed_on": self._agreed_on,
            "review_on": self._review_on,
            "language": self._language,
            "interpreter": self._interpreter,
            "her_signature": self._hers,
            "worker_signature": self._workers,
        }
        for name, part in parts.items():
            part.setObjectName(name)
        drafting = Drafting(
            self._office, "agreement", str(self._head.case_id), *parts.values(), line=self._form.draft_line
        )
        drafting.restored.connect(self._look_at_restored)
        return drafting

    def _look_at_restored(self, draft: DraftRow) -> None:
        """Whoever signed other terms has not signed these."""
        if self._preview is None or draft.content.get("version") == _sum_of(self._preview.content):
            return
        for name, pad in (("her_signature", self._hers), ("worker_signature", self._workers)):
            if pad.strokes:
                pad.canvas.clear()
                self._form.rows.rows[name].show_problem(
                    tr("The plan has changed since it was signed. Please sign anew.")
                )

    def _draft(self) -> AgreementDraft:
        assert self._preview is not None
        return AgreementDraft(
            content=self._preview.content,
            agreed_on=self._agreed_on.value or self._office.clock.today(),
            review_on=self._review_on.value,
            her_signature=_signature(self._hers),
            worker_signature=_signature(self._workers),
            language=self._language.code_typed(),
            interpreter=self._interpreter.text(),
        )

    def _show_agreed(self, number: int) -> None:
        self.agreed.emit(number)
        self.accept()

    def _explain(self, problem: Problem) -> None:
        self._form.agree.setEnabled(self._preview is not None and not self._preview.missing)
        if not self._form.rows.show_problem(problem):
            notices.show_problem(self, problem)

    def _title(self, words: str) -> None:
        self.setWindowTitle(words)
        self._form.title.setText(words)


def _sum_of(content: PlanContent) -> int:
    """Tells terms from other terms, in a draft of any day."""
    return zlib.crc32(json.dumps(content.to_dict(), sort_keys=True).encode())


def _signature(pad: SignaturePad) -> Signature:
    return Signature(SignatureWay(pad.way or SignatureWay.DRAWN), pad.strokes)


def _signature_label(head: PersonHead) -> str:
    return voice(head.gender).themself if head.gender is not None else tr("Survivor")
