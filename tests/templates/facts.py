"""What each message that ships is told in the tests: its facts, one by one and together, in each language."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

Facts = dict[str, str]


def _together(**values: tuple[str, ...]) -> tuple[Facts, ...]:
    """Every combination of these values."""
    return tuple(dict(zip(values, chosen, strict=True)) for chosen in product(*values.values()))


_TOPIC = ("", "Les archives sonores", "sur la lecture à voix haute", "typographie")
_GROUP = ("", "Édition au Québec", "« Le papier »")
_LINK = ("", "https://carnets.example")
_EVENT = ("", "le Salon du livre", "Salon du livre", "VivaTech", "la foire de Francfort", "un dîner à Lyon")

FACTS: Mapping[str, tuple[Facts, ...]] = {
    "invite": _together(
        reason=("", "J’ai lu un article à propos de ce sujet.", "un article sur les archives ouvertes"),
        link=_LINK,
    ),
    "invite-event": _together(event=_EVENT, topic=_TOPIC),
    "invite-article": _together(
        work=("article", "post", "book", "talk", "podcast"),
        title=("", "“Le goût du papier”"),
        point=(
            "",
            "Le passage sur les lecteurs du soir.",
            "On a envie de relire Colette.",
            "lire moins",
        ),
    ),
    "invite-group": _together(group=_GROUP, topic=_TOPIC),
    "invite-contact": _together(mutual=("", "Alexandre Petit"), role=("shared", "suggested"), topic=_TOPIC),
    "invite-school": _together(school=("", "l’Université Laval", "HEC Montréal"), topic=_TOPIC),
    "invite-alumni": _together(group=_GROUP, topic=_TOPIC),
    "invite-candidate": _together(
        position=("", "Éditrice", "DRH"),
        noticed=("", "L’année en librairie", "On y voit trois langues et dix ans de librairie."),
        link=_LINK,
    ),
    "invite-recruiter": _together(
        seeking=("posting", "spontaneous"),
        position=("", "Éditrice"),
        brings=("", "Dix ans de librairie", "J’ai dix ans de librairie derrière moi."),
        link=_LINK,
    ),
    "invite-interview": _together(
        piece=("article", "report", "podcast"),
        subject=("", "La lecture à l’école"),
        medium=("", "La Gazette du livre"),
        deadline=("", "Jeudi", "avant le 3 mars"),
    ),
    "invite-standing": _together(
        reason=("", "Un livre comme celui-là m’a appris à relire."),
        question=("", "Par où commencer aujourd’hui"),
    ),
    "decline": _together(
        pleased_by=("note", "shared_interest", "kind_words", "nothing"),
        reason=("not_met", "other_field", "weak_ties", "impartial"),
        interest=("", "la typographie"),
    ),
    "accept": _together(
        pleased_by=("note", "shared_interest", "nothing"),
        answer=("", "La question sur les archives est une vraie question."),
    ),
    "ask": ({}, {"days": "10"}, {"days": "1"}),
    "ask-friendly": _together(noticed=("", "Le travail sur les archives", "On y parle de reliure.")),
    "ask-brief": ({},),
    "answer-need": _together(
        wish=("connect", "meet"), need=("", "Un avis sur un manuscrit."), when=("", "Jeudi à 10 h")
    ),
    "answer-call": _together(by=("phone", "video"), when=("", "Jeudi à 10 h")),
    "answer-introduce": _together(
        someone=("", "Alexandre Petit"),
        why=("", "Il restaure des bandes magnétiques depuis vingt ans."),
        how=("i_write", "they_write"),
        address=("", "alex@atelier.example"),
    ),
    "answer-pitch": ({},),
    "thanks-accepting": _together(topic=_TOPIC),
    "follow-up": _together(
        event=("", "le Salon du livre"),
        topic=_TOPIC,
        promised=("", "L’adresse de l’imprimeur."),
        next=("", "Un appel la semaine prochaine"),
    ),
    "follow-up-decline": _together(after=("meeting", "reminder"), reason=("time", "fit", "choice")),
    "inmail-reply": _together(
        answer=("interested", "later", "declined"),
        about=("", "Le poste d’éditrice"),
        questions=("", "Le lieu et la fourchette de salaire"),
    ),
    "inmail-subject": _together(
        answer=("interested", "later", "declined"), about=("", "Le poste d’éditrice")
    ),
    "signature": ({},),
    "introduction": ({},),
    "my-doors": ({},),
    "my-email": ({},),
    "my-phone": ({},),
    "my-website": ({},),
    "today": _together(written=("long", "full", "short")),
}

ENGLISH = {
    "La question sur les archives est une vraie question.": "The question about archives is a real one.",
    "la typographie": "typography",
    "J’ai lu un article à propos de ce sujet.": "I read an article on this subject.",
    "un article sur les archives ouvertes": "an article on open archives",
    "Un avis sur un manuscrit.": "An opinion on a manuscript.",
    "Jeudi à 10 h": "Thursday at 10",
    "Les archives sonores": "sound archives",
    "sur la lecture à voix haute": "about reading aloud",
    "typographie": "the way we set type",
    "Édition au Québec": "Publishing in Québec",
    "« Le papier »": "“Paper”",
    "le Salon du livre": "the Book Fair",
    "Salon du livre": "Book Fair",
    "la foire de Francfort": "the Frankfurt fair",
    "un dîner à Lyon": "a dinner in Lyon",
    "“Le goût du papier”": "«The taste of paper»",
    "Le passage sur les lecteurs du soir.": "The passage on evening readers.",
    "On a envie de relire Colette.": "It makes one want to read Colette again.",
    "lire moins": "how to read less",
    "l’Université Laval": "the University of Ottawa",
    "DRH": "HR manager",
    "L’année en librairie": "Your year in a bookshop",
    "On y voit trois langues et dix ans de librairie.": "You have three languages and ten years of bookselling.",
    "Éditrice": "Editor",
    "Dix ans de librairie": "ten years of bookselling",
    "J’ai dix ans de librairie derrière moi.": "I have ten years of bookselling behind me.",
    "La lecture à l’école": "reading at school",
    "La Gazette du livre": "The Book Gazette",
    "Jeudi": "Thursday",
    "avant le 3 mars": "before 3 March",
    "Un livre comme celui-là m’a appris à relire.": "Your book taught me to read again.",
    "Par où commencer aujourd’hui": "Where would you begin today",
    "Le travail sur les archives": "Your work on archives",
    "On y parle de reliure.": "It speaks of bookbinding.",
    "Il restaure des bandes magnétiques depuis vingt ans.": "He has been restoring tapes for twenty years.",
    "L’adresse de l’imprimeur.": "The printer’s address.",
    "Un appel la semaine prochaine": "A call next week",
    "Le poste d’éditrice": "The editor’s position",
    "Le lieu et la fourchette de salaire": "The place and the salary range",
}

SPANISH = {
    "La question sur les archives est une vraie question.": "La pregunta sobre los archivos es una pregunta de verdad.",
    "la typographie": "la tipografía",
    "J’ai lu un article à propos de ce sujet.": "He leído un artículo sobre este tema.",
    "un article sur les archives ouvertes": "un artículo sobre los archivos abiertos",
    "Un avis sur un manuscrit.": "Una opinión sobre un manuscrito.",
    "Jeudi à 10 h": "Jueves a las 10",
    "Les archives sonores": "Los archivos sonoros",
    "sur la lecture à voix haute": "sobre la lectura en voz alta",
    "typographie": "tipografía",
    "Édition au Québec": "Edición en español",
    "« Le papier »": "«El papel»",
    "le Salon du livre": "la Feria del Libro",
    "Salon du livre": "Feria del Libro",
    "la foire de Francfort": "el Congreso de Archivos",
    "un dîner à Lyon": "una cena en Lyon",
    "“Le goût du papier”": "“El gusto del papel”",
    "Le passage sur les lecteurs du soir.": "El pasaje sobre los lectores de la noche.",
    "On a envie de relire Colette.": "Dan ganas de releer a Colette.",
    "lire moins": "leer menos",
    "l’Université Laval": "la Universidad de Salamanca",
    "DRH": "CEO",
    "L’année en librairie": "El año de librería",
    "On y voit trois langues et dix ans de librairie.": "Se ven tres idiomas y diez años de librería.",
    "Éditrice": "Editora",
    "Dix ans de librairie": "Diez años de librería",
    "J’ai dix ans de librairie derrière moi.": "Tengo diez años de librería a mis espaldas.",
    "La lecture à l’école": "La lectura en la escuela",
    "La Gazette du livre": "La Gaceta del Libro",
    "Jeudi": "Jueves",
    "avant le 3 mars": "antes del 3 de marzo",
    "Un livre comme celui-là m’a appris à relire.": "Un libro como ese me enseñó a releer.",
    "Par où commencer aujourd’hui": "Por dónde empezar hoy",
    "Le travail sur les archives": "El trabajo sobre los archivos",
    "On y parle de reliure.": "Se habla ahí de encuadernación.",
    "Il restaure des bandes magnétiques depuis vingt ans.": "Restaura cintas magnéticas desde hace veinte años.",
    "L’adresse de l’imprimeur.": "La dirección de la imprenta.",
    "Un appel la semaine prochaine": "Una llamada la semana que viene",
    "Le poste d’éditrice": "El puesto de editora",
    "Le lieu et la fourchette de salaire": "El lugar y la franja salarial",
}
