"""The pieces that the messages share: prepositions, doors, reasons and roles, in words that people say."""

from __future__ import annotations

import pytest
from texts import piece

from motjuste.profile import Door, Me


@pytest.mark.parametrize(
    ("organization", "said"),
    [
        ("Atelier Nord", "chez Atelier Nord"),
        ("Université Laval", "à l’Université Laval"),
        ("Ministère de la Culture", "au Ministère de la Culture"),
        ("Ville de Québec", "à la Ville de Québec"),
        ("Éditions du Large", "aux Éditions du Large"),
        ("University College London", "à University College London"),
        ("3M", "chez 3M"),
        ("Le Devoir", ""),
        ("L'Oréal", ""),
        ("Freelance", ""),
        ("En recherche d’emploi", ""),
        ("{{ 7*7 }}", ""),
        ("Nord | Sud", ""),
        ("🚀🚀", ""),
        ("", ""),
    ],
)
def test_an_organization_gets_the_preposition_that_it_has_in_french_or_none(
    organization: str, said: str
) -> None:
    assert piece(f"at({organization!r})") == said


@pytest.mark.parametrize(
    ("organization", "said"),
    [
        ("Atelier Nord", "at Atelier Nord"),
        ("The Guardian", "at The Guardian"),
        ("University of Ottawa", "at the University of Ottawa"),
        ("University College London", "at University College London"),
        ("Self-employed", ""),
        ("Looking for work", ""),
        ("{{ 7*7 }}", ""),
    ],
)
def test_an_organization_is_where_one_works_in_english(organization: str, said: str) -> None:
    assert piece(f"at({organization!r})", locale="en") == said


@pytest.mark.parametrize(
    ("title", "french", "english"),
    [
        ("Directrice artistique", "directrice artistique", "Directrice artistique"),
        ("Art Director", "", "Art Director"),
        ("CEO", "", "CEO"),
        ("CEO | Speaker", "", ""),
        ("Étudiante en droit", "", ""),
        ("Student", "", ""),
        ("Helping you sell more, faster", "", ""),
        ("", "", ""),
    ],
)
def test_a_title_is_used_only_where_it_fits_a_sentence(title: str, french: str, english: str) -> None:
    call = f"title_in_a_sentence({title!r})"
    assert (piece(call), piece(call, locale="en")) == (french, english)


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("J'ai lu votre article.", "j’ai lu votre article."),
        ("Nous étions voisins de table", "nous étions voisins de table."),
        ("votre article sur les archives", "la raison de ce mot : votre article sur les archives."),
        ("Votre article m’a marqué.", "votre article m’a marqué."),
        ("Alexandre Petit m’a parlé de vous.", "Alexandre Petit m’a parlé de vous."),
        ("La Fontaine nous réunit !", "La Fontaine nous réunit\u202f!"),
        ("pour votre conférence", "je vous écris pour votre conférence."),
        ("Parce que j’ai lu votre livre.", "je vous écris parce que j’ai lu votre livre."),
        ("à la suite de votre\n conférence", "je vous écris à la suite de votre conférence."),
        ("Et pourtant…", "Et pourtant…"),
    ],
)
def test_a_reason_is_a_sentence_in_french_however_it_was_typed(reason: str, said: str) -> None:
    assert piece(f"because({reason!r})") == said


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("I read your article.", "I read your article."),
        ("We met in Ottawa", "we met in Ottawa."),
        ("your article on archives", "the reason for this note: your article on archives."),
        ("The Hague was fun!", "The Hague was fun!"),
        ("because of your talk", "I’m writing because of your talk."),
    ],
)
def test_a_reason_is_a_sentence_in_english_however_it_was_typed(reason: str, said: str) -> None:
    assert piece(f"because({reason!r})", locale="en") == said


@pytest.mark.parametrize(
    ("interest", "said"),
    [
        ("la typographie", "pour la typographie"),
        ("L’histoire du livre.", "pour l’histoire du livre"),
        ("La Fontaine", "pour La Fontaine"),
        ("typographie", "(typographie)"),
        ("faire du pain", "(faire du pain)"),
    ],
)
def test_an_interest_is_said_with_its_article_or_in_brackets(interest: str, said: str) -> None:
    assert piece(f"for_interest({interest!r})") == said


@pytest.mark.parametrize(
    ("goal", "said"),
    [
        ("Échanger avec des gens du livre.", "échanger avec des gens du livre"),
        ("Un petit cercle d’amis", "un petit cercle d’amis"),
        ("Montréal et ses libraires", "Montréal et ses libraires"),
        ("l’entraide", "l’entraide"),
    ],
)
def test_what_the_network_is_for_goes_on_after_a_colon(goal: str, said: str) -> None:
    assert piece("goal()", me=Me(network_goal=goal)) == said


