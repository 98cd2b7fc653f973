"""The pieces that the Spanish messages are made of: what was typed, as a Spanish sentence holds it."""

from __future__ import annotations

import pytest
from texts import CONTACTS, PROFILES, piece, write

from motjuste.profile import Door, Me


def said(call: str, *, tu: bool = False, me: Me | None = None) -> str:
    return piece(call, locale="es", tu=tu, me=me)


def situation(call: str, *, tu: bool = False, me: Me | None = None) -> str:
    return piece(call, of="_situations", locale="es", tu=tu, me=me)


@pytest.mark.parametrize(
    ("organization", "where"),
    [
        ("Atelier Nord", "en Atelier Nord"),
        ("Universidad de Chile", "en la Universidad de Chile"),
        ("Ministerio de Cultura", "en el Ministerio de Cultura"),
        ("Museo", "en Museo"),
        ("Editorial", "en Editorial"),
        ("El País", "en El País"),
        ("la Biblioteca Nacional.", "en la Biblioteca Nacional"),
        ("3M", "en 3M"),
        ("Autónoma", ""),
        ("Freelance", ""),
        ("En búsqueda de empleo", ""),
        ("Norte | Sur", ""),
        ("{{ 7*7 }}", ""),
        ("🚀🚀", ""),
        ("", ""),
    ],
)
def test_one_works_in_an_organization(organization: str, where: str) -> None:
    assert said(f"at({organization!r})") == where


@pytest.mark.parametrize(
    ("title", "in_a_sentence"),
    [
        ("Directora artística", "directora artística"),
        ("Art Director", ""),
        ("CEO | Ponente", ""),
        ("Estudiante de derecho", ""),
        ("Ayudo a vender más, y más deprisa", ""),
        ("Responsable de la conservación preventiva", ""),
        ("", ""),
    ],
)
def test_a_title_is_used_only_where_it_fits_a_sentence(title: str, in_a_sentence: str) -> None:
    assert said(f"title_in_a_sentence({title!r})") == in_a_sentence


@pytest.mark.parametrize(
    ("reason", "usted", "tu"),
    [
        ("He leído su artículo.", "he leído su artículo.", "he leído su artículo."),
        ("Coincidimos en Lyon", "coincidimos en Lyon.", "coincidimos en Lyon."),
        ("Leímos el mismo libro", "leímos el mismo libro.", "leímos el mismo libro."),
        ("Compré su libro", "Compré su libro.", "Compré su libro."),
        ("Su artículo me marcó.", "su artículo me marcó.", "su artículo me marcó."),
        ("¿Nos vemos en Lyon?", "¿Nos vemos en Lyon?", "¿Nos vemos en Lyon?"),
        ("¡Qué libro!", "¡Qué libro!", "¡Qué libro!"),
        ("Su artículo sobre archivos", "le escribo por su artículo sobre archivos.",
         "te escribo por su artículo sobre archivos."),
        ("El taller de Lyon", "le escribo por el taller de Lyon.", "te escribo por el taller de Lyon."),
        ("porque leí su libro", "le escribo porque leí su libro.", "te escribo porque leí su libro."),
        ("A raíz de su charla", "le escribo a raíz de su charla.", "te escribo a raíz de su charla."),
        ("tipografía", "le escribo a propósito de tipografía.", "te escribo a propósito de tipografía."),
        ("Y sin embargo…", "Y sin embargo…", "Y sin embargo…"),
    ],
)  # fmt: skip
def test_a_reason_is_a_sentence_however_it_was_typed(reason: str, usted: str, tu: str) -> None:
    assert (said(f"because({reason!r})"), said(f"because({reason!r})", tu=True)) == (usted, tu)


@pytest.mark.parametrize(
    ("interest", "shared"),
    [
        ("la tipografía", "por la tipografía"),
        ("El libro antiguo.", "por el libro antiguo"),
        ("La Mancha", "por La Mancha"),
        ("tipografía", "(tipografía)"),
    ],
)
def test_an_interest_is_said_with_its_article_or_in_brackets(interest: str, shared: str) -> None:
    assert said(f"for_interest({interest!r})") == shared


@pytest.mark.parametrize(
    ("goal", "continued"),
    [
        ("Conversar con gente del libro.", "conversar con gente del libro"),
        ("Reunirme con quien edita", "reunirme con quien edita"),
        ("Un círculo pequeño", "un círculo pequeño"),
        ("Madrid y sus librerías", "Madrid y sus librerías"),
    ],
)
def test_what_the_network_is_for_goes_on_after_a_colon(goal: str, continued: str) -> None:
    assert said("goal()", me=Me(network_goal=goal)) == continued


