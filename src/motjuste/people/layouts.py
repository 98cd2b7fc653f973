"""The tables of people that are known, each by its header: the network's, Google's, Outlook's."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from motjuste.people import french_columns
from motjuste.people.names import fold

# Field names beyond those of a contact: "email", "phone" and "url" may come several times, "city business" and
# "country business" belong to one address, "full_name" is used when the parts of the name are empty.


@dataclass(frozen=True)
class Layout:
    """How one program names its columns; folded names, whole or as patterns, lead to our fields."""

    name: str
    columns: Mapping[str, str]
    needs: frozenset[str]
    any_of: frozenset[str] = frozenset()
    patterns: Sequence[tuple[str, str]] = ()
    silent: str = r"(?!)"
    """Columns that say nothing of the person, so that nothing need be told when they are left out."""
    most_quoted_lines: int = 5
    left_out: str = ""
    """Why such a table is not read here at all."""
    hides_members: bool = field(default=False, kw_only=True)
    needs_fields: frozenset[str] = field(default=frozenset(), kw_only=True)
    """Our fields without which it is another table, whatever its columns are called."""
    any_field: frozenset[str] = field(default=frozenset(), kw_only=True)
    """Our fields of which one at least has to be there."""

    def is_silent(self, folded: str) -> bool:
        """Whether nothing need be told when the column of that name is left out."""
        return re.fullmatch(self.silent, folded) is not None

    def fields_of(self, names: Sequence[str]) -> tuple[str, ...] | None:
        """Our field for each column of a header, "" for none; None when the header is another program's."""
        folded = [fold(name) for name in names]
        if not self.needs <= set(folded) or (self.any_of and self.any_of.isdisjoint(folded)):
            return None
        fields = tuple(self._field(name, again=name in folded[:place]) for place, name in enumerate(folded))
        if not self.needs_fields <= set(fields) or (self.any_field and self.any_field.isdisjoint(fields)):
            return None
        return fields

    def _field(self, folded: str, *, again: bool = False) -> str:
        if again and f"{folded} again" in self.columns:
            return self.columns[f"{folded} again"]
        if folded in self.columns:
            return self.columns[folded]
        for pattern, name in self.patterns:
            if match := re.fullmatch(pattern, folded):
                return match.expand(name)
        return ""


_NAMES = {
    "first name": "given_name",
    "middle name": "additional_names",
    "last name": "family_name",
    "suffix": "honorific_suffix",
    "nickname": "nickname",
    "notes": "note",
}
OUR_OWN = {
    "formatted name": "formatted_name",
    "other names": "other_names",
    "profile url": "profile_url",
    "language": "language",
    "gender": "gender",
    "address form": "address_form",
    "elides": "elides",
    "greeting": "greeting",
    "how we met": "how_we_met",
    "do not contact": "do_not_contact",
    "connected on": "connected_on",
    "uid": "uid",
    "merged uids": "merged_uids",
}
"""The columns that we write beside Google's, for what no other program keeps."""
_GOOGLE = _NAMES | OUR_OWN | {
    "name": "full_name",
    "given name": "given_name",
    "additional name": "additional_names",
    "family name": "family_name",
    "name prefix": "honorific_prefix",
    "name suffix": "honorific_suffix",
    "organization name": "organization",
    "organization title": "title",
}
_GOOGLE_PATTERNS = (
    (r"e mail \d+ value", "email"),
    (r"phone \d+ value", "phone"),
    (r"website \d+ value", "url"),
    (r"organization \d+ name", "organization"),
    (r"organization \d+ title", "title"),
    (r"address (\d+) (city|country)", r"\2 \1"),
)
_GOOGLE_SILENT = (
    r".* (type|label)|labels|group membership|file as|photo|initials|yomi .*|.* yomi.*|phonetic .*"
)
_OUTLOOK = _NAMES | {
    "title": "honorific_prefix",
    "company": "organization",
    "job title": "title",
    "web page": "url",
    "personal web page": "url",
}
_OUTLOOK_PATTERNS = (
    (r"e mail (\d )?address", "email"),
    (r"(primary|mobile|business|home|other|company main|car|assistant s) phone( 2)?", "phone"),
    (r"(business|home|other) city", r"city \1"),
    (r"(business|home|other) country( region)?", r"country \1"),
)
_CONNECTIONS = {
    "first name": "given_name",
    "prenom": "given_name",
    "last name": "family_name",
    "nom": "family_name",
    "nom de famille": "family_name",
    "url": "profile_url",
    "profile url": "profile_url",
    "url du profil": "profile_url",
    "profil": "profile_url",
    "lien": "profile_url",
    "email address": "email",
    "email": "email",
    "e mail": "email",
    "adresse e mail": "email",
    "adresse email": "email",
    "courriel": "email",
    "adresse courriel": "email",
    "company": "organization",
    "entreprise": "organization",
    "societe": "organization",
    "organisation": "organization",
    "position": "title",
    "poste": "title",
    "fonction": "title",
    "intitule du poste": "title",
    "connected on": "connected_on",
    "connecte le": "connected_on",
    "en relation depuis": "connected_on",
    "relation depuis": "connected_on",
    "date de connexion": "connected_on",
}
# The network may put it in other words one day; no spreadsheet of one's own has such a column.
_CONNECTIONS_PATTERNS = (
    (r"(?:date de |en )?(?:connexion|connectee?|connected|relation|mise en relation)(?: .*)?", "connected_on"),
)
_NOTES = {
    "connection first name": "given_name",
    "connection last name": "family_name",
    "connection profile url": "profile_url",
    "note": "note",
}
_LONG = 200

