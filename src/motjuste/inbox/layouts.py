"""The tables of the network's data export that the inbox reads, each by its header, in English or French."""

from __future__ import annotations

from motjuste.people.layouts import Layout

# No export in French has been seen yet, so what its columns may be called is met halfway.
_INVITATIONS = {
    "from": "from",
    "de": "from",
    "expediteur": "from",
    "to": "to",
    "a": "to",
    "destinataire": "to",
    "sent at": "at",
    "envoye le": "at",
    "envoyee le": "at",
    "date d envoi": "at",
    "message": "note",
    "note": "note",
    "direction": "direction",
    "sens": "direction",
    "inviterprofileurl": "inviter_url",
    "inviter profile url": "inviter_url",
    "url du profil de l expediteur": "inviter_url",
    "profil de l expediteur": "inviter_url",
    "inviteeprofileurl": "invitee_url",
    "invitee profile url": "invitee_url",
    "url du profil du destinataire": "invitee_url",
    "profil du destinataire": "invitee_url",
}
_MESSAGES = {
    "conversation id": "conversation",
    "id de la conversation": "conversation",
    "identifiant de la conversation": "conversation",
    "conversation title": "title",
    "titre de la conversation": "title",
    "from": "from",
    "de": "from",
    "expediteur": "from",
    "sender profile url": "sender_url",
    "url du profil de l expediteur": "sender_url",
    "to": "to",
    "a": "to",
    "destinataire": "to",
    "recipient profile urls": "recipient_urls",
    "url du profil des destinataires": "recipient_urls",
    "urls des profils des destinataires": "recipient_urls",
    "date": "at",
    "subject": "subject",
    "objet": "subject",
    "content": "content",
    "contenu": "content",
    "folder": "folder",
    "dossier": "folder",
    "attachments": "attachments",
    "pieces jointes": "attachments",
    "is message draft": "draft",
    "is conversation draft": "draft",
}
_LONGEST_NOTE = 320
_LONGEST_MESSAGE = 2000

INVITATIONS = Layout(
    "Invitations",
    _INVITATIONS,
    frozenset(),
    needs_fields=frozenset(("from", "to", "at", "direction")),
    most_quoted_lines=_LONGEST_NOTE,
)
MESSAGES = Layout(
    "messages",
    _MESSAGES,
    frozenset(),
    needs_fields=frozenset(("conversation", "from", "at", "content")),
    most_quoted_lines=_LONGEST_MESSAGE,
)
DIRECTIONS = {
    "incoming": "incoming",
    "received": "incoming",
    "entrante": "incoming",
    "entrant": "incoming",
    "recue": "incoming",
    "recu": "incoming",
    "outgoing": "outgoing",
    "sent": "outgoing",
    "sortante": "outgoing",
    "sortant": "outgoing",
    "envoyee": "outgoing",
    "envoye": "outgoing",
}
HIDDEN = frozenset(
    ("linkedin member", "linkedin user", "membre linkedin", "membre de linkedin", "utilisateur linkedin",
     "utilisateur de linkedin")
)  # fmt: skip
"""What the network writes in place of a name that is hidden or gone; folded."""
EXPECTED = (
    "no header that is known here: expected Invitations.csv (From, To, Sent At, Message, Direction) or messages.csv "
    "(CONVERSATION ID, FROM, … DATE, … CONTENT)"
)
PROFILE = Layout(
    "Profile",
    {"first name": "given", "prenom": "given", "last name": "family", "nom": "family", "nom de famille": "family",
     "headline": "headline", "titre": "headline", "titre de profil": "headline"},
    frozenset(),
    needs_fields=frozenset(("given", "family", "headline")),
    most_quoted_lines=2000,
)  # fmt: skip
