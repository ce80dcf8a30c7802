"""What the teacher knows of an annotated article."""

from marked import reading_of

from extract.alignment import named_in


def test_the_names_of_subjects_are_found_where_they_are_and_where_they_are_not() -> None:
    told = {"claims": [{"subject": ["free models"]}]}
    other = {"claims": [{"subject": ["Nvidia"]}]}
    first, second = reading_of("free models took {61%} ."), reading_of("It tried free models at {5%} .")
    found = named_in([(told, first), (other, second)])
    assert [[r.text[a:b] for a, b in spans] for r, spans in zip((first, second), found, strict=True)] == [
        ["free models"],
        ["free models"],
    ]


def test_a_word_that_is_seldom_a_subject_is_left_out() -> None:
    told = {"claims": [{"subject": ["models"]}]}
    other = {"claims": [{"subject": ["Nvidia"]}]}
    articles = [(told, reading_of("models took {61%} ."))]
    articles += [(other, reading_of("It sold models at {5%} .")) for _ in range(5)]
    assert named_in(articles) == [[]] * 6
