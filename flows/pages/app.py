"""The application: every page and the API behind one door."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from importlib.metadata import version

from anyio import to_thread
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException as PlainException
from starlette.responses import JSONResponse, Response
from starlette.staticfiles import StaticFiles

from carnet.flows.catalogue import for_pages
from carnet.flows.pages import api, board, drop, explorer, lists, review, sheets
from carnet.flows.pages.guard import HostGuard
from carnet.flows.pages.house import HERE, House, house_of, show
from carnet.flows.pages.words import mistake
from carnet.flows.services.desk import Desk
from carnet.flows.services.page_views import PageViews
from carnet.flows.settings import Settings
from carnet.warehouse.ask.shared import Shared
from carnet.warehouse.disk.errors import QueryError, WarehouseBusy, WarehouseError

THREADS = 200
"""Some wait in theirs for a page to be drawn, or for their turn to write."""
TELLING = ("/api/missions", "/api/facets", "/api/editions", "/api/changes", "/api/findings")
"""Answers that follow from the warehouse alone."""
SHOWING = ("/missions/", "/dashboard", "/editions")
"""So do these pages, and the first one."""


def make_app(settings: Settings, guard: HostGuard) -> FastAPI:
    """Pages and API of one warehouse. No page of FastAPI's own: they load scripts from elsewhere."""
    app = FastAPI(
        title="carnet", version=version("carnet"), summary="References read from brochures, each value with its source",
        docs_url=None, redoc_url=None, openapi_url=None, lifespan=_lifespan,
    )  # fmt: skip
    shared = Shared(settings.warehouse)
    app.state.house = House(settings, guard, shared, PageViews(settings), Desk(settings, shared.writing))
    for part in (api, explorer, review, sheets, lists, board, drop):
        app.include_router(part.router)
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")
    app.middleware("http")(_remembered)
    app.middleware("http")(guard)
    for kind, answer in ((PlainException, _refused), (RequestValidationError, _misasked), (WarehouseError, _trouble)):
        app.add_exception_handler(kind, answer)  # type: ignore[arg-type]  # Starlette: any exception
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    to_thread.current_default_thread_limiter().total_tokens = THREADS
    yield
    app.state.house.desk.close()


async def _remembered(request: Request, go_on: Callable[[Request], Awaitable[Response]]) -> Response:
    """ETags, made of the state of the warehouse's file: who has the answer already gets it without a question asked,
    and what was answered once is kept until the file changes."""
    path = request.url.path
    if path.startswith("/static/"):
        response = await go_on(request)
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response
    house = house_of(request)
    is_telling = path.startswith(TELLING)
    if request.method != "GET" or not (is_telling or path == "/" or _is_shown(path)):
        response = await go_on(request)
        response.headers.setdefault("Cache-Control", "no-store")
        return response
    state = house.state(request)
    if is_telling and state in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers={"ETag": state, "Cache-Control": "no-cache"})
    response = await house.answers.of(state, lambda: go_on(request))
    if is_telling and response.status_code == 200:
        response.headers["ETag"] = state
    response.headers.setdefault("Cache-Control", "no-cache" if is_telling else "no-store")
    return response


def _is_shown(path: str) -> bool:
    """Pages with pictures of originals do not follow from the warehouse alone."""
    return path.startswith(SHOWING) and "/pages/" not in path


def _refused(request: Request, error: PlainException) -> Response:
    return _told(request, error.status_code, str(error.detail))


def _misasked(request: Request, error: RequestValidationError) -> Response:
    first = error.errors()[0]
    return _told(request, 422, mistake(str(first["loc"][-1]), first["type"], first.get("ctx", {})))


def _trouble(request: Request, error: WarehouseError) -> Response:
    status = 503 if isinstance(error, WarehouseBusy) else 422 if isinstance(error, QueryError) else 500
    return _told(request, status, str(error))


def _told(request: Request, status: int, said: str) -> Response:
    """In French, to readers and to programs."""
    sentence = for_pages(said)
    if request.url.path.startswith("/api/") or request.headers.get("accept") == "application/json":
        return JSONResponse({"detail": sentence}, status)
    return show(request, "trouble.html", status, status=status, sentence=sentence)
