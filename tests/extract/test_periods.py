"""Date expressions: what each one means to a reader of 25 March 2026, a Wednesday, unless a row says another
day.
"""

from datetime import date
from itertools import pairwise

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.periods import find_periods
from extract.records import Period

NOW = date(2026, 3, 25)


def found(text: str, published: date = NOW) -> list[tuple[str, str | None, str | None]]:
    return [(p.text, *p.period) for p in find_periods(text, published)]


def check(sentence: str, expected: str, first: str, last: str, published: date = NOW) -> None:
    """``expected`` stands in ``sentence`` between brackets; an empty date is an open end."""
    text = sentence.replace("[", "").replace("]", "")
    marks = find_periods(text, published)
    start = sentence.index("[")
    mark = next((m for m in marks if m.start == start), None)
    assert mark is not None, f"{expected!r} is not among {[(m.text, m.period) for m in marks]}"
    assert (mark.text, mark.period) == (expected, (first or None, last or None))


def rows(table: str) -> list[tuple[str, str, str, str]]:
    """Lines of ``sentence with [the expression] | first | last``."""
    parsed = []
    for line in table.strip().splitlines():
        sentence, first, last = (part.strip() for part in line.rsplit("|", 2))
        parsed.append((sentence, sentence[sentence.index("[") + 1 : sentence.index("]")], first, last))
    return parsed


CALENDAR = rows("""
It shipped on [March 23, 2026] and sold out | 2026-03-23 | 2026-03-23
It shipped on [23 March 2026] and sold out | 2026-03-23 | 2026-03-23
It shipped on [the 23rd of March, 2026], it said | 2026-03-23 | 2026-03-23
It shipped on [Mar. 23rd] and sold out | 2026-03-23 | 2026-03-23
It shipped on [Sept 30, 2025] | 2025-09-30 | 2025-09-30
It shipped on [Sept. 30, 2025], it said | 2025-09-30 | 2025-09-30
Updated [2026-03-23] by the desk | 2026-03-23 | 2026-03-23
Updated [3/23/2026] by the desk | 2026-03-23 | 2026-03-23
Updated [23/3/2026] by the desk | 2026-03-23 | 2026-03-23
Updated [23.03.2026] by the desk | 2026-03-23 | 2026-03-23
Updated [2026/03/23] by the desk | 2026-03-23 | 2026-03-23
customers as of [12/31] rose | 2025-12-31 | 2025-12-31
It was fined on [Monday, March 16], lawyers said | 2026-03-16 | 2026-03-16
It was fined on [Tuesday 3 March 2026] | 2026-03-03 | 2026-03-03
In [May 2024] it raised money | 2024-05-01 | 2024-05-31
In [September, 2025] it raised money | 2025-09-01 | 2025-09-30
In [May of 2024] it raised money | 2024-05-01 | 2024-05-31
In [March last year] it raised money | 2025-03-01 | 2025-03-31
In [July of last year] it raised money | 2025-07-01 | 2025-07-31
By then, in [April this year], it will have moved | 2026-04-01 | 2026-04-30
It fell in [May] and rose again | 2025-05-01 | 2025-05-31
It fell in [February] and rose again | 2026-02-01 | 2026-02-28
It fell in [March] so far | 2026-03-01 | 2026-03-31
It will close in [May] | 2026-05-01 | 2026-05-31
A launch is due in [October] | 2026-10-01 | 2026-10-31
The price rises on [April 2] | 2026-04-02 | 2026-04-02
The deal was signed on [December 18] | 2025-12-18 | 2025-12-18
It earned more in [2025] | 2025-01-01 | 2025-12-31
[2025] revenue rose | 2025-01-01 | 2025-12-31
[The 1990s] were kinder | 1990-01-01 | 1999-12-31
a man of [the '90s] | 1990-01-01 | 1999-12-31
in [the 19th century] wires were new | 1801-01-01 | 1900-12-31
出货在[2026年3月]增长 | 2026-03-01 | 2026-03-31
出货在[2026年3月5日]增长 | 2026-03-05 | 2026-03-05
Shipments in [2025年] rose | 2025-01-01 | 2025-12-31
Sales in [summer 2026] will tell | 2026-06-01 | 2026-08-31
Sales in [the spring of 2025] fell | 2025-03-01 | 2025-05-31
It opened last year, in [the autumn] | 2025-09-01 | 2025-11-30
Net for [the Sept. 30 quarter] fell | 2025-07-01 | 2025-09-30
Stores were full on [Black Friday] | 2025-11-28 | 2025-11-28
Stores were full on [Christmas Eve] | 2025-12-24 | 2025-12-24
Stores were full on [Memorial Day] | 2025-05-26 | 2025-05-26
Factories shut for [Lunar New Year] | 2026-02-17 | 2026-02-17
It was crowded on [Thanksgiving 2024] | 2024-11-28 | 2024-11-28
She announced it on [the 14th], at noon | 2026-03-14 | 2026-03-14
It ranked first in [week 12], the list says | 2026-03-16 | 2026-03-22
""")

