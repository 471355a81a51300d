"""An index: which hook, which function."""

from wagtail import hooks

from mail import account_settings

hooks.register("register_account_settings_panel", account_settings.PreferencePanel)
