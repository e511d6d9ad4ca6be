"""An attacker with everything published over two years of waves, and what a knowing insider adds.

He knows who belongs to which unit and whose sheet was late, withdrawn or corrected, and wants the
size and the answers of groups below k and the answers of single people. He subtracts tables, solves
for every hidden count by linear programming, and tries every possible answer of a person. He must
fail on what the one way out gives, and succeed on tables that hide two cells per row and column,
and on the same way out without its registry: else he would be no attacker.
"""

from itertools import combinations, permutations

import numpy as np
import pytest
from scipy import optimize, sparse

from survey.model.estimates import Estimate, Suppressed
from survey.model.waves import Thresholds
from survey.statistics.disclosure import publish, registry
from survey.statistics.disclosure.request import Breakdown, Counted, Request, Table

K = Thresholds().k
CODES = ("1", "2", "3", "4", "5")
UNITS = tuple("ABCDEFGH")
SIZES = (60, 45, 38, 30, 25, 14, 12, 6)


class Sheet:
    """One answer; a corrected one is another sheet of the same member."""

    def __init__(self, wave, unit, member, code):
        self.wave, self.unit, self.member, self.code = wave, unit, member, code


class Said:
    """Something published: how many of `sheets` chose one of `codes`, between low and high."""

    def __init__(self, sheets, codes, low, high):
        self.sheets, self.codes, self.low, self.high = frozenset(sheets), codes, low, high


@pytest.fixture(scope="module")
def world():
    return waves(20)


def waves(seed):
    random = np.random.default_rng(seed)
    sheets = []
    for wave in range(1, 5):
        for unit, size in zip(UNITS, SIZES, strict=True):
            count = max(4, int(size + random.integers(-2, 3)))
            codes = random.choice(5, count, p=[0.08, 0.12, 0.2, 0.35, 0.25])
            sheets += [Sheet(wave, unit, f"{wave}{unit}{i}", c) for i, c in enumerate(codes)]
    return sheets


def editions(sheets):
    """What a jobcenter might wish to see over two years: (what it is called, sheets, groups)."""
    for wave in range(1, 5):
        now = [one for one in sheets if one.wave == wave]
        small = [one for one in now if one.unit == "H"]
        yield "by unit", now, [one.unit for one in now]
        yield "by age", now, [_age(one) for one in now]
        yield "rerun", now[::-1], [one.unit for one in now[::-1]]
        late = Sheet(wave, "C", f"{wave}late", 0)
        yield "late answer", [*now, late], None
        yield "withdrawn answer", now[1:], None
        yield "withdrawn answer by unit", now[1:], [one.unit for one in now[1:]]
        first = now[0]
        corrected = Sheet(wave, first.unit, first.member, (first.code + 2) % 5)
        yield "corrected answer", [corrected, *now[1:]], None
        yield "without branch H", [one for one in now if one.unit != "H"], None
        largest = [one for one in now if one.unit in "AB"]
        yield "A and B", largest, None
        yield (
            "the other units",
            [one for one in now if one not in small and one.unit not in "AB"],
            None,
        )
        if wave > 1:
            block = [one for one in sheets if one.unit == "H" and one.wave <= wave]
            yield "rolling block of H", block, None
    year = [one for one in sheets if one.wave <= 2]
    yield "year by unit", year, [one.unit for one in year]
    yield "public year", year, None
    halves = ["late" if one.wave > 2 else "early" for one in sheets]
    yield "both years", sheets, halves


def _age(sheet):
    return "young" if sum(sheet.member.encode()) % 4 == 0 else "older"


def ask(sheets, groups, known, edition):
    breakdown = None
    if groups is not None:
        labels = tuple(sorted(set(groups)))
        breakdown = Breakdown(name="group", groups=labels, of=[labels.index(g) for g in groups])
    wanted = Counted(
        variable="satisfaction/w1",
        codes=CODES,
        answers=[one.code for one in sheets],
        favourable=("4", "5"),
        breakdown=breakdown,
    )
    request = Request(
        members=[one.member.encode() for one in sheets], tables=(wanted,), edition=edition
    )
    return publish.publish(request, thresholds=Thresholds(), registry=known)


def published(sheets, *, keep):
    """Everything that comes out, with or without a registry that is kept."""
    known, said = registry.Registry(), []
    for name, some, groups in editions(sheets):
        edition = "public" if name.startswith("public") else "house"
        out = ask(some, groups, known if keep else registry.Registry(), edition)
        known = out.registry
        table = out.results[0]
        if isinstance(table, Table):
            said += read(table, some, groups, 2 if edition == "public" else 0)
    return said


