"""What the columns of French tables are called: Outlook's as they were seen, a spreadsheet's as one would call them.

Seen, in test data and converters of other programs that are public: Outlook's header, from “Titre, Prénom, Deuxième
prénom, Nom, Suffixe, Société, Service, Titre” on, with the civility in the first “Titre” and the position in the second
one. Everything else here is a lenient guess at what people and other programs write.
"""

from __future__ import annotations

OUTLOOK = {
    "titre": "honorific_prefix",
    "titre again": "title",
    "prenom": "given_name",
    "deuxieme prenom": "additional_names",
    "nom": "family_name",
    "suffixe": "honorific_suffix",
    "surnom": "nickname",
    "societe": "organization",
    "fonction": "title",
    "page web": "url",
    "notes": "note",
    "remarques": "note",
    "sexe": "gender",
}
OUTLOOK_PATTERNS = (
    (r"adresse de messagerie( \d)?", "email"),
    (
        r"(telephone|tel)( \d)? (bureau|domicile|autre|voiture|societe|principal|mobile|personnel|professionnel)",
        "phone",
    ),
    (r"ville (bureau|domicile|autre)", r"city \1"),
    (r"pays (?:region )?(bureau|domicile|autre)", r"country \1"),
)
OUTLOOK_ONLY = ("adresse de messagerie", "telephone bureau", "tel mobile", "rue bureau")
"""Columns of which one at least says that a table is Outlook's."""
OUTLOOK_SILENT = (
    r"type de messagerie( \d)?|nom complet de l adresse de messagerie( \d)?|critere de diffusion|priorite|prive"
)

SHEET = {
    "prenom": "given_name",
    "prenoms": "given_name",
    "prenom s": "given_name",
    "first name": "given_name",
    "deuxieme prenom": "additional_names",
    "second prenom": "additional_names",
    "autres prenoms": "additional_names",
    "nom": "family_name",
    "nom de famille": "family_name",
    "nom d usage": "family_name",
    "last name": "family_name",
    "civilite": "honorific_prefix",
    "suffixe": "honorific_suffix",
    "surnom": "nickname",
    "nom complet": "full_name",
    "nom et prenom": "full_name",
    "nom prenom": "full_name",
    "prenom et nom": "full_name",
    "prenom nom": "full_name",
    "full name": "full_name",
    "name": "full_name",
    "sexe": "gender",
    "genre": "gender",
    "langue": "language",
    "tu ou vous": "address_form",
    "profil": "profile_url",
    "url": "url",
    "blog": "url",
}
_WORK = {
    "organization": ("societe", "entreprise", "organisation", "organisme", "employeur", "raison sociale", "company"),
    "title": (
        "fonction", "poste", "intitule du poste", "intitule de poste", "titre du poste", "metier", "position",
        "job title",
    ),
    "note": ("note", "notes", "remarque", "remarques", "commentaire", "commentaires", "observations"),
    "city 1": ("ville", "localite", "commune", "city"),
    "country 1": ("pays", "country"),
}  # fmt: skip
SHEET |= {name: field for field, names in _WORK.items() for name in names}
_WHOSE = r"(?: (?:pro|professionnel(?:le)?|perso|personnel(?:le)?|principale?|secondaire|bureau|\d))*"
SHEET_PATTERNS = (
    (rf"(?:adresse )?(?:e mail|email|mail|courriel|electronique|de messagerie){_WHOSE}", "email"),
    (
        r"(?:numero de |n de |no de )?(?:telephone|tel|mobile|portable|cellulaire|gsm|phone)"
        rf"(?: (?:mobile|portable|fixe|direct|domicile|standard))*{_WHOSE}",
        "phone",
    ),
    (r"(?:site|page|adresse)(?: (?:web|internet))|site|web|website", "url"),
    (r"(?:(?:profil|url|lien|page|adresse) )?(?:(?:du|vers le|de) )?(?:profil )?linkedin", "profile_url"),
    (r"(?:url|lien|adresse) du profil", "profile_url"),
    # Google's columns, if it should ever name them in French.
    (r"(?:adresse )?(?:e mail|email) \d+ valeur", "email"),
    (r"telephone \d+ valeur", "phone"),
    (r"site web \d+ valeur", "url"),
    (r"organisation(?: \d+)? nom", "organization"),
    (r"organisation(?: \d+)? (?:titre|fonction|poste)", "title"),
    (r"adresse (\d+) ville", r"city \1"),
    (r"adresse (\d+) pays", r"country \1"),
)  # fmt: skip
SHEET_SILENT = r".* (?:libelle|type)|n|no|numero|id"
TELLING = frozenset(("email", "phone", "organization", "title", "profile_url"))
"""Fields of ours that tell that a table with whole names is of people."""
WHOLE_NAMES = ("nom complet", "nom et prenom", "nom prenom", "prenom et nom", "prenom nom", "full name", "name", "nom")
"""Columns with a whole name, where there is none for the first name."""
