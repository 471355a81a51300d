"""Public forms: their declaration, tokens, traps and limits, and the page that gives back what was typed."""
