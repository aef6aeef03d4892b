"""Who may ask what: names of this machine only, writing only with the token of this start, nothing from elsewhere."""

from __future__ import annotations

import hmac
import ipaddress
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from fastapi import HTTPException, Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from carnet.flows.pages.words import words

Next = Callable[[Request], Awaitable[Response]]
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
READS = ("GET", "HEAD")
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


@dataclass(frozen=True)
class HostGuard:
    """`hosts`: names, with port, by which we are asked. A page of another site that had its own name lead to this
    machine comes with that name. `is_open`: others on the network can ask; then the token is wanted for reading too."""

    hosts: frozenset[str]
    is_open: bool = False
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24), repr=False)

    @classmethod
    def of(cls, host: str, port: int) -> HostGuard:
        """
        >>> sorted(HostGuard.of("127.0.0.1", 8765).hosts)
        ['127.0.0.1:8765', '[::1]:8765', 'localhost:8765']
        """
        is_open = not _is_loopback(host)
        names = (*LOOPBACK, *((f"[{host}]" if ":" in host else host,) if is_open else ()))
        return cls(frozenset(f"{name}:{port}" for name in names), is_open)

    @property
    def cookie(self) -> str:
        """Cookies do not tell ports apart: two carnets on one machine must."""
        return "carnet_" + next(iter(self.hosts)).rpartition(":")[2]

    def is_known(self, request: Request) -> bool:
        """Whether whoever asks holds the token of this start."""
        told = request.headers.get("authorization", "").removeprefix("Bearer ") or request.cookies.get(self.cookie, "")
        return hmac.compare_digest(told.encode(), self.token.encode())

    async def __call__(self, request: Request, go_on: Next) -> Response:
        """Around every request."""
        response = self._refusal(request) or self._welcome(request) or await go_on(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    def _refusal(self, request: Request) -> Response | None:
        if request.headers.get("host", "") not in self.hosts:
            return _no("unknown_address", 421)
        if request.method in READS:
            is_let_in = not self.is_open or self.is_known(request) or "token" in request.query_params
            return None if is_let_in else _no("no_token", 403)
        if not self._is_own(request):
            return _no("other_site", 403)
        return None if self.is_known(request) else _no("no_token", 403)

    def _is_own(self, request: Request) -> bool:
        """A browser says from which site a writing request comes; a program that says nothing has no cookie either."""
        origin = request.headers.get("origin")
        if origin is None:
            return "authorization" in request.headers
        return origin != "null" and urlsplit(origin).netloc in self.hosts

    def _welcome(self, request: Request) -> Response | None:
        """The address that `carnet serve` prints holds the token; it is kept in a cookie and leaves the address."""
        token = request.query_params.get("token")
        if token is None or request.method != "GET":
            return None
        if not hmac.compare_digest(token.encode(), self.token.encode()):
            return _no("no_token", 403)
        rest = request.url.remove_query_params("token")
        place = "/" + rest.path.lstrip("/\\")  # "//other.example/" would lead there
        response = RedirectResponse(f"{place}?{rest.query}" if rest.query else place, 303)
        response.set_cookie(self.cookie, self.token, httponly=True, samesite="strict")
        return response

    def wants_token(self, request: Request) -> None:
        """For what only its holder may read: people, and pictures of pages, which name them."""
        if not self.is_known(request):
            raise HTTPException(403, words()["refused"]["no_token"])


def _no(why: str, status: int) -> Response:
    return PlainTextResponse(words()["refused"][why], status)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
