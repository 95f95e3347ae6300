"""Who may look into a folder, as Windows writes it; the calls themselves are tried on Windows (and under Wine)."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from aftercare.vault.windows_rights import others

ANNA = "S-1-5-21-1004336348-1177238915-682003330-1001"
BEN = "S-1-5-21-1004336348-1177238915-682003330-1002"


@pytest.mark.parametrize(
    ("rights", "strangers"),
    [
        (f"D:PAI(A;OICI;FA;;;{ANNA})(A;OICI;FA;;;SY)", set()),
        (f"D:AI(A;OICIID;FA;;;SY)(A;OICIID;FA;;;BA)(A;OICIID;FA;;;{ANNA})", set()),
        (f"O:BAG:SYD:P(A;OICI;FA;;;OW)(A;OICI;0x1301bf;;;{BEN})(A;OICI;FA;;;SY)", {BEN}),
        (f"D:AI(A;OICIID;0x1200a9;;;BU)(A;OICIID;FA;;;{ANNA})", {"BU"}),
        (f"D:(D;OICI;FA;;;{BEN})(A;OICI;FA;;;{ANNA})", set()),
        ("D:NO_ACCESS_CONTROL", {"*"}),
        ("", {"*"}),
    ],
)
def test_everybody_who_is_let_in_besides_the_owner_is_found(rights: str, strangers: set[str]) -> None:
    assert others(rights, ANNA) == strangers


if sys.platform == "win32":
    from aftercare.vault.files import is_private, make_private, make_private_folder

    def test_a_private_folder_lets_nobody_else_in_nor_what_is_made_inside(tmp_path: Path) -> None:
        folder = tmp_path / "records"
        make_private_folder(folder)
        assert is_private(folder)
        inside = folder / "inside"
        inside.mkdir()
        (folder / "file").write_bytes(b"readable")
        assert is_private(inside)
        assert (folder / "file").read_bytes() == b"readable"

    def test_an_open_folder_is_seen_and_closed(tmp_path: Path) -> None:
        import subprocess

        folder = tmp_path / "records"
        folder.mkdir()
        subprocess.run(["icacls", str(folder), "/grant", "*S-1-5-32-545:(OI)(CI)R"], check=True)
        assert not is_private(folder)
        make_private(folder)
        assert is_private(folder)
