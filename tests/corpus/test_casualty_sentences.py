"""Casualties in the style of news: what each sentence counts, of whom, half of them a single victim."""

import pytest
from test_casualty_claims import claims

# A sentence; of each claim the number as written, what befell, and those who are counted.
SINGLE = [
    ("A lorry driver was shot in the leg at the border.", [("one", "wounded", "lorry driver")]),
    ("The singer was left in serious condition.", [("one", "wounded", "singer")]),
    ("A baker was treated for burns.", [("one", "wounded", "baker")]),
    ("The brigade lost a sergeant in the night.", [("one", "killed", "sergeant")]),
    ("A bolt struck a cyclist, who later died.", [("one", "killed", "cyclist")]),
    ("A boy of nine drowned in the lake.", [("one", "killed", "boy of nine")]),
    ("No one was killed but a nurse was hurt.", [("one", "wounded", "nurse")]),
    ("Three days later a second guard died.", [("one", "killed", "guard")]),
    ("She lost a brother to the plague.", []),
    ("Two guards and a nurse were hurt.", [("Two", "wounded", "guards"), ("one", "wounded", "nurse")]),
    ("The raid killed two guards and a nurse.", [("two", "killed", "guards"), ("one", "killed", "nurse")]),
    ("It killed two guards and a nurse was hurt.", [("two", "killed", "guards"), ("one", "wounded", "nurse")]),
    ("It left four guards and a nurse dead.", [("four", "killed", "guards"), ("one", "killed", "nurse")]),
    ("The rebels freed 12 prisoners.", []),
    ("Raiders beheaded a village elder.", [("one", "killed", "village elder")]),
    ("Police shot dead three gunmen.", [("three", "killed", "gunmen")]),
    ("The report tells of the killing of 12 prisoners.", [("12", "killed", "prisoners")]),
    ("He was arrested along with two others.", [("two", "arrested", "others")]),
    ("Five hundred men are in enemy captivity.", [("Five hundred", "captured", "men")]),
    (
        "The crash killed both pilots and all 30 passengers.",
        [("both", "killed", "pilots"), ("30", "killed", "passengers")],
    ),
    ("It took the lives of 9 guards and of 7 sailors.", [("9", "killed", "guards"), ("7", "killed", "sailors")]),
    ("He put the dead of the storm at 19.", [("19", "killed", "")]),
    ("They have losses too, but did not give a number.", [("an unnamed number", "casualties", "")]),
    ("A corporal was killed near the canal on Friday.", [("one", "killed", "corporal")]),
    ("The mayor was wounded when his car hit a mine.", [("one", "wounded", "mayor")]),
    ("One soldier died and two were hurt.", [("One", "killed", "soldier"), ("two", "wounded", "")]),
    ("A 12-year-old girl was killed by shrapnel.", [("one", "killed", "12-year-old girl")]),
    ("The blast killed a shepherd outside the village.", [("one", "killed", "shepherd")]),
    ("Shelling wounded an elderly woman in her yard.", [("one", "wounded", "elderly woman")]),
    ("A truck driver died of his wounds on Monday.", [("one", "killed", "truck driver")]),
    ("The shooting left one man dead.", [("one", "killed", "man")]),
    ("A policeman from the border town was shot dead.", [("one", "killed", "policeman")]),
    ("Gunmen killed the deputy governor at his home.", [("one", "killed", "deputy governor")]),
    ("One of the guards was injured.", [("One", "wounded", "the guards")]),
    ("A reporter has been detained in the capital.", [("one", "arrested", "reporter")]),
    ("Rebels captured a pilot after the crash.", [("one", "captured", "pilot")]),
    ("A fisherman is missing since the storm.", [("one", "missing", "fisherman")]),
    ("The attack claimed the life of a young conscript.", [("one", "killed", "young conscript")]),
    ("The ministry confirmed the death of a sergeant.", [("one", "killed", "sergeant")]),
    ("An officer was seriously injured in the ambush.", [("one", "wounded", "officer")]),
    ("The explosion killed its driver on the spot.", [("one", "killed", "driver")]),
    ("Another civilian was killed at dawn.", [("one", "killed", "civilian")]),
    ("A second soldier died in hospital.", [("one", "killed", "soldier")]),
    ("A father of three was murdered in the market.", [("one", "killed", "father of three")]),
    ("The commander of the brigade was killed in action.", [("one", "killed", "commander of the brigade")]),
    ("A child drowned while crossing the river.", [("one", "killed", "child")]),
    ("Police arrested a student over the fire.", [("one", "arrested", "student")]),
    ("The victim, a nurse, died at the scene.", [("one", "killed", "victim")]),
    ("A sniper shot dead a lieutenant near the bridge.", [("one", "killed", "lieutenant")]),
    ("A villager was kidnapped on the road to the mill.", [("one", "captured", "villager")]),
    ("A roadside bomb killed one peacekeeper.", [("one", "killed", "peacekeeper")]),
    ("One person was reported missing.", [("One", "missing", "person")]),
    ("A gunner was hurt, the army said.", [("one", "wounded", "gunner")]),
    ("Doctors said a boy lost his life in the raid.", [("one", "killed", "boy")]),
    ("Captain Ana Lopez was killed on Sunday.", [("one", "killed", "Captain Ana Lopez")]),
    (
        "A bus driver and four passengers were injured.",
        [("one", "wounded", "bus driver"), ("four", "wounded", "passengers")],
    ),
]
MANY = [
    ("Rescuers recovered the bodies of nine miners.", [("nine", "killed", "miners")]),
    ("A dozen people were killed in the raid.", [("A dozen", "killed", "people")]),
    ("Scores were injured as the stand collapsed.", [("Scores", "wounded", "")]),
    ("Dozens of miners are trapped.", [("Dozens", "trapped", "miners")]),
    ("Two of them died later.", [("Two", "killed", "of them")]),
    ("Five more were wounded in the second strike.", [("Five", "wounded", "more")]),
    ("The death toll rose to 12.", [("12", "killed", "")]),
    ("The death toll climbed past 400.", [("400", "killed", "")]),
    ("FIVE KILLED AS TRAIN DERAILS", [("FIVE", "killed", "")]),
    ("Shells killed 23 Rohingya as they slept.", [("23", "killed", "Rohingya")]),
    ("Five dissidents were killed.", [("Five", "killed", "dissidents")]),
    ("The toll climbed to 31 dead, the governor said.", [("31", "killed", "")]),
    ("Thousands died in the war.", [("Thousands", "killed", "")]),
    ("Hundreds of families fled the valley.", [("Hundreds", "displaced", "families")]),
    ("At least seven troops were killed overnight.", [("seven", "killed", "troops")]),
    ("The clash killed three and wounded nine.", [("three", "killed", ""), ("nine", "wounded", "")]),
    ("Up to 40 fighters surrendered or were captured.", [("40", "captured", "fighters")]),
    ("Four people, two of them children, were killed.", [("Four", "killed", "people")]),
    ("Officials put the number of dead at 19.", [("19", "killed", "")]),
    ("Between 200 and 300 villagers were displaced.", [("200 and 300", "displaced", "villagers")]),
    ("Ten to fifteen men were detained.", [("Ten to fifteen", "arrested", "men")]),
    ("More than a dozen were hurt when the roof fell.", [("a dozen", "wounded", "")]),
    ("Nine bodies were pulled from the rubble.", [("Nine", "killed", "")]),
    ("The army lost eight men.", [("eight", "killed", "men")]),
    ("Some 3,000 residents were evacuated.", [("3,000", "displaced", "residents")]),
    ("Six sailors remain missing.", [("Six", "missing", "sailors")]),
    ("Twenty-one were killed and 46 wounded.", [("Twenty-one", "killed", ""), ("46", "wounded", "")]),
    ("A couple of tourists were injured.", [("A couple", "wounded", "tourists")]),
    ("Several soldiers were killed.", [("Several", "killed", "soldiers")]),
    ("It brought the number of deaths to 57.", [("57", "killed", "")]),
    ("Half a dozen guards were taken hostage.", [("Half a dozen", "captured", "guards")]),
    ("Both men were killed instantly.", [("Both", "killed", "men")]),
    ("Three others died on the way to hospital.", [("Three", "killed", "others")]),
    ("Three workers, all from the north, lost their lives.", [("Three", "killed", "workers")]),
    ("The crash has killed 16, including the pilot.", [("16", "killed", ""), ("one", "killed", "pilot")]),
    ("No fewer than 70 prisoners were executed.", [("70", "killed", "prisoners")]),
]


