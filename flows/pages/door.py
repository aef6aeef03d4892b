"""The address at which the pages are to be had, and the server behind it."""

from __future__ import annotations

import socket
from dataclasses import dataclass

from fastapi import FastAPI

from carnet.flows.pages.app import make_app
from carnet.flows.pages.guard import HostGuard
from carnet.flows.settings import Settings
from carnet.warehouse.store.db import open_writer


class Taken(Exception):
    """The address can't be had; one sentence."""


@dataclass(frozen=True)
class Door:
    """`address`: with the token of this start."""

    app: FastAPI
    socket: socket.socket
    address: str


def listen(settings: Settings, host: str, port: int) -> Door:
    """The pages of a warehouse, which is made where there is none; from now on the address is ours."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        taken = socket.create_server((host, port), family=family, backlog=512)
        taken.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # else a part waits 40 ms for a receipt
    except OSError as error:
        raise Taken(f"{host}, port {port}: {error.strerror or error}; take another with --port") from error
    with open_writer(settings.warehouse):  # made, or brought up to date
        pass
    port = taken.getsockname()[1]
    guard = HostGuard.of(host, port)
    shown = f"[{host}]" if ":" in host else host
    return Door(make_app(settings, guard), taken, f"http://{shown}:{port}/?token={guard.token}")


def run(door: Door) -> None:
    """Until somebody ends it."""
    import uvicorn

    config = uvicorn.Config(door.app, log_level="warning", access_log=False, server_header=False, lifespan="on")
    with door.socket:
        uvicorn.Server(config).run(sockets=[door.socket])
