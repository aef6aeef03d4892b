"""`carnet`: one thin command over one function each; exit status 0 all well, 1 something refused, 2 wrong usage."""

from __future__ import annotations

import os
import sys

import click
import typer
from typer.main import get_command

from flows.cli import ask, develop, ingest

app = typer.Typer(
    name="carnet",
    help="From brochures of references to a database one can trust.",
    no_args_is_help=True,
    rich_markup_mode="rich",
    add_completion=False,
    pretty_exceptions_enable=False,
)
for module in (ingest, ask, develop):
    module.register(app)
