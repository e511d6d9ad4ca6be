"""Codes: no typing mistake goes unnoticed, none is likelier, none can be worked out."""

import secrets
from collections import Counter
from itertools import combinations, pairwise

from scipy.stats import chisquare

from survey.linkage import codes

RUNS, LETTERS = 4, 2500


def printed(run=0):
    key = secrets.token_bytes(32)
    return [codes.derive(key, number) for number in range(LETTERS)]


def plain(code):
    return code.replace("-", "")


def test_every_single_wrong_symbol_is_noticed():
    unnoticed = 0
    for code in printed()[:150]:
        symbols = plain(code)
        for at, symbol in enumerate(symbols):
            for other in codes.ALPHABET.replace(symbol, ""):
                unnoticed += codes.read(symbols[:at] + other + symbols[at + 1 :]) is not None
    assert unnoticed == 0


def test_every_transposition_of_any_two_symbols_is_noticed():
    unnoticed = 0
    for code in printed()[:400]:
        symbols = plain(code)
        for a, b in combinations(range(len(symbols)), 2):
            if symbols[a] != symbols[b]:
                swapped = list(symbols)
                swapped[a], swapped[b] = swapped[b], swapped[a]
                unnoticed += codes.read("".join(swapped)) is not None
    assert unnoticed == 0


def test_two_wrong_symbols_are_noticed_almost_always():
    chance = secrets.SystemRandom()
    unnoticed = 0
    for code in printed():
        symbols = list(plain(code))
        for at in chance.sample(range(12), 3):
            symbols[at] = chance.choice(codes.ALPHABET.replace(symbols[at], ""))
        unnoticed += codes.read("".join(symbols)) is not None
    assert unnoticed <= 12  # 2500 / 1024 are expected


def test_symbols_are_spread_evenly_at_every_place():
    found = [plain(code) for _ in range(RUNS) for code in printed()]
    for place in range(12):
        counts = Counter(code[place] for code in found)
        seen = [counts[symbol] for symbol in codes.ALPHABET]
        # One place in ten thousand runs of this test.
        assert chisquare(seen).pvalue > 1e-5, place


def test_neighbours_in_a_run_have_nothing_in_common():
    found = [plain(code)[:10] for _ in range(RUNS) for code in printed()]
    same = sum(a == b for one, two in pairwise(found) for a, b in zip(one, two, strict=True))
    share = same / (10 * (len(found) - 1))
    assert abs(share - 1 / 32) < 0.004


def test_no_code_comes_twice_in_a_run_or_in_two():
    runs = [printed() for _ in range(RUNS)]
    every = [code for run in runs for code in run]
    assert len(set(every)) == len(every)


def test_who_knows_all_codes_of_a_run_but_not_its_key_computes_none():
    """The next number under a key made of anything printed gives no code of the run."""
    run = printed()
    known, wanted = run[: LETTERS // 2], set(run[LETTERS // 2 :])
    tries = {
        codes.derive(codes.digest(code), number) for code in known[:200] for number in range(40)
    }
    assert tries & wanted == set()
