"""How `connector` asks before what cannot be undone: in German, like all it says."""

from survey.command import Asking

GERMAN = Asking(
    choice="[j/N]",
    agreed=("j", "ja"),
    unasked="Hier kann niemand gefragt werden: Das ist kein Terminal. Hat ein Mensch so "
    "entschieden, den Befehl bitte mit {option} wiederholen. Es wurde nichts geändert.",
    refused="Nicht zugestimmt: Es wurde nichts geändert.",
)
