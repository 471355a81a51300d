"""The words that a newcomer meets, explained once: the page `/glossary/`, and what links lead there."""
