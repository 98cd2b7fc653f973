"""The JSON Schemas: they take what the readers of the files take, and refuse what these refuse."""

from __future__ import annotations

import dataclasses
import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from motjuste.adapters.template_files import languages_in, read_template_files, shipped_folder
from motjuste.errors import UserError
from motjuste.expansion.applications import read_applications
from motjuste.expansion.reading import read_snippets
from motjuste.inbox.policy_files import read_policy
from motjuste.messages.channels import read_channels
from motjuste.messages.checks.reading import Reading, read_reading
from motjuste.messages.front_matter import FrontMatter, read_front_matter, split
from motjuste.people.title_rules import read_title_rules
from motjuste.profile import POLICIES, read_profile
from motjuste.schemas import SCHEMAS, schema

ROOT = Path(__file__).parents[1]
TEMPLATES = [each for each in read_template_files(shipped_folder()).sources if not each.name.startswith("_")]

LANGUAGES = languages_in(shipped_folder())


def refused(problem: object) -> None:
    if problem:
        raise UserError(str(problem))


# How each file is read, as text and into the document that a schema speaks of.
READERS: dict[str, Callable[[str], object]] = {
    "template": lambda text: read_front_matter(text, "x"),
    "channels": lambda text: read_channels(text, "x"),
    "profile": lambda text: read_profile(text, "x", LANGUAGES),
    "checks": lambda text: read_reading(text, "x"),
    "snippets": lambda text: refused(read_snippets(text, "x")[1]),
    "applications": lambda text: refused(read_applications(text, "x")[1]),
    "titles": lambda text: refused(read_title_rules(text, "x")[1]),
    "policy": lambda text: read_policy(text, "x", "x"),
}
PARSERS: dict[str, Callable[[str], Any]] = {
    name: yaml.safe_load if name in ("template", "snippets") else tomllib.loads for name in SCHEMAS
}


def is_read(name: str, text: str) -> bool:
    try:
        READERS[name](text)
    except UserError:
        return False
    return True


def is_valid(name: str, text: str) -> bool:
    return bool(Draft7Validator(schema(name, LANGUAGES)).is_valid(PARSERS[name](text)))


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_one(name: str) -> None:
    Draft7Validator.check_schema(schema(name))
    assert schema(name)["$schema"] == "http://json-schema.org/draft-07/schema#"


def test_an_unknown_schema_is_told_with_the_nearest() -> None:
    with pytest.raises(UserError, match=r"unknown schema 'profil' \(nearest: 'profile'\); use one of template, "):
        schema("profil")


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda each: f"{each.language}/{each.name}")
def test_the_front_matter_that_ships_is_valid(template: Any) -> None:
    assert is_valid("template", split(template.text, template.path)[0])


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("channels", "templates/channels.toml"),
        ("applications", "templates/applications.toml"),
        ("profile", "demo/profile.toml"),
        ("checks", "templates/es/_checks.toml"),
        *(("policy", f"policies/{name}.toml") for name in POLICIES),
    ],
)
def test_the_files_that_ship_are_valid(name: str, path: str) -> None:
    assert is_valid(name, (ROOT / path).read_text("utf-8"))


def test_the_snippets_of_the_documentation_are_valid() -> None:
    examples = re.findall(r"```yaml\n(snippets:.*?)```", (ROOT / "docs/snippets.md").read_text("utf-8"), re.DOTALL)
    assert examples
    assert all(is_valid("snippets", example) for example in examples)


def test_a_template_has_the_keys_that_its_reader_knows() -> None:
    assert list(schema("template")["properties"]) == [each.name for each in dataclasses.fields(FrontMatter)]


@pytest.mark.parametrize(
    "key", ["trigger", "triggers", "regex", "replace", "template", "label", "comment", "search_terms",
            "uppercase_style", "confirm", "word", "left_word", "right_word", "at_rest", "propagate_case", "enabled"]
)  # fmt: skip
def test_a_snippet_has_the_keys_that_its_reader_knows(key: str) -> None:
    known = schema("snippets")["properties"]["snippets"]["items"]["properties"]
    _, problems = read_snippets(f"snippets: [{{{key}: {{}}}}]", "x")
    assert (key in known, "unknown key" in str(problems[0])) == (True, False)


