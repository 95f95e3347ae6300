"""Row 14: whatever file or code is handed in, it is read or refused with words, in bounded time and memory.

Each reader of the program gets its own contents spoiled at random. Where an own checksum or signature would refuse
them all at the door, they are made to fit again: whoever makes such a file can do that too.
"""

from __future__ import annotations

import random
import time
import warnings
from pathlib import Path

import pytest

from hostile_files import READERS, contents, handed_in
from proof import Proof
from rounds import few_or

LONGEST_S = 20.0  # of the processor; the readers need milliseconds

pytestmark = pytest.mark.promise(14)


@pytest.mark.parametrize("name", READERS)
@few_or(1_500, few=60, full=10_000, minutes=30)
def test_a_spoiled_file_is_read_or_refused(name: str, rounds: int, tmp_path: Path, proof: Proof) -> None:
    reader, taken = READERS[name], 0
    longest = 0.0
    for content in contents(reader, rounds, random.Random(f"{name} {rounds}")):
        begun = time.process_time()
        with warnings.catch_warnings():
            warnings.simplefilter("error", ResourceWarning)
            taken += handed_in(reader, content, tmp_path)
        longest = max(longest, time.process_time() - begun)
        proof.tried()
    assert taken > 0, "the reader refuses even what is right"
    assert longest < LONGEST_S
