from __future__ import annotations

import pytest

from digest.headline.spelling import unshouted

TEXT = (
    "Ducks swim. On Monday NASA and the mayor of Elmford said that a small drone frightens ducks. "
    "THE MAYOR IS LOUD. Nobody at McDuck's pond in Elmford knew of the drone."
)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("NASA DRONE FRIGHTENS DUCKS IN ELMFORD", "NASA drone frightens ducks in Elmford"),
        ("DRONE FRIGHTENS DUCKS AT MCDUCK'S POND", "Drone frightens ducks at McDuck's pond"),
        ("A DRONE AND I FRIGHTEN DUCKS", "A drone and I Frighten ducks"),
        ("US DRONE FRIGHTENS DUCKS", "US DRONE FRIGHTENS DUCKS"),  # ours, or America's?
        ("OPEC DRONE FRIGHTENS DUCKS", "OPEC DRONE FRIGHTENS DUCKS"),  # an acronym, perhaps
        ("DRONE FRIGHTENS DUCKS YESTERDAY", "Drone frightens ducks Yesterday"),
        ("SWANS ATTACK BELGRAVE", "SWANS ATTACK BELGRAVE"),  # the text does not tell
        ("DUCK RUMBLE", "DUCK RUMBLE"),  # a name
        ("THE AND OF", "THE AND OF"),
        ("Drone frightens DUCKS", "Drone frightens DUCKS"),
        ("生死狙击 战火重燃 国际版", "生死狙击 战火重燃 国际版"),
        ("", ""),
    ],
)
def test_capitals_as_the_text_has_them(title: str, expected: str) -> None:
    assert expected == unshouted(title, TEXT)


def test_only_the_beginning_of_a_long_text_is_read() -> None:
    text = "Nothing here. " * 70 + "A drone frightens ducks."
    assert "DRONE FRIGHTENS DUCKS" == unshouted("DRONE FRIGHTENS DUCKS", text)
