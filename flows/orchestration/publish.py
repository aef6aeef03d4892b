"""The Prefect flow `publish`: data checks, export, report; scheduled, or after each ingest."""

from __future__ import annotations

from pathlib import Path

from prefect import flow, get_run_logger, task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.states import Completed, Failed

from carnet.flows.orchestration import retrying
from carnet.flows.services import publish as publishing
from carnet.flows.services.publish import Published
from carnet.flows.settings import Settings, read_settings
from carnet.warehouse.disk.errors import WarehouseBusy
from carnet.warehouse.disk.files import private_from_here
from carnet.warehouse.exports.resources import Audience
from carnet.warehouse.exports.terms import USUAL, Terms, license_named


@flow(name="publish", validate_parameters=False)
def publish(
    folder: str,
    warehouse: str | None = None,
    audience: str = "public",
    amounts: bool = True,
    license: str | None = None,
) -> State:
    """Export the data set to `folder` unless a data check fails; the report says what was found and what moved."""
    private_from_here()
    terms = Terms(amounts, license_named(license) if license else None)
    published = give(read_settings(Path(warehouse) if warehouse else None), Path(folder), Audience(audience), terms)
    sentence = publishing.summary(published)
    get_run_logger().log(20 if published.given else 30, "%s", sentence)
    report = publishing.markdown_report(published)
    create_markdown_artifact(report, key="publish-report", description="Checks, and what was published")
    return Completed(message=sentence) if published.given else Failed(message=sentence)


@task(name="check and export", retries=2, retry_delay_seconds=[5, 30], retry_condition_fn=retrying.after(WarehouseBusy),
      cache_policy=NO_CACHE)  # fmt: skip
def give(settings: Settings, folder: Path, audience: Audience, terms: Terms = USUAL) -> Published:
    """`publish` of the services, as a task."""
    return publishing.publish(settings, folder, audience, terms)
