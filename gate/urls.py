"""Public addresses of the room."""

from django.urls import path

from gate import views

app_name = "gate"
urlpatterns = [path("kept/<str:secret>/", views.kept_text, name="kept_text")]
