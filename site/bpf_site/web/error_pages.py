"""The pages of refused requests, which read nothing of a body. Django's look for a CSRF token in it, though none of
ours holds a form that needs one, and a body that could not be read made a fault of ours of each refusal."""

from inspect import unwrap

from django.views import defaults

bad_request = unwrap(defaults.bad_request)
permission_denied = unwrap(defaults.permission_denied)
page_not_found = unwrap(defaults.page_not_found)
server_error = unwrap(defaults.server_error)
