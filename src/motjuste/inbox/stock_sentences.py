"""The sentences that the network writes by itself, and the set phrases that people put in their place.

`[on LinkedIn]` may be missing, `(I’d|I would)` are ways to say it. Case, accents, quotes and punctuation do not
count, nor do greetings, names and closings around them. Each has a mark:

* KNOWN: somebody quotes it as the network's own text, in the place that stands beside it.
* PLAUSIBLE: it reads like a translation of those or like a tool's preset, and we know of no source.
* COMMON: not the network's; people write it, and it says nothing that is theirs.
"""

from __future__ import annotations

from dataclasses import dataclass

from motjuste.people.name_words import word_set

KNOWN, PLAUSIBLE, COMMON = "known", "plausible", "common"


@dataclass(frozen=True)
class Stock:
    """A sentence that says nothing of the person who sent it."""

    language: str
    mark: str
    pattern: str
    source: str = ""


# Looked up in 2026 among stored pages and public code; each address quotes the sentence as what arrives by default.
_ALUMNI = "alumnifutures.com/2013/01/sentence.html"
_MAIL = "mails of invitations@linkedin.com, as several public programs that sort mail quote them"
_TRUST = "the default of the network's former mobile interface, as public Android code quotes it"
_FRENCH = "blog.brandie.fr/linkedin-networking-dois-je-accepter-inviter-tout-le-monde"
_ITALIAN = "ralph-dte.eu/tag/social-network"
_SPANISH = "websa100.com/blog/invitaciones-de-linkedin"


def _all(language: str, mark: str, patterns: str, source: str = "") -> tuple[Stock, ...]:
    lines = (line.strip() for line in patterns.strip().splitlines())
    return tuple(Stock(language, mark, line, source) for line in lines if line)