QUARTERS = rows("""
DRAM rose in [1Q26] | 2026-01-01 | 2026-03-31
DRAM rose in [Q1 2026] | 2026-01-01 | 2026-03-31
DRAM rose in [Q3'25] | 2025-07-01 | 2025-09-30
DRAM rose in [4Q 2025] | 2025-10-01 | 2025-12-31
DRAM rose in [2025Q4] | 2025-10-01 | 2025-12-31
DRAM rose in [Q2'26E], it says | 2026-04-01 | 2026-06-30
DRAM rose in [9M25] | 2025-01-01 | 2025-09-30
DRAM rose in [Q3 2025/26] | 2025-10-01 | 2025-12-31
DRAM rose in [Q1 last year] | 2025-01-01 | 2025-03-31
DRAM rose in [Q4 of 2025] | 2025-10-01 | 2025-12-31
DRAM rose in [Q4] again | 2025-10-01 | 2025-12-31
DRAM rose in [the first quarter of 2026] | 2026-01-01 | 2026-03-31
DRAM rose in [the third quarter] | 2025-07-01 | 2025-09-30
[Fourth-quarter] profit fell | 2025-10-01 | 2025-12-31
It expects less in [the second quarter] | 2026-04-01 | 2026-06-30
It grew in [the fourth quarter of last year] | 2025-10-01 | 2025-12-31
It grew in [the final quarter of 2025] | 2025-10-01 | 2025-12-31
It grew in [the last quarter of 2025] | 2025-10-01 | 2025-12-31
[March-quarter] profit fell | 2026-01-01 | 2026-03-31
profit fell in [the December quarter] | 2025-10-01 | 2025-12-31
profit fell in [the June 2025 quarter] | 2025-04-01 | 2025-06-30
profit fell in [the September quarter of 2024] | 2024-07-01 | 2024-09-30
profit fell in [the April–June quarter] | 2025-04-01 | 2025-06-30
It fell in [October-December 2025] | 2025-10-01 | 2025-12-31
It fell in [Oct-Dec] again | 2025-10-01 | 2025-12-31
It fell in [H1 2025] | 2025-01-01 | 2025-06-30
It fell in [1H25] | 2025-01-01 | 2025-06-30
It fell in [2025H2] | 2025-07-01 | 2025-12-31
It fell in [the first half of 2025] | 2025-01-01 | 2025-06-30
It fell in [the second half of last year] | 2025-07-01 | 2025-12-31
It will enter production in [the second half] | 2026-07-01 | 2026-12-31
[First-half] sales fell | 2026-01-01 | 2026-06-30
It fell over [Q1-Q3 2025] | 2025-01-01 | 2025-09-30
It sold more in [the first five months of the year] | 2026-01-01 | 2026-05-31
It sold more in [the first nine months of 2025] | 2025-01-01 | 2025-09-30
It sold more in [the last three months of 2025] | 2025-10-01 | 2025-12-31
It sold more in [the first 10 days of March] | 2026-03-01 | 2026-03-10
It sold more in [the second week of March] | 2026-03-08 | 2026-03-14
""")

