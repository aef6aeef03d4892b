"""Which failed Prefect tasks are worth another try."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from prefect.client.schemas.objects import State, TaskRun
from prefect.tasks import Task


def after(*passing: type[Exception]) -> Callable[[Task[..., Any], TaskRun, State], bool]:
    """Only after trouble that may be over the next time."""

    def may_pass(task: Task[..., Any], run: TaskRun, state: State) -> bool:
        try:
            state.result()
        except passing:
            return True
        except Exception:
            return False
        return False

    return may_pass
