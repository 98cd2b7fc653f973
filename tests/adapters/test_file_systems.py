"""Whether a folder is on a network is read from the list of mounts."""

from __future__ import annotations

from pathlib import Path

import pytest

from motjuste.adapters.file_systems import network_file_system

MOUNTS = r"""22 1 259:2 / / rw,relatime shared:1 - ext4 /dev/root rw
40 22 0:45 / /home rw,relatime shared:2 - nfs4 server:/home rw,vers=4.2
41 40 0:46 / /home/camille/My\040Files rw - ext4 /dev/sdb rw
42 22 0:47 / /net rw - ext4 /dev/sdc rw
43 22 0:48 / /net rw master:1 - fuse.sshfs there:/ rw
torn line
44 22 0:49 /
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/var/lib", ""),
        ("/home", "nfs4"),
        ("/home/camille", "nfs4"),
        ("/homework", ""),
        ("/home/camille/My Files/motjuste", ""),
        ("/net/data", "fuse.sshfs"),
    ],
)
def test_the_nearest_mount_above_a_folder_says_what_it_is_on(tmp_path: Path, folder: str, kind: str) -> None:
    mounts = tmp_path / "mountinfo"
    mounts.write_text(MOUNTS, "utf-8")
    assert network_file_system(Path(folder), mounts) == kind


def test_without_a_list_nothing_is_known(tmp_path: Path) -> None:
    assert network_file_system(tmp_path, tmp_path / "none") == ""
