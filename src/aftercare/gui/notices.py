"""How trouble and questions look: what happened, what is safe, what to do; the words come from `aftercare.notices`."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from aftercare import notices
from aftercare._built.forms.ui_notice import Ui_Notice
from aftercare.domain.errors import Problem
from aftercare.gui import forms, style
from aftercare.gui.jobs import Incident
from aftercare.gui.palette import Tone
from aftercare.gui.widgets.banner import Banner
from aftercare.i18n import tr
from aftercare.notices import Explanation


class Notice(QDialog):
    """A small calm window; Escape leaves it, nothing in it blocks what was typed elsewhere."""

    def __init__(self, parent: QWidget | None, words: Explanation, accept: str, *, cancel: bool = False) -> None:
        super().__init__(parent)
        self._form = forms.fill(self, Ui_Notice)
        self.setWindowTitle(QApplication.applicationDisplayName())
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._form.what.setText(words.what)
        self._form.safe.setText(words.safe)
        self._form.safe.setVisible(bool(words.safe))
        self._form.do_next.setText(words.do)
        self._form.do_next.setVisible(bool(words.do))
        self._form.incident.hide()
        self._form.accept.setText(accept)
        self._form.accept.clicked.connect(self.accept)
        self._form.cancel.setVisible(cancel)
        self._form.cancel.clicked.connect(self.reject)
        self.setAccessibleName(words.what)
        self.setAccessibleDescription(" ".join(part for part in (words.safe, words.do) if part))
        self.setMinimumWidth(style.scaled(400))
        self.setMaximumWidth(style.scaled(620))
        (self._form.cancel if cancel else self._form.accept).setDefault(True)

    def show_incident(self, number: str) -> None:
        self._form.incident.setText(tr("Incident number {number}", number=number))
        self._form.incident.show()

    def mark_dangerous(self) -> None:
        """The accepting button is never the default and looks like what it does."""
        self._form.accept.setAutoDefault(False)
        style.give_role(self._form.accept, role="danger")
        self._form.cancel.setFocus()


def show_problem(parent: QWidget | None, problem: Problem) -> Notice:
    """Explain a problem in a window of its own (where no field and no bar is the better place)."""
    notice = Notice(parent, notices.explain(problem), tr("OK"))
    notice.open()
    return notice


def show_incident(parent: QWidget | None, incident: Incident) -> Notice:
    """The one calm sentence for a mistake of ours, with its number."""
    words = Explanation(
        tr("Something went wrong in the program, not in what you did."),
        tr("What was saved is safe; what you typed is kept as a draft."),
        tr("Go on working. If it happens again, tell your IT support the incident number."),
    )
    notice = Notice(parent, words, tr("OK"))
    notice.show_incident(incident.number)
    notice.open()
    return notice


def show_problem_in(banner: Banner, problem: Problem, action: str = "") -> None:
    """Explain a problem in the bar above the page."""
    words = notices.explain(problem)
    banner.show_words(words.what, f"{words.safe} {words.do}".strip(), tone=Tone.TODAY, action=action)


def ask(
    parent: QWidget | None,
    question: str,
    more: str,
    accept: str,
    then: Callable[[], object],
    *,
    is_dangerous: bool = False,
) -> Notice:
    """Ask before something that cannot be undone; `then` runs only after `accept` was pressed."""
    notice = Notice(parent, Explanation(question, more, ""), accept, cancel=True)
    notice.accepted.connect(lambda: then())
    if is_dangerous:
        notice.mark_dangerous()
    notice.open()
    return notice
