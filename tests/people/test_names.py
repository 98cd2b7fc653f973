"""From what people write as their name to what one says."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from motjuste.people.names import CleanName, clean_card_name, clean_name, fold, safe_text


def said(raw: str) -> tuple[str, str, str, str]:
    name = clean_name(raw)
    return name.given, name.family, name.full, name.confidence


@pytest.mark.parametrize(
    ("raw", "given_name", "family"),
    [
        pytest.param("Marie Dupont", "Marie", "Dupont", id="two words are a given and a family name"),
        pytest.param("M. Philippe de Villiers", "Philippe", "de Villiers", id="a civility is not a name"),
        pytest.param("Mme Élodie Roy", "Élodie", "Roy", id="Mme without a dot"),
        pytest.param("Me Julie Tremblay", "Julie", "Tremblay", id="a lawyer"),
        pytest.param("Dr. Marie Dupont", "Marie", "Dupont", id="a doctor"),
        pytest.param("Prof. Dr. Anna Schmidt", "Anna", "Schmidt", id="two titles"),
        pytest.param("Dr.-Ing. Hans Weber", "Hans", "Weber", id="a German engineer"),
        pytest.param("Ing. Karel Novák", "Karel", "Novák", id="an engineer, in front"),
        pytest.param("Karel Novák, ing.", "Karel", "Novák", id="an engineer, behind a comma"),
        pytest.param("Karel Novák ing.", "Karel", "Novák", id="an engineer, behind"),
        pytest.param("Dr.Marie Dupont", "Marie", "Dupont", id="a title glued to the name"),
        pytest.param("Marie Dupont, MBA, PhD", "Marie", "Dupont", id="credentials behind commas"),
        pytest.param("Marie Dupont MBA", "Marie", "Dupont", id="a credential without a comma"),
        pytest.param(
            "Marie Dupont MBA Conseil RH", "Marie", "Dupont", id="what follows a credential goes too"
        ),
        pytest.param("Marie Dupont Ph.D.", "Marie", "Dupont", id="a credential with dots"),
        pytest.param("Marie Dupont M.Sc.A.", "Marie", "Dupont", id="a dotted credential in no list"),
        pytest.param("John Smith Jr.", "John", "Smith", id="junior"),
        pytest.param("John Smith III", "John", "Smith", id="the third"),
        pytest.param("✅ Éric Lefèvre | Growth Hacker", "Éric", "Lefèvre", id="an emoji and a slogan"),
        pytest.param("🚀 | Marie Dupont", "Marie", "Dupont", id="a part without words is skipped"),
        pytest.param("Marie 🌸 Dupont", "Marie", "Dupont", id="an emoji inside"),
        pytest.param("👩🏽‍💻 Marie Dupont 🇫🇷", "Marie", "Dupont", id="a joined emoji and a flag"),
        pytest.param("Marie Dupont - Directrice marketing", "Marie", "Dupont", id="cut at a spaced hyphen"),
        pytest.param("Marie Dupont – Directrice", "Marie", "Dupont", id="cut at a spaced dash"),
        pytest.param("Marie Dupont • Acme", "Marie", "Dupont", id="cut at a bullet"),
        pytest.param("Marie Dupont｜Acme", "Marie", "Dupont", id="cut at a wide bar"),
        pytest.param("Marie Dupont: coach", "Marie", "Dupont", id="cut at a colon"),
        pytest.param("Marie Dupont™", "Marie", "Dupont", id="a trade mark is not the letters TM"),
        pytest.param("Marie Dupont®", "Marie", "Dupont", id="a registered mark"),
        pytest.param("Marie Dupont (she/her)", "Marie", "Dupont", id="pronouns in brackets"),
        pytest.param("Marie Dupont (elle)", "Marie", "Dupont", id="one pronoun in brackets"),
        pytest.param("Marie Dupont she/her", "Marie", "Dupont", id="pronouns without brackets"),
        pytest.param("Marie Dupont (née Roy", "Marie", "Dupont", id="a bracket that never closes"),
        pytest.param("(Marie Dupont)", "Marie", "Dupont", id="everything in brackets"),
        pytest.param("Robert “Bob” Smith", "Robert", "Smith", id="a nickname in quotation marks"),
        pytest.param("#OpenToWork Marie Dupont", "Marie", "Dupont", id="a hashtag"),
        pytest.param("Marie Dupont @marie", "Marie", "Dupont", id="a handle"),
        pytest.param("Marie Dupont www.dupont.fr", "Marie", "Dupont", id="an address"),
        pytest.param("Marie Dupont 2.0", "Marie", "Dupont", id="a number"),
        pytest.param("𝐌𝐚𝐫𝐢𝐞 𝐃𝐮𝐩𝐨𝐧𝐭", "Marie", "Dupont", id="mathematical bold letters"),
        pytest.param("Ｍａｒｉｅ Ｄｕｐｏｎｔ", "Marie", "Dupont", id="wide letters"),
        pytest.param("Mᴀʀɪᴇ Dᴜᴘᴏɴᴛ", "Marie", "Dupont", id="small capitals"),
        pytest.param("E\u0301lodie Roy", "Élodie", "Roy", id="an accent of its own"),
        pytest.param("MARIE DUPONT", "Marie", "Dupont", id="capitals"),
        pytest.param("marie dupont", "Marie", "Dupont", id="small letters"),
        pytest.param("Marie DUPONT", "Marie", "Dupont", id="a family name in capitals"),
        pytest.param("Marie LE GOFF", "Marie", "Le Goff", id="two capital words of a family name"),
        pytest.param("Marie D.", "Marie", "D.", id="a family name's initial"),
        pytest.param("PHILIPPE DE VILLIERS", "Philippe", "de Villiers", id="a particle in capitals"),
        pytest.param("JEAN DE LA FONTAINE", "Jean", "de la Fontaine", id="two particles in capitals"),
        pytest.param("LUDWIG VAN BEETHOVEN", "Ludwig", "van Beethoven", id="a Dutch particle"),
        pytest.param("MARIE-CLAIRE D'ARC", "Marie-Claire", "d'Arc", id="a hyphen and an apostrophe"),
        pytest.param("HÉLÈNE L’HEUREUX", "Hélène", "L’Heureux", id="a capital after the apostrophe"),
        pytest.param("SEAN O'BRIEN", "Sean", "O'Brien", id="an Irish name"),
        pytest.param("RONALD MCDONALD", "Ronald", "McDonald", id="a Scottish name"),
        pytest.param("ÉLODIE ROY-LÉVESQUE", "Élodie", "Roy-Lévesque", id="a double family name"),
        pytest.param("Jean d’Ormesson", "Jean", "d’Ormesson", id="an elided particle"),
        pytest.param("Willem 't Hooft", "Willem", "'t Hooft", id="a Dutch apostrophe"),
        pytest.param("Mohamed Ben Ali", "Mohamed", "Ben Ali", id="an Arabic particle"),
        pytest.param("Anne Sophie Le Goff", "Anne Sophie", "Le Goff", id="a first name of two words"),
        pytest.param("Zoé Lune Le Goff", "Zoé Lune", "Le Goff", id="Le opens the family name"),
        pytest.param("José Luis García López", "José Luis", "García López", id="Spanish double names"),
        pytest.param("Jean-Pierre Dupont Martin", "Jean-Pierre", "Dupont Martin", id="a hyphen ends doubt"),
        pytest.param("Rita Sa", "Rita", "Sa", id="a name that is a company's letters"),
        pytest.param("अमित शर्मा", "अमित", "शर्मा", id="an Indian script keeps its vowel signs"),
        pytest.param("Marie \u202eDupont\n\x1b[31m", "Marie", "Dupont", id="an escape sequence"),
    ],
)
def test_a_name_is_split_with_certainty(raw: str, given_name: str, family: str) -> None:
    name = clean_name(raw)
    assert (name.given, name.family, name.confidence) == (given_name, family, "high")
    assert name.greeting == given_name


@pytest.mark.parametrize(
    ("raw", "full"),
    [
        pytest.param("John Michael Smith", "John Michael Smith", id="a middle name or a double family name"),
        pytest.param("Marie Tremblay de Cotret", "Marie Tremblay de Cotret", id="a particle far behind"),
        pytest.param("Marie Claude", "Marie Claude", id="two first names, or a first and a family name"),
        pytest.param("A. Tremblay", "A. Tremblay", id="an initial"),
        pytest.param("M. Dupont", "M. Dupont", id="an initial or a civility"),
        pytest.param("M.DUPONT", "M. Dupont", id="an initial glued to the name"),
        pytest.param("J.-P. Dupont", "J.-P. Dupont", id="two initials"),
        pytest.param("J.R.R. Tolkien", "J.R.R. Tolkien", id="three initials"),
        pytest.param("JP Dupont", "JP Dupont", id="two capitals"),
        pytest.param("DUPONT Marie", "Marie Dupont", id="the family name first, in capitals"),
        pytest.param("LI WEI", "Li Wei", id="two-letter names in capitals"),
        pytest.param("Nguyễn Văn An", "Nguyễn Văn An", id="a family name that is usually first"),
        pytest.param("王伟", "王伟", id="a script in which the family name is first"),
        pytest.param("김민준", "김민준", id="another such script"),
        pytest.param("Mme Dupont", "Madame Dupont", id="a civility and a family name"),
        pytest.param("Marie", "Marie", id="one word"),
    ],
)
def test_the_whole_name_is_said_when_it_cannot_be_split_with_certainty(raw: str, full: str) -> None:
    name = clean_name(raw)
    assert (name.full, name.confidence, name.greeting) == (full, "low", full)


@pytest.mark.parametrize(
    ("raw", "full"),
    [
        pytest.param("", "", id="nothing"),
        pytest.param("{{ 7*7 }}", "", id="a template"),
        pytest.param("🌟🌟", "", id="only emoji"),
        pytest.param("12345", "", id="only digits"),
        pytest.param("marie@acme.fr", "", id="an e-mail address"),
        pytest.param("(marie@acme.fr)", "", id="an e-mail address in brackets"),
        pytest.param("marie.dupont@acme.fr", "", id="an e-mail address made of a name"),
        pytest.param("Acme SARL", "Acme SARL", id="a company"),
        pytest.param("Cabinet Dupont", "Cabinet Dupont", id="a firm"),
        pytest.param("We Are All In This Boat Together", "We Are All In This Boat Together", id="a slogan"),
    ],
)
def test_what_names_no_person_is_not_greeted_by_name(raw: str, full: str) -> None:
    assert said(raw) == ("", "", full, "none")
    assert clean_name(raw).greeting == ""


def test_a_middle_initial_does_not_make_the_given_name_uncertain() -> None:
    assert said("John M. Smith") == ("John", "Smith", "John M. Smith", "high")


def test_a_dotted_word_of_code_is_no_name() -> None:
    assert said("{{contact.note}} Marie") == ("Marie", "", "Marie", "low")


@pytest.mark.parametrize(
    ("given_column", "family_column", "expected"),
    [
        pytest.param(
            "Marie", "Dupont, MBA", ("Marie", "Dupont", "high"), id="credentials in the family column"
        ),
        pytest.param("MARIE", "DUPONT", ("Marie", "Dupont", "high"), id="capitals in both"),
        pytest.param("Marie", "DE LA TOUR", ("Marie", "de la Tour", "high"), id="particles in capitals"),
        pytest.param("John Michael", "Smith", ("John Michael", "Smith", "high"), id="the column is believed"),
        pytest.param("Marie J.", "Roy", ("Marie", "Roy", "high"), id="an initial is not said"),
        pytest.param("Dr Marie", "Roy PhD", ("Marie", "Roy", "high"), id="titles in the columns"),
        pytest.param("JP", "Roy", ("JP", "Roy", "high"), id="a short name is kept as it is"),
        pytest.param("✨ Marie", "🌸", ("Marie", "", "high"), id="a family name of ornaments"),
        pytest.param("A.", "Tremblay", ("A.", "Tremblay", "low"), id="a given name's initial"),
    ],
)
def test_columns_win_over_guessing(
    given_column: str, family_column: str, expected: tuple[str, str, str]
) -> None:
    name = clean_card_name(f"{given_column} {family_column}", given_column, family_column, "")
    assert (name.given, name.family, name.confidence) == expected


@pytest.mark.parametrize("given_column", ["Marie et Paul", "Marie & Paul", "Cabinet", "Directrice Marketing", "N/A"])
def test_a_column_that_names_no_person_is_not_greeted_by_name(given_column: str) -> None:
    assert clean_card_name(f"{given_column} Dupont", given_column, "Dupont", "").greeting == ""


def test_a_given_name_is_believed_beside_a_family_column_with_a_job() -> None:
    assert clean_card_name("", "Marie", "Dupont DRH", "") == CleanName("Marie", "Dupont", "Marie Dupont", "high")


def test_a_civility_or_a_pronoun_in_a_column_states_the_gender() -> None:
    assert clean_card_name("", "Mme Marie", "Dupont", "").gender == "F"
    assert clean_card_name("Claude Dupont (il)", "Claude", "Dupont", "").gender == "M"
    assert clean_card_name("Marie Dupont", "Marie", "Dupont", "").gender == ""


def test_an_initial_in_its_column_is_greeted_with_the_whole_name() -> None:
    assert clean_card_name("A. Tremblay", "A.", "Tremblay", "").greeting == "A. Tremblay"


def test_nobody_is_greeted_by_the_family_name_alone() -> None:
    assert clean_card_name("Dupont", "", "Dupont", "") == CleanName("", "Dupont", "Dupont", "none")


def test_a_whole_name_in_the_family_column_is_split() -> None:
    assert clean_card_name("Marie Dupont", "", "Marie Dupont", "").greeting == "Marie"


def test_a_card_that_bears_its_companys_name_names_no_person() -> None:
    assert clean_card_name("Les Ateliers", "", "", "les ateliers").greeting == ""


@pytest.mark.parametrize(
    ("unsafe", "safe"),
    [
        pytest.param("a\nb\r\nc\td", "a b c d", id="newlines and tabs become spaces"),
        pytest.param("a\u2028b\u2029c\x0bd\x85e", "a b c d e", id="every line separator too"),
        pytest.param("\x1b[31mred\x07", "[31mred", id="escape and bell go"),
        pytest.param("Marie\u202eDupont\u2066\u200f", "MarieDupont", id="direction marks go"),
        pytest.param("Ma\u200brie\ufeff\u00ad", "Marie", id="invisible characters go"),
        pytest.param("a\u00a0b\u202fc\u3000d", "a b c d", id="all spaces are one space"),
        pytest.param("  a   b ", "a b", id="spaces are folded and stripped"),
        pytest.param("a\ue000\ufdd0\uffff\U0010fffeb", "ab", id="private characters and noncharacters go"),
        pytest.param("a\ud800b", "ab", id="half a character goes"),
        pytest.param("E\u0301lodie", "Élodie", id="accents are composed"),
        pytest.param("👩‍💻 می‌خواهم", "👩‍💻 می‌خواهم", id="joiners stay"),
        pytest.param("{{ 7*7 }}", "{{ 7*7 }}", id="anything visible stays"),
    ],
)
def test_text_is_made_safe(unsafe: str, safe: str) -> None:
    assert safe_text(unsafe) == safe


@given(st.text())
def test_safe_text_is_one_visible_line_and_stays_as_it_is(text: str) -> None:
    safe = safe_text(text)
    assert safe_text(safe) == safe
    assert not any(
        unicodedata.category(c) in ("Cc", "Cs", "Co", "Zl", "Zp") or (c.isspace() and c != " ") for c in safe
    )


@given(st.text())
@example("ῢ")  # whose capital is two characters
def test_any_name_can_be_cleaned(text: str) -> None:
    name = clean_name(text)
    assert name.confidence in ("high", "low", "none")
    assert safe_text(name.full) == name.full
    assert bool(name.greeting) == (name.confidence != "none")


@given(st.text(alphabet="aéÉ.-' ’,|{}#@()M", max_size=20))
def test_a_clean_name_has_no_ornaments(text: str) -> None:
    assert set(clean_name(text).full).isdisjoint(",|{}#@()")


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Éric LEFÈVRE", "eric lefevre"),
        ("Anne-Sophie Le Goff", "anne sophie le goff"),
        ("Œuvre d’Ægir Łukasz Straße", "oeuvre d aegir lukasz strasse"),
        ("İpek Işık", "ipek isik"),
        ("𝐌𝐚𝐫𝐢𝐞", "marie"),
        ("...", ""),
    ],
)
def test_folding_forgets_accents_case_and_signs(text: str, folded: str) -> None:
    assert fold(text) == folded
