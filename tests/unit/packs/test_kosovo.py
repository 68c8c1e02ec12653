"""The Kosovo pack's town names are one another's spellings only where they are meant to be."""

from holdfast import packs
from holdfast.places.towns import TownNames

XK = packs.load("xk")


def test_every_town_lies_in_a_municipality_and_every_alias_leads_to_a_town() -> None:
    assert set(XK.towns.values()) <= XK.areas.expand("XK")
    assert set(XK.town_aliases.values()) <= set(XK.towns)
    assert len(XK.areas.expand("XK")) == 38


def test_no_two_towns_fold_to_one_key() -> None:
    keys = [TownNames(XK).key(town) for town in XK.towns]
    assert len(keys) == len(set(keys))
