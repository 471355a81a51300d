"""An index: which hook, which function."""

from wagtail import hooks

from mail.preferences import account_settings

hooks.register("register_account_settings_panel", account_settings.PreferencePanel)
