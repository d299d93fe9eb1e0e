"""The undo stack: which changes are taken back together."""

from __future__ import annotations

from audit_desktop.session.undo import Change, Step, UndoStack


def typed(before: str, after: str, address: str = "box") -> Step:
    return Step((Change(address, before, after),), typing=True)


def test_steps_are_undone_last_first_and_redone_in_order() -> None:
    stack = UndoStack()
    steps = [Step((Change(name, None, 1),)) for name in "abc"]
    for step in steps:
        stack.push(step)
    assert [stack.undo(), stack.undo(), stack.undo(), stack.undo()] == [*reversed(steps), None]
    assert [stack.redo(), stack.redo(), stack.redo(), stack.redo()] == [*steps, None]


def test_typing_in_one_box_is_one_step() -> None:
    stack = UndoStack()
    stack.push(typed("", "a"))
    stack.push(typed("a", "ab"))
    assert stack.undo() == typed("", "ab")
    assert not stack.can_undo


def test_typing_in_another_box_or_after_leaving_it_is_another_step() -> None:
    stack = UndoStack()
    stack.push(typed("", "a"))
    stack.push(typed("", "x", "other box"))
    stack.push(typed("a", "ab"))
    stack.close_step()
    stack.push(typed("ab", "abc"))
    assert [stack.undo() for _ in range(4)] == [
        typed("ab", "abc"),
        typed("a", "ab"),
        typed("", "x", "other box"),
        typed("", "a"),
    ]


def test_typing_after_an_undo_does_not_join_what_was_there_before() -> None:
    stack = UndoStack()
    stack.push(typed("", "a"))
    stack.close_step()
    stack.push(typed("a", "ab"))
    stack.undo()
    stack.push(typed("a", "ax"))
    assert stack.undo() == typed("a", "ax")
    assert stack.can_undo


def test_the_stack_does_not_grow_without_end() -> None:
    stack = UndoStack()
    for number in range(1_500):
        stack.push(Step((Change("box", number, number + 1),)))
    undone = 0
    while stack.undo():
        undone += 1
    assert undone == 1_000