@pytest.mark.parametrize(
    ("me", "clause"),
    [
        (Me(role="Editora", organization="Carnets"), "soy editora en Carnets"),
        (Me(role="CEO", organization="Norte | Sur"), "soy CEO (Norte | Sur)"),
        (Me(role="Periodista"), "soy periodista"),
        (Me(organization="Banco de Chile"), "trabajo en el Banco de Chile"),
        (Me(field="la edición"), "me dedico a la edición"),
        (Me(field="El cine"), "me dedico al cine"),
        (Me(field="Periodismo."), "trabajo en Periodismo"),
        (Me(), ""),
    ],
)
def test_the_writer_says_what_they_do(me: Me, clause: str) -> None:
    assert said("what_i_do()", me=me) == clause


@pytest.mark.parametrize(
    ("door", "usted"),
    [
        (Door("blog", "Carnets", "https://c.example"), "leer mi blog Carnets (https://c.example)"),
        (Door("blog", "", "https://c.example"), "leer mi blog (https://c.example)"),
        (Door("blog", "Mi blog de cine"), "leer mi blog de cine"),
        (Door("blog", "Blog del taller"), "leer mi blog"),
        (Door("newsletter", "Papeles"), "suscribirse a mi boletín Papeles"),
        (Door("newsletter", "El boletín del lunes"), "suscribirse al boletín del lunes"),
        (Door("newsletter", "Boletín"), "suscribirse a mi boletín"),
        (Door("network", "Mastodon", "@c@m.example"), "encontrarme en Mastodon (@c@m.example)"),
        (Door("network", "", "https://m.example"), "encontrarme en otra red (https://m.example)"),
        (Door("group", "Edición"), "encontrarme en el grupo «Edición»"),
        (Door("group", "El grupo de los lunes"), "encontrarme en el grupo de los lunes"),
        (Door("group", "", "https://g.example"), "encontrarme en mi grupo (https://g.example)"),
        (Door("event", "La Feria del Libro"), "coincidir conmigo en la Feria del Libro"),
        (Door("event", "VivaTech"), "coincidir conmigo en el evento «VivaTech»"),
        (Door("event", "", "https://e.example"), "coincidir conmigo en un evento (https://e.example)"),
        (Door("email", "", "c@c.example"), "escribirme a c@c.example"),
        (Door("phone", "", "600 000 000"), "llamarme al 600 000 000"),
        (Door("other", "El taller", "https://a.example"), "localizarme a través del taller (https://a.example)"),
        (Door("other", "Mi agenda"), "localizarme a través de mi agenda"),
        (Door("other", "", "https://a.example"), "localizarme a través de https://a.example"),
    ],
)
def test_a_door_is_said_with_the_verb_of_its_kind(door: Door, usted: str) -> None:
    me = Me(doors=(door,))
    assert said("doors(1)", me=me) == usted
    assert said("doors(1)", me=me, tu=True) == usted.replace("suscribirse", "suscribirte")


def test_doors_are_a_list_and_writing_is_not_said_twice() -> None:
    me = Me(doors=(Door("email", "", "c@c.example"), Door("phone", "", "1"), Door("blog", "B", "https://b.example")))
    assert said("doors(3)", me=me) == (
        "escribirme a c@c.example, llamarme al 1 o leer mi blog B (https://b.example)"
    )
    assert said("doors(1, after_writing=true)", me=me) == "a c@c.example"
    assert said("door(me.doors[2], briefly=true)", me=me) == "leer mi blog (https://b.example)"


@pytest.mark.parametrize(
    ("event", "where"),
    [
        ("la Feria del Libro", "en la Feria del Libro"),
        ("Feria del Libro", "en la Feria del Libro"),
        ("El congreso de archivos.", "en el congreso de archivos"),
        ("Congreso de Archivos", "en el Congreso de Archivos"),
        ("Las jornadas de Lyon", "en las jornadas de Lyon"),
        ("Jornadas de Archivos", "en las Jornadas de Archivos"),
        ("El Escorial", "en el Escorial"),
        ("VivaTech", "en VivaTech"),
        ("Una cena en Lyon", "en una cena en Lyon"),
        ("su conferencia", "en su conferencia"),
        ("Durante la cena", "durante la cena"),
        ("en el tren", "en el tren"),
        ("", ""),
    ],
)
def test_people_met_where_the_event_was(event: str, where: str) -> None:
    assert situation(f"at_event({event!r})") == where


