"""The one cleaner for text that enters an audit: what XML and other people's machines cannot hold is replaced."""

from __future__ import annotations

import re
import unicodedata

LONGEST_TEXT = 100_000
"""Characters that one answer may hold."""

# Patterns are compiled when they are first used, and kept by `re`: opening an audit uses none of them.
_NEWLINES = "\r\n|[\r\v\f\x85\u2028\u2029]"
# XML 1.0 cannot hold these; the noncharacters U+FFFE and U+FFFF are among them.
_FORBIDDEN = "[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]"
# Marks that turn the direction of other people's text around, an old way to disguise names.
_BIDI_OVERRIDES = "[\u202a-\u202e\u2066-\u2069]"
_SUSPECT = "[\x00-\x08\x0b-\x1f\x7f\x85\ud800-\udfff\u2028-\u202e\u2066-\u2069\ufffe\uffff]"


def clean_text(text: str) -> str:
    """Return `text` with every line end as a newline, as NFC, and without characters that XML forbids.

    Forbidden characters become U+FFFD, visibly; marks that override the writing direction are left out.
    """
    if not re.search(_SUSPECT, text) and (text.isascii() or unicodedata.is_normalized("NFC", text)):
        return text
    text = re.sub(_NEWLINES, "\n", text)
    text = re.sub(_BIDI_OVERRIDES, "", text)
    text = re.sub(_FORBIDDEN, "\ufffd", text)
    return unicodedata.normalize("NFC", text)


def one_line(text: str) -> str:
    """Return `text` cleaned, on one line, without white space at its ends."""
    return " ".join(clean_text(text).split())
