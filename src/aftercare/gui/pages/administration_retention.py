"""Retention in the administration: what is due, legal holds, terms, and certificates of what was deleted."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from aftercare.domain.permissions import Permission
from aftercare.domain.retention import Kept
from aftercare.domain.rows.retention import CertificateRow, DueRow, HoldRow, PurgeOrder
from aftercare.gui.dialogs.hold import HoldDialog, LiftHoldDialog
from aftercare.gui.dialogs.purge import PurgeDialog
from aftercare.gui.office import Office
from aftercare.gui.pages.administration_part import AdministrationPart, deed_button, in_a_row
from aftercare.gui.palette import Tone
from aftercare.gui.saving import ask_where
from aftercare.gui.widgets.choices import NumberEdit
from aftercare.gui.widgets.labels import PlainLabel
from aftercare.gui.widgets.tick_box import TickBox
from aftercare.i18n import current, tr, trn
from aftercare.services.certificates import save_certificate
from aftercare.services.deciding import LIMITS
from aftercare.services.forgetting import OnVault, Progress, finish_purges, list_certificates, purge_person
from aftercare.services.office import OfficeSettings, decided_settings, show_settings
from aftercare.services.retention import choose_terms, list_due, list_holds, person_to_purge
from aftercare.words import label
from aftercare.words.retention import kinds_words

if TYPE_CHECKING:
    from aftercare.services.opening import OpenOffice

_SHOWN = 50


class RetentionPart(AdministrationPart):
    """Nothing is deleted by itself: the first card says what is due, a person carries it out."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self._due_card = self.add_card(tr("Due to be deleted"), tr("nothing goes by itself"))
        self._make_person()
        self._hold_card = self.add_card(tr("Legal holds"), tr("while one stands, nothing is deleted"))
        self._terms: dict[Kept, NumberEdit] = {}
        self._shown_terms: tuple[dict[Kept, int], bool] | None = None
        if Permission.SET_POLICY in office.actor.permissions:
            self._make_terms()
        self._certificate_card = self.add_card(tr("Certificates"), tr("they name nobody"))
        self.end_cards()
        topics = {"legal_hold", "survivor_case", "survivor", "certificate", "setting"}
        office.listen(self, topics, lambda _topic, _about: self.refresh())
        self.refresh()

    def refresh(self) -> None:
        self.office.ask(list_due, then=self.show_due, owner=self, topic="due", otherwise=self.explain)
        self.office.ask(list_holds, then=self.show_holds, owner=self, topic="holds", otherwise=self.explain)
        self.office.ask(list_certificates, then=self.show_certificates, owner=self, topic="certificates")
        if self._terms:
            self.office.ask(show_settings, then=self.show_terms, owner=self, topic="terms")

    # --- due -------------------------------------------------------------------------------------------------------

    def show_due(self, rows: tuple[DueRow, ...]) -> None:
        card = self._due_card
        card.clear()
        card.pill.show_pill(trn("{n} person", "{n} people", len(rows)) if rows else "", Tone.TODAY)
        for row in rows[:_SHOWN]:
            held = " · " + tr("held") if row.is_held else ""
            since = tr("since {day}", day=current().date(row.since))
            words = f"{row.case_code} · {kinds_words(row.due)} · {since}{held}"
            if row.is_held:
                card.add(PlainLabel(words, wrap=True))
                continue
            delete = deed_button(
                tr("Delete…"),
                partial(self._ask_to_purge, row.survivor_id, row.case_code, tuple(row.due)),
                "link",
                tr("Delete data of {code}", code=row.case_code),
            )
            card.add(_line(words, delete))
        if len(rows) > _SHOWN:
            card.add(PlainLabel(trn("and {n} more", "and {n} more", len(rows) - _SHOWN), "muted"))
        if not rows:
            card.add(PlainLabel(tr("Nothing is due."), "muted", wrap=True))

    def _make_person(self) -> None:
        card = self.add_card(tr("One person"), tr("by code"))
        card.add(
            PlainLabel(tr("For somebody who asks for deletion, or whose record must be kept."), "muted", wrap=True)
        )
        self.code = QLineEdit()
        self.code.setPlaceholderText(tr("Code, for example S-0012"))
        self.code.setAccessibleName(tr("Code of a person"))
        card.add(self.code)
        card.add(
            in_a_row(
                deed_button(tr("Legal &hold…"), lambda: self._find(self._ask_to_hold)),
                deed_button(tr("&Delete data…"), lambda: self._find(self._ask_to_purge)),
            )
        )

    def _find(self, then: object) -> None:
        code = self.code.text().strip().upper()
        if not code:
            self.code.setFocus()
            return
        assert callable(then)
        self.form.banner.hide()
        self.office.ask(
            person_to_purge,
            code,
            then=lambda survivor_id: then(survivor_id, code),
            owner=self,
            topic="person",
            otherwise=self.explain,
        )

    def _ask_to_purge(self, survivor_id: UUID, case_code: str, due: Iterable[Kept] = ()) -> None:
        dialog = PurgeDialog(self.office, survivor_id, case_code, due, self.window())
        dialog.ordered.connect(self.purge)
        dialog.open()

    def purge(self, order: PurgeOrder) -> None:
        """Carry it out beside the others who work; what follows the deletion can be stopped and goes on later."""

        def deed(opened: OpenOffice, progress: Progress, on_vault: OnVault) -> CertificateRow:
            return purge_person(opened, order, progress, on_vault)

        words = tr("Deleting, writing the file anew, and making a fresh backup…")
        self.work_beside(words, deed, self._show_purged, stopped=self._say_stopped)

    def _say_stopped(self) -> None:
        """Whether it was deleted by then is asked behind the deletion."""
        self.office.ask(list_certificates, then=self._show_stopped, owner=self, topic="stopped")
        self.refresh()

    def _show_stopped(self, rows: tuple[CertificateRow, ...]) -> None:
        if not any(row.finished_at is None for row in rows):
            self.form.banner.show_words(tr("Stopped."), tr("What was deleted stands under “Certificates”."))
            return
        self.form.banner.show_words(
            tr("Stopped. What was deleted stays deleted."),
            tr("Traces of it in the file and in older backups go a little later, or at once with “Go on now” below."),
            tone=Tone.TODAY,
        )

    def _show_purged(self, row: CertificateRow) -> None:
        self.refresh()
        more = tr("It waits for a place with backups that is not there.") if row.finished_at is None else ""
        self.form.banner.show_words(
            tr("Deleted. Certificate {number} says what and how far.", number=row.number), more, tone=Tone.INFO
        )

    # --- holds -----------------------------------------------------------------------------------------------------

    def _ask_to_hold(self, survivor_id: UUID, case_code: str) -> None:
        HoldDialog(self.office, survivor_id, case_code, self.window()).open()

    def show_holds(self, rows: tuple[HoldRow, ...]) -> None:
        card = self._hold_card
        card.clear()
        for row in rows[:_SHOWN]:
            if row.stands:
                lift = deed_button(
                    tr("Lift…"),
                    partial(self._ask_to_lift, row),
                    "link",
                    tr("Lift the hold on {code}", code=row.case_code),
                )
                card.add(_line(_hold_words(row), lift))
            else:
                card.add(PlainLabel(_hold_words(row), "muted", wrap=True))
        if not rows:
            card.add(PlainLabel(tr("No record is held."), "muted", wrap=True))

    def _ask_to_lift(self, row: HoldRow) -> None:
        LiftHoldDialog(self.office, row, self.window()).open()

    # --- terms -----------------------------------------------------------------------------------------------------

    def _make_terms(self) -> None:
        card = self.add_card(tr("How long what is kept"), tr("years after the last case was closed"))
        decided = decided_settings()
        for kind in Kept:
            name = f"keep_{kind.value}_years"
            box = self._terms[kind] = NumberEdit()
            box.setRange(*LIMITS[name])
            box.setEnabled(name not in decided)
            box.setAccessibleName(label(kind))
            told = f" · {tr('decided for this computer by its administrator')}" if name in decided else ""
            card.add(_line(label(kind) + told, box))
        self._erasing = TickBox(tr("An administrator may erase everything (under “Keys and recovery”)"))
        card.add(self._erasing)
        self._save = deed_button(tr("&Save terms"), self._save_terms, "primary")
        card.add(self._save)

    def show_terms(self, settings: OfficeSettings) -> None:
        """What holds now; terms that were changed here and not saved yet stay as they were typed."""
        if self._shown_terms not in (None, self._typed_terms):
            return
        for kind, box in self._terms.items():
            box.setValue(settings.terms[kind])
        self._erasing.setChecked(settings.may_erase_everything)
        self._shown_terms = self._typed_terms

    @property
    def _typed_terms(self) -> tuple[dict[Kept, int], bool]:
        return {kind: box.value() for kind, box in self._terms.items()}, self._erasing.isChecked()

    def _save_terms(self) -> None:
        self.office.do(
            choose_terms,
            *self._typed_terms,
            then=self._say_saved,
            owner=self,
            otherwise=self.explain,
        )

    def _say_saved(self, settings: OfficeSettings) -> None:
        self._shown_terms = None
        self.show_terms(settings)
        self.office.said.emit(tr("Terms saved"))

    # --- certificates ----------------------------------------------------------------------------------------------

    def show_certificates(self, rows: tuple[CertificateRow, ...]) -> None:
        card = self._certificate_card
        card.clear()
        waits = [row for row in rows if row.finished_at is None]
        card.pill.show_pill(tr("not everywhere yet") if waits else "", Tone.TODAY)
        for row in rows[:_SHOWN]:
            words = tr(
                "{number} · {day} · {what} · {name}",
                number=row.number,
                day=current().date(self.office.clock.local(row.at).date()),
                what=label(row.extent),
                name=row.done_by,
            )
            save = deed_button(
                tr("Save as PDF…"),
                partial(self._save_certificate, row),
                "link",
                tr("Save certificate {number} as PDF", number=row.number),
            )
            card.add(_line(words, save))
        if not rows:
            card.add(PlainLabel(tr("Nothing was deleted yet."), "muted", wrap=True))
        if waits:
            places = sorted({place for row in waits for place in row.reach.waiting})
            if places:
                told = tr("Waiting for: {places}", places=", ".join(places))
                card.add(PlainLabel(told, "muted", wrap=True))
            card.add(deed_button(tr("&Go on now"), self._go_on))

    def _go_on(self) -> None:
        words = tr("Writing the file anew and deleting older backups…")
        self.work_beside(words, finish_purges, lambda _left: self.refresh(), stopped=self._say_stopped)

    def _save_certificate(self, row: CertificateRow) -> None:
        name = f"certificate-{row.number}.pdf"
        chosen = ask_where(self, tr("Save the certificate"), name, "PDF (*.pdf)")
        if chosen is not None:
            self.save_certificate_to(row.id, chosen)

    def save_certificate_to(self, certificate_id: UUID, path: Path) -> None:
        self.office.ask(
            save_certificate,
            certificate_id,
            path,
            then=lambda _nothing: self.office.said.emit(tr("Certificate saved")),
            owner=self,
            otherwise=self.explain,
        )


def _line(words: str, part: QWidget) -> QHBoxLayout:
    line = QHBoxLayout()
    line.addWidget(PlainLabel(words, wrap=True), 1)
    line.addWidget(part)
    return line


def _hold_words(row: HoldRow) -> str:
    day = current().date
    parts = [row.case_code, label(row.reason), tr("since {day}, by {name}", day=day(row.since), name=row.set_by)]
    if row.until is not None:
        parts.append(tr("until {day}", day=day(row.until)))
    if row.lifted_on is not None:
        parts.append(tr("lifted on {day} by {name}", day=day(row.lifted_on), name=row.lifted_by))
    elif not row.stands:
        parts.append(tr("over"))
    parts += [part for part in (row.words, row.lifted_words) if part]
    return " · ".join(parts)
