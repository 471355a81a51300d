"""How much one place may send, and what looks like a machine. No third party is asked, nothing is refused for ever."""


class TooMany(Exception):
    """A limit is reached. `retry_after` is in seconds. The draft is kept."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"try again in {retry_after} s")
        self.retry_after = retry_after
