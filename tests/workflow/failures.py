"""Which test answers which failure of others. test_failures_of_others.py holds every line against pytest's collection.

T: traps of django-fsm beside Wagtail. P: Plone 6.2.2, tried. dt#: issues of ietf-tools/datatracker. The rest: issues of
wagtail/wagtail, of its roadmap, and of projects that live in it.
"""

TRAPS = {
    "T1 two packages, one module": [
        "workflow/transitions/test_closed_routes.py::test_the_module_django_fsm__belongs_to_the_maintained_package"
    ],
    "T2 reloading a row lifts the protection": [
        "workflow/test_rules_of_code.py::test_t2__no_code_of_ours__calls_refresh_from_db",
        "workflow/test_rules_of_code.py::test_t2__a_state__can_be_set_by_no_assignment",
    ],
    "T3 constructor and update() set any state": [
        "workflow/test_rules_of_code.py::test_t3__no_code_of_ours__writes_a_state_past_the_machine"
    ],
    "T4 two self-transitions at once both save": [
        "workflow/transitions/test_perform.py::test_two_people_who_correct_at_once__end_in_one_edition_and_one_clear_refusal"
    ],
    "T5 a stale form after there and back": [
        "workflow/transitions/test_perform.py::test_an_old_form__after_a_move_there_and_back__is_refused"
    ],
    "T6 an old revision brings an old state back": [
        "workflow/transitions/test_closed_routes.py::test_an_old_revision__does_not_bring_an_old_state_back"
    ],
    "T7 copies carry the state": [
        "workflow/transitions/test_closed_routes.py::test_a_copy_in_code__shares_no_process",
        "workflow/test_traps.py::test_t7_alias_and_translation__share_no_process",
    ],
    "T8 draft text lands in the live row": [
        "workflow/test_traps.py::test_t8_move_beside_an_unsaved_draft__leaves_the_live_row_as_it_was"
    ],
    "T9 autosave overwrites what was frozen": [
        "workflow/transitions/test_closed_routes.py::test_autosave_over_the_frozen_revision__makes_a_draft_after_it_and_the_edition_stays",
        "workflow/transitions/test_perform.py::test_text_saved_while_the_guards_look__is_not_what_is_published_and_is_not_lost",
    ],
    "T10 purged revisions": [
        "workflow/transitions/test_closed_routes.py::test_purged_revisions__leave_every_edition_readable"
    ],
    "T11 a page slips to live": [
        "workflow/test_traps.py::test_t11_page_that_slips_to_live__without_an_edition_answers_as_unpublished"
    ],
    "T12 every road that publishes, unpublishes, moves or destroys": [
        "workflow/transitions/test_closed_routes.py::test_a_closed_road__changes_nothing_for_anybody",
        "workflow/transitions/test_closed_routes.py::test_a_draft_without_edition__cannot_be_published_by_any_road",
        "workflow/transitions/test_closed_routes.py::test_a_page_above_editions__stays_where_it_is",
        "workflow/transitions/test_closed_routes.py::test_creating_with_publish__saves_a_draft",
        "workflow/transitions/test_closed_routes.py::test_code_that_publishes_or_unpublishes__changes_nothing",
        "workflow/transitions/test_closed_routes.py::test_a_date_to_go_live_or_to_expire__is_refused_by_the_form",
        "workflow/transitions/test_closed_routes.py::test_unpublishing_a_page_above_with_all_below__leaves_documents_as_they_are",
        "workflow/transitions/test_closed_routes.py::test_slug_of_a_page_above_editions__stays",
        "workflow/transitions/test_closed_routes.py::test_the_approval_workflow_of_wagtail__is_off_and_submits_nothing",
    ],
    "T13 one scheduled page stops all others": [
        "workflow/transitions/test_closed_routes.py::test_publish_scheduled__publishes_the_innocent_page_and_not_the_governed_one"
    ],
    "T14 receivers vanish with DEBUG off": [
        "workflow/test_traps.py::test_t14_receivers__are_still_connected_after_the_garbage_was_taken_out",
        "workflow/test_traps.py::test_t14_redirects__are_kept_by_receivers_that_are_connected",
    ],
    "T15 mail, printer and index fail": [
        "workflow/test_traps.py::test_t15_mail_printer_and_index_all_fail__the_move_stands_and_tick_repairs"
    ],
    "T16 the freeze fails": [
        "workflow/test_traps.py::test_t16_freeze_that_fails__moves_nothing_logs_nothing_and_takes_no_number"
    ],
    "T17 every guard blocks, every cure unblocks": [
        "workflow/transitions/test_guards.py::test_every_guard_of_the_declaration__has_its_situation",
        "workflow/transitions/test_guards.py::test_t17_guard__blocks_with_a_link_and_changes_nothing__and_the_cure_unblocks",
    ],
    "T18 an override is public": [
        "workflow/transitions/test_guards.py::test_t18_override__needs_a_reason__is_logged_by_name_and_stands_on_the_public_history"
    ],
}

