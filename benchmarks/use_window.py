"""Started by window.py: loads Qt as the program loads it, then uses the program (using.py)."""

from __future__ import annotations

from aftercare.gui.toolkit import load_toolkit

if __name__ == "__main__":
    load_toolkit()
    from benchmarks.using import main

    main()
