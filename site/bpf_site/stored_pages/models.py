"""What was written since when, as sums: how every process and host knows that a stored page is out of date."""

from django.db import models


class Purge(models.Model):
    """One transaction wrote what pages of this key show. What counts is the sum of a key's amounts, modulo 2**40.

    amount: by chance, so that a database that was put back from a backup never comes to a sum it once had with other
    rows. Rows are only added while people write, so no transaction waits for another's; the clock adds old ones up.
    """

    key = models.CharField(max_length=20)
    amount = models.BigIntegerField()

    def __str__(self) -> str:
        return self.key
