"""Addresses inside the Wagtail admin, below /admin/consultation/."""

from django.urls import path

from consultation.adoptions import admin_views as adoptions
from consultation.answers import admin_views as answers
from consultation.board import admin_views as board
from consultation.comments import admin_views as comments
from consultation.consensus import admin_views as consensus
from consultation.intake import admin_views as intake
from consultation.intake import delegations_word_views as word_files
from consultation.periods import admin_views as periods
from consultation.reports import admin_views as reports
from consultation.submissions import admin_views as submissions

app_name = "consultation_admin"
urlpatterns = [
    path("", comments.all_consultations, name="all"),
    path("<int:process_id>/", comments.queue, name="queue"),
    path("<int:process_id>/moderate/", comments.moderate, name="moderate"),
    path("<int:process_id>/comments/<int:number>/", comments.comment, name="comment"),
    path("<int:process_id>/comments/<int:number>/original/", submissions.original, name="original"),
    path("<int:process_id>/comments/<int:number>/files/<int:attachment>/", submissions.attachment, name="attachment"),
    path("<int:process_id>/periods/", periods.all_periods, name="periods"),
    path("<int:process_id>/periods/<int:period_id>/", periods.change_period, name="change_period"),
    path("<int:process_id>/periods/<int:period_id>/deadline/", periods.move_deadline, name="move_deadline"),
    path("<int:process_id>/dispositions/", board.board, name="dispositions"),
    path("<int:process_id>/dispositions/answers/", board.answer_many, name="answer_many"),
    path("<int:process_id>/dispositions/<int:number>/", answers.answer, name="answer"),
    path("<int:process_id>/dispositions/sheet/", board.from_sheet, name="answers_from_sheet"),
    path("<int:process_id>/dispositions/publish/", board.publish, name="publish_answers"),
    path("<int:process_id>/suggestions/", board.suggest, name="suggest"),
    path("<int:process_id>/suggestions/<int:suggestion_id>/accept/", board.accept, name="accept_suggestion"),
    path("<int:process_id>/suggestions/<int:suggestion_id>/drop/", board.drop, name="drop_suggestion"),
    path("<int:process_id>/notes/", board.add_note, name="add_note"),
    path("<int:process_id>/notes/<int:note_id>/resolve/", board.resolve_note, name="resolve_note"),
    path("<int:process_id>/mappings/", answers.mappings, name="mappings"),
    path("<int:process_id>/mappings/<int:mapping_id>/", answers.settle, name="settle"),
    path("<int:process_id>/enter/", intake.enter, name="enter"),
    path("<int:process_id>/enter/mail/", intake.take_mails, name="take_mails"),
    path("<int:process_id>/enter/word/", word_files.bring, name="enter_word"),
    path("<int:process_id>/enter/word/<int:draft_id>/", word_files.record, name="record_word"),
    path("<int:process_id>/enter/sheet/", intake.take_sheet, name="take_sheet"),
    path("<int:process_id>/reports/", reports.all_reports, name="reports"),
    path("<int:process_id>/reports/issue/", reports.issue_report, name="issue_report"),
    path("<int:process_id>/adoptions/", adoptions.all_adoptions, name="adoptions"),
    path("<int:process_id>/adoptions/<int:number>/", adoptions.moderate_adoption, name="moderate_adoption"),
    path("<int:process_id>/consensus/", consensus.record, name="consensus"),
    path("<int:process_id>/consensus/objection/", consensus.add_objection, name="add_objection"),
    path("<int:process_id>/consensus/objection/<int:objection_id>/", consensus.dispose, name="dispose"),
    path("<int:process_id>/consensus/dissent/", consensus.add_dissent, name="add_dissent"),
    path("<int:process_id>/consensus/challenge/", consensus.add_challenge, name="add_challenge"),
    path(
        "<int:process_id>/consensus/challenge/<int:challenge_id>/moderate/",
        consensus.moderate_challenge,
        name="moderate_challenge",
    ),
    path(
        "<int:process_id>/consensus/challenge/<int:challenge_id>/", consensus.answer_challenge, name="answer_challenge"
    ),
]
