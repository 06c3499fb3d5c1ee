"""The coordinator's jobs without a window: the same services, for scripts and for tests.

Results go to stdout, progress and errors to stderr; exit 0 done, 2 bad input, 1 our bug.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from revmentor_desktop import __version__
from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.i18n import _, format_date, ngettext

if TYPE_CHECKING:
    from revmentor_desktop.store.workspace import Workspace

BAD_INPUT = 2
OUR_BUG = 1


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence instead of the usage text."""

    def error(self, message: str) -> None:  # type: ignore[override]
        """Refuse the arguments."""
        raise UserError(
            _("{message}. See revmentor-desktop {command} --help.").format(
                message=message[:1].upper() + message[1:], command=self.prog.split()[-1]
            )
        )


def run(arguments: Sequence[str]) -> int:
    """Run one command; returns its exit code."""
    try:
        chosen = _parser().parse_args(arguments)
        chosen.job(chosen)
    except UserError as refusal:
        print(refusal, file=sys.stderr)
        return BAD_INPUT
    except BrokenPipeError:
        return 0
    except KeyboardInterrupt:
        print(_("Stopped; nothing was kept."), file=sys.stderr)
        return BAD_INPUT
    except Exception as bug:  # noqa: BLE001 - the last place; the text may hold a name, so only the kind
        print(_crash_sentence(bug), file=sys.stderr)
        return OUR_BUG
    return 0


def _crash_sentence(bug: Exception) -> str:
    last = bug.__traceback__
    while last is not None and last.tb_next is not None:
        last = last.tb_next
    where = f"{Path(last.tb_frame.f_code.co_filename).name}:{last.tb_lineno}" if last else "?"
    return _("Something went wrong that should not ({kind} at {where}). Nothing was lost.").format(
        kind=type(bug).__name__, where=where
    )


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="revmentor-desktop",
        description=_("Without a command the window opens: revmentor-desktop [FILE | --sample]."),
    )
    parser.add_argument("--version", action="version", version=f"RevMentor Desktop {__version__}")
    commands = parser.add_subparsers(required=True, parser_class=_Parser, metavar="COMMAND")
    _add_new(commands)
    _add_import(commands)
    _add_match(commands)
    _add_pack(commands)
    _add_export(commands)
    _add_files(commands)
    return parser


def _command(
    commands: argparse._SubParsersAction[_Parser], name: str, job: Callable[..., None], text: str
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=text, description=text)
    parser.set_defaults(job=job)
    return parser


def _add_new(commands: argparse._SubParsersAction[_Parser]) -> None:
    new = _command(commands, "new", _new, _("Make a new, empty file."))
    new.add_argument("file", type=Path)
    new.add_argument("--name", default="", help=_("the organisation's name"))


def _add_import(commands: argparse._SubParsersAction[_Parser]) -> None:
    staff = _command(commands, "import", _import, _("Bring in a staff list (CSV, XLSX, XLS, ODS)."))
    staff.add_argument("file", type=Path)
    staff.add_argument("sheet", type=Path)
    staff.add_argument("--told", type=_day, help=_("the day on which everyone was told"))
    staff.add_argument("--dry-run", action="store_true", help=_("only say what would happen"))
    staff.add_argument("--strict", action="store_true", help=_("refuse what needs a repair"))
    staff.add_argument("--map", action="append", default=[], metavar="COLUMN=FIELD")


def _add_match(commands: argparse._SubParsersAction[_Parser]) -> None:
    match = _command(commands, "match", _match, _("Propose pairs, and accept them."))
    match.add_argument("file", type=Path)
    match.add_argument("--programme")
    match.add_argument("--accept", action="store_true", help=_("store the proposed pairs"))
    match.add_argument("--csv", type=Path, metavar="OUT")


def _add_pack(commands: argparse._SubParsersAction[_Parser]) -> None:
    pack = _command(commands, "pack", _pack, _("Print letters and documents into one PDF."))
    pack.add_argument("file", type=Path)
    pack.add_argument("out", type=Path)
    pack.add_argument("--programme")
    pack.add_argument(
        "--documents",
        default="",
        help=_(
            "invitation, interest, manager, letters, timeline, agreement, guide, cards, log, "
            "signin, midpoint, changes, certificate, or labels alone; with commas"
        ),
    )
    pack.add_argument("--pair", action="extend", nargs="+", default=[])
    pack.add_argument("--person", action="extend", nargs="+", help=_("staff numbers or names"))
    pack.add_argument("--date", type=_day, help=_("the date on the letters"))
    pack.add_argument("--each", action="store_true", help=_("one PDF each; OUT is a folder"))
    pack.add_argument("--duplex", action="store_true", help=_("for printing on both sides"))
    pack.add_argument("--changed", action="store_true", help=_("only what changed since printed"))
    pack.add_argument("--sheet", default="Avery L7160", help=_("the sheet of labels"))


def _add_export(commands: argparse._SubParsersAction[_Parser]) -> None:
    export = _command(commands, "export", _export, _("Write a list as XLSX or CSV, dates as ICS."))
    export.add_argument("file", type=Path)
    export.add_argument("out", type=Path)
    export.add_argument("--what", default="staff")
    export.add_argument("--programme")


def _add_files(commands: argparse._SubParsersAction[_Parser]) -> None:
    backup = _command(commands, "backup", _backup, _("Write a verified copy of a file."))
    backup.add_argument("file", type=Path)
    backup.add_argument("out", type=Path)
    restore = _command(commands, "restore", _restore, _("Make a new file out of a backup."))
    restore.add_argument("backup", type=Path)
    restore.add_argument("file", type=Path)
    check = _command(commands, "check", _check, _("Check that a file is whole."))
    check.add_argument("file", type=Path)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            _("“{text}” is not a date; write it like 2026-03-31").format(text=text)
        ) from None


