"""What holds for all tests: none of them is timed, for the machines that they run on are noisy."""

from hypothesis import settings

settings.register_profile("house", deadline=None)
settings.load_profile("house")
