from django.urls import path

from pdf.cards.views import card_picture
from pdf.printing import views

DOCUMENT = "library/<int:year>/<slug:forum>/<slug:document>"
EDITION = f"{DOCUMENT}/editions/<int:n>"

app_name = "pdf"
urlpatterns = [
    path(f"{EDITION}/document.pdf", views.document_pdf, name="document"),
    path(f"{EDITION}/card.png", card_picture, name="card"),
    path(f"{EDITION}/sealed.pdf", views.sealed_pdf, name="sealed"),
    path(f"{DOCUMENT}/document.pdf", views.newest_pdf, name="newest"),
    path(f"{DOCUMENT}/printings/<slug:sha256>.pdf", views.kept_pdf, name="printing"),
    path(f"{EDITION}/brief.pdf", views.brief_pdf, name="brief"),
    path(f"{DOCUMENT}/compare/<int:a>/<int:b>/redline.pdf", views.redline_pdf, name="redline"),
    path("library/<int:year>/yearbook.pdf", views.yearbook_pdf, name="yearbook"),
    path("themes/<slug:theme>/outcomes.pdf", views.theme_pdf, name="theme"),
]
