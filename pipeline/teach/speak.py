"""Draws how one brochure says things: labels, signs, looks."""

from __future__ import annotations

from random import Random

from pipeline.teach.content import Brochure
from pipeline.teach.nodes import Look
from pipeline.teach.voice import Voice
from schemas.roles import Role

_LABELS: dict[Role, tuple[str, ...]] = {
    Role.CLIENT: ("Client", "Maître d'ouvrage", "Commanditaire"),
    Role.TITLE: ("Mission", "Intitulé", "Objet"),
    Role.DOMAIN: ("Domaine", "Thématique"),
    Role.PERIOD: ("Période", "Dates", "Calendrier"),
    Role.START: ("Début", "Démarrage"),
    Role.END: ("Fin", "Livraison"),
    Role.DURATION: ("Durée", "Délai"),
    Role.AMOUNT: ("Montant", "Budget", "Honoraires"),
    Role.CONTACT: ("Contact", "Référent", "Interlocuteur"),
    Role.EMAIL: ("Courriel", "E-mail"),
    Role.PHONE: ("Tél.", "Téléphone"),
    Role.PARTNERS: ("Partenaires", "Cotraitants"),
    Role.STATUS: ("Statut", "Avancement"),
    Role.PLACE: ("Lieu", "Localisation"),
    Role.REFERENCE: ("Référence", "N°"),
    Role.CONTEXT: ("Contexte", "Enjeux"),
    Role.APPROACH: ("Approche", "Démarche", "Notre intervention"),
    Role.RESULTS: ("Résultats", "Livrables"),
}
_ORDER = (Role.CLIENT, Role.PLACE, Role.PERIOD, Role.START, Role.END, Role.DURATION, Role.AMOUNT, Role.STATUS, Role.PARTNERS, Role.CONTACT)


def voice(rng: Random, brochure: Brochure) -> Voice:
    """How this brochure speaks."""
    labels = {role: rng.choice(words) for role, words in _LABELS.items()}
    accent = rng.choice(("#7a1f2b", "#1f5c7a", "#2f6b3a", "#333333"))
    looks = {
        "title": Look(size=rng.choice((11, 13, 16)), bold=True, color=accent),
        "client": Look(size=11, bold=rng.random() < 0.5),
        "label": Look(bold=True),
        "value": Look(),
        "text_label": Look(bold=True, color=accent),
        "text": Look(),
        "domain": Look(size=20, bold=True, color=accent),
        "small": Look(size=7),
        "date": Look(bold=True),
        "kicker": Look(size=8, color=accent, upper=True),
        "head": Look(bold=True),
    }
    order = list(_ORDER)
    rng.shuffle(order)
    return Voice(
        labels=labels,
        head_words=labels,
        label_end=rng.choice((" :", ":", " –", "")),
        looks=looks,
        order=tuple(order),
        accent=accent,
        accent2="#c08a2e",
        tint="#f1ede4",
        bullet=rng.choice(("•", "–", "▪")),
        bar=" | ",
        contact_parts=("name", "role", "email", "phone"),
        contact_joint=rng.choice((", ", " – ", "\n")),
        partner_joint=", ",
        head_form=rng.choice(("{client} : {title}", "{client} – {title}", "{title} ({client})")),
    )