def test_what_is_checked_has_the_keys_that_its_reader_knows() -> None:
    known = schema("checks")["properties"]
    assert list(known) == [each.name for each in dataclasses.fields(Reading)]
    assert all(known.values())


def test_a_profile_speaks_of_the_languages_that_there_are() -> None:
    known = {*schema("profile")["properties"]["language"]["enum"]}
    more = schema("profile", ("fr", "en", "es", "pt"))["properties"]
    assert [*more["language"]["anyOf"][0]["enum"]] == ["fr-FR", "fr-CA", "en", "es", "pt"]
    assert (known, "pt" in more["role"]["anyOf"][1]["properties"]) == ({"fr-FR", "fr-CA", "en"}, True)


def test_a_profile_speaks_of_the_policies_that_there_are() -> None:
    known = schema("profile")["properties"]["default_policy"]["enum"]
    more = schema("profile", policies=("mine", "open-network"))["properties"]["default_policy"]["enum"]
    assert (known, more) == ([*POLICIES], [*POLICIES, "mine"])


def test_a_rule_has_the_keys_that_its_reader_knows() -> None:
    _, problems = read_applications("[[application]]\nxyzzy = 1\n", "x")
    told = str(problems[0]).partition("known: ")[2].split(", ")
    assert list(schema("applications")["properties"]["application"]["items"]["properties"]) == told


