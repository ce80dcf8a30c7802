"""The two ways to disturb an annotated article leave its annotations true."""

import re
from typing import Any

from noise import noisy
from swap_names import swap_names

ARTICLE: dict[str, Any] = {
    "id": "a1",
    "title": "DeepSeek's V3.2 overtakes GPT-5 on OpenRouter",
    "published": "2026-03-30",
    "text": (
        "“We grew,” said Jane Orrell of Alibaba Cloud - the Hangzhou unit.\n\n"
        "DeepSeek V3.2 rose 5-6% to 3 trillion tokens; Qwen3-Max and hunyuan-lite fell. "
        "Brelnor's Corvel-2 Pro led, and Korean makers lost."
    ),
    "claims": [
        {"subject": ["DeepSeek V3.2", "V3.2"], "source": None, "quote": "rose 5-6%", "value": 5},
        {
            "subject": "Corvel-2 Pro",
            "source": "OpenRouter",
            "quote": "Brelnor's Corvel-2 Pro led",
            "value": 1,
        },
    ],
}


def test_every_vendor_and_model_is_swapped_and_nothing_else() -> None:
    (swapped,) = swap_names([ARTICLE])
    everything = repr(swapped)
    for name in ("DeepSeek", "GPT", "OpenRouter", "Alibaba", "Qwen", "unyuan", "Corvel"):
        assert name not in everything
    for kept in (
        "Jane Orrell",
        "Hangzhou",
        "Cloud",
        "V3.2",
        "3-Max",
        "-lite",
        "Korean makers",
        "trillion tokens",
    ):
        assert kept in swapped["text"]
    assert swapped["claims"][0]["value"] == 5


def test_swapping_keeps_text_and_claims_together_and_repeats_itself() -> None:
    (swapped,) = swap_names([ARTICLE])
    assert swapped == swap_names([ARTICLE])[0]
    for claim in swapped["claims"]:
        assert claim["quote"] in swapped["text"]
    assert swapped["claims"][0]["subject"][0] in swapped["text"]
    assert swapped["claims"][1]["subject"] in swapped["text"]


def test_swapped_names_keep_their_make() -> None:
    (swapped,) = swap_names([ARTICLE])
    assert re.match(r"[A-Z][a-z]+Seek's V3\.2 overtakes [A-Z]{3}-5 on Open[A-Z][a-z]+$", swapped["title"])


def test_noise_changes_typography_and_not_a_letter() -> None:
    changed = noisy(ARTICLE)
    assert changed == noisy(ARTICLE)
    assert changed["title"] == ARTICLE["title"].upper()
    assert changed["text"] != ARTICLE["text"]
    assert "\r\n" in changed["text"]

    def letters(text: str) -> str:
        return "".join(c for c in text if c.isalnum())

    assert letters(changed["text"]).replace("ʼ", "") == letters(ARTICLE["text"])
    for claim in changed["claims"]:
        assert claim["quote"] in changed["text"]
