"""The one door off the GUI thread: order, ownership, progress, trouble, and silence after closing."""

from __future__ import annotations

import gc
import logging
import sys
import threading
import weakref
from collections.abc import Iterator
from concurrent.futures import thread
from types import SimpleNamespace
from uuid import UUID

import pytest
from PySide6.QtCore import QObject, QThread
from pytestqt.qtbot import QtBot

from aftercare.domain.errors import NotFound, Problem
from aftercare.gui.announcements import Announcements
from aftercare.gui.jobs import Done, Incident, Jobs, Progress


@pytest.fixture
def jobs(qtbot: QtBot) -> Iterator[Jobs]:
    made = Jobs()
    yield made
    made.close()


def test_answers_come_in_the_order_of_the_questions_and_on_the_gui_thread(jobs: Jobs, qtbot: QtBot) -> None:
    owner = QObject()
    heard: list[tuple[int, bool]] = []
    for number in range(20):
        jobs.ask(
            lambda number=number: number,  # type: ignore[misc]
            lambda answer: heard.append((answer, QThread.isMainThread())),
            owner=owner,
        )
    assert jobs.drain()
    assert heard == [(number, True) for number in range(20)]


def test_the_work_itself_runs_off_the_gui_thread(jobs: Jobs) -> None:
    owner = QObject()
    names: list[str] = []
    jobs.ask(lambda: threading.current_thread().name, names.append, owner=owner)
    jobs.beside(lambda: threading.current_thread().name, names.append, owner=owner)
    assert jobs.drain()
    assert sorted(name.split("_")[0] for name in names) == ["pages", "vault"]


def test_a_newer_question_of_the_same_topic_replaces_the_older(jobs: Jobs) -> None:
    owner, other = QObject(), QObject()
    gate = threading.Event()
    heard: list[str] = []
    jobs.ask(lambda: gate.wait(120) and "first", lambda answer: heard.append(str(answer)), owner=owner, topic="search")
    jobs.ask(lambda: "second", heard.append, owner=owner, topic="search")
    jobs.ask(lambda: "elsewhere", heard.append, owner=other, topic="search")
    gate.set()
    assert jobs.drain()
    assert heard == ["second", "elsewhere"]


def test_nobody_hears_an_answer_after_its_owner_is_gone(jobs: Jobs, qtbot: QtBot) -> None:
    parent = QObject()
    owner = QObject(parent)
    gate = threading.Event()
    heard: list[bool] = []
    jobs.ask(lambda: gate.wait(120), heard.append, owner=owner, finally_=lambda: heard.append(False))
    owner.deleteLater()
    qtbot.wait(10)
    gate.set()
    assert jobs.drain()
    assert heard == []


def test_a_problem_goes_to_the_asker_or_else_to_the_window(jobs: Jobs, qtbot: QtBot) -> None:
    owner = QObject()
    heard: list[Problem] = []
    ended: list[str] = []

    def refuse() -> None:
        raise NotFound("survivor")

    jobs.ask(refuse, lambda _: None, owner=owner, otherwise=heard.append, finally_=lambda: ended.append("ended"))
    assert jobs.drain()
    assert isinstance(heard[0], NotFound)
    assert ended == ["ended"]
    with qtbot.waitSignal(jobs.explained) as told:
        jobs.ask(refuse, lambda _: None, owner=owner)
    assert isinstance(told.args[0], NotFound)


