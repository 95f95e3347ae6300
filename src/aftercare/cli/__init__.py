"""The command line, over the services: the same requests as the window, for scripts and for people without a screen.

Exit codes: 0 done · 1 a problem, explained on standard error · 2 wrong use · 130 stopped with Ctrl+C. What is printed
as data goes to standard output, everything else to standard error. A passphrase comes from a file, from standard input
or from the keyboard, never from an argument or the environment.
"""

from aftercare.cli.commands import AppCommands, build

__all__ = ["AppCommands", "build"]
