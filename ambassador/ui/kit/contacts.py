"""How somebody is reached, each way a click."""

from ambassador.ui.kit.markup import Markup, joined, link
from ambassador.ui.kit.text import day, t
from ambassador.values.contacts import Contact, telephone_address


def ways_to(telephone: str, email: str) -> tuple[Markup, ...]:
    """Make a telephone number and an e-mail address links that call and write."""
    return (link(telephone, telephone_address(telephone)), link(email, f"mailto:{email}"))


def reached(contact: Contact | None, *, is_post: bool = False) -> Markup:
    """Say how somebody is reached, and when they were last spoken to."""
    if contact is None:
        return joined("", ())
    profile = t("their post") if is_post else f"@{contact.handle}"
    ways = (*ways_to(contact.telephone, contact.email), link(profile, contact.profile))
    last = t("last contact {day}", day=day(contact.last_contact_on)) if contact.last_contact_on else ""
    never = t("no contact noted") if not is_post and not last else ""
    return joined(" · ", (*ways, last, never))
