"""Words that tell what stands beside them in a pasted contact. All folded."""

from __future__ import annotations

from motjuste.people.name_words import word_set

ROLES = word_set(
    """
    directeur directrice director manager responsable chef cheffe head lead ingenieur ingenieure engineer
    consultant consultante developer developpeur developpeuse designer analyst analyste president presidente
    vp ceo cto cfo coo cmo pdg dg drh daf founder cofounder fondateur fondatrice cofondateur cofondatrice
    partner associe associee recruteur recruteuse recruiter charge chargee journalist journaliste redacteur
    redactrice editor editeur editrice professeur professeure professor teacher enseignant enseignante
    chercheur chercheuse researcher avocat avocate lawyer architecte architect assistant assistante officer
    secretaire coordinateur coordinatrice coordonnateur coordonnatrice coordinator commercial commerciale
    specialist specialiste conseiller conseillere advisor adviser gerant gerante owner student etudiant
    etudiante writer auteur autrice author juriste comptable accountant acheteur acheteuse buyer technicien
    technicienne freelance independant independante photographe photographer traducteur traductrice translator
    administrateur administratrice administrator representative representant representante
    """
)
LEGAL_FORMS = word_set("sa sas sasu sarl eurl inc ltd llc gmbh plc corp srl bv nv ltee")
COURTESIES = frozenset(
    (
        "cordialement", "bien cordialement", "bien a vous", "bien a toi", "a bientot", "merci", "salutations",
        "bonne journee", "best", "best regards", "kind regards", "regards", "sincerely", "yours sincerely",
        "cheers", "thanks", "thank you", "envoye de mon iphone", "sent from my iphone", "bonjour", "hello",
    )
)  # fmt: skip
LABELS = {
    "nom": "family_name",
    "nom complet": "formatted_name",
    "name": "formatted_name",
    "full name": "formatted_name",
    "contact": "formatted_name",
    "prenom": "given_name",
    "first name": "given_name",
    "last name": "family_name",
    "nom de famille": "family_name",
    "societe": "organization",
    "entreprise": "organization",
    "organisation": "organization",
    "company": "organization",
    "poste": "title",
    "fonction": "title",
    "titre": "title",
    "title": "title",
    "position": "title",
    "job title": "title",
    "ville": "city",
    "city": "city",
    "pays": "country",
    "country": "country",
} | dict.fromkeys(
    (
        "e mail", "email", "mail", "courriel", "adresse e mail", "tel", "telephone", "phone", "mobile", "portable",
        "cell", "cellulaire", "fixe", "t", "m", "p", "e", "linkedin", "profil", "profile", "site", "web", "website",
        "bureau", "office", "fax",
    ),
    "",
)  # fmt: skip