FISCAL = rows("""
It sees growth in [fiscal 2027] | 2027-01-01 | 2027-12-31
It sees growth in [FY26] | 2026-01-01 | 2026-12-31
It sees growth in [FY2025-26] | 2025-04-01 | 2026-03-31
It sees growth in [financial year 2025/26] | 2025-04-01 | 2026-03-31
It earned 5 crore in [FY26] | 2025-04-01 | 2026-03-31
It earned 5 crore in [2024-25] | 2024-04-01 | 2025-03-31
It earned 5 crore in [Q3 FY26] | 2025-10-01 | 2025-12-31
It earned 5 crore in [the third quarter] | 2025-10-01 | 2025-12-31
It earned 5 billion yen in [fiscal 2024] | 2024-04-01 | 2025-03-31
The September quarter (Q1 FY26) was good, and [Q2 FY26] better | 2025-10-01 | 2025-12-31
Its fiscal year begins in July; [fiscal 2025] was good | 2024-07-01 | 2025-06-30
In the year ended June 30 it grew; [FY25] was good | 2024-07-01 | 2025-06-30
It earned more in [the fiscal year ended March 31, 2025] | 2024-04-01 | 2025-03-31
It will earn more in [the fiscal year ending March 2027] | 2026-04-01 | 2027-03-31
It grew in [fiscal third quarter of 2025] | 2025-07-01 | 2025-09-30
""")

WINDOWS = rows("""
In [the seven days to March 15] it processed 5 trillion | 2026-03-09 | 2026-03-15
In [the week ending March 22] it led | 2026-03-16 | 2026-03-22
In [the week to Sunday] it led | 2026-03-16 | 2026-03-22
In [the week of February 9-15] it led | 2026-02-09 | 2026-02-15
In [the week of March 11] it led | 2026-03-09 | 2026-03-15
In [the three months to September] it grew | 2025-07-01 | 2025-09-30
In [the three months through August] it grew | 2025-06-01 | 2025-08-31
In [the three months ended December 31] it grew | 2025-10-01 | 2025-12-31
In [the nine months ended September 30, 2025] it grew | 2025-01-01 | 2025-09-30
In [the twelve months to June] it grew | 2025-07-01 | 2026-06-30
In [the 12 months through February] it grew | 2025-03-01 | 2026-02-28
In [the year to March] it grew | 2025-04-01 | 2026-03-31
In [the six-month period ended June 30, 2025] it grew | 2025-01-01 | 2025-06-30
In [the quarter ended January] it grew | 2025-11-01 | 2026-01-31
In [the month of May] it grew | 2025-05-01 | 2025-05-31
In [the three months just ended] it grew | 2025-10-01 | 2025-12-31
[Year to date] it has grown | 2026-01-01 | 2026-03-25
It shed 60% in [the past twelve months] | 2025-03-25 | 2026-03-25
It shed 60% over [the last 30 days] | 2026-02-24 | 2026-03-25
It shed 60% in [the past seven days] | 2026-03-19 | 2026-03-25
It shed 60% in [the past week] | 2026-03-19 | 2026-03-25
It shed 60% in [the past three weeks] | 2026-03-05 | 2026-03-25
It shed 60% over [the past four quarters] | 2025-01-01 | 2025-12-31
It will spend it over [the next three years] | 2026-03-25 | 2029-03-25
It grew [between October and December] | 2025-10-01 | 2025-12-31
It grew [between October 26 and November 24] | 2025-10-26 | 2025-11-24
It grew [between 2022 and 2024] | 2022-01-01 | 2024-12-31
Demand doubles [from 2025 to 2030] | 2025-01-01 | 2030-12-31
Demand doubled in [2019-2024] | 2019-01-01 | 2024-12-31
Demand doubled in [2024/25] | 2024-01-01 | 2025-12-31
In [March 16-22] it led | 2026-03-16 | 2026-03-22
In [March 30 to April 5] it will lead | 2026-03-30 | 2026-04-05
In [22–28 June 2025] it led | 2025-06-22 | 2025-06-28
In [9-15 February] it led | 2026-02-09 | 2026-02-15
On [Jan 24-25] it led | 2026-01-24 | 2026-01-25
It led [Monday through Friday] | 2026-03-23 | 2026-03-27
In [the November-January period] it slid | 2025-11-01 | 2026-01-31
""")

