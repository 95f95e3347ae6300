"""Pages that are put away while one of them is still being drawn."""

from __future__ import annotations

import threading

from pytestqt.qtbot import QtBot

from aftercare.gui.application import Screen
from aftercare.gui.jobs import Incident, Jobs
from aftercare.gui.widgets.pages_view import PagesView
from aftercare.services.report_preview import PageImage


class LatePages:
    """One page that is drawn when `may_draw` says so; by then it may have been closed."""

    def __init__(self) -> None:
        self.began, self.may_draw = threading.Event(), threading.Event()

    def __len__(self) -> int:
        return 1

    def size(self, page: int) -> tuple[float, float]:
        return 595.0, 842.0

    def render(self, page: int, dots_per_inch: float = 96) -> PageImage:
        self.began.set()
        self.may_draw.wait(120)
        raise ValueError("closed")

    def close(self) -> None:
        self.may_draw.set()


def test_another_person_chosen_while_a_page_is_drawn_is_no_mistake(screen: Screen, qtbot: QtBot) -> None:
    jobs, view, pages = Jobs(), PagesView(), LatePages()
    qtbot.addWidget(view)
    told: list[Incident] = []
    jobs.failed.connect(told.append)
    view.draw_with(jobs)
    view.show_pages(pages)
    assert pages.began.wait(120)
    view.show_pages(None)
    assert jobs.drain()
    jobs.close()
    assert told == []
