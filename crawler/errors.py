"""The error tree of the whole house: every error names its subject first.

It lives on the lowest floor because every floor above raises from it.
"""


class BeatbookError(Exception):
    """An error that a person can act on: ``subject`` is what it is about, ``message`` what is wrong with it."""

    def __init__(self, subject: object, message: str) -> None:
        super().__init__(subject, message)
        self.subject = str(subject)
        self.message = message

    def __str__(self) -> str:
        return f"{self.subject}: {self.message}"


class InputError(BeatbookError):
    """A file, a folder or an argument that cannot be used as given."""


class SourceError(BeatbookError):
    """An entry of a sources file, or the site behind it."""


class PageError(BeatbookError):
    """A page that holds no article, or cannot be read."""


class FeedError(BeatbookError):
    """A feed or sitemap that cannot be read."""


class ArchiveError(BeatbookError):
    """A WARC archive that cannot be read or written."""


class VocabularyError(BeatbookError):
    """An entry of a vocabulary file: the subject names file and entry."""


class StoreError(BeatbookError):
    """A database that cannot be opened, read or written."""
