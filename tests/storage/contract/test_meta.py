"""A few values about the store itself."""

from bot.storage.open import Storage


async def test_a_value_is_kept_and_replaced(storage: Storage) -> None:
    """A key has the last value that was put there; one that was never put has none."""
    assert await storage.meta.get("tzdata") is None
    for version in ("2026.1", "2026.2"):
        await storage.meta.put("tzdata", version)
        assert await storage.meta.get("tzdata") == version
    assert await storage.meta.get("other") is None
