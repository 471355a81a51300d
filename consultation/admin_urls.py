"""Addresses inside the Wagtail admin, below /admin/consultation/."""

from django.urls import path

from consultation.office import answers, entry, queue, record

app_name = "consultation_admin"
urlpatterns = [
    path("", queue.all_consultations, name="all"),
    path("<int:process_id>/", queue.queue, name="queue"),
    path("<int:process_id>/moderate/", queue.moderate, name="moderate"),
    path("<int:process_id>/comments/<int:number>/", queue.comment, name="comment"),
    path("<int:process_id>/comments/<int:number>/original/", queue.original, name="original"),
    path("<int:process_id>/comments/<int:number>/files/<int:attachment>/", queue.attachment, name="attachment"),
    path("<int:process_id>/periods/", queue.all_periods, name="periods"),
    path("<int:process_id>/periods/<int:period_id>/", queue.change_period, name="change_period"),
    path("<int:process_id>/periods/<int:period_id>/deadline/", queue.move_deadline, name="move_deadline"),
    path("<int:process_id>/dispositions/", answers.all_answers, name="dispositions"),
    path("<int:process_id>/dispositions/<int:number>/", answers.answer, name="answer"),
    path("<int:process_id>/dispositions/sheet/", answers.from_sheet, name="answers_from_sheet"),
    path("<int:process_id>/dispositions/publish/", answers.publish, name="publish_answers"),
    path("<int:process_id>/mappings/", answers.mappings, name="mappings"),
    path("<int:process_id>/mappings/<int:mapping_id>/", answers.settle, name="settle"),
    path("<int:process_id>/enter/", entry.enter, name="enter"),
    path("<int:process_id>/enter/sheet/", entry.take_sheet, name="take_sheet"),
    path("<int:process_id>/reports/", entry.all_reports, name="reports"),
    path("<int:process_id>/reports/issue/", entry.issue_report, name="issue_report"),
    path("<int:process_id>/adoptions/", entry.all_adoptions, name="adoptions"),
    path("<int:process_id>/adoptions/<int:number>/", entry.moderate_adoption, name="moderate_adoption"),
    path("<int:process_id>/consensus/", record.record, name="consensus"),
    path("<int:process_id>/consensus/objection/", record.add_objection, name="add_objection"),
    path("<int:process_id>/consensus/objection/<int:objection_id>/", record.dispose, name="dispose"),
    path("<int:process_id>/consensus/dissent/", record.add_dissent, name="add_dissent"),
    path("<int:process_id>/consensus/challenge/", record.add_challenge, name="add_challenge"),
    path(
        "<int:process_id>/consensus/challenge/<int:challenge_id>/moderate/",
        record.moderate_challenge,
        name="moderate_challenge",
    ),
    path("<int:process_id>/consensus/challenge/<int:challenge_id>/", record.answer_challenge, name="answer_challenge"),
]
