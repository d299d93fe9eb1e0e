"""What each command of the command line does; no Qt except in the form part of `self-test`."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

from audit_desktop.core.errors import AuditDesktopError, ManyFaultsError
from audit_desktop.ui.fault_wording import sentence_for

if TYPE_CHECKING:
    import argparse


def run_command(arguments: argparse.Namespace) -> int:
    """Run the command that `arguments` name and return its exit status: 0 done, 1 the input is at fault.

    A fault is one plain sentence on standard error; nothing is written or changed then.
    """
    # Text from audits holds every character there is, whatever the console was set up for.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        return _run(arguments)
    except ManyFaultsError as error:
        print(sentence_for(error), file=sys.stderr)
    except AuditDesktopError as error:
        print(sentence_for(error), file=sys.stderr)
    except BrokenPipeError:
        # Whoever read the output has seen enough of it.
        sys.stdout = None
    return 1


def _run(arguments: argparse.Namespace) -> int:
    from audit_desktop.locations import Locations
    from audit_desktop.session.workspace import Workspace

    locations = Locations.find()
    workspace = Workspace.on_this_computer(locations)
    match arguments.command:
        case "frameworks":
            from audit_desktop.commands.listing import list_frameworks

            return list_frameworks(workspace, as_json=arguments.json)
        case "check":
            from audit_desktop.commands.checking import check_paths

            return check_paths(workspace, arguments.paths)
        case "new":
            from audit_desktop.commands.filling import make_audit

            return make_audit(workspace, arguments.file, arguments.framework, arguments.school)
        case "fill":
            from audit_desktop.commands.filling import fill_audit

            return fill_audit(workspace, arguments.file, arguments.answers, arguments.role, arguments.name)
        case "show":
            from audit_desktop.commands.listing import show_audit

            return show_audit(workspace, arguments.file, as_json=arguments.json)
        case "attach":
            from audit_desktop.commands.attaching import attach_files

            return attach_files(
                workspace,
                arguments.file,
                arguments.files,
                arguments.to,
                arguments.role,
                arguments.name,
                arguments.description,
            )
        case "attachments":
            from audit_desktop.commands.attaching import list_attachments

            return list_attachments(workspace, arguments.file, arguments.save)
        case "erase":
            from audit_desktop.commands.erasing import erase

            return erase(workspace, arguments.file, is_agreed=arguments.yes)
        case "upgrade":
            from audit_desktop.commands.upgrading import upgrade_audit

            return upgrade_audit(workspace, arguments.file, arguments.to, is_preview=arguments.preview)
        case "merge" | "sign" | "verify" | "protect" | "open-protected":
            from audit_desktop.commands.handing_over import HandingOver

            return HandingOver(locations, workspace).run(arguments)
        case "export":
            from audit_desktop.commands.exporting import export_files
            from audit_desktop.ui.exporting.many_run import ManyOptions

            options = ManyOptions(arguments.template, arguments.resume, max(arguments.jobs, 0))
            return export_files(
                locations,
                workspace,
                arguments.files,
                arguments.to,
                arguments.out,
                options=options,
                since=arguments.since,
                comments_in_margin=arguments.visitor_comments_as_comments,
            )
        case "form":
            from audit_desktop.commands.blank_form import make_form

            return make_form(locations, workspace, arguments.framework, arguments.out)
        case "import":
            from audit_desktop.commands.importing import import_word

            return import_word(
                workspace,
                arguments.file,
                arguments.out,
                into=arguments.into,
                role=arguments.role,
                name=arguments.name,
            )
        case "sample":
            from audit_desktop.commands.sampling import make_sample

            return make_sample(locations, workspace, arguments.folder, with_word=arguments.word)
        case "self-test":
            from audit_desktop.commands.self_test import run_self_test

            return run_self_test(locations, workspace)
        case _ as unknown:
            raise ValueError(unknown)
