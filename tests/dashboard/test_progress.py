"""How far a build is, in words."""

import pytest

from dashboard.progress import Pace

# what was read at which second, of how many, and what is said at the last of these
STEPS = [
    # nobody counted them yet
    ([(0, 0)], 0, "Reading the articles ..."),
    # too early to tell a pace
    ([(0.0, 1), (1.0, 90)], 5000, "90 of 5,000 articles"),
    ([(10.0, 40), (24.0, 1240)], 5000, "1,240 of 5,000 articles, 86 a second, about 44 s left"),
    # what was read before it was first asked is no pace
    ([(5.0, 4000), (15.0, 4010)], 5000, "4,010 of 5,000 articles, 1 a second, about 16 min left"),
    ([(0.0, 1), (60.0, 31)], 20_000, "31 of 20,000 articles, 30 a minute, about 11 h left"),
    # slow, and nothing new since
    ([(0.0, 1), (60.0, 1)], 3, "1 of 3 articles"),
    ([(0.0, 1), (9.0, 10)], 11, "10 of 11 articles, 1 a second, about 1 s left"),
    ([(0.0, 1), (9.0, 11)], 11, "11 articles read; comparing them and writing the index"),
    ([(0.0, 1)], 1, "1 article read; comparing them and writing the index"),
]


@pytest.mark.parametrize(("steps", "total", "said"), STEPS)
def test_how_far_it_is(steps, total, said):
    times = iter([at for at, _ in steps])
    pace = Pace(lambda: next(times))
    assert [pace.in_words(done, total) for _, done in steps][-1] == said
