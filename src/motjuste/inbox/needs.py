"""Signs that a reply states a need: what the person wants, and how they would like to have it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from motjuste.inbox.saying import Read, Reason


@dataclass(frozen=True)
class NeedSign:
    """One sign. With `subject` it says what is needed; the others only say how to go about it.

    The expressions are read in the text as `saying.plain` makes it.
    """

    reason: Reason
    subject: bool
    patterns: tuple[str, ...]


@dataclass(frozen=True)
class FoundNeed:
    """A sign that a reply has, with the words that show it."""

    sign: NeedSign
    words: str

    @property
    def name(self) -> str:
        return self.sign.reason.name

    @property
    def reason(self) -> Reason:
        return self.sign.reason.with_words(self.words)


def _need(name: str, english: str, french: str, *patterns: str, subject: bool = True) -> NeedSign:
    return NeedSign(Reason(name, english, french), subject, patterns)


NEEDS: tuple[NeedSign, ...] = (
    _need(
        "someone-else",
        "asks who could help",
        "demande qui pourrait aider",
        r"\b(?:do you (?:\w+ )?know (?:someone|somebody|anyone|anybody|who)|(?:point|direct|refer) me to|"
        r"introduce me to|"
        r"put me in touch|who (?:should|could|can|else) (?:i|we)|(?:anyone|someone|somebody) you (?:would|"
        r"could) recommend|"
        r"whom? would you)\b",
        r"\b(?:connaissez-vous|connais-tu|connaitriez-vous|auriez-vous) (?:quelqu'un|une personne|un nom|"
        r"des noms|un contact)|"
        r"\b(?:vers|a) qui (?:m'adresser|me tourner|puis-je|pourrais-je|dois-je|\w+ez-vous)|\bme (?:presenter|"
        r"recommander|orienter|diriger) "
        r"(?:a|aupres|vers|quelqu'un)\b|\bme mettre en (?:relation|contact) avec\b",
        r"\b(?:conoce[sn]?|conoceria[s]?) (?:a )?(?:alguien|a quien|quien)|\ba quien (?:puedo|podria|debo|"
        r"dirigirme|\w+ria)|"
        r"\b(?:presentarme|recomendarme|ponerme en contacto)\b",
    ),
    _need(
        "meeting",
        "would like to meet",
        "aimerait vous rencontrer",
        r"\b(?:meet (?:you|up|in person|for|at|on|over)|(?:a|for|have) (?:coffee|lunch|tea)|in person|come by|"
        r"drop by|"
        r"are you (?:going|coming) to|will you be at)\b",
        r"\b(?:(?:vous|te|se|nous) (?:rencontrer|voir|croiser)|(?:prendre|boire|autour d'|offrir) ?(?:un |"
        r"d'un )?(?:cafe|the|verre)|"
        r"dejeuner|de vive voix|en personne|passer (?:vous|te) voir|(?:serez|seras|irez)-(?:vous|tu) (?:a|au|"
        r"aux)|une rencontre)\b",
        r"\b(?:vernos|verle|verla|conocerle|conocerla|conocerte|encontrarnos|quedar para|(?:tomar|"
        r"invitarle a) un cafe|en persona|"
        r"estara en|ira a)\b",
    ),
    _need(
        "advice",
        "asks for an opinion or advice",
        "demande un avis ou un conseil",
        r"\b(?:your (?:opinion|advice|thoughts|view|take|feedback|guidance|help|experience)|(?:some|"
        r"any) advice|advise me|"
        r"a second (?:look|opinion|pair))\b",
        r"\b(?:(?:votre|ton) (?:avis|opinion|conseil|regard|aide|retour|experience|eclairage)|(?:vos|"
        r"tes) (?:conseils|lumieres)|"
        r"(?:un|quelques|des) conseils?|me conseiller|m'aider|m'eclairer)\b",
        r"\b(?:(?:su|tu) (?:opinion|consejo|ayuda|experiencia|punto de vista)|(?:un|algun) consejo|aconsejarme|"
        r"ayudarme|orientarme)\b",
    ),
    _need(
        "question",
        "has a question",
        "a une question",
        r"\b(?:(?:a|one|two|some|few|three) (?:\w+ )?questions?|(?:may|could|can) i ask (?:you|about|whether|"
        r"how|what)|"
        r"i (?:was|am|'m) wondering (?:how|whether|if|what)|how did you)\b",
        r"\b(?:(?:une|deux|trois|quelques|des) (?:\w+ )?questions?|(?:puis-je|pourrais-je|j'aimerais) (?:vous |"
        r"te )?demander|"
        r"je me demand\w+ (?:comment|si|ce)|comment avez-vous)\b",
        r"\b(?:(?:una|dos|tres|unas|algunas) (?:\w+ )?preguntas?|(?:puedo|podria|quisiera) preguntarl?e?|"
        r"como (?:hizo|hiciste))\b",
    ),
    _need(
        "need",
        "says what is needed or looked for",
        "dit ce qui lui manque ou ce que cette personne cherche",
        r"\b(?:(?:i|we) (?:\w+ )?(?:need|require)|(?:i'm|i am|we're|we are) (?:\w+ )?(?:looking|searching) for|"
        r"(?:i'm|i am|we're|we are) (?:\w+ )?trying to|i(?:'d| would) (?:\w+ )?like to (?:learn|understand|"
        r"know|hear)|"
        r"(?:what i (?:need|am looking for)|my need)|i (?:only|just|simply) wanted(?! to (?:connect|say)))\b",
        r"\b(?:(?:j'ai|j'aurais|nous avons|nous aurions|on a|on aurait) (?:\w+ )?besoin|(?:je|nous|on) (?:\w+ )?"
        r"(?:cherche|cherchons|recherche|recherchons)\b|(?:j'essaie|nous essayons) de|"
        r"il (?:me|nous) faudrait|je voulais (?:seulement|juste|simplement)|"
        r"(?:j'aimerais|je voudrais|je souhaite|je souhaiterais) (?:\w+ )?(?:apprendre|comprendre|savoir|"
        r"connaitre))\b",
        r"\b(?:(?:necesito|necesitamos|necesitaria)|(?:busco|buscamos|estoy buscando)|(?:intento|"
        r"intentamos) \w+|(?:solo|solamente) queria|"
        r"(?:me gustaria|quisiera) (?:aprender|entender|saber|conocer))\b",
    ),
    _need(
        "favour",
        "asks for a permission, a text or a few lines",
        "demande une permission, un texte ou quelques lignes",
        r"\b(?:permission (?:to|for)|(?:would|could) you (?:\w+ )?(?:write|send|lend|read|sign|share|answer|"
        r"tell|review)|"
        r"(?:may|could|can) (?:i|we) (?:use|borrow|print|reprint|quote|read))\b",
        r"\b(?:(?:l'autorisation|la permission|le droit) de|(?:\w+ )?(?:ecririez|enverriez|preteriez|liriez|"
        r"signeriez|diriez|"
        r"accepteriez|pourriez)-vous|(?:puis-je|pouvons-nous|pourrais-je) (?:utiliser|emprunter|reproduire|"
        r"citer|avoir|lire))\b",
        r"\b(?:permiso para|(?:podria|puede) (?:escribir|enviar|prestar|leer|firmar|decir|contar)\w*|"
        r"(?:puedo|podemos|podria) (?:usar|utilizar|reproducir|citar|tener|leer))\b",
    ),
    _need(
        "studies",
        "studies, or writes a thesis",
        "fait des études ou écrit un mémoire",
        r"\b(?:my (?:thesis|dissertation|master|phd|studies|internship)|(?:i'm|i am) (?:a|"
        r"an) (?:\w+ )?(?:student|intern|apprentice)|"
        r"an internship)\b",
        r"\b(?:(?:mon|un|ma|une) (?:memoire|these|master|stage|alternance)|(?:je suis|"
        r"etant) (?:\w+ )?(?:etudiante?|stagiaire|"
        r"doctorante?|alternante?)|mes etudes)\b",
        r"\b(?:mi (?:tesis|master|doctorado)|(?:soy|como) (?:\w+ )?(?:estudiante|becari[oa]|doctorand[oa])|"
        r"unas? practicas)\b",
    ),
    _need(
        "position",
        "speaks of a position to fill or to find",
        "parle d’un poste à pourvoir ou à trouver",
        r"\b(?:(?:the|your|a) (?:\w+ )?(?:position|vacancy|opening|job)|(?:i|we)(?:'m|'re| am| are)? (?:apply|"
        r"applied|applying|hiring|"
        r"recruiting)|my (?:application|resume|cv))\b",
        r"\b(?:(?:le|votre|un|au) poste|(?:postuler|postule|candidater)|(?:ma|une) candidature|(?:je|"
        r"nous) recrut\w+|mon cv|"
        r"reconversion|recherche d'emploi)\b",
        r"\b(?:(?:el|su|un) (?:puesto|vacante)|(?:mi|una) candidatura|mi curriculum|(?:estamos )?contratando|"
        r"busco trabajo)\b",
    ),
    _need(
        "publication",
        "prepares an article, an interview or an event",
        "prépare un article, un entretien ou un événement",
        r"\b(?:(?:an|my|the) (?:article|interview|documentary|report|panel|podcast|book|story)|interview you|"
        r"quote you|"
        r"(?:speak|speaker|guest) (?:at|in|on))\b",
        r"\b(?:(?:un|mon|l')(?: )?(?:article|entretien|reportage|documentaire|livre|balado|podcast|dossier|portrait)|"
        r"(?:une|la|notre) (?:interview|enquete|table ronde|emission|exposition|conference)|"
        r"vous (?:interviewer|citer|inviter))\b",
        r"\b(?:(?:un|mi|el) (?:articulo|reportaje|documental|libro|podcast)|una (?:entrevista|mesa redonda|"
        r"exposicion)|"
        r"(?:entrevistarle|entrevistarla|citarle|citarla|invitarle|invitarla))\b",
    ),
    _need(
        "known",
        "recalls that you have met or share something",
        "rappelle une rencontre ou quelque chose en commun",
        r"\b(?:we (?:met|worked|studied|spoke|talked|were)|you (?:may|might) remember|remember me|i was (?:at|"
        r"in) your|"
        r"both (?:of us|members|studied|worked)|suggested (?:that )?i)\b",
        r"\b(?:(?:nous nous sommes|on s'est) (?:\w+ )?(?:rencontre|parle|croise|vu|connu)\w*|(?:nous avons|"
        r"on a) (?:\w+ )?(?:travaille|etudie)|"
        r"vous vous souven\w+|tu te souviens|m'a (?:conseille|suggere|parle de)|j'(?:ai assiste|"
        r"etais) a (?:votre|ton))\b",
        r"\b(?:nos (?:conocimos|vimos|encontramos)|trabajamos juntos|estudiamos juntos|me recuerda|"
        r"me (?:sugirio|aconsejo|hablo de))\b",
    ),
    _need(
        "follow",
        "would like to follow or discuss your work",
        "aimerait suivre votre travail ou en parler",
        r"\b(?:follow your (?:work|posts|blog|writing|research)|(?:discuss|talk about|"
        r"exchange (?:ideas )?(?:on|about)) (?:your|the|our)|"
        r"(?:read|reading) your (?:blog|posts|book|articles?|work|newsletter))\b",
        r"\b(?:(?:suivre|suis|lis|lu|decouvert) (?:\w+ )?(?:votre|vos|ton|tes) (?:travaux|travail|"
        r"publications?|blogu?e?|articles?|livres?|"
        r"ecrits|recherches|infolettre)|echanger (?:avec vous |avec toi )?(?:sur|autour|a propos))\b",
        r"\b(?:(?:seguir|sigo|leo|lei) (?:su|sus|tu|tus) (?:trabajos?|publicaciones|blog|articulos?|libros?)|"
        r"(?:intercambiar|conversar|hablar) (?:ideas )?sobre)\b",
    ),
    _need(
        "video",
        "would like a video call",
        "aimerait un appel vidéo",
        r"\b(?:video call|by video|on (?:zoom|teams|meet))\b",
        r"\b(?:en visio\w*|par visio\w*|(?:une|en) video|sur (?:zoom|teams|meet))\b",
        r"\b(?:videollamada|por (?:video|zoom|teams))\b",
        subject=False,
    ),
    _need(
        "telephone",
        "would like to talk on the telephone",
        "aimerait parler au téléphone",
        r"\b(?:(?:by|on the|over the) (?:tele)?phone|(?:give|call) (?:me|you) (?:a )?(?:call|ring)|(?:call|"
        r"phone|ring) (?:you|me)|"
        r"a (?:\w+ )?(?:phone )?call|talk for)\b",
        r"\b(?:(?:par|au) telephone|(?:vous|m'|t'|s')? ?appel(?:er|ons)|un (?:\w+ )?(?:appel|coup de fil)|"
        r"on s'appelle|telephoner)\b",
        r"\b(?:(?:por|al) telefono|(?:llamarle|llamarla|llamarte|llamarme|llamada|nos llamamos))\b",
        subject=False,
    ),
)

_COMPILED = tuple((sign, re.compile("|".join(f"(?:{each})" for each in sign.patterns))) for sign in NEEDS)


def need_signs(text: str) -> tuple[FoundNeed, ...]:
    """The signs of a need in `text`, in the order of the list; each once, with the words that show it first."""
    read = Read.of(text)
    found = ((sign, pattern.search(read.plain)) for sign, pattern in _COMPILED)
    return tuple(FoundNeed(sign, read.shown(*match.span())) for sign, match in found if match)
