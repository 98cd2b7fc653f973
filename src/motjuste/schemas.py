"""JSON Schemas of the files that people write, for editors that complete and check while one types.

They are made of the names that the readers of these files know. A reader may refuse what a schema cannot tell,
such as a regular expression that is none.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping

from motjuste.errors import UserError, nearest
from motjuste.expansion.case import UPPERCASE_STYLES
from motjuste.expansion.snippets import CONFIRM
from motjuste.expansion.windows import BACKENDS, NEWLINES, SELECTIONS
from motjuste.inbox.interests import Interests
from motjuste.messages.channels import TYPOGRAPHIES, Channel
from motjuste.messages.check_names import CHECKS, SILENCEABLE
from motjuste.messages.checks.reading import FACTS, Reading
from motjuste.messages.front_matter import FORMS, Field, FrontMatter
from motjuste.messages.length import UNITS
from motjuste.messages.templates import VARIABLES
from motjuste.policy_schema import policy_schema
from motjuste.profile import (
    ADDRESS_FORMS,
    AIMS,
    DOOR_KINDS,
    LANGUAGES,
    LONGEST_PAUSE,
    MOST_NOTES,
    PASSWORD_FIELDS,
    POLICIES,
    SHORTEST_PAUSE,
    TIERS,
    Profile,
)
from motjuste.profile_interests import LONGEST_INTEREST, MOST_INTERESTS
from motjuste.schema_pieces import Schema
from motjuste.schema_pieces import about as _about
from motjuste.schema_pieces import count as _count
from motjuste.schema_pieces import flag as _flag
from motjuste.schema_pieces import one_of as _one_of
from motjuste.schema_pieces import table as _table
from motjuste.schema_pieces import text as _text

# The draft that editors know best.
_DRAFT = "http://json-schema.org/draft-07/schema#"


def schema(name: str, languages: Iterable[str] = (), policies: Iterable[str] = ()) -> Schema:
    """The schema of that name; an unknown one is a UserError. A profile may speak of `languages`, `policies` too."""
    if name not in SCHEMAS:
        close = nearest(name, SCHEMAS)
        raise UserError(
            f"unknown schema '{name}'" + (f" (nearest: '{close}')" if close else ""),
            next_step="use one of " + ", ".join(SCHEMAS),
        )
    of, make = SCHEMAS[name]
    made = _profile(languages, policies) if make is _profile else make()
    return {"$schema": _DRAFT, "title": f"motjuste: {of}", **made}


# --- templates -------------------------------------------------------------------------------------------

# YAML takes 1.10 for a number; it is read as it is written.
_SCALAR: Schema = {"type": ["string", "number", "null"]}
_SCALARS: Schema = {"anyOf": [_SCALAR, {"type": "array", "items": {"type": ["string", "number"]}}]}


def _front_matter() -> Schema:
    known = {
        "title": _about("What lists call the template.", **_SCALAR),
        "description": _about("What the message does.", **_SCALAR),
        "when": _about("When to use it.", **_SCALAR),
        "tags": _about("Words that it is looked for by.", **_SCALARS),
        "triggers": _about("What one types to have it; fires at once.", **_SCALARS),
        "triggers_at_rest": _about(
            "What one types to have it; fires at a pause or at the separator behind it.", **_SCALARS
        ),
        "channel": _about("Where the text goes: a name from channels.toml.", **_SCALAR),
        "fields": _about(
            "What the template asks for.",
            type=["object", "null"],
            propertyNames={"pattern": "^[a-z_][a-z0-9_]*$", "not": {"enum": list(VARIABLES)}},
            additionalProperties=_table(_only(Field, _field())),
        ),
        "forms": _about(
            "The forms that the template has, or the length of each.",
            anyOf=[
                {"enum": list(FORMS)},
                {"type": "array", "items": {"enum": list(FORMS)}},
                _table({form: {"type": "integer", "minimum": 1} for form in FORMS}),
            ],
        ),
        "silence": _about(
            "The checks that have nothing to say here, each with the reason.",
            **_table({name: _about(CHECKS[name], type="string", pattern=r"\S") for name in SILENCEABLE}),
        ),
    }
    return _table(_only(FrontMatter, known)) | {"type": ["object", "null"]}


def _field() -> dict[str, Schema]:
    return {
        "ask": _about("The question.", **_SCALAR),
        "default": _about("What it is when nothing is said.", **_SCALAR),
        "choices": _about("The only answers.", **_SCALARS),
        "help": _about("What to know for the answer.", **_SCALAR),
    }


def _only(read_into: type, known: Mapping[str, Schema]) -> dict[str, Schema]:
    """What is known of the keys that are read into this class; of a key that is new here, nothing yet."""
    keys = (each.name for each in dataclasses.fields(read_into))
    # A field's and a channel's own name stand before it, not in it.
    return {key: known.get(key, {}) for key in keys if key != "name" or "name" in known}


# --- channels --------------------------------------------------------------------------------------------


def _channels() -> Schema:
    known = {
        "title": _text("What the channel is called in words."),
        "limit": _count("How long a text may be, counted in `unit`."),
        "unit": _one_of("What is counted.", UNITS),
        "free_limit": _count("The limit on a free account."),
        "seen_first": _count("How many characters the reader sees before opening the message."),
        "typography": _one_of("Which spaces and signs go out.", TYPOGRAPHIES),
        "links": _count("What a link counts, however long it is."),
        "also": _about(
            "Further limits, by unit.", **_table({unit: {"type": "integer", "minimum": 1} for unit in UNITS})
        ),
    }
    return {"type": "object", "additionalProperties": _table(_only(Channel, known))}


# --- the profile -----------------------------------------------------------------------------------------


def _profile(languages: Iterable[str] = (), policies: Iterable[str] = ()) -> Schema:
    others = [each for each in languages if each not in ("fr", *LANGUAGES)]
    for_all = _by_language(others)
    known = {
        "name": _text("Your name, as it signs a message."),
        "first_name": _text("Your first name, when it is not the first word of your name."),
        "role": _about("What you do: a text, or one for each language.", **for_all),
        "organization": _text("Where you do it."),
        "field": _about("Your field: a text in your language, or one for each.", **for_all),
        "network_goal": _about("What your network is for: a text in your language, or one for each.", **for_all),
        "email": _text(),
        "phone": _text(),
        "website": _text(),
        "language": _about("The language of your messages.", **_languages(others)),
        "address_form": _one_of("How you address people who have no form on their card.", ADDRESS_FORMS),
        "tier": _one_of("Your account: on a free one some boxes are shorter.", TIERS),
        "default_policy": _one_of("Whom you accept.", dict.fromkeys((*POLICIES, *policies))),
        "block": _about(
            "Names, companies and profile addresses whose invitations you never want.",
            type="array",
            items={"type": "string"},
        ),
        "aim": _one_of("What you invite people for: many contacts, or those that matter.", AIMS),
        "notes_per_month": _about(
            "How many personal notes a free account has in a month.", type="integer", minimum=0, maximum=MOST_NOTES
        ),
        "password_fields": _one_of("Where it is asked whether a password is typed.", PASSWORD_FIELDS),
        "doors": _about(
            "Other ways to stay in touch.",
            type="array",
            items=_table(
                {
                    "kind": _one_of("What it is.", DOOR_KINDS),
                    "label": _about("What it is called: a text, or one for each language.", **for_all),
                    "address": _text("Where it is."),
                },
                anyOf=[{"required": ["label"]}, {"required": ["address"]}],
            ),
        ),
        "typing": _about(
            "How your typing is understood.",
            **_table(
                {
                    "separators": _text("The signs that end a word; white space always does."),
                    "pause": _about(
                        "How many seconds without a key are a pause.",
                        type="number",
                        minimum=SHORTEST_PAUSE,
                        maximum=LONGEST_PAUSE,
                    ),
                    "undo": _flag("Whether Backspace right after an expansion takes it back."),
                }
            ),
        ),
    }
    return _table(_only(Profile, known | {"interests": _interests()}))


def _interests() -> Schema:
    words: Schema = {
        "type": "array",
        "items": {"type": "string", "maxLength": LONGEST_INTEREST, "pattern": r"[^\W_]"},
        "maxItems": MOST_INTERESTS,
    }
    known = {
        "positions": _about("What the people whom you look for do; gender, number and accents do not matter.", **words),
        "backgrounds": _about("What they know or did.", **words),
        "companies": _about("Where they work.", **words),
        "schools": _about("Where they studied.", **words),
        "groups": _about("The groups that you share.", **words),
        "places": _about("Where they are.", **words),
    }
    return _about("Whom you look for.", **_table(_only(Interests, known)))


def _languages(others: Iterable[str]) -> Schema:
    """Those that are told apart by region, and the others with any region."""
    known: Schema = {"enum": [*LANGUAGES, *others]}
    bases = "|".join(each for each in others if "-" not in each)
    return {"anyOf": [known, {"type": "string", "pattern": f"^({bases})-[A-Z]{{2}}$"}]} if bases else known


def _by_language(others: Iterable[str]) -> Schema:
    languages = dict.fromkeys(("fr", *LANGUAGES, *others), _text())
    return {"anyOf": [_text(), _table(languages)]}


# --- what is checked in a language ------------------------------------------------------------------------


def _checks() -> Schema:
    words: Schema = {"type": "array", "items": {"type": "string", "pattern": r"^[^\s…]"}}
    pairs: Schema = {
        "type": "object",
        "propertyNames": {"pattern": r"^[^\s…]"},
        "additionalProperties": {"type": "string", "pattern": r"^[^\s…]"},
    }
    known = {
        "sample": _text("What a field is tried with."),
        "friend": _about("What is said only to a friend.", **words),
        "stranger": _about("What is said only to a stranger.", **words),
        "greetings": _about("What stands before the name of the person who is greeted.", **words),
        "anybody": _about("What may stand there in place of a name.", **words),
        "unfinished": _about("Words that no clause ends with.", **words),
        "joining": _about("Words that no sentence ends with.", **words),
        "opened": _about("The mark that opens, by the mark that closes.", **pairs),
        "quotation": _about("The two marks that have no space inside.", type="string", pattern="^(..)?$"),
        "instead": _about("What is right, by what is wrong.", **pairs),
        "allowed": _about("What is right although it looks like something wrong.", **words),
        "thanking": _about("Words of thanks and of joy.", **words),
        "facts": _about("What nobody is thanked for unless it is so.", **_table(dict.fromkeys(FACTS, words))),
    }
    return _table(_only(Reading, known))


# --- snippets --------------------------------------------------------------------------------------------


def _snippets() -> Schema:
    texts: Schema = {"type": "array", "items": {"type": ["string", "number", "boolean"]}}
    # What stands there is read as it is written: `trigger: no` means these two letters.
    text: Schema = {"type": ["string", "number", "boolean"]}
    known = {
        "trigger": _about("What you type.", **text),
        "triggers": _about("What you type: several.", **texts, minItems=1),
        "regex": _text("A regular expression that what you type matches."),
        "replace": _about("The text; Jinja when it holds {{ or {%, and $|$ for the caret.", **text),
        "template": _text("The name of a message, in place of a text."),
        "label": _about("What you call it.", **text),
        "comment": _about("What you want to remember.", **text),
        "search_terms": _about("How you would look for it.", **texts),
        "uppercase_style": _one_of("What one capital asks for.", UPPERCASE_STYLES),
        "confirm": _one_of("What lets it fire.", CONFIRM),
        "word": _flag("The trigger begins and ends where a word does."),
        "left_word": _flag("The trigger begins where a word does."),
        "right_word": _flag("The trigger ends where a word does."),
        "at_rest": _flag("A pause or a separator behind the trigger lets it fire, and nothing else."),
        "propagate_case": _flag("The text follows the capitals of the trigger."),
        "enabled": _flag("false leaves it out for now."),
    }
    calls, says = ("trigger", "triggers", "regex"), ("replace", "template")
    alone = [{"oneOf": [{"required": [key]} for key in keys]} for keys in (calls, says)]
    items = {"type": "array", "items": _table(known, allOf=alone)}
    return _table({"snippets": items}, required=["snippets"])


# --- applications ----------------------------------------------------------------------------------------


def _applications() -> Schema:
    text: Schema = {"type": "string", "minLength": 1}
    texts: Schema = {"anyOf": [text, {"type": "array", "items": text, "minItems": 1}]}
    windows = {
        "title": _about("The window's title; * stands for anything.", **texts),
        "class": _about("The window's class.", **texts),
        "program": _about("The file name of the program.", **texts),
    }
    does = {
        "off": _flag("true: nothing is expanded here."),
        "newline": _one_of("What becomes of a line break.", NEWLINES),
        "return_sends": _flag("true: Return sends off what was typed."),
        "paste": _text('The chord that pastes, such as "ctrl+shift+v".'),
        "selection": _one_of("What that chord pastes here.", SELECTIONS),
        "backend": _one_of("How a text goes in.", BACKENDS),
        "snippets": _about("Only these work here.", **texts),
    }
    rule = _table(
        {"name": _about("What you call the rule.", type="string", pattern=r"\S"), **windows, **does},
        required=["name"],
        allOf=[{"anyOf": [{"required": [key]} for key in keys]} for keys in (windows, does)],
    )
    return _table({"application": {"type": "array", "items": rule}})


# --- titles ----------------------------------------------------------------------------------------------


def _titles() -> Schema:
    # Exactly one {name}, and besides it letters that only that site's titles have.
    text: Schema = {"type": "string", "pattern": r"^((?!\{name\}).)*\{name\}((?!\{name\}).)*$"}
    titles: Schema = {"anyOf": [text, {"type": "array", "items": text, "minItems": 1}]}
    rule = _table(
        {
            "site": _about("What you call the site or the program.", type="string", pattern=r"\S"),
            "title": _about("The window's title; {name} is where the name stands, * stands for anything.", **titles),
        },
        required=["site", "title"],
    )
    return _table({"title": {"type": "array", "items": rule}})


SCHEMAS: Mapping[str, tuple[str, Callable[[], Schema]]] = {
    "template": ("the front matter of a template, templates/LANGUAGE/NAME.txt", _front_matter),
    "channels": ("channels.toml", _channels),
    "profile": ("profile.toml", _profile),
    "checks": ("what is checked in a language, templates/LANGUAGE/_checks.toml", _checks),
    "snippets": ("a file of snippets, snippets/NAME.yml", _snippets),
    "applications": ("applications.toml", _applications),
    "titles": ("titles.toml", _titles),
    "policy": ("a policy, policies/NAME.toml", policy_schema),
}
"""What each schema is of, and how it is made."""
