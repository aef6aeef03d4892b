"""The product, field by field: a mission, its contacts, its partners; names are those of the published views."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Literal

from pydantic import Field
from pydantic.config import JsonDict

from carnet.schemas.closed_lists import ClientType as ClientType
from carnet.schemas.declared import Declared
from carnet.schemas.values import Frozen, Precision

Status = Literal["completed", "ongoing"]

PERSONAL: JsonDict = {"personal": True}
"""Marks personal data (`json_schema_extra`): public views and exports are built without these fields."""


class Contact(Frozen):
    """A person (or a mailbox) at the client's. Only what is printed: an e-mail alone has no name."""

    name: str | None = Field(None, description="Nom tel qu'imprimé, sans civilité", json_schema_extra=PERSONAL)
    role: str | None = Field(None, description="Fonction", json_schema_extra=PERSONAL)
    email: str | None = Field(None, description="Courriel, réparé s'il était coupé", json_schema_extra=PERSONAL)
    phone: str | None = Field(None, description="Téléphone (E.164)", json_schema_extra=PERSONAL)
    has_left: bool = Field(False, description="La brochure dit que la personne est partie")


class Mission(Frozen):
    """One reference: what the firm did, for whom, when, for how much."""

    ordinal: int = Field(description="Rang de lecture dans l'édition", examples=[1])
    page_first: int | None = Field(None, description="Première page", examples=[9])
    page_last: int | None = Field(None, description="Dernière page", examples=[9])
    domain: str | None = Field(None, description="Partie de la brochure", examples=["Eau potable"])
    title: str | None = Field(None, description="Ce qui a été fait, sans le client")
    client: str | None = Field(None, description="Donneur d'ordre tel qu'imprimé")
    client_stated: bool = Field(True, description="Faux : déduit du texte, du contact ou du courriel")
    client_type: ClientType | None = Field(None, description="Nature du client")
    client_country: str | None = Field(None, description="Pays du client (ISO 3166-1)", examples=["FR"])
    period_text: str | None = Field(None, description="Période telle qu'imprimée")
    start_date: dt.date | None = Field(None, description="Premier jour du mois ou de l'année imprimés")
    end_date: dt.date | None = Field(None, description="Dernier jour du mois ou de l'année imprimés")
    start_precision: Precision | None = Field(None, description="Précision imprimée du début")
    end_precision: Precision | None = Field(None, description="Précision imprimée de la fin")
    stated_months: int | None = Field(None, description="Durée annoncée en mois")
    status: Status | None = Field(None, description="Terminée ou en cours")
    amount_text: str | None = Field(None, description="Montant tel qu'imprimé")
    amount: Decimal | None = Field(None, description="Honoraires", examples=["29000.00"])
    amount_max: Decimal | None = Field(None, description="Borne haute d'une fourchette")
    currency: str | None = Field(None, description="Monnaie (ISO 4217)", examples=["EUR"])
    tax: Literal["HT", "TTC"] | None = Field(None, description="HT ou TTC")
    context: tuple[str, ...] = Field((), description="Contexte : paragraphes ou puces, dans l'ordre")
    approach: tuple[str, ...] = Field((), description="Approche : paragraphes ou puces, dans l'ordre")
    results: tuple[str, ...] = Field((), description="Résultats : paragraphes ou puces, dans l'ordre")
    contacts: tuple[Contact, ...] = Field((), description="Contacts chez le client")
    partners: tuple[str, ...] = Field((), description="Cotraitants et partenaires de la mission")


DECLARED: dict[str, Declared] = {
    "page_first": Declared("première page", "First page of the mission", answer="page", told_by=("title", "client")),
    "page_last": Declared("dernière page", "Last page of the mission"),
    "domain": Declared("domaine", "Part of the brochure in which the mission stands", compared=True, answer="domain"),
    "title": Declared("intitulé", "What was done, without the client", compared=True, answer="title"),
    "client": Declared("client", "The ordering body as printed", of="client", compared=True, answer="client"),
    "client_stated": Declared(
        "client nommé dans le titre",
        "False: the client was inferred from the text, a contact or an e-mail, and has a finding",
    ),
    "client_type": Declared(
        "type de client",
        "commune, epci, departement, region, etat, groupement, entreprise, association, consulaire, enseignement, "
        "sante, bailleur or autre",
        of="client", answer="client_type", told_by=("client",),
    ),
    "client_country": Declared(
        "pays", "Country of the client (ISO 3166-1)", of="client", answer="country", told_by=("client",)
    ),
    "period_text": Declared("période", "The period as printed", of="period"),
    "start_date": Declared(
        "début", "First day of the printed day, month or year",
        of="period", compared=True, answer="start", told_by=("period", "period_text", "end_date"),
    ),
    "end_date": Declared(
        "fin", "Last day of the printed day, month or year; NULL for a mission without a stated end",
        of="period", compared=True, answer="end", told_by=("period", "period_text", "start_date"),
    ),
    "start_precision": Declared("précision du début", "How precisely the start is printed: day, month or year"),
    "end_precision": Declared("précision de la fin", "How precisely the end is printed: day, month or year"),
    "stated_months": Declared(
        "durée en mois", "Duration in months, where it is printed or follows from \"18 mois à compter de …\"",
        of="period", compared=True, answer="stated_months", told_by=("period", "period_text"),
    ),
    "status": Declared(
        "avancement", "completed or ongoing: at the date of the brochure", compared=True, answer="status"
    ),
    "amount_text": Declared("montant", "The amount as printed", of="amount"),
    "amount": Declared(
        "montant", "Fee of the mission; of a range, its lower end",
        of="amount", compared=True, answer="amount", told_by=("amount_text",),
    ),
    "amount_max": Declared(
        "montant maximal", "Upper end of a printed range",
        of="amount", compared=True, answer="amount_max", told_by=("amount", "amount_text"),
    ),
    "currency": Declared(
        "monnaie", "Currency of the amount (ISO 4217)",
        of="amount", compared=True, answer="currency", told_by=("amount", "amount_text"),
    ),
    "tax": Declared(
        "taxe", "HT (without tax) or TTC (with tax); NULL where it is not printed",
        of="amount", compared=True, answer="tax", told_by=("amount", "amount_text"),
    ),
    "context": Declared("contexte", "Why it was asked for, as bullets or paragraphs in order", compared=True),
    "approach": Declared("démarche", "What the firm did, as bullets or paragraphs in order", compared=True),
    "results": Declared("résultats", "What came of it, as bullets or paragraphs in order", compared=True),
    "contacts": Declared("contacts", "People at the client's", compared=True),
    "partners": Declared("partenaires", "Firms that worked on it too", compared=True),
}  # fmt: skip
"""What else is declared of each attribute of a mission. Tables, views, comparisons, corrections, evaluation and outputs
follow (`fields.py`)."""


class TeamMember(Frozen):
    """A person of the publishing firm."""

    name: str = Field(description="Nom", json_schema_extra=PERSONAL)
    role: str | None = Field(None, description="Fonction", json_schema_extra=PERSONAL)


class Office(Frozen):
    """A place where the publishing firm has an address."""

    city: str
    country: str | None = None
