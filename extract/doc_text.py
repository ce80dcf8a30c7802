"""The text of a document, put together once: spaCy joins it from the tokens every time that it is asked."""

from spacy.tokens import Doc

_KEY = "beatbook_text"


def text_of(doc: Doc) -> str:
    """``doc.text``, remembered."""
    text: str | None = doc.user_data.get(_KEY)
    if text is None:
        text = doc.user_data[_KEY] = doc.text
    return text
