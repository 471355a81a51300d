"""Public addresses of the room."""

from django.urls import path

from consultation.views import calls, personal, reading, writing

DOCUMENT = "library/<int:year>/<slug:forum>/<slug:document>/"

app_name = "consultation"
urlpatterns = [
    path("open-calls/", calls.open_calls, name="open_calls"),
    path("open-calls.ics", calls.calendar, name="open_calls_ics"),
    path("open-calls.atom", calls.feed, name="open_calls_atom"),
    path(f"{DOCUMENT}comments/", reading.comments, name="comments"),
    path(f"{DOCUMENT}comments/<int:number>/", reading.comment, name="comment"),
    path(f"{DOCUMENT}comments/new/", writing.new_comment, name="new_comment"),
    path(f"{DOCUMENT}follow/", personal.follow, name="follow"),
    path("comments/draft/<str:token>/", writing.draft_page, name="draft"),
    path("comments/draft/<str:token>/text/", writing.draft_text, name="draft_text"),
    path("comments/draft/<str:token>/<str:comment_id>/", writing.edit_comment, name="edit_comment"),
    path("comments/draft/<str:token>/<str:comment_id>/drop/", writing.drop_comment, name="drop_comment"),
    path("comments/mine/<str:secret>/", personal.mine, name="mine"),
    path("comments/mine/<str:secret>/<int:number>/withdraw/", personal.withdraw, name="withdraw"),
    path("comments/mine/<str:secret>/<int:number>/verdict/", personal.verdict, name="verdict"),
    path("comments/confirm/<str:token>/", personal.confirm_address, name="confirm"),
    path("comments/follow/<str:token>/", personal.confirm_follow, name="confirm_follow"),
    path("comments/unfollow/<str:secret>/", personal.unfollow, name="unfollow"),
]
