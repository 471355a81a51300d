"""Addresses inside the Wagtail admin, below /admin/workflow/."""

from django.urls import path

from workflow import views

app_name = "workflow_admin"
urlpatterns = [
    path("help/", views.help_page, name="help"),
    path("<int:page_id>/<slug:transition>/", views.move, name="move"),
]
