"""Signs that a text wants to sell something: each is named, explained and shown with the words that gave it.

A sign is never a verdict. Those of `SELLING` say what is for sale; those of `ASKING` are how a sale begins, and how a
journalist, a student or a recruiter begins too. `looks_like_a_pitch` wants one of the first and any other beside it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from motjuste.inbox.saying import Read, Reason


@dataclass(frozen=True)
class Sign:
    """One sign: what it says, whether it speaks of something for sale, and the expressions that show it.

    The expressions are read in the text as `plain` makes it: small letters, no accents, straight quotes.
    `except_after` are words right before it that make it something else, as in “thanks for our quick call”.
    """

    reason: Reason
    sells: bool
    patterns: tuple[str, ...]
    except_after: str = ""


@dataclass(frozen=True)
class FoundSign:
    """A sign that a text has, with the words that show it."""

    sign: Sign
    words: str

    @property
    def name(self) -> str:
        return self.sign.reason.name

    @property
    def sells(self) -> bool:
        return self.sign.sells

    @property
    def reason(self) -> Reason:
        return self.sign.reason.with_words(self.words)


def _sign(name: str, english: str, french: str, *patterns: str, sells: bool, except_after: str = "") -> Sign:
    return Sign(Reason(name, english, french), sells, patterns, except_after)


_NUMBER = r"(?:\d+|ten|fifteen|twenty|thirty|dix|quinze|vingt|trente|diez|quince|veinte|treinta)"
# What was already said or done, in three languages: a call of yesterday is no pitch.
_BEFORE = (
    r"(?:our|notre|nuestra|nuestro|that|the|ce|cet|cette|le|last|dernier|thanks for|thank you for|merci pour|"
    r"merci de|"
    r"gracias por|after|apres|suite a|following|during|pendant|lors de|enjoyed|aime|about|a propos de)(?: \w+)?"
)

SELLING = (
    _sign(
        "result",
        "promises a result in numbers",
        "promet un résultat chiffré",
        r"\b(?:increas|boost|grow|improv|rais|lift|double|triple|cut|reduc|sav|lower|generat|scal)\w*\b[^.!?]{0,60}"
        r"\b\d+ ?(?:%|x\b|percent\b|k\b|\$|€|leads\b|clients\b)",
        r"\b(?:augment|boost|developp|amelior|doubl|tripl|redui|econom|divis|multipli|gener|gagn)\w*\b[^.!?]{0,60}"
        r"\b\d+ ?(?:%|pour ?cent\b|k\b|€|leads\b|clients\b|rdv\b|rendez-vous\b)",
        r"\b(?:aument|increment|dobl|duplic|triplic|reduc|ahorr|mejor|multiplic|gener)\w*\b[^.!?]{0,60}"
        r"\b\d+ ?(?:%|por ciento\b|k\b|€|leads\b|clientes\b)",
        r"\b(?:\d+x (?:your|more|their)|(?:double|triple) your|(?:doublez|triplez|doubler|tripler) (?:votre|"
        r"vos|ton|tes)|"
        r"(?:dobl|duplic|triplic)\w* (?:tu|tus|su|sus))\b",
        rf"\b(?:sav|wast|gain|free up|win back|gagn|perd|econom|liber|recuper|ahorr|pierd|"
        rf"gan)\w* {_NUMBER} (?:hours|heures|horas)\b",
        r"\b(?:twice|three times) as (?:many|much|fast)\b|\b(?:deux|trois|2|3) fois plus\b|\bel (?:doble|triple)\b",
        r"\b(?:page one of google|first page of google|premiere page (?:de|sur) google|primera pagina (?:de|"
        r"en) google)\b",
        sells=True,
    ),
    _sign(
        "helps-others",
        "says whom the sender helps to do what",
        "dit qui cette personne aide à faire quoi",
        r"\b(?:i|we) (?:help|support|assist|enable|empower) (?!at\b|in\b|out\b|with\b|my\b|the\b|him\b|her\b|them\b)"
        r"(?:[\w-]+[ ,&/]+){1,7}?(?:to )?(?:get|find|grow|build|make|save|increase|boost|win|reach|scale|"
        r"improve|generate|"
        r"reduce|automate|hire|attract|sell|achieve|become|land|cut|double|unlock|create|turn|stand|close|manage)\b",
        r"\b(?:helped|working with|worked with|trusted by) (?:over |more than )?\d+",
        r"\b(?:aide|accompagne) (?:plus de |deja )?\d+|\b(?:ayudado|acompanado) a (?:mas de )?\d+",
        r"\b(?:j'|nous |on )(?:aide|aidons|accompagne|accompagnons) (?:les |des |"
        r"vos )?(?:[\w'-]+[ ,&/]+){1,7}?(?:a|dans|pour)\b",
        r"\b(?:ayudo|ayudamos|acompano|acompanamos|apoyo|apoyamos) a (?:[\w-]+[ ,&/]+){1,7}?(?:a|para|en)\b",
        sells=True,
    ),
    _sign(
        "offer",
        "speaks of a price, a discount or something free",
        "parle d’un prix, d’une remise ou de quelque chose de gratuit",
        r"[$€£] ?\d+|\b\d+(?:[.,]\d+)? ?(?:€|euros?\b|\$|dollars?\b|£)",
        r"\bfree (?:trial|audit|demo|consultation|assessment|strategy|session|quote|report|ebook|webinar|"
        r"sample|access|training)\b",
        r"\b(?:discount|special offer|limited offer|exclusive offer|no obligation|money.back|free of charge|"
        r"competitive (?:rates|prices?)|"
        r"(?:send|get) you a quote|pay less|name your price|your budget)\b",
        r"\b(?:essai|audit|diagnostic|bilan|session|demo|consultation|webinaire|livre blanc|guide|simulation|"
        r"etude|seance|"
        r"formation)s? (?:\w+ )?(?:gratuite?s?|offerte?s?)\b",
        r"\b(?:sans engagement|tarif preferentiel|offre speciale|offre exclusive|devis|remise de|prix imbattable|"
        r"code promo|offre de lancement|tarifs? (?:avantageux|competitifs?)|(?:a|aux|petits) prix (?:doux|"
        r"casses|mini)|petits prix|"
        r"seance decouverte|(?:payer|payez) moins|faire economiser|fais economiser)\b",
        r"\b(?:prueba|auditoria|consulta|sesion|demo|diagnostico|guia|formacion) (?:\w+ )?gratis\b|"
        r"\b(?:prueba|auditoria|consulta|sesion|guia) gratuita\b|"
        r"\b(?:descuento|oferta especial|oferta limitada|presupuesto gratis|sin compromiso|pagar menos|mejor precio|"
        r"precios competitivos)\b",
        r"\b(?:price list|our (?:prices|rates|brochure)|(?:month|week|year|trial|shipping) free|\d+ ?% (?:less|"
        r"off|cheaper))\b",
        r"\b(?:nos (?:tarifs|prix|offres)|notre brochure|\d+ ?% (?:de moins|moins cher|offerts)|"
        r"mois (?:gratuit|offert)s?)\b",
        r"\b(?:nuestros precios|nuestras? (?:tarifas?|folleto)|nuestro folleto|\d+ ?% menos|mes gratis)\b",
        sells=True,
    ),
    _sign(
        "product",
        "presents a product, an agency or a service of theirs",
        "présente son produit, son agence ou son service",
        r"\b(?:our|my) (?:new |own |unique |innovative |ai |all-in-one )?(?:solution|platform|agency|services?|"
        r"software|"
        r"product|catalogue|catalog|tool|app|programme?|offer|offering|saas|coaching|course|masterclass|crm)\b",
        r"\b(?:we (?:specialise|specialize) in|(?:leader|leaders|leading provider|number one|specialist) (?:in|"
        r"of)|on behalf of)\b",
        r"\b(?:sommes specialises|(?:leaders?|specialistes?|numero un) (?:de|des|du|dans|en)|"
        r"au nom de la societe|notre equipe intervient)\b",
        r"\b(?:somos (?:lideres|especialistas) en|lideres? (?:en|de)|en nombre de la empresa)\b",
        r"\b(?:we|i)(?:'ve| have)? (?:just )?(?:developed|built|created|"
        r"launched) (?:an? )?(?:\w+ ){0,2}(?:tool|app|platform|"
        r"software|solution|crm|saas)\b",
        r"\b(?:notre|mon|nos|ma) (?:nouvelle |nouveau |propre )?(?:solutions?|plateforme|agence|services?|"
        r"logiciel|produits?|"
        r"catalogue|outil|application|programme|offre|accompagnement|coaching|methode|masterclass|crm)\b",
        r"\b(?:avons|ai) (?:developpe|cree|lance|concu) (?:une? )?(?:\w+ ){0,2}(?:outil|application|plateforme|"
        r"logiciel|"
        r"solution|crm)\b",
        r"\b(?:nuestra|nuestro|nuestros|mi|mis) (?:nueva |nuevo )?(?:solucion(?:es)?|plataforma|agencia|"
        r"servicios?|software|"
        r"catalogo|producto|herramienta|aplicacion|programa|oferta|metodo)\b",
        r"\b(?:hemos|he) (?:desarrollado|creado|lanzado) (?:una? )?(?:\w+ ){0,2}(?:herramienta|aplicacion|"
        r"plataforma|software|"
        r"solucion|crm)\b",
        sells=True,
        except_after=r"(?:used|liked|love|recommended|tried|utilise|recommande|teste)(?: \w+)?",
    ),
    _sign(
        "demo",
        "offers a demonstration",
        "propose une démonstration",
        r"\b(?:(?:a|quick|short|live|product|free) demo|demo of|show you (?:how|a demo)|book a demo)\b",
        r"\b(?:(?:une|courte|rapide|petite) (?:demo|demonstration)|vous (?:montrer|presenter) (?:comment|notre|"
        r"la demo|en)|"
        r"te (?:montrer|presenter) (?:comment|notre))\b",
        r"\b(?:(?:una|breve|rapida) (?:demo|demostracion)|(?:mostrarte|mostrarle|ensenarte|ensenarle|"
        r"presentarte|presentarle) (?:como|nuestr\w+))\b",
        sells=True,
    ),
    _sign(
        "business-words",
        "speaks of leads, prospects or growth of your business",
        "parle de prospects, de clients ou de croissance de votre activité",
        r"\b(?:leads?\b(?! (?:the|a|an|our|to|us|my)\b)|qualified (?:meetings?|appointments?|prospects?)|"
        r"lead generation|"
        r"(?:grow|scale|skyrocket|accelerate) your (?:business|company|revenue|sales|agency|brand|linkedin)|"
        r"(?:more|new|high.ticket|paying) (?:clients|customers|sales)|roi|your (?:pipeline|sales team|revenue|"
        r"turnover|bottom line)|"
        r"outbound|cold (?:email|outreach)|high.ticket)\b",
        r"\b(?:prospection|rendez-vous qualifies|rdv qualifies|(?:nouveaux|plus de|davantage de) (?:clients|"
        r"prospects|contrats)|"
        r"(?:votre|ton) (?:chiffre d'affaires|ca|acquisition|visibilite|tresorerie|roi|prospection)|"
        r"generation de leads|"
        r"(?:developper|booster|faire decoller|accelerer) (?:votre|ton) (?:activite|business|entreprise|"
        r"chiffre|visibilite|marque))\b",
        r"\b(?:(?:nuevos|mas) (?:clientes|ventas)|(?:tu|su|vuestra) (?:facturacion|negocio|cartera|pipeline)|"
        r"captacion de clientes|"
        r"(?:hacer crecer|escalar|impulsar) (?:tu|su|vuestro) (?:negocio|empresa|marca))\b",
        r"\b(?:(?:my|our) (?:clients|customers)|(?:mes|nos) clients|(?:mis|nuestros) clientes)\b",
        r"\b(?:what|how much) do you pay|\bcombien payez-vous|\bcuanto paga\b",
        sells=True,
    ),
    _sign(
        "income",
        "speaks of income, investment or money to be made",
        "parle de revenus, de placement ou d’argent à gagner",
        r"\b(?:passive income|extra income|additional income|financial freedom|side income|crypto|forex|trading|"
        r"investment opportunit\w+|work from home|be your own boss|network marketing|six.figure)\b",
        r"\b(?:complements? de revenus?|revenus? (?:complementaires?|passifs?|additionnels?)|liberte financiere|"
        r"independance financiere|defiscalis\w+|placements? (?:immobilier|rentable)s?|"
        r"investissement (?:locatif|rentable)|"
        r"optimis\w+ (?:votre|vos|ta) (?:fiscalite|impots?|patrimoine)|vente directe|"
        r"travail\w* de chez (?:vous|soi))\b",
        r"\b(?:ingresos (?:extra|pasivos|adicionales)|libertad financiera|oportunidad de (?:inversion|negocio)|"
        r"criptomonedas|desde casa|tu propio jefe)\b",
        sells=True,
    ),
    _sign(
        "pressure",
        "presses: few places, a last day",
        "presse : peu de places, un dernier jour",
        r"\b(?:only \d+ (?:spots?|places?|seats?)|(?:spots?|places?|seats?) (?:left|remaining)|limited (?:time|"
        r"spots|places|seats)|"
        r"today only|this week only|last chance|before it's too late|act now|don't miss)\b",
        r"\b(?:plus que \d+ places?|(?:dernieres?|quelques) places?|places? (?:limitees?|disponibles?|restantes?)|"
        r"aujourd'hui seulement|offre valable|avant qu'il ne soit trop tard|ne manquez pas|ne ratez pas|"
        r"derniere chance)\b",
        r"\b(?:solo hoy|ultimas? plazas?|plazas? limitadas?|solo quedan|ultima oportunidad|oferta valida|"
        r"no te (?:lo )?pierdas)\b",
        sells=True,
    ),
)

ASKING = (
    _sign(
        "calendar",
        "gives a link to a calendar, or asks for a slot to be booked",
        "donne un lien d’agenda ou fait réserver un créneau",
        r"\b(?:calendly\.com|cal\.com/|savvycal|meetings\.hubspot|hubspot\.com/meetings|youcanbook|zcal\.|tidycal|"
        r"outlook\.office365\.com/owa/calendar|bookings|doodle\.com|zeeg\.)\S*",
        r"\b(?:book|pick|grab|choose|schedule|reserve) (?:a |your |any )?(?:\w+ )?(?:slot|time|call|meeting|"
        r"appointment)\b|\bmy calendar\b",
        r"\b(?:reserv\w*|choisi\w*|bloqu\w*|pren\w*|plac\w*) (?:directement )?(?:un |votre |ton |une )?(?:\w+ )?"
        r"(?:creneau|rendez-vous|rdv|appel)\b|\b(?:dans|sur|via|voici) mon (?:agenda|calendrier)\b",
        r"\b(?:reserv\w*|agend\w*|eleg\w*) (?:una? |tu |su )?(?:\w+ )?(?:hueco|cita|llamada|reunion|hora)\b|"
        r"\bmi (?:agenda|calendario)\b",
        sells=False,
    ),
    _sign(
        "minutes",
        "asks for some minutes",
        "demande quelques minutes",
        rf"\b{_NUMBER} ?-?(?:min|mins|minutes?|minutos)\b",
        sells=False,
        except_after=_BEFORE,
    ),
    _sign(
        "call",
        "proposes a call",
        "propose un appel",
        r"\b(?:(?:quick|short|brief|intro|introductory|discovery|strategy|15.minute) (?:call|chat|zoom|meeting)|"
        r"(?:hop|jump|get) on a (?:\w+ )?(?:call|zoom))\b",
        r"\b(?:(?:petit|rapide|bref|court|premier) (?:appel|call|echange telephonique|coup de fil)|"
        r"appel (?:rapide|decouverte|de decouverte|strategique)|(?:un|se faire un) (?:call|zoom|visio)|(?:en|"
        r"de) visio|"
        r"echange (?:telephonique|rapide|en visio))\b",
        r"\b(?:(?:breve|rapida|corta|pequena) (?:llamada|reunion|videollamada)|(?:llamada|reunion) (?:breve|"
        r"rapida|corta))\b",
        sells=False,
        except_after=_BEFORE,
    ),
    _sign(
        "open-to",
        "asks whether you are open to something, or the right person for it",
        "demande si vous êtes ouvert à quelque chose, ou la bonne personne pour cela",
        r"\b(?:(?:are|would) you (?:be )?(?:open|interested|available)|right person|who (?:handles|"
        r"is in charge|takes care)|"
        r"does (?:that|this|it) (?:sound|make sense)|worth a (?:chat|conversation|call)|want to (?:know|hear|"
        r"see|learn) (?:how|more)|"
        r"(?:tell|show) you (?:more|how|about it)|interested(?= ?\?)|number to reach you)\b",
        r"\b(?:(?:seriez|etes|serais|es)-(?:vous|tu) (?:ouvert|interesse|disponible|dispo|partant|preneur)\w*|"
        r"(?:seriez|etes)-vous la (?:bonne )?personne|bonne personne|bon interlocuteur|bonne interlocutrice|"
        r"cela (?:vous|t')\W?(?:interesse|parle)\w*|ca vous (?:interesse|parle|dit)\w*|(?:pourrait|"
        r"devrait) vous interesser|"
        r"(?:voulez|souhaitez)-vous (?:en savoir|en parler|savoir comment)|(?:dis|explique|montre) (?:comment|tout)|"
        r"numero pour vous joindre|interessee?s? \?)",
        r"\b(?:(?:estarias|estaria|estas|esta) (?:abierto|abierta|interesado|interesada|disponible)|"
        r"persona (?:adecuada|indicada)|"
        r"te (?:interesa|interesaria)|le (?:interesa|interesaria)|(?:te|se) lo (?:explico|cuento)|"
        r"quiere[ns]? saber (?:mas|como))\b|¿hablamos\b",
        sells=False,
    ),
    _sign(
        "your-profile",
        "praises the profile without naming anything in it",
        "loue le profil sans rien en nommer",
        r"\b(?:(?:impressive|impressed (?:by|with) your|amazing|great|interesting|inspiring) (?:profile|"
        r"background|career|experience)|"
        r"(?:came across|stumbled (?:up)?on|noticed|found|saw|checking out|looked at) your profile)\b",
        r"\b(?:(?:tombee? sur|decouvert|vu|parcouru|consulte|remarque|attire par|interpelle par|"
        r"impressionnee? par) (?:avec interet )?"
        r"(?:votre|ton) (?:profil|parcours)|(?:votre|ton) (?:profil|parcours) (?:m'a|a retenu|a attire|est (?:tres )?"
        r"(?:impressionnant|inspirant|interessant|remarquable)))",
        r"\b(?:(?:he visto|vi|encontre|encontrado con) (?:tu|su) perfil|(?:tu|su) (?:perfil|"
        r"trayectoria) (?:me ha|me parece|es (?:muy )?"
        r"(?:impresionante|interesante)))\b",
        sells=False,
    ),
    _sign(
        "like-you",
        "speaks of people or companies like you",
        "parle de gens ou d’entreprises comme vous",
        r"\b\w+s like (?:you|yours)\b",
        r"\b\w+[sx] comme (?:vous|toi|la votre|le votre|les votres)\b|\bgens comme (?:vous|toi)\b",
        r"\b\w+s como (?:tu|usted|ustedes|la suya|el suyo|la tuya)\b",
        sells=False,
    ),
    _sign(
        "synergies",
        "speaks of synergies or of a gain for both",
        "parle de synergies ou de gain pour les deux",
        r"\b(?:synerg(?:y|ies)|mutual(?:ly)? (?:benefi\w+|interest)|win.win|explore (?:how|ways|opportunit\w+|"
        r"a collaboration)|"
        r"potential (?:collaboration|partnership))\b",
        r"\b(?:synergies?|gagnant.gagnant|mutuellement benefique|explorer (?:comment|les|des|ensemble|"
        r"une collaboration)|"
        r"opportunites? (?:de collaboration|d'affaires|business))\b",
        r"\b(?:sinergias?|ganar.ganar|beneficio mutuo|explorar (?:como|una colaboracion|posibilidades|"
        r"oportunidades))\b",
        sells=False,
    ),
)

SIGNS: tuple[Sign, ...] = SELLING + ASKING
_LINKS = Reason("several-links", "holds several links", "contient plusieurs liens")
_SEVERAL_LINKS = Sign(_LINKS, False, ())
# A name begins at one place and has few parts: else a text of "a-a-a…" would be tried from each of them.
_LINK = re.compile(
    r"\bhttps?://\S+|\bwww\.\S+|"
    r"(?<![\w.-])[\w-]{1,63}(?:\.[\w-]{1,63}){0,5}\.(?:com|fr|ca|io|net|org|co|ai|app|es|be|ch)/\S+"
)
_COMPILED = tuple(
    (
        sign,
        re.compile("|".join(f"(?:{each})" for each in sign.patterns)),
        re.compile(rf"\b{sign.except_after}\s*$") if sign.except_after else None,
    )
    for sign in SIGNS
)
_BEHIND = 40


def pitch_signs(text: str) -> tuple[FoundSign, ...]:
    """The signs of a pitch in `text`, in the order of the list; each once, with the words that show it first."""
    read = Read.of(text)
    found = []
    for sign, pattern, exception in _COMPILED:
        for match in pattern.finditer(read.plain):
            behind = read.plain[max(0, match.start() - _BEHIND) : match.start()]
            if exception is None or not exception.search(behind):
                found.append(FoundSign(sign, read.shown(*match.span())))
                break
    links = [*_LINK.finditer(read.plain)]
    if len(links) > 1:
        found.append(FoundSign(_SEVERAL_LINKS, " ".join(read.shown(*link.span()) for link in links[:2])))
    return tuple(found)


def looks_like_a_pitch(signs: Sequence[FoundSign]) -> bool:
    """Whether signs together speak of a sale: at least two of them, and one says what is for sale."""
    return len(signs) > 1 and any(sign.sells for sign in signs)
