"""Public or private: by kind, else by name, else open."""

from __future__ import annotations

from typing import get_args

import pytest

from carnet.schemas.mission import ClientType
from carnet.warehouse.exports.recipients import nature

CASES = [
    ("Ville de Brenoux", "commune", "public"),
    ("Chambre d'agriculture des Vals", "consulaire", "public"),
    ("Parc naturel du Lys", "groupement", "public"),
    ("Brenoux Transports", "entreprise", "private"),
    ("Association des Vals", "association", "private"),
    ("UNIVERSITÉ DE BRENOUX", "enseignement", "public"),
    ("Le Lys Université", "enseignement", "public"),
    ("Université catholique du Lys", "enseignement", "private"),
    ("Lycée des Vals", "enseignement", None),
    ("CHU de Brenoux", "sante", "public"),
    ("Chuvin Santé", "sante", None),
    ("Clinique publique du Lys", "sante", "private"),
    ("OPH des Vals", "bailleur", "public"),
    ("SA d’HLM Le Lys", "bailleur", "private"),
    ("Vals Habitat", "bailleur", None),
    ("Agence publique du Lys", "autre", "public"),
    ("Agence du Lys", "autre", None),
    ("Université de Brenoux", None, None),
    (None, None, None),
    (None, "commune", "public"),
]


@pytest.mark.parametrize(("client", "client_type", "expected"), CASES)
def test_nature(client: str | None, client_type: str | None, expected: str | None) -> None:
    assert nature(client, client_type) == expected


def test_every_kind_is_known_or_left_to_the_name() -> None:
    told = {kind: nature(None, kind) for kind in get_args(ClientType)}
    assert {kind for kind, side in told.items() if side is None} == {"enseignement", "sante", "bailleur", "autre"}
