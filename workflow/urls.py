"""Public addresses of the workflow."""

from django.urls import path

from workflow.attachments import views as attachments
from workflow.draft_links import views as draft_links
from workflow.explanation import views as explanation
from workflow.forums import views as forums
from workflow.history import views as history
from workflow.sessions import views as sessions

DOCUMENT = "library/<int:year>/<slug:forum>/<slug:document>/"
ATTACHMENT = f"{DOCUMENT}attachments/<int:number>/"

app_name = "workflow"
urlpatterns = [
    path("how-it-works/", explanation.how_it_works, name="how_it_works"),
    path("proposals/", forums.proposals, name="proposals"),
    path("proposals/new/", forums.new_proposal, name="new_proposal"),
    path("proposals/thanks/", forums.thanks, name="thanks"),
    path("proposals/<int:forum_id>/", forums.proposal, name="proposal"),
    path("proposals/<int:forum_id>/nominate/", forums.nominate_expert, name="nominate"),
    path("sessions/<int:session_id>/", sessions.session, name="session"),
    path("draft/<str:token>/", draft_links.draft, name="draft"),
    path(f"{DOCUMENT}history/record.json", history.public_json, name="record_json"),
    path(f"{DOCUMENT}history/record.csv", history.public_csv, name="record_csv"),
    path(ATTACHMENT, attachments.public_file, name="attachment"),
    path(f"{ATTACHMENT}versions/<int:version>/", attachments.public_file, name="attachment_version"),
]
