"""The inner layer of answers and texts: the server's half, worthless without the evaluator's.

The server seals what was answered under K_answer or K_sensitive; the evaluator wraps that under
K_pair (`survey.linkage.evaluator`). Bound to the wave only, because the evaluator hands the inner
parts back without mark or handle. Threat: the evaluator (a university, say) must not read answers,
the server must not link them; each layer alone is noise of one length.
"""

from survey.linkage.primitives import padded, seal, unpadded, unseal


def seal_inner(key: bytes, wave_id: str, plain: bytes, length: int) -> bytes:
    """`plain` filled to `length` bytes and sealed; OVERHEAD bytes longer."""
    return seal(key, padded(plain, length), "inner", wave_id)


def open_inner(key: bytes, wave_id: str, inner: bytes) -> bytes:
    """Opens what `seal_inner` sealed.

    Raises:
        NotSealedForUs: another wave, another key, or a changed byte
    """
    return unpadded(unseal(key, inner, "inner", wave_id))