OPEN = rows("""
It is worth a trillion [by 2027] | | 2027-12-31
It is worth a trillion [by the end of 2028] | | 2028-12-31
It will reach 6 MW [by mid-2027] | | 2027-06-30
It will be finished [by March 2027] | | 2027-03-31
It wants $1bn [by December] | | 2026-12-31
It wants $1bn [by year-end] | | 2026-12-31
[By the close of last year] it stood at 100 | | 2025-12-31
It will spend 600 billion [through 2030] | | 2030-12-31
It is sold out [until the end of 2026] | | 2026-12-31
It is free [until May 5] | | 2026-05-05
It is free [till June] | | 2026-06-30
It must file [no later than April 30] | | 2026-04-30
It will sell shares [before June] | | 2026-05-31
Profit isn't pencilled in [before 2028] | 2028-01-01 |
A flotation is not expected [before the fourth quarter] | 2026-10-01 |
Up threefold [since New Year] | 2026-01-01 |
It has grown [since February] | 2026-02-01 |
It has grown [since last May] | 2025-05-01 |
It has grown [since July 2024] | 2024-07-01 |
It has grown [since the start of the year] | 2026-01-01 |
It has grown every year [since 1997] | 1997-01-01 |
Fees go up 18% [from May 1], it said | 2026-05-01 |
Wafers will cost more [from January] | 2027-01-01 |
Fees rise, [effective 1 June] | 2026-06-01 |
Fees rise [starting next month] | 2026-04-01 |
Fees rise [from the start of next month] | 2026-04-01 |
Fees rise [from 1 April 2026 on] | 2026-04-01 |
It must sell [by Friday] | | 2026-03-27
It must sell [before the weekend] | | 2026-03-27
It may sell shares only [after May 10] | 2026-05-11 |
""")

RELATIVE = rows("""
It fell [yesterday] | 2026-03-24 | 2026-03-24
It fell [today] | 2026-03-25 | 2026-03-25
It will fall [tomorrow] | 2026-03-26 | 2026-03-26
It fell [last night] | 2026-03-24 | 2026-03-24
It fell on [Tuesday] | 2026-03-24 | 2026-03-24
It fell on [Wednesday], he said | 2026-03-25 | 2026-03-25
It fell on [Thursday], he said | 2026-03-19 | 2026-03-19
It is due to report on [Thursday] | 2026-03-26 | 2026-03-26
It fell [last Friday] | 2026-03-20 | 2026-03-20
It will rise [next Monday] | 2026-03-30 | 2026-03-30
It fell [Friday morning] | 2026-03-20 | 2026-03-20
It fell [last week] | 2026-03-16 | 2026-03-22
It fell [this week] | 2026-03-23 | 2026-03-29
It will fall [next week] | 2026-03-30 | 2026-04-05
It fell over [the weekend] | 2026-03-21 | 2026-03-22
It fell [last month] | 2026-02-01 | 2026-02-28
It fell [this quarter] | 2026-01-01 | 2026-03-31
It fell [last quarter] | 2025-10-01 | 2025-12-31
It fell [last year] | 2025-01-01 | 2025-12-31
It falls [this year] | 2026-01-01 | 2026-12-31
It will fall [next year] | 2027-01-01 | 2027-12-31
It fell [last July] | 2025-07-01 | 2025-07-31
It fell [this January] | 2026-01-01 | 2026-01-31
It fell [last summer] | 2025-06-01 | 2025-08-31
It will open [next spring] | 2027-03-01 | 2027-05-31
It fell [a week ago] | 2026-03-16 | 2026-03-22
It fell [three days ago] | 2026-03-22 | 2026-03-22
It fell [three months ago] | 2025-12-01 | 2025-12-31
It fell [two years ago] | 2024-01-01 | 2024-12-31
It fell [a decade ago] | 2016-01-01 | 2016-12-31
It closed on [the day after Thanksgiving] | 2025-11-28 | 2025-11-28
It closed [two days before Christmas] | 2025-12-23 | 2025-12-23
It will close [two weeks from now] | 2026-04-06 | 2026-04-12
It grew in [last year's third quarter] | 2025-07-01 | 2025-09-30
It will grow in [next year's first half] | 2027-01-01 | 2027-06-30
It grew in [the 2024 third quarter] | 2024-07-01 | 2024-09-30
It grew in [2024's fourth quarter] | 2024-10-01 | 2024-12-31
It costs 25 [by autumn] | | 2026-11-30
It fell in [summer] | 2025-06-01 | 2025-08-31
It fell in [the Sep-q] | 2025-07-01 | 2025-09-30
It fell [the Friday before last] | 2026-03-13 | 2026-03-13
It will open by then, in [mid-April] | 2026-04-11 | 2026-04-20
It fell [the year before last] | 2024-01-01 | 2024-12-31
It sank in [late 2019] | 2019-10-01 | 2019-12-31
It was the sensation of [early 2025] | 2025-01-01 | 2025-03-31
It sank in [early March] | 2026-03-01 | 2026-03-10
It sank in [late February] | 2026-02-21 | 2026-02-28
It sank in [mid-2025] | 2025-04-01 | 2025-09-30
It had $18 million at [the end of February] | 2026-02-28 | 2026-02-28
It had $18 million at [the end of September] | 2025-09-30 | 2025-09-30
It had $18 million at [the end of 2025] | 2025-12-31 | 2025-12-31
It had $18 million at [year-end 2024] | 2024-12-31 | 2024-12-31
It had $18 million at [end-January] | 2026-01-31 | 2026-01-31
At [the start of 2024] it had none | 2024-01-01 | 2024-01-01
At [the beginning of last year] it had none | 2025-01-01 | 2025-01-01
At [the end of last week] it had none | 2026-03-22 | 2026-03-22
""")

