"""The command line: its arguments, and which command runs. Imports no Qt; the window is loaded only when asked for."""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

COMMANDS = (
    "frameworks",
    "check",
    "new",
    "fill",
    "show",
    "attach",
    "attachments",
    "erase",
    "merge",
    "upgrade",
    "sign",
    "verify",
    "protect",
    "open-protected",
    "export",
    "form",
    "import",
    "sample",
    "self-test",
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program with `arguments` (the process's own if `None`) and return its exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given == ["--read-word"]:
        from audit_desktop.exchange.word_import.child import main as read_word

        return read_word()
    if given and given[0] in COMMANDS:
        return _run_command(given)
    if not any(argument in ("-h", "--help", "--version") for argument in given):
        files = [argument for argument in given if not argument.startswith("-")]
        options = {argument for argument in given if argument.startswith("-")}
        if len(files) <= 1 and options <= {"--exit-when-ready"}:
            # A start makes much and throws nothing away: looking for rubbish meanwhile is time lost. `run` looks again.
            gc.disable()
            from audit_desktop.app import run

            return run(Path(files[0]) if files else None, exit_when_ready=bool(options))
    _parser().parse_args(given)
    return _usage_error(given)


def _usage_error(given: Sequence[str]) -> NoReturn:
    _parser().error(f"unrecognized arguments: {' '.join(given)}")


def _run_command(given: list[str]) -> int:
    from audit_desktop.commands import run_command

    return run_command(_parser().parse_args(given))


def _parser() -> argparse.ArgumentParser:
    import argparse

    from audit_desktop import __version__

    parser = argparse.ArgumentParser(
        prog="audit-desktop",
        description="Audits of school attendance. Without a command, the window opens, with FILE if one is named.",
    )
    parser.add_argument("--version", action="version", version=f"Audit Desktop {__version__}")
    parser.add_argument(
        "--exit-when-ready",
        action="store_true",
        help="open the window, and leave as soon as it is painted and takes input",
    )
    commands = parser.add_subparsers(dest="command", metavar="FILE | COMMAND")

    frameworks = commands.add_parser("frameworks", help="list the frameworks that are installed")
    frameworks.add_argument("--json", action="store_true", help="as JSON")

    check = commands.add_parser("check", help="check framework files and audit files")
    check.add_argument("paths", nargs="+", type=Path, metavar="PATH")

    new = commands.add_parser("new", help="make an audit")
    new.add_argument("file", type=Path, metavar="FILE")
    new.add_argument("--framework", required=True, metavar="ID[@VERSION]")
    new.add_argument("--school", required=True, metavar="NAME")

    fill = commands.add_parser("fill", help="apply answers from a JSON file: all of them, or none")
    fill.add_argument("file", type=Path, metavar="FILE")
    fill.add_argument("answers", type=Path, metavar="ANSWERS.json")
    fill.add_argument("--as", dest="role", required=True, choices=("school", "visitor"))
    fill.add_argument("--name", required=True, metavar="NAME")

    show = commands.add_parser("show", help="show everything that an audit says")
    show.add_argument("file", type=Path, metavar="FILE")
    show.add_argument("--json", action="store_true", help="as JSON")

    attach = commands.add_parser("attach", help="attach files to an audit: all of them, or none")
    attach.add_argument("file", type=Path, metavar="FILE")
    attach.add_argument("files", nargs="+", type=Path, metavar="PATH")
    attach.add_argument("--to", required=True, metavar="ADDRESS", help="statement/1.6, section/2, or audit")
    attach.add_argument("--as", dest="role", required=True, choices=("school", "visitor"))
    attach.add_argument("--name", required=True, metavar="NAME")
    attach.add_argument("--description", default="", metavar="TEXT", help="what the files show")

    attached = commands.add_parser("attachments", help="list the files attached to an audit")
    attached.add_argument("file", type=Path, metavar="FILE")
    attached.add_argument("--save", type=Path, metavar="FOLDER", help="write them into a folder")

    erase = commands.add_parser("erase", help="say what this computer keeps of an audit besides its file, or erase it")
    erase.add_argument("file", type=Path, metavar="FILE")
    erase.add_argument("--yes", action="store_true", help="erase it; the file stays as it is")

    merge = commands.add_parser("merge", help="make one audit with everything of two copies")
    merge.add_argument("mine", type=Path, metavar="MINE")
    merge.add_argument("theirs", type=Path, metavar="THEIRS")
    outcome = merge.add_mutually_exclusive_group(required=True)
    outcome.add_argument("--out", type=Path, metavar="FILE")
    outcome.add_argument("--preview", action="store_true", help="only say in numbers what would come in")
    _add_passphrase(merge, "THEIRS is protected; its passphrase is in FILE (- for standard input)")

    upgrade = commands.add_parser("upgrade", help="carry an audit to another version of its framework")
    upgrade.add_argument("file", type=Path, metavar="FILE")
    upgrade.add_argument("--to", required=True, metavar="VERSION")
    upgrade.add_argument("--preview", action="store_true", help="only say what would become of everything")

    sign = commands.add_parser("sign", help="sign an audit off: close it to changes and seal it")
    sign.add_argument("file", type=Path, metavar="FILE")
    sign.add_argument("--as", dest="role", required=True, choices=("school", "visitor"))
    sign.add_argument("--name", required=True, metavar="NAME")
    sign.add_argument("--organisation", default="", metavar="NAME")
    sign.add_argument("--although-incomplete", action="store_true", help="sign although something is missing")

    verify = commands.add_parser("verify", help="say whether an audit is unchanged since it was sealed")
    verify.add_argument("file", type=Path, metavar="FILE")

    protect = commands.add_parser("protect", help="write a copy that only a passphrase opens")
    protect.add_argument("file", type=Path, metavar="FILE")
    protect.add_argument("--out", required=True, type=Path, metavar="FILE.age")
    protect.add_argument("--without-earlier-wording", action="store_true", help="leave out what was changed again")
    _add_passphrase(protect, "the passphrase is in FILE (- for standard input); without, one is made up and printed")

    opened = commands.add_parser("open-protected", help="write a protected copy as an audit that is not protected")
    opened.add_argument("file", type=Path, metavar="FILE.age")
    opened.add_argument("--out", required=True, type=Path, metavar="FILE")
    _add_passphrase(opened, "the passphrase is in FILE (- for standard input)")

    export = commands.add_parser("export", help="write audits as documents")
    export.add_argument("files", nargs="+", type=Path, metavar="FILE-or-FOLDER")
    export.add_argument("--to", required=True, choices=("word", "html", "pdf", "xlsx", "csv", "json"))
    export.add_argument("--out", required=True, metavar="FILE-or-FOLDER")
    export.add_argument("--since", type=Path, metavar="FILE", help="an earlier audit; html and pdf say what changed")
    export.add_argument(
        "--template",
        metavar="NAME",
        help="names in a folder, made of {school} {framework} {version} {date} {title} {file}",
    )
    export.add_argument("--resume", action="store_true", help="leave out what is done already and still fits")
    export.add_argument("--jobs", type=int, default=0, metavar="N", help="work on so many at once (every core)")

    export.add_argument(
        "--visitor-comments-as-comments",
        action="store_true",
        help="word: put what visitors said about statements in the margin besides",
    )

    form = commands.add_parser("form", help="write a blank form of a framework, to be completed in Word")
    form.add_argument("--framework", required=True, metavar="ID[@VERSION]")
    form.add_argument("--out", required=True, type=Path, metavar="FILE.docx")

    import_word = commands.add_parser("import", help="make an audit from a completed Word form")
    import_word.add_argument("file", type=Path, metavar="FILE.docx")
    import_word.add_argument("--out", required=True, type=Path, metavar="FILE")
    import_word.add_argument("--into", type=Path, metavar="AUDIT", help="the audit that the form belongs to")
    import_word.add_argument(
        "--as", dest="role", choices=("school", "visitor"), default="", help="take only what is theirs to say"
    )
    import_word.add_argument("--name", default="", metavar="NAME", help="who the answers are of")

    sample = commands.add_parser("sample", help="make the sample audit in a folder")
    sample.add_argument("folder", type=Path, metavar="FOLDER")
    sample.add_argument("--word", action="store_true", help="and its Word document")

    commands.add_parser("self-test", help="prove this build: every resource, form and export")
    return parser


def _add_passphrase(command: argparse.ArgumentParser, text: str) -> None:
    command.add_argument("--passphrase-file", default="", metavar="FILE", help=text)


if __name__ == "__main__":
    sys.exit(main())
