"""Single sign-on by OpenID Connect, for accounts that exist."""
