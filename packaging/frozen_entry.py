"""Where the frozen program begins: what a frozen program must do first, and then the command line."""

import multiprocessing
import os
import sys


def main() -> int:
    """Run the program and return its exit status; other processes of it come in here too."""
    # Ends here where this is a worker of an export of many audits.
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
    sys.exit(main())
