"""The lines of a vCard: encodings and folding, and each line as a property with its parameters (RFC 6350, 3.3)."""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from motjuste.people.reading import marked_encoding

QUOTED_PRINTABLE = re.compile(rb"[^:]*[;=]\s*QUOTED-PRINTABLE\b", re.IGNORECASE)
_BASE64 = re.compile(rb"[^:]*[;=]\s*(?:BASE64|B)\s*[;:]", re.IGNORECASE)
_BASE64_ONLY = re.compile(rb"[ \t]*[A-Za-z0-9+/=]+[ \t]*")
FRAME_LINE = re.compile(rb"(?P<margin>[ \t]*)(?P<frame>BEGIN|END)\s*:\s*VCARD\s*", re.IGNORECASE)

LONGEST_LINE = 4 * 1024 * 1024
"""How many octets a line may have, unfolded, to be kept: a photo, say."""
_BLOCK = 1024 * 1024


def as_utf8(data: bytes) -> bytes:
    encoding = marked_encoding(data)
    if encoding.startswith("utf-8"):
        return data.removeprefix(b"\xef\xbb\xbf")
    if encoding:
        return data.decode(encoding, "replace").removeprefix("\ufeff").encode("utf-8", "replace")
    return data


def logical_lines(data: bytes) -> Iterator[tuple[int, bytes, bool]]:
    """Lines unfolded, with 1-based numbers: indented lines, soft line breaks, bare base64 are joined.

    The third is whether a line is too long to be kept; of such a line only some pieces are there.
    """
    pieces: list[bytes] = []
    first = 1
    size = 0
    margin = b""
    for number, line in enumerate(_physical_lines(data), 1):
        line = line.removeprefix(margin)
        frame = FRAME_LINE.fullmatch(line)
        if frame:
            # A card that was pasted with an indentation has it on every line.
            margin = margin + frame["margin"] if frame["frame"][:1] in b"Bb" else b""
        elif pieces and _joined(pieces, line):
            size += len(line)
            if size > LONGEST_LINE:
                # A photo of 100 MB: its first piece says what it is, its last one how it goes on.
                pieces[1:-1] = []
            continue
        if pieces:
            yield first, b"".join(pieces), size > LONGEST_LINE
        if frame:
            yield number, line, False
        pieces, first, size = ([] if frame or not line.strip() else [line]), number, len(line)
    if pieces:
        yield first, b"".join(pieces), size > LONGEST_LINE


def _physical_lines(data: bytes) -> Iterator[bytes]:
    """Lines without their ends, whatever these are; of a line that is too long only its beginning."""
    rest = b""
    place = 0
    while place < len(data):
        end = min(len(data), place + _BLOCK)
        while end < len(data) and data[end - 1] == ord(b"\r"):
            end += 1
        # iPhones have written CR CR LF.
        block = data[place:end].replace(b"\r\r\n", b"\n").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        lines = (rest + block).split(b"\n")
        rest = lines.pop()[: LONGEST_LINE + 1]
        yield from lines
        place = end
    yield rest


def _joined(pieces: list[bytes], line: bytes) -> bool:
    """Append `line` to the `pieces` of a logical line when it continues them."""
    if b";" in pieces[0]:
        if pieces[-1].endswith(b"=") and QUOTED_PRINTABLE.match(pieces[0]):
            pieces[-1:] = [pieces[-1][:-1], line]
            return True
        if _BASE64_ONLY.fullmatch(line) and _BASE64.match(pieces[0]):
            pieces.append(line.strip())
            return True
    if line.startswith((b" ", b"\t")):
        pieces.append(line[1:])
        return True
    return False


CHARSET = re.compile(rb"[^:]*;\s*CHARSET\s*=\s*\"?([\w-]+)", re.IGNORECASE)


def decoded_line(raw: bytes, charset: str) -> str:
    """`raw` decoded: UTF-8 when it is valid UTF-8, else what the line says of itself, else cp1252."""
    if raw.isascii():
        return raw.decode("ascii")
    candidates = ["utf-8", charset] if re.match("iso|latin|win|cp|us", charset, re.I) else [charset, "utf-8"]
    for codec in candidates:
        try:
            return raw.decode(codec)
        except (UnicodeError, LookupError):
            continue
    return raw.decode("cp1252", "replace")


_LINE = re.compile(
    r"\s*(?:(?P<group>[\w-]+)\.)?(?P<name>[\w-]+)"
    r"(?P<parameters>(?:;(?:[^\":;]|\"[^\"]*\")*)*)\s*:(?P<value>.*)",
    re.DOTALL,
)
_LOOSE_LINE = re.compile(
    r"\s*(?:(?P<group>[\w-]+)\.)?(?P<name>[\w-]+)(?P<parameters>;[^:]*)?:(?P<value>.*)", re.DOTALL
)
_BARE = re.compile(r";[^=;\"]+(?=;|$)")  # vCard 2.1: TEL;CELL: and NOTE;QUOTED-PRINTABLE:
_ENCODINGS = ("QUOTED-PRINTABLE", "BASE64", "B", "8BIT", "7BIT")


@dataclass(frozen=True)
class Property:
    """One line of a card. `value` still has its escapes; `line` is how vCard 4.0 writes the whole."""

    name: str
    value: str
    parameters: tuple[tuple[str, str], ...]
    line: str

    def every(self, parameter: str) -> list[str]:
        """The values of a parameter, in capitals."""
        return [value.upper() for name, value in self.parameters if name == parameter]

    @property
    def preference(self) -> int:
        """1 is preferred most; 101 has no preference."""
        stated = next((int(value) for value in self.every("PREF") if value.isdecimal()), 101)
        return 1 if "PREF" in self.every("TYPE") else stated

    @property
    def text(self) -> str:
        return unescaped(self.value).strip()

    @property
    def parts(self) -> list[str]:
        """The components between semicolons, commas inside them as they are."""
        return [unescaped(part).strip() for part in components(self.value)]