@pytest.mark.parametrize(("text", "expected"), [*SINGLE, *MANY])
def test_who_is_counted(text, expected):
    assert [(c.number, c.what, c.whom) for c in claims(text)] == expected


# What befell somebody in words of more than one, left out, or behind the verb.
IN_OTHER_WORDS = [
    ("One guard died and another was badly hurt.", [("One", "killed", "guard"), ("another", "wounded", "")]),
    ("A lieutenant was shot and his driver wounded when they fled.", [("one", "wounded", "driver")]),
    ("The blast left a farmer with serious burns.", [("one", "wounded", "farmer")]),
    ("A nurse was hit by a splinter and died.", [("one", "killed", "nurse")]),
    ("Among the dead was a bus driver.", [("one", "killed", "bus driver")]),
    ("The fall cost a climber his life.", [("one", "killed", "climber")]),
    ("A stray round struck a shepherd, killing him.", [("one", "killed", "shepherd")]),
    ("A porter was found dead in the cellar.", [("one", "killed", "porter")]),
    ("A porter was among the victims, her aunt said.", [("one", "casualties", "porter")]),
    ("The clinic received nine bodies.", [("nine", "killed", "")]),
    ("Bandits claim to have killed 14 soldiers.", [("14", "killed", "soldiers")]),
    ("Bandits threatened to kill 14 soldiers.", []),
    ("The leak could have killed 14 soldiers.", []),
    ("The army's chief doctor died on Sunday.", [("one", "killed", "army's chief doctor")]),
    ("Tens of thousands were forced to flee.", [("Tens of thousands", "displaced", "")]),
    ("Some 900 miners were driven from their homes.", [("900", "displaced", "miners")]),
    ("Officials lowered the toll from 54 to 47.", [("47", "killed", "")]),
    ("Divers pulled 23 bodies from the lake.", [("23", "killed", "")]),
    ("The crash killed all 176 people on board.", [("176", "killed", "people")]),
    ("The shelling took the lives of 14 miners.", [("14", "killed", "miners")]),
    ("The rebels lost 300 men; the army put the figure at 900.", [("300", "killed", "men"), ("900", "killed", "")]),
]


