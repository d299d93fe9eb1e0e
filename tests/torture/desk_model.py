"""A desk and a very simple model of it: whatever is done there in whatever order, the two say the same.

Somebody types, chooses, undoes, redoes, saves, takes a copy in, signs off and opens again, while a visitor writes into
the same file, the program is killed and the power fails. The model is a dictionary and a list.
"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, ClassVar
from unicodedata import normalize

import pytest
from hypothesis import HealthCheck, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from audit_desktop.core.edits import Author, Role
from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.session import signing
from audit_desktop.session.audit_session import AuditSession
from audit_desktop.session.file_keeping import FileKeeping
from audit_desktop.session.keeper import AuditKeeper
from audit_desktop.session.worker import InlineWorker
from audit_desktop.storage.audit_container import Snapshot, decode_audit, rebuild_if_different
from audit_desktop.storage.audit_files import read_audit, write_audit
from audit_desktop.storage.backups import Backups
from audit_desktop.storage.journal import Journal, JournalHeader
from audit_desktop.storage.process import ProcessMark
from audit_desktop.storage.recovery import Recovery, merge_lost_work
from audit_desktop.storage.seals import verify_seals
from audit_desktop.storage.signing_keys import SigningKey
from tests.builders import framework_document, make_audit
from tests.storage.simulated_filesystem import SimulatedFilesystem

if TYPE_CHECKING:
    from audit_desktop.core.audit import Audit

DESK, PATH = Path("/desk"), Path("/desk/hill.audit")
SCHOOL, VISITOR = Author("Sam Reed", Role.SCHOOL), Author("Alex Moss", Role.VISITOR)
TYPED = ("section/1/evidence", "statement/1.1/evidence", "audit/headteacher")
CHOSEN = "statement/1.1/rating"
VISITORS = ("statement/1.1/visitor-comment", "statement/1.2/visitor-comment")
ADDRESSES = (*TYPED, CHOSEN, *VISITORS)
LEVELS = ("not-in-place", "developing", "established")
KEY = SigningKey.from_private(bytes(32))
TEXTS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), min_size=1, max_size=12)


class Desk(RuleBasedStateMachine):
    """The desk under test, and what the model says of it."""

    keeps_a_journal: ClassVar[bool] = True

    def __init__(self) -> None:
        super().__init__()
        self.filesystem = SimulatedFilesystem()
        self.says: dict[str, object] = {}
        self.done: list[tuple[frozenset[str], dict[str, object]]] = []
        """What could be undone: the edits that came in if it was a merge, by id, and what everything said before."""
        self.undone: list[tuple[frozenset[str], dict[str, object]]] = []
        self.news: dict[str, object] = {}
        """What the visitor wrote into the file and nobody here has seen yet."""
        self.is_signed = False

    # The program

    @initialize()
    def begin(self) -> None:
        self.filesystem.furnish(DESK)
        audit = make_audit(framework=framework_document())
        write_audit(self.filesystem, self.filesystem.clock, PATH, Snapshot.of(audit), None, is_known_good=_known)
        self.start()

    def start(self) -> None:
        """Open the file, and take in what journals hold and it lacks."""
        filesystem, clock = self.filesystem, self.filesystem.clock
        opened = read_audit(filesystem, clock, PATH, _known)
        assert rebuild_if_different(opened) is None
        backups = Backups(filesystem, clock, DESK / "backups")
        self.session = AuditSession(opened.audit, SCHOOL, clock)
        header = JournalHeader(
            opened.audit.id,
            self.session.sitting,
            str(PATH),
            opened.revision.doc_rev,
            opened.audit.framework.id,
            opened.audit.framework.version,
            sha256(opened.audit.framework_source).hexdigest(),
            clock.now().isoformat(),
            ProcessMark("", 1, ""),
        )
        journal = Journal(filesystem, DESK / "journals", header, opened.audit.framework_source)
        files = FileKeeping(
            filesystem,
            clock,
            _known,
            keep_backup=backups.keeper(opened.audit.id),
            put_by=lambda data: backups.keep(opened.audit.id, data, now=True),
        )
        self.keeper = AuditKeeper(
            self.session,
            PATH,
            opened.revision,
            files,
            InlineWorker(),
            lambda job: job(),
            journal if self.keeps_a_journal else None,
        )
        self.backups = backups
        self.says |= self.news
        self.news = {}
        self.done, self.undone = [], []
        recovery = Recovery(filesystem, clock, DESK / "journals", is_gone=lambda _: True)
        work = recovery.of_audit(opened.audit.id)
        if work is not None:
            self.session.take_over(merge_lost_work(self.session.audit, work).audit)
            self.keeper.save()
            recovery.forget(work)

    def step(self, address: str, value: object) -> None:
        """Let the model know of one answer."""
        if self.says.get(address) != value:
            self.done.append((frozenset(), dict(self.says)))
            self.undone = []
            self.says[address] = value

    # What people do

    @precondition(lambda self: not self.is_signed)
    @rule(address=st.sampled_from(TYPED), text=TEXTS)
    def type_something(self, address: str, text: str) -> None:
        for end in range(1, len(text) + 1):
            self.session.type_answer(address, text[:end])
        self.session.commit_typing(end_step=True)
        self.step(address, self.session.audit.state.value(address))
        assert str(self.says[address] or "").split() == normalize("NFC", text).split()

    @precondition(lambda self: not self.is_signed)
    @rule(level=st.sampled_from(LEVELS))
    def choose(self, level: str) -> None:
        self.session.set_answer(CHOSEN, level)
        self.step(CHOSEN, level)

    @precondition(lambda self: not self.is_signed)
    @rule(address=st.sampled_from((*TYPED, CHOSEN)))
    def take_back(self, address: str) -> None:
        self.session.set_answer(address, None)
        self.step(address, None)

    @rule()
    def undo(self) -> None:
        assert self.session.can_undo == bool(self.done)
        self.session.undo()
        if self.done:
            came_in, before = self.done.pop()
            self.undone.append((came_in, self.says))
            self.says = before
            if came_in:
                self.meet_news()

    @rule()
    def redo(self) -> None:
        assert self.session.can_redo == bool(self.undone)
        self.session.redo()
        if self.undone:
            came_in, after = self.undone.pop()
            self.done.append((came_in, self.says))
            self.says = after
            if came_in:
                self.meet_news()

    @rule()
    def save(self) -> None:
        self.keeper.save()
        self.meet_news()

    @rule(seconds=st.sampled_from((1, 61, 700)))
    def wait(self, seconds: int) -> None:
        self.filesystem.clock.sleep(seconds)
        saves = self.keeper._dirty_since is not None
        before = self.keeper.revision
        self.keeper.tick()
        if saves and self.keeper.revision is not before:
            self.meet_news()

    @precondition(lambda self: not self.is_signed)
    @rule(address=st.sampled_from(VISITORS), text=TEXTS)
    def take_a_copy_in(self, address: str, text: str) -> None:
        theirs = self.copy_of_a_visitor(self.session.snapshot().to_audit(), address, text)
        before = dict(self.says)
        came_in = frozenset(theirs.log.all().keys() - self.session.audit.log.all().keys())
        self.session.merge_in(theirs)
        self.done.append((came_in, before))
        self.undone = []
        self.says[address] = theirs.state.value(address)
        self.meet_news()

    @precondition(lambda self: not self.is_signed)
    @rule(address=st.sampled_from(VISITORS), text=TEXTS)
    def a_visitor_writes_into_the_file(self, address: str, text: str) -> None:
        opened = read_audit(self.filesystem, self.filesystem.clock, PATH, _known)
        theirs = self.copy_of_a_visitor(opened.audit, address, text)
        if (
            theirs.state.value(address) == self.says.get(address)
            or self.news
            or any(came_in for came_in, _ in (*self.done, *self.undone))
        ):
            # Two visitors at once would be a conflict, of which this model knows nothing.
            return
        if opened.audit.state.value(address) != self.says.get(address):
            return
        write_audit(
            self.filesystem,
            self.filesystem.clock,
            PATH,
            Snapshot.of(theirs),
            opened.revision,
            is_known_good=_known,
        )
        self.news[address] = theirs.state.value(address)

    @precondition(lambda self: not self.is_signed and not self.news)
    @rule()
    def sign_off(self) -> None:
        signing.sign_off(self.session, KEY, "1.0", although_incomplete=True)
        self.is_signed = True
        self.done, self.undone = [], []

    @precondition(lambda self: self.is_signed)
    @rule()
    def change_what_is_signed(self) -> None:
        with pytest.raises(AuditDesktopError) as refusal:
            self.session.set_answer(CHOSEN, "developing" if self.says.get(CHOSEN) != "developing" else "established")
        assert refusal.value.code is FaultCode.SIGNED_OFF

    @precondition(lambda self: self.is_signed)
    @rule()
    def take_the_sign_off_back(self) -> None:
        signing.reopen(self.session, "More to say")
        self.is_signed = False
        self.done, self.undone = [], []

    @rule()
    def close_and_open(self) -> None:
        self.keeper.close()
        self.start()

    @rule(chance=st.integers(0, 1_000_000))
    def the_power_fails(self, chance: int) -> None:
        self.filesystem = self.filesystem.after_power_cut(Random(chance))
        self.start()

    @rule()
    def the_program_is_killed(self) -> None:
        self.filesystem = self.filesystem.after_kill()
        self.start()

    # What must be so

    @invariant()
    def both_say_the_same(self) -> None:
        if hasattr(self, "session"):
            said = {address: self.session.value(address) for address in ADDRESSES}
            assert said == {address: self.says.get(address) for address in ADDRESSES}

    @invariant()
    def what_is_signed_is_unchanged(self) -> None:
        if self.is_signed:
            proof = verify_seals(self.session.audit)
            assert not proof.missing
            assert not proof.damaged
            assert all(seal.holds for seal in proof.seals if seal.must_hold)

    def teardown(self) -> None:
        if not hasattr(self, "session"):
            return
        self.keeper.close()
        self.says |= self.news
        opened = read_audit(self.filesystem, self.filesystem.clock, PATH, _known)
        assert {address: opened.audit.state.value(address) for address in ADDRESSES} == {
            address: self.says.get(address) for address in ADDRESSES
        }
        for backup in self.backups.all():
            decode_audit(self.filesystem.read_bytes(backup.path), backup.path.name, _known)

    # Inside

    def meet_news(self) -> None:
        """Let the model know of what a save found in the file."""
        if self.news:
            self.says |= self.news
            for steps in (self.done, self.undone):
                last = max((at for at, (came_in, _) in enumerate(steps) if came_in), default=-1)
                del steps[: last + 1]
                steps[:] = [(came_in, before | self.news) for came_in, before in steps]
            self.news = {}

    def copy_of_a_visitor(self, audit: Audit, address: str, text: str) -> Audit:
        theirs = AuditSession(audit, VISITOR, self.filesystem.clock)
        theirs.set_answer(address, text)
        return theirs.audit


class Careless(Desk):
    """The same without a journal: what the model must catch."""

    keeps_a_journal = False


def run_desk(runs: int, seed_number: int, desk: type[Desk] = Desk, *, steps: int = 25) -> None:
    """Let hypothesis find `runs` ways of working; raises what it finds, as small as it can be made."""
    settled = settings(
        max_examples=runs,
        stateful_step_count=steps,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(seed(seed_number)(type(desk.__name__, (desk,), {})), settings=settled)


def _known(_digest: str) -> bool:
    return True
