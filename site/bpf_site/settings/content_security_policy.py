"""Content security policy: a strict one for the public, and the exceptions of the Wagtail admin."""

from typing import Any

PUBLIC_POLICY: dict[str, Any] = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}

# Workaround for wagtail/wagtail#1288, seen with Wagtail 7.4: the page editor and its date pickers still write
# inline scripts and styles. Only /admin/ gets these exceptions.
ADMIN_EXCEPTIONS: dict[str, Any] = {
    "script-src": ["'self'", "'unsafe-inline'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
    "frame-ancestors": ["'self'"],
    "frame-src": ["'self'"],
}