@pytest.mark.parametrize(
    ("topic", "about"),
    [
        ("Los archivos sonoros", "sobre los archivos sonoros"),
        ("sobre la lectura", "sobre la lectura"),
        ("Acerca de los archivos", "acerca de los archivos"),
        ("del archivo", "del archivo"),
        ("en torno a Colette", "en torno a Colette"),
        ("a propósito de Colette", "a propósito de Colette"),
        ("Colette", "sobre Colette"),
        ("tipografía", "sobre tipografía"),
    ],
)
def test_what_is_spoken_of_follows_a_preposition(topic: str, about: str) -> None:
    assert situation(f"about({topic!r})") == about


@pytest.mark.parametrize(
    ("typed", "clause"),
    [
        ("Diez años de librería", "Aporto diez años de librería."),
        ("10 años de librería.", "Aporto 10 años de librería."),
        ("El gusto por las listas", "Aporto el gusto por las listas."),
        ("rigor", "Aporto lo siguiente: rigor."),
        ("Leer menos", "Aporto lo siguiente: leer menos."),
        ("He leído todo", "He leído todo."),
        ("Mi librería me lo enseñó todo.", "Mi librería me lo enseñó todo."),
        ("Leer es mi oficio.", "Leer es mi oficio."),
        ("¡Todo!", "¡Todo!"),
        (" . ", "."),
    ],
)
def test_what_was_typed_completes_a_sentence_or_is_one(typed: str, clause: str) -> None:
    assert situation(f"clause('Aporto', {typed!r})") == clause


@pytest.mark.parametrize(
    ("typed", "thing"),
    [
        ("Una llamada la semana que viene", "una llamada la semana que viene"),
        ("Vernos el martes", "vernos el martes"),
        ("Jueves a las 10", "el jueves a las 10"),
        ("que nos veamos", "que nos veamos"),
        ("rigor", "lo siguiente: rigor"),
    ],
)
def test_what_is_proposed_follows_its_verb(typed: str, thing: str) -> None:
    assert situation(f"object({typed!r})") == thing


@pytest.mark.parametrize(
    ("when", "moment"),
    [
        ("Jueves a las 10", "el jueves a las 10"),
        ("el lunes o el martes", "el lunes o el martes"),
        ("Mañana por la tarde.", "mañana por la tarde"),
        ("3 de marzo", "el 3 de marzo"),
        ("10 minutos después", "10 minutos después"),
    ],
)
def test_a_day_of_the_week_has_its_article(when: str, moment: str) -> None:
    assert situation(f"moment({when!r})") == moment


@pytest.mark.parametrize(
    ("position", "post"),
    [
        ("Editora o editor", "editora o editor"),
        ("CEO", "CEO"),
        ("Un puesto de editora", "editora"),
        ("el puesto de DRH.", "DRH"),
        ("una editora", "editora"),
        ("Unidad de lectura", "unidad de lectura"),
    ],
)
def test_a_post_is_said_so_however_it_was_typed(position: str, post: str) -> None:
    assert situation(f"job({position!r})") == post


@pytest.mark.parametrize("typed", ["El papel", "«El papel»", "“El papel”", '"El papel".', "El grupo «El papel»"])
def test_a_title_stands_between_comillas(typed: str) -> None:
    assert situation(f"quoted({typed!r})") == "«El papel»"


@pytest.mark.parametrize(
    "typed", ["Por dónde empezar", "por dónde empezar?", "¿Por dónde empezar?", "¿por dónde empezar"]
)
def test_a_question_stands_between_its_marks(typed: str) -> None:
    assert situation(f"question({typed!r})") == "¿por dónde empezar?"


def test_a_question_that_begins_later_keeps_its_mark() -> None:
    assert situation("question('Si empezara hoy, ¿por dónde?')") == "si empezara hoy, ¿por dónde?"


@pytest.mark.parametrize(
    ("text", "to", "of"),
    [
        ("El taller", "al taller", "del taller"),
        ("la casa", "a la casa", "de la casa"),
        ("El País", "a El País", "de El País"),
        ("Los lunes", "a los lunes", "de los lunes"),
    ],
)
def test_a_preposition_and_an_article_are_one_word_where_they_are(text: str, to: str, of: str) -> None:
    assert (said(f"to({text!r})"), said(f"of({text!r})")) == (to, of)


