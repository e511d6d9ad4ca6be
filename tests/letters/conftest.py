from tests.letters.letter_house import house, printed

__all__ = ["house", "printed"]
