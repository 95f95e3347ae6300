"""Pack what was staged: .deb and .rpm (nfpm), a self-extracting installer (makeself), a portable archive."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Collection, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import freeze
from libraries import debian_packages, rpm_capabilities
from staging import LINUX, MAINTAINER, NAME, Release, Staged, filled_in

KINDS = ("deb", "rpm", "installer", "portable")
_SUMMARY = "encrypted records, plans and reports"
_DESCRIPTION = f"""{_SUMMARY}
Keeps the records of a small team in one encrypted folder: what was agreed,
what is due today, and reports as PDF that say just what their reader may know.
It works without a network and without a server."""
# found by the keyboard and the fonts while the program runs: no library asks for them by name
_DATA = {"deb": ["xkb-data"], "rpm": ["xkeyboard-config"]}
# what is packed for a test alone is there in seconds
_LOOSE = {"deb": "none", "rpm": "gzip:1"}
_TIGHT_GZIP, _LOOSE_GZIP = 9, 1
_ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}


def pack(
    staged: Staged, release: Release, into: Path, kinds: Collection[str] = KINDS, *, loosely: bool = False
) -> Iterator[Path]:
    """Each package as soon as it is there; `loosely` packed ones are larger and sooner there, for tests."""
    machine = f"linux-{release.machine}"
    for kind, name in (
        ("deb", f"{NAME}_{release.version}_{_architecture(release)}.deb"),
        ("rpm", f"{NAME}-{release.version}-1.{release.machine}.rpm"),
    ):
        if kind in kinds:
            yield _packed_by_nfpm(kind, recipe(kind, staged, release, loosely=loosely), into / name)
    if "installer" in kinds:
        path = into / f"{NAME}-{release.version}-{machine}.run"
        yield _self_extracting(staged, release, path, _LOOSE_GZIP if loosely else _TIGHT_GZIP)
    if "portable" in kinds:
        yield _portable(staged, release, into / f"{NAME}-{release.version}-{machine}-portable.tar.gz")


def _architecture(release: Release) -> str:
    return _ARCHITECTURES[release.machine]


def needs_in_words(kind: str, staged: Staged) -> dict[str, list[str]]:
    """What a package demands and recommends, as `kind` («deb», «rpm») says it."""
    needs = staged.needs
    if kind == "deb":
        demanded = [f"libc6 (>= {needs.glibc_text})", *debian_packages(needs.demanded), *_DATA[kind]]
        return {"depends": demanded, "recommends": debian_packages(needs.recommended)}
    libc = f"libc.so.6(GLIBC_{needs.glibc_text})(64bit)"
    return {
        "depends": [libc, *rpm_capabilities(needs.demanded), *_DATA[kind]],
        "recommends": rpm_capabilities(needs.recommended),
    }


def recipe(kind: str, staged: Staged, release: Release, *, loosely: bool = False) -> dict[str, Any]:
    """The package as nfpm wants to be told."""
    compression = _LOOSE[kind] if loosely else "zstd"
    contents: list[dict[str, Any]] = [
        {"src": str(staged.usr / "lib" / NAME), "dst": f"/usr/lib/{NAME}", "type": "tree"},
        {"src": str(staged.usr / "share" / "doc" / NAME), "dst": f"/usr/share/doc/{NAME}", "type": "tree"},
    ]
    share = staged.usr / "share"
    for path in sorted(path for path in share.rglob("*") if path.is_file() and share / "doc" not in path.parents):
        contents.append({"src": str(path), "dst": f"/usr/share/{path.relative_to(share).as_posix()}"})
    for name in (NAME, f"{NAME}-cli"):
        contents.append({"src": f"../lib/{NAME}/{name}", "dst": f"/usr/bin/{name}", "type": "symlink"})
    if kind == "deb":
        contents.append({"src": str(LINUX / "lintian-overrides"), "dst": f"/usr/share/lintian/overrides/{NAME}"})
    return {
        "name": NAME,
        "arch": _architecture(release),
        "platform": "linux",
        "version": release.version,
        "version_schema": "semver",
        "section": "misc",
        "priority": "optional",
        "maintainer": MAINTAINER,
        "description": _DESCRIPTION,
        "license": "GPL-3.0-or-later",
        "mtime": f"{datetime.fromtimestamp(release.moment, UTC):%Y-%m-%dT%H:%M:%SZ}",
        "contents": contents,
        "overrides": {kind: needs_in_words(kind, staged)},
        "deb": {"compression": compression},
        "rpm": {
            "compression": compression,
            "summary": _SUMMARY,
            "group": "Applications/Office",
            "buildhost": "localhost",
        },
    }


def _packed_by_nfpm(kind: str, wanted: dict[str, Any], path: Path) -> Path:
    told = freeze.BUILD / f"nfpm-{kind}.yaml"
    told.write_text(json.dumps(wanted, indent=1), encoding="utf-8")  # JSON is YAML too
    command = [str(freeze.PYTHON.with_name("nfpm")), "package", "--config", str(told), "--packager", kind]
    subprocess.run([*command, "--target", str(path)], check=True, env=freeze.repeatable(), stdout=subprocess.DEVNULL)
    return path


def _tar_options(release: Release) -> list[str]:
    return ["--sort=name", f"--mtime=@{release.moment}", "--owner=0", "--group=0", "--numeric-owner", "--format=gnu"]


def _self_extracting(staged: Staged, release: Release, path: Path, tightness: int) -> Path:
    """Runs install.sh from a folder that holds `program`, `share` and the uninstaller."""
    if shutil.which("makeself") is None:
        raise SystemExit("makeself is missing; please run: sudo apt-get install -y makeself")
    out = freeze.BUILD / "installer"
    shutil.rmtree(out, ignore_errors=True)
    shutil.copytree(staged.usr / "lib" / NAME, out / "program", copy_function=os.link)
    shutil.copytree(staged.usr / "share", out / "share", copy_function=os.link)
    for name in ("install.sh", "uninstall.sh"):
        text = filled_in((LINUX / name).read_text(encoding="utf-8"), release, GLIBC=staged.needs.glibc_text)
        (out / name).write_text(text, encoding="utf-8")
        (out / name).chmod(0o755)
    command = ["makeself", "--quiet", "--gzip", "--complevel", str(tightness), "--sha256", "--nox11", "--nochown"]
    command += ["--tar-quietly", "--tar-format", "gnu", "--tar-extra", " ".join(_tar_options(release)[:-1])]
    command += ["--packaging-date", release.day, str(out), str(path), f"Aftercare {release.version}", "./install.sh"]
    subprocess.run(command, check=True, env=freeze.repeatable(), stdout=subprocess.DEVNULL)
    path.chmod(0o755)
    return path


def _portable(staged: Staged, release: Release, path: Path) -> Path:
    """The same folder with the marker that keeps everything beside the program."""
    out = freeze.BUILD / "portable" / NAME
    shutil.rmtree(out.parent, ignore_errors=True)
    shutil.copytree(staged.usr / "lib" / NAME, out, copy_function=os.link)
    shutil.copytree(staged.usr / "share" / "doc" / NAME, out / "documents", copy_function=os.link)
    (out / "portable").write_text("Records, settings and log are kept in kept/ beside this file.\n", encoding="ascii")
    command = ["tar", "--create", "--file", str(path), "--use-compress-program=gzip -n -9", *_tar_options(release)]
    subprocess.run([*command, "--directory", str(out.parent), NAME], check=True, env=freeze.repeatable())
    return path
