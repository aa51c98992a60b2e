"""Under which id the messenger has a picture."""

from bot.storage.open import Storage


async def test_an_id_is_known_until_it_is_forgotten(storage: Storage) -> None:
    """Each picture has its own id; a newer one takes the place of the older."""
    pictures = storage.pictures
    assert await pictures.known("rise") is None
    await pictures.remember("rise", "one")
    await pictures.remember("curl", "two")
    await pictures.remember("rise", "three")
    assert [await pictures.known(digest) for digest in ("rise", "curl")] == ["three", "two"]
    await pictures.forget("rise", "three")
    assert [await pictures.known(digest) for digest in ("rise", "curl")] == [None, "two"]


async def test_a_newer_id_is_not_forgotten_with_the_older(storage: Storage) -> None:
    """Who was refused an old id does not take away the one that another has got meanwhile."""
    await storage.pictures.remember("rise", "new")
    await storage.pictures.forget("rise", "old")
    assert await storage.pictures.known("rise") == "new"
