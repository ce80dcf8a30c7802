"""Who is credited with a figure: the names that a sentence, or the one before, lets speak."""

from extract.drafts import Draft, near
from extract.records import Mention
from extract.view import PlaceView

SPEAKERS = frozenset({"organisation", "vendor", "person", "product", "place", "other"})


def source_candidates(view: PlaceView, draft: Draft) -> list[tuple[str, list[str]]]:
    """Whom the place may be credited to, each with its features; the empty name is the article itself.

    A name in the sentence counts with the word of saying next to it, a source of the claims before with its distance,
    the subject itself as the one who may speak of itself.
    """
    reading, s = view.reading, view.sentence
    says = [at for at, _ in reading.cues_in("say", s)]
    found: dict[str, list[str]] = {"": ["nobody", f"nobody says={len(says) > 0}", f"nobody {draft.modality}"]}
    for j in reading.items_of(s):
        mention = reading.items[j].ref
        if not isinstance(mention, Mention) or mention.kind not in SPEAKERS:
            continue
        after, before = reading.word(j + 1, s), reading.word(j - 1, s)
        close = min((abs(j - at) for at in says), default=99)
        features = found.setdefault(mention.name, [])
        features += [
            f"here {mention.kind}",
            f"before={before} {mention.kind}",
            f"after={after}",
            f"say {near(close)}",
            f"say {near(close)} {mention.kind} subject={mention.name == draft.subject}",
            f"place {near(abs(j - view.anchor.at))}",
        ]
        for at in says:
            if abs(at - j) <= 3:
                features.append(f"says {reading.items[at].text} {'after' if at > j else 'before'}")
        if j - reading.first_item[s] < 2:
            features.append(f"opens {mention.kind}")
    for back, earlier in enumerate(reversed(view.history[-3:])):
        if earlier.source:
            same = earlier.anchor.sentence == s
            near_by = view.last_near is not None
            found.setdefault(earlier.source, []).extend(
                [
                    f"source {back} back same sentence {same} near {near_by}",
                    f"source before says={len(says) > 0}",
                ]
            )
        elif back == 0:
            found[""].append(f"nobody before {earlier.anchor.sentence == s}")
    subject = found.setdefault(draft.owner or draft.subject, [])
    subject += [
        "itself",
        f"itself {draft.metric}",
        f"itself {draft.subject_kind}",
        f"itself says={len(says) > 0}",
    ]
    for cue_at, cue in reading.cues_in("stand_in", s):
        if any(0 < at - cue_at <= 3 or 0 < cue_at - at <= 2 for at in says):
            subject.append(f"itself by {cue.text}")
    return list(found.items())
