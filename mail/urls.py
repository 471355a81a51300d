"""Public addresses of the room."""

from django.urls import path

from mail.preferences import views

app_name = "mail"
urlpatterns = [path("notices/stop/<str:token>/", views.unsubscribe, name="unsubscribe")]
