"""Deploying: a release is compared with what a target has, and then sent step by step."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from ..release.lock import locked
from ..release.manifest import Manifest
from ..release.refusal import Refused
from .address import Address
from .folder import Folder
from .git import Git
from .plan import Plan, compare
from .rsync import Rsync
from .s3 import S3
from .target import Target


@dataclass(frozen=True, slots=True)
class Wishes:
    """How to deploy: a git branch of one commit, the service that speaks S3, every file, what is not ours, nothing done."""

    squash: bool = False
    endpoint: str = ""
    all: bool = False
    delete_unknown: bool = False
    dry_run: bool = False


def deploy(site_folder: Path, release: Path, address: Address, wishes: Wishes) -> Plan:
    """Send `release` to where `address` says, and answer what that was.

    Raises `Refused` when it cannot be done. A deploy that ends in the middle leaves every page whole, with what it
    shows; the next one finishes the work.
    """
    if not release.is_dir():
        raise Refused(f"there is no release in '{release.name}'; run 'octavo freeze' first")
    with locked(release, "deploy"), opened(site_folder, address, wishes) as target:
        ours = untouched(release)
        plan = compare(ours, remembered(target), target.sizes(), wishes.all, wishes.delete_unknown)
        if plan.done or wishes.dry_run:
            return plan
        target.begin(plan.before.dumps())
        for batch in plan.batches:
            target.send(release, batch)
        if plan.gone:
            target.delete(plan.gone)
        target.finish(plan.after.dumps())
    return plan


@contextmanager
def opened(site_folder: Path, address: Address, wishes: Wishes) -> Iterator[Target]:
    """The target that `address` names."""
    with TemporaryDirectory(prefix="octavo-") as scratch:
        match address.kind:
            case "git":
                yield Git.opened(site_folder, address.place, address.branch, wishes.squash, Path(scratch))
            case "rsync":
                yield Rsync(address.place, Path(scratch))
            case "s3":
                yield S3.opened(address.place, wishes.endpoint)
            case _:
                yield Folder(Path(address.place))


def untouched(release: Path) -> Manifest:
    """What a release is made of. Raises `Refused` where there is none, or where it is not what the freeze has made."""
    manifest = Manifest.read(release)
    if manifest is None:
        raise Refused(f"'{release.name}' is no release that can be told whole; run 'octavo freeze' first")
    touched = sorted({item.path for item in set(manifest.items) ^ set(Manifest.of(release).items)})
    if touched:
        more = f" and {len(touched) - 1} more" if touched[1:] else ""
        raise Refused(f"'{touched[0]}'{more} in '{release.name}' changed after the freeze; run 'octavo freeze' again")
    return manifest


def remembered(target: Target) -> Manifest | None:
    """What a target says it has; nothing where no deploy has left word, or where that is damaged."""
    record = target.record()
    try:
        return Manifest.loads(record) if record is not None else None
    except ValueError:
        return None
