"""Network and removable drives are told from those of this computer."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit_desktop.storage.drives import Drive, drive_by_mounts, drive_by_type, drive_of

MOUNTS = r"""
22 1 8:2 / / rw,relatime shared:1 - ext4 /dev/sda2 rw
30 22 0:26 / /proc rw,nosuid - proc proc rw
40 22 0:40 / /mnt/school rw,relatime shared:9 - cifs //server/school rw,vers=3.1.1
41 22 0:41 / /home/sam/far rw,nosuid - fuse.sshfs sam@server:/ rw
42 22 8:17 / /media/sam/MY\040STICK rw,nosuid - vfat /dev/sdb1 rw
43 22 8:33 / /mnt/card rw,relatime - exfat /dev/sdc1 rw
44 22 8:3 / /home rw,relatime - ext4 /dev/sda3 rw
45 22 0:50 / /srv/x rw - ext4 /dev/sda4 rw
46 22 0:51 / /srv/x rw - nfs4 server:/x rw
broken line
"""


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/home/sam/Documents", Drive.LOCAL),
        ("/mnt/school/Governors", Drive.NETWORK),
        ("/mnt/schoolbag", Drive.LOCAL),
        ("/home/sam/far", Drive.NETWORK),
        ("/media/sam/MY STICK/Audits", Drive.REMOVABLE),
        ("/mnt/card", Drive.REMOVABLE),
        ("/srv/x/y", Drive.NETWORK),
        ("/", Drive.LOCAL),
    ],
)
def test_linux_says_by_the_mount_what_a_drive_is(path: str, expected: Drive) -> None:
    assert drive_by_mounts(Path(path), MOUNTS, lambda device: device == "8:33") is expected


@pytest.mark.parametrize(
    ("number", "expected"),
    [(0, Drive.LOCAL), (2, Drive.REMOVABLE), (3, Drive.LOCAL), (4, Drive.NETWORK), (5, Drive.REMOVABLE)],
)
def test_windows_says_by_a_number_what_a_drive_is(number: int, expected: Drive) -> None:
    assert drive_by_type(number) is expected


def test_the_disk_of_this_computer_is_its_own(tmp_path: Path) -> None:
    assert drive_of(tmp_path) is Drive.LOCAL


def test_a_drive_that_nobody_knows_counts_as_one_of_this_computer() -> None:
    assert drive_by_mounts(Path("/home/sam"), "", lambda _: True) is Drive.LOCAL
