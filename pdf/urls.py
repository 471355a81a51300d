from django.urls import path

from pdf.printing import views

EDITION = "library/<int:year>/<slug:forum>/<slug:document>/editions/<int:n>"

app_name = "pdf"
urlpatterns = [
    path(f"{EDITION}/document.pdf", views.document_pdf, name="document"),
    path(f"{EDITION}/brief.pdf", views.brief_pdf, name="brief"),
    path("library/<int:year>/yearbook.pdf", views.yearbook_pdf, name="yearbook"),
    path("themes/<slug:theme>/outcomes.pdf", views.theme_pdf, name="theme"),
]
