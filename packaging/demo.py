"""`make demo`: training records of invented people, their progress reports in demo/, and the window on them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DEMO = ROOT / "demo"
PASSPHRASE = "training records only, nobody real"


def _aftercare(*arguments: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "aftercare", *arguments], input=PASSPHRASE + "\n", text=True, check=False
    )
    if done.returncode:
        raise SystemExit(done.returncode)


def main() -> int:
    vault, reports = DEMO / "vault", DEMO / "reports"
    if DEMO.exists():
        shutil.rmtree(DEMO)
    DEMO.mkdir()
    _aftercare("demo", "--vault", str(vault), "--survivors", "24", "--seed", "7", "--passphrase-file", "-")
    at = ("--vault", str(vault), "--passphrase-file", "-")
    _aftercare("report", "progress", *at, "--all", "--out-dir", str(reports))
    pages = sorted(reports.glob("*.pdf"))
    print(f"\n{len(pages)} progress reports of invented people are in {reports.relative_to(ROOT)}/")
    print(f"The training records are in {vault.relative_to(ROOT)}/ and open with")
    print(f"    sign-in name  rahman\n    password      {PASSPHRASE}")
    shown = bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")) or sys.platform == "win32"
    if not shown:
        print("There is no display here, so no window is opened.")
        return 0
    return subprocess.run([sys.executable, "-m", "aftercare", "--vault", str(vault)], check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main())
