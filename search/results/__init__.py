"""How an answer is shown: the page, JSON, the feed, the description for browsers."""
