from tests.letters.letter_house import house, posted, printed

__all__ = ["house", "posted", "printed"]
