"""The text of runs: characters, breaks, symbols and the old form fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from audit_desktop.exchange.word_import.marks import attribute, child, is_on, number

if TYPE_CHECKING:
    from audit_desktop.exchange.word_import.marks import XmlElement

TICKED, NOT_TICKED = "\u2612", "\u2610"
_CHARACTERS: Final = {
    "br": "\n", "cr": "\n", "tab": "\t", "ptab": "\t", "noBreakHyphen": "-", "softHyphen": "",
}  # fmt: skip
# Ticks and crosses as symbol fonts have them, which people choose through Insert → Symbol.
_SYMBOLS: Final = {
    "wingdings": {
        0xFC: "\u2713", 0xFB: "\u2717", 0xFD: TICKED, 0xFE: "\u2611", 0xA8: NOT_TICKED, 0x6F: NOT_TICKED, 0x9F: "•",
    },
    "wingdings 2": {
        0x50: "\u2713", 0x4F: "\u2717", 0x51: TICKED, 0x52: "\u2611", 0x53: TICKED, 0x54: TICKED, 0xA3: NOT_TICKED,
    },
    "symbol": {0xD6: "\u2713", 0xB4: "×", 0xB7: "•"},
}  # fmt: skip
_PRIVATE_USE: Final = 0xF000


def character_of(short: str, element: XmlElement) -> str | None:
    """Return the text that an element of a run called `short` stands for, or `None` if it stands for none."""
    if short == "t":
        return element.text or ""
    if short == "sym":
        return _symbol(element)
    if short == "br" and attribute(element, "type") in ("page", "column"):
        return "\n"
    return _CHARACTERS.get(short)


def _symbol(element: XmlElement) -> str:
    try:
        code = int(attribute(element, "char"), 16)
    except ValueError:
        return ""
    in_font = _SYMBOLS.get(attribute(element, "font").lower(), {})
    code -= _PRIVATE_USE if code >= _PRIVATE_USE else 0
    return in_font.get(code, "\ufffd")


def form_field_text(field_data: XmlElement) -> tuple[str, bool]:
    """Return what an old form field shows by itself, and whether it is a list; empty for a field of text."""
    chosen = child(field_data, "ddList")
    if chosen is not None:
        entries = [attribute(entry, "val") for entry in chosen if entry.tag.endswith("}listEntry")]
        # Word leaves the result out while the first entry stands, unless another one was made the default.
        index = number(child(chosen, "result"), number(child(chosen, "default"), 0))
        return (entries[index] if index < len(entries) else ""), True
    box = child(field_data, "checkBox")
    if box is not None:
        state = child(box, "checked")
        return (TICKED if is_on(state if state is not None else child(box, "default")) else NOT_TICKED), False
    return "", False
