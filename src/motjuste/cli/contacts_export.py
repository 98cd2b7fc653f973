"""`motjuste contacts export`: people as vCards or as a table, for other programs and for safekeeping."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer

from motjuste.adapters.address_book import VCardFolder
from motjuste.cli.app import Noun
from motjuste.cli.contact_options import Json, find_card, the_book
from motjuste.cli.output import Answer
from motjuste.errors import NoSuchPerson, UsageError, UserError, nearest
from motjuste.people.card import Contact

app = Noun("")
FORMATS = ("vcard", "csv")
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@app.command()
def export(
    contacts: Annotated[
        list[str] | None,
        typer.Argument(metavar="[CONTACT]...", help="Whom to export; without anybody, everybody.", show_default=False),
    ] = None,
    format: Annotated[
        str | None,
        typer.Option("--format", metavar="vcard|csv", help="Cards or a table; without it, as FILE ends."),
    ] = None,
    to: Annotated[
        str | None, typer.Option("--to", metavar="FILE", help="Where to write it; without it, standard output.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there already.")] = False,
    bom: Annotated[
        bool, typer.Option("--bom", help="Begin a table with the mark by which Excel knows UTF-8.")
    ] = False,
    raw: Annotated[
        bool,
        typer.Option("--raw", help="Guard no cell against formulas: for a program that is no spreadsheet."),
    ] = False,
    json: Json = False,
) -> Answer:
    """Write people as vCards or as a CSV table."""
    path = Path(to).expanduser() if to else None
    kind = _format(format, path)
    if kind != "csv" and (bom or raw):
        raise UsageError("--bom and --raw are for a table", next_step="add --format csv")
    if json and path is None:
        raise UsageError("--json tells what was written to a file", next_step="say which: --to FILE")
    book = the_book()
    if path is not None:
        _check_place(path, book, force=force)
    people, notes = _people(contacts or (), book)
    missing = () if contacts else tuple(map(str, book.problems))
    code = 1 if missing else 0
    pieces = _pieces(people, book, kind, bom=bom, raw=raw)
    if path is None:
        return Answer("", None, (*missing, *notes), exit_code=code, pieces=pieces)
    from motjuste.adapters.files import write_pieces

    write_pieces(path, pieces)
    done = f"{len(people)} {'person' if len(people) == 1 else 'people'} written to {path}"
    document = {"format": kind, "file": str(path), "people": len(people), "problems": list(missing)}
    return Answer("", document, (*missing, *notes, done), exit_code=code).shown(as_json=json)


def _format(said: str | None, path: Path | None) -> str:
    if said is None:
        return "csv" if path is not None and path.suffix.casefold() == ".csv" else "vcard"
    if said.casefold() in FORMATS:
        return said.casefold()
    close = nearest(said, FORMATS)
    raise UsageError(
        f"--format cannot be {said!r}", next_step=f"did you mean {close!r}?" if close else "use vcard or csv"
    )


def _check_place(path: Path, book: VCardFolder, *, force: bool) -> None:
    """UserError when `path` is no place for an export."""
    if path.is_dir():
        raise UserError(f"{path} is a folder", next_step="name a file in it, such as contacts.vcf")
    if path.exists() and not path.is_file():
        raise UserError(f"{path} is no ordinary file", next_step="name another, or leave --to away for a pipe")
    if path.resolve().is_relative_to(book.folder.resolve()):
        # Whatever stands there is somebody's card.
        raise UserError(f"{path} is in the address book itself", next_step="write it to another folder")
    if path.exists() and not force:
        raise UserError(f"{path} is there already", next_step="name another file, or write over it with --force")


def _people(named: Sequence[str], book: VCardFolder) -> tuple[Sequence[Contact], tuple[str, ...]]:
    if not named:
        everybody = book.contacts()
        if not everybody:
            raise NoSuchPerson(
                "the address book is empty", next_step="add people with 'motjuste contacts import FILE'"
            )
        return everybody, ()
    found = [find_card(each, book) for each in named]
    people = dict.fromkeys(each.meant.contact for each in found if each.meant.contact is not None)
    return tuple(people), tuple(note for each in found for note in each.notes)


def _pieces(
    people: Sequence[Contact], book: VCardFolder, kind: str, *, bom: bool, raw: bool
) -> Iterator[bytes]:
    if bom:
        yield _BYTE_ORDER_MARK
    for text in _texts(people, book, kind, raw=raw):
        yield text.encode("utf-8", "replace")


def _texts(people: Sequence[Contact], book: VCardFolder, kind: str, *, raw: bool) -> Iterable[str]:
    if kind == "csv":
        from motjuste.people.written_tables import written_table

        return written_table(people, raw=raw)
    from motjuste.adapters.card_files import whole_cards
    from motjuste.people.vcard import write_vcard

    return map(write_vcard, whole_cards(book.folder, people))