ECHOES = rows("""
In 2025 it made 40%, against 33% [a year earlier] | 2024-01-01 | 2024-12-31
In the fourth quarter it made 40%, against 33% [a year ago] | 2024-10-01 | 2024-12-31
On Tuesday it said it made 40% in the fourth quarter and 33% [a year before] | 2024-10-01 | 2024-12-31
In February it made 40%, against 33% in [the same month of last year] | 2025-02-01 | 2025-02-28
For October-December it made 4, in [the same period of the previous year] 3 | 2024-10-01 | 2024-12-31
In the nine months to September it made 4, in [the corresponding period of 2024] 3 | 2024-01-01 | 2024-09-30
Q4 was good. In [the year-ago quarter] it made 3 | 2024-10-01 | 2024-12-31
Q4 was good. In [the prior-year period] it made 3 | 2024-10-01 | 2024-12-31
It made 13 in February, after 11 [the month before] | 2026-01-01 | 2026-01-31
Q4 was good, [the previous quarter] better | 2025-07-01 | 2025-09-30
In the year ending March 2026 it made 4, in [the previous year] 3 | 2024-04-01 | 2025-03-31
It listed for 358,000 won on Thursday, against 371,000 [a week earlier] | 2026-03-12 | 2026-03-12
It led in the week of February 9-15, and [seven days later] again | 2026-02-16 | 2026-02-22
It had 5 at the end of March, twice the number of [twelve months before] | 2025-03-31 | 2025-03-31
On March 10 DeepSeek cut. [Four days later] came ByteDance | 2026-03-14 | 2026-03-14
In July it raised 10, and in [that month] it was worth 75 | 2025-07-01 | 2025-07-31
In 2024 it expected to double [that year] | 2024-01-01 | 2024-12-31
December revenue was a record. Sales in [the month] rose | 2025-12-01 | 2025-12-31
Third-quarter sales rose. For [the full year] it made 5 | 2025-01-01 | 2025-12-31
Users rose on March 14-15 from [the same two days a week earlier] | 2026-03-07 | 2026-03-08
Q4 was good. Revenue was $5. In Q3 it was 4. Profit was 2, against 1 [a year ago] | 2024-10-01 | 2024-12-31
The September quarter was good. In [the nine months] it made 5 | 2025-01-01 | 2025-09-30
Q4 made 4, and 3 a year earlier; profit in [the quarter] fell | 2025-10-01 | 2025-12-31
""")


@pytest.mark.parametrize(
    ("sentence", "expected", "first", "last"),
    [*CALENDAR, *QUARTERS, *FISCAL, *WINDOWS, *OPEN, *RELATIVE, *ECHOES],
)
def test_a_date_expression_means(sentence: str, expected: str, first: str, last: str) -> None:
    check(sentence, expected, first, last)