def parsed(line: str, charset: str = "", quoted: bool = False) -> Property | None:
    """The property that a logical line states; None when it states none."""
    match = _LINE.fullmatch(line) or _LOOSE_LINE.fullmatch(line)
    if not match:
        return None
    parameters = tuple(_parameters(match["parameters"] or ""))
    value = match["value"]
    if quoted:
        decoded = decoded_line(quopri.decodestring(value.encode("utf-8", "replace")), charset)
        value = decoded.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")
    name = match["name"].upper()
    group = f"{match['group']}." if match["group"] else ""
    is_older = any(key in ("CHARSET", "ENCODING") for key, _ in parameters)
    if is_older or _BARE.search(match["parameters"] or ""):
        line = group + _restated(name, parameters, value)
    line = line.replace("\r", "").replace("\n", "\\n")
    # Control characters are against the grammar, and a strict reader would refuse the card.
    return Property(name, value, parameters, line if line.isprintable() else _CONTROL.sub(" ", line))


def _parameters(text: str) -> Iterator[tuple[str, str]]:
    for parameter in re.findall(r";((?:[^\";]|\"[^\"]*\"|\")*)", text):
        name, equals, values = parameter.partition("=")
        name = name.strip().upper()
        if equals:
            for value in re.findall(r"\"[^\"]*\"|[^,\"]+", values):
                yield name, value.strip().strip('"')
        elif name:
            yield ("ENCODING" if name in _ENCODINGS else "TYPE"), name


_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_MEDIA = {"PHOTO": "image", "LOGO": "image", "SOUND": "audio", "KEY": "application"}


def _restated(name: str, parameters: Iterable[tuple[str, str]], value: str) -> str:
    """A line of an older version as 4.0 writes it: UTF-8 without an encoding, pictures as data addresses."""
    others = [(key, stated) for key, stated in parameters if key not in ("CHARSET", "ENCODING")]
    encodings = [stated.upper() for key, stated in parameters if key == "ENCODING"]
    if name in _MEDIA and ("B" in encodings or "BASE64" in encodings):
        kind = next((stated.lower() for key, stated in others if key == "TYPE"), "octet-stream")
        kind = kind if "/" in kind else f"{_MEDIA[name]}/{kind}"
        return f"{name}:data:{kind};base64,{''.join(value.split())}"
    stated = "".join(f";{key}={_quoted(text)}" for key, text in others)
    return f"{name}{stated}:{value}".replace("\n", "\\n")


def _quoted(text: str) -> str:
    return f'"{text}"' if re.search("[:;,]", text) else text


_ESCAPE = re.compile(r"\\([\\;,:nN])")


def unescaped(value: str) -> str:
    if "\\" not in value:
        return value
    return _ESCAPE.sub(lambda match: "\n" if match[1] in "nN" else match[1], value)


def escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")


_LOOSELY_ESCAPED = re.compile(r"(?<!\\)(?:\\\\)*(?:,|\\(?:[^\\,;nN]|$))")


def strictly_escaped(line: str) -> str:
    """An unfolded line of one text with the escapes that 4.0 asks for: elsewhere a text ends at a bare comma."""
    match = _LINE.fullmatch(line)
    if match is None or not _LOOSELY_ESCAPED.search(match["value"]):
        return line
    return line[: match.start("value")] + escaped(unescaped(match["value"])).replace("\n", "\\n")


def components(value: str, separator: str = ";") -> list[str]:
    """`value` cut at separators that no backslash escapes."""
    if "\\" not in value:
        return value.split(separator)
    parts = [""]
    for token in re.findall(r"\\.|[^\\]|\\$", value, re.DOTALL):
        if token == separator:
            parts.append("")
        else:
            parts[-1] += token
    return parts


def property_name(line: str) -> str:
    """The name of the property that an unfolded line states, in capitals."""
    prop = parsed(line)
    return prop.name if prop else ""


def group_of(line: str) -> str:
    """The group of an unfolded line, "item1" of "item1.TEL:…"; "" when it has none."""
    match = _LINE.fullmatch(line)
    return match["group"] or "" if match else ""


def with_group(line: str, group: str) -> str:
    """An unfolded line, whose group is called `group` from now on."""
    return line if not group_of(line) else f"{group}.{line.partition('.')[2]}"


def without_preference(line: str) -> str:
    """An unfolded line that is preferred to no other one of its card."""
    match = _LINE.fullmatch(line)
    parameters = list(_parameters(match["parameters"] or "")) if match else []
    others = [(key, text) for key, text in parameters if key != "PREF" and (key, text.upper()) != ("TYPE", "PREF")]
    if match is None or others == parameters:
        return line
    group = f"{match['group']}." if match["group"] else ""
    stated = "".join(f";{key}={_quoted(text)}" for key, text in others)
    return f"{group}{match['name']}{stated}:{match['value']}"


def folded(line: str) -> str:
    """`line` in pieces of at most 75 octets, none of which ends inside a character."""
    if line.isascii():
        # A photo is a line of a million characters.
        return "\r\n ".join([line[:75], *(line[start : start + 74] for start in range(75, len(line), 74))])
    if len(line.encode("utf-8", "replace")) <= 75:
        return line
    pieces, room, start, used = [], 75, 0, 0
    for place, character in enumerate(line):
        octets = len(character.encode("utf-8", "replace"))
        if used + octets > room:
            pieces.append(line[start:place])
            start, used, room = place, 0, 74
        used += octets
    return "\r\n ".join([*pieces, line[start:]])
