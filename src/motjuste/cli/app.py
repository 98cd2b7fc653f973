"""The command line as a whole. A command's file is read only when it is called: a cold start stays short."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any, ClassVar, TypeVar

import typer
from typer.core import TyperCommand, TyperGroup
from typer.exceptions import Abort, TyperException
from typer.main import get_command

import motjuste
from motjuste.cli.output import Answer
from motjuste.errors import UsageError, nearest

# Which file of this folder holds which command, in the order that --help shows them.
FILES = {
    "invite": "messages",
    "decline": "messages",
    "ask": "messages",
    "answer": "messages",
    "advise": "advise",
    "fill": "messages",
    "count": "count",
    "try": "trying",
    "templates": "templates",
    "contacts": "contacts",
    "inbox": "inbox",
    "stats": "stats",
    "daemon": "daemon",
    "config": "config",
    "doctor": "doctor",
}
SETTINGS = {"help_option_names": ["-h", "--help"]}


Run = TypeVar("Run", bound=Callable[..., Answer])


class _AsWritten:
    """A parameter's value as it was typed: our parameters are texts and flags, which need no conversion.

    Typer's own conversion imports pydantic, which would take longer than all the rest of a command.
    """

    def coerce(self, value: Any, param: Any, ctx: object) -> Any:
        if value is None:
            return () if param.multiple or param.nargs == -1 else None
        return value


def _untyped(ctx: object) -> str:
    """Help says what an argument is in words; its Python type says nothing."""
    return ""


def _plain(parameters: list[Any]) -> list[Any]:
    for parameter in parameters:
        parameter._runtime_param = _AsWritten()
        if parameter.param_type_name == "argument":
            parameter.display_type_rich = _untyped
    return parameters


class Command(TyperCommand):
    """A command whose parameters are taken as they were typed."""

    def get_params(self, ctx: Any) -> list[Any]:
        return _plain(super().get_params(ctx))


class Group(TyperGroup):
    """A noun with its commands."""

    def get_params(self, ctx: Any) -> list[Any]:
        return _plain(super().get_params(ctx))


class Spread(Group):
    """Commands that stand in several files of this folder, each read when one of its commands is called."""

    files: ClassVar[Mapping[str, str]] = {}
    """Which file holds which command, in the order that --help shows them."""

    def list_commands(self, ctx: Any) -> list[str]:
        return list(self.files)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in self.files:
            closest = nearest(cmd_name, self.files)
            raise UsageError(
                f"no such command: {cmd_name!r}",
                next_step=f"did you mean {closest!r}?" if closest else f"see '{ctx.command_path} --help'",
            )
        file = importlib.import_module(f"motjuste.cli.{self.files[cmd_name]}")
        command = get_command(file.app.alone(cmd_name))
        command.name = cmd_name
        return command


class Commands(Spread):
    """All commands."""

    files = FILES


class Noun(typer.Typer):
    """The commands of one file."""

    def __init__(self, help: str, group: type[Group] = Group) -> None:
        super().__init__(
            help=help,
            cls=group,
            add_completion=False,
            rich_markup_mode=None,
            pretty_exceptions_enable=False,
            context_settings=SETTINGS,
        )

    def alone(self, name: str) -> Noun:
        """Only the command of that name, where there is one: building its neighbours takes time too."""
        named = [
            each for each in self.registered_commands if name in (each.name, getattr(each.callback, "__name__", ""))
        ]
        if not named:
            return self
        single = Noun("")
        single.registered_commands = named
        return single

    def command(  # type: ignore[override]
        self, name: str | None = None, *, help: str | None = None
    ) -> Callable[[Run], Run]:
        """Register a command; its name is the function's unless it is given."""
        return super().command(name, cls=Command, help=help, context_settings=SETTINGS)


def _show_version(asked: bool) -> None:
    if asked:
        typer.echo(f"motjuste {motjuste.__version__}")
        raise typer.Exit


def _application() -> Any:
    app = Noun(motjuste.__doc__ or "", Commands)

    @app.callback()
    def root(
        version: Annotated[
            bool,
            typer.Option(
                "--version", help="Show the version and exit.", is_eager=True, callback=_show_version
            ),
        ] = False,
    ) -> None:
        pass

    return get_command(app)


def call(arguments: Sequence[str]) -> Answer:
    """Run the command that `arguments` name and return its answer; UsageError when they name none."""
    try:
        answer = _application().main(
            args=list(arguments) or ["--help"], prog_name="motjuste", standalone_mode=False
        )
    except Abort:
        raise KeyboardInterrupt from None
    except TyperException as error:
        raise _usage_error(error, arguments) from None
    # Typer itself answers --help, and gives an interrupted command's exit code.
    return answer if isinstance(answer, Answer) else Answer(exit_code=answer or 0)


def _usage_error(error: TyperException, arguments: Sequence[str]) -> UsageError:
    context = getattr(error, "ctx", None)
    message = error.format_message()
    named = [argument for argument in arguments[:1] if argument in FILES]
    command = context.command_path if context else " ".join(["motjuste", *named])
    return UsageError(f"{message[:1].lower()}{message[1:]}".rstrip("."), next_step=f"see '{command} --help'")
