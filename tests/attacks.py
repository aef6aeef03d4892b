"""Strings against a regular expression, made of its own pieces: what it repeats, many times, and no good end."""

from __future__ import annotations

import re
import signal
import time
import warnings
from collections.abc import Callable, Iterator
from typing import Any

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from re import _compiler, _parser
    from re import _constants as op

Run = Callable[[re.Pattern[str], str], None]
_ALPHABET = "a1A -.é'(,@\n_\u00a0:/°€|#*[<\tœz9ÀSI"
_ENDS = ("", "\x00")
_SMALL, _LARGE = 2_000, 8_000  # letters
_QUICK = 0.02  # seconds for the larger: not worth a second look
_MOST = 500.0  # times what _EVEN takes for the larger: about 20 seconds on a megabyte
_LONG = 0.5  # seconds of the processor after which an attack is ended
_EVEN = re.compile(r"[^\n]{1,40}?x")  # takes even time for each letter of any text


def is_slow(pattern: re.Pattern[str], at_one_place: bool = False) -> tuple[str, str] | None:
    """The unit and end of an attack that takes more than eight times as long on four times the letters, or as long as
    no pattern should; or nothing. All is compared within the run: the machine may be slow, or busy."""
    run = _matched if at_one_place else _searched
    for head, unit, end in attacks(pattern):
        small, large = (_text(head, unit, end, length) for length in (_SMALL, _LARGE))
        seconds = _seconds(pattern, large, run)
        if seconds > _QUICK and _grows(pattern, small, large, run):
            return head + unit, end
    return None


def _grows(pattern: re.Pattern[str], small: str, large: str, run: Run) -> bool:
    """Measured up to four times, for other work on the machine slows one of the three at times."""
    for _ in range(4):
        many, few, even = (
            min(_seconds(*measured) for _ in range(3))
            for measured in ((pattern, large, run), (pattern, small, run), (_EVEN, "a" * _LARGE, _searched))
        )
        if many >= _LONG:  # no machine is that busy
            return True
        if many <= _MOST * even and many <= 8 * few:
            return False
    return True


def _text(head: str, unit: str, end: str, length: int) -> str:
    return head + unit * (length // len(unit)) + end


def _seconds(pattern: re.Pattern[str], text: str, run: Run) -> float:
    """Processor time, no more than _LONG: matching listens to signals."""
    started = time.thread_time()
    previous = signal.signal(signal.SIGPROF, _enough)
    signal.setitimer(signal.ITIMER_PROF, _LONG)
    try:
        run(pattern, text)
    except TimeoutError:
        return _LONG
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, previous)
    return time.thread_time() - started


def _searched(pattern: re.Pattern[str], text: str) -> None:
    for _ in pattern.finditer(text):
        pass
    _matched(pattern, text)


def _matched(pattern: re.Pattern[str], text: str) -> None:
    pattern.match(text)
    pattern.fullmatch(text)


def _enough(number: int, frame: object) -> None:
    raise TimeoutError


def attacks(pattern: re.Pattern[str]) -> Iterator[tuple[str, str, str]]:
    """What stands in front, what is repeated, and what ends it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tree = _parser.parse(pattern.pattern, pattern.flags)
    units: dict[tuple[str, str], None] = {}
    for letter in sorted({letter for node in _nodes(tree) for letter in _letters(node, tree, pattern.flags)}):
        units["", letter] = None
    whole = _sample(tree, pattern.flags)
    for head, unit in _repeats(tree, pattern.flags):
        for piece in (unit, unit + " "):
            if piece:
                units["", piece] = None
                units[head, piece] = None
    for piece in (whole, whole[:-1], whole + " "):
        if piece:
            units["", piece] = None
    for head, unit in units:
        for end in _ENDS:
            yield head, unit, end


def _nodes(tree: Any) -> Iterator[Any]:
    for node in tree:
        yield node
        for part in _parts(node):
            yield from _nodes(part)


def _parts(node: Any) -> list[Any]:
    code, value = node
    if code in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
        return [value[2]]
    if code is op.SUBPATTERN:
        return [value[3]]
    if code is op.BRANCH:
        return list(value[1])
    if code in (op.ASSERT, op.ASSERT_NOT):
        return [value[1]]
    if code is op.ATOMIC_GROUP:
        return [value]
    return []


def _letters(node: Any, tree: Any, flags: int) -> list[str]:
    """Up to three letters that a node which takes one letter takes."""
    code, value = node
    if code is op.LITERAL:
        return [chr(value)]
    if code in (op.IN, op.ANY, op.NOT_LITERAL):
        taken = _one(node, tree, flags)
        return [letter for letter in _ALPHABET if taken.fullmatch(letter)][:3] or _members(value)
    return []


def _members(value: Any) -> list[str]:
    """For a set with none of our letters: its own."""
    return [chr(v if c is op.LITERAL else v[0]) for c, v in value if c in (op.LITERAL, op.RANGE)][:2]


def _one(node: Any, tree: Any, flags: int) -> re.Pattern[str]:
    state = _parser.State()
    state.flags = tree.state.flags
    state.str = ""
    return _compiler.compile(_parser.SubPattern(state, [node]), flags)  # type: ignore[no-any-return]


def _sample(tree: Any, flags: int) -> str:
    """A text that the tree may take, look-arounds aside."""
    return "".join(_sample_of(node, tree, flags) for node in tree)


def _sample_of(node: Any, tree: Any, flags: int) -> str:
    code, value = node
    if code in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
        return _sample(value[2], flags) * max(1, min(value[0], 12))
    if code is op.SUBPATTERN:
        return _sample(value[3], flags)
    if code is op.ATOMIC_GROUP:
        return _sample(value, flags)
    if code is op.BRANCH:
        return max((_sample(branch, flags) for branch in value[1][:40]), key=len, default="")
    return next(iter(_letters(node, tree, flags)), "")


def _repeats(tree: Any, flags: int, head: str = "") -> Iterator[tuple[str, str]]:
    """Each repeat: what leads to it, and one round of it."""
    for node in tree:
        code, value = node
        if code in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
            yield head, _sample(value[2], flags)
        for part in _parts(node):
            yield from _repeats(part, flags, head)
        head += _sample_of(node, tree, flags) if code not in (op.ASSERT, op.ASSERT_NOT) else ""
