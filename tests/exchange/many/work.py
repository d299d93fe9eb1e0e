"""Work for many things that another process can find by its name."""

from __future__ import annotations

import os
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path  # noqa: TC003 - found again in another process
from typing import TYPE_CHECKING

from audit_desktop.exchange.many.export_many import Made, Refused
from audit_desktop.exchange.many.names import NameParts

if TYPE_CHECKING:
    from audit_desktop.exchange.many.export_many import Order


def nothing() -> None:
    """Need nothing."""


def twice(number: int) -> int:
    """Return twice `number`."""
    return 2 * number


def twice_unless_seven(number: int) -> int:
    """Return twice `number`; seven ends the process."""
    if number == 7:
        os._exit(3)
    return 2 * number


@dataclass(frozen=True)
class TextWork:
    """Copies text files; one that says `bad` cannot be read, and one that says `late` cannot be exported."""

    def prepare(self) -> None:
        """Need nothing."""

    def look(self, source: Path) -> NameParts | Refused:
        """Name the document after what the file says."""
        text = source.read_text("utf-8")
        return Refused("it is bad") if text == "bad" else NameParts(text, "f", "1", "", "t", source.stem)

    def make(self, order: Order) -> Made | Refused:
        """Copy the file."""
        data = order.source.read_bytes()
        if data == b"late":
            return Refused("too late")
        if order.target.exists() and sha256(order.target.read_bytes()).hexdigest() == order.known_sha256:
            return Made(order.known_sha256, len(data), was_there=True)
        order.target.write_bytes(data)
        return Made(sha256(data).hexdigest(), len(data))
