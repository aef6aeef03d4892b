"""Answers that follow from the warehouse alone, kept in memory until it changes: many who ask the same wait once."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.responses import Response, StreamingResponse

MOST_BYTES = 64 << 20
BIGGEST = 2 << 20


@dataclass(frozen=True)
class WholeAnswer:
    """A whole answer. `headers`: as they are sent."""

    body: bytes
    headers: dict[str, str]

    def response(self) -> Response:
        return Response(self.body, headers=self.headers)


class Answers:
    """By state: question, who asks, and the warehouse as it is. The longest unasked goes first."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, WholeAnswer] = OrderedDict()
        self._bytes = 0
        self._making: dict[str, asyncio.Lock] = {}

    async def of(self, state: str, make: Callable[[], Awaitable[Response]]) -> Response:
        """The kept answer, else the one that is made now; who asks meanwhile waits for it."""
        if state in self._kept:
            return self._again(state)
        lock = self._making.setdefault(state, asyncio.Lock())
        try:
            async with lock:
                return self._again(state) if state in self._kept else await self._made(state, await make())
        finally:
            if not lock.locked():
                self._making.pop(state, None)

    def _again(self, state: str) -> Response:
        self._kept.move_to_end(state)
        return self._kept[state].response()

    async def _made(self, state: str, response: Response) -> Response:
        if not isinstance(response, StreamingResponse) and not hasattr(response, "body_iterator"):
            return response
        body = b"".join([part if isinstance(part, bytes) else bytes(part) async for part in response.body_iterator])
        headers = {name: value for name, value in response.headers.items() if name != "content-length"}
        if response.status_code != 200 or "set-cookie" in headers or len(body) > BIGGEST:
            return Response(body, response.status_code, headers)
        self._keep(state, WholeAnswer(body, headers))
        return self._kept[state].response()

    def _keep(self, state: str, kept: WholeAnswer) -> None:
        before = self._kept.pop(state, None)
        self._kept[state] = kept
        self._bytes += len(kept.body) - (len(before.body) if before else 0)
        while self._bytes > MOST_BYTES:
            _, gone = self._kept.popitem(last=False)
            self._bytes -= len(gone.body)
