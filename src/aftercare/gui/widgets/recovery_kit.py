"""A new recovery code on the screen: shown, printed or saved, and copied back by hand, whole or in two parts."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from aftercare import notices
from aftercare._built.forms.ui_recovery_kit import Ui_RecoveryKitSheets
from aftercare.domain.errors import Problem
from aftercare.gui import forms, mnemonics, style
from aftercare.gui.jobs import Jobs
from aftercare.gui.saving import ask_where
from aftercare.i18n import tr
from aftercare.services import door

_NEUTRAL_NAME = "page.pdf"
_A_LINE = (4, 5)  # groups of a whole code, and of a part


class RecoveryKitSheets(QWidget):
    """Shows a kit that it makes itself (`kit`); `entered` when Return is pressed in the last copy."""

    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs: Jobs | None = None
        self.kit = door.new_recovery_kit()
        form = self._form = forms.fill(self, Ui_RecoveryKitSheets)
        self._copies = (QLineEdit(), QLineEdit())
        self._rows = (
            form.copies.add("copy", tr("Type the code here"), self._copies[0]),
            form.copies.add("second_copy", tr("Type part 2 here"), self._copies[1]),
        )
        for link in (form.print_code, form.save_code):
            link.setMinimumHeight(style.scaled(24))
        form.told.hide()
        form.print_code.clicked.connect(self._print)
        form.save_code.clicked.connect(self._save)
        form.for_two.toggled.connect(self._make_kit)
        self._copies[0].returnPressed.connect(self._go_on)
        self._copies[1].returnPressed.connect(self.entered)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._show_kit()

    def begin(self, jobs: Jobs) -> None:
        """Hand in what prints beside the window."""
        self._jobs = jobs

    @property
    def typed(self) -> tuple[str, ...]:
        """What was typed from each sheet."""
        return tuple(copy.text() for copy in self._copies[: len(self.kit.sheets)])

    def is_copied(self) -> bool:
        """Whether every sheet was typed as it stands; what is wrong is said beside its field."""
        self._form.copies.clear_problems()
        for at, typed in enumerate(self.typed):
            try:
                door.check_copy(self.kit, at, typed)
            except Problem as problem:
                self._rows[at].show_problem(notices.explain(problem).what)
                self._copies[at].setFocus()
                return False
        return True

    def setFocus(self) -> None:  # type: ignore[override]
        self._copies[0].setFocus()

    def retranslate(self) -> None:
        self._show_words()

    # --- inside --------------------------------------------------------------------------------------------------

    def _make_kit(self, for_two: bool) -> None:
        """Another code for another way of keeping it: nobody has seen more of this one than its own sheets show."""
        self.kit = door.new_recovery_kit(for_two=for_two)
        self._show_kit()

    def _show_kit(self) -> None:
        form, sheets = self._form, self.kit.sheets
        for_two = len(sheets) > 1
        for at, label in enumerate((form.code, form.second_code)):
            if at < len(sheets):
                label.setText(_in_lines(sheets[at].groups, _A_LINE[for_two]))
            label.setVisible(at < len(sheets))
        for label in (form.part_one, form.part_two):
            label.setVisible(for_two)
        self._rows[1].setVisible(for_two)
        for copy in self._copies:
            copy.clear()
        form.copies.clear_problems()
        style.give_role(form.code, role="codePart" if for_two else "code")
        form.told.hide()
        self._show_words()

    def _show_words(self) -> None:
        is_split = len(self.kit.sheets) > 1
        self._form.part_one.setText(tr("Part 1, for one person: alone it opens nothing"))
        self._form.part_two.setText(tr("Part 2, for another person"))
        for row, words in zip(
            self._rows, (tr("Type part 1 here") if is_split else tr("Type the code here"), tr("Type part 2 here")),
            strict=True,
        ):  # fmt: skip
            row.label.setText(words)
            row.editor.setAccessibleName(mnemonics.plain(words))
        self._form.print_code.setText(tr("&Print these pages…") if is_split else tr("&Print this page…"))

    def _go_on(self) -> None:
        if len(self.kit.sheets) > 1:
            self._copies[1].setFocus()
        else:
            self.entered.emit()

    def _print(self) -> None:
        from aftercare.gui import printing

        kit = self.kit
        printer = printing.ask_for_printer(self, len(kit.sheets))
        if printer is None or self._jobs is None:
            return

        def drawing() -> int:
            from aftercare.services.recovery_kit import kit_pdf

            return printing.print_document(printer, kit_pdf(kit))

        self._jobs.beside(
            drawing,
            lambda _pages: self._tell(tr("It is on its way to the printer. Check the paper by typing from it.")),
            owner=self,
            otherwise=self._explain,
        )

    def _save(self) -> None:
        file = ask_where(self, tr("Save as PDF"), _NEUTRAL_NAME, tr("PDF files (*.pdf)"))
        if file is None or self._jobs is None:
            return
        kit = self.kit

        def saving() -> None:
            from aftercare.services.recovery_kit import save_kit

            save_kit(kit, file)

        self._jobs.beside(
            saving,
            lambda _nothing: self._tell(tr("The file is written. Print it, and then delete it: it holds the code.")),
            owner=self,
            otherwise=self._explain,
        )

    def _explain(self, problem: Problem) -> None:
        words = notices.explain(problem)
        self._tell(f"{words.what} {words.do}".strip())

    def _tell(self, words: str) -> None:
        self._form.told.setText(words)
        self._form.told.show()


def _in_lines(groups: tuple[str, ...], a_line: int) -> str:
    return "\n".join("  ".join(groups[at : at + a_line]) for at in range(0, len(groups), a_line))
