"""A site of Wagtail alone, as `wagtail start` makes it, with one page type: what others' pages cost beside ours."""
