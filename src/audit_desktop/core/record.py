"""Values that never change, as frozen dataclasses are, for what every start of the program needs.

A dataclass has its methods written and compiled whenever it is imported: those that a start needs would cost it as
much as half of Qt. The methods of a record are here, once. Everything else is better a dataclass.
"""

from __future__ import annotations

from typing import Any, ClassVar, NoReturn, Self, TypeVar, dataclass_transform

Kind = TypeVar("Kind", bound="Record")


@dataclass_transform(frozen_default=True)
class Record:
    """A base for classes that name their fields as dataclasses do; a field's default is an attribute of the class.

    A name in capitals is no field. What begins with `_` is not shown by `repr`.
    """

    __match_args__ = ()
    _defaults: ClassVar[dict[str, Any]] = {}
    _names: ClassVar[frozenset[str]] = frozenset()

    def __init_subclass__(cls) -> None:
        own = (name for name in cls.__annotations__ if not name.isupper())
        cls.__match_args__ = tuple(dict.fromkeys((*cls.__match_args__, *own)))
        cls._defaults = {name: getattr(cls, name) for name in cls.__match_args__ if hasattr(cls, name)}
        cls._names = frozenset(cls.__match_args__)

    def __init__(self, *values: Any, **named: Any) -> None:
        fields = self.__match_args__
        given = self._defaults | named
        if values:
            given.update(zip(fields, values, strict=False))
            if len(values) > len(fields) or (named and not named.keys().isdisjoint(fields[: len(values)])):
                raise TypeError(f"{type(self).__name__} is given a value too many")
        if given.keys() != self._names:
            wrong = ", ".join(sorted(given.keys() ^ self._names))
            raise TypeError(f"{type(self).__name__} lacks, or has no, {wrong}")
        # Not put in its place: so all records of a class share the names, which halves what each takes.
        self.__dict__.update(given)

    @classmethod
    def made_of(cls, values: dict[str, Any]) -> Self:
        """Return the record that has `values`, which are known to be right, and takes the dictionary over."""
        record = cls.__new__(cls)
        object.__setattr__(record, "__dict__", values)
        return record

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"{type(self).__name__}.{name} never changes")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"{type(self).__name__}.{name} never changes")

    def __eq__(self, other: object) -> bool:
        if other.__class__ is not self.__class__:
            return NotImplemented
        return _values(self) == _values(other)

    def __hash__(self) -> int:
        return hash(_values(self))

    def __repr__(self) -> str:
        shown = (f"{name}={getattr(self, name)!r}" for name in self.__match_args__ if not name.startswith("_"))
        return f"{type(self).__name__}({', '.join(shown)})"


def replace(record: Kind, **changes: Any) -> Kind:
    """Return `record` with `changes`."""
    return type(record)(**record.__dict__ | changes)


def _values(record: Any) -> tuple[object, ...]:
    return tuple([getattr(record, name) for name in record.__match_args__])
