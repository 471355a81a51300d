"""Public addresses of the room."""

from django.urls import path

from workflow import public

app_name = "workflow"
urlpatterns = [
    path("how-it-works/", public.how_it_works, name="how_it_works"),
]