STOCK_SENTENCES: tuple[Stock, ...] = (
    *_all("en", KNOWN, "(I’d|I would) like to add you to my professional network [on LinkedIn]", _ALUMNI),
    *_all("en", KNOWN, "(I’d|I would) like to join your [LinkedIn] network [on LinkedIn]", _MAIL),
    *_all("en", KNOWN, "please add me to your LinkedIn network", _MAIL),
    *_all(
        "en",
        KNOWN,
        "since you are a person I trust I wanted to invite you to join my network on LinkedIn",
        _TRUST,
    ),
    *_all("fr", KNOWN, "je souhaiterais rejoindre votre réseau [sur] [LinkedIn]", _FRENCH),
    *_all("fr", KNOWN, "merci de m’ajouter à votre réseau [sur] [LinkedIn]", _FRENCH),
    *_all("it", KNOWN, "vorrei aggiungerti alla mia rete professionale [su LinkedIn]", _ITALIAN),
    *_all("es", KNOWN, "me gustaría contactar contigo [en LinkedIn]", _SPANISH),
    *_all(
        "en",
        PLAUSIBLE,
        """
        (I’d|I would) (like|love) to (add|have|invite) you (to|in) my [professional|personal|LinkedIn] \
            network [on LinkedIn]
        (I’d|I would) (like|love) to (connect|link up) [with you] [on LinkedIn]
        (I’d|I would) (like|love) to (be part of|be in|become part of) your [professional|LinkedIn] network \
            [on LinkedIn]
        (join|please join) my [professional] network [on LinkedIn]
        please accept my invitation [to connect] [on LinkedIn]
        I wanted to invite you to join my network [on LinkedIn]
        """,
    ),
    *_all(
        "fr",
        PLAUSIBLE,
        """
        (j’aimerais|je souhaite|je souhaiterais|je voudrais|je désire) (vous|t’|te) ajouter à mon réseau \
            [professionnel] [sur] [LinkedIn]
        je serais (ravi|ravie|ravi e|heureux|heureuse|heureux se|enchanté|enchantée) de (vous ajouter à|vous \
            compter dans|vous compter parmi) mon réseau [professionnel] [sur] [LinkedIn]
        (j’aimerais|je souhaite|je voudrais) (rejoindre|intégrer|faire partie de) (votre|ton) réseau \
            [professionnel] [sur] [LinkedIn]
        je souhaiterais (intégrer|faire partie de) (votre|ton) réseau [professionnel] [sur] [LinkedIn]
        (j’aimerais|je souhaite|je souhaiterais|je voudrais) (entrer en contact|entrer en relation|me \
            connecter|être en relation) avec (vous|toi) [sur LinkedIn]
        (je vous invite|je t’invite) à rejoindre mon réseau [professionnel] [sur] [LinkedIn]
        (merci|je vous remercie) d’accepter mon invitation [sur LinkedIn]
        """,
    ),
    *_all(
        "es",
        PLAUSIBLE,
        """
        (me gustaría|quisiera|deseo) (añadirte|añadirle|agregarte|agregarle|añadirlo|añadirla|agregarlo|\
            agregarla|incluirte|incluirle) a mi red [profesional|de contactos] [en|de] [LinkedIn]
        (me gustaría|quisiera|deseo) (unirme a|formar parte de|entrar en) (tu|su) red [profesional|de \
            contactos] [en|de] [LinkedIn]
        (me gustaría|quisiera) (conectar contigo|conectar con usted|contactar con usted|que formes parte de \
            mi red|que forme parte de mi red) [profesional] [en LinkedIn]
        """,
    ),
    *_all(
        "de",
        PLAUSIBLE,
        """
        ich (möchte|würde) (Sie|dich) [gerne|gern] (zu meinem|meinem|in mein) [beruflichen|berufliches|\
            professionellen|professionelles] [LinkedIn] (Netzwerk|Kontaktnetz) [auf LinkedIn] (hinzufügen|\
            einladen|aufnehmen)
        ich (möchte|würde) [gerne|gern] (Ihrem|deinem) [LinkedIn] Netzwerk [auf LinkedIn] beitreten
        ich (möchte|würde) mich [gerne|gern] mit (Ihnen|dir) [auf LinkedIn] (vernetzen|verbinden)
        (bitte fügen Sie mich|füge mich bitte|bitte füge mich) (zu Ihrem|zu deinem|Ihrem|deinem) [LinkedIn] \
            Netzwerk hinzu
        """,
    ),
    *_all(
        "it",
        PLAUSIBLE,
        """
        (vorrei|mi piacerebbe|desidero) (aggiungerti|aggiungerla|inserirti|inserirla) (alla|nella) mia rete \
            [professionale|di contatti] [su LinkedIn]
        (vorrei|mi piacerebbe) (entrare a far parte|far parte|entrare) (della tua|della sua|nella tua|nella \
            sua) rete [professionale|di contatti] [su|di] [LinkedIn]
        (vorrei|mi piacerebbe) (collegarmi|mettermi in contatto|entrare in contatto) con (te|lei) [su LinkedIn]
        """,
    ),
    *_all(
        "pt",
        PLAUSIBLE,
        """
        (gostaria|gostava|eu gostaria|quero|queria) [de] (adicionar você|adicioná lo|adicioná la|adicioná lo \
            a|adicionar te|adicioná lo la|te adicionar|incluir você) à minha rede [profissional|de contatos|\
            de contactos] [no|do] [LinkedIn]
        (gostaria|gostava|eu gostaria) [de] (fazer parte da|entrar na|me juntar à|juntar me à|participar da|\
            aderir à) (sua|tua) rede [profissional|de contatos|de contactos] [no|do] [LinkedIn]
        (gostaria|gostava|eu gostaria) [de] (me conectar com você|conectar me consigo|conectar me contigo|me \
            conectar contigo) [no LinkedIn]
        """,
    ),
    *_all(
        "nl",
        PLAUSIBLE,
        """
        ik (wil|zou|voeg) (je|u|jou) [graag] [willen] [toevoegen] (aan|toe aan|in) mijn [professionele|\
            zakelijke] [LinkedIn] netwerk [op LinkedIn] [toevoegen] [willen toevoegen] [toe]
        ik (wil|zou) [graag] (deel uitmaken van|lid worden van) (je|jouw|uw) [LinkedIn] netwerk [op LinkedIn]
        ik (wil|zou) [graag] met (je|jou|u) (connecten|connectie maken|in contact komen) [op LinkedIn]
        """,
    ),
    *_all(
        "en",
        COMMON,
        """
        (let’s|let us) (connect|keep in touch|stay in touch|network) [here] [on LinkedIn]
        (looking forward|I look forward|I’m looking forward) to (connecting|connecting with you|being \
            connected|networking with you|hearing from you)
        (I’d be|I would be|would be) (happy|glad|great|honoured|honored|delighted) to (connect|be connected) \
            [with you] [here] [on LinkedIn]
        (happy|glad|great|nice|pleased) to (connect|meet you) [with you] [here] [on LinkedIn]
        (thanks|thank you) for (connecting|accepting|the add|adding me|accepting my invitation)
        (I came across|I saw|I found|I just came across|I stumbled upon|I just saw) your profile [and] [(I’d|\
            I would) (like|love) to connect] [with you] [on LinkedIn]
        (can|could|may) we connect
        always (happy|good|great) to (connect|expand my network|meet new people|connect with like minded people)
        (I’m|I am) (expanding|growing|building) my [professional] network [on LinkedIn]
        """,
    ),
    *_all(
        "fr",
        COMMON,
        """
        au plaisir [d’échanger|de vous lire|de te lire|de vous compter parmi mes contacts|de faire votre \
            connaissance] [avec vous|avec toi]
        (connectons nous|restons en contact|restons connectés|échangeons)
        (ravi|ravie|ravi e|heureux|heureuse|enchanté|enchantée) de (vous rencontrer|me connecter avec vous|\
            faire votre connaissance|vous compter parmi mes contacts)
        merci (de m’accepter|de m’ajouter|de m’accueillir|d’accepter|pour l’ajout|de votre confiance) [dans \
            votre réseau|dans ton réseau|parmi vos contacts]
        (j’ai vu|je suis tombé sur|je suis tombée sur|j’ai découvert|j’ai consulté) votre profil [et] \
            [(j’aimerais|je souhaite|je souhaiterais) (échanger|me connecter|entrer en contact|entrer en \
            relation) avec vous]
        (je développe|j’agrandis|j’élargis|je cherche à développer|je souhaite développer|je souhaite \
            élargir) mon réseau [professionnel] [sur LinkedIn]
        """,
    ),
    *_all(
        "es",
        COMMON,
        """
        (conectemos|estemos en contacto|sigamos en contacto|un placer|un placer conectar|encantado|encantada|\
            mucho gusto)
        (he visto|vi|encontré|me he encontrado con) (tu|su) perfil [y] [(me gustaría|quisiera) (conectar|\
            conectar contigo|conectar con usted)]
        gracias por (aceptar|aceptarme|conectar|agregarme|añadirme) [en tu red|en su red]
        (estoy ampliando|quiero ampliar) mi red [de contactos|profesional] [en LinkedIn]
        """,
    ),
)