@pytest.mark.parametrize(
    ("school", "where"),
    [
        ("la Universidad de Salamanca", "en la Universidad de Salamanca"),
        ("Universidad de Salamanca", "en la Universidad de Salamanca"),
        ("El Instituto Cervantes", "en el Instituto Cervantes"),
        ("en la Escuela de Artes", "en la Escuela de Artes"),
        ("HEC Montréal", "en HEC Montréal"),
    ],
)
def test_a_school_is_where_one_studied(school: str, where: str) -> None:
    note = write("invite-school", {"school": school}, locale="es").text
    assert note.startswith(f"Hola, Alice: yo también estudié {where}. ")


def test_what_drew_the_eye_may_be_one_thing_or_several() -> None:
    for noticed in ("su trabajo sobre archivos", "sus artículos sobre archivos"):
        said_ = write("ask-friendly", {"noticed": noticed}, locale="es").text
        assert f"Al ver su perfil me fijé en {noticed}." in said_


@pytest.mark.parametrize(
    ("deadline", "said_so"),
    [
        ("Jueves", "; si es posible, antes del jueves."),
        ("antes del 3 de marzo", "; si es posible, antes del 3 de marzo."),
        ("para el lunes", "; si es posible, para el lunes."),
        ("3 de marzo", "; si es posible, antes del 3 de marzo."),
        ("el 3 de marzo", "; si es posible, antes del 3 de marzo."),
    ],
)
def test_a_deadline_is_said_as_one(deadline: str, said_so: str) -> None:
    assert said_so in write("invite-interview", {"deadline": deadline}, locale="es").text


def test_a_number_of_ones_own_is_given_for_a_call_and_asked_for_without_one() -> None:
    assert "Puede llamarme al +33 1 99 00 12 34" in write("answer-call", locale="es").text
    assert "Deme su número y le llamo yo." in write("answer-call", locale="es", me=PROFILES["empty"]).text
    assert "Dame tu número y te llamo yo." in write("answer-call", locale="es", me=PROFILES["empty"], tu=True).text
    assert "+33" not in write("answer-call", {"by": "video"}, locale="es").text


def test_ones_own_address_comes_before_that_of_a_door() -> None:
    doors = (Door("phone", "", "1"), Door("email", "", "d@d.example"), Door("blog", "", "https://d.example"))
    own = Me(phone="2", email="o@o.example", website="https://o.example", doors=doors)
    for name, by_door, by_profile in (
        ("my-phone", "Puede llamarme al 1.", "Puede llamarme al 2."),
        ("my-email", "Puede escribirme a d@d.example.", "Puede escribirme a o@o.example."),
        ("my-website", "Puede ver mi trabajo aquí: https://d.example", "Puede ver mi trabajo aquí: https://o.example"),
    ):
        assert write(name, me=Me(doors=doors), locale="es").text == by_door
        assert write(name, me=own, locale="es").text == by_profile


def test_nobody_is_sent_to_someone_without_a_name_or_an_address() -> None:
    for tu, passed_on in ((False, "comparto su mensaje"), (True, "comparto tu mensaje")):
        assert passed_on in write("answer-introduce", {"how": "they_write"}, locale="es", tu=tu).text


def test_whom_a_person_wants_greeted_otherwise_is_greeted_so_even_by_their_whole_name() -> None:
    marie = CONTACTS["everything"]
    assert write("invite-standing", contact=marie, locale="es").text.startswith("Hola, Marie Dupont:")


def test_a_link_stands_behind_the_closing_where_nobody_signs() -> None:
    note = write("invite-candidate", {"link": "https://c.example"}, me=PROFILES["empty"], locale="es")
    assert note.text.endswith("Un saludo. El anuncio: https://c.example")


def test_a_journalist_who_is_in_no_medium_names_none() -> None:
    freelance = Me(name="Camille Roy", organization="Freelance")
    assert write("invite-interview", me=freelance, locale="es").text.startswith(
        "Hola, Alice: estoy preparando un artículo y"
    )


@pytest.mark.parametrize(
    ("days", "term"),
    [
        ("1", "Si no tengo noticias en un plazo de 1 día, "),
        ("10", "Si no tengo noticias en un plazo de 10 días, "),
        ("una semana", "Si no tengo noticias en una semana, "),
    ],
)
def test_the_term_of_an_answer_is_said_as_it_was_given(days: str, term: str) -> None:
    assert term in write("ask", {"days": days}, locale="es").text


def test_who_has_no_name_introduces_their_work() -> None:
    me = Me(role="Editora", network_goal="publicar a gente del norte")
    assert write("introduction", me=me, locale="es").text == (
        "Soy editora. Mi red tiene un propósito concreto: publicar a gente del norte."
    )
