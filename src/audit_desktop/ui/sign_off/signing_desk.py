"""What signing off needs of this computer: its key, the words that a key's fingerprint is read in, and the program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit_desktop import __version__
from audit_desktop.core.record import Record

if TYPE_CHECKING:
    from pathlib import Path

    from audit_desktop.session.audit_session import AuditSession
    from audit_desktop.storage.filesystem import Filesystem


class SigningDesk(Record):
    """`key_folder` is where this computer's key is kept, `resources` where the program's own files are."""

    filesystem: Filesystem
    key_folder: Path
    resources: Path

    def sign(self, session: AuditSession, *, although_incomplete: bool) -> None:
        """Sign the audit off; raises as `sign_off` and `load_or_make_key` do."""
        # Loaded when somebody signs: few do, and rarely.
        from audit_desktop.session.signing import sign_off
        from audit_desktop.storage.signing_keys import load_or_make_key

        key = load_or_make_key(self.filesystem, self.key_folder)
        sign_off(session, key, __version__, although_incomplete=although_incomplete)

    def fingerprint(self, public_key: bytes) -> str:
        """Return the six words that stand for a key."""
        from audit_desktop.core.words import fingerprint
        from audit_desktop.storage.word_list import load_words

        return fingerprint(load_words(self.filesystem, self.resources), public_key)
