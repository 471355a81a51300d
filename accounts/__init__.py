"""Accounts of editors: sign-in, second factors, single sign-on, and the chained record of what happened to each."""
