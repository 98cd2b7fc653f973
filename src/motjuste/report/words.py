"""What the statistics say in English and French: headings, what each number counts, and how numbers are "
"written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class Words:
    """All that the statistics say in one language; `{}` and names in braces stand for numbers."""

    language: str
    thousands: str
    decimal: str
    percent: str
    months: tuple[str, ...]
    date: str
    title: str
    as_of: str
    since: str
    nothing: str
    nothing_since: str
    made_here: str
    month: str
    template: str
    no_template: str
    total: str
    earlier: str
    later: str
    each_most: str

    now: str
    now_means: str
    open: str
    undecided_now: str
    answered_now: str
    due: str
    notes_left: str
    notes_used: str
    notes_mean: str
    of: str

    received: str
    received_means: str
    received_none: str
    verdicts: Mapping[str, str] = field(default_factory=dict)

    answers: str
    answers_mean: str
    answers_none: str
    asked: str
    answered: str
    share: str
    too_few: str

    days: str
    days_mean: str
    days_none: str
    days_few: str
    days_told: str
    day_axis: str

    texts: str
    texts_mean: str
    texts_none: str
    texts_by_template: str
    typed: str
    copied: str

    saved: str
    saved_means: str
    saved_none: str
    saved_told: str
    left_out: str
    keystrokes: str
    time: str

    sent: str
    sent_means: str
    sent_none: str
    with_note: str
    without_note: str
    accepted: str
    withdrawn: str

    def number(self, value: float, digits: int = 0) -> str:
        """A number as this language writes it."""
        written = f"{abs(value):,.{digits}f}".replace(",", "\0").replace(".", self.decimal)
        # Negative numbers are rare enough for the simple sign, which every terminal has.
        sign = "-" if value < 0 and float(f"{value:.{digits}f}") else ""
        return sign + written.replace("\0", self.thousands)

    def percentage(self, share: float) -> str:
        """A share from 0 to 1 as whole per cent."""
        return self.percent.format(self.number(share * 100))

    def month_name(self, month: str) -> str:
        """A month such as "2026-02" in words: "Feb 2026"."""
        year, _, number = month.partition("-")
        return f"{self.months[int(number) - 1]} {year}"

    def day_of(self, at: datetime) -> str:
        """The date in words, and the time."""
        return self.date.format(day=at.day, month=self.months[at.month - 1], year=at.year, time=f"{at:%H:%M}")

    def duration(self, minutes: float) -> str:
        """A time in hours and minutes: "3 h 05 min"."""
        whole = round(abs(minutes))
        hours, rest = divmod(whole, 60)
        sign = "-" if minutes < 0 and whole else ""
        said = f"{self.number(hours)}\u00a0h {rest:02}\u00a0min" if hours else f"{rest}\u00a0min"
        return sign + said

    def template_name(self, name: str) -> str:
        """A template's name, or the words for none."""
        return name or self.no_template


