"""Addresses. Each room brings its own; Wagtail serves the pages that are left."""

from django.urls import include, path
from django.views.decorators.http import require_safe
from django.views.generic import RedirectView
from django.views.i18n import set_language
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as admin_urls
from wagtail.documents import urls as document_urls

from bpf_site.operations.views import health, security_txt
from gate.public_forms import button
from workflow.deletion.admin_views import delete

urlpatterns = [
    # Exempt: the worst a forged request does is another interface language, and public pages stay free of cookies.
    path("i18n/setlang/", button("language")(set_language), name="set_language"),
    path("health", health, name="health"),
    path(".well-known/security.txt", security_txt, name="security_txt"),
    path("admin/pages/<int:page_id>/delete/", delete),
    path("admin/", include(admin_urls)),
    path("documents/", include(document_urls)),
    # Wagtail's sign-in for pages behind a password, of which there are none: it would count no failed tries.
    path("_util/login/", require_safe(RedirectView.as_view(url="/admin/login/", query_string=True))),
    path("", include("gate.urls")),
    path("", include("mail.urls")),
    path("", include("workflow.urls")),
    path("", include("search.urls")),
    path("", include("pdf.urls")),
    path("", include("api.urls")),
    path("", include("consultation.urls")),
    path("", include("bpf_pages.urls")),
    path("", include(wagtail_urls)),
]
