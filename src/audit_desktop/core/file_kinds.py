"""Which kinds of files may be attached: what people use as evidence, and nothing that runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.core.file_names import suffix_of

if TYPE_CHECKING:
    from collections.abc import Callable

_ZIP: Final = b"PK\x03\x04"
_STARTS: Final[dict[str, tuple[bytes, ...]]] = {
    ".docx": (_ZIP,),
    ".xlsx": (_ZIP,),
    ".pptx": (_ZIP,),
    ".odt": (_ZIP,),
    ".ods": (_ZIP,),
    ".odp": (_ZIP,),
    ".png": (b"\x89PNG\r\n\x1a\n",),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
    ".gif": (b"GIF87a", b"GIF89a"),
}
"""What the files of a kind begin with."""
_TEXTS: Final = (".csv", ".txt")
KINDS: Final = (".pdf", *_STARTS, ".webp", ".heic", *_TEXTS)
"""The endings of the files that may be attached."""
_WITH_MACROS: Final = frozenset(
    ".docm .dotm .xlsm .xltm .xlam .xlsb .pptm .potm .ppsm .ppam .sldm .doc .dot .xls .xlt .ppt .pot .pps .odb".split()  # noqa: SIM905
)
"""Kinds that can hold macros, which run when the file is opened; those of before 2007 among them."""
_RUNNING: Final = frozenset(
    """
    .exe .com .scr .pif .cpl .msi .msp .mst .msix .appx .bat .cmd .ps1 .psm1 .psd1 .vbs .vbe .js .jse .mjs .ws .wsf .wsh
    .hta .jar .jnlp .py .pyw .pyc .pyz .rb .pl .php .sh .bash .zsh .command .app .dmg .pkg .deb .rpm .run .bin .dll .sys
    .ocx .drv .so .dylib .lnk .url .webloc .desktop .scf .reg .inf .gadget .chm .hlp .iso .img .vhd .vhdx .library .ms
    .searchconnector .settingcontent .application .appref .diagcab .theme .themepack .msc .job .xll .wll .ade .adp .mdb
    .accdb .accde .one .svg .html .htm .mht .mhtml .xhtml .xml .xsl .swf .apk .ipa
    """.split()  # noqa: SIM905
)
"""Programs, scripts, shortcuts, images of disks, and documents that run scripts."""
_LOOK: Final = 256 * 1024
_MACROS: Final = b"vbaProject.bin"
_START: Final = 4096


def require_attachable(place: str, name: str, read_at: Callable[[int, int], bytes], *, is_start: bool = True) -> None:
    """Raise `AuditDesktopError` with `place` if the file called `name` may not be attached.

    `read_at` gives bytes of it, or of a later part of it if they are not the `is_start`. `ATTACHMENT_RUNS` if it is a
    program or something like it, `ATTACHMENT_HAS_MACROS`, `ATTACHMENT_KIND_UNKNOWN` with the details `suffix` and
    `known` for other kinds, and `ATTACHMENT_IS_OTHER_KIND` if its content is not what its name says.
    """
    suffix = suffix_of(name)
    if suffix in _RUNNING:
        raise AuditDesktopError(FaultCode.ATTACHMENT_RUNS, place, suffix=suffix)
    if suffix in _WITH_MACROS:
        raise AuditDesktopError(FaultCode.ATTACHMENT_HAS_MACROS, place, suffix=suffix)
    if suffix not in KINDS:
        raise AuditDesktopError(FaultCode.ATTACHMENT_KIND_UNKNOWN, place, suffix=suffix, known=KINDS)
    if is_start and not _is_of_kind(suffix, read_at(0, _START)):
        raise AuditDesktopError(FaultCode.ATTACHMENT_IS_OTHER_KIND, place, suffix=suffix)
    if _STARTS.get(suffix) == (_ZIP,) and _has_macros(read_at):
        raise AuditDesktopError(FaultCode.ATTACHMENT_HAS_MACROS, place, suffix=suffix)


def _is_of_kind(suffix: str, start: bytes) -> bool:
    if suffix in _STARTS:
        return start.startswith(_STARTS[suffix])
    if suffix == ".pdf":
        # Readers take a PDF file whose mark stands a little later.
        return b"%PDF-" in start[:1024]
    if suffix == ".webp":
        return start[:4] == b"RIFF" and start[8:12] == b"WEBP"
    if suffix == ".heic":
        return start[4:8] == b"ftyp"
    # Text: in UTF-16 every other byte is nothing, otherwise none is; and no program begins with a mark of order.
    return start.startswith((b"\xff\xfe", b"\xfe\xff")) or (
        b"\0" not in start and not start.startswith((b"MZ", b"\x7fELF", b"#!", _ZIP, b"%PDF"))
    )


def _has_macros(read_at: Callable[[int, int], bytes]) -> bool:
    """Return whether an Office file names macros among its parts, wherever they stand in it."""
    position, before = 0, b""
    while piece := read_at(position, _LOOK):
        if _MACROS in before + piece:
            return True
        before, position = piece[-len(_MACROS) :], position + len(piece)
    return False
