"""To decide: what colleagues need a second person for, what I asked for myself, accesses that want looking at, and who
was let in or sees more.
"""

from __future__ import annotations

from datetime import datetime

from PySide6.QtWidgets import QWidget

from aftercare.domain.approving import Approvable
from aftercare.domain.permissions import Permission
from aftercare.domain.rows.access import AccessNewsRow, ApprovalRow, GlassReviewRow
from aftercare.gui.office import Office
from aftercare.gui.pages.administration_part import AdministrationPart, deed_button, in_a_row
from aftercare.gui.palette import Tone
from aftercare.gui.widgets.access_card import AccessCard
from aftercare.gui.widgets.card import Card, FormCard
from aftercare.gui.widgets.labels import PlainLabel
from aftercare.i18n import current, tr
from aftercare.services.access_news import access_news, mark_access_news_read
from aftercare.services.approvals import answer_approval, list_approvals, my_approvals
from aftercare.services.break_glass import list_for_review
from aftercare.words.access import APPROVABLE
from aftercare.words.log_facts import access_news_words

_MINE_SHOWN = 8


class DecisionsPart(AdministrationPart):
    """A card for each kind of decision that this person takes part in."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        allowed = office.actor.permissions
        self._approves = Permission.APPROVE in allowed
        self._reviews = Permission.REVIEW_ACCESS in allowed
        self.waiting = self.add_card(tr("Waiting for a second person"))
        self.mine = self.add_card(tr("What you asked for"))
        self.accesses = self.add_card(tr("Records opened with a reason"), tr("that are not among the reader’s own"))
        self.news = self.add_card(tr("What you should know"), tr("of others, since you last read it"))
        self.waiting.setVisible(self._approves)
        self.accesses.setVisible(self._reviews)
        self.news.setVisible(self._reviews)
        self.end_cards()
        topics = {"approval", "glass_opening", "staff", "team_member", "exclusion"}
        office.listen(self, topics, lambda _topic, _about: self.refresh())
        self.refresh()

    def refresh(self) -> None:
        ask = self.office.ask
        ask(my_approvals, then=self.show_mine, owner=self, topic="mine")
        if self._approves:
            ask(list_approvals, then=self.show_waiting, owner=self, topic="waiting")
        if self._reviews:
            ask(list_for_review, then=self.show_accesses, owner=self, topic="accesses")
            ask(access_news, then=self.show_news, owner=self, topic="news")

    # --- the second person -----------------------------------------------------------------------------------------

    def show_waiting(self, rows: tuple[ApprovalRow, ...]) -> None:
        self.waiting.clear()
        for row in rows:
            self.waiting.add(self._question(row))
        if not rows:
            self.waiting.add(PlainLabel(tr("Nobody waits for an answer."), "muted"))

    def _question(self, row: ApprovalRow) -> Card:
        wish = _wish(row)
        card = FormCard()
        card.show_title(tr("{name}: {wish}", name=row.asked_by, wish=wish))
        if row.words:
            card.add(PlainLabel(row.words, wrap=True))
        times = {"asked": self._moment(row.asked_at), "until": self._moment(row.until)}
        card.add(PlainLabel(tr("Asked {asked}; an answer counts until {until}.", **times), "muted", wrap=True))
        if not row.may_answer:
            card.add(
                PlainLabel(tr("Somebody else answers what you asked for, or what is about you."), "muted", wrap=True)
            )
            return card
        asked = {"name": row.asked_by, "wish": wish}
        agree = deed_button(tr("Agree"), lambda: self._answer(row, True), name=tr("Agree: {name}: {wish}", **asked))
        refuse = deed_button(tr("Refuse"), lambda: self._answer(row, False), name=tr("Refuse: {name}: {wish}", **asked))
        card.add(in_a_row(agree, refuse))
        return card

    def _answer(self, row: ApprovalRow, agreed: bool) -> None:
        self.office.do(
            answer_approval,
            row.id,
            agreed,
            row.version,
            then=lambda _nothing: self.office.said.emit(tr("Agreed") if agreed else tr("Refused")),
            owner=self,
            otherwise=self.explain,
        )

    def show_mine(self, rows: tuple[ApprovalRow, ...]) -> None:
        self.mine.setVisible(bool(rows))
        self.mine.clear()
        for row in rows[:_MINE_SHOWN]:
            self.mine.add(PlainLabel(f"{_wish(row)} · {self._state(row)}", wrap=True))

    def _state(self, row: ApprovalRow) -> str:
        if row.carried_out_at is not None:
            return tr("agreed by {name}, and done", name=row.answered_by)
        if row.answered_at is not None and not row.agreed:
            return tr("refused by {name}", name=row.answered_by)
        if row.until <= self.office.clock.now():
            return tr("nobody answered in time") if row.answered_at is None else tr("agreed, and not done in time")
        if row.agreed:
            return tr("agreed by {name}: do it until {until}", name=row.answered_by, until=self._moment(row.until))
        return tr("waits for an answer until {until}", until=self._moment(row.until))

    # --- accesses --------------------------------------------------------------------------------------------------

    def show_accesses(self, rows: tuple[GlassReviewRow, ...]) -> None:
        self.accesses.clear()
        self.accesses.pill.show_pill(str(len(rows)) if rows else "", Tone.TODAY)
        for row in rows:
            self.accesses.add(AccessCard(self.office, row))
        if not rows:
            self.accesses.add(PlainLabel(tr("Every access has been reviewed."), "muted", wrap=True))

    # --- who was let in --------------------------------------------------------------------------------------------

    def show_news(self, rows: tuple[AccessNewsRow, ...]) -> None:
        self.news.clear()
        self.news.pill.show_pill(str(len(rows)) if rows else "", Tone.TODAY)
        if not rows:
            self.news.add(PlainLabel(tr("Nothing that you have not read."), "muted", wrap=True))
            return
        for row in rows:
            self.news.add(PlainLabel(access_news_words(row, self.office.clock.local), wrap=True))
            self.news.add(PlainLabel(f"{self._moment(row.at)} · {row.by or tr('The program')}", "muted", wrap=True))
        last = rows[0].seq
        self.news.add(in_a_row(deed_button(tr("Mark as read"), lambda: self._mark_read(last))))

    def _mark_read(self, last_seq: int) -> None:
        self.office.do(
            mark_access_news_read, last_seq, then=lambda _nothing: self.refresh(), owner=self, otherwise=self.explain
        )

    def _moment(self, at: datetime) -> str:
        local = self.office.clock.local(at)
        return f"{current().date(local.date())} {current().time(local)}"


def _wish(row: ApprovalRow) -> str:
    words = tr(APPROVABLE[Approvable(row.action)])
    return f"{words} ({row.about})" if row.about else words
