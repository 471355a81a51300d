"""The controlled words of a consultation, with the groups that rules are written in."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PeriodState(models.TextChoices):
    """Computed from the clock, never stored; see Period.state_at."""

    SCHEDULED = "scheduled", _("Not yet open")
    OPEN = "open", _("Open")
    GRACE = "grace", _("Closed; what was begun in time is still taken")
    CLOSED = "closed", _("Closed")
    CANCELLED = "cancelled", _("Taken back")


class IdentityPolicy(models.TextChoices):
    CONFIRMED = "confirmed", _("Name and confirmed e-mail")
    NAME = "name", _("Name; e-mail only for notices")


class ModerationPolicy(models.TextChoices):
    FIRST = "first", _("The first comment of each person is read before it is published")
    ALL = "all", _("Every comment is read before it is published")


class Kind(models.TextChoices):
    """General, technical and editorial in the standards bodies' comment sheets; "technical" is narrower than meant."""

    GENERAL = "general", _("General")
    SUBSTANTIVE = "substantive", _("Substantive")
    EDITORIAL = "editorial", _("Editorial")


class Moderation(models.TextChoices):
    UNCONFIRMED = "unconfirmed", _("E-mail not confirmed")
    PENDING = "pending", _("Waiting for moderation")
    PUBLISHED = "published", _("Published")
    HIDDEN = "hidden", _("Hidden")
    SPAM = "spam", _("Spam")
    WITHDRAWN = "withdrawn", _("Withdrawn by its author")
    ERASED = "erased", _("Erased at its author's request")


WAITING = frozenset({Moderation.UNCONFIRMED, Moderation.PENDING})
"""Somebody still has to act before the public sees anything."""

TOMBSTONES = frozenset({Moderation.HIDDEN, Moderation.WITHDRAWN, Moderation.ERASED})
"""The public sees the number, the date and why the text is not there."""

COUNTED = frozenset({Moderation.PUBLISHED, Moderation.WITHDRAWN, Moderation.ERASED})
"""What a report counts as received. Hidden and spam are counted apart."""

NEEDS_ANSWER = frozenset({Moderation.PUBLISHED, Moderation.ERASED})
"""What must have a published disposition before adoption. An erased comment was heard, so it keeps its answer."""

MODERATION_MOVES: dict[str, frozenset[str]] = {
    Moderation.UNCONFIRMED: frozenset(
        {Moderation.PENDING, Moderation.PUBLISHED, Moderation.SPAM, Moderation.WITHDRAWN}
    ),
    Moderation.PENDING: frozenset({Moderation.PUBLISHED, Moderation.HIDDEN, Moderation.SPAM, Moderation.WITHDRAWN}),
    Moderation.PUBLISHED: frozenset({Moderation.HIDDEN, Moderation.WITHDRAWN}),
    Moderation.HIDDEN: frozenset({Moderation.PUBLISHED, Moderation.SPAM, Moderation.WITHDRAWN}),
    Moderation.SPAM: frozenset({Moderation.PENDING}),
    Moderation.WITHDRAWN: frozenset(),
    Moderation.ERASED: frozenset(),
}  # erasure is possible from everywhere and has its own service


class HideReason(models.TextChoices):
    """The class of reason shown on a tombstone; the moderator's own words go to the log."""

    OFF_TOPIC = "off_topic", _("Not about this document")
    CONDUCT = "conduct", _("Against the rules of conduct")
    PERSONAL_DATA = "personal_data", _("Holds personal data of others")
    UNLAWFUL = "unlawful", _("May be unlawful")
    REPEATED = "repeated", _("Repeats another comment of the same person")


class Work(models.TextChoices):
    """How far the answer to a comment has come; kept apart from moderation."""

    SUBMITTED = "submitted", _("Submitted")
    TRIAGED = "triaged", _("Triaged")
    WAITING = "waiting", _("Waiting for input")
    RESOLVED = "resolved", _("Resolved")
    APPLIED = "applied", _("Applied to the text")


class Display(models.TextChoices):
    NAME = "name", _("Show my name and organization")
    ORGANISATION = "organisation", _("Show my organization only")
    ANONYMOUS = "anonymous", _("Show the text without a name")
    WITHHELD = "withheld", _("Consider it, but do not publish the text")


class Channel(models.TextChoices):
    WEB = "web", _("This site")
    EMAIL = "email", _("E-mail")
    LIST = "list", _("Mailing list")
    OPEN_DOCUMENT = "open_document", _("Open document")
    SURVEY = "survey", _("Survey")
    SESSION = "session", _("Session")
    IMPORT = "import", _("Imported sheet")


