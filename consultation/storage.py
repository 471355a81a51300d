"""Where files live that no address serves."""

from editions.storage import PrivateFiles


def private_files() -> PrivateFiles:
    """Originals of comments that came from elsewhere, and files with a comment; views hand them out."""
    return PrivateFiles()
