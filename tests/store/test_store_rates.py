from pathlib import Path

import pytest

from crawler.errors import InputError
from store.rates import load_rates

WIDE = "Date,USD,CNY,JPY,\n2026-03-31,1.25,8.0,N/A,\n2026-03-30,1.20,7.8,160.0,\n"
DAILY = "Date, USD, CNY, \n30 March 2026, 1.20, 7.8, \n"
PORTAL = (
    "KEY,FREQ,CURRENCY,CURRENCY_DENOM,TIME_PERIOD,OBS_VALUE\n"
    "EXR.D.USD.EUR.SP00.A,D,USD,EUR,2026-03-30,1.20\nEXR.D.CNY.EUR.SP00.A,D,CNY,EUR,2026-03-30,7.8\n"
)


@pytest.mark.parametrize("content", [WIDE, "\ufeff" + WIDE, DAILY, PORTAL])
def test_every_format_of_the_bank_is_read(tmp_path: Path, content: str) -> None:
    path = tmp_path / "rates.csv"
    path.write_text(content, "utf-8")
    rates = load_rates(path)
    assert rates.convert(7.8, "CNY", "USD", "2026-03-30") == pytest.approx(1.2)
    assert rates.convert(1.2, "USD", "EUR", "2026-03-30") == pytest.approx(1)
    assert rates.convert(5, "USD", "USD", "1999-01-01") == 5
    assert rates.convert(5, "USD", "XAU", "2026-03-30") is None


def test_the_rate_of_the_day_or_the_last_one_before(tmp_path: Path) -> None:
    path = tmp_path / "rates.csv"
    path.write_text(WIDE, "utf-8")
    rates = load_rates(path)
    days = ("2026-03-01", "2026-03-30", "2026-03-31", "2027-01-01")
    assert [rates.of("USD", day) for day in days] == [1.20, 1.20, 1.25, 1.25]
    assert rates.of("JPY", "2026-03-31") == 160  # no rate on that day: a holiday


@pytest.mark.parametrize(
    "content", [b"", b"a,b\n1,2\n", b"\xff\xfe\x00", b"Date,USD\nsoon,1\n2026-03-30,-1\n"]
)
def test_what_holds_no_rates_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "rates.csv"
    path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        load_rates(path)
    assert caught.value.subject == str(path)
    with pytest.raises(InputError, match="No such file"):
        load_rates(tmp_path / "none.csv")
