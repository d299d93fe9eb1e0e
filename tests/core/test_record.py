"""Records: made as dataclasses are, equal when they say the same, and never changed."""

from __future__ import annotations

import copy
import pickle

import pytest

from audit_desktop.core.record import Record, replace


class Place(Record):
    KINDS = ("room", "hall")

    name: str
    floor: int = 0
    says: object = print
    _note: str = ""


class NamedPlace(Place):
    label: str = "?"


class Twin(Place):
    """Has the same fields."""


def test_record_takes_its_fields_in_order_or_by_name_and_has_defaults() -> None:
    hall = Place("Hall", floor=2)
    assert (hall.name, hall.floor, hall._note) == ("Hall", 2, "")
    assert hall.says is print


def test_inherited_fields_come_first() -> None:
    assert NamedPlace("Hall", 1, None, "", "A").label == "A"


@pytest.mark.parametrize(
    ("values", "named"),
    [((), {}), ((), {"floor": 1}), (("a", 1, None, "", "b"), {}), (("a",), {"name": "b"}), (("a",), {"size": 3})],
)
def test_record_takes_neither_too_little_nor_too_much(values: tuple[object, ...], named: dict[str, object]) -> None:
    with pytest.raises(TypeError, match="Place"):
        Place(*values, **named)  # type: ignore[arg-type]


def test_record_never_changes() -> None:
    hall = Place("Hall")
    with pytest.raises(AttributeError, match="floor never changes"):
        hall.floor = 3  # type: ignore[misc]
    with pytest.raises(AttributeError, match="floor never changes"):
        del hall.floor


def test_records_that_say_the_same_are_equal_whichever_way_they_were_made() -> None:
    assert Place("Hall") == Place.made_of({"name": "Hall"}) == Place(name="Hall", floor=0)
    assert hash(Place("Hall")) == hash(Place.made_of({"name": "Hall"}))
    assert Place("Hall") != Place("Hall", 1)
    assert Place("Hall") != NamedPlace("Hall")
    assert Place("Hall") != Twin("Hall")


def test_replaced_record_differs_in_what_was_named_alone() -> None:
    hall = Place("Hall", 2)
    assert replace(hall, name="Room") == Place("Room", 2)
    assert hall == Place("Hall", 2)


def test_records_are_matched_by_place_shown_by_name_and_carried_to_other_processes() -> None:
    match Place("Hall", 2):
        case Place(name, floor):
            assert (name, floor) == ("Hall", 2)
    assert repr(Place("Hall", says=None, _note="x")) == "Place(name='Hall', floor=0, says=None)"
    hall = Place("Hall", 2)
    assert pickle.loads(pickle.dumps(hall)) == copy.deepcopy(hall) == hall
