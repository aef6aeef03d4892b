"""Where a command may write what it gives out: what this warehouse keeps, and that what is given out is remembered."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from carnet.flows.project import FILE
from carnet.flows.settings import Settings
from carnet.warehouse.disk import output
from carnet.warehouse.disk.output import Kept, Output, OutputFolder
from carnet.warehouse.log.journal import holds_log
from carnet.warehouse.privacy.given_out import note_given_out


def output_to(settings: Settings, path: Path, what: str, *, force: bool = False, public: bool = False) -> Output:
    """The file that a command was told to write ("sql", "references", …); asked before the work is done. OutputRefused
    where nothing may be written; `carnet forget` looks there later. `public`: it holds nobody, all may read it."""
    note = partial(_note, settings, path, what)
    return output.output_to(path, _kept(settings), force=force, public=public, note=note)


def output_folder(settings: Settings, path: Path, what: str) -> OutputFolder:
    """The same of a folder."""
    return output.output_folder(path, _kept(settings), note=partial(_note, settings, path, what))


def _kept(settings: Settings) -> Kept:
    project_file = settings.project.folder / FILE
    return Kept(settings.warehouse, (settings.raw, settings.prefect_home, project_file), holds_log)


def _note(settings: Settings, path: Path, what: str) -> None:
    note_given_out(settings.warehouse, path, what)