@pytest.mark.parametrize(
    ("me", "french", "english"),
    [
        (Me(role="Editor", organization="Carnets"), "je suis editor chez Carnets", "I’m an editor at Carnets"),
        (Me(role="DRH"), "je suis DRH", "I’m a DRH"),
        (Me(role="HR manager"), "je suis HR manager", "I’m an HR manager"),
        (Me(role="UX designer"), "je suis UX designer", "I’m a UX designer"),
        (Me(role="Head of content"), "je suis head of content", "I’m head of content"),
        (Me(role="historian"), "je suis historian", "I’m a historian"),
        (Me(role="chef", organization="Le Midi"), "je suis chef (Le Midi)", "I’m a chef at Le Midi"),
        (Me(organization="Carnets"), "je travaille chez Carnets", "I work at Carnets"),
        (Me(field="l’édition"), "mon domaine, c’est l’édition", "I work in l’édition"),
        (Me(), "", ""),
    ],
)  # fmt: skip
def test_the_writer_says_what_they_do(me: Me, french: str, english: str) -> None:
    assert (piece("what_i_do()", me=me), piece("what_i_do()", locale="en", me=me)) == (french, english)


@pytest.mark.parametrize(
    ("door", "france", "quebec", "english"),
    [
        (
            Door("blog", "Carnets d’atelier", "https://c.example"),
            "lire mon blog Carnets d’atelier (https://c.example)",
            "lire mon blogue Carnets d’atelier (https://c.example)",
            "read my blog Carnets d’atelier (https://c.example)",
        ),
        (Door("blog", "", "https://c.example"), "lire mon blog (https://c.example)",
         "lire mon blogue (https://c.example)", "read my blog (https://c.example)"),
        (Door("blog", "Mon blogue"), "lire mon blogue", "lire mon blogue", "read my blog"),
        (Door("blog", "my blog"), "lire mon blog", "lire mon blogue", "read my blog"),
        (Door("newsletter", "Le courrier des lettres"), "vous abonner au courrier des lettres",
         "vous abonner au courrier des lettres", "subscribe to my newsletter Le courrier des lettres"),
        (Door("newsletter", "Papiers"), "vous abonner à ma lettre d’information Papiers",
         "vous abonner à mon infolettre Papiers", "subscribe to my newsletter Papiers"),
        (Door("network", "Mastodon", "@c@m.example"), "me retrouver sur Mastodon (@c@m.example)",
         "me retrouver sur Mastodon (@c@m.example)", "find me on Mastodon (@c@m.example)"),
        (Door("network", "", "https://m.example"), "me retrouver sur un autre réseau (https://m.example)",
         "me retrouver sur un autre réseau (https://m.example)", "find me on another network (https://m.example)"),
        (Door("group", "Édition"), "me retrouver dans le groupe « Édition »",
         "me retrouver dans le groupe « Édition »", "find me in the group “Édition”"),
        (Door("group", "", "https://g.example"), "me retrouver dans mon groupe (https://g.example)",
         "me retrouver dans mon groupe (https://g.example)", "find me in my group (https://g.example)"),
        (Door("event", "le Salon du livre"), "me rencontrer au Salon du livre", "me rencontrer au Salon du livre",
         "meet me at the event “le Salon du livre”"),
        (Door("event", "the Book Fair"), "me rencontrer à l’événement « the Book Fair »",
         "me rencontrer à l’événement « the Book Fair »", "meet me at the Book Fair"),
        (Door("event", "Les rencontres du Large"), "me rencontrer aux rencontres du Large",
         "me rencontrer aux rencontres du Large", "meet me at the event “Les rencontres du Large”"),
        (Door("email", "", "c@c.example"), "m’écrire à c@c.example", "m’écrire à c@c.example",
         "write to me at c@c.example"),
        (Door("phone", "", "514 555-0123"), "m’appeler au 514 555-0123", "m’appeler au 514 555-0123",
         "call me at 514 555-0123"),
        (Door("other", "Mon agenda", "https://a.example"), "passer par mon agenda (https://a.example)",
         "passer par mon agenda (https://a.example)", "reach me through Mon agenda (https://a.example)"),
        (Door("other", "", "https://a.example"), "passer par https://a.example", "passer par https://a.example",
         "reach me through https://a.example"),
    ],
)  # fmt: skip
def test_a_door_is_said_with_the_verb_of_its_kind(door: Door, france: str, quebec: str, english: str) -> None:
    me = Me(doors=(door,))
    said = [piece("doors(1)", me=me, locale=locale) for locale in ("fr-FR", "fr-CA", "en")]
    assert said == [france, quebec, english]


def test_doors_are_a_list_and_writing_is_not_said_twice() -> None:
    me = Me(doors=(Door("email", "", "c@c.example"), Door("phone", "", "1"), Door("blog")))
    assert piece("doors(3)", me=me, tu=True) == "m’écrire à c@c.example, m’appeler au 1 ou lire mon blog"
    assert piece("doors(1, after_writing=true)", me=me) == "à c@c.example"
    assert piece("doors(2)", me=me, locale="en") == "write to me at c@c.example or call me at 1"