def read(table, sheets, groups, slack):
    """The sentences of a table: bases, counts and shares, as intervals around what is printed."""
    found = _row(table.whole, sheets, slack)
    for row in table.rows:
        members = [one for one, g in zip(sheets, groups, strict=True) if g == row.label]
        found += _row(row, members, slack)
    return found


def _row(row, sheets, slack):
    if isinstance(row.n, Suppressed):
        return []
    found = [Said(sheets, frozenset(range(5)), row.n - slack, row.n + slack)]
    if not isinstance(row.categories, Suppressed):
        for one in row.categories:
            if not isinstance(one.count, Suppressed):
                codes = frozenset(CODES.index(code) for code in one.codes)
                found.append(Said(sheets, codes, one.count - slack, one.count + slack))
    if isinstance(row.share, Estimate):
        n = row.n + slack
        low, high = (row.share.value - 0.0051) * (row.n - slack), (row.share.value + 0.0051) * n
        found.append(Said(sheets, frozenset({3, 4}), low, high))
    elif row.share is not None and row.share.low is not None:
        low, high = row.share.low * (row.n - slack), row.share.high * (row.n + slack)
        found.append(Said(sheets, frozenset({3, 4}), low, high))
    return found


def two_per_row_and_column():
    """A table of FCSM Working Paper 22 (threshold 5), at least two hidden in every line."""
    counts = [[15, 1, 3, 1], [20, 10, 10, 15], [3, 10, 10, 2], [12, 14, 7, 2]]
    hidden = [{1, 2, 3}, {1, 2}, {0, 3}, {0, 3}]
    lines = [
        [Sheet(1, unit, f"{unit}{code}{i}", code) for code in range(4) for i in range(row[code])]
        for unit, row in zip("ABCD", counts, strict=True)
    ]
    everybody = [one for line in lines for one in line]
    said = [Said(line, frozenset(range(5)), len(line), len(line)) for line in lines]
    for line, row, gone in zip(lines, counts, hidden, strict=True):
        said += [Said(line, frozenset({c}), row[c], row[c]) for c in range(4) if c not in gone]
    for code in range(5):
        total = sum(one.code == code for one in everybody)
        said.append(Said(everybody, frozenset({code}), total, total))
    return said, lines, hidden


def by_subtraction(said, *, herself=0):
    """Differences of two published populations, or of one and a union of two others, below k.

    One of the difference takes herself out: what is left are fewer, unless they are a published
    group in which she would be left with as many.
    """
    sets = {}
    for one in said:
        if one.low == one.high:
            sets.setdefault(one.sheets, {})[one.codes] = one.low
    bases = list(sets)
    unions = [(a | b, (a, b)) for a, b in combinations(bases, 2) if not a & b]
    found = []
    for whole in bases:
        for part, pieces in [*((b, (b,)) for b in bases), *unions]:
            rest = whole - part
            told = herself and rest in sets
            if part < whole and 0 < len(rest) - herself < K and not told:
                for codes in set(sets[whole]).intersection(*(sets[p] for p in pieces)):
                    value = sets[whole][codes] - sum(sets[p][codes] for p in pieces)
                    assert value == sum(one.code in codes for one in rest)
                    found.append((rest, codes, value))
    return found


class Solver:
    """All that is published as one linear programme over atoms: people nobody can tell apart."""

    def __init__(self, said, apart=(), knows=None):
        signatures = {}
        for i, one in enumerate(said):
            for sheet in one.sheets:
                signatures.setdefault(sheet, []).append(i)
        atoms = {}
        for sheet, where in signatures.items():
            alone = sheet if sheet in apart else None
            atoms.setdefault((alone, sheet.wave, sheet.unit, tuple(where)), []).append(sheet)
        self.atoms = list(atoms.values())
        rows, limits = [], []
        for i, one in enumerate(said):
            row = np.zeros((len(self.atoms), 5))
            for a, (_, _, _, where) in enumerate(atoms):
                if i in where:
                    row[a, sorted(one.codes)] = 1
            rows += [row.ravel(), -row.ravel()]
            limits += [one.high, -one.low]
        for sheet in apart:
            codes = [knows[sheet]] if knows else range(5)
            row = self.of([sheet], codes)
            rows, limits = [*rows, row, -row], [*limits, 1, -1]
        self.rows, self.limits = sparse.csr_matrix(np.array(rows)), np.array(limits)

    def of(self, sheets, codes):
        wanted = set(sheets)
        goal = np.zeros((len(self.atoms), 5))
        for a, atom in enumerate(self.atoms):
            if wanted.issuperset(atom):
                goal[a, list(codes)] = 1
        return goal.ravel()

    def range(self, goal):
        ends = []
        for sign in (1, -1):
            found = optimize.linprog(sign * goal, A_ub=self.rows, b_ub=self.limits, method="highs")
            ends.append(sign * found.fun if found.status == 0 else sign * -np.inf)
        return np.ceil(ends[0] - 1e-6), np.floor(ends[1] + 1e-6)


