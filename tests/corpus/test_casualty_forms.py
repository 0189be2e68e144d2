"""Casualties in many forms of news: who suffers and by which word, and numbers that count nobody hurt."""

import pytest
from test_casualty_claims import claims

# A sentence; of each claim the number as written, what befell, and those who are counted.
FORMS = [
    ("A total of 20 children in the United States have died.", [("20", "killed", "children")]),
    ("The agency estimates that as many as 900 may have died.", [("900", "killed", "")]),
    ("A cyclist from Lyon who was hit by a car died.", [("one", "killed", "cyclist")]),
    ("The army confirmed six men in the north were killed.", [("six", "killed", "men")]),
    ("The search for a nurse, who was 38, ended; she was found dead.", []),
    ("The last two of the 14 killed were a baker and a cook.", [("14", "killed", "")]),
    (
        "A roadside-bomb death on Monday brought to 14 the number of engineers lost this year, the coalition said.",
        [("14", "killed", "")],
    ),
    (
        "Two policemen were gunned down and nine more hurt when militants stormed a checkpoint.",
        [("Two", "killed", "policemen"), ("nine", "wounded", "more")],
    ),
    (
        "A Turkish sergeant succumbed to his injuries in a military hospital on Tuesday, the general staff announced.",
        [("one", "killed", "Turkish sergeant")],
    ),
    ("Officials revised the toll down to 19 from 26.", [("19", "killed", "")]),
    (
        "A mine went off under a tractor, killing the farmer at the wheel and wounding his two sons.",
        [("one", "killed", "farmer"), ("two", "wounded", "sons")],
    ),
    (
        "The earthquake has so far left 2,300 dead and 11,000 homeless, the president told reporters.",
        [("2,300", "killed", ""), ("11,000", "displaced", "")],
    ),
    ("The attack's only fatality was a night watchman.", [("one", "killed", "night watchman")]),
    (
        "The deputy head of the village council was abducted from his home by unknown men.",
        [("one", "captured", "deputy head of the village council")],
    ),
    ("The remains of eight crew members have been recovered from the wreck.", [("eight", "killed", "crew members")]),
    ("The operation was called off after a climber fell to his death.", [("one", "killed", "climber")]),
    (
        "Among those killed was the sister of a former prime minister.",
        [("one", "killed", "sister of a former prime minister")],
    ),
    ("Three brothers, the youngest only six, suffocated in the cellar.", [("Three", "killed", "brothers")]),
    (
        "The company said one worker was dead and another could not be found.",
        [("one", "killed", "worker"), ("another", "missing", "")],
    ),
    ("A woman's body was pulled from the canal.", [("one", "killed", "woman")]),
    ("An avalanche swept away eleven soldiers; nine are still unaccounted for.", [("nine", "missing", "")]),
    (
        "The strike killed the wife and two daughters of the militia leader.",
        [("one", "killed", "wife"), ("two", "killed", "daughters")],
    ),
    ("Two officers who shot and killed a motorist were suspended.", [("one", "killed", "motorist")]),
    ("A prisoner hanged himself in his cell.", [("one", "killed", "prisoner")]),
    (
        "Abu Rashid, the group's military chief, was killed in a drone strike on Saturday, two security sources said.",
        [("one", "killed", "Abu Rashid")],
    ),
    ("The accident happened at 5 a.m. and claimed four victims.", [("four", "killed", "victims")]),
    (
        "Four more bodies were dug out overnight, which takes the toll to 58.",
        [("Four", "killed", ""), ("58", "killed", "")],
    ),
    (
        "Rebel shelling on Tuesday killed a mother and her baby in the Leninsky district, the city council said.",
        [("one", "killed", "mother"), ("one", "killed", "baby")],
    ),
    ("The rebels said they had taken 15 soldiers prisoner and destroyed four tanks.", [("15", "captured", "soldiers")]),
    (
        "Relatives of a bus conductor killed in last week's bombing blocked the highway, local radio reported.",
        [("one", "killed", "bus conductor")],
    ),
    (
        "Fourteen miners remain underground, feared dead, after a gas blast at the pit.",
        [("Fourteen", "killed", "miners")],
    ),
    (
        "The coast guard suspended its search for a yachtsman missing off Cork since Saturday.",
        [("one", "missing", "yachtsman")],
    ),
    ("More than half of the 30 passengers were children, four of whom died.", [("four", "killed", "of whom")]),
    ("With 14 of its men dead, the battalion withdrew.", [("14", "killed", "its men")]),
    ("Unidentified attackers threw acid at a schoolteacher, blinding her.", [("one", "wounded", "schoolteacher")]),
    ("Activists put Tuesday's dead at 16, nine of them in Homs.", [("16", "killed", "")]),
    (
        "At 1,200 metres, rescuers reached the two climbers, one of whom had frozen to death.",
        [("one", "killed", "of whom")],
    ),
    (
        "A nine-month-old girl is among the five who died, social workers said.",
        [("one", "killed", "nine-month-old girl"), ("five", "killed", "")],
    ),
    (
        "A ceasefire monitor was hit by shrapnel near Avdiivka and evacuated to Dnipro, the OSCE said.",
        [("one", "wounded", "ceasefire monitor")],
    ),
    ("Somali pirates released the tanker's 23 crew but kept its captain hostage.", [("one", "captured", "captain")]),
    ("Three Turkish troops were martyred, the defence ministry said on X.", [("Three", "killed", "Turkish troops")]),
    (
        "A mob lynched a man accused of theft in the village of Rampur, police said.",
        [("one", "killed", "man accused of theft")],
    ),
    (
        "Five soldiers and a civilian interpreter were confirmed dead when their helicopter crashed in Kandahar.",
        [("Five", "killed", "soldiers"), ("one", "killed", "civilian interpreter")],
    ),
    (
        "Tariq Aziz, a 23-year-old student, was hit in the chest by a tear-gas canister and died in hospital.",
        [("one", "killed", "Tariq Aziz")],
    ),
    ("Her two sons, 9 and 12, were pulled dead from the well.", [("two", "killed", "sons")]),
    (
        "Three UN peacekeepers from Chad lost their lives and five others sustained serious injuries in a blast.",
        [("Three", "killed", "UN peacekeepers"), ("five", "wounded", "others")],
    ),
    ("Twelve hours later the count stood at 73 dead.", [("73", "killed", "")]),
    (
        "The bodies of a woman and two children were recovered from the river on Sunday.",
        [("one", "killed", "woman"), ("two", "killed", "children")],
    ),
    (
        "Twenty-two-year-old Sergeant Omri Cohen was killed by an anti-tank missile.",
        [("one", "killed", "Sergeant Omri Cohen")],
    ),
    (
        "Gunmen on motorbikes killed at least 30 villagers, most of them women, in Tillabéri.",
        [("30", "killed", "villagers")],
    ),
    (
        "A veteran reporter for the state broadcaster was found strangled in her flat.",
        [("one", "killed", "veteran reporter")],
    ),
    ("Of those on board, 33 perished, among them all six crew.", [("33", "killed", ""), ("six", "killed", "crew")]),
    ("A policewoman, mother of two, was run over and killed at a roadblock.", [("one", "killed", "policewoman")]),
    ("Snipers picked off two medics trying to reach the wounded.", [("two", "killed", "medics")]),
    ("A settler opened fire, wounding a shepherd in the leg.", [("one", "wounded", "shepherd")]),
    ("The gas leak put 35 workers in hospital.", [("35", "hospitalised", "workers")]),
    (
        "Shots were fired at the minister's car; he was unhurt but his bodyguard was critically injured.",
        [("one", "wounded", "bodyguard")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), FORMS)
def test_who_suffers(text, expected):
    assert [(c.number, c.what, c.whom) for c in claims(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "One in five soldiers had been wounded.",
        "The bridge, 300 metres long, was shot at twice.",
        "Wolves killed 14 sheep and injured a horse.",
        "He lost 12 kilos in captivity.",
        "If the dam breaks, 5,000 people could drown, engineers warned.",
        "Of the crew of nine, only the cook was found alive.",
        "More than 60 houses were burned and their owners driven out.",
        "Authorities have so far identified 21 of the victims.",
        "An army helicopter with eight people aboard crashed; there were no survivors.",
        "So far, no one in the north has died.",
        "He claimed a policeman was lying.",
        "A friend lost her job.",
        "The official number of his criminal record was lost.",
        "The quick call saved her husband's life.",
        "The farm reported 270 swine deaths.",
        "The car that hit the wall about 3 a.m. may be missing a wheel.",
        "The suspect pulled the victims apart.",
    ],
)
def test_numbers_of_other_things_count_nobody(text):
    assert claims(text) == []
