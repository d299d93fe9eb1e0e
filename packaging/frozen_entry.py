"""Where the frozen program begins: what a frozen program must do first, and then the command line."""

import os
import sys


def main() -> int:
    """Run the program and return its exit status; other processes of it come in here too."""
    if sys.argv[1:2] == ["--multiprocessing-fork"] or "-c" in sys.argv:
        # A worker of an export of many audits, or what counts the workers' locks: it ends here. PyInstaller would load
        # all of this at every start.
        import multiprocessing

        import pyi_rth_multiprocessing  # noqa: F401  # pyright: ignore[reportMissingImports]

        multiprocessing.freeze_support()
    # The windowed program of Windows has no console, and what is printed must go somewhere.
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115
    from audit_desktop.exchange.word_import.child import READ_WORD_OPTION

    if sys.argv[1:2] == [READ_WORD_OPTION]:
        from audit_desktop.exchange.word_import.child import main as read_word

        return read_word()
    from audit_desktop.cli import main as command_line

    return command_line()


if __name__ == "__main__":
    # Or else workers would look for the file that this was.
    del __file__
    sys.exit(main())
