from django.apps import AppConfig


class WorkflowConfig(AppConfig):
    name = "workflow"
    verbose_name = "Workflow"

    def ready(self) -> None:
        from django.apps import apps
        from django.db.models.signals import post_save, pre_delete, pre_save
        from wagtail.contrib.redirects.models import Redirect
        from wagtail.signals import post_page_move

        from accounts.factors.required import register_role
        from accounts.reauthentication.services import protect
        from workflow import checks  # noqa: F401  (registers itself)
        from workflow.access import wagtail_views
        from workflow.access.forum_files import offer_own_collection
        from workflow.access.role_holders import HOLDERS
        from workflow.attachments import services as attachments
        from workflow.deletion import recycle_bin, redirects
        from workflow.editor import link_labels, menu, panels, presence, stale_saves
        from workflow.forums import path_steps  # registers itself
        from workflow.notices import services as notices
        from workflow.signals import moved, moved_for_good, series_changed
        from workflow.transitions import due_dates, naming
        from workflow.transitions import guards as guards  # registers itself
        from workflow.transitions.governed_pages import GovernedPage, KeepingPage

        for role, held_by in HOLDERS.items():
            register_role(role, held_by)
        for name in (
            "site_roles",
            "forum_roles",
            "revoke",
            "remove_second_factors",
            "end_sessions",
            "set_standing",
            "send_invitation",
        ):
            protect(f"workflow_admin:{name}")
        protect("workflow_admin:take_step", path_steps.gives_roles)
        moved.connect(menu.note_in_page_history, dispatch_uid="workflow.note_in_page_history")
        moved.connect(due_dates.follow_move, dispatch_uid="workflow.due.follow_move")
        moved.connect(notices.write_for_move, dispatch_uid="workflow.notices.write_for_move")
        series_changed.connect(attachments.follow_series, dispatch_uid="workflow.attachments.follow_series")
        moved_for_good.connect(notices.deliver_after_move, dispatch_uid="workflow.notices.deliver_after_move")
        pre_delete.connect(redirects.keep, sender=Redirect, dispatch_uid="workflow.redirects.keep")
        pre_save.connect(redirects.keep_address, sender=Redirect, dispatch_uid="workflow.redirects.keep_address")
        post_page_move.connect(naming.follow_page, dispatch_uid="workflow.naming.follow_move")
        for model in apps.get_models():
            if issubclass(model, GovernedPage | KeepingPage):
                uid = f"workflow.naming.{model._meta.label}"
                post_save.connect(naming.follow_page, sender=model, dispatch_uid=uid)
            if issubclass(model, GovernedPage):
                uid = f"workflow.recycling.{model._meta.label}"
                pre_delete.connect(recycle_bin.keep_draft, sender=model, dispatch_uid=uid)
        panels.add_readiness_to_editor()
        link_labels.name_them()
        stale_saves.bind_forms_to_their_text()
        presence.poll_for_places()
        offer_own_collection()
        wagtail_views.filter_by_people_of_what_is_seen()
