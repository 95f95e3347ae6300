"""The small decisions of the Windows half: names, numbers and codes that must never drift, and what is left out."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest

import aftercare
from packaging_scripts import script

ROOT = Path(__file__).resolve().parents[2]
WINDOWS = ROOT / "packaging" / "windows"
SCRIPT = (WINDOWS / "aftercare.nsi").read_text(encoding="utf-8")


@pytest.fixture
def staged(tmp_path: Path) -> Path:
    """What was frozen on Windows, in small, laid out for the installers."""
    frozen = tmp_path / "frozen"
    for place in ("aftercare.exe", "aftercare-cli.exe", "_internal/python311.dll", "_internal/sub/a-b.pyd"):
        (frozen / place).parent.mkdir(parents=True, exist_ok=True)
        (frozen / place).write_bytes(b"MZ" + place.encode())
    release = script("staging").Release("1.2.3", 1_760_000_000, frozen)
    out: Path = script("windows_staging").stage(release, tmp_path / "staged", None)
    return out


# --- the MSI ------------------------------------------------------------------------------------------------------


def test_the_upgrade_line_keeps_its_code_for_ever(staged: Path) -> None:
    """Another one would install a second Aftercare beside the first on every computer."""
    product = script("msi").told(staged, "1.2.3")[0]
    assert product.attrib["UpgradeCode"] == "7C1F1F5B-6A0E-4D5F-9C55-2B7F8D3A9E41"


def test_each_version_is_another_product_and_the_same_version_the_same() -> None:
    msi = script("msi")
    assert re.fullmatch(r"[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}", msi.product_code("1.0.0"))
    assert msi.product_code("1.0.0") == msi.product_code("1.0.0") != msi.product_code("1.0.1")


def test_every_file_is_a_component_of_its_own_and_belongs_to_the_program(staged: Path) -> None:
    product = script("msi").told(staged, "1.2.3")[0]
    files = [file.attrib["Source"] for file in product.iter("File")]
    assert len(files) == sum(path.is_file() for path in staged.rglob("*"))
    components = [component.attrib for component in product.iter("Component")]
    assert len({one["Guid"] for one in components}) == len({one["Id"] for one in components}) == len(components)
    assert all(re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]{0,71}", one["Id"]) for one in components)
    features = {feature.attrib["Id"]: feature for feature in product.iter("Feature")}
    assert set(features) == {"Program", "Menu", "Desktop"}
    assert features["Desktop"].attrib["Level"] == "1000"  # only where it is asked for
    referred = [one.attrib["Id"] for one in product.iter("ComponentRef")]
    assert sorted(referred) == sorted(one["Id"] for one in components)


@pytest.mark.skipif(shutil.which("wixl") is None or shutil.which("msibuild") is None, reason="needs wixl and msibuild")
def test_the_old_version_goes_only_inside_the_transaction(staged: Path, tmp_path: Path) -> None:
    icon = script("icon")
    if not icon.PATH.exists():
        pytest.skip("the icon is drawn by `make packages-windows`")
    package = script("msi").build(staged, "1.2.3", tmp_path / "small.msi")
    exported = ["msiinfo", "export", str(package), "InstallExecuteSequence"]
    lines = subprocess.run(exported, capture_output=True, text=True, check=True).stdout.splitlines()
    at = {line.split("\t")[0]: int(line.split("\t")[2]) for line in lines[3:]}
    assert at["InstallInitialize"] < at["RemoveExistingProducts"] < at["InstallFiles"]


# --- setup.exe ----------------------------------------------------------------------------------------------------


def test_both_installers_know_each_other() -> None:
    msi = script("msi")
    assert f'"{msi.MARKS}" "Kind"' in SCRIPT
    assert msi._UNINSTALL in SCRIPT


def test_exit_codes_mean_the_same_as_those_of_the_linux_installer() -> None:
    codes = {name: int(code) for name, code in re.findall(r"^!define ([A-Z_]+) (\d)\b", SCRIPT, re.MULTILINE)}
    linux = (ROOT / "packaging" / "linux" / "install.sh").read_text(encoding="utf-8")
    for name in ("WRONG_USE", "IS_OPEN", "IS_NEWER", "TOO_OLD", "NO_WRITING"):
        assert re.search(rf"(?:exit|refuse|stop|fail)\w* {codes[name]}\b", linux), name
    assert (codes["IS_DONE"], codes["NO_RIGHTS"], codes["OTHER_KIND"]) == (0, 7, 8)


def test_nothing_of_the_installer_reaches_the_records() -> None:
    """Whatever is deleted lies in the folder of the program, in the menu or on the desktop, or is its own key."""
    deleting = re.findall(r"^\s*(?:RMDir|Delete|DeleteRegKey)\b(.*)$", SCRIPT, re.MULTILINE)
    assert deleting
    for line in deleting:
        assert re.search(r'"\$(?:INSTDIR|SMPROGRAMS|DESKTOP)\b|SHCTX "\$\{KEY\}"', line), line
    assert not re.search(r'RMDir /r "\$INSTDIR"', SCRIPT), "a folder that somebody else uses too would go as a whole"


def test_nothing_on_the_outside_betrays_the_shelter() -> None:
    words = SCRIPT.lower() + (ROOT / "packaging" / "version_resource.py").read_text(encoding="utf-8").lower()
    for word in ("survivor", "victim", "traffick", "shelter", "abuse", "refuge"):
        assert word not in words


@pytest.mark.parametrize(("version", "four"), [("0.1.0", "0.1.0.0"), ("1.2", "1.2.0.0"), ("1.2.3.4", "1.2.3.4")])
def test_versions_are_counted_as_windows_counts(version: str, four: str) -> None:
    assert script("windows_packages").four_numbers(version) == four


def test_our_version_has_numbers_only() -> None:
    """The MSI and the resource of the programs take no other."""
    assert re.fullmatch(r"\d+\.\d+\.\d+", aftercare.__version__)


# --- what is laid out ---------------------------------------------------------------------------------------------


def test_the_templates_of_group_policy_and_the_documents_come_along(staged: Path) -> None:
    assert (staged / "VERSION").read_text(encoding="ascii") == "1.2.3\n"
    ElementTree.parse(staged / "documents" / "policy" / "aftercare.admx")
    ElementTree.parse(staged / "documents" / "policy" / "en-US" / "aftercare.adml")
    assert (staged / "documents" / "INSTALL.md").exists()


def test_a_folder_that_is_no_windows_program_is_refused(tmp_path: Path) -> None:
    (tmp_path / "aftercare").write_bytes(b"\x7fELF")
    release = script("staging").Release("1.2.3", 1_760_000_000, tmp_path)
    with pytest.raises(SystemExit, match=r"aftercare\.exe"):
        script("windows_staging").stage(release, tmp_path / "staged", None)


def test_the_portable_archive_keeps_its_records_beside_it_and_is_made_alike(staged: Path, tmp_path: Path) -> None:
    packages, release = script("windows_packages"), script("staging").Release("1.2.3", 1_760_000_000, staged)
    made = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        made += packages.pack(staged, release, tmp_path / name, ("portable",))
    assert made[0].read_bytes() == made[1].read_bytes()
    with zipfile.ZipFile(made[0]) as packed:
        assert "Aftercare/portable" in packed.namelist()


@pytest.mark.parametrize(
    ("place", "wanted"),
    [
        ("PySide6\\plugins\\platforms\\qwindows.dll", True),
        ("PySide6\\plugins\\platforms\\qoffscreen.dll", True),
        ("PySide6\\plugins\\platforms\\qdirect2d.dll", False),
        ("PySide6\\plugins\\styles\\qmodernwindowsstyle.dll", True),
        ("PySide6\\plugins\\tls\\qschannelbackend.dll", False),
        ("PySide6\\opengl32sw.dll", False),
        ("PySide6\\Qt6Network.dll", False),
        ("PySide6\\Qt6Widgets.dll", True),
        ("PySide6\\translations\\qt_de.qm", False),
    ],
)
def test_the_frozen_program_holds_what_it_uses_on_windows(place: str, wanted: bool) -> None:
    assert script("trimming").is_wanted(place) is wanted


# --- signing ------------------------------------------------------------------------------------------------------


def test_without_a_certificate_nothing_is_signed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AFTERCARE_SIGN_PFX", "AFTERCARE_SIGN_THUMBPRINT"):
        monkeypatch.delenv(name, raising=False)
    path = tmp_path / "aftercare.exe"
    path.write_bytes(b"MZ")
    assert not script("sign").sign(path)
    assert path.read_bytes() == b"MZ"


@pytest.mark.skipif(shutil.which("osslsigncode") is None, reason="needs osslsigncode")
@pytest.mark.skipif(shutil.which("x86_64-w64-mingw32-gcc") is None, reason="needs a program for Windows")
def test_with_a_certificate_the_file_is_signed_in_its_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key, certificate, packed = tmp_path / "key.pem", tmp_path / "certificate.pem", tmp_path / "signer.pfx"
    passphrase = tmp_path / "passphrase.txt"
    passphrase.write_text("only for this test", encoding="ascii")
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=Test", "-days", "2"]
    subprocess.run([*made, "-keyout", str(key), "-out", str(certificate)], check=True, capture_output=True)
    export = ["openssl", "pkcs12", "-export", "-inkey", str(key), "-in", str(certificate), "-out", str(packed)]
    subprocess.run([*export, "-passout", f"file:{passphrase}"], check=True, capture_output=True)
    source, program = tmp_path / "small.c", tmp_path / "small.exe"
    source.write_text("int main(void) { return 0; }\n", encoding="ascii")
    subprocess.run(["x86_64-w64-mingw32-gcc", "-o", str(program), str(source)], check=True)
    monkeypatch.setenv("AFTERCARE_SIGN_PFX", str(packed))
    monkeypatch.setenv("AFTERCARE_SIGN_PASSPHRASE_FILE", str(passphrase))
    before = program.stat().st_size
    assert script("sign").sign(program)
    assert program.stat().st_size > before
    verify = ["osslsigncode", "verify", "-CAfile", str(certificate), "-in", str(program)]
    said = subprocess.run(verify, capture_output=True, text=True, check=False).stdout
    assert "Number of verified signatures: 1" in said or "Signature verification: ok" in said


# --- the build machines -------------------------------------------------------------------------------------------


def test_workflows_pin_actions_by_major_version_and_need_no_secrets() -> None:
    for path in (ROOT / ".github" / "workflows").glob("*.yml"):
        text = path.read_text(encoding="utf-8")
        assert all(re.fullmatch(r"actions/[a-z-]+@v\d+", used) for used in re.findall(r"uses: (\S+)", text))
        assert "secrets." not in text
        assert "permissions:\n  contents: read" in text
