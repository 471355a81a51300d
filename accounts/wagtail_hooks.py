"""An index: which hook, which function."""

from wagtail import hooks

from accounts.signing_in import account_menu

hooks.register("register_account_menu_item", account_menu.second_factors)
hooks.register("register_account_menu_item", account_menu.sign_ins)
