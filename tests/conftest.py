"""What all tests share: how hypothesis looks for counter-examples."""

import os

from hypothesis import settings

# Where a change is judged, the same examples each time: a new find is for whoever develops, who
# meets it by drawing at random and keeps it as an example. No deadline: such machines are noisy.
settings.register_profile("judged", derandomize=True, deadline=None)
if os.environ.get("CI"):
    settings.load_profile("judged")
