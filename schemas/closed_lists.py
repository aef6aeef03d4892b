"""Words that a value must be one of. They stand alone, for the command line offers them before anything is loaded."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

ClientType = Literal[
    "commune", "epci", "departement", "region", "etat", "groupement", "entreprise", "association",
    "consulaire", "enseignement", "sante", "bailleur", "autre",
]  # fmt: skip

THEME = "theme"
"""The one field of a correction that no brochure prints: the shared theme of a mission, by its code."""


class Origin(StrEnum):
    BROCHURE = "brochure"  # the brochure contradicts itself or leaves something out
    READING = "reading"  # our reading is doubtful


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class FindingCode(StrEnum):
    """What is in question, who is in doubt, and how that is said in English and French. A new code is a line here, and
    whoever yields it: pages, documents and `--code` follow.

    >>> FindingCode("tie").french
    'deux lectures se valent'
    """

    origin: Origin
    english: str
    french: str

    def __new__(cls, code: str, origin: Origin = Origin.READING, english: str = "", french: str = "") -> FindingCode:
        made = str.__new__(cls, code)
        made._value_ = code
        made.origin, made.english, made.french = origin, english, french
        return made

    # what the brochure contradicts or leaves out (FORMAT of the reference answers)
    CLIENT_MISMATCH = (
        "client_mismatch", Origin.BROCHURE, "heading, text or contact name different clients",
        "le client du titre n’est pas celui du texte",
    )  # fmt: skip
    CLIENT_MISSING = ("client_missing", Origin.BROCHURE, "the client is not named", "le client n’est pas nommé")
    DURATION_MISMATCH = (
        "duration_mismatch", Origin.BROCHURE, "the stated duration is not that of the dates",
        "la durée annoncée n’est pas celle des dates",
    )  # fmt: skip
    EMAIL_MALFORMED = (
        "email_malformed", Origin.BROCHURE, "the e-mail address can't be one",
        "l’adresse de courriel est mal formée",
    )  # fmt: skip
    CONTACT_MISSING = ("contact_missing", Origin.BROCHURE, "no contact is given", "aucun contact n’est donné")
    AMOUNT_MISSING = ("amount_missing", Origin.BROCHURE, "no amount is given", "aucun montant n’est donné")
    PERIOD_MISSING = ("period_missing", Origin.BROCHURE, "no period is given", "aucune période n’est donnée")
    DUPLICATE_TITLE = (
        "duplicate_title", Origin.BROCHURE, "one title stands over two missions",
        "le même titre sert deux fois",
    )  # fmt: skip
    DATE_ORDER = ("date_order", Origin.BROCHURE, "the end is before the start", "la fin précède le début")
    TERRITORY_MISMATCH = (
        "territory_mismatch", Origin.BROCHURE,
        "the contact's address, or the text, is of another territory than the client",
        "l’adresse du contact ou le texte est d’un autre territoire que le client",
    )  # fmt: skip
    TITLE_MISSING = ("title_missing", Origin.BROCHURE, "the mission has no title", "la mission n’a pas de titre")
    # where our reading is doubtful
    TIE = ("tie", Origin.READING, "two readings are as good as each other", "deux lectures se valent")
    WEAK_READING = ("weak_reading", Origin.READING, "little speaks for what was read", "lecture peu sûre")
    UNPARSED = (
        "unparsed", Origin.READING, "printed words that were not understood",
        "le texte imprimé n’a pas été compris",
    )  # fmt: skip
    UNREAD_BLOCK = (
        "unread_block", Origin.READING, "a passage that nothing read",
        "un passage n’a été lu par personne",
    )  # fmt: skip
    PAGE_UNREADABLE = ("page_unreadable", Origin.READING, "a page could not be read", "une page n’a pu être lue")
    TEXT_IN_PICTURE = ("text_in_picture", Origin.READING, "text in a picture", "du texte dans une image")
    GARBLED_TEXT = ("garbled_text", Origin.READING, "letters without a meaning", "des lettres illisibles")
    HIDDEN_TEXT = ("hidden_text", Origin.READING, "text that a reader does not see", "du texte caché")
    TURNED_TEXT = ("turned_text", Origin.READING, "text turned on its side", "du texte tourné")
    NO_MISSIONS = ("no_missions", Origin.READING, "no mission was found", "aucune mission trouvée")
    CORRECTION_ASKED = (
        "correction_asked", Origin.READING, "another value is read now than the one that was corrected",
        "la brochure dit autre chose que ce qui fut corrigé",
    )  # fmt: skip
    IDENTITY_DOUBT = (
        "identity_doubt", Origin.READING, "is it the same mission as in the edition before?",
        "est-ce la même mission que dans l’édition précédente ?",
    )  # fmt: skip
    BROCHURE_DOUBT = (
        "brochure_doubt", Origin.READING, "is it an edition of this brochure?",
        "est-ce une édition de cette brochure ?",
    )  # fmt: skip
    CLIENT_DOUBT = (
        "client_doubt", Origin.READING, "is the client this body of the official list?",
        "le client est-il bien cette collectivité ?",
    )  # fmt: skip
    CLIENT_KIND = (
        "client_kind", Origin.READING, "the official list has the client as another kind of body",
        "la liste officielle donne au client une autre forme",
    )  # fmt: skip
    CONTRACT_MISMATCH = (
        "contract_mismatch", Origin.READING, "public contract data, which somebody supplied, say otherwise",
        "les données publiques des marchés, fournies, disent autre chose",
    )  # fmt: skip
    EMPTY_SLOT = (
        "empty_slot", Origin.READING, "most missions have it, none was read here",
        "la plupart des missions l’ont, rien n’a été lu ici",
    )  # fmt: skip