@pytest.mark.parametrize(
    ("published", "sentence", "first", "last"),
    [
        ("2026-02-23", "Refunds are accepted [until March 6]", "", "2026-03-06"),
        ("2026-02-27", "It expects [March] to show little change", "2026-03-01", "2026-03-31"),
        ("2026-04-01", "For [the three months to June] it guided to 5", "2026-04-01", "2026-06-30"),
        ("2026-01-02", "It sold more on [December 30]", "2025-12-30", "2025-12-30"),
        ("2026-01-02", "It sold more [last month]", "2025-12-01", "2025-12-31"),
        ("2024-02-29", "It fell [yesterday]", "2024-02-28", "2024-02-28"),
        ("2025-03-01", "It was founded on [February 29]", "2024-02-29", "2024-02-29"),
        ("1998-02-06", "It fell on [Friday]", "1998-02-06", "1998-02-06"),
        ("1989-10-26", "Net fell in [the third quarter]", "1989-07-01", "1989-09-30"),
        ("1989-10-26", "It was a child of [the late 1960s]", "1966-09-01", "1969-12-31"),
        ("2026-06-12", "It will lead in [the week beginning June 22]", "2026-06-22", "2026-06-28"),
        ("2025-04-29", "It targets 40 for [the fiscal year that begins in July]", "2025-07-01", "2026-06-30"),
        ("2025-01-27", "It has pencilled in $80bn in [the year to June]", "2024-07-01", "2025-06-30"),
    ],
)
def test_the_publication_date_decides(published: str, sentence: str, first: str, last: str) -> None:
    expected = sentence[sentence.index("[") + 1 : sentence.index("]")]
    check(sentence, expected, first, last, date.fromisoformat(published))


@pytest.mark.parametrize(
    "text",
    [
        "You may be second. It may rise.",
        "They march on. The march was long.",
        "Theresa May said no. May I ask?",
        "The Sun rises. He sat down. Jan said no.",
        "It costs 2,025 yuan, or $2025, or 2025 yuan.",
        "Some 2000 people work there, nearly 1998 in all.",
        "The H100, the H200 and GPT-4 run Qwen3-235B at 8.1.",
        "Shares of Xiaomi (1810.HK) and TSMC (2330.TW) fell.",
        "It is 20% faster every second of the day.",
        "19 billion tokens a day, $2 an hour, $20 a month, 3% per year.",
        "Up 34% on the week, up 11.2% week-over-week, a year-on-year gain.",
        "It recently rose, and now it falls; currently it stands still.",
        "A 43-year-old man, a five-year bond, a six-month wait.",
        "USA Today called it. It ran three quarters of the way.",
        "The ratio is 3/4, the score 24/7, the size 16/9.",
        "Version 12.31 and chapter 3.4.5 of ISO 27001",
        "a quarter of revenue, a second model, the third party, its first half-marathon",
        "the ninth quarter in a row, a third consecutive quarter in a row",
        "Theresa May met Mr. March, said April Jones, 21, in a red dress.",
        "A quarter-final, her second quarter-final; the first half-marathon.",
        "Page 1984, Room 2020, No. 2024, RTX 2080; call 555-2020.",
        "monthly, weekly and annual plans; each month; every year; any given week",
        "from 40% to 50%, by 15%, until then, since then, before that, after all",
    ],
)
def test_what_is_no_date_is_left_alone(text: str) -> None:
    assert [p for p in find_periods(text, NOW) if p.period != (None, None)] == []


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("It ran for three weeks", "three weeks"),
        ("It grew 40% in five months", "five months"),
        ("Within 16 months it multiplied", "16 months"),
        ("over eight years", "eight years"),
        ("a wait of twenty-three days", "twenty-three days"),
    ],
)
def test_a_duration_has_no_dates(text: str, length: str) -> None:
    assert [(p.text, p.period, p.kind) for p in find_periods(text, NOW)] == [
        (length, (None, None), "duration")
    ]


def test_kinds() -> None:
    text = "In 2025, in March 16-22, since May, over three years, by 2027, in the past week."
    assert [p.kind for p in find_periods(text, NOW)] == ["date", "range", "open", "duration", "open", "range"]


