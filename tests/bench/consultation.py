"""What the consultation's pure parts cost, and how often a comment finds its paragraph again; printed by `make bench`.

The comment page and the flood are measured by the load tests, which need a database and a server.
"""

import sys
import time
from collections.abc import Callable

from consultation.comments.near_duplicates import clusters, distinct
from editions.comparison.alignment import align
from tests.consultation.comments.campaigns import campaign_texts
from tests.editions.comparison.alignment_corpus import LANGUAGES, case_of, score_of
from tests.editions.comparison.test_alignment import long_paper

RUNS = 5


def best(work: Callable[[], object]) -> float:
    """CPU seconds of the best of RUNS."""
    spent = []
    for _run in range(RUNS):
        started = time.process_time()
        work()
        spent.append(time.process_time() - started)
    return min(spent)


def main() -> None:
    old, new = long_paper(seed=2099)
    say(f"align two editions of {len(old)} paragraphs: {1000 * best(lambda: align(old, new)):.0f} ms CPU (goal 100)")
    texts = campaign_texts()
    say(f"cluster {len(texts)} comments: {1000 * best(lambda: clusters(texts)):.0f} ms CPU (goal 1,000)")
    say(f"  {len(clusters(texts))} campaigns, {distinct(texts.values())} distinct texts")
    for language in LANGUAGES:
        for keys in (True, False):
            case = case_of(language, keys=keys)
            score = score_of(case, align(case.old, case.new).links)
            found = f"{100 * score.right / score.live:.1f} % right, {100 * score.wrong / score.live:.1f} % wrong"
            deleted = f"{score.deleted_but_mapped} of {score.deleted} deleted ones mapped"
            say(f"anchors, {language}, keys {'kept' if keys else 'lost'}: {found} of {score.live}; {deleted}")


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


if __name__ == "__main__":
    main()
