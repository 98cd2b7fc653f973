"""What stands around an invitation on the network's page, in French and English, so that it is told from its text."""

from __future__ import annotations

import re

# Folded: no accents, no case, words apart by one space.
BUTTONS = frozenset(
    (
        "accepter", "accept", "ignorer", "ignore", "refuser", "decline", "repondre", "reply", "message", "voir plus",
        "see more", "afficher plus", "show more", "afficher moins", "show less", "voir moins", "see less", "plus",
        "more", "suivre", "follow", "connect", "se connecter", "je ne connais pas cette personne",
        "i don t know this person", "signaler", "report", "invitations", "invitations recues", "received invitations",
        "recues", "received", "gerer", "manage", "tout afficher", "show all", "premium", "verifie", "verified",
        "membre premium", "premium member", "abonne", "abonnee", "follows you", "vous suit", "nouveau", "new",
        "voir le profil", "view profile", "photo de profil", "profile picture", "profile photo",
    )
)  # fmt: skip
"""Lines that only belong to the page."""
ACCEPTING = frozenset(("accepter", "accept"))
DEGREE = re.compile(
    r"(?:relation de )?[123](?:er|re|e|eme|st|nd|rd)(?: et)?(?: plus)?(?: niveau| degre| degree)?(?: connection)?"
)
AGE = re.compile(
    r"(?:invitation )?(?:recue |envoyee |sent |received )?(?:il y a )?(\d{1,3}|un|une|an?|one) ?"
    r"(minutes?|mins?|heures?|hours?|hrs?|h|jours?|days?|j|d|semaines?|weeks?|sem|w|mois|months?|mo|"
    r"ans?|annees?|years?|yrs?|y)(?: ago)?"
)
DAYS_IN = {"m": 0, "h": 0, "j": 1, "d": 1, "s": 7, "w": 7, "mo": 30, "a": 365, "y": 365}
"""How many days a unit of AGE has, by its first letters."""
DAYS_AGO = {
    "aujourd hui": 0, "today": 0, "a l instant": 0, "just now": 0, "now": 0, "hier": 1, "yesterday": 1
}  # fmt: skip
GREETINGS = frozenset(
    (
        "bonjour",
        "bonsoir",
        "salut",
        "hello",
        "hi",
        "hey",
        "dear",
        "cher",
        "chere",
        "coucou",
        "good",
        "hola",
        "buenos",
    )
)
"""How a note begins, and a headline never does."""

# As they are written; capitals do not matter.
WHOSE = (
    r"photo de (?:profil de )?(.+)",
    r"(.+?)['’]s? (?:profile )?(?:picture|photo)",
    r"voir le profil (?:complet )?de (.+)",
    r"view (.+?)['’]s? (?:full )?profile",
    r"(?:accepter|ignorer|refuser) l['’]invitation de (.+)",
    r"(?:accept|ignore|decline) (.+?)['’]s? invitation",
    r"(.+?) (?:souhaite (?:entrer en relation|se connecter|rejoindre|vous ajouter)|vous invite à|vous a (?:envoyé une "
    r"invitation|invitée?)|wants to connect|would like to (?:connect|join|add)|is inviting you|invited you|has invited "
    r"you|sent you an invitation)\b.*",
)
"""Lines of the page that say whose invitation it is."""
REPLY_TO = r"(?:répondre à|reply to|envoyer un message à) (\S+(?: \S+){0,3})"
OTHER_INVITATION = re.compile(
    r"\b(?:suivre|follow|abonner|subscribe|newsletter|événement|event|participer|attend|page|groupe|group)\b",
    re.IGNORECASE,
)
"""What somebody may invite to beside the network itself."""
MUTUAL = (
    r"(\d{1,5}) (?:relations?|contacts?) (?:en commun|mutuel(?:le)?s?)",
    r"(\d{1,5}) (?:mutual|shared) (?:connections?|contacts?)",
)
MUTUAL_AND = (
    r"(.+?),? (?:et|and) (\d{1,5}) (?:autres? (?:relations?|contacts?) en commun|other mutual connections?)"
)
MUTUAL_ONE = r"(.+?) (?:est une relation en commun|is a mutual connection)"
MUTUAL_SOME = r"(.+?),? (?:et|and) (.+?) (?:sont des relations en commun|are mutual connections)"
GROUPS = r"(?:groupes? en commun|groupes? communs?|shared groups?|mutual groups?)\s*:\s*(.+)"
