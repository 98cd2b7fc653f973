"""Case that follows the trigger."""

from __future__ import annotations

import pytest

from motjuste.expansion.case import UPPERCASE_STYLES, follow_case


@pytest.mark.parametrize(
    ("typed", "style", "text", "result"),
    [
        pytest.param("ols", "uppercase", "least squares", "least squares", id="small letters change nothing"),
        pytest.param(
            "oLS", "uppercase", "least squares", "least squares", id="nor do capitals that come later"
        ),
        pytest.param("Ols", "uppercase", "least squares", "Least squares", id="one capital"),
        pytest.param("Ols", "capitalize", "least squares", "Least squares", id="one capital, to begin with"),
        pytest.param(
            "Ols", "capitalize_words", "least squares", "Least Squares", id="one capital, for each word"
        ),
        pytest.param(
            "OLs", "capitalize_words", "least squares", "LEAST SQUARES", id="two capitals in any style"
        ),
        pytest.param("OLS", "capitalize", "least squares", "LEAST SQUARES", id="only capitals in any style"),
        pytest.param("O", "uppercase", "least squares", "LEAST SQUARES", id="a trigger of one letter"),
        pytest.param("O", "capitalize", "least squares", "Least squares", id="whose style says less"),
        pytest.param(
            "O", "capitalize_words", "least squares", "Least Squares", id="or a capital for each word"
        ),
        pytest.param(":1", "uppercase", "least squares", "least squares", id="a trigger without letters"),
        pytest.param("Œv", "uppercase", "été", "Été", id="accented letters"),
        pytest.param("Ol", "uppercase", "« l’été » là", "« L’été » là", id="a quotation mark comes first"),
        pytest.param("Ol", "uppercase", "3 jours", "3 jours", id="a number comes first"),
        pytest.param("Ol", "capitalize_words", "l’été (très)\nchaud", "L’été (Très)\nChaud", id="each word"),
        pytest.param(
            "Ol", "capitalize_words", "jean-paul à 3e", "Jean-paul À 3e", id="a word ends at a space"
        ),
        pytest.param("OL", "uppercase", "straße", "STRASSE", id="capitals may be longer"),
        pytest.param("Ol", "uppercase", "ßa", "Ssa", id="one letter may become two"),
        pytest.param("Ol", "capitalize_words", "ǆep ﬁn", "ǅep Fin", id="two in one sign have a capital form"),
        pytest.param("OL", "capitalize", "ǆep ﬁn", "ǄEP FIN", id="and another among capitals"),
        pytest.param(
            "Ol", "uppercase", "e\u0301te\u0301", "E\u0301te\u0301", id="an accent of its own stays"
        ),
        pytest.param("İl", "uppercase", "ılık", "Ilık", id="Turkish letters"),
        pytest.param(
            "E\u0301T", "capitalize", "un été", "UN ÉTÉ", id="an accent is no letter of the trigger"
        ),
        pytest.param("Ol", "uppercase", "", "", id="no text"),
    ],
)
def test_the_first_two_letters_of_the_trigger_decide(typed: str, style: str, text: str, result: str) -> None:
    assert style in UPPERCASE_STYLES
    assert follow_case(text, typed, style) == result
