"""Before anything is deleted for good: what goes and how much of it, what stays, and the code typed once more."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from aftercare.domain.retention import WORDS, Extent, Kept
from aftercare.domain.rows.retention import PurgeOrder, PurgePreview
from aftercare.domain.rows.this_computer import EarlierRecords
from aftercare.gui.dialogs.form_dialog import FormDialog
from aftercare.gui.office import Office
from aftercare.gui.widgets.fact_fields import chosen, words_of
from aftercare.gui.widgets.labels import PlainLabel
from aftercare.i18n import tr, trn
from aftercare.services.kept_aside import earlier
from aftercare.services.purging import show_purge
from aftercare.words.retention import count_lines, earlier_warning, kinds_words

_SHOWN = 6


class PurgeDialog(FormDialog):
    """`ordered` with what is to be deleted; nothing is deleted here. Deleting everything is never chosen beforehand."""

    ordered = Signal(object)  # PurgeOrder

    def __init__(
        self, office: Office, survivor_id: UUID, case_code: str, due: Iterable[Kept], parent: QWidget | None = None
    ) -> None:
        intro = tr(
            "This cannot be undone. Older backups are deleted too, because they still hold it; a fresh one is made."
        )
        super().__init__(office, tr("Delete data of {code}", code=case_code), intro, parent)
        self.setWindowTitle(tr("Delete data"))
        self._survivor_id, self._case_code = survivor_id, case_code
        self._preview: PurgePreview | None = None
        kinds = [kind for kind in Kept if kind in WORDS]
        self._extent = self.fields.choice("extent", tr("What"), Extent, Extent.PARTIAL)
        self._kinds = self.fields.chips("kinds", tr("Kinds"), kinds, [kind for kind in kinds if kind in set(due)])
        self._said = PlainLabel("", wrap=True)
        self._earlier = PlainLabel("", "warning", wrap=True)
        self._earlier.hide()
        self._stands_against = PlainLabel("", "error", wrap=True)
        self._stands_against.hide()
        self.form.column.addWidget(self._said)
        self.form.column.addWidget(self._earlier)
        self.form.column.addWidget(self._stands_against)
        self._typed = self.fields.line("typed", tr("Type the code {code}", code=case_code))
        self._extent.activated.connect(lambda _at: self._look())
        self._kinds.changed.connect(self._look)
        self._typed.textChanged.connect(lambda _text: self._show_whether_possible())
        self.form.save.setText(tr("&Delete for good"))
        self.form.save.setProperty("role", "danger")
        self.begin("purge", case_code, focus="extent")
        if office.opened is not None:
            office.ask_vault(earlier, then=self.show_earlier, owner=self, topic="earlier")
        self._look()

    def drafted(self) -> list[QWidget]:
        """None: what is to be deleted is decided in one go."""
        return []

    @property
    def order(self) -> PurgeOrder:
        extent = chosen(Extent, self._extent) or Extent.PARTIAL
        kinds = frozenset(map(Kept, self._kinds.codes)) if extent is Extent.PARTIAL else frozenset[Kept]()
        return PurgeOrder(self._survivor_id, extent, kinds)

    def choose(self, extent: Extent) -> None:
        """Begin with this much."""
        self._extent.show_code(extent.value)
        self._look()

    def save(self) -> None:
        """Hand the order over; whoever opened this carries it out."""
        if self.form.save.isEnabled():
            self.ordered.emit(self.order)
            self.accept()

    # --- what goes -------------------------------------------------------------------------------------------------

    def _look(self) -> None:
        order = self.order
        self.show_row("kinds", order.extent is Extent.PARTIAL)
        self._preview = None
        self._show_whether_possible()
        self.office.ask(show_purge, order, then=self.show_preview, owner=self, topic="preview")

    def show_preview(self, preview: PurgePreview) -> None:
        self._preview = preview
        self._said.setText("\n".join(self._lines(preview)))
        against = []
        if preview.is_held:
            against.append(tr("A legal hold stands on this record: nothing can be deleted."))
        if preview.is_open:
            against.append(tr("A case of this person is open: close it first."))
        self._stands_against.setText(" ".join(against))
        self._stands_against.setVisible(bool(against))
        self._show_whether_possible()
        self.fit()

    def show_earlier(self, found: tuple[EarlierRecords, ...]) -> None:
        """Records that a restore kept aside go too, whoever else is in them."""
        self._earlier.setText(" ".join(earlier_warning(found)))
        self._earlier.setVisible(bool(found))
        self.fit()

    def _lines(self, preview: PurgePreview) -> Iterable[str]:
        lines = count_lines(preview.counts)
        if not lines and preview.extent is Extent.PARTIAL and not self.order.kinds:
            yield tr("Choose what is to go.")
            return
        if not lines:
            yield tr("There is nothing of this left to delete.")
            return
        told = ", ".join(f"{name}: {count}" for name, count in lines[:_SHOWN])
        rest = sum(count for _name, count in lines[_SHOWN:])
        more = "; " + trn("{n} more record", "{n} more records", rest) if rest else ""
        yield tr("Goes: {told}{more}.", told=told, more=more)
        if preview.changes:
            yield trn(
                "Also what {n} entry of the history remembers of it.",
                "Also what {n} entries of the history remember of it.",
                preview.changes,
            )
        if preview.drafts:
            yield trn("Also {n} unsaved draft.", "Also {n} unsaved drafts.", preview.drafts)
        if preview.extent is Extent.WHOLE:
            yield tr("Stays: the code, so that it is never given to anybody else, and lines of the log without names.")
        else:
            yield tr("Stays: days, codes, minutes, nights and levels, for the counts of the organisation.")
            if not_yet := set(self.order.kinds) - set(preview.due):
                yield tr("Not due yet: {kinds}.", kinds=kinds_words(not_yet))

    def _show_whether_possible(self) -> None:
        typed = words_of(self._typed).upper() == self._case_code.upper()
        preview = self._preview
        is_something = preview is not None and preview.may_go and preview.total > 0
        self.form.save.setEnabled(typed and is_something)