GREETINGS = word_set(
    """
    hi hello hey dear greetings good morning afternoon evening day there everyone
    bonjour bonsoir salut coucou hello cher chere chers madame monsieur messieurs mme mr mrs ms m mlle dr pr me
    hola buenos buenas dias tardes noches estimado estimada senor senora sr sra
    hallo guten tag morgen sehr geehrte geehrter frau herr moin servus gruss gott liebe lieber
    ciao buongiorno buonasera salve gentile egregio dottore dottoressa
    ola bom boa dia tarde noite caro cara prezado prezada
    beste goedemorgen goedemiddag goedendag dag geachte meneer mevrouw
    """
)
"""Words that greet, folded; what stands behind one may be a name."""

CLOSINGS = word_set(
    """
    best regards kind warm warmest sincerely yours cheers thanks thank you many in advance all the
    cordialement bien a vous toi merci d avance par bonne journee belle soiree sinceres salutations amicalement
    saludos un saludo cordial cordiales gracias atentamente abrazo
    mit freundlichen grussen viele beste grusse danke vielen dank lg vg mfg
    cordiali saluti grazie distinti
    cumprimentos obrigado obrigada abraco atenciosamente
    groet groeten vriendelijke met bedankt alvast
    sent from my iphone envoye de mon
    """
)
"""Words that close a message, folded."""
