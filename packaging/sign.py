"""Sign a program, an installer or an MSI for Windows, where a certificate is configured; else leave it and say so.

    python packaging/sign.py FILE...

The certificate comes from the environment, its passphrase from a file: nothing secret is an argument.
  AFTERCARE_SIGN_PFX             a PKCS#12 file (osslsigncode on Linux, signtool on Windows)
  AFTERCARE_SIGN_PASSPHRASE_FILE the file with its passphrase
  AFTERCARE_SIGN_THUMBPRINT      instead, on Windows: a certificate in the store of the person or on a token
  AFTERCARE_SIGN_TIMESTAMP       address of a timestamp service; without one signatures end with the certificate
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

_PFX, _PASSPHRASE = "AFTERCARE_SIGN_PFX", "AFTERCARE_SIGN_PASSPHRASE_FILE"
_THUMBPRINT, _TIMESTAMP = "AFTERCARE_SIGN_THUMBPRINT", "AFTERCARE_SIGN_TIMESTAMP"
_NAME = "Aftercare"


def is_configured() -> bool:
    return bool(os.environ.get(_PFX) or os.environ.get(_THUMBPRINT))


def sign(path: Path) -> bool:
    """Sign the file in its place; False where no certificate is configured. A signature that fails stops the build."""
    if not is_configured():
        return False
    if sys.platform == "win32":
        subprocess.run(_signtool(path), check=True)
        return True
    if not os.environ.get(_PFX):
        raise SystemExit(f"{_THUMBPRINT} is for Windows; here {_PFX} is needed")
    if shutil.which("osslsigncode") is None:
        raise SystemExit("osslsigncode is missing; please run: sudo apt-get install -y osslsigncode")
    signed = path.with_name(path.name + ".signed")
    subprocess.run(_osslsigncode(path, signed), check=True, stdout=subprocess.DEVNULL)
    os.replace(signed, path)
    return True


def _osslsigncode(path: Path, signed: Path) -> list[str]:
    command = ["osslsigncode", "sign", "-pkcs12", os.environ[_PFX], "-h", "sha256", "-n", _NAME]
    if os.environ.get(_PASSPHRASE):
        command += ["-readpass", os.environ[_PASSPHRASE]]
    if os.environ.get(_TIMESTAMP):
        command += ["-ts", os.environ[_TIMESTAMP]]
    return [*command, "-in", str(path), "-out", str(signed)]


def _signtool(path: Path) -> list[str]:
    command = ["signtool", "sign", "/fd", "sha256", "/d", _NAME]
    if os.environ.get(_THUMBPRINT):
        command += ["/sha1", os.environ[_THUMBPRINT]]
    else:
        # signtool knows no other way; on a build machine of many people use the store and a thumbprint
        passphrase = Path(os.environ[_PASSPHRASE]).read_text(encoding="utf-8").rstrip("\r\n")
        command += ["/f", os.environ[_PFX], "/p", passphrase]
    if os.environ.get(_TIMESTAMP):
        command += ["/tr", os.environ[_TIMESTAMP], "/td", "sha256"]
    return [*command, str(path)]


def main() -> int:
    for name in sys.argv[1:]:
        done = sign(Path(name))
        print(f"{Path(name).name}: {'signed' if done else 'NOT SIGNED (no certificate is configured)'}", flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
