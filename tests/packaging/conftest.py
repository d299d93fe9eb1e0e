"""Makes the modules of `packaging/` importable, whose name is also that of somebody else's package."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "packaging"))
