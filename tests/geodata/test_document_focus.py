"""What a text says of its country and province beside its names."""

import pytest

from geodata.recognition import find_toponyms
from geodata.resolution import resolve
from geodata.resolution.document_focus import DocumentFocus, local_words, telephone_codes
from geodata.text import Text


@pytest.mark.parametrize(
    ("text", "country", "province"),
    [
        ("Call 903-675-0000 for details.", "US", "TX"),
        ("Call (905) 675-0000 for details.", "CA", "08"),
        ("The first selectman spoke.", "US", "CT"),
        ("A TxDOT crew closed the road.", "US", "TX"),
        ("The Lok Sabha voted on ten crore.", "IN", ""),
        ("The constabulary appealed for witnesses.", "GB", ""),
        ("Rapid Support fighters fled.", "SD", ""),  # who fights there, who rules
        ("Aliyev spoke.", "AZ", ""),
    ],
)
def test_local_words_and_telephone_codes_vote(text, country, province, gazetteer):
    focus = DocumentFocus([], gazetteer)
    focus.listen(Text(text).tokens)
    assert focus.country[country] > 0
    assert not province or focus.province[country, province] > 0


@pytest.mark.parametrize("text", ["It cost 903-675 francs.", "Room 903, ext. 6750000.", "Rain fell on Monday.", ""])
def test_other_words_and_numbers_do_not(text, gazetteer):
    focus = DocumentFocus([], gazetteer)
    focus.listen(Text(text).tokens)
    assert not focus.country


def test_every_home_is_one_of_the_gazetteer(gazetteer):
    provinces = {(gazetteer.country[row], gazetteer.admin1[row]) for row in range(len(gazetteer))}
    homes = {*local_words().values(), *telephone_codes().values()}
    assert {home for home in homes if home[1]} <= provinces
    assert {country for country, _ in homes} <= {country for country, _ in provinces}


def test_a_state_that_only_tells_towns_apart_says_little_of_the_rest(gazetteer):
    text = (
        "A ship left Odesa on Tuesday, and shells fell on Kharkiv and near Shostka, officials in Ukraine said. People "
        "in Paris, Texas, gave money to refugees."
    )
    toponyms = find_toponyms(text, gazetteer)
    meant = {found.toponym.text: found.entry for found in resolve(text, toponyms, gazetteer)}
    assert (meant["Odesa"].country, meant["Paris"].country) == ("UA", "US")
