"""Roles and links of a document, before the grammar."""

from __future__ import annotations

import numpy as np

from carnet.pipeline.decode.linking import parted_headings
from carnet.schemas.roles import Role

KNOWN = (Role.CLIENT, Role.TITLE, Role.HEADING, Role.CONTEXT)


def parted(*lines: tuple[float, float, float, float]) -> list[int]:
    """Numbers of the texts that the lines of one are, given how likely each is a client, title, heading, context."""
    roles = np.array(lines, np.float32)
    return parted_headings(roles, np.zeros(len(lines), np.int64), KNOWN).tolist()


def test_a_heading_whose_first_line_is_far_likelier_for_whom_is_two_texts() -> None:
    assert parted((0.84, 0.04, 0.1, 0.02), (0.01, 0.97, 0.01, 0.01), (0.01, 0.97, 0.01, 0.01)) == [0, 1, 1]


def test_a_heading_that_is_hardly_likelier_two_is_one() -> None:
    assert parted((0.5, 0.3, 0.18, 0.02), (0.1, 0.85, 0.04, 0.01)) == [0, 0]
    assert parted((0.04, 0.84, 0.1, 0.02), (0.84, 0.04, 0.1, 0.02)) == [0, 0]  # what, then for whom


def test_running_text_is_left() -> None:
    assert parted((0.8, 0.01, 0.1, 0.09), (0.01, 0.08, 0.01, 0.9)) == [0, 0]