def by_programming(said, sheets):
    """Groups below k whose size, or number of satisfied people, is known better than it should be.

    A group of k or more that is published, or left over when published groups are taken from one
    another, bounds what its members can be; that nothing narrows them further is the promise.
    """
    solver, found = Solver(said), []
    for wave in range(1, 5):
        for unit in UNITS:
            mine = {one for one in sheets if one.wave == wave and one.unit == unit}
            if len(mine) >= K:
                continue
            for codes in ({0, 1, 2, 3, 4}, {3, 4}, {0, 1, 2}):
                low, high = solver.range(solver.of(mine, codes))
                assert low <= sum(one.code in codes for one in mine) <= high
                around = groups_around(said, mine)
                bounds = [solver.range(solver.of(some, codes))[1] for some in around]
                if high - low < min([K, *bounds]) or any(len(some) < K for some in around):
                    found.append((wave, unit, codes, low, high))
    return found


def by_insiders(said, sheets):
    """Groups below k that one who answered knows better than readers do, but for herself.

    She is of a unit whose number is not published, and knows her unit and her answer.
    """
    plain, found = Solver(said), []
    told = {one.sheets for one in said}
    for wave in range(1, 5):
        units = [{o for o in sheets if (o.wave, o.unit) == (wave, unit)} for unit in UNITS]
        hidden = [mine for mine in units if frozenset(mine) not in told]
        for mine, other in permutations(hidden, 2):
            if len(mine) >= K:
                continue
            her = next(iter(sorted(other, key=lambda one: one.member)))
            solver = Solver(said, apart=[her], knows={her: her.code})
            for codes in ({0, 1, 2, 3, 4}, {3, 4}, {0, 1, 2}):
                low, high = solver.range(solver.of(mine, codes))
                least, most = plain.range(plain.of(mine, codes))
                assert low <= sum(one.code in codes for one in mine) <= high
                if high - low < min(K, most - least - 1):
                    found.append((wave, her.unit, codes, low, high))
    return found


def groups_around(said, mine):
    """Published groups with all of `mine`, and what is left of them without other published."""
    sets = sorted({one.sheets for one in said}, key=len, reverse=True)
    found = set()
    for whole in sets:
        if mine <= whole:
            found.add(whole)
            left = whole
            for part in sets:
                if part < left and not part & mine:
                    left -= part
            found.add(left)
    return found


def by_enumeration(said, sheets):
    """People whose every answer but one contradicts what is published."""
    told = {one for single in said for one in single.sheets}
    names = {one.member for one in told if one not in sheets}
    first = [one for one in sheets if one.member.endswith("A0")]
    people = [one for one in told if one.member in names] + first
    solver, found = Solver(said, apart=[one for one in people if one in told]), []
    for person in people:
        if person not in told:
            continue
        possible = [c for c in range(5) if solver.range(solver.of([person], [c]))[1] >= 1]
        assert person.code in possible
        if len(possible) == 1:
            found.append((person.member, possible[0]))
    return found


@pytest.mark.parametrize("seed", [20, 21, 22])
def test_the_attacker_fails_on_what_is_published(seed):
    world = waves(seed)
    said = published(world, keep=True)
    assert len(said) > 100
    assert by_subtraction(said) == []
    assert by_subtraction(said, herself=1) == []
    assert by_programming(said, world) == []
    assert by_insiders(said, world) == []
    assert by_enumeration(said, world) == []


def test_the_attacker_succeeds_without_the_registry(world):
    said = published(world, keep=False)
    assert by_subtraction(said)
    assert by_subtraction(said, herself=1)
    assert by_programming(said, world)
    assert by_enumeration(said, world)


def test_the_attacker_succeeds_on_two_hidden_cells_per_row_and_column():
    said, lines, hidden = two_per_row_and_column()
    solver, recovered = Solver(said), []
    for line, gone in zip(lines, hidden, strict=True):
        for code in gone:
            low, high = solver.range(solver.of(line, [code]))
            if low == high:
                recovered.append((line[0].unit, code, low))
    assert recovered == [("A", 3, 1)]


def test_what_is_refused_is_refused_for_a_reason(world):
    known, threats = registry.Registry(), {}
    for name, some, groups in editions(world):
        out = ask(some, groups, known, "house")
        known = out.registry
        if not isinstance(out.results[0], Table):
            threats.setdefault(name, out.results[0].threat)
    assert threats["late answer"] in ("difference", "complement")
    assert threats["withdrawn answer"] in ("difference", "complement")
    assert threats["corrected answer"] == "changed"
    assert threats["without branch H"] in ("difference", "complement")
    assert "rerun" not in threats
    assert "by unit" not in threats
