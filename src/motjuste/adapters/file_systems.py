"""What kind of file system a folder is on, as far as it matters for a database."""

from __future__ import annotations

import os
from pathlib import Path

MOUNTS = Path("/proc/self/mountinfo")
NETWORK = frozenset(
    ("nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "glusterfs", "lustre", "ocfs2", "gfs2", "davfs",
     "fuse.sshfs", "fuse.rclone", "fuse.davfs", "fuse.glusterfs", "fuse.s3fs", "fuse.gvfsd-fuse")
)  # fmt: skip
"""File systems that several computers may write to; shared memory does not reach from one to the other."""


def network_file_system(folder: Path, mounts: Path = MOUNTS) -> str:
    """The kind of network file system that `folder` is on ("nfs4"); "" when it is on none, or that is not known."""
    try:
        lines = mounts.read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        return ""
    # "36 35 98:0 /root /mount/point rw - ext3 /dev/root rw": the longest mount point above the folder holds,
    # and of two on the same one the later.
    where = os.path.realpath(folder)
    longest, kind = -1, ""
    for line in lines:
        before, _, after = line.partition(" - ")
        fields = before.split(" ")
        if len(fields) < 5 or not after:
            continue
        point = fields[4].replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\")
        if _is_within(where, point) and len(point) >= longest:
            longest, kind = len(point), after.split(" ")[0]
    return kind if kind in NETWORK else ""


def _is_within(path: str, point: str) -> bool:
    return path == point or path.startswith(point.rstrip("/") + "/")
