"""What holds for all tests: zones are those of the pinned data, as in the bot; none is timed, machines are noisy."""

from hypothesis import settings

from bot.domain.zones import use_pinned_data

use_pinned_data()
settings.register_profile("house", deadline=None)
settings.load_profile("house")
