"""Bring a foreign file in as the draft of an outcome document."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from bpf_pages.importing.foreign_files import REFUSALS
from bpf_pages.importing.originals import attach_original
from bpf_pages.importing.services import begin, read_waiting, take, told, welcome
from bpf_pages.models.fields import LANGUAGES
from bpf_pages.models.forum import ForumPage
from bpf_pages.models.imported_file import ImportedFile
from bpf_pages.models.library import MeetingPage
from bpf_pages.models.outcome import OutcomePage
from formats.draft import Unreadable, UnreadableFile
from workflow.attachments.services import NotAttachable


class Command(BaseCommand):
    help = "Read a foreign file into a draft of a forum. Nothing becomes public before a move."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--forum", required=True, help="year and slug, such as 2099/tides")
        parser.add_argument("--slug", default="", help="slug of the document; by default from its title")
        parser.add_argument("--title", default="", help="by default the heading that the file begins with")
        parser.add_argument("--language", default="en", choices=[code for code, _ in LANGUAGES])
        parser.add_argument("--replace", action="store_true", help="put the text into the document of this slug")
        parser.add_argument("--with-notes", action="store_true", help="take reviewers' remarks along as notes")
        parser.add_argument("--show-original", action="store_true", help="offer readers the file once it is published")
        parser.add_argument("--user", default=None, help="user name to stand in the page's history")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            content = options["file"].read_bytes()
        except OSError as error:
            raise CommandError(f"{options['file']}: {error.strerror}") from error
        try:
            imported = self.read(self.forum(options["forum"]), content, options)
            if imported.why:
                raise UnreadableFile(Unreadable(imported.why))
            user, notes = imported.by, options["with_notes"]
            page = take(imported, user=user, at=timezone.now(), with_notes=notes and user is not None)
        except UnreadableFile as error:
            raise CommandError(f"{options['file']}: {REFUSALS[error.why]}") from error
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from error
        self.stdout.write(welcome(page))
        imported = ImportedFile.objects.get(pk=imported.pk)
        try:
            attach_original(imported, shown=options["show_original"], by=user, at=timezone.now())
        except NotAttachable as error:
            self.stdout.write(f"- The file was not attached: {error}")
        for remark in told(imported):
            self.stdout.write(f"- {remark}")
        if lost := imported.ledger["unaccounted_words"]:
            self.stdout.write(f"- {lost} words of the file are unaccounted for: compare it with the draft.")

    def read(self, forum: ForumPage, content: bytes, options: dict[str, Any]) -> ImportedFile:
        given = {"user": self.user(options["user"]), "at": timezone.now()}
        if options["replace"]:
            given["page"] = self.page(forum, options["slug"])
        else:
            given |= {field: options[field] for field in ("title", "slug", "language")}
        imported = begin(forum, options["file"].name, content, **given)
        read_waiting(imported)
        return imported

    def page(self, forum: ForumPage, slug: str) -> OutcomePage:
        page = OutcomePage.objects.child_of(forum).filter(slug=slug).first()
        if page is None:
            raise CommandError(f"The forum has no document with the slug “{slug}”.")
        if page.get_lock():
            raise CommandError("The text of this document is closed. Begin a revision first.")
        return page

    def forum(self, named: str) -> ForumPage:
        year, _, slug = named.partition("/")
        meeting = MeetingPage.objects.filter(year=int(year)).first() if year.isdecimal() else None
        forum = ForumPage.objects.child_of(meeting).filter(slug=slug).first() if meeting else None
        if forum is None:
            raise CommandError(f"There is no forum “{named}”. Write its year and slug, such as 2099/tides.")
        return forum

    def user(self, name: str | None) -> Any:
        if name is None:
            return None
        try:
            return get_user_model().objects.get(username=name)
        except get_user_model().DoesNotExist as error:
            raise CommandError(f"There is no user “{name}”.") from error