def test_a_compared_figure_keeps_its_month() -> None:
    assert found("DRAM was up 10% from January, at $13") == [("January", "2026-01-01", "2026-01-31")]
    assert found("It rose from $61.5 billion in March") == [("March", "2026-03-01", "2026-03-31")]


def test_line_ends_end_sentences() -> None:
    assert found("Released in May\n2024 was better") == [
        ("May", "2025-05-01", "2025-05-31"),
        ("2024", "2024-01-01", "2024-12-31"),
    ]


TYPOGRAPHY = {"no-break": "\u00a0", "thin": "\u2009", "narrow": "\u202f", "two": "  "}


@pytest.mark.parametrize("blank", TYPOGRAPHY.values(), ids=TYPOGRAPHY.keys())
@pytest.mark.parametrize("dash", "-‐‑–—−")
def test_typography_changes_nothing(blank: str, dash: str) -> None:
    text = (
        "In March 16-22 it led; October-December 2025 was Q4'25, and the year-ago quarter worse by mid-2027. "
        "In the fiscal year ended June 30, 2025, it grew, and in Q1 FY 2026."
    )
    plain = [p.period for p in find_periods(text, NOW)]
    noisy = text.replace("-", dash).replace(" ", blank).replace("'", "’")
    assert len(plain) == 7
    assert [p.period for p in find_periods(noisy, NOW)] == plain


WORDS = """
the of in to from by since until before after between and - , . ( ) ' s | / $ % ; :
March May Sept. Tuesday Sun Q1 FY26 1H25 2025 2024/25 1990s 23 14th 3/23/2026 12/31 9-15 999 2026年3月 5%
first last next this past previous same that a few three week months quarters half year decade century
weekend million ago earlier later before early mid late end start fiscal full ended ending Christmas
summer will was just
"""
PIECES = WORDS.split()


@settings(max_examples=250, deadline=None)
@given(
    st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join) | st.text(max_size=60),
    st.dates(date(1800, 1, 1), date(2200, 1, 1)),
)
def test_any_text_gives_marks_in_order(text: str, published: date) -> None:
    marks = find_periods(text, published)
    for mark in marks:
        assert text[mark.start : mark.end] == mark.text != ""
        first, last = (date.fromisoformat(end) if end else None for end in mark.period)
        assert first is None or last is None or first <= last
        assert (mark.kind == "duration") == (mark.period == (None, None))
        assert (mark.kind == "open") == ((first is None) != (last is None))
    assert all(one.end <= two.start for one, two in pairwise(marks))
    assert find_periods(text, published) == marks


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_weeks_touch(published: date) -> None:
    weeks = find_periods("last week, this week, next week", published)
    days = [date.fromisoformat(end) for week in weeks for end in week.period if end]
    assert [day.weekday() for day in days] == [0, 6] * 3
    assert days[2] <= published <= days[3]
    assert (days[2] - days[1]).days == (days[4] - days[3]).days == 1


@given(st.dates(date(1950, 1, 1), date(2100, 1, 1)), st.dates(date(1950, 1, 1), date(2100, 1, 1)))
def test_a_full_date_means_itself(day: date, published: date) -> None:
    ways = [f"{day:%B} {day.day}, {day.year}", f"{day.day} {day:%B} {day.year}", day.isoformat()]
    for way in ways:
        assert found(f"It closed on {way} at noon.", published) == [(way, day.isoformat(), day.isoformat())]


@given(st.dates(date(1950, 1, 1), date(2100, 1, 1)))
def test_a_weekday_of_the_past_is_at_most_six_days_back(published: date) -> None:
    for name in ("Monday", "Thursday", "Sunday"):
        ((_, first, last),) = found(f"It fell on {name}.", published)
        assert first == last
        assert 0 <= (published - date.fromisoformat(str(first))).days <= 6


def test_the_component_reads_the_publication_date() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("beatbook_periods")
    doc = nlp.make_doc("It fell last week.")
    doc._.published = "2026-03-25T08:00:00+01:00"
    for _, component in nlp.pipeline:
        doc = component(doc)
    assert doc._.periods == [Period(8, 17, "last week", ("2026-03-16", "2026-03-22"), "date")]
    assert nlp("It fell last week.")._.periods == []
