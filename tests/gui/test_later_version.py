"""A code of a later version at the window: explained calmly, and the page stays as it stands."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from aftercare.domain.errors import Problem, WrittenByLaterVersion
from aftercare.gui.office import Office
from aftercare.gui.pages.survivors import SurvivorsPage
from aftercare.gui.widgets.rows_table import RowsTable
from aftercare.services.desk import Desk
from aftercare.settings import load_settings
from hands import part, settle
from makers import a_survivor


@pytest.fixture
def page(office: Office, desk: Desk) -> Iterator[SurvivorsPage]:
    a_survivor(desk, "Selam", "Tesfay")
    page = SurvivorsPage(office, load_settings(None))
    page.show()
    assert office.jobs.drain()
    yield page
    page.close()


def test_the_page_stays_when_its_rows_cannot_be_read_any_more(page: SurvivorsPage, office: Office, desk: Desk) -> None:
    told: list[Problem] = []
    mistakes: list[object] = []
    office.jobs.explained.connect(told.append)
    office.jobs.failed.connect(mistakes.append)
    with desk.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE survivor_case SET stage = 'of_a_later_version'")
    page.refresh()
    assert office.jobs.drain()
    settle()
    assert {type(problem) for problem in told} == {WrittenByLaterVersion}
    assert not mistakes
    model = part(page, RowsTable, "table").rows_model
    assert model is not None
    assert [row.case_code for row in model.rows] == ["S-0001"]
