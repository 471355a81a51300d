"""What stands on the pages: title page, body, annexes, in the words of six languages."""
