"""An index: which hook, which function."""

from wagtail import hooks

from accounts.invitations import services as invitations
from accounts.signing_in import account_menu

hooks.register("register_account_menu_item", account_menu.second_factors)
hooks.register("register_account_menu_item", account_menu.sign_ins)
hooks.register("after_create_user", invitations.after_create_user)