class StakeholderGroup(models.TextChoices):
    """As the forum's own participation counts name them."""

    GOVERNMENT = "government", _("Government")
    INTERGOVERNMENTAL = "intergovernmental", _("Intergovernmental organization")
    CIVIL_SOCIETY = "civil_society", _("Civil society")
    TECHNICAL = "technical", _("Technical community")
    PRIVATE = "private", _("Private sector")
    PRESS = "press", _("Press and media")
    NOT_STATED = "not_stated", _("Not stated")


STATED_GROUPS = tuple(group for group in StakeholderGroup if group != StakeholderGroup.NOT_STATED)
"""Where leaving the field empty says as much: the contributors named in a text."""


class Region(models.TextChoices):
    AFRICA = "africa", _("African")
    ASIA_PACIFIC = "asia_pacific", _("Asia-Pacific")
    EASTERN_EUROPE = "eastern_europe", _("Eastern European")
    LATIN_AMERICA = "latin_america", _("Latin American and Caribbean")
    WESTERN_EUROPE = "western_europe", _("Western European and Others")
    INTERGOVERNMENTAL = "intergovernmental", _("Intergovernmental")
    OTHER = "other", _("Other")
    NOT_STATED = "not_stated", _("Not stated")


class Scope(models.TextChoices):
    PASSAGE = "passage", _("Paragraph")
    SECTION = "section", _("Section")
    DOCUMENT = "document", _("Whole document")


class Outcome(models.TextChoices):
    ACCEPTED = "accepted", _("Accepted")
    MODIFIED = "modified", _("Accepted with modification")
    NOTED = "noted", _("Noted")
    REJECTED = "rejected", _("Not accepted")
    OUT_OF_SCOPE = "out_of_scope", _("Out of scope")
    DEFERRED = "deferred", _("Deferred")
    DUPLICATE = "duplicate", _("Duplicate")
    WITHDRAWN = "withdrawn", _("Withdrawn")


TAKEN_UP = frozenset({Outcome.ACCEPTED, Outcome.MODIFIED})
"""These name the edition that carries the change, and its diff must touch a target."""


class Decision(models.TextChoices):
    """What became of a suggested wording of the working text."""

    OPEN = "open", _("Open")
    ACCEPTED = "accepted", _("Accepted")
    DROPPED = "dropped", _("Dropped")


class Verdict(models.TextChoices):
    """What the commenter says of the answer."""

    PENDING = "pending", _("No reply yet")
    SATISFIED = "satisfied", _("Satisfied")
    NOT_SATISFIED = "not_satisfied", _("Not satisfied")
    NO_REPLY = "no_reply", _("No reply")


AWAITING = frozenset({Verdict.PENDING, Verdict.NO_REPLY})
"""The commenter has said nothing of the answer. NO_REPLY: their time to do so is over."""


class Disposal(models.TextChoices):
    """How an objection was disposed of. Numbers decide neither way."""

    OPEN = "open", _("Not yet disposed of")
    INVALID = "invalid", _("Not an objection to this text")
    NEGOTIATED = "negotiated", _("Resolved by negotiation")
    UPHELD = "upheld", _("Upheld")
    REJECTED = "rejected", _("Rejected on the merits")
    OUTWEIGHED = "outweighed", _("Outweighed")


BLOCKING = frozenset({Disposal.OPEN, Disposal.UPHELD})
"""Objections that stand against adoption."""


class Method(models.TextChoices):
    """How a target was carried to a later edition: the alignment's own words, and a person's."""

    ID = "id", _("Same paragraph key")
    EXACT = "exact", _("Same text")
    ALIGNED = "aligned", _("Similar text")
    MOVED = "moved", _("Moved")
    MERGED = "merged", _("Merged")
    MANUAL = "manual", _("Set by a person")
    ORPHAN = "orphan", _("Not found")


class AdoptionKind(models.TextChoices):
    """What an organization says it does with an outcome. Never an endorsement by anybody else."""

    ADOPTS = "adopts", _("Adopts it")
    USES = "uses", _("Uses it")
    BUILDS_ON = "builds_on", _("Builds on it")


MOST_BODY, MOST_PROPOSED, MOST_RATIONALE = 20_000, 10_000, 5_000
"""Signs in the text of a comment, in a proposed wording, in its reasons."""
