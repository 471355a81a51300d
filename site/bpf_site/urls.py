"""Addresses. Each room brings its own; Wagtail serves the pages that are left."""

from django.urls import include, path, re_path
from django.views.decorators.http import require_safe
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as admin_urls
from wagtail.documents import urls as document_urls

from accounts.urls import instead_of_wagtails
from bpf_pages.reading import media_views
from bpf_site.monitoring import views as monitoring
from bpf_site.operations.views import security_txt
from bpf_site.web import error_pages
from bpf_site.web.language_choice import choose_language
from gate.forms.public_forms import button
from workflow.access.wagtail_views import reports_of_the_whole_site
from workflow.deletion.admin_views import delete

urlpatterns = [
    # Exempt: the worst a forged request does is another interface language, and public pages stay free of cookies.
    path("i18n/setlang/", button("language")(choose_language), name="set_language"),
    path("health", monitoring.health, name="health"),
    path("health/live", monitoring.live, name="health_live"),
    path("health/ready", monitoring.ready, name="health_ready"),
    path("health/deep", monitoring.deep, name="health_deep"),
    path("metrics", monitoring.metrics, name="metrics"),
    path(".well-known/security.txt", security_txt, name="security_txt"),
    path("admin/pages/<int:page_id>/delete/", delete),
    path("admin/reports/", include(list(reports_of_the_whole_site()))),
    path("admin/", include(instead_of_wagtails)),
    path("admin/", include("accounts.urls")),
    path("admin/", include(admin_urls)),
    re_path(
        r"^documents/(\d+)/(.*)$", media_views.document, name="document_file"
    ),  # before Wagtail's own, which asks nobody
    path("documents/", include(document_urls)),
    # Wagtail's sign-in for pages behind a password, of which there are none: it would count no failed tries.
    path("_util/login/", require_safe(RedirectView.as_view(url="/admin/login/", query_string=True))),
    path("", include("bpf_pages.urls")),  # most asked for, and none of them is an address of the rooms below
    path("", include("gate.urls")),
    path("", include("mail.urls")),
    path("", include("workflow.urls")),
    path("", include("search.urls")),
    path("", include("pdf.urls")),
    path("", include("api.urls")),
    path("", include("consultation.urls")),
    path("", include(wagtail_urls)),
]

handler400, handler403 = error_pages.bad_request, error_pages.permission_denied
handler404, handler500 = error_pages.page_not_found, error_pages.server_error
