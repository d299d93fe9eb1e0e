"""The commands for copies and sign-off: `merge`, `sign`, `verify`, `protect` and `open-protected`."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from audit_desktop import __version__
from audit_desktop.core.edits import Author, Role
from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.core.text import one_line
from audit_desktop.core.words import fingerprint, new_passphrase
from audit_desktop.session import handing_over
from audit_desktop.storage.faults import reading_fault
from audit_desktop.storage.signing_keys import load_or_make_key
from audit_desktop.storage.word_list import load_words
from audit_desktop.ui import command_wording
from audit_desktop.ui.attaching.wording import ATTACHING
from audit_desktop.ui.fault_wording import sentences_for
from audit_desktop.ui.visit_wording import MERGING

if TYPE_CHECKING:
    import argparse

    from audit_desktop.locations import Locations
    from audit_desktop.session.workspace import Workspace


@dataclass(frozen=True, slots=True)
class HandingOver:
    """Runs these commands; each returns the exit status."""

    locations: Locations
    workspace: Workspace

    def run(self, arguments: argparse.Namespace) -> int:
        """Run the command that `arguments` name; raises `AuditDesktopError` with nothing written."""
        match arguments.command:
            case "merge":
                return self._merge(arguments)
            case "sign":
                who = Author(one_line(arguments.name), Role(arguments.role), one_line(arguments.organisation))
                return self._sign(arguments.file, who, although_incomplete=arguments.although_incomplete)
            case "verify":
                return self._verify(arguments.file)
            case "protect":
                return self._protect(arguments)
            case _:
                passphrase = self._passphrase(arguments)
                handing_over.open_protected_file(self.workspace, arguments.file, arguments.out, passphrase)
                print(command_wording.written(arguments.out))
                return 0

    def _merge(self, arguments: argparse.Namespace) -> int:
        """Merge two files into a third, or only say in numbers what that would do; both are left alone."""
        passphrase = self._passphrase(arguments, may_ask=False)
        preview = handing_over.preview_files(self.workspace, arguments.mine, arguments.theirs, passphrase)
        if arguments.out is not None and not arguments.preview:
            self.workspace.save_new(arguments.out, preview.merge.audit)
            merge = preview.merge
            print(command_wording.merged(arguments.out, merge.new_from_theirs, merge.in_both, len(merge.conflicts)))
        for line in MERGING.numbers(preview):
            print(f"  {line}")
        for card in preview.conflicts:
            print(f"  {card.address}")
        return 0

    def _sign(self, path: Path, who: Author, *, although_incomplete: bool) -> int:
        if not who.name:
            raise AuditDesktopError(FaultCode.NAME_MISSING)
        key = load_or_make_key(self.workspace.filesystem, self.locations.data)
        handing_over.sign_file(self.workspace, path, who, key, __version__, although_incomplete=although_incomplete)
        print(command_wording.signed(path, who.name, self._words_of(key.public)))
        return 0

    def _verify(self, path: Path) -> int:
        verification = handing_over.verify_file(self.workspace, path)
        if not verification.is_sealed:
            raise AuditDesktopError(FaultCode.NOT_SIGNED_OFF, str(path))
        faults = verification.faults(str(path))
        for verified in verification.seals:
            if verified.holds:
                seal = verified.seal
                print(command_wording.verified(path, seal.name, seal.at, self._words_of(seal.public_key)))
        for fault in faults:
            for sentence in sentences_for(fault):
                print(command_wording.fault_line(path, sentence), file=sys.stderr)
        return 1 if faults else 0

    def _protect(self, arguments: argparse.Namespace) -> int:
        given = self._read_passphrase(arguments.passphrase_file)
        passphrase = given or new_passphrase(load_words(self.workspace.filesystem, self.locations.resources))
        missing = handing_over.protect_file(
            self.workspace,
            arguments.file,
            arguments.out,
            passphrase,
            with_earlier_wording=not arguments.without_earlier_wording,
        )
        print(command_wording.written(arguments.out))
        if missing:
            print(ATTACHING.missing(len(missing)), file=sys.stderr)
        if not given:
            print(command_wording.passphrase(passphrase))
        return 0

    def _words_of(self, public_key: bytes) -> str:
        return fingerprint(load_words(self.workspace.filesystem, self.locations.resources), public_key)

    def _passphrase(self, arguments: argparse.Namespace, *, may_ask: bool = True) -> str:
        """Return the passphrase from its file, or ask a person for it where there is one."""
        given = self._read_passphrase(arguments.passphrase_file)
        if given or not may_ask or not sys.stdin.isatty():
            return given
        from getpass import getpass

        return getpass(command_wording.ASK_PASSPHRASE)

    def _read_passphrase(self, path: str) -> str:
        if not path:
            return ""
        if path == "-":
            return one_line(sys.stdin.readline())
        try:
            return one_line(self.workspace.filesystem.read_bytes(Path(path)).decode("utf-8"))
        except OSError as error:
            raise reading_fault(error, Path(path)) from error
        except UnicodeDecodeError:
            raise AuditDesktopError(FaultCode.FILE_UNREADABLE, path) from None
