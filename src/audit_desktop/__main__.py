"""Runs the program: `python -m audit_desktop`."""

import sys

from audit_desktop.cli import main

sys.exit(main())
