"""Let atheris find a file that one of our readers neither takes nor refuses.

    python fuzz_files.py READER FOLDER [arguments of libFuzzer]

It sees which lines of our readers each content reaches, and goes on from those that reach new ones. It ends with an
error, and with the content in FOLDER, when a reader raises anything but a refusal.
"""

from __future__ import annotations

import sys
from pathlib import Path

import atheris  # type: ignore[import-untyped]  # installed for this alone

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

with atheris.instrument_imports(include=["aftercare.exchange", "aftercare.policy", "aftercare.settings", "tomllib"]):
    from hostile_files import READERS, TOKENS, handed_in


def main(name: str, folder: Path, more: list[str]) -> None:
    reader, begun = READERS[name], folder / "seeds"
    begun.mkdir(exist_ok=True)
    for number, content in enumerate((*reader.seeds(), *TOKENS)):
        (begun / str(number)).write_bytes(content)

    def try_it(content: bytes) -> None:
        handed_in(reader, content, folder)

    atheris.Setup([sys.argv[0], *more, str(begun)], try_it)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3:])
