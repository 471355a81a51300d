"""What stands on the pages: front matter, body, back matter, in six languages. Composes a placed document of a job."""
