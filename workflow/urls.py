"""Public addresses of the room."""

from django.urls import path

from workflow import public

app_name = "workflow"
urlpatterns = [
    path("how-it-works/", public.how_it_works, name="how_it_works"),
    path("draft/<str:token>/", public.draft, name="draft"),
    path("notices/stop/<str:token>/", public.stop_notices, name="unsubscribe"),
]
