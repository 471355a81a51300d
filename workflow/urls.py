"""Public addresses of the workflow."""

from django.urls import path

from workflow.attachments import views as attachments
from workflow.draft_links import views as draft_links
from workflow.explanation import views as explanation
from workflow.history import views as history
from workflow.proposals_and_nominations import views as proposals
from workflow.sessions import views as sessions

DOCUMENT = "library/<int:year>/<slug:forum>/<slug:document>/"
ATTACHMENT = f"{DOCUMENT}attachments/<int:number>/"

app_name = "workflow"
urlpatterns = [
    path("how-it-works/", explanation.how_it_works, name="how_it_works"),
    path("proposals/", proposals.proposals, name="proposals"),
    path("proposals/new/", proposals.new_proposal, name="new_proposal"),
    path("proposals/thanks/", proposals.thanks, name="thanks"),
    path("proposals/<int:forum_id>/", proposals.proposal, name="proposal"),
    path("proposals/<int:forum_id>/nominate/", proposals.nominate_expert, name="nominate"),
    path("sessions/<int:session_id>/", sessions.session, name="session"),
    path("draft/<str:token>/", draft_links.draft, name="draft"),
    path(f"{DOCUMENT}history/record.json", history.public_json, name="record_json"),
    path(f"{DOCUMENT}history/record.csv", history.public_csv, name="record_csv"),
    path(ATTACHMENT, attachments.public_file, name="attachment"),
    path(f"{ATTACHMENT}versions/<int:version>/", attachments.public_file, name="attachment_version"),
]