PLONE = {
    "P1 dates hide and do not protect": [
        "workflow/test_failures_of_plone.py::test_plone_p1__a_document__stands_at_its_address_exactly_while_its_state_is_public",
        "workflow/access/test_who_sees_what.py::test_public_address__answers_everybody_alike_by_the_state",
    ],
    "P2 nothing happens at a date": [
        "workflow/test_clock.py::test_period__is_closed_at_its_end_and_not_before_by_the_clock",
        "workflow/test_clock.py::test_period__that_ended_during_an_outage__is_closed_late_with_the_moment_of_the_act",
        "workflow/test_clock.py::test_second_run_at_the_same_moment__does_nothing",
    ],
    "P3 a comment is lost at check-in": [
        "workflow/test_failures_of_plone.py::test_plone_p3__comments__survive_every_move"
    ],
    "P4 a stale index row breaks the search": [
        "workflow/test_failures_of_plone.py::test_plone_p4__a_stale_row_of_the_index__costs_one_hit_and_never_a_page"
    ],
    "P5 a step and its note vanish": [
        "workflow/test_failures_of_plone.py::test_plone_p5_p6__the_log_of_a_document__is_one_and_outlives_its_page"
    ],
    "P6 the log dies with the object": [
        "workflow/test_failures_of_plone.py::test_plone_p5_p6__the_log_of_a_document__is_one_and_outlives_its_page",
        "workflow/test_failures_of_plone.py::test_plone_p6__deleting_a_draft_that_never_was_public__keeps_its_process",
        "workflow/history/test_history.py::test_json_of_the_log__lets_anybody_recompute_the_chain",
    ],
    "P7 bulk skips without a word": [
        "workflow/editor/test_bulk_transitions.py::test_preview__says_how_many_will_move_and_why_others_cannot",
        "workflow/editor/test_bulk_transitions.py::test_bulk_step__moves_what_can_and_reports_what_cannot",
    ],
    "P8 publishing twice says nothing": [
        "workflow/test_failures_of_plone.py::test_plone_p8__the_same_step_twice__says_already_there_and_leaves_no_trace"
    ],
    "P9 parallel moves fail": [
        "load/test_moves.py::test_plone_p9__parallel_moves_of_different_documents__none_fails_and_none_is_lost"
    ],
    "P10 the creator edits after publication": [
        "workflow/test_failures_of_plone.py::test_plone_p10__a_final__is_closed_to_its_creator_until_a_revision_begins"
    ],
    "P11 a cited address is a bare 404": [
        "workflow/test_failures_of_plone.py::test_plone_p11__a_withdrawn_document__answers_gone_with_its_reason_for_ever"
    ],
    "P12 deleted though others link to it": [
        "workflow/relations/test_relations.py::test_plone_p12__withdrawing__shows_first_who_links_to_the_document",
        "workflow/deletion/test_refusals.py::test_interface_for_programs__refuses_with_a_list_that_programs_can_read",
        "workflow/deletion/test_recycle_bin.py::test_plone_p12__deleting_a_draft_that_others_link_to__is_refused_with_the_list",
    ],
    "P13 files without state and versions": [
        "workflow/test_failures_of_plone.py::test_plone_p13__every_printed_file__belongs_to_an_edition_and_its_standing",
        "workflow/attachments/test_attachments.py::test_new_version__stands_beside_the_old_one_with_hash_person_and_time",
        "workflow/attachments/test_attachments.py::test_public_file__is_seen_exactly_while_an_edition_is_public",
    ],
    "P14 a step sets a date though it does not publish": [
        "workflow/test_failures_of_plone.py::test_plone_p14__the_date_of_publication__is_that_of_the_log_row"
    ],
    "P15 an orphan lock": [
        "workflow/test_failures_of_plone.py::test_plone_p15__a_lock__is_read_from_the_state_and_cannot_be_left_behind"
    ],
    "P16 a review list without person, age, date": [
        "workflow/queue/test_queue.py::test_queue_line__names_person_role_age_due_date_and_forum",
        "workflow/queue/test_queue.py::test_report__filters_by_forum_state_role_and_lateness",
    ],
    "P17 sharing re-indexes the folder": [
        "workflow/test_failures_of_plone.py::test_plone_p17__a_change_of_roles__touches_no_index_and_a_move_only_its_own_document"
    ],
    "P18 every page lists every document": [
        "workflow/test_failures_of_plone.py::test_plone_p18__no_page__grows_by_more_than_a_twentieth_from_20_to_2000_documents"
    ],
    "P19 any edit empties the cache": [
        "workflow/test_failures_of_plone.py::test_plone_p19__an_edit_or_move_of_another_document__leaves_a_cached_page_good"
    ],
    "P20 broken feeds, hidden drafts": [
        "workflow/test_failures_of_plone.py::test_plone_p20__every_feed__is_atom_as_its_specification_asks",
        "workflow/test_failures_of_plone.py::test_plone_p20__editors__see_everything_of_their_forum_with_its_state",
    ],
}