@pytest.mark.parametrize(("text", "expected"), IN_OTHER_WORDS)
def test_in_other_words(text, expected):
    assert [(c.number, c.what, c.whom) for c in claims(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "The ministry denied that 30 soldiers had been killed.",
        "The general did not confirm that three guards were killed.",
        "The army rejected claims that its guns had killed 14 villagers.",
        "Baku denied killing 11 guards.",
        "Reports that a general had been killed were false.",
        "None of the 30 passengers was hurt.",
        "It is not true that 200 people died.",
        "Sixty prisoners were freed.",
    ],
)
def test_what_is_denied_is_claimed_by_nobody(text):
    assert claims(text) == []


def test_a_denial_ends_with_its_clause():
    assert [c.low for c in claims("The rebels denied the raid, which killed 30 people.")] == [30]


@pytest.mark.parametrize(
    "text",
    [
        "The mayor killed the plan.",  # a plan is nobody
        "A soldier could be killed.",  # nothing that happened
        "The guard was not injured.",
        "No soldier was hurt.",
        "A driver was fined.",
        "All but five of the 30 passengers were hurt.",
        "The captain lost a game.",
        "The bill was killed in committee.",
        "The soldier said the deal was killed.",
        "A driver of the bus said the engine was hurt.",
    ],
)
def test_nobody_is_counted(text):
    assert claims(text) == []
