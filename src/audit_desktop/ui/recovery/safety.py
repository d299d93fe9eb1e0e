"""What the window says about the file of the open audit, in banners with ways out: nothing happens unasked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Slot
from PySide6.QtWidgets import QFileDialog

from audit_desktop.core.edits import Role
from audit_desktop.core.errors import AuditDesktopError
from audit_desktop.session.events import AuditReplaced, SaveChanged, SaveState
from audit_desktop.session.notices import (
    AttachmentsMissing,
    CopiesFound,
    FileTrouble,
    FileWellAgain,
    HeldByOther,
    HistoryDamaged,
    HoldFree,
    NewerVersionFound,
    PlaceFound,
    SummaryRebuilt,
    WorkFound,
)
from audit_desktop.ui.parts.message_banner import BannerAction, MessageBanner, Tone
from audit_desktop.ui.safety_wording import DAMAGE, OTHERS, RECOVERY
from audit_desktop.ui.wording import WINDOW, sentence_for

if TYPE_CHECKING:
    from audit_desktop.core.edits import Edit
    from audit_desktop.session.events import Event
    from audit_desktop.session.recovering import FoundWork
    from audit_desktop.ui.main_window import MainWindow

_SUFFIX = ".audit"


class Safety(QObject):
    """Listens to one open audit until it is closed, and shows at most one banner about each thing."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._desk = window.desk
        open_audit = window.desk.open_audit
        assert open_audit is not None
        self._session, self._keeper = open_audit.session, open_audit.keeper
        self._banners: dict[str, MessageBanner] = {}
        self._other_name = ""
        self._is_taking_over = False
        self._unsubscribe = self._session.events.subscribe(self._on_event)
        window.desk.closed.connect(self._on_closed)
        window.installEventFilter(self)
        self._tell_save(self._keeper.state)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep what was typed when the window is left, and see what others wrote when it is gone to again."""
        if watched is self._window and event.type() == QEvent.Type.ActivationChange:
            if self._window.isActiveWindow():
                self._desk.look()
            else:
                self._desk.keep()
        return super().eventFilter(watched, event)

    # Banners

    def _show(self, about: str, text: str, tone: Tone, actions: tuple[BannerAction, ...] = ()) -> None:
        self._withdraw(about)
        self._banners[about] = self._window.notifier.tell(text, tone, actions)

    def _withdraw(self, about: str) -> None:
        banner = self._banners.pop(about, None)
        if banner is not None:
            self._window.notifier.withdraw(banner)

    @Slot()
    def _on_closed(self) -> None:
        self._unsubscribe()
        self._window.removeEventFilter(self)
        for about in tuple(self._banners):
            self._withdraw(about)
        self._desk.closed.disconnect(self._on_closed)
        self.deleteLater()

    def _on_event(self, event: Event) -> None:
        if isinstance(event, AuditReplaced):
            self._withdraw("newer")
        match event:
            case AuditReplaced(came_in=came_in) if came_in:
                self._tell_came_in(came_in)
            case AuditReplaced(taken_out=taken_out) if taken_out:
                self._withdraw("came-in")
                self._withdraw("work")
                self._window.notifier.note(OTHERS.taken_out)
            case SaveChanged():
                self._tell_save(event)
            case HeldByOther():
                self._tell_held(event)
            case HoldFree():
                self._tell_free()
            case PlaceFound():
                elsewhere = BannerAction(OTHERS.elsewhere, self._save_elsewhere)
                tone: Tone = "warning" if event.stops_changes else "info"
                self._show("place", OTHERS.place(event.problem), tone, (elsewhere,))
            case WorkFound(found):
                self._tell_found(found)
            case CopiesFound(paths):
                merge = BannerAction(OTHERS.merge, lambda: self._merge_copies(paths))
                not_now = BannerAction(OTHERS.not_now, lambda: self._withdraw("copies"))
                self._show("copies", OTHERS.copies([path.name for path in paths]), "warning", (merge, not_now))
            case SummaryRebuilt():
                self._show("damage", DAMAGE.rebuilt, "warning")
            case HistoryDamaged():
                copy = str(event.copy) if event.copy is not None else ""
                self._show("damage", DAMAGE.history(event.lost, copy), "warning")
            case FileTrouble(fault):
                save_copy = BannerAction(WINDOW.save_copy, self._window.commands.save_copy)
                self._show("trouble", DAMAGE.gone(sentence_for(fault)), "error", (save_copy,))
            case AttachmentsMissing(digests):
                from audit_desktop.ui.attaching.wording import ATTACHING

                self._show("attached", ATTACHING.missing(len(digests)), "error")
            case FileWellAgain():
                self._withdraw("trouble")
            case NewerVersionFound(version):
                self._offer_newer(version)
            case _:
                pass

    # Others

    def _offer_newer(self, version: str) -> None:
        from audit_desktop.ui.upgrading.wording import UPGRADING

        who = self._session.who
        if self._session.sign_offs or (who is not None and who.role is not Role.SCHOOL):
            return

        def look() -> None:
            self._withdraw("newer")
            self._window.commands.upgrade()

        self._show("newer", UPGRADING.offer(version), "info", (BannerAction(UPGRADING.look, look),))

    def _tell_came_in(self, came_in: tuple[Edit, ...]) -> None:
        from audit_desktop.ui.history.place_names import place_name

        addresses = self._session.audit.state.addresses
        known = [edit for edit in came_in if addresses.field(edit.address) is not None]
        if not known:
            return
        places = list(dict.fromkeys(place_name(addresses, edit.address) for edit in known))
        authors = list(dict.fromkeys(edit.author.name for edit in known))
        state = self._session.audit.state
        conflicts = sum(state.has_conflict(address) for address in {edit.address for edit in known})
        look = BannerAction(OTHERS.look, lambda: self._look_at_edits(tuple(known)))
        text = OTHERS.came_in(len(known), authors, places, conflicts)
        self._show("came-in", text, "warning" if conflicts else "info", (look,))

    def _look_at_edits(self, edits: tuple[Edit, ...]) -> None:
        from audit_desktop.ui.history.change_rows import rows_of_edits
        from audit_desktop.ui.recovery.found_work_dialog import ChangesDialog

        rows = rows_of_edits(self._session.audit.state.addresses, edits)
        ChangesDialog(OTHERS.came_in_title, OTHERS.came_in_lead, rows, self._window).open()

    def _tell_held(self, event: HeldByOther) -> None:
        self._other_name = event.holder.name
        actions: list[BannerAction] = []
        if self._session.is_read_only:
            actions.append(BannerAction(OTHERS.own_copy, self._work_on_copy))
            if event.is_stale:
                actions.insert(0, BannerAction(OTHERS.take_over, self._take_over))
        text = OTHERS.held(
            event.holder.name,
            event.holder.opened_at,
            is_stale=event.is_stale,
            is_read_only=self._session.is_read_only,
        )
        self._show("held", text, "warning" if self._session.is_read_only else "info", tuple(actions))

    def _tell_free(self) -> None:
        if self._is_taking_over:
            self._is_taking_over = False
            self._withdraw("held")
            self._keeper.set_read_only(is_read_only=False)
        elif self._session.is_read_only:
            work_here = BannerAction(OTHERS.work_here, self._work_here)
            self._show("held", OTHERS.free(self._other_name), "info", (work_here,))
        else:
            self._withdraw("held")

    def _work_here(self) -> None:
        self._withdraw("held")
        attendance = self._desk.attendance
        if attendance is not None:
            self._keeper.set_read_only(is_read_only=False)
            self._keeper.submit(attendance.watch.hold)

    def _take_over(self) -> None:
        if self._desk.attendance is not None:
            self._is_taking_over = True
            self._desk.attendance.watch.take_over()

    def _work_on_copy(self) -> None:
        path = self._keeper.path
        who = self._window.who
        name = f"{path.stem} ({who.name})" if who is not None else f"{path.stem} (copy)"
        chosen = self._ask_where(OTHERS.own_copy_title, path.with_name(f"{_safe(name)}{path.suffix}"))
        if chosen is not None:
            self._desk.go_on_elsewhere(chosen, who)
            if self._desk.path == chosen:
                self._window.notifier.tell(OTHERS.own_copy_open(chosen.name))

    def _save_elsewhere(self) -> None:
        chosen = self._ask_where(OTHERS.elsewhere_title, self._window.folders.documents / self._keeper.path.name)
        if chosen is not None:
            self._desk.go_on_elsewhere(chosen, self._window.who)

    def _ask_where(self, title: str, proposed: Path) -> Path | None:
        chosen, _ = QFileDialog.getSaveFileName(self._window, title, str(proposed), WINDOW.audit_files)
        if not chosen:
            return None
        path = Path(chosen)
        return path if path.suffix.lower() == _SUFFIX else path.with_name(path.name + _SUFFIX)

    def _merge_copies(self, paths: tuple[Path, ...]) -> None:
        self._withdraw("copies")
        count = conflicts = 0
        try:
            for path in paths:
                merge = self._session.merge_in(self._desk.workspace.read(path).audit)
                count += merge.new_from_theirs
                conflicts = len(merge.conflicts)
        except AuditDesktopError as fault:
            self._window.notifier.fault(fault)
        if count:
            self._show("came-in", OTHERS.merged(count, conflicts), "warning" if conflicts else "info")

    # Recovery

    def _tell_found(self, found: FoundWork) -> None:
        actions = [
            BannerAction(RECOVERY.look, lambda: self._look_at_found(found)),
            BannerAction(RECOVERY.set_aside, lambda: self._set_aside(found)),
        ]
        if not self._session.is_read_only:
            actions.insert(0, BannerAction(RECOVERY.keep, lambda: self._keep(found)))
        names = list(dict.fromkeys(edit.author.name for edit in found.work.edits))
        self._show("work", RECOVERY.found(found.count, names, found.last_at), "warning", tuple(actions))

    def _look_at_found(self, found: FoundWork) -> None:
        from audit_desktop.ui.history.change_rows import rows_of_work
        from audit_desktop.ui.recovery.found_work_dialog import FoundWorkDialog

        rows = rows_of_work(self._session.audit.state.addresses, found)
        dialog = FoundWorkDialog(rows, found.work.damaged_lines, self._window)
        dialog.kept.connect(lambda: self._keep(found))
        dialog.set_aside.connect(lambda: self._set_aside(found))
        dialog.open()

    def _keep(self, found: FoundWork) -> None:
        from audit_desktop.session.recovering import take_in

        try:
            self._session.merge_in(take_in(self._session.audit, found))
        except AuditDesktopError as fault:
            self._window.notifier.fault(fault)
            return
        recovering = self._desk.workspace.recovering()
        if recovering is not None:
            # After the save that the merge asked for, on the same thread; until then the journals stay as they are.
            path = self._keeper.path
            self._keeper.submit(lambda: _ignore(recovering.forget_if_kept(found, path)))
        self._show("work", RECOVERY.kept(found.count), "info")

    def _set_aside(self, found: FoundWork) -> None:
        recovering = self._desk.workspace.recovering()
        if recovering is not None:
            self._keeper.submit(lambda: recovering.set_aside(found))
        self._withdraw("work")
        self._window.notifier.note(RECOVERY.set_aside_done())

    # Saving

    def _tell_save(self, event: SaveChanged) -> None:
        if event.state is SaveState.SAVED:
            self._withdraw("save")
            return
        # While the window waits to be closed, the close guard says why it is not.
        if event.state is not SaveState.FAILED or event.fault is None or self._desk.is_closing:
            return
        again = BannerAction(WINDOW.try_again, self._window.commands.save_now)
        save_copy = BannerAction(WINDOW.save_copy, self._window.commands.save_copy)
        sentence = sentence_for(event.fault)
        is_copy = event.path is not None and event.path != self._keeper.path
        text = DAMAGE.recovered_copy(sentence, str(event.path)) if is_copy else DAMAGE.not_saved(sentence)
        if self._banners.get("save") is None or self._banners["save"].text != text:
            self._show("save", text, "error", (again, save_copy))


def look_after(window: MainWindow) -> None:
    """Look after the file of the audit that is open in `window` from now on; doing so again changes nothing."""
    if window.desk.open_audit is not None and window.desk.attendance is None:
        Safety(window)
        window.desk.attend()


def _safe(name: str) -> str:
    return "".join("-" if letter in '<>:"/\\|?*' else letter for letter in name)


def _ignore(_result: object) -> None:
    pass