# fmt: off
TAKEN = {
    "template": [
        "", "title: A", "title: 1.10", "title:", "triggers: [a, 12]", "triggers: a", "triggers:", "channel: sms",
        "fields:", "fields: {why: {ask: x, default: a, choices: [a, b], help: x}}", "fields: {why_2: {}}",
        "forms: long",
        "forms: [long, short]", "forms: {long: 900}", "silence: {hole: a quotation}", "triggers_at_rest: [a]",
    ],
    "channels": [
        "", "[a]", "[a]\nlimit = 3\nunit = 'sms'", "[a]\ntitle = 'x'\nfree_limit = 1\nseen_first = 1\nlinks = 23",
        "[a]\ntypography = 'nbsp'\nalso = { bytes = 3000 }",
    ],
    "profile": [
        "", "name = 'A'\nfirst_name = 'B'", "role = 'a'", "role = { fr = 'a', fr-CA = 'b', en = 'c' }",
        "language = 'fr-CA'\naddress_form = 'tu'\ntier = 'free'",
        "default_policy = 'strong-ties'\npassword_fields = 'off'",
        "[[doors]]\nkind = 'blog'\nlabel = 'a'", "[[doors]]\nlabel = { fr = 'a' }", "[[doors]]\naddress = 'a'",
        "language = 'es'", "language = 'es-MX'", "role = { es = 'a' }", "block = []", "block = ['Nord Conseil']",
        "[typing]\nseparators = ' ,'\npause = 1\nundo = false", "[typing]\npause = 0.1",
        "aim = 'reach'\nnotes_per_month = 0", "aim = 'quality'\nnotes_per_month = 1000", "[interests]",
        "[interests]\npositions = ['a', 'é']\nbackgrounds = []\ncompanies = ['A & B']",
        "[interests]\nschools = ['a']\ngroups = ['1']\nplaces = ['a']",
        f"[interests]\nplaces = ['{'a' * 200}']", f"[interests]\nplaces = {['a'] * 500}",
        "email = 'a'\nphone = 'b'\nwebsite = 'c'\norganization = 'd'\nfield = 'e'\nnetwork_goal = 'f'",
    ],
    "checks": [
        "", "sample = 'a'", "friend = ['a b', 'c…']", "stranger = []", "opened = { '?' = '¿' }", "quotation = ''",
        "quotation = '«»'", "instead = { 'a b' = 'c' }", "[facts]\nnote = ['a']\nkind_words = []",
    ],
    "snippets": [
        "snippets: []", "snippets: [{trigger: a, replace: b}]", "snippets: [{trigger: 12, replace: true}]",
        "snippets: [{triggers: [a, 1], template: b, word: true, label: 3, comment: c, search_terms: [d]}]",
        "snippets: [{regex: a, replace: b, confirm: tab, propagate_case: true, uppercase_style: capitalize}]",
        "snippets: [{trigger: a, replace: b, left_word: true, right_word: false, enabled: false}]",
        "snippets: [{trigger: a, replace: b, at_rest: true}]",
    ],
    "applications": [
        "", "[[application]]\nname = 'a'\ntitle = '*'\noff = true",
        "[[application]]\nname = 'a'\nclass = ['x', 'y']\nprogram = 'z'\nnewline = 'space'\nreturn_sends = true",
        "[[application]]\nname = 'a'\nclass = 'x'\npaste = 'ctrl+v'\nselection = 'primary'",
        "[[application]]\nname = 'a'\nclass = 'x'\nbackend = 'keys'\nsnippets = 'a'",
    ],
    "titles": [
        "", "[[title]]\nsite = 'a'\ntitle = '{name} | A'",
        "[[title]]\nsite = 'a'\ntitle = ['* - {name} | A', 'A: {name} - b *']",
    ],
    "policy": [
        "[[rules]]\nverdict = 'ask'\nreason = 'a'",
        "title = 'a'\ndescription = { fr = 'a', es-MX = 'b' }\n[[rules]]\nverdict = 'look'\nreason = { en = 'a' }",
        "[[rules]]\nname = 'a'\nwhen = 'blocked'\nunknown = 'apply'\nverdict = 'accept'\ntemplate = ''\n"
        "fields = { a = 'b' }\nfollow_up = 3650\nreason = 'a'",
    ],
}
REFUSED = {
    "template": [
        "titel: A", "- a", "title: [a]", "title: {a: b}", "title: yes", "triggers: {a: b}", "triggers: [[a]]",
        "fields: {Why: {}}", "fields: {contact: {}}", "fields: {why: a}", "fields: {why: {aks: a}}", "fields: [a]",
        "forms: medium", "forms: [medium]", "forms: {medium: 3}", "forms: {long: 0}", "forms: {long: x}",
        "silence: {hole: ''}", "silence: {hole: ' '}", "silence: {hoel: a}", "silence: {unreadable: a}",
        "silence: hole",
    ],
    "channels": [
        "limit = 3", "[a]\nlimt = 3", "[a]\nlimit = 0", "[a]\nlimit = true", "[a]\nlimit = 'x'", "[a]\nlinks = 0",
        "[a]\nunit = 'words'", "[a]\ntypography = 'fancy'", "[a]\ntitle = 3", "[a]\nalso = { words = 3 }",
        "[a]\nalso = { bytes = 0 }", "[a]\nfree_limit = 0", "[a]\nseen_first = 0",
    ],
    "profile": [
        "nam = 'A'", "name = 3", "role = 3", "role = { de = 'a' }", "language = 'de'",
        "language = 'es-mexico'", "language = 'es_MX'",
        "language = 'en-GB'", "address_form = 'du'",
        "tier = 'gold'", "default_policy = 'none'", "password_fields = 'all'", "doors = 'a'", "[[doors]]",
        "[[doors]]\nkind = 'blogs'\nlabel = 'a'", "[[doors]]\nlable = 'a'", "[[doors]]\nlabel = 3", "typing = 3",
        "[typing]\npauses = 1", "[typing]\npause = 0.01", "[typing]\npause = 11", "[typing]\npause = 'a'",
        "[typing]\nundo = 1", "[typing]\nseparators = 3", "network_goal = 3", "field = 3",
        "block = 'a'", "block = [3]",
        "aim = 'many'", "notes_per_month = -1", "notes_per_month = 1001", "notes_per_month = true",
        "notes_per_month = 1.5",
        "interests = 3", "[interests]\nposition = ['a']", "[interests]\npositions = 'a'",
        "[interests]\npositions = [3]",
        "[interests]\npositions = ['…']", "[interests]\npositions = ['']",
        f"[interests]\nplaces = ['{'a' * 201}']",
        f"[interests]\nplaces = {['a'] * 501}",
    ],
    "checks": [
        "sampel = 'a'", "sample = 3", "friend = 'a'", "friend = [3]", "friend = ['']", "friend = ['…']",
        "opened = ['?']", "opened = { '?' = 3 }", "opened = { '' = 'a' }", "instead = { 'a' = '' }",
        "quotation = '«'", "quotation = 3", "facts = 3", "[facts]\nnotes = ['a']", "[facts]\nnote = 'a'",
    ],
    "snippets": [
        "snippet: []", "snippets: {}", "snippets: [a]", "snippets: [{trigger: a}]", "snippets: [{replace: a}]",
        "snippets: [{trigger: a, replace: b, template: c}]", "snippets: [{trigger: a, triggers: [b], replace: c}]",
        "snippets: [{trigger: [a], replace: b}]", "snippets: [{triggers: [], replace: b}]",
        "snippets: [{triggers: a, replace: b}]", "snippets: [{trigger: a, replace: {b: c}}]",
        "snippets: [{trigger: a, replace: b, wrod: true}]", "snippets: [{trigger: a, replace: b, word: 1}]",
        "snippets: [{trigger: a, replace: b, confirm: space}]", "snippets: [{trigger: a, replace: b, search_terms: c}]",
        "snippets: [{trigger: a, replace: b, uppercase_style: all}]", "snippets: [{trigger: , replace: b}]",
    ],
    "applications": [
        "name = 'a'", "[application]", "[[application]]\ntitle = '*'\noff = true",
        "[[application]]\nname = 'a'\noff = true",
        "[[application]]\nname = 'a'\ntitle = '*'", "[[application]]\nname = ' '\ntitle = '*'\noff = true",
        "[[application]]\nname = 'a'\ntitle = ''\noff = true", "[[application]]\nname = 'a'\ntitle = []\noff = true",
        "[[application]]\nname = 'a'\ntitle = '*'\noff = 1", "[[application]]\nname = 'a'\ntitle = '*'\nnewline = 'x'",
        "[[application]]\nname = 'a'\ntitle = '*'\nbackend = 'x'",
        "[[application]]\nname = 'a'\ntitle = '*'\nof = true",
        "[[application]]\nname = 'a'\ntitle = '*'\nselection = 'x'",
        "[[application]]\nname = 'a'\ntitle = '*'\nsnippets = [3]",
    ],
    "titles": [
        "site = 'a'", "[title]\nsite = 'a'\ntitle = '{name} | A'", "[[title]]", "[[title]]\nsite = 'a'",
        "[[title]]\ntitle = '{name} | A'", "[[title]]\nsite = ' '\ntitle = '{name} | A'",
        "[[title]]\nsite = 'a'\ntitle = 'A'", "[[title]]\nsite = 'a'\ntitle = '{name} {name}'",
        "[[title]]\nsite = 'a'\ntitle = []", "[[title]]\nsite = 'a'\ntitle = 3",
        "[[title]]\nsiet = 'a'\ntitle = '{name} | A'", "[titles]",
    ],
    "policy": [
        "", "rules = []", "[rules]", "[[rule]]", "[[rules]]\nverdict = 'ask'", "[[rules]]\nreason = 'a'",
        *(f"[[rules]]\nverdict = 'ask'\nreason = 'a'\n{more}" for more in (
            "whn = 'a'", "when = 3", "when = ' '", "unknown = 'no'", "follow_up = 0", "follow_up = 3651",
            "follow_up = 'a'", "fields = 'a'", "fields = { a = 3 }", "template = 3", "name = 3",
        )),
        "[[rules]]\nverdict = 'aks'\nreason = 'a'", "[[rules]]\nverdict = 'ask'\nreason = ''",
        "[[rules]]\nverdict = 'ask'\nreason = {}", "[[rules]]\nverdict = 'ask'\nreason = { french = 'a' }",
        "title = 3\n[[rules]]\nverdict = 'ask'\nreason = 'a'", "[[rules]]\nverdict = 'ask'\nreason = { fr = ' ' }",
    ],
}
# fmt: on


@pytest.mark.parametrize(("name", "text"), [(name, text) for name in TAKEN for text in TAKEN[name]])
def test_what_a_reader_takes_is_valid(name: str, text: str) -> None:
    assert (is_read(name, text), is_valid(name, text)) == (True, True)


@pytest.mark.parametrize(("name", "text"), [(name, text) for name in REFUSED for text in REFUSED[name]])
def test_what_a_reader_refuses_is_not_valid(name: str, text: str) -> None:
    assert (is_read(name, text), is_valid(name, text)) == (False, False)
