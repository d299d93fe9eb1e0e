"""What every card says about attaching: little, since it is there at every start. British English. No Qt."""

from __future__ import annotations

from typing import Final


class _Attach:
    attach: str = "Attach a file…"
    whole_section: str = "Files that belong to {section} as a whole"

    def attach_name(self, name: str) -> str:
        """Return what the button is called for a screen reader."""
        return f"Attach a file to {name}"


ATTACH: Final = _Attach()