_FIRST_AND_LAST = tuple(
    map(frozenset, (("first name", "last name"), ("prenom", "nom"), ("prenom", "nom de famille")))
)


def _sheet(needs: frozenset[str], any_field: frozenset[str] = frozenset()) -> Layout:
    """A spreadsheet in which somebody keeps people; a lone "Nom" is the whole name."""
    whole = dict.fromkeys(needs, "full_name") if any_field else {}
    return Layout(
        "spreadsheet",
        french_columns.SHEET | OUR_OWN | whole,
        needs,
        patterns=(*french_columns.SHEET_PATTERNS, *_GOOGLE_PATTERNS),
        silent=french_columns.SHEET_SILENT,
        most_quoted_lines=_LONG,
        any_field=any_field,
    )


LAYOUTS = (
    Layout("Notes", _NOTES, frozenset(_NOTES), silent="created on|edited on", most_quoted_lines=_LONG),
    Layout(
        "Invitations",
        {},
        frozenset(("from", "to", "sent at", "direction")),
        left_out="invitations were left for the inbox; see 'motjuste inbox import'",
    ),
    Layout(
        "messages",
        {},
        frozenset(("conversation id", "from", "sender profile url")),
        left_out="messages were left for the inbox; see 'motjuste inbox import'",
    ),
    Layout(
        "Profile",
        {},
        frozenset(("first name", "last name", "headline", "summary")),
        left_out="this is your own profile, which belongs in profile.toml",
    ),
    Layout(
        "Google",
        _GOOGLE,
        frozenset(("given name", "family name")),
        patterns=_GOOGLE_PATTERNS,
        silent=_GOOGLE_SILENT,
        most_quoted_lines=_LONG,
    ),
    Layout(
        "Google",
        _GOOGLE,
        frozenset(("first name", "last name")),
        frozenset(("organization name", "e mail 1 value", "file as")),
        patterns=_GOOGLE_PATTERNS,
        silent=_GOOGLE_SILENT,
        most_quoted_lines=_LONG,
    ),
    Layout(
        "Outlook",
        _OUTLOOK,
        frozenset(("first name", "last name")),
        frozenset(("job title", "e mail 2 address", "business phone", "e mail display name")),
        patterns=_OUTLOOK_PATTERNS,
        silent=r"e mail (\d )?(type|display name)|sensitivity|private|priority",
        most_quoted_lines=_LONG,
    ),
    Layout(
        "Outlook in French",
        french_columns.OUTLOOK,
        frozenset(("prenom", "nom")),
        frozenset(french_columns.OUTLOOK_ONLY),
        patterns=french_columns.OUTLOOK_PATTERNS,
        silent=french_columns.OUTLOOK_SILENT,
        most_quoted_lines=_LONG,
    ),
    *(
        Layout(
            "Connections",
            _CONNECTIONS,
            names,
            patterns=_CONNECTIONS_PATTERNS,
            needs_fields=frozenset(("connected_on",)),
            hides_members=True,
        )
        for names in _FIRST_AND_LAST
    ),
    *map(_sheet, _FIRST_AND_LAST),
    # A whole name alone may be anything's: something else in a spreadsheet has to tell that these are people.
    *(_sheet(frozenset((name,)), french_columns.TELLING) for name in french_columns.WHOLE_NAMES),
)
EXPECTED = (
    "no header that is known here: expected the network's (First Name, Last Name, … Connected On, or Prénom, Nom, …), "
    "Google's (First Name, … Organization Name), Outlook's (First Name, … Company, Job Title, or Prénom, … Société, "
    "… Adresse de messagerie) or a spreadsheet's "
    "(Prénom, Nom or Nom complet, with E-mail, Société, Fonction, Téléphone)"
)
