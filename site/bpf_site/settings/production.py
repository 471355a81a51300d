"""Settings of a public installation behind a TLS proxy. Start fails where a secret or a host name is missing."""

from bpf_site.settings.base import *  # noqa: F403

SECRET_KEY = env.str("SECRET_KEY")  # noqa: F405
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])  # noqa: F405  (former keys: links and sessions stay)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")  # noqa: F405
WAGTAILADMIN_BASE_URL = env.str("BASE_URL")  # noqa: F405

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 31_536_000
# They bind every name below this one, and for long: only who runs the whole domain can say so.
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("HSTS_INCLUDE_SUBDOMAINS", default=False)  # noqa: F405
SECURE_HSTS_PRELOAD = env.bool("HSTS_PRELOAD", default=False)  # noqa: F405
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]  # which would say yes for a domain they do not know
TWO_FACTOR_REQUIRED = env.list("TWO_FACTOR_REQUIRED", default=["secretariat"])  # noqa: F405
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
LANGUAGE_COOKIE_SECURE = True
# Browsers take such a name only over TLS, for the whole site and without a domain: no neighbouring host can set it.
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_NAME = "__Host-csrf"
LANGUAGE_COOKIE_NAME = "__Host-language"
BROWSER_COOKIE_NAME = "__Host-browser"
