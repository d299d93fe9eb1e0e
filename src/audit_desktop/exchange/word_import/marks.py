"""Words of WordprocessingML: elements and attributes by their short names, Strict documents' like any other's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator


class XmlElement(Protocol):
    """What is asked of an element of XML; lxml's own types are not described anywhere."""

    tag: str
    text: str | None

    def __iter__(self) -> Iterator[XmlElement]: ...

    def get(self, key: str, default: str, /) -> str:
        """Return an attribute, or `default`."""
        ...

    def iterchildren(self, *tags: str) -> Iterator[XmlElement]:
        """Yield the children that are called one of `tags`."""
        ...

    def iterfind(self, path: str, /) -> Iterator[XmlElement]:
        """Yield the elements that `path` leads to."""
        ...

    def itertext(self) -> Iterator[str]:
        """Yield all text within."""
        ...


TRANSITIONAL: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STRICT: Final = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_WORD_2010: Final = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_COMPATIBILITY: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_PREFIXES: Final = {_WORD_2010: "w14:", _COMPATIBILITY: "mc:", TRANSITIONAL: "", STRICT: ""}
_OFF: Final = frozenset({"0", "false", "off"})


class ShortNames(dict[str, str]):
    """The short name of each element name met: `p` for Word's own, `mc:Fallback` for others', empty if unknown."""

    def __missing__(self, tag: str) -> str:
        namespace, brace, local = tag.rpartition("}")
        prefix = _PREFIXES.get(namespace + brace) if brace else None
        short = self[tag] = "" if prefix is None else prefix + local
        return short


def attribute(element: XmlElement, name: str) -> str:
    """Return Word's attribute `name` of `element`, or an empty text."""
    return element.get(TRANSITIONAL + name, "") or element.get(STRICT + name, "") or element.get(_WORD_2010 + name, "")


def child(element: XmlElement | None, name: str) -> XmlElement | None:
    """Return the first child of `element` with Word's `name`, or `None`."""
    return None if element is None else next(element.iterchildren(TRANSITIONAL + name, STRICT + name), None)


def is_on(element: XmlElement | None) -> bool:
    """Return whether a yes-or-no property is there and not switched off."""
    return element is not None and attribute(element, "val").lower() not in _OFF


def number(element: XmlElement | None, otherwise: int) -> int:
    """Return the whole number that a property gives, `otherwise` if it gives none."""
    if element is None:
        return otherwise
    value = attribute(element, "val")
    return int(value) if value.isdecimal() and len(value) < 10 else otherwise
