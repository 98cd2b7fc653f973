"""Whose profile page a window shows, by its title alone."""

from __future__ import annotations

import re

from motjuste.people.name_order import is_particle
from motjuste.people.name_words import word_set
from motjuste.people.names import CleanName, clean_name, fold, safe_text
from motjuste.people.title_rules import BROWSER

_LONGEST_TITLE = 500
_COUNTER = re.compile(r"\s*\(\d[\d ]*\+?\)\s*")
# Browsers add their words after the site's name: " - Google Chrome", " et 3 pages de plus - Microsoft Edge".
_NETWORK_PAGE = re.compile(
    rf"(?P<page>.*)\|\s*LinkedIn{BROWSER}", re.IGNORECASE
)


def _phrases(text: str) -> frozenset[str]:
    return frozenset(" ".join(phrase.split()) for phrase in text.split(","))


# Pages of the network, in French, English and Spanish, folded. A name that looks like one of them is nobody's.
_SEARCHES = frozenset({"search", "recherche", "search all", "rechercher", "busqueda", "buscar"})
_SECTIONS = _phrases(
    """
    activity, activite, all activity, toute l activite, posts, articles, comments, commentaires,
    reactions, experience, experiences, education, formation, skills, competences, recommendations,
    recommandations, certifications, licenses certifications, projects, projets, publications,
    languages, langues, interests, centres d interet, honors awards, contact info, coordonnees,
    featured, selection, volunteer experience, documents, images, videos,
    actividad, toda la actividad, publicaciones, articulos, comentarios, reacciones, experiencia, educacion,
    aptitudes, recomendaciones, licencias y certificaciones, proyectos, idiomas, intereses, destacado,
    informacion de contacto
    """
)
_PAGE_WORDS = word_set(
    """
    linkedin feed fil home accueil network reseau messaging messagerie messages notification
    notifications jobs emploi emplois offres search recherche results resultats settings preferences
    parametres invitation invitations connections relations followers abonnes abonnements following
    learning navigator recruiter premium login signup inscription connexion identifier analytics
    statistiques dashboard profile profil company entreprise entreprises pages events evenements groups
    groupes newsletters newsletter hashtags items elements help aide assistance privacy confidentialite
    advertising campaign verification securite security conversation discussion discussions hiring
    puzzle games jeux checkout interview viewers inicio red mensajes mensajeria notificaciones empleo empleos
    busqueda resultados ajustes preferencias invitaciones contactos seguidores siguiendo grupos eventos paginas
    ayuda privacidad seguridad estadisticas empresa boletin boletines juegos
    """
)
_PAGES = _phrases(
    """
    sign in, sign up, log in, catch up, s identifier, se connecter, my items, saved posts, my posts,
    post impressions, people, personnes, page not found, salary insights, skill page, talent solutions,
    marketing solutions, sales solutions, open to work, top voices, all posts, iniciar sesion, mi red,
    mis publicaciones, elementos guardados
    """
)


def name_in_title(title: str) -> str:
    """The cleaned name of the person whose profile page has this title; "" when it names no one."""
    parts = _parts(title)
    if not parts or is_search_page(title):
        return ""
    if len(parts) > 1 and fold(parts[0]) in _SECTIONS:
        parts = parts[1:]
    name = clean_name(parts[0])
    return name.full if _is_a_persons(parts[0], name) else ""


def is_search_page(title: str) -> bool:
    """Whether the title is that of the network's search: what stands before it is only a query."""
    return any(fold(part) in _SEARCHES for part in _parts(title))


def _parts(title: str) -> list[str]:
    """What stands between the bars before the network's name; nothing for another site."""
    match = _NETWORK_PAGE.fullmatch(safe_text(title[:_LONGEST_TITLE]))
    page = _COUNTER.sub(" ", match["page"]) if match else ""
    return [part for part in map(str.strip, page.split("|")) if part]


def _is_a_persons(part: str, name: CleanName) -> bool:
    folded = fold(part)
    # One word alone may be a section that we do not know, or a company: better nobody than a wrong name.
    if name.confidence == "none" or " " not in name.full or folded in _PAGES or ":" in part:
        return False
    if any(character.isdigit() for character in part) or not _PAGE_WORDS.isdisjoint(folded.split()):
        return False
    words = name.full.split()
    return not any(word[0].islower() and not is_particle(word) for word in words)
