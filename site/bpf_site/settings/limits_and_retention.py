"""Limits and periods that hold everywhere: tries, rates, sizes, how long something is kept or stays good.

Limits of one public form stand with the form (gate.forms.public_forms); what reading a foreign file may cost, in
core.budgets.
"""

from bpf_site.settings.environment import env

# Signing in (docs/operators/sign-in.md).
LOGIN_TRIES = 10  # failures for one account, from one network
LOGIN_TRIES_A_NETWORK = 50  # and for all accounts: a meeting of editors behind one address mistypes less
LOGIN_PAUSE_SECONDS = 15 * 60
SECOND_FACTOR_TRIES_A_DAY = 30  # wrong codes of an app for one account, from anywhere: a guesser has 1 in 11,000
CONFIRM_MINUTES = 15  # how long ago a person must have proved who they are to change addresses, passwords or roles
PASSWORD_RESET_TIMEOUT = 4 * 3600  # seconds a link to a new password is good for
RESETS_A_NETWORK = 20  # requests an hour for a new password, from one network
RESETS_AN_ACCOUNT = 3  # mails an hour to one account
ACCOUNT_EVENT_DAYS = 365  # how long the record of sign-ins is kept
SINGLE_SIGN_ON_A_NETWORK = 120  # requests an hour from one network, two for each sign-in

# Ends of a session, on the server (docs/security.md, Sessions, has the reasons). Counted from sign-in: none is longer.
SESSION_COOKIE_AGE = 7 * 24 * 3600  # without "remember me" the browser forgets it too, when it is closed
SESSION_IDLE_HOURS = 8  # without use
SESSION_IDLE_HOURS_REMEMBERED = 72  # with "remember me": from Friday evening to Monday morning

# Bodies beyond these, or beyond what a public form declares (gate.forms), are refused before they are read.
MOST_BYTES_OF_EDITORS = 100 * 1024 * 1024  # signed in: files of documents, office documents to import
MOST_BYTES_OF_STRANGERS = 64 * 1024  # where no form says otherwise, as the sign-in
# A long outcome document in the editor sends about twenty fields a block.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 50_000
DATA_UPLOAD_MAX_NUMBER_FILES = 1_000  # a catalogue's, in one go; bpf_pages.catalogues.forms says so in words at 500
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILDOCS_MAX_UPLOAD_SIZE = 50 * 1024 * 1024
ORIGINAL_BYTES = 10 * 1024 * 1024  # largest original of a comment from elsewhere

# Requests from one network (gate.rate_limits.count_request). To all doors for programs together: ten a second is quick
# for one harvester. For files of editions: one of a thousand pages takes seconds to draw. To /verify/: a meeting that
# checks one file together stays below.
API_REQUESTS_A_MINUTE = env.int("API_REQUESTS_A_MINUTE", default=600)
EDITION_FILES_A_MINUTE = env.int("EDITION_FILES_A_MINUTE", default=60)
VERIFY_REQUESTS_IN_TEN_MINUTES = env.int("VERIFY_REQUESTS_IN_TEN_MINUTES", default=120)

# Periods of the forums' work.
COMMENT_PERIOD_DAYS = 30  # default length; the IGF of 2016 had 34
COMMENT_PERIOD_LEAST_DAYS = 21  # shorter only if the Secretariat sets it aside with a public reason
RECYCLE_DAYS = 90  # how long a deleted draft that never was public lies in the recycle bin
CHALLENGE_DAYS = 60  # how long a declaration of consensus may be challenged; the IETF has two months

# How long what people sent, and what is kept of them, stays.
DRAFT_DAYS = 90  # how long a comment that was begun and never sent is kept
UNCONFIRMED_DAYS = 14  # how long a sent comment waits for its e-mail to be confirmed
NETWORK_DAYS = 28  # how long the keyed hash of an address prefix is kept
# Every token and link that is a right by itself ends, after so many days from when it was made.
TOKEN_DAYS = {
    "form": 1,  # of a public form: then it comes back with what was typed and a new one
    "confirm": 30,  # links of mails that ask to confirm: comments, declarations, challenges, notices, alerts
    # To stop mails. Every mail carries a new one, so it is good for as long as mails are sent and two years longer
    # (RFC 8058 names no term; docs/adr/0086).
    "unsubscribe": 730,
    "draft link": 90,  # to read a draft without an account; its maker chooses a day before that
    "draft": DRAFT_DAYS,  # the secret address of a comment that was begun
    "kept text": DRAFT_DAYS,  # what a form sent while the database was busy
    "browser": 180,  # a browser in which somebody signed in: what others guess in its network is not counted there
}
EMAIL_DAYS = 365  # how long an e-mail address is kept after the report that answers its comment
SEARCH_LOG_DAYS = 90  # how long the counts of questions are kept
