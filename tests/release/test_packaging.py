"""The small decisions of packaging: what is left out, what is said on the outside, when the installer refuses."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from xml.etree import ElementTree

import pytest

import aftercare
from packaging_scripts import script

ROOT = Path(__file__).resolve().parents[2]
LINUX = ROOT / "packaging" / "linux"
NEW, GLIBC = "0.2.0", "2.17"
on_linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="shell scripts of the Linux packages")


# --- what goes in -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "wanted"),
    [
        ("PySide6/Qt/plugins/platforms/libqxcb.so", True),
        ("PySide6/Qt/plugins/platforms/libqwayland.so", True),
        ("PySide6/Qt/plugins/platforms/libqoffscreen.so", True),
        ("PySide6\\plugins\\platforms\\qwindows.dll", True),
        ("PySide6/Qt/plugins/platformthemes/libqgtk3.so", False),
        ("PySide6/Qt/plugins/platforms/libqvnc.so", False),
        ("PySide6/Qt/plugins/tls/libqopensslbackend.so", False),
        ("PySide6/Qt/plugins/somethingnew/libqnew.so", False),
        ("PySide6/Qt/translations/qtbase_de.qm", False),
        ("PySide6/Qt/lib/libQt6Network.so.6", False),
        ("PySide6/Qt/lib/libQt6Widgets.so.6", True),
        ("aftercare/_built/fonts/NotoSans-Regular.ttf", True),
        ("aftercare/_built/i18n/fr/LC_MESSAGES/aftercare.mo", True),
    ],
)
def test_the_frozen_program_holds_what_it_uses(place: str, wanted: bool) -> None:
    assert script("trimming").is_wanted(place) is wanted


@pytest.mark.parametrize(
    ("place", "source", "comes"),
    [
        ("libxcb-cursor.so.0", "/usr/lib/x86_64-linux-gnu/libxcb-cursor.so.0", True),
        ("libxcb.so.1", "/lib/x86_64-linux-gnu/libxcb.so.1", False),
        ("libstdc++.so.6", "/lib/x86_64-linux-gnu/libstdc++.so.6", False),
        ("libgtk-3.so.0", "/lib/x86_64-linux-gnu/libgtk-3.so.0", False),
        ("libpython3.11.so.1.0", "/usr/lib/x86_64-linux-gnu/libpython3.11.so.1.0", True),
        ("pikepdf.libs/libqpdf.so.30", "/somewhere/site-packages/pikepdf.libs/libqpdf.so.30", True),
    ],
)
def test_libraries_of_the_system_stay_with_the_system(place: str, source: str, comes: bool) -> None:
    assert script("trimming").comes_along(place, source) is comes


def test_no_module_of_ours_imports_what_is_left_out() -> None:
    left_out = {name for name in script("trimming").LEFT_OUT_MODULES if "." not in name}
    imported = re.compile(r"^\s*(?:import|from)\s+([A-Za-z_0-9]+)", re.MULTILINE)
    for path in (ROOT / "src").rglob("*.py"):
        taken = set(imported.findall(path.read_text(encoding="utf-8"))) & left_out
        assert not taken, f"{path.name} imports {taken}, which the frozen program does not have"


def test_only_the_trusted_keyrings_are_named() -> None:
    trimming = script("trimming")
    assert trimming.hidden_modules("linux")[0] == "keyring.backends.SecretService"
    assert trimming.hidden_modules("win32")[0] == "keyring.backends.Windows"


# --- what is said on the outside --------------------------------------------------------------------------------


def test_one_version_stands_everywhere() -> None:
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert told == aftercare.__version__ == script("freeze").version()


def test_both_locks_agree() -> None:
    pinned = re.compile(r"^([A-Za-z0-9_.-]+)==([^\s;\\]+)", re.MULTILINE)
    ours = dict(pinned.findall((ROOT / "requirements.lock").read_text(encoding="utf-8")))
    release = dict(pinned.findall((ROOT / "packaging" / "release.lock").read_text(encoding="utf-8")))
    different = {name for name in ours.keys() & release.keys() if ours[name] != release[name]}
    assert not different, "run `make lock`"
    assert {"pyinstaller", "cyclonedx-bom", "nfpm"} <= release.keys()


@pytest.mark.parametrize("name", ["aftercare.desktop", "aftercare.metainfo.xml", "aftercare.1", "install.sh"])
def test_nothing_on_the_outside_betrays_the_shelter(name: str) -> None:
    words = (LINUX / name).read_text(encoding="utf-8").lower()
    words += script("linux_packages")._DESCRIPTION.lower()
    for word in ("survivor", "victim", "traffick", "shelter", "abuse", "exploit", "refuge"):
        assert word not in words


def test_the_metainfo_names_the_release_and_the_launcher() -> None:
    staging = script("staging")
    release = staging.Release("1.2.3", 1_760_000_000, ROOT)
    told = staging.filled_in((LINUX / "aftercare.metainfo.xml").read_text(encoding="utf-8"), release)
    tree = ElementTree.fromstring(told)
    found = tree.find("releases/release")
    assert found is not None
    assert found.attrib == {"version": "1.2.3", "date": "2025-10-09"}
    assert tree.findtext("launchable") == "aftercare.desktop"
    assert "@" not in told


def test_checksums_are_what_sha256sum_checks(tmp_path: Path) -> None:
    (tmp_path / "one.deb").write_bytes(b"one")
    (tmp_path / "two.rpm").write_bytes(b"two")
    script("packages").write_sums(tmp_path)
    script("packages").write_sums(tmp_path)  # itself is not among them
    done = subprocess.run(["sha256sum", "--check", "SHA256SUMS"], cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 0
    assert done.stdout.count(b"OK") == 2


def test_two_builds_are_compared_by_their_bytes(tmp_path: Path) -> None:
    for build, words in (("first", "same"), ("second", "same")):
        (tmp_path / build).mkdir()
        (tmp_path / build / "alike").write_text(words, encoding="ascii")
        (tmp_path / build / "other").write_text(build, encoding="ascii")
    (tmp_path / "second" / "only here").touch()
    assert script("packages").compare(tmp_path / "first", tmp_path / "second") == ["only here", "other"]


# --- the installer for one person -------------------------------------------------------------------------------


@pytest.fixture
def handed_out(tmp_path: Path) -> Path:
    """What the self-extracting file unpacks, with a small program."""
    out = tmp_path / "unpacked"
    shutil.copytree(ROOT / "packaging" / "linux", out)
    staging = script("staging")
    release = staging.Release(NEW, 1_760_000_000, out)
    for name in ("install.sh", "uninstall.sh"):
        text = staging.filled_in((LINUX / name).read_text(encoding="utf-8"), release, GLIBC=GLIBC)
        (out / name).write_text(text, encoding="utf-8")
        (out / name).chmod(0o755)
    (out / "program").mkdir()
    (out / "program" / "VERSION").write_text(NEW + "\n", encoding="ascii")
    for name in ("aftercare", "aftercare-cli"):
        shutil.copy(shutil.which("sleep") or "/bin/sleep", out / "program" / name)
    applications = out / "share" / "applications"
    applications.mkdir(parents=True)
    shutil.copy(LINUX / "aftercare.desktop", applications)
    return out


def install(handed_out: Path, prefix: Path, *words: str) -> int:
    command = ["sh", "./install.sh", "--prefix", str(prefix), *words]
    environment = {**os.environ, "HOME": str(prefix.parent)}
    return subprocess.run(command, cwd=handed_out, env=environment, capture_output=True, check=False).returncode


@on_linux
def test_it_installs_links_and_removes_itself(handed_out: Path, tmp_path: Path) -> None:
    prefix = tmp_path / "a home" / ".local"
    assert install(handed_out, prefix) == 0
    assert (prefix / "bin" / "aftercare").resolve() == prefix / "lib" / "aftercare" / "aftercare"
    entry = (prefix / "share" / "applications" / "aftercare.desktop").read_text(encoding="utf-8")
    assert f'Exec="{prefix}/lib/aftercare/aftercare"' in entry
    records = prefix / "share" / "aftercare" / "vault"
    records.mkdir(parents=True)
    removing = [str(prefix / "lib" / "aftercare" / "uninstall.sh")]
    assert subprocess.run(removing, capture_output=True, check=False).returncode == 0
    assert not (prefix / "lib" / "aftercare").exists()
    assert not (prefix / "bin" / "aftercare").is_symlink()
    assert records.is_dir()


@on_linux
def test_it_does_not_go_back_to_an_older_version_unless_told_to(handed_out: Path, tmp_path: Path) -> None:
    prefix = tmp_path / ".local"
    assert install(handed_out, prefix) == 0
    (prefix / "lib" / "aftercare" / "VERSION").write_text("0.10.0\n", encoding="ascii")
    assert install(handed_out, prefix) == 4
    assert (prefix / "lib" / "aftercare" / "VERSION").read_text(encoding="ascii") == "0.10.0\n"
    assert install(handed_out, prefix, "--allow-downgrade") == 0


@on_linux
def test_it_does_not_replace_a_program_that_is_open(handed_out: Path, tmp_path: Path) -> None:
    prefix = tmp_path / ".local"
    assert install(handed_out, prefix) == 0
    running = subprocess.Popen([str(prefix / "lib" / "aftercare" / "aftercare"), "60"])
    try:
        assert install(handed_out, prefix) == 3
    finally:
        running.kill()
        running.wait()
    assert install(handed_out, prefix) == 0


@on_linux
def test_it_refuses_a_system_that_is_too_old(handed_out: Path, tmp_path: Path) -> None:
    path = handed_out / "install.sh"
    path.write_text(path.read_text(encoding="utf-8").replace(f"glibc={GLIBC}", "glibc=9.9"), encoding="utf-8")
    assert install(handed_out, tmp_path / ".local") == 5
    assert not (tmp_path / ".local").exists()


@on_linux
def test_it_refuses_words_that_it_does_not_know(handed_out: Path, tmp_path: Path) -> None:
    assert install(handed_out, tmp_path / ".local", "--wrong") == 2
