"""The one rule by which figures are rounded: halves away from zero, as people are taught at school.

Python's own `round` goes to the even neighbour and sees the binary number: 12.5 becomes 12 and 0.25
becomes 0.2. Everything that prints or compares printed figures rounds here.
"""

from math import copysign, floor

# Sums and products of decimals miss a half by a little: 100 * 0.285 is 28.499999999999996.
SLACK = 1e-9


def rounded(number: float, digits: int = 0) -> float:
    """To so many decimals; a half goes away from zero, and so does what misses one by a hair."""
    power = 10**digits
    whole = floor(abs(number) * power + 0.5 + SLACK)
    return copysign(whole / power, number) if whole else 0.0


def whole(number: float) -> int:
    """To a whole number by the same rule."""
    return int(rounded(number))
