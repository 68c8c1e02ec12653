"""Areas expand to today's authorities, whatever code they are given by."""

import pytest

from holdfast import packs
from holdfast.packs.areas import AreaTree, council_place

UK = packs.load("uk").areas


@pytest.mark.parametrize(
    ("code", "authorities"),
    [
        ("E07000120", 1),
        ("E10000017", 12),
        ("E12000002", 35),
        ("E47000001", 10),
        ("E11000003", 4),
        ("E12000007", 33),
        ("E92000001", 296),
        ("W92000004", 22),
        ("S92000003", 32),
        ("N92000002", 11),
        ("K02000001", 361),
    ],
)
def test_an_area_expands_to_the_authorities_in_it(code: str, authorities: int) -> None:
    assert len(UK.expand(code)) == authorities


@pytest.mark.parametrize(
    ("former", "today"),
    [
        ("E10000006", {"E06000063", "E06000064"}),  # Cumbria
        ("E10000021", {"E06000061", "E06000062"}),  # Northamptonshire
        ("E10000023", {"E06000065"}),  # North Yorkshire
        ("E10000027", {"E06000066"}),  # Somerset
        ("E10000002", {"E06000060"}),  # Buckinghamshire
        ("E07000190", {"E06000066"}),  # Taunton Deane, twice merged
        ("E08000019", {"E08000039"}),  # Sheffield, new code only
        ("S12000015", {"S12000047"}),  # Fife, new code only
    ],
)
def test_a_former_code_expands_to_what_took_its_place(former: str, today: set[str]) -> None:
    assert UK.expand(former) == today


def test_the_regions_make_up_england_without_overlap() -> None:
    regions = [UK.expand(a.code) for a in UK.areas.values() if a.code.startswith("E12")]
    assert sum(map(len, regions)) == len(frozenset().union(*regions))
    assert frozenset().union(*regions) == UK.expand("E92000001")


def test_the_nations_make_up_the_united_kingdom() -> None:
    nations = [UK.expand(c) for c in ("E92000001", "W92000004", "S92000003", "N92000002")]
    assert frozenset().union(*nations) == UK.expand("K02000001")


def test_every_parent_and_every_successor_is_an_area() -> None:
    assert all(p in UK.areas for a in UK.areas.values() for p in a.parents)
    assert all(UK.known(s) for f in UK.former.values() for s in f.successors)
    assert not UK.areas.keys() & UK.former.keys()


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Hyndburn Borough Council", "E07000120"),
        ("HYNDBURN BC", "E07000120"),
        ("Manchester City Council", "E08000003"),
        ("Trafford MBC", "E08000009"),
        ("Lancashire County Council", "E10000017"),
        ("London Borough of Camden", "E09000007"),
        ("Royal Borough of Kensington & Chelsea", "E09000020"),
        ("Rhondda Cynon Taf County Borough Council", "W06000016"),
        ("Glasgow City Council", "S12000049"),
        ("Belfast City Council", "N09000003"),
        ("Sheffield City Council", "E08000039"),
        ("Preston", "E07000123"),
    ],
)
def test_a_council_is_found_by_the_names_it_goes_by(name: str, code: str) -> None:
    assert UK.find(name) == code


@pytest.mark.parametrize("name", ["", "Council", "Nowhere Borough Council", "Acme Trading Limited"])
def test_what_is_no_council_is_not_found(name: str) -> None:
    assert UK.find(name) is None


def test_the_place_is_what_is_left_of_a_councils_name() -> None:
    assert council_place("The Borough Council of King's Lynn & West Norfolk") == "kings lynn and west norfolk"


def test_an_area_that_lies_in_itself_is_refused() -> None:
    circle = AreaTree.read([{"code": "A", "name": "a", "parent": "B"}, {"code": "B", "name": "b", "parent": "A"}])
    with pytest.raises(ValueError, match="lies in itself"):
        circle.expand("A")


def test_an_unknown_code_is_an_error_and_its_name_is_the_code() -> None:
    with pytest.raises(KeyError):
        UK.expand("E99999999")
    assert UK.name("E99999999") == "E99999999"


def test_added_areas_join_the_tree_with_their_names() -> None:
    tree = AreaTree().with_areas(
        [{"code": "C", "name": "Tidelands", "parent": ""}, {"code": "R", "name": "Rivermouth", "parent": "C"}]
    )
    assert tree.expand("C") == {"R"}
    assert tree.find("Rivermouth City Council") == "R"
