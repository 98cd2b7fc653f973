"""Finishing: seams, regions, channels; and never a link."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motjuste.messages.length import normalise
from motjuste.messages.marks import verbatim, without_marks
from motjuste.messages.typography import finish, finish_with

NB, NN = "\u00a0", "\u202f"


@pytest.mark.parametrize(
    ("raw", "finished"),
    [
        pytest.param("Merci  beaucoup", "Merci beaucoup", id="two spaces"),
        pytest.param("Bonjour , Marie .", "Bonjour, Marie.", id="a space before comma and full stop"),
        pytest.param("un \ndeux", "un\ndeux", id="a space at the end of a line"),
        pytest.param("un\n deux", "un\ndeux", id="a space at the start of a line"),
        pytest.param("un\n\n\n\ndeux", "un\n\ndeux", id="more than one empty line"),
        pytest.param("un\n \n \n\ndeux", "un\n\ndeux", id="empty lines with spaces in them"),
        pytest.param("\n\n un\n", "un", id="spaces around the text"),
        pytest.param("un\tdeux", "un deux", id="a tab"),
        pytest.param(f"Merci {NB} beaucoup", f"Merci{NB}beaucoup", id="a no-break space among spaces stays"),
        pytest.param("le .org et ,5", "le .org et ,5", id="a full stop that begins a word stays where it is"),
        pytest.param("e\u0301\r\n", "é", id="composed, LF"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_seams_are_closed(raw: str, finished: str) -> None:
    assert [finish(raw, "fr-FR"), finish(raw, "en")] == [finished, finished]


@pytest.mark.parametrize(
    ("raw", "france", "quebec", "english"),
    [
        ("Merci !", f"Merci{NN}!", "Merci!", "Merci!"),
        ("Merci!", f"Merci{NN}!", "Merci!", "Merci!"),
        (f"Merci{NB}!", f"Merci{NN}!", "Merci!", "Merci!"),
        ("Vraiment ?!", f"Vraiment{NN}?!", "Vraiment?!", "Vraiment?!"),
        ("oui ; non", f"oui{NN}; non", "oui; non", "oui; non"),
        ("ainsi : oui", f"ainsi{NB}: oui", f"ainsi{NB}: oui", "ainsi: oui"),
        ("« réseau fort »", f"«{NB}réseau fort{NB}»", f"«{NB}réseau fort{NB}»", "« réseau fort »"),
        ("«réseau !»", f"«{NB}réseau{NN}!{NB}»", f"«{NB}réseau!{NB}»", "«réseau!»"),
        ("l'invitation d'Alice", "l’invitation d’Alice", "l’invitation d’Alice", "l’invitation d’Alice"),
        ("l'« été »", f"l’«{NB}été{NB}»", f"l’«{NB}été{NB}»", "l’« été »"),
        ("À suivre...", "À suivre…", "À suivre…", "À suivre…"),
        ("10 % de 10€", f"10{NB}% de 10{NB}€", f"10{NB}% de 10{NB}€", "10 % de 10€"),
        ("un....deux", "un....deux", "un....deux", "un....deux"),
        ("à 10:30 ou 10 h", "à 10:30 ou 10 h", "à 10:30 ou 10 h", "à 10:30 ou 10 h"),
        (":-) ;) (!) a;b", ":-) ;) (!) a;b", ":-) ;) (!) a;b", ":-) ;) (!) a;b"),
        ("(vraiment !)", f"(vraiment{NN}!)", "(vraiment!)", "(vraiment!)"),
    ],
    ids=ascii,
)
def test_each_region_has_its_spaces(raw: str, france: str, quebec: str, english: str) -> None:
    assert (finish(raw, "fr-FR"), finish(raw, "fr-CA"), finish(raw, "en")) == (france, quebec, english)


@pytest.mark.parametrize(
    ("typography", "finished"),
    [
        ("typographic", f"L’été{NN}: «{NB}10{NB}€{NB}»… – Merci{NN}!".replace(f"été{NN}", f"été{NB}")),
        ("nbsp", f"L’été{NB}: «{NB}10{NB}€{NB}»… – Merci{NB}!"),
        ("plain", 'L\'été : "10 €"... - Merci !'),
    ],
)
def test_the_channel_chooses_how_fine_the_typography_is(typography: str, finished: str) -> None:
    assert finish("L'été : « 10 € »... – Merci !", "fr-FR", typography) == finished


@pytest.mark.parametrize(
    "kept",
    [
        "https://exemple.org/a?b='c'&d=e...f;g:h!i",
        "http://exemple.org/l'ami",
        "www.exemple.org/l'ami",
        "o'neil...x@exemple.org",
        "exemple.org/l'ami...x",
        "carnets.exemple.org/l'ami?a=b;c",
    ],
)
def test_links_and_addresses_are_left_alone(kept: str) -> None:
    assert finish(f"Voir l'adresse {kept} ! Merci.", "fr-FR") == f"Voir l’adresse {kept}{NN}! Merci."
    assert finish(f"{kept}, {kept}", "fr-FR") == f"{kept}, {kept}"


@pytest.mark.parametrize("locale", ["fr-FR", "fr-CA", "en"])
@pytest.mark.parametrize("typography", ["typographic", "nbsp", "plain"])
@pytest.mark.parametrize(
    "kept",
    ["10:30", "9:05:59", "14 h 30", "a:b;c?d!e", "10%x", "http://a.fr:80/x!y", "marie@exemple.org", "1.5,2"],
)
def test_times_and_what_stands_inside_a_word_are_left_alone(kept: str, typography: str, locale: str) -> None:
    assert finish(f"mot {kept} mot", locale, typography) == f"mot {kept} mot"


VERBATIM = "l'été  \n\n\n : « x » ... 10 € – \u202f! , ."


@pytest.mark.parametrize("locale", ["fr-FR", "fr-CA", "en"])
@pytest.mark.parametrize("typography", ["typographic", "nbsp", "plain"])
def test_what_is_said_to_be_verbatim_stays_to_the_last_space(typography: str, locale: str) -> None:
    assert finish(f"a  b {verbatim(VERBATIM)}  c", locale, typography) == f"a b {VERBATIM} c"
    assert finish(verbatim(f" {VERBATIM} "), locale, typography) == f" {VERBATIM} "


@given(st.text(st.sampled_from("aé1 .,;:!?…«»'’-()@/\n\t\u00a0\u202f€%🚀\"–w") | st.characters()))
def test_any_text_can_be_verbatim(text: str) -> None:
    text = normalise(without_marks(text))
    assert finish(f"a{verbatim(text)}a", "fr-FR") == normalise(f"a{text}a")


@pytest.mark.parametrize(
    ("typography", "finished"),
    [("typographic", f"12{NN}500"), ("nbsp", f"12{NB}500"), ("plain", "12 500")],
)
def test_a_narrow_space_in_a_number_is_as_wide_as_the_channel_wants(typography: str, finished: str) -> None:
    for locale in ("fr-FR", "fr-CA"):
        assert finish(f"12{NN}500", locale, typography) == finished


# Beyond, there are no characters but the marks of what is verbatim, which no text holds.
LAST_CHARACTER = 0xFFFFF
TEXTS = st.text(
    st.sampled_from("aé1 .,;:!?…«»'’-()@/\n\t\u00a0\u202f€%e\u0301🚀\"–w")
    | st.characters(max_codepoint=LAST_CHARACTER),
    max_size=30,
)
LOCALES = st.sampled_from(["fr-FR", "fr-CA", "fr", "en", "es"])
TYPOGRAPHIES = st.sampled_from(["typographic", "nbsp", "plain"])


@given(TEXTS, LOCALES, TYPOGRAPHIES)
def test_a_finished_text_stays_as_it_is(text: str, locale: str, typography: str) -> None:
    once = finish(text, locale, typography)
    assert finish(once, locale, typography) == once


@given(TEXTS, LOCALES, TYPOGRAPHIES, st.data())
def test_positions_are_found_again_and_change_nothing(
    text: str, locale: str, typography: str, data: st.DataObject
) -> None:
    positions = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=4)))
    finished, found = finish_with(text, positions, locale, typography)
    assert finished == finish(text, locale, typography)
    assert found == sorted(found)
    assert all(0 <= place <= len(finished) for place in found)


@given(TEXTS, LOCALES, TYPOGRAPHIES)
def test_no_seam_is_left_open(text: str, locale: str, typography: str) -> None:
    kept = {"", *re.findall(r"\S*[@/]\S*|www\.\S*", finish(text, locale, typography))}
    finished = finish(text, locale, typography)
    for link in sorted(kept, key=len, reverse=True):
        finished = finished.replace(link, "x" * len(link)) if link else finished
    assert not re.search(r"\n\n\n|[ \u00a0\u202f]{2}|[ \u00a0\u202f]\n|\n[ \u00a0\u202f]", finished)
    assert not re.search(r"[ \u00a0\u202f][,.](?!\w)", finished)


def test_a_position_stays_with_its_word() -> None:
    text = "Bonjour  Marie !  \n\n\n|Merci ! Fin"
    finished, (place,) = finish_with(text.replace("|", ""), [text.index("|")], "fr-FR")
    assert f"{finished[:place]}|{finished[place:]}" == f"Bonjour Marie{NN}!\n\n|Merci{NN}! Fin"
