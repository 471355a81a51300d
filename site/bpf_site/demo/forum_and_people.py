"""The invented year, forum and people. Names of persons and organisations are fictitious."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from bpf_pages.models.forum import ForumPage
from bpf_pages.models.library import LibraryPage, MeetingPage
from bpf_pages.models.theme import ThemePage
from bpf_pages.wordings.models import Wording
from workflow.access.role_holders import ensure_forum_groups, ensure_secretariat
from workflow.states import Role


@dataclass(frozen=True, slots=True)
class Cast:
    forum: ForumPage
    secretariat: Any
    facilitator: Any
    lead_expert: Any
    rapporteur: Any


PEOPLE = {
    Role.SECRETARIAT: ("demo-secretariat", "Ondine", "Ledger"),
    Role.FACILITATOR: ("demo-facilitator", "Marek", "Tidewell"),
    Role.LEAD_EXPERT: ("demo-expert", "Amina", "Lampwright"),
    Role.RAPPORTEUR: ("demo-rapporteur", "Soledad", "Quill"),
}


IN_OTHER_LANGUAGES = {
    "ar": (
        "شبكات المنارات (خيالي)",
        "كيف تُبقي قرى ساحلية في بلد خيالي وصلة شبكة مشتركة قيد العمل طوال الشتاء.",
    ),
    "es": (
        "Redes de faros (ficticio)",
        "Cómo los pueblos costeros de un país inventado mantienen durante el invierno un enlace de red compartido.",
    ),
    "fr": (
        "Réseaux de phares (fictif)",
        "Comment les villages côtiers d’un pays inventé maintiennent tout l’hiver une liaison de réseau partagée.",
    ),
    "ru": (
        "Сети маяков (вымышленный форум)",
        "Как прибрежные деревни вымышленной страны всю зиму поддерживают общий канал связи.",
    ),
    "zh-hans": ("灯塔网络（虚构）", "一个虚构国家的沿海村庄如何在整个冬季维持共用的网络线路。"),
}
"""What the forum is called and says in the languages of readers."""


def assemble() -> Cast:
    """Make what is missing of the cast; nobody in it has a password that opens the admin."""
    forum = _forum()
    groups = ensure_forum_groups(forum) | {Role.SECRETARIAT: ensure_secretariat()}
    members = {role: _person(*PEOPLE[role], groups[role]) for role in PEOPLE}
    return Cast(
        forum,
        members[Role.SECRETARIAT],
        members[Role.FACILITATOR],
        members[Role.LEAD_EXPERT],
        members[Role.RAPPORTEUR],
    )


def _person(username: str, first: str, last: str, group: Group) -> Any:
    users = get_user_model().objects
    user = users.filter(username=username).first()
    if user is None:
        user = users.create_user(username, first_name=first, last_name=last, password=None)
    user.groups.add(group)
    return user


def _forum() -> ForumPage:
    meeting = MeetingPage.objects.filter(year=2099).first()
    if meeting is None:
        meeting = MeetingPage(
            title="2099 (fictitious)",
            slug="2099",
            year=2099,
            city="Port Fiction",
            country="an invented country",
            start=date(2099, 11, 9),
            end=date(2099, 11, 13),
            overarching_theme="A year that has not happened",
            source="None: invented for this library.",
        )
        LibraryPage.objects.get().add_child(instance=meeting)
    forum = ForumPage.objects.child_of(meeting).filter(slug="lighthouse-networks").first()
    if forum is None:
        forum = ForumPage(
            title="Lighthouse networks (fictitious)",
            slug="lighthouse-networks",
            code="LIGHTHOUSE",
            scope="How coastal villages of an invented country keep a shared network link alive through the winter.",
        )
        meeting.add_child(instance=forum)
        theme = ThemePage.objects.filter(slug="process-review").first()
        if theme:
            forum.themes.add(theme)
            forum.save()
    for language, (title, scope) in IN_OTHER_LANGUAGES.items():
        Wording.objects.get_or_create(page=forum, language=language, defaults={"title": title, "text": scope})
    return forum
