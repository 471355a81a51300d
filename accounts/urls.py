"""Addresses of sign-in and of one's own account, below /admin/: some are Wagtail's own, answered by ours instead."""

from django.urls import path
from django.views.decorators.cache import never_cache
from wagtail.admin.auth import require_admin_access

from accounts.open_sessions import views as open_sessions
from accounts.password_reset.views import AskForPasswordView
from accounts.signing_in import factor_views, views
from accounts.single_sign_on import views as single_sign_on

app_name = "accounts"
urlpatterns = [
    path("login/second-step/", views.second_step, name="second_step"),
    path("login/single-sign-on/", single_sign_on.begin, name="single_sign_on"),
    path("login/single-sign-on/answer/", single_sign_on.answer, name="single_sign_on_answer"),
    path("account/sign-ins/", never_cache(require_admin_access(open_sessions.sign_ins)), name="sign_ins"),
    path("account/sessions/end-others/", require_admin_access(open_sessions.end_others), name="end_others"),
    path("account/sessions/<int:session_id>/end/", require_admin_access(open_sessions.end), name="end_session"),
    path("account/second-factor/", factor_views.factors, name="factors"),
    path("account/second-factor/app/", factor_views.add_app_view, name="add_app"),
    path("account/second-factor/passkey/", factor_views.add_passkey_view, name="add_passkey"),
    path("account/second-factor/recovery-codes/", factor_views.new_codes, name="new_codes"),
    path("account/second-factor/<int:factor_id>/remove/", factor_views.remove_factor, name="remove_factor"),
]

instead_of_wagtails = [
    path("login/", never_cache(views.SignInView.as_view()), name="wagtailadmin_login"),
    path("logout/", never_cache(views.SignOutView.as_view()), name="wagtailadmin_logout"),
    path("password_reset/", never_cache(AskForPasswordView.as_view()), name="wagtailadmin_password_reset"),
]
"""Under Wagtail's own names, before them."""
