"""Public addresses of the room."""

from django.urls import path

from workflow import attachment_views, proposals, public, record_views, session_views

DOCUMENT = "library/<int:year>/<slug:forum>/<slug:document>/"
ATTACHMENT = f"{DOCUMENT}attachments/<int:number>/"

app_name = "workflow"
urlpatterns = [
    path("how-it-works/", public.how_it_works, name="how_it_works"),
    path("proposals/", proposals.proposals, name="proposals"),
    path("proposals/new/", proposals.new_proposal, name="new_proposal"),
    path("proposals/thanks/", proposals.thanks, name="thanks"),
    path("proposals/<int:forum_id>/", proposals.proposal, name="proposal"),
    path("proposals/<int:forum_id>/nominate/", proposals.nominate_expert, name="nominate"),
    path("sessions/<int:session_id>/", session_views.session, name="session"),
    path("draft/<str:token>/", public.draft, name="draft"),
    path("notices/stop/<str:token>/", public.stop_notices, name="unsubscribe"),
    path(f"{DOCUMENT}history/record.json", record_views.public_json, name="record_json"),
    path(f"{DOCUMENT}history/record.csv", record_views.public_csv, name="record_csv"),
    path(ATTACHMENT, attachment_views.public_file, name="attachment"),
    path(f"{ATTACHMENT}versions/<int:version>/", attachment_views.public_file, name="attachment_version"),
]
