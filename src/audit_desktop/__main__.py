"""Runs the program: `python -m audit_desktop`."""

import sys

if __name__ == "__main__":
    if getattr(sys, "frozen", False):
        # A process that an export of many starts comes in here too, and never leaves this call.
        from multiprocessing import freeze_support

        freeze_support()
    from audit_desktop.cli import main

    sys.exit(main())
