"""Public comment on numbered paragraphs, the answers to it, rough consensus, reports."""
