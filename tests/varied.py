"""Articles of several formats with every kind of row that is read out of one."""

from builders import front, write_corpus

FILES = {
    # a day by weekday, a day in full, a demonym; furniture at the foot
    "goris.md": front(
        """
        Shells fell near Goris on Tuesday and burned two barns.

        Armenian officials said that villages in Vayots Dzor were hit on 12 September 2022. The road stayed open.

        Read More: Floods in Madrid
        """,
        title="Shelling near Goris",
        outlet="Valley Times",
        date="2022-09-14",
    ),
    # another country and year, a month as its date
    "paris.md": front(
        "The mayor of Paris opened a bridge in Lyon, France, in May. The old ones fell in 2019.",
        outlet="River Post",
        date="2021-05-02",
    ),
    # no outlet, no date at all
    "undated.txt": "A road runs from Baku to Ganja.\n\nTraders in Baku want it widened.\n",
    "claims.md": front(
        "“At least 49 soldiers were killed near Goris on Tuesday,” the ministry said. Fire spread along the border "
        "between Armenia and Azerbaijan, and between Goris and Jermuk. Greek troops met 5 km north of Kapan.",
        date="2022-09-15",
        outlet="Hill Gazette",
    ),
    # places that no gazetteer has
    "camp.md": front("Two died in Zorbakan near Goris in Armenia, and in Qwelburg near Goris.", date="2022-09-16"),
    "table.csv": 'title,text,date\nOne,"Rain fell in Lyon on Friday.",2022-09-17\nTwo,"Hail in Nice.",2022-09-18\n',
    # what only the others tell the year of
    "d/snow.txt": "It snowed in Oslo overnight. On September 13 the mayor spoke. On September 13 they met in Bergen.\n",
    # near-copies
    "c1.txt": "Rain fell in Lisbon on Friday and the river Tagus rose above its banks, the mayor of the city said.\n",
    "c2.txt": "Rain fell in Lisbon on Friday and the river Tagus rose above its banks, the mayor of the city said!\n",
    "broken.txt": b"\0\0",
}
NUMBER = len(FILES)  # of articles: one file holds two, one none


def edit(folder):
    write_corpus(folder, {"camp.md": FILES["camp.md"].replace("Zorbakan", "Jermuk")})


def remove(folder):
    (folder / "camp.md").unlink()


def move(folder):
    (folder / "camp.md").rename(folder / "d" / "camp.md")
