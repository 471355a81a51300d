"""Settings of the test suite: DEBUG off as in production, files in a folder of their own."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from bpf_site.settings.base import *  # noqa: F403

SECRET_KEY = "only for tests"  # noqa: S105


def _folder_of_this_run() -> Path:
    """Removed when the process that made it ends; a child that was forked leaves it alone."""
    folder, maker = tempfile.mkdtemp(prefix="bpf-test-"), os.getpid()

    def remove() -> None:
        if os.getpid() == maker:
            shutil.rmtree(folder, ignore_errors=True)

    atexit.register(remove)
    return Path(folder)


TEST_DATA = Path(env.str("TEST_DATA")) if env.str("TEST_DATA", default="") else _folder_of_this_run()  # noqa: F405
MEDIA_ROOT = TEST_DATA / "media"
PRIVATE_ROOT = TEST_DATA / "private"
CACHES["pages"]["LOCATION"] = TEST_DATA / "pages"  # noqa: F405
LOGGING["loggers"]["bpf.events"]["level"] = "WARNING"  # type: ignore[index]  # noqa: F405
# Rows come and go with their tests; those of stored pages switch them on.
STORED_PAGES = env.bool("STORED_PAGES", default=False)  # noqa: F405
SEARCH_INDEX_DIR = TEST_DATA / "index"
# A test may look for what it published in its next line. The servers of tests/load land beside, as in production.
SEARCH_LANDS_BESIDE = env.bool("SEARCH_LANDS_BESIDE", default=False)  # noqa: F405
SEARCH_EMBEDDER = ""  # tests of meaning have a model of their own, which costs nothing
ELASTICSEARCH_URL = ""  # tests/search_parity asks for the node where it needs one
SEARCH_HOSTS = []
API_REQUESTS_A_MINUTE = 1_000_000  # thousands of questions a minute in some tests; those of the limit set it
TWO_FACTOR_REQUIRED = []
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
# A test reads in its next line what was sent; tests/mail has one of the worker.
MAIL_BY_WORKER = env.bool("MAIL_BY_WORKER", default=False)  # noqa: F405
FILES_BY_WORKER = env.bool("FILES_BY_WORKER", default=False)  # noqa: F405
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":  # noqa: F405
    # A file, not memory: threads and child processes of a test must see one database.
    DATABASES["default"]["TEST"] = {"NAME": str(TEST_DATA / "test.sqlite3")}  # noqa: F405
