"""Artifacts on disk: written whole or not at all, and never outside the output folder."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath

from digest.errors import OutputError
from digest.model import Artifact

_TEMPORARY = ".tmp-"
SITE = "site/"
MANIFEST = "site.json"  # what the last build wrote of the site: path -> fingerprint
_OLD = ".old-"


def write(artifacts: Iterable[Artifact], out: Path) -> tuple[Path, ...]:
    """Write every artifact below `out` and return the paths, in the order given.

    Each folder of `out` is prepared aside, with the files in it that are not ours, and put in the
    place of the old one in a single step when all is on the disk: whoever looks, or kills this
    program, finds the old folder or the new one, whole. Raises `OutputError` for a path that leaves
    `out`, names a file twice, or cannot be written.
    """
    wanted = tuple(artifacts)
    try:
        out.mkdir(parents=True, exist_ok=True)
        _sweep(out)
        targets = _targets(wanted, out)
        staging = out / f"{_TEMPORARY}{os.getpid()}"
        try:
            _stage(wanted, targets, staging, out.resolve())
            _publish(staging, out.resolve())
        finally:
            shutil.rmtree(staging, ignore_errors=True)
    except OSError as error:
        raise OutputError(
            f"cannot write to {out}: {_reason(error)}", hint=_hint(error, out)
        ) from error
    return targets


def write_site(artifacts: Iterable[Artifact], out: Path) -> tuple[Path, ...]:
    """Write the site, and remove what the build before wrote and this one no longer makes.

    Only a file that is still as it was written is removed: what somebody put there or changed
    stays, and so does what is lasting. Raises `OutputError` as `write` does.
    """
    wanted = tuple(artifacts)
    former = _manifest(out)
    passing = {a.path: _fingerprint(a.content) for a in wanted if not a.lasting}
    content = json.dumps(passing, indent=0, sort_keys=True, ensure_ascii=False).encode() + b"\n"
    paths = write((*wanted, Artifact(path=MANIFEST, content=content)), out)
    made = {artifact.path for artifact in wanted}
    for path in sorted(former.keys() - made, reverse=True):
        _remove(path, former[path], out.resolve())
    return paths[:-1]


def _manifest(out: Path) -> Mapping[str, str]:
    """What the build before wrote; nothing, when nobody can say."""
    try:
        found = json.loads((out / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    pairs = found.items() if isinstance(found, dict) else ()
    return {k: v for k, v in pairs if isinstance(v, str) and k.startswith(SITE)}


def _remove(path: str, fingerprint: str, home: Path) -> None:
    try:
        target = home / _safe(path)
        inside = target.resolve().is_relative_to(home / SITE) and not target.is_symlink()
        if not inside or _fingerprint(target.read_bytes()) != fingerprint:
            return
        target.unlink()
        for folder in target.parents:
            if folder == home / SITE:
                break
            folder.rmdir()  # fails, and ends this, where something else is left
    except (OSError, OutputError):
        return  # a stale page does less harm than a build that stops


def _fingerprint(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:32]


def _targets(artifacts: tuple[Artifact, ...], out: Path) -> tuple[Path, ...]:
    home = out.resolve()
    targets: dict[Path, str] = {}
    for artifact in artifacts:
        target = home / _safe(artifact.path)
        # resolve() follows the links that are there already; a link to elsewhere ends outside.
        if not target.resolve().is_relative_to(home) or target.is_symlink():
            raise OutputError(
                f"{artifact.path!r} leads out of {out} through a symbolic link",
                hint="remove the link, or choose another folder with --out",
            )
        if target in targets:
            raise OutputError(
                f"{artifact.path!r} would be written twice",
                hint="two issues of one week, or two renderers with one file name?",
            )
        targets[target] = artifact.path
    return tuple(targets)


def _safe(path: str) -> PurePosixPath:
    parts = path.split("/")
    odd = any(part in ("", ".", "..") or part.startswith(_TEMPORARY) for part in parts)
    if odd or any(char in path for char in "\\\0:"):
        raise OutputError(
            f"{path!r} is no path inside the output folder",
            hint="artifact paths are relative, with forward slashes and without ..",
        )
    return PurePosixPath(path)


def _stage(
    artifacts: tuple[Artifact, ...], targets: tuple[Path, ...], staging: Path, out: Path
) -> None:
    """Prepare the files, and around them what else lies in their folders."""
    staging.mkdir()
    for artifact, target in zip(artifacts, targets, strict=True):
        _meet_obstacles(target, out)
        path = staging / target.relative_to(out)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            file.write(artifact.content)
            file.flush()
            os.fsync(file.fileno())
    for folder in staging.iterdir():
        if folder.is_dir():
            _carry_over(out / folder.name, folder)


def _meet_obstacles(target: Path, out: Path) -> None:
    """Raise what writing would raise, before anything is replaced."""
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, "is a folder", str(target))
    for folder in target.relative_to(out).parents:
        if (out / folder).exists() and not (out / folder).is_dir():
            raise NotADirectoryError(errno.ENOTDIR, "is no folder", str(out / folder))


def _carry_over(old: Path, new: Path) -> None:
    """Put what lies in the old folder and is not written anew into the new one."""
    if not old.is_dir():
        return
    for path in old.iterdir():
        target = new / path.name
        if path.is_dir() and not path.is_symlink():
            target.mkdir(exist_ok=True)
            _carry_over(path, target)
        elif not target.exists():
            try:
                os.link(path, target, follow_symlinks=False)
            except (OSError, NotImplementedError):  # no hard links there
                shutil.copy2(path, target, follow_symlinks=False)


def _publish(staging: Path, out: Path) -> None:
    """Folders first, each in one step; then files that lie in `out` itself."""
    for path in sorted(staging.iterdir(), key=lambda path: (path.is_file(), path.name)):
        target = out / path.name
        if path.is_file() or not target.exists():
            path.replace(target)
        elif not _exchanged(path, target):
            target.replace(staging / (_OLD + path.name))
            path.replace(target)


def _exchanged(one: Path, other: Path) -> bool:
    """Swap two folders in one step where the system can: Linux and macOS."""
    import ctypes

    here, swap = -100, 2  # AT_FDCWD; RENAME_EXCHANGE of Linux and RENAME_SWAP of macOS
    paths = os.fsencode(one), os.fsencode(other)
    try:
        library = ctypes.CDLL(None)
        if hasattr(library, "renameat2"):
            return bool(library.renameat2(here, paths[0], here, paths[1], swap) == 0)
        return bool(library.renamex_np(*paths, swap) == 0)
    except (AttributeError, OSError, TypeError):
        return False


def _sweep(out: Path) -> None:
    """Remove what killed runs left behind; a folder of a process that lives is let be."""
    for path in out.glob(f"{_TEMPORARY}*"):
        owner = path.name.removeprefix(_TEMPORARY)
        if path.is_dir() and not path.is_symlink() and not _alive(owner):
            for old in path.glob(f"{_OLD}*"):  # killed between the two steps of a swap
                target = out / old.name.removeprefix(_OLD)
                if not target.exists():
                    old.replace(target)
            shutil.rmtree(path, ignore_errors=True)


def _alive(owner: str) -> bool:
    if not owner.isdigit() or int(owner) == os.getpid() or os.name == "nt":
        return False  # on Windows, os.kill ends the process that it asks about
    try:
        os.kill(int(owner), 0)
    except PermissionError:
        return True
    except (OSError, OverflowError):
        return False
    return True


def _reason(error: OSError) -> str:
    where = f" ({error.filename})" if error.filename else ""
    return f"{error.strerror or error}{where}"


def _hint(error: OSError, out: Path) -> str:
    if error.errno in (errno.ENOSPC, errno.EFBIG, errno.EDQUOT):
        return "the disk is full: make room, then run it again; the old files are untouched"
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"make {out} writable, or choose another folder with --out"
    if error.errno in (errno.ENOTDIR, errno.EEXIST, errno.EISDIR):
        return "a file stands where a folder is needed, or the other way round: move it away"
    return "choose another folder with --out"
