from django.urls import path

from pdf import views

app_name = "pdf"
urlpatterns = [
    path(
        "library/<int:year>/<slug:forum>/<slug:document>/editions/<int:n>/document.pdf",
        views.document_pdf,
        name="document",
    ),
]