DATATRACKER = {
    "dt#5644 dt#9493 next states are only advice": [
        "workflow/test_failures_of_others.py::test_dt_5644__a_posted_step_that_is_not_legal__is_refused",
        "workflow/test_failures_of_others.py::test_dt_5644__the_editor__has_no_field_that_sets_a_state",
    ],
    "dt#8550 parallel machines drift apart": [
        "workflow/test_failures_of_others.py::test_dt_8550__a_document__has_one_machine_and_one_state"
    ],
    "dt#8056 dt#7383 a state of tidying hides what lives": [
        "workflow/test_rules_of_code.py::test_dt_8056__what_is_visible__is_never_derived_by_leaving_a_state_out"
    ],
    "dt#4209 a recommended button fails": [
        "workflow/editor/test_editor.py::test_readiness__agrees_with_what_perform_would_refuse",
        "workflow/editor/test_editor.py::test_side_panel__of_an_empty_draft__links_what_is_missing_to_its_mend",
    ],
    "dt#5108 dt#4809 a consensus flag rots": [
        "workflow/test_failures_of_others.py::test_dt_5108__consensus__is_a_dated_declaration_of_a_named_person_and_no_flag"
    ],
    "dt#6108 dt#8039 dt#8310 dt#11616 the last call ends four times": [
        "workflow/test_failures_of_others.py::test_dt_6108__the_end_of_comment__is_one_instant_on_form_page_calendar_mail_and_clock",
        "consultation/periods/test_deadline.py::test_period__over_a_night_of_summer_time__closes_at_one_instant_in_every_zone",
        "core/test_datetimes.py::test_field__names_the_zone_in_which_it_is_read",
    ],
    "dt#5140 a wrong state is undone by deleting its event": [
        "workflow/test_failures_of_others.py::test_dt_5140__an_undone_step__stays_in_the_record_with_its_reason"
    ],
    "dt#7960 dt#4812 a state that was removed": [
        "workflow/test_failures_of_others.py::test_dt_7960__a_row_of_a_step_and_states_that_are_gone__can_still_be_read"
    ],
    "dt#6029 dt#5933 event and version drift apart by a second": [
        "workflow/transitions/test_perform.py::test_a_failing_receiver__undoes_the_whole_move",
        "workflow/test_failures_of_plone.py::test_plone_p14__the_date_of_publication__is_that_of_the_log_row",
    ],
    "dt#6831 documents without any event": [
        "workflow/test_failures_of_others.py::test_dt_6831__a_public_document_without_a_row__is_found_by_verification"
    ],
    "dt#9232 dt#11576 changed from A to A": [
        "workflow/editor/test_editor.py::test_due_date__set_twice_to_the_same__writes_once",
        "workflow/test_failures_of_plone.py::test_plone_p8__the_same_step_twice__says_already_there_and_leaves_no_trace",
    ],
    "dt#9509 silent mail": [
        "workflow/notices/test_notices.py::test_confirm_page__names_exactly_those_who_will_be_written_to",
        "workflow/notices/test_mailing_lists.py::test_confirm_page__names_the_list_and_the_people_with_their_roles",
    ],
    "dt#6339 sent, but it was not": [
        "workflow/notices/test_notices.py::test_mail_server_down__the_move_stands_and_tick_sends_later"
    ],
    "dt decisions by matching prose": [
        "workflow/test_rules_of_code.py::test_dt_prose__no_decision_is_taken__by_searching_words_that_people_wrote"
    ],
    "dt change_state does it all": [
        "workflow/test_rules_of_code.py::test_dt_change_state__steps_of_a_machine__are_taken_by_its_service_alone"
    ],
    "dt help page of a state, drawn from its rows": [
        "workflow/explanation/test_how_it_works.py::test_states_and_roles__on_both_pages__are_all_explained",
        "workflow/explanation/test_how_it_works.py::test_picture__as_drawn__has_exactly_the_declared_edges",
    ],
    "dt expiry acts as a person": [
        "workflow/test_failures_of_others.py::test_dt_expiry__the_clock__never_acts_as_a_person",
        "workflow/test_clock.py::test_period__is_closed_at_its_end_and_not_before_by_the_clock",
    ],
    "dt#7951 the runner itself checks": [
        "workflow/test_rules_of_code.py::test_dt_7951__the_suite_itself__finds_a_missing_migration_and_a_broken_template"
    ],
}

