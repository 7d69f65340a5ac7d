"""Case numbers: read over the telephone, keyed by tired people, and never taken for another one."""

import random

import pytest

from domain.terms.case_number import ALPHABET, case_number, parse
from domain.terms.refusals import Misuse

DIGESTS = [index.to_bytes(8, "big") for index in (0, 1, 31, 2**63, 2**64 - 1)] + [
    random.Random(seed).randbytes(8) for seed in range(20)
]
NUMBERS = [case_number("PRE", digest) for digest in DIGESTS]
NUMBER = NUMBERS[-1]


def body(number):
    return number.removeprefix("PRE-").replace("-", "")


def is_taken(text):
    try:
        parse(text)
    except Misuse:
        return False
    return True


def test_the_alphabet_has_no_characters_that_look_alike():
    assert len(set(ALPHABET)) == 31
    assert not set("0O1IL") & set(ALPHABET)


@pytest.mark.parametrize("number", NUMBERS)
def test_a_number_is_three_groups_of_four_after_its_kind(number):
    kind, *groups = number.split("-")

    assert kind == "PRE"
    assert [len(group) for group in groups] == [4, 4, 4]
    assert parse(number) == number


@pytest.mark.parametrize(
    "written",
    [
        NUMBER.lower(),
        NUMBER.replace("-", ""),
        NUMBER.replace("-", " ").lower(),
        f"  {NUMBER}\n",
        "-".join(NUMBER.replace("-", "")),
    ],
)
def test_a_number_is_known_in_any_case_and_spacing(written):
    assert parse(written) == NUMBER


@pytest.mark.parametrize("number", NUMBERS)
def test_every_single_wrong_character_is_found(number):
    right = body(number)
    for place, was in enumerate(right):
        for wrong in set(ALPHABET) - {was}:
            assert not is_taken("PRE" + right[:place] + wrong + right[place + 1 :])


@pytest.mark.parametrize("number", NUMBERS)
def test_every_swap_of_neighbours_is_found_and_most_are_answered_with_the_right_number(number):
    right = body(number)
    swaps = [
        right[:place] + right[place + 1] + right[place] + right[place + 2 :]
        for place in range(len(right) - 1)
        if right[place] != right[place + 1]
    ]

    for swapped in swaps:
        with pytest.raises(Misuse) as misuse:
            parse("PRE" + swapped)
        sentence = str(misuse.value)
        assert "check character" in sentence
        assert number in sentence or sentence.endswith("is wrong.")


def test_a_swap_over_the_telephone_is_answered_with_did_you_mean():
    right = body(NUMBER)
    swapped = right[1] + right[0] + right[2:]

    with pytest.raises(Misuse, match=f"did you mean {NUMBER}"):
        parse(f"pre {swapped}")


@pytest.mark.parametrize("number", NUMBERS)
def test_a_wrong_check_character_and_a_sign_that_no_number_has_are_answered_with_the_right_number(number):
    wrong = next(sign for sign in ALPHABET if sign not in number[-2:])
    misread = [number[:at] + "O" + number[at + 1 :] for at in range(4, len(number)) if number[at] != "-"]

    for written in (number[:-1] + wrong, *misread):
        with pytest.raises(Misuse, match="did you mean") as misuse:
            parse(written)
        assert number in str(misuse.value)


@pytest.mark.parametrize(
    "written",
    ["", "PRE", "PRE-2222", "XYZ-2222-2222-2222", f"{NUMBER}2", NUMBER[:-1], "PRE-0000-0000-0000", "72148"],
)
def test_what_is_no_case_number_is_answered_with_an_example(written):
    with pytest.raises(Misuse, match="PRE-7K2M-9QXD-4HBT"):
        parse(written)


def test_two_requests_do_not_meet():
    assert len({case_number("PRE", random.Random(seed).randbytes(8)) for seed in range(5000)}) == 5000


def test_the_example_of_the_message_has_a_right_shape():
    assert set("7K2M9QXD4HBT") <= set(ALPHABET)
