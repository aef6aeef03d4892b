"""Where a command may write what it gives out: what this warehouse keeps, and that what is given out is remembered."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from carnet.flows.inbox.arrivals import name_of
from carnet.flows.inbox.refusals import refusals
from carnet.flows.project import FILE
from carnet.flows.settings import Settings
from carnet.warehouse.disk import output
from carnet.warehouse.disk.files import naming
from carnet.warehouse.disk.output import Kept, Output, OutputFolder
from carnet.warehouse.log.journal import holds_log, read_journal
from carnet.warehouse.privacy.given_out import given_out, note_given_out


def output_to(
    settings: Settings,
    path: Path,
    what: str,
    *,
    force: bool = False,
    public: bool = False,
    reads: Sequence[Path | None] = (),
) -> Output:
    """The file that a command was told to write ("sql", "references", …); asked before the work is done. OutputRefused
    where nothing may be written; `carnet forget` looks there later. `public`: it holds nobody, all may read it.
    `reads`: what the command was given to read, such as a template."""
    note = partial(_note, settings, path, what)
    kept = replace(_kept(settings), reads=tuple(given for given in reads if given))
    return output.output_to(path, kept, force=force, public=public, note=note)


def output_folder(settings: Settings, path: Path, what: str) -> OutputFolder:
    """The same of a folder."""
    return output.output_folder(path, _kept(settings), note=partial(_note, settings, path, what))


def is_brochure(settings: Settings, path: Path) -> bool:
    """Whether this file was read, or refused: by its content, or a file of this name was and carnet did not write it:
    somebody went on writing in it since."""
    with naming(path), path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    journal, refused = read_journal(settings.raw), refusals(settings)
    if sha256 in journal.arrivals or sha256 in refused or sha256 in journal.redacted or journal.was_redacted(sha256):
        return True
    named = {arrived.name for arrived in journal.arrivals.values()}
    ours = any(given in (path.absolute(), *path.absolute().parents) for given in given_out(settings.warehouse))
    return not ours and (name_of(path) in named or str(path) in {refusal.path for refusal in refused.values()})


def _kept(settings: Settings) -> Kept:
    project_file = settings.project.folder / FILE
    kept = (settings.raw, settings.prefect_home, project_file)
    return Kept(settings.warehouse, kept, holds_log, partial(is_brochure, settings))


def _note(settings: Settings, path: Path, what: str) -> None:
    note_given_out(settings.warehouse, path, what)
