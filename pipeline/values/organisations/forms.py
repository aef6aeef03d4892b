"""Forms that show a kind of body, at their place in a name: "Communauté de communes" at its start."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from carnet.pipeline.values.organisations.lexicon import BodyClass, Form, FormIndex
from carnet.schemas.mission import ClientType

Where = Literal["starts", "ends", "anywhere", "place", ""]
"""Where in the name what tells its kind stands: its whole is a "place", "" is none of these."""


@dataclass(frozen=True)
class Hit:
    """The class found for one name, and its words without those of the class."""

    kind: ClientType | None
    owner: BodyClass | None
    rule: str
    sure: bool
    core: tuple[str, ...]
    where: Where = ""


def hit_by(form: Form, where: Where, core: tuple[str, ...]) -> Hit:
    """The class of a form that was found, with the rule that says so."""
    rule = f"organisations.{form.owner.name}.{where}.{'-'.join(form.words)}"
    return Hit(form.owner.kind, form.owner, rule, form.owner.sure, core, where)


def form_at(index: FormIndex, printed: Sequence[str], words: Sequence[str], at: int, sure: bool) -> Form | None:
    """The longest form that stands at word `at`."""
    for form in index.get(words[at], ()) if at < len(words) else ():
        end = at + len(form.words)
        if form.owner.sure == sure and tuple(words[at:end]) == form.words and _in_capitals(form, printed[at:end]):
            return form
    return None


def form_at_end(index: FormIndex, printed: Sequence[str], words: Sequence[str], sure: bool) -> Form | None:
    """The longest form with which the words end."""
    for form in index.get(words[-1], ()) if words else ():
        at = len(words) - len(form.words)
        if at >= 0 and form.owner.sure == sure and tuple(words[at:]) == form.words and _in_capitals(form, printed[at:]):
            return form
    return None


def _in_capitals(form: Form, printed: Sequence[str]) -> bool:
    return not form.capitals or all(word.upper() == word for word in printed)
