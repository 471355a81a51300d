"""Headers of a page that only the holder of a secret link should find."""

from django.http import HttpResponse


def unlisted(response: HttpResponse) -> HttpResponse:
    """Neither indexed nor named to the sites that the draft links to."""
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response["Referrer-Policy"] = "no-referrer"
    return response
