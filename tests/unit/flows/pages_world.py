"""The pages of a small warehouse, asked as a browser or a program asks."""

from __future__ import annotations

from pathlib import Path

from fastapi.testclient import TestClient

from carnet.flows.pages.app import make_app
from carnet.flows.pages.guard import HostGuard
from carnet.flows.settings import Settings

HOST = "127.0.0.1:8765"
OWN = {"Origin": f"http://{HOST}"}
TOKEN = "only-in-tests"


def client_of(warehouse: Path, *, token: bool = False) -> TestClient:
    """`token`: as whoever opened the printed address."""
    guard = HostGuard(HostGuard.of("127.0.0.1", 8765).hosts, token=TOKEN)
    settings = Settings(warehouse, use_prefect=False)
    client = TestClient(make_app(settings, guard), base_url=f"http://{HOST}", follow_redirects=False)
    if token:
        client.cookies.set(guard.cookie, TOKEN)
    return client