ENGLISH = Words(
    language="en",
    thousands=",",
    decimal=".",
    percent="{}%",
    months=("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    date="{day} {month} {year}, {time}",
    title="Your invitations in numbers",
    as_of="As of {}",
    since="months since {}",
    nothing="Nothing is recorded yet. Import your invitations with 'motjuste inbox import FILE', or type a "
    "trigger such as invitlin while 'motjuste daemon start' is at work.",
    nothing_since="Nothing is recorded since {since}; the first month with something is {first}.",
    made_here="Made by motjuste on this computer, from its own record alone. This page loads nothing and "
    "tells nobody; it names no person.",
    month="Month",
    template="Template",
    no_template="(none named)",
    total="Total",
    earlier="earlier",
    later="later",
    each_most="Each strip begins at 0 and has the same scale; its highest month is labelled where there is "
    "room.",
    now="Now",
    now_means="Open: received, and neither accepted nor removed as far as recorded. No decision yet: open, "
    "with neither a verdict of yours nor an answer. Answered: open, and the person wrote back after your "
    "last decision. Due: open, unanswered, and the day to look again has come.",
    open="Open",
    undecided_now="No decision yet",
    answered_now="Answered, your turn",
    due="Due",
    notes_left="Notes left this month",
    notes_used="Notes this month",
    notes_mean="Notes this month: invitations with a note that you sent this month, and people for whom a "
    "note was typed or copied without an invitation that is recorded since. Notes written elsewhere count "
    "once your data export is imported.",
    of="{} of {}",
    received="Invitations received",
    received_means="By the month in which the invitation came, and by your newest verdict on it. Undecided: "
    "no verdict of yours is recorded.",
    received_none="No invitation is recorded yet: 'motjuste inbox import FILE' reads them.",
    verdicts={
        "accept": "Accept",
        "ask": "Ask",
        "decline": "Decline",
        "ignore": "Ignore",
        "look": "Look",
        "undecided": "Undecided",
    },
    answers="Answers by template",
    answers_mean="Written to: received invitations for which a text was typed or copied while your verdict "
    "was to ask or to decline, or you had none yet, by that text's template. Answered: of these, how many "
    "the record has an answer to. No share is told for fewer than {fewest}. Templates go to different "
    "people: a higher share does not make the better text.",
    answers_none="No reply to an invitation has been written yet.",
    asked="Written to",
    answered="Answered",
    share="Share",
    too_few="too few",
    days="Days to answer",
    days_mean="From the moment at which the text was typed or copied to that of the answer, as recorded. "
    "People who have not answered are not in it. Nothing is told of fewer than {fewest} answers.",
    days_none="No answer is recorded yet.",
    days_few="Answers so far: {count}; too few to tell how long they take.",
    days_told="{count} answers: a quarter came within {lower} days, half within {median}, three quarters "
    "within {upper}.",
    day_axis="{} days",
    texts="Texts written",
    texts_mean="Typed: a trigger became a text for a person. Copied: a text for a person went to the "
    "clipboard. By the month in which it happened; what was taken back does not count.",
    texts_none="No text is recorded yet.",
    texts_by_template="Texts by template",
    typed="Typed",
    copied="Copied",
    saved="Typing saved",
    saved_means="Keystrokes: the characters of typed texts less those of the trigger, the longest where a "
    "template has several. Time: what these keystrokes would have taken at {speed} characters a minute "
    "(--typing-speed). Copied texts are not counted.",
    saved_none="No typed text is recorded yet.",
    saved_told="Typed texts counted: {}.",
    left_out="Left out for want of a known length or trigger: {}.",
    keystrokes="Keystrokes saved",
    time="Time saved",
    sent="Invitations sent",
    sent_means="By the month in which you sent them, and what is recorded of them since. A note does not "
    "explain who accepts: you chose who got one.",
    sent_none="No invitation that you sent is recorded yet.",
    with_note="With note",
    without_note="Without",
    accepted="Accepted",
    withdrawn="Withdrawn",
)

FRENCH = Words(
    language="fr",
    thousands="\u202f",
    decimal=",",
    percent="{}\u00a0%",
    months=(
        "janv.",
        "févr.",
        "mars",
        "avr.",
        "mai",
        "juin",
        "juill.",
        "août",
        "sept.",
        "oct.",
        "nov.",
        "déc.",
    ),
    date="{day} {month} {year}, {time}",
    title="Vos invitations en chiffres",
    as_of="Au {}",
    since="mois depuis {}",
    nothing="Rien n’est enregistré pour l’instant. Importez vos invitations avec «\u00a0motjuste inbox "
    "import FICHIER\u00a0», ou tapez un déclencheur comme invitlin pendant que «\u00a0motjuste daemon "
    "start\u00a0» travaille.",
    nothing_since="Rien n’est enregistré depuis {since}\u202f; le premier mois qui compte quelque chose est "
    "{first}.",
    made_here="Page faite par motjuste sur cet ordinateur, à partir de son seul registre. Elle ne charge "
    "rien et n’informe personne\u202f; elle ne nomme personne.",
    month="Mois",
    template="Modèle",
    no_template="(sans modèle)",
    total="Total",
    earlier="avant",
    later="après",
    each_most="Chaque bande part de 0, à la même échelle\u202f; son mois le plus haut porte son nombre "
    "quand il y a la place.",
    now="En ce moment",
    now_means="Ouvertes\u00a0: reçues, et ni acceptées ni retirées d’après le registre. À décider\u00a0: "
    "ouvertes, sans verdict de votre part ni réponse. À vous\u00a0: ouvertes, et la personne a répondu "
    "après votre dernière décision. À revoir\u00a0: ouvertes, sans réponse, et le jour prévu pour y revenir "
    "est là.",
    open="Ouvertes",
    undecided_now="À décider",
    answered_now="Réponse reçue, à vous",
    due="À revoir",
    notes_left="Notes restantes du mois",
    notes_used="Notes du mois",
    notes_mean="Notes du mois\u00a0: les invitations avec une note envoyées ce mois-ci, et les personnes "
    "pour qui une note a été tapée ou copiée sans invitation enregistrée depuis. Les notes écrites ailleurs "
    "comptent une fois votre export de données importé.",
    of="{} sur {}",
    received="Invitations reçues",
    received_means="Selon le mois où l’invitation est arrivée et votre dernier verdict. Sans verdict\u00a0: "
    "aucun verdict de votre part n’est enregistré.",
    received_none="Aucune invitation n’est enregistrée\u00a0: «\u00a0motjuste inbox import FICHIER\u00a0» "
    "les lit.",
    verdicts={
        "accept": "Accepter",
        "ask": "Demander",
        "decline": "Décliner",
        "ignore": "Ignorer",
        "look": "À voir",
        "undecided": "Sans verdict",
    },
    answers="Réponses par modèle",
    answers_mean="Écrit à\u00a0: les invitations reçues pour lesquelles un texte a été tapé ou copié quand "
    "votre verdict était de demander ou de décliner, ou que vous n’en aviez pas encore, selon le modèle de "
    "ce texte. Réponses\u00a0: celles qui ont reçu une réponse, d’après le registre. Aucune part n’est "
    "donnée pour moins de {fewest}. Les modèles vont à des personnes différentes\u00a0: une part plus haute "
    "ne fait pas un meilleur texte.",
    answers_none="Aucune réponse à une invitation n’a encore été écrite.",
    asked="Écrit à",
    answered="Réponses",
    share="Part",
    too_few="trop peu",
    days="Jours jusqu’à la réponse",
    days_mean="Du moment où le texte a été tapé ou copié jusqu’à celui de la réponse, d’après le registre. "
    "Les personnes qui n’ont pas répondu n’y sont pas. Rien n’est dit de moins de {fewest} réponses.",
    days_none="Aucune réponse n’est enregistrée pour l’instant.",
    days_few="Réponses jusqu’ici\u00a0: {count}\u202f; trop peu pour dire combien de temps elles prennent.",
    days_told="{count} réponses\u00a0: un quart en {lower} jours au plus, la moitié en {median}, les trois "
    "quarts en {upper}.",
    day_axis="{} jours",
    texts="Textes écrits",
    texts_mean="Tapés\u00a0: un déclencheur est devenu un texte pour une personne. Copiés\u00a0: un texte "
    "pour une personne est allé dans le presse-papiers. Selon le mois où cela s’est passé\u202f; ce qui a "
    "été annulé ne compte pas.",
    texts_none="Aucun texte n’est enregistré pour l’instant.",
    texts_by_template="Textes par modèle",
    typed="Tapés",
    copied="Copiés",
    saved="Frappe épargnée",
    saved_means="Frappes\u00a0: les caractères des textes tapés moins ceux du déclencheur, le plus long "
    "quand un modèle en a plusieurs. Temps\u00a0: ce que ces frappes auraient pris à {speed} caractères par "
    "minute (--typing-speed). Les textes copiés ne sont pas comptés.",
    saved_none="Aucun texte tapé n’est enregistré pour l’instant.",
    saved_told="Textes tapés qui comptent\u00a0: {}.",
    left_out="Laissés de côté, faute de longueur ou de déclencheur connu\u00a0: {}.",
    keystrokes="Frappes épargnées",
    time="Temps épargné",
    sent="Invitations envoyées",
    sent_means="Selon le mois de l’envoi, et ce que le registre en sait depuis. La note n’explique pas qui "
    "accepte\u00a0: vous avez choisi à qui en écrire une.",
    sent_none="Aucune invitation envoyée n’est enregistrée pour l’instant.",
    with_note="Avec note",
    without_note="Sans note",
    accepted="Acceptées",
    withdrawn="Retirées",
)


def words_for(language: str) -> Words:
    """French for those who write French, English for all others."""
    return FRENCH if language.replace("_", "-").partition("-")[0].lower() == "fr" else ENGLISH
