"""Which requests count as a reader's: the rules of COUNTER 5.1, as far as they ask for no cookie and no log. Pure.

Programs are left out by what they call themselves; a second click within 30 seconds is the first one's.
"""

import re

DOUBLE_CLICK_S = 30
"""COUNTER 5.1, section 7.2."""

_PROGRAM = re.compile(
    r"bot\b|bot[/_-]|crawl|spider|slurp|scrap|harvest|archiv|fetch|monitor|uptime|probe|preview|validat|check|scan|"
    r"curl|wget|python|perl|ruby|java/|php|node|axios|okhttp|go-http|httpclient|libwww|headless|phantom|lighthouse|"
    r"facebookexternalhit|whatsapp|feed|rss|zotero|mendeley|oai|sickle",
    re.IGNORECASE,
)
_BROWSER = re.compile(r"Mozilla/|Opera/|Lynx/|Links \(|w3m/|Dillo/", re.IGNORECASE)


def is_reader(agent: str, purpose: str = "") -> bool:
    """agent: the header User-Agent. purpose: Sec-Purpose; what a browser loads ahead was not read by anybody."""
    if "prefetch" in purpose.lower() or "preview" in purpose.lower():
        return False
    return bool(_BROWSER.search(agent)) and not _PROGRAM.search(agent)
