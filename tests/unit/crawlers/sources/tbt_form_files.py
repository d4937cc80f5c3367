"""Forms of notification made from a table of facts, in the wording and the layouts of the WTO's documents.

The facts are those of real notifications, completed where a platform leaves a point out.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

import docx
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table

from content.tbt.items import Language, NotificationItem
from crawlers.parsers.tbt_forms import of_lines

LANGUAGES: tuple[Language, ...] = ("en", "fr", "es")
LAYOUTS = ("rows", "cells", "lines", "apart", "bare")
"""A table of number and point, one with label and value in cells, lines, labels above values, and no numbers at all."""
URL = "https://docs.wto.org/dol2fe/Pages/SS/directdoc.aspx?filename=q:/G/TBTN23/EU1004.docx"
Point = tuple[str, str, str]
"""Number, label with its colon if it has one, value."""


@dataclass(frozen=True)
class Fact:
    """What one notification says. ``pages`` and ``languages`` go together."""

    symbol: str
    circulated: str
    number: str
    agency: str
    articles: tuple[str, ...]
    products: str
    hs: tuple[str, ...]
    ics: tuple[str, ...]
    title: str
    pages: tuple[int, ...]
    languages: tuple[str, ...]
    description: str
    objective: str
    relevant: str
    adoption: str
    entry: str
    comments: str
    files: tuple[str, ...]


FACTS = (
    Fact(
        "G/TBT/N/EU/1004", "2023-09-12", "23-6049", "European Commission", ("2.9.2",), "Biocidal products",
        ("3808",), ("65.100",),
        "Draft Commission Implementing Regulation approving trihydrogen pentapotassium di(peroxomonosulfate)"
        " di(sulfate) as an active substance for use in biocidal products of product-types 2, 3, 4 and 5",
        (3, 3), ("en", "en"),
        "This draft approves the substance under Regulation (EU) No 528/2012, subject to the conditions of its annex.",
        "Harmonisation of the market of biocidal products; Protection of human health or safety; "
        "Protection of the environment",
        "Regulation (EU) No 528/2012 (OJ L 167, 27.6.2012, p. 1)", "4th quarter 2023", "20 days from publication",
        "60 days from notification", ("https://members.wto.org/crnattachments/2023/TBT/EEC/23_12216_00_e.pdf",),
    ),
    Fact(
        "G/TBT/N/CHN/1786", "2025-10-16", "25-6712",
        "State Administration for Market Regulation (Standardization Administration of the P.R.C.)", ("2.9.2",),
        "Quality grading of gramineous seed", ("100310", "100410", "120923", "120924", "120925"), ("65.020.01",),
        "National Standard of the P.R.C., Quality grading for the gramineous seed", (9,), ("zh",),
        "Specifies the technical requirements for quality grading, sample and grade evaluation of gramineous seed.\n"
        "It describes the test methods.",
        "Prevention of deceptive practices and consumer protection; Quality requirements; Cost saving", "-",
        "To be determined", "12 months after approval", "60 days from notification",
        ("https://members.wto.org/crnattachments/2025/TBT/CHN/25_06900_00_x.pdf",),
    ),
    Fact(
        "G/TBT/N/KOR/543", "2014-12-12", "14-7193", "Korean Agency for Technology and Standards (KATS)",
        ("2.9.2", "5.6.2"), "Children's products", ("8715", "95"), ("97.200.50", "97.190"),
        "Enforcement Regulations of the Special Act on the Safety of Children's Products", (53,), ("ko",),
        "Lays down safety certification, safety confirmation and the supplier's declaration of conformity.",
        "Safety of children (articles 17, 23 and 26 of the Act)", "Special Act on the Safety of Children's Products",
        "1 June 2015", "4 June 2015", "12 January 2015", (),
    ),
)  # fmt: skip
ARTICLES = ("2.9.2", "2.10.1", "5.6.2", "5.7.1", "3.2", "7.2")
NAMES = {
    "en": {"en": "English", "zh": "Chinese", "ko": "Korean"},
    "fr": {"en": "anglais", "zh": "chinois", "ko": "coréen"},
    "es": {"en": "inglés", "zh": "chino", "ko": "coreano"},
}
MONTHS = {
    "en": "January February March April May June July August September October November December",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
}
HEADS = {
    "en": ("Committee on Technical Barriers to Trade", "Original: English", "NOTIFICATION",
           "The following notification is being circulated in accordance with Article 10.6"),
    "fr": ("Comité des obstacles techniques au commerce", "Original: anglais", "NOTIFICATION",
           "La notification suivante est communiquée conformément à l'article 10.6."),
    "es": ("Comité de Obstáculos Técnicos al Comercio", "Original: inglés", "NOTIFICACIÓN",
           "Se da traslado de la notificación siguiente de conformidad con el artículo 10.6."),
}  # fmt: skip
MEMBERS = {"en": "EUROPEAN UNION", "fr": "UNION EUROPÉENNE", "es": "UNIÓN EUROPEA"}
LABELS = {
    "en": {
        "member": "Notifying Member:",
        "local": "If applicable, name of local government involved (Article 3.2 and 7.2):",
        "agency": "Agency responsible:",
        "handling": "Name and address (including telephone and fax numbers, email and website addresses, if available) "
        "of agency or authority designated to handle comments regarding the notification shall be indicated if "
        "different from above:",
        "articles": "Notified under Article",
        "products": "Products covered (HS or CCCN where applicable, otherwise national tariff heading. ICS numbers may "
        "be provided in addition, where applicable):",
        "title": "Title, number of pages and language(s) of the notified document:",
        "description": "Description of content:",
        "objective": "Objective and rationale, including the nature of urgent problems where applicable:",
        "relevant": "Relevant documents:",
        "adoption": "Proposed date of adoption:",
        "entry": "Proposed date of entry into force:",
        "comments": "Final date for comments:",
        "available": "Texts available from: National enquiry point {box} or address, telephone and fax numbers and "
        "email and website addresses, if available, of other body:",
    },
    "fr": {
        "member": "Membre notifiant:",
        "local": "Le cas échéant, pouvoirs publics locaux concernés (articles 3.2 et 7.2):",
        "agency": "Organisme responsable:",
        "handling": "Les nom et adresse (y compris les numéros de téléphone et de fax et les adresses de courrier "
        "électronique et de site Web, le cas échéant) de l'organisme ou de l'autorité désigné pour s'occuper des "
        "observations concernant la notification doivent être indiqués s'ils sont différents:",
        "articles": "Notification au titre de l'article",
        "products": "Produits visés (le cas échéant, position du SH ou de la NCCD, sinon position du tarif douanier "
        "national. Les numéros de l'ICS peuvent aussi être indiqués, le cas échéant):",
        "title": "Intitulé, nombre de pages et langue(s) du texte notifié:",
        "description": "Teneur:",
        "objective": "Objectif et justification, y compris la nature des problèmes urgents, le cas échéant:",
        "relevant": "Documents pertinents:",
        "adoption": "Date projetée pour l'adoption:",
        "entry": "Date projetée pour l’entrée en vigueur:",
        "comments": "Date limite pour la présentation des observations:",
        "available": "Entité(s) auprès de laquelle les textes peuvent être obtenus: point d'information national {box} "
        "ou adresse, numéros de téléphone et de fax et adresses de courrier électronique et de site Web, le cas "
        "échéant, d'un autre organisme:",
    },
    "es": {
        "member": "Miembro que notifica:",
        "local": "Si procede, nombre del gobierno local de que se trate (artículos 3.2 y 7.2):",
        "agency": "Organismo responsable:",
        "handling": "Nombre y dirección (incluidos los números de teléfono y de fax, así como las direcciones de "
        "correo electrónico y sitios web, en su caso) del organismo o autoridad encargado de la tramitación de "
        "observaciones sobre la notificación, en caso de que se trate de un organismo o autoridad diferente:",
        "articles": "Notificación hecha en virtud del artículo",
        "products": "Productos abarcados (partida del SA o de la NCCA cuando corresponda; en otro caso partida del "
        "arancel nacional. Podrá indicarse además, cuando proceda, el número de partida de la ICS):",
        "title": "Título, número de páginas e idioma(s) del documento notificado:",
        "description": "Descripción del contenido:",
        "objective": "Objetivo y razón de ser, incluida, cuando proceda, la naturaleza de los problemas urgentes:",
        "relevant": "Documentos pertinentes:",
        "adoption": "Fecha propuesta de adopción:",
        "entry": "Fecha propuesta de entrada en vigor:",
        "comments": "Fecha límite para la presentación de observaciones:",
        "available": "Textos disponibles en: Servicio nacional de información {box} o dirección, números de teléfono y "
        "de fax y direcciones de correo electrónico y sitios web, en su caso, de otra institución:",
    },
}
OTHERS = {"en": "Other:", "fr": "autres:", "es": "otros:"}
PAGES = {"en": "{} page(s), in {}", "fr": "{} page(s), en {}", "es": "{} página(s), en {}"}
CODES = {
    "en": "(HS code(s): {}); (ICS code(s): {})",
    "fr": "(Code(s) du SH: {}); (Code(s) de l'ICS: {})",
    "es": "(Código(s) del SA: {}); (Código(s) de la ICS: {})",
}
ENQUIRY = {
    "en": "National enquiry point",
    "fr": "point d'information national",
    "es": "Servicio nacional de información",
}


def item(lines: list[str], url: str = URL) -> NotificationItem:
    (found,) = of_lines(lines, url)
    assert isinstance(found, NotificationItem), found
    return found


def written(day: str, language: Language) -> str:
    """``2023-09-12`` as the head of a document has it."""
    year, month, number = day.split("-")
    of = " de " if language == "es" else " "
    return f"{int(number)}{of}{MONTHS[language].split()[int(month) - 1]}{of}{year}"


def head(fact: Fact, language: Language) -> list[str]:
    committee, original, kind, opening = HEADS[language]
    return [fact.symbol, written(fact.circulated, language), f"({fact.number})", committee, original, kind, opening]


def points(fact: Fact, language: Language, box: tuple[str, str] = ("[X]", "[ ]")) -> list[Point]:
    """All points of a form; ``box`` is a box that is ticked and one that is not."""
    label = LABELS[language]
    boxes = ", ".join(f"{one} {box[0] if one in fact.articles else box[1]}" for one in ARTICLES)
    notes = ", ".join(
        f"({PAGES[language].format(pages, NAMES[language][spoken])})"
        for pages, spoken in zip(fact.pages, fact.languages, strict=True)
    )
    codes = CODES[language].format(", ".join(fact.hs), "; ".join(fact.ics))
    files = "\n".join(fact.files)
    return [
        ("1.", label["member"], MEMBERS[language]),
        ("", label["local"], ""),
        ("2.", label["agency"], fact.agency),
        ("", label["handling"], "Enquiry Point, Fax: +(32) 2 299 80 43, https://example.org/enquiry"),
        ("3.", label["articles"], f"{boxes}, {OTHERS[language]}"),
        ("4.", label["products"], f"{fact.products}; {codes}"),
        ("5.", label["title"], f"{fact.title}; {notes}\n{files}".strip()),
        ("6.", label["description"], fact.description),
        ("7.", label["objective"], fact.objective),
        ("8.", label["relevant"], fact.relevant),
        ("9.", label["adoption"], fact.adoption),
        ("", label["entry"], fact.entry),
        ("10.", label["comments"], fact.comments),
        ("11.", label["available"].format(box=box[0]), "Ministry of Trade\nhttps://example.org/texts"),
    ]


def lines(header: Sequence[str], made: Sequence[Point], *, apart: bool = False, numbers: bool = True) -> list[str]:
    """A form as lines: the value beside its label, or below it."""
    text = list(header)
    for number, label, value in made:
        first = f"{number} {label}".strip() if numbers else label
        text += [first, value] if apart else [f"{first} {value}"]
    return "\n".join(text).split("\n")


def docx_form(header: Sequence[str], made: Sequence[Point], layout: str) -> bytes:
    document = docx.Document()
    for line in header:
        document.add_paragraph(line)
    if layout in ("rows", "cells"):
        table = document.add_table(rows=0, cols=2 if layout == "rows" else 3)
        for number, label, value in made:
            cells = table.add_row().cells
            texts = (number, f"{label} {value}") if layout == "rows" else (number, label.rstrip(":"), value)
            for cell, text in zip(cells, texts, strict=True):
                cell.text = text
    else:
        for line in lines((), made, apart=layout == "apart", numbers=layout != "bare"):
            document.add_paragraph(line)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def pdf_form(header: Sequence[str], made: Sequence[Point], layout: str) -> bytes:
    """With lines that are wrapped: in a table of number and point, or as paragraphs."""
    style = getSampleStyleSheet()["BodyText"]
    parts: list[Flowable] = [Paragraph(line, style) for line in header]
    if layout == "rows":
        rows = [
            [Paragraph(number, style), [Paragraph(line, style) for line in f"{label} {value}".split("\n")]]
            for number, label, value in made
        ]
        parts.append(Table(rows, colWidths=(30, 420), style=[("VALIGN", (0, 0), (-1, -1), "TOP")]))
    else:
        for line in lines((), made, apart=layout == "apart", numbers=layout != "bare"):
            parts += [Paragraph(line, style), Spacer(1, 6)]
    target = io.BytesIO()
    SimpleDocTemplate(target, pagesize=A4).build(parts)
    return target.getvalue()


@dataclass(frozen=True)
class Addendum:
    """The wording of an addendum: ``boxes`` in the order of the format, with what follows each label."""

    head: tuple[str, ...]
    title: str
    reason: str
    boxes: tuple[str, ...]
    symbol: str
    deadline: str
    description: str
    months: tuple[str, str]


ADDENDA: dict[Language, Addendum] = {
    "en": Addendum(
        ("Committee on Technical Barriers to Trade", "NOTIFICATION", "Addendum",
         "The following communication, dated 18 July 2025, is being circulated at the request of the delegation of the "
         "Separate Customs Territory of Taiwan, Penghu, Kinmen and Matsu."),
        "Title:", "Reason for Addendum:",
        ("Comment period changed - date:", "Notified measure adopted - date:", "Notified measure published - date:",
         "Notified measure enters into force - date:", "Text of final measure available from1:",
         "Notified measure withdrawn or revoked - date:",
         "Content or scope of notified measure changed and text available from1:",
         "Interpretive guidance issued and text available from1:", "Other:"),
        "Relevant symbol if measure re-notified:", "New deadline for comments (if applicable):", "Description:",
        ("18 July 2025", "1 August 2025"),
    ),
    "fr": Addendum(
        ("Comité des obstacles techniques au commerce", "NOTIFICATION", "Addendum",
         "La communication ci-après, datée du 18 juillet 2025, est distribuée à la demande de la délégation du "
         "Territoire douanier distinct de Taiwan, Penghu, Kinmen et Matsu."),
        "Intitulé:", "Motif de l'addendum:",
        ("Modification du délai pour la présentation des observations - date:",
         "Adoption de la mesure notifiée - date:", "Publication de la mesure notifiée - date:",
         "Entrée en vigueur de la mesure notifiée - date:",
         "Texte de la mesure finale disponible à l'adresse suivante1:",
         "Retrait ou abrogation de la mesure notifiée - date:",
         "Modification de la teneur ou du champ d'application de la mesure notifiée et texte disponible à l'adresse "
         "suivante1:",
         "Publication de directives d'interprétation et texte disponible à l'adresse suivante1:", "Autres:"),
        "Cote pertinente en cas de nouvelle notification de la mesure:",
        "Nouveau délai pour la présentation des observations (le cas échéant):", "Description:",
        ("18 juillet 2025", "1er août 2025"),
    ),
    "es": Addendum(
        ("Comité de Obstáculos Técnicos al Comercio", "NOTIFICACIÓN", "Addendum",
         "La siguiente comunicación, de fecha 18 de julio de 2025, se distribuye a petición de la delegación del "
         "Territorio Aduanero Distinto de Taiwán, Penghu, Kinmen y Matsu."),
        "Título:", "Motivo del addendum:",
        ("Modificación del plazo para presentar observaciones - fecha:", "Adopción de la medida notificada - fecha:",
         "Publicación de la medida notificada - fecha:", "Entrada en vigor de la medida notificada - fecha:",
         "Texto de la medida definitiva disponible en1:", "Retiro o derogación de la medida notificada - fecha:",
         "Modificación del contenido o del ámbito de aplicación de la medida notificada y texto disponible en1:",
         "Publicación de directrices interpretativas y texto disponible en1:", "Otro motivo:"),
        "Signatura pertinente si se vuelve a notificar la medida:",
        "Nuevo plazo para presentar observaciones (si procede):", "Descripción:",
        ("18 de julio de 2025", "1 de agosto de 2025"),
    ),
}  # fmt: skip
