"""Labels of the WTO's forms of notification, by which their points are recognised, in English, French and Spanish.

The wording is that of the notification formats of G/TBT/35 and its revisions (https://docs.wto.org; before it
G/TBT/1, whose forms begin with "Member to Agreement notifying") and of the format of addenda that the recommendation on
the coherent use of notification formats, G/TBT/35, agreed in June 2014. Written from what is documented of them and
not from recorded forms; the long explanations in French and Spanish and the labels of the first years were not at hand
word for word. Where a form has other words its point is left empty.

A label begins with a *head*; *words* are all that may follow until its colon. So a shorter, longer or reordered
explanation ("HS or CCCN where applicable, otherwise …") is the same label.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from content.tbt.items import Language
from crawlers.parsers.tbt_text import phrase


class Point(Enum):
    """What a label announces; the values of some are no part of an item and only end the point before."""

    OPENING = auto()
    MEMBER = auto()
    LOCAL = auto()
    AGENCY = auto()
    HANDLING = auto()
    ARTICLES = auto()
    PRODUCTS = auto()
    TITLE = auto()
    DESCRIPTION = auto()
    OBJECTIVE = auto()
    RELEVANT = auto()
    ADOPTION = auto()
    ENTRY = auto()
    BOTH = auto()
    """Dates of adoption and of entry into force under one label, as forms had it at first."""
    COMMENTS = auto()
    AVAILABLE = auto()
    REASON = auto()
    """The boxes of an addendum."""
    FOOTNOTE = auto()


REPEATED: Final = frozenset({Point.OPENING, Point.LOCAL, Point.HANDLING, Point.FOOTNOTE})
"""No values are taken from these, so that a second one is a cut as the first is."""
NUMBERS: Final = {
    Point.MEMBER: "1",
    Point.AGENCY: "2",
    Point.ARTICLES: "3",
    Point.PRODUCTS: "4",
    Point.TITLE: "5",
    Point.DESCRIPTION: "6",
    Point.OBJECTIVE: "7",
    Point.RELEVANT: "8",
    **dict.fromkeys((Point.ADOPTION, Point.ENTRY, Point.BOTH), "9"),
    Point.COMMENTS: "10",
    Point.AVAILABLE: "11",
}
"""Of the points of a form; a number that stands alone before its label is not of the point above."""
WITHOUT_COLON: Final = frozenset({Point.OPENING, Point.ARTICLES, Point.FOOTNOTE})
"""Their labels go on as a sentence."""


@dataclass(frozen=True, slots=True)
class Head:
    """``anywhere``: unmistakable enough to be seen within a line, where it begins with a capital letter."""

    point: Point
    languages: frozenset[Language]
    anywhere: bool


_HEADS: Final[dict[Point, dict[Language, tuple[str, ...]]]] = {
    Point.OPENING: {
        "en": ("the following (?:notification|communication)", "the attached (?:notification|communication)"),
        "fr": ("la (?:notification|communication) (?:suivante|ci-apres|ci-jointe)",),
        "es": ("se da traslado de la", "la siguiente (?:notificacion|comunicacion)"),
    },
    Point.MEMBER: {
        "en": ("notifying members?", "member notifying", "(?:member|party) to (?:the )?agreement notifying"),
        "fr": ("membres? notifiants?", "(?:membre de|partie a) l'accord adressant la notification"),
        "es": ("miembros? que notifican?", "(?:miembro del|parte en el) acuerdo que notifica"),
    },
    Point.LOCAL: {
        "en": ("if applicable, names? of (?:the )?local governments?",),
        "fr": ("le cas echeant, (?:nom des )?(?:pouvoirs publics locaux|administrations? locales?)",),
        "es": ("(?:si procede|en su caso), nombre del gobierno local",),
    },
    Point.AGENCY: {
        "en": ("agency responsible", "agencies responsible", "responsible agency"),
        "fr": ("organismes? responsables?",),
        "es": ("organismos? responsables?",),
    },
    Point.HANDLING: {
        "en": ("names? and address(?:es)?(?= \\(| of )", "agency or authority designated to handle comments"),
        "fr": (
            "(?:les )?noms? et adresses?(?= \\(| de )",
            "organisme ou autorite designe pour s'occuper des observations",
        ),
        "es": (
            "nombres? y direccion(?:es)?(?= \\(| del? )",
            "organismo o autoridad encargad[oa] de la tramitacion de observaciones",
        ),
    },
    Point.ARTICLES: {
        "en": ("notified under articles?",),
        "fr": ("notification au titre de l'article", "notification au titre des articles", "notifie au titre de"),
        "es": (
            "notificacion hecha en virtud de(?:l articulo| los articulos)",
            "notificad[oa] en virtud de(?:l articulo| los articulos)",
        ),
    },
    Point.PRODUCTS: {"en": ("products? covered",), "fr": ("produits? vises?",), "es": ("productos? abarcados?",)},
    Point.TITLE: {
        "en": ("title, number of pages", "title"),
        "fr": ("(?:intitule|titre), nombre de pages", "intitule", "titre"),
        "es": ("titulo, numero de paginas", "titulo"),
    },
    Point.DESCRIPTION: {
        "en": ("description of (?:the )?contents?", "description"),
        "fr": ("teneur", "description"),
        "es": ("descripcion del contenido", "descripcion"),
    },
    Point.OBJECTIVE: {
        "en": ("objectives? and rationale", "objectives?"),
        "fr": ("objectifs? et (?:justification|raison d'etre)", "objectifs?"),
        "es": ("objetivos? y (?:razon de ser|justificacion)", "objetivos?"),
    },
    Point.RELEVANT: {
        "en": ("relevant documents?",),
        "fr": ("documents? pertinents?",),
        "es": ("documentos? pertinentes?",),
    },
    Point.BOTH: {
        "en": ("proposed dates? of adoption and (?:of )?(?:entry|entering) into force",),
        "fr": ("dates? projetees? pour l'adoption et l'entree en vigueur",),
        "es": ("fechas? propuestas? de adopcion y (?:de )?(?:la )?entrada en vigor",),
    },
    Point.ADOPTION: {
        "en": ("proposed dates? of adoption",),
        "fr": ("dates? (?:projetees?|proposees?|prevues?) (?:pour|de) l'adoption",),
        "es": ("fechas? propuestas? (?:de|para la) adopcion",),
    },
    Point.ENTRY: {
        "en": ("proposed dates? of (?:entry|entering) into force",),
        "fr": ("dates? (?:projetees?|proposees?|prevues?) (?:pour|de) l'entree en vigueur",),
        "es": ("fechas? propuestas? (?:de|para la) entrada en vigor",),
    },
    Point.COMMENTS: {
        "en": ("final dates? for comments?",),
        "fr": ("date limite pour (?:la presentation des|les) observations",),
        "es": ("fecha limite para (?:la presentacion de|presentar) observaciones",),
    },
    Point.AVAILABLE: {
        "en": ("texts?(?:\\(s\\))? available from",),
        "fr": (
            "entites?(?:\\(s\\))? aupres (?:de laquelle|desquelles|de la)",
            "textes?(?:\\(s\\))? disponibles?(?:\\(s\\))? aupres d[eu]s?",
        ),
        "es": ("textos?(?:\\(s\\))? disponibles?(?:\\(s\\))? en",),
    },
    Point.REASON: {
        "en": ("reasons? for (?:the )?addendum",),
        "fr": ("(?:motif|raison)s? de l'addendum",),
        "es": ("(?:motivo|razon)(?:e?s)? del addendum",),
    },
    Point.FOOTNOTE: {
        "en": ("this information can be provided by including",),
        "fr": ("(?:cette information peut|ces renseignements peuvent) etre (?:fournie?s?|communiquee?s?)",),
        "es": ("(?:esta informacion puede|la informacion puede|se puede) (?:facilitar|proporcionar|indicar)(?:se)?",),
    },
}
_WITHIN_A_LINE: Final = frozenset(Point) - {Point.OPENING, Point.FOOTNOTE}
_COMMON: Final = (
    "s es the of and or if where applicable a de du des del la le les l et ou y o el los las en cas caso echeant su d"
)
_WORDS: Final[dict[Point, str]] = {
    Point.LOCAL: (
        "local government governments involved articles article concernes concernees locaux locales pouvoirs publics "
        "administrations se trate articulos articulo que"
    ),
    Point.HANDLING: (
        "including telephone and telefax fax numbers number email e mail electronic website web site sites websites "
        "addresses address available agency authority designated to handle comments regarding concerning on "
        "notification shall be indicated different from above y compris numeros numero adresse adresses courrier "
        "electronique organisme autorite designe designee pour s occuper observations concernant sur est sont "
        "susmentionne "
        "doivent etre indiques indique differents different il ils elle traiter relatives que charge "
        "incluidos incluido telefono asi como direccion direcciones correo electronico sitio sitios paginas pagina "
        "organismo "
        "autoridad encargado encargada tramitacion observaciones sobre notificacion caso trate un una diferente "
        "distinto "
        "se indicaran si son indicada arriba indicado"
    ),
    Point.PRODUCTS: (
        "hs cccn otherwise national tariff heading headings ics numbers number may be provided in addition "
        "position positions sh nccd sinon tarif douanier ics numeros numero peuvent aussi etre indiques "
        "partida partidas sa ncca cuando corresponda otro caso arancel nacional podra podran indicarse ademas proceda"
    ),
    Point.TITLE: (
        "number pages page language languages notified document documents measure text "
        "intitule nombre langue langues texte notifie document mesure notifiee "
        "numero paginas pagina e idioma idiomas documento notificado medida"
    ),
    Point.OBJECTIVE: (
        "including nature urgent problems problem rationale y compris problemes urgents justification "
        "incluida cuando proceda naturaleza problemas urgentes razon ser"
    ),
    Point.AVAILABLE: "body textes texte peuvent etre obtenus obtenu obtenir laquelle desquelles",
    Point.COMMENTS: "observations observaciones presentation presentacion if new",
    Point.DESCRIPTION: "content contents",
}
WORDS: Final = {point: frozenset(f"{_COMMON} {_WORDS.get(point, '')}".split()) for point in Point}

ENQUIRY: Final = re.compile(
    "|".join(
        map(
            phrase,
            (
                "national enquiry points?",
                "points? d'information nationa(?:l|ux)",
                "points? nationa(?:l|ux) d'information",
                "servicios? nacional(?:es)? de informacion",
            ),
        )
    )
)
"""The body that every member has, ticked or not in point 11, before the address of another."""
_ADDRESS: Final = (
    "address telephone telefax fax numbers number email e mail website web site websites sites addresses available "
    "other another body bodies adresse adresses numero numeros courrier electronique disponibles autre un organisme "
    "direccion direcciones telefono correo electronico sitio sitios paginas pagina otra otro institucion organismo "
    "una asi como x"
)
ENQUIRY_WORDS: Final = frozenset(f"{_COMMON} {_ADDRESS}".split())


def _compiled() -> tuple[re.Pattern[str], dict[str, Head]]:
    """All heads as one expression, the longest first, and what each group of it stands for."""
    by_text: dict[str, Head] = {}
    for point, languages in _HEADS.items():
        for language, texts in languages.items():
            for text in texts:
                known = by_text.get(text)
                spoken = (known.languages if known else frozenset()) | {language}
                by_text[text] = Head(point, spoken, point in _WITHIN_A_LINE and " " in text)
    # What BOTH begins with is a head of its own.
    ordered = sorted(by_text.items(), key=lambda one: (one[1].point is not Point.BOTH, -len(one[0])))
    groups = {f"h{at}": head for at, (_text, head) in enumerate(ordered)}
    expression = "|".join(f"(?P<h{at}>{phrase(text)})" for at, (text, _head) in enumerate(ordered))
    return re.compile(rf"(?<![^\W_])(?:{expression})(?![^\W_])"), groups


HEADS, GROUPS = _compiled()
MARKS: Final[dict[Language, re.Pattern[str]]] = {
    "en": re.compile(r"committee on technical|original ?: ?(?:english|french|spanish)|is being circulated"),
    "fr": re.compile(r"comite des obstacles|original ?: ?(?:anglais|francais|espagnol)|est distribuee"),
    "es": re.compile(r"comite de obstaculos|original ?: ?(?:ingles|frances|espanol)|se distribuye"),
}
"""What tells the language of a document without labels."""
