"""What all tests share: how hypothesis looks for counter-examples."""

import os

from hypothesis import HealthCheck, settings

# The machines are noisy: how long an example takes there says nothing about the code. Where a
# change is judged the examples are the same each time: a new find is for whoever develops, who
# meets it by drawing at random and keeps it as an example of its test.
settings.register_profile("busy", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("judged", settings.get_profile("busy"), derandomize=True)
settings.load_profile("judged" if os.environ.get("CI") else "busy")
