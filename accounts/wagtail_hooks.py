"""An index: which hook, which function."""

from wagtail import hooks

from accounts.invitations import services as invitations
from accounts.signing_in import account_menu

for entry in account_menu.ENTRIES:
    hooks.register("register_account_menu_item", entry)
hooks.register("after_create_user", invitations.after_create_user)
