"""The measure itself: it finds what grows with the square, and is content with what grows evenly."""

from __future__ import annotations

import re

import pytest

from tests.effort import check_growth, check_not_worse


def test_what_grows_with_the_square_is_found() -> None:
    with pytest.raises(AssertionError, match="for an eighth of it"):
        check_growth(re.compile(r"a+b").findall, lambda size: "a" * size, 30_000)


def test_what_grows_evenly_is_not() -> None:
    check_growth(re.compile(r"a+").findall, lambda size: "a " * size, 4_000_000)
    check_growth(sorted, lambda size: list(range(size, 0, -1)) + list(range(size)), 4_000_000)


def test_what_is_much_worse_than_usual_is_found() -> None:
    with pytest.raises(AssertionError, match="something ordinary"):
        check_not_worse(re.compile(r"a+b").findall, "a" * 30_000, "ab" * 15_000, 50)
