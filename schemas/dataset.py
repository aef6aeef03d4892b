"""What `carnet export` gives as one nested JSON file; its JSON Schema is made from these models."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from pydantic import ConfigDict, Field

from carnet.schemas.finding import FindingCode, Origin, Severity
from carnet.schemas.mission import Mission, TeamMember
from carnet.schemas.values import Frozen


class Doubt(Frozen):
    """Something to be checked before the value is used."""

    code: FindingCode = Field(description="Nature du constat")
    origin: Origin = Field(description="brochure : elle se contredit ou se tait ; reading : notre lecture est douteuse")
    severity: Severity = Field(description="Gravité")
    field: str | None = Field(description="Champ dont il est question")
    page: int | None = Field(description="Page")


class MissionRecord(Mission):
    """A mission with where it comes from and what is in question about it."""

    mission_id: str = Field(description="Identifiant, le même dans toutes les éditions")
    brochure: str = Field(description="Série de documents que l'entreprise publie et republie")
    edition_id: str = Field(description="Édition dont elle vient")
    firm: str | None = Field(description="Entreprise qui publie la brochure")
    findings: tuple[Doubt, ...] = Field(description="Constats")


class EditionRecord(Frozen):
    """A document that was read."""

    edition_id: str = Field(description="Identifiant du document")
    brochure: str = Field(description="Série dont il est")
    firm: str | None = Field(description="Entreprise qui le publie")
    file_name: str = Field(description="Nom du fichier")
    sha256: str = Field(description="Empreinte du fichier")
    pages: int | None = Field(description="Nombre de pages")
    edition_date: dt.date | None = Field(description="Date de l'édition")
    is_current: bool = Field(description="La plus récente de sa brochure")


class OfficeRecord(Frozen):
    """A place where a firm has an address."""

    edition_id: str = Field(description="Édition dont elle vient")
    city: str = Field(description="Ville")
    country: str | None = Field(description="Pays (ISO 3166-1)")


class WebsiteRecord(Frozen):
    """A firm's website."""

    edition_id: str = Field(description="Édition dont elle vient")
    url: str = Field(description="Adresse telle qu'imprimée")


class TeamRecord(TeamMember):
    """A person of a firm, with the edition that names them."""

    edition_id: str = Field(description="Édition dont elle vient")


class Dataset(Frozen):
    """Références d'une ou de plusieurs entreprises, lues dans leurs brochures."""

    model_config = ConfigDict(title="Références")

    editions: tuple[EditionRecord, ...] = Field(description="Documents lus")
    offices: tuple[OfficeRecord, ...] = Field(description="Implantations")
    websites: tuple[WebsiteRecord, ...] = Field(description="Sites internet")
    team: tuple[TeamRecord, ...] = Field((), description="Équipe")
    missions: tuple[MissionRecord, ...] = Field(description="Missions des éditions en cours")


def json_schema(*, public: bool, without: Collection[str] = ()) -> dict[str, Any]:
    """JSON Schema (2020-12) of the file; the public's has no property that is personal, nor one that holds such.
    `without`: properties of missions that are left out too."""
    schema = Dataset.model_json_schema()
    if public:
        _drop_personal(schema)
    for name in without:
        schema["$defs"]["MissionRecord"]["properties"].pop(name, None)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def properties(schema: dict[str, Any], record: str) -> list[str]:
    """Names of a record's properties.

    >>> "contacts" in properties(json_schema(public=True), "MissionRecord")
    False
    """
    return list(schema["$defs"][record]["properties"])


def _drop_personal(schema: dict[str, Any]) -> None:
    definitions = schema["$defs"]
    personal = {
        name for name, one in definitions.items() if any(p.get("personal") for p in one.get("properties", {}).values())
    }
    for name in personal:
        del definitions[name]
    for definition in (schema, *definitions.values()):
        for name in [n for n, p in definition.get("properties", {}).items() if _names(p) & personal]:
            del definition["properties"][name]
            if name in definition.get("required", ()):
                definition["required"].remove(name)


def _names(part: Any) -> set[str]:  # a piece of JSON Schema
    """Names of the definitions it refers to."""
    if isinstance(part, dict):
        own = {str(part["$ref"]).rsplit("/", 1)[-1]} if "$ref" in part else set()
        return own.union(*(_names(value) for value in part.values()))
    if isinstance(part, list):
        return set().union(*(_names(item) for item in part))
    return set()
