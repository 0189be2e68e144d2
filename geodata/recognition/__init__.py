"""Find place names: tokens, candidate spans, their features, and which of them are kept.

What belongs to a name, by our convention:

- Words in capitals that the gazetteer has as one name, the longest: "New York City", "Southern California". A direction
  in small letters is none of it: "eastern | Ukraine".
- No class noun in small letters, though it says what is meant: "Mitrovica | district" is the district, "Arpa | river"
  the river. But a corridor, which is nothing without it: "Lachin corridor". None before "of" either: "City of |
  Norfolk", unless that is the name: "City of London".
- Never the possessive: "Armenia | 's border"; an 's that belongs to the name does: "St. John's".
- A street, water, height or park is one name with its noun in capitals, and not the town in it: "London Road", "Neches
  River". So is a building, "Goris Market", at the town that it is named for; but where that town is great, or the words
  name a body, the town alone is the name: "Leeds | General Hospital", "Aleppo | University", "Dublin | City Council".
- In a title every word has a capital, so a verb goes to no name: "Police Close | Lachin Road".

Where the public corpora differ: LGL leaves directions out before "Texas" or "England", and ends "U.S. 95" after "U.S.";
GeoVirus marks no demonyms, and no "Eastern" before "China"; the hand-made gold of the original articles takes the noun
in: "Lachin district", "Shusha region".
"""

from geodata.recognition.toponyms import find_toponyms, weigh_toponyms

__all__ = ["find_toponyms", "weigh_toponyms"]
