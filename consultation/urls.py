"""Public addresses of consultations."""

from django.urls import path

from consultation.adoptions import feeds as adoption_feeds
from consultation.adoptions import views as adoptions
from consultation.comments import feeds
from consultation.comments import views as reading
from consultation.consensus import challenge_views
from consultation.periods import views as calls
from consultation.reports import views as reports
from consultation.submissions import attachment_views, personal_views
from consultation.submissions import views as writing
from consultation.word_comments import views as word_comments

DOCUMENT = "library/<int:year>/<slug:forum>/<slug:document>/"

app_name = "consultation"
urlpatterns = [
    path("open-calls/", calls.open_calls, name="open_calls"),
    path(f"{DOCUMENT}comments/", reading.comments, name="comments"),
    path(f"{DOCUMENT}comments/<int:number>/", reading.comment, name="comment"),
    path(f"{DOCUMENT}comments/<int:number>/files/<int:attachment>/", attachment_views.download, name="download"),
    path(f"{DOCUMENT}comments.atom", feeds.comments, name="comments_feed"),
    path(f"{DOCUMENT}challenge/", challenge_views.challenge, name="challenge"),
    path("comments/challenge/<str:token>/", challenge_views.confirm, name="confirm_challenge"),
    path(f"{DOCUMENT}comments/new/", writing.new_comment, name="new_comment"),
    path(f"{DOCUMENT}comments/word/", word_comments.comment_in_word, name="comment_in_word"),
    path(f"{DOCUMENT}comments/report/", reports.report, name="report"),
    path(f"{DOCUMENT}comments/report.<str:form>", reports.report_file, name="report_file"),
    path(f"{DOCUMENT}comments/reports/<int:number>/", reports.report, name="issued_report"),
    path(f"{DOCUMENT}comments/reports/<int:number>.<str:form>", reports.report_file, name="issued_report_file"),
    path(f"{DOCUMENT}adoptions/", adoptions.register, name="adoptions"),
    path(f"{DOCUMENT}adoptions.atom", adoption_feeds.adoptions, name="adoptions_feed"),
    path(f"{DOCUMENT}adoptions.json", adoptions.register_json, name="adoptions_json"),
    path(f"{DOCUMENT}adoptions.csv", adoptions.register_csv, name="adoptions_csv"),
    path(f"{DOCUMENT}adoptions/new/", adoptions.declare, name="declare_adoption"),
    path("adoptions/mine/<str:secret>/", adoptions.mine, name="adoption"),
    path("adoptions/mine/<str:secret>/revoke/", adoptions.revoke, name="revoke_adoption"),
    path("adoptions/confirm/<str:token>/", adoptions.confirm, name="confirm_adoption"),
    path(f"{DOCUMENT}follow/", personal_views.follow, name="follow"),
    path("comments/draft/<str:token>/", writing.draft_page, name="draft"),
    path("comments/draft/<str:token>/text/", writing.draft_text, name="draft_text"),
    path("comments/draft/<str:token>/attach/", attachment_views.attach, name="attach"),
    path("comments/draft/<str:token>/files/<int:number>/drop/", attachment_views.detach, name="detach"),
    path("comments/draft/<str:token>/<str:comment_id>/", writing.edit_comment, name="edit_comment"),
    path("comments/draft/<str:token>/<str:comment_id>/drop/", writing.drop_comment, name="drop_comment"),
    path("comments/mine/<str:secret>/", personal_views.mine, name="mine"),
    path("comments/mine/<str:secret>/<int:number>/withdraw/", personal_views.withdraw, name="withdraw"),
    path("comments/mine/<str:secret>/<int:number>/verdict/", personal_views.verdict, name="verdict"),
    path("comments/confirm/<str:token>/", personal_views.confirm_address, name="confirm"),
    path("comments/follow/<str:token>/", personal_views.confirm_follow, name="confirm_follow"),
    path("comments/unfollow/<str:secret>/", personal_views.unfollow, name="unfollow"),
]