def test_a_mistake_of_ours_is_logged_by_number_without_its_words(
    jobs: Jobs, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> None:
        raise ValueError("Selam Tesfaye, room 4")

    with caplog.at_level(logging.ERROR), qtbot.waitSignal(jobs.failed) as told:
        jobs.ask(fail, lambda _: None, owner=jobs)
    incident = told.args[0]
    assert isinstance(incident, Incident)
    assert incident.number in caplog.text
    assert "ValueError" in caplog.text
    assert "test_kit_jobs.fail" in caplog.text
    assert "Selam" not in caplog.text


def test_long_work_reports_and_stops_when_cancelled(jobs: Jobs, qtbot: QtBot) -> None:
    owner = QObject()
    seen: list[Done] = []
    heard: list[str] = []
    ended = threading.Event()

    def long_work(progress: Progress) -> str:
        try:
            for page in range(10_000):
                progress.report(page, 10_000, "pages")
                QThread.msleep(1)
        finally:
            ended.set()
        return "all"

    ticket = jobs.ask_with_progress(long_work, heard.append, owner=owner, on_progress=seen.append)
    qtbot.waitUntil(lambda: bool(seen))
    ticket.cancel()
    assert ended.wait(120)
    assert jobs.drain()
    assert seen[0].total == 10_000
    assert heard == []


def test_nothing_arrives_after_closing(qtbot: QtBot) -> None:
    jobs = Jobs()
    owner = QObject()
    heard: list[int] = []
    for number in range(5):
        jobs.ask(lambda number=number: number, heard.append, owner=owner)  # type: ignore[misc]
    jobs.close()
    qtbot.wait(20)
    late = jobs.ask(lambda: 9, heard.append, owner=owner)
    qtbot.wait(20)
    assert heard == []
    assert late.is_cancelled


def test_a_mistake_in_an_answer_is_told_and_the_others_are_still_waited_for(
    jobs: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, _error, _trace: told.append(kind.__name__))
    # answers are also taken from the inbox between two looks at the events: here always
    monkeypatch.setattr("aftercare.gui.jobs.QCoreApplication", SimpleNamespace(processEvents=lambda: None))
    owner = QObject()
    heard: list[int] = []

    def fail(_answer: int) -> None:
        raise RuntimeError("ours")

    jobs.ask(lambda: 1, fail, owner=owner)
    jobs.ask(lambda: 2, heard.append, owner=owner)
    assert jobs.drain()
    assert (told, heard) == (["RuntimeError"], [2])


def test_what_a_question_holds_is_let_go_on_the_gui_thread_however_late_its_worker_is(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A loaded machine stops the worker between the answer and the end of its turn: a widget must not die with it."""
    may_end = threading.Event()
    carry_out = thread._WorkItem.run

    def carry_out_and_stop(item: thread._WorkItem[object]) -> None:
        carry_out(item)
        may_end.wait(120)

    monkeypatch.setattr(thread._WorkItem, "run", carry_out_and_stop)
    jobs, freed_on = Jobs(), list[int]()
    for fails in (False, True):
        owner = QObject()
        weakref.finalize(owner, lambda: freed_on.append(threading.get_ident()))

        def call(owner: QObject = owner, fails: bool = fails) -> str:
            if fails:
                raise NotFound(owner.objectName())
            return owner.objectName()

        jobs.ask(call, lambda _name: None, owner=owner, otherwise=lambda _problem: None)
        del owner, call
        assert fails or jobs.drain(200)
    gc.collect()
    may_end.set()
    assert jobs.drain()
    jobs.close()
    qtbot.wait(10)
    gc.collect()
    assert freed_on == [threading.get_ident()] * 2


def test_news_is_told_on_the_gui_thread_once_and_only_to_the_living(qtbot: QtBot) -> None:
    news = Announcements()
    parent = QObject()
    reader, gone = QObject(parent), QObject(parent)
    heard: list[tuple[str, UUID | None, bool]] = []
    about = UUID(int=7)
    news.listen(reader, {"plan"}, lambda topic, which: heard.append((topic, which, QThread.isMainThread())))
    news.listen(gone, {"plan"}, lambda topic, which: heard.append(("gone", which, True)))
    gone.deleteLater()
    qtbot.wait(10)

    def tell() -> None:
        news.tell("plan", about)
        news.tell("plan", about)
        news.tell("note")

    teller = threading.Thread(target=tell)
    teller.start()
    teller.join()
    qtbot.waitUntil(lambda: bool(heard))
    qtbot.wait(20)
    assert heard == [("plan", about, True)]