# The jobs. Each imports what it needs, so that `check` does not wait for NumPy.


def _new(chosen: argparse.Namespace) -> None:
    from revmentor_desktop.jobs import files

    with files.new(chosen.file, chosen.name, clock=datetime.now):
        pass
    print(_("Made {file}").format(file=chosen.file))


def _open(file: Path) -> Workspace:
    from revmentor_desktop.jobs import files

    return files.open_file(file, clock=datetime.now)


def _import(chosen: argparse.Namespace) -> None:
    from revmentor_desktop.jobs import import_staff

    mapping = dict(_mapped(text) for text in chosen.map)
    with _open(chosen.file) as workspace:
        plan = import_staff.read(
            chosen.sheet, wanted=mapping, strict=chosen.strict, told_on=chosen.told
        )
        for problem in plan.problems:
            print(problem.sentence())
        if chosen.dry_run:
            print(_("Nothing was stored (--dry-run)."), plan.summary())
            return
        print(import_staff.store(workspace, plan).summary())


def _mapped(text: str) -> tuple[str, str]:
    column, equals, field = text.partition("=")
    if not equals or not column.strip() or not field.strip():
        raise UserError(_("--map needs COLUMN=FIELD, not “{text}”.").format(text=text))
    return column.strip(), field.strip()


def _match(chosen: argparse.Namespace) -> None:
    from revmentor_desktop.jobs import matching

    with _open(chosen.file) as workspace:
        result = matching.match(workspace, chosen.programme, date.today(), accept=chosen.accept)
        for line in result.said:
            print(line, file=sys.stderr)
        if chosen.csv is not None:
            matching.write_csv(chosen.csv, result)
        else:
            for row in result.rows:
                print(f"{row.mentor}  ·  {row.mentee}: {row.reason}")
        print(result.summary())


def _pack(chosen: argparse.Namespace) -> None:
    from revmentor_desktop.domain.printed import DOCUMENT_NAMES
    from revmentor_desktop.jobs import labels, pack
    from revmentor_desktop.services import packs, programmes
    from revmentor_desktop.services.packs import Pack

    wants_labels = chosen.documents.strip().casefold() == "labels"
    with _open(chosen.file) as workspace:
        programme = workspace.read(programmes.required_id, chosen.programme)
        wanted = Pack(
            programme,
            () if wants_labels else pack.kinds(chosen.documents),
            chosen.date or date.today(),
            pairs=tuple(_pair_id(text) for text in chosen.pair) or None,
            people=workspace.read(packs.people_named, chosen.person) if chosen.person else None,
            only="changed" if chosen.changed else "all",
        )
        progress = _progress(_("Printing"))
        if wants_labels:
            pages = labels.make_labels(workspace, chosen.out, wanted, chosen.sheet, 1, progress)
            print(_written(chosen.out, pages))
            return
        make = pack.make_folder if chosen.each else pack.make_pack
        made = make(workspace, chosen.out, wanted, progress, duplex=chosen.duplex)
    for letter in made.refused:
        name = _(DOCUMENT_NAMES[letter.kind])
        said = _("{document} for {who} is not printed: {why}.")
        print(said.format(document=name, who=letter.who, why=letter.refusal), file=sys.stderr)
    print(_written(chosen.out, made.pages, made.pairs))


def _written(out: Path, count: int, pairs: int = 0) -> str:
    pages = ngettext("{n} page", "{n} pages", count)
    if not pairs:
        return _("Wrote {file}: {pages}").format(file=out, pages=pages)
    people = ngettext("{n} pair", "{n} pairs", pairs)
    return _("Wrote {file}: {pages} for {pairs}").format(file=out, pages=pages, pairs=people)


def _pair_id(text: str) -> int:
    number = text.upper().removeprefix("P")
    if not number.isdecimal():
        raise UserError(_("“{text}” is not a pair number; write it like P017.").format(text=text))
    return int(number)


def _export(chosen: argparse.Namespace) -> None:
    from revmentor_desktop.jobs import export
    from revmentor_desktop.services import programmes

    with _open(chosen.file) as workspace:
        programme = workspace.read(programmes.id_by_name, chosen.programme)
        count = export.export(workspace, chosen.out, chosen.what, programme, datetime.now())
    rows = ngettext("{n} row", "{n} rows", count)
    print(_("Wrote {file}: {rows}").format(file=chosen.out, rows=rows))


def _backup(chosen: argparse.Namespace) -> None:
    with _open(chosen.file) as workspace:
        workspace.save_copy(chosen.out)
    print(_("Wrote {file}").format(file=chosen.out))


def _restore(chosen: argparse.Namespace) -> None:
    from revmentor_desktop.store import backups

    backups.restore_to(chosen.backup, chosen.file)
    print(_("Made {file} from the backup").format(file=chosen.file))


def _check(chosen: argparse.Namespace) -> None:
    from revmentor_desktop.store import backups

    problems = backups.verify(chosen.file)
    if problems:
        raise UserError(" ".join(problems))
    print(
        _("{file} is whole, checked on {day}").format(
            file=chosen.file, day=format_date(date.today())
        )
    )


def _progress(label: str) -> Callable[[int, int], None]:
    """A line that overwrites itself, only where somebody can see it."""
    shown = sys.stderr.isatty()

    def progress(done: int, total: int) -> None:
        if shown:
            end = "\n" if done >= total else ""
            print(f"\r{label} {done}/{total}", end=end, file=sys.stderr, flush=True)

    return progress