WAGTAIL = {
    "roadmap#237 wagtail#12282 bedrock#14803 a draft without an account": [
        "workflow/draft_links/test_draft_links.py::test_draft_link__shows_the_newest_working_text_with_a_watermark_and_is_noted"
    ],
    "roadmap#49 wagtail#4766 a step in which outsiders only comment": [
        "journeys/test_overview_through_every_state.py::test_the_overview__goes_from_paste_to_rough_consensus_in_the_open"
    ],
    "roadmap#49 who has it, since when, by when": [
        "workflow/queue/test_queue.py::test_queue__puts_what_is_due_first_on_top_and_leaves_settled_documents_out"
    ],
    "wagtail#10196 wagtail#7542 a refusal reaches the right person with its words": [
        "workflow/test_failures_of_others.py::test_wagtail_10196__the_mail_of_a_step_back__reaches_the_forum_and_carries_the_reason"
    ],
    "wagtail#6995 approving one's own work": [
        "workflow/transitions/test_perform.py::test_the_last_editor__may_not_adopt_unless_the_secretariat_says_why"
    ],
    "wagtail#13563 saving unchanged resets": [
        "workflow/test_failures_of_others.py::test_wagtail_13563__saving_without_a_change__moves_nothing"
    ],
    "wagtail#13863 wagtail#14341 bedrock#17124 autosave clutters the history": [
        "workflow/test_failures_of_others.py::test_wagtail_13863__autosaves_of_one_sitting__are_one_line_of_the_record"
    ],
    "wagtail#10663 menu items leak between requests": [
        "workflow/test_failures_of_others.py::test_wagtail_10663__the_steps_in_the_page_menu__do_not_leak_to_the_next_request"
    ],
    "wagtail#4282 wagtail#5438 actions and labels of one's own": [
        "workflow/test_failures_of_others.py::test_wagtail_10663__the_steps_in_the_page_menu__do_not_leak_to_the_next_request"
    ],
    "wagtail#1615 locked means locked": [
        "workflow/test_failures_of_plone.py::test_plone_p10__a_final__is_closed_to_its_creator_until_a_revision_begins",
        "workflow/transitions/test_closed_routes.py::test_a_closed_road__changes_nothing_for_anybody",
    ],
    "wagtail#13856 someone else acted meanwhile": [
        "workflow/transitions/test_perform.py::test_a_stale_form__is_refused_and_says_who_was_first"
    ],
    "coderedcms#153 RFC 24 RFC 47 a reason in the history, a trail to take away": [
        "workflow/history/test_history.py::test_json_of_the_log__lets_anybody_recompute_the_chain",
        "workflow/history/test_history.py::test_whole_history__merges_moves_edits_and_notes_newest_first",
    ],
    "CVEs of 2026: views that forgot the permission": [
        "workflow/test_failures_of_others.py::test_wagtail_cves_of_2026__admin_addresses_of_a_document__ask_for_permission_on_it",
        "workflow/access/test_who_sees_what.py::test_admin_address__is_reached_by_the_right_people_in_every_state",
        "workflow/access/test_who_sees_what.py::test_admin_addresses_of_a_document_in_any_room__are_closed_to_outsiders",
    ],
}

FAILURES: dict[str, list[str]] = TRAPS | PLONE | DATATRACKER | WAGTAIL
