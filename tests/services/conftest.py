"""In tests of services the office is the open vault with the desk of A. Rahman."""

from __future__ import annotations

import pytest

from aftercare.services.opening import OpenOffice


@pytest.fixture
def office(opened: OpenOffice) -> OpenOffice:
    return opened
