"""What a command says when it can't go on."""

from __future__ import annotations


class CommandError(Exception):
    """One sentence for the user; `usage`: it was asked for wrongly (exit status 2)."""

    def __init__(self, sentence: str, *, usage: bool = False) -> None:
        super().__init__(sentence)
        self.usage = usage
