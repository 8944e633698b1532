"""How somebody is reached, beside each line that says whom to call."""

from typing import Any, Final

from ambassador.cli.shell import Shell, parts_of
from ambassador.values.contacts import Contact

_CONTACT: Final = ("handle", "telephone", "email", "profile", "last_contact_on")


def reached_by(shell: Shell, contact: Contact | None) -> str:
    """Say how somebody is reached, in one line."""
    if contact is None:
        return ""
    last = contact.last_contact_on
    spoken = shell.t("last contact {day}", day=last.isoformat()) if last else ""
    return "  ".join(part for part in (contact.telephone, contact.email, contact.profile, spoken) if part)


def contact_parts(contact: Contact | None) -> dict[str, Any] | None:
    """Give the same by field."""
    return parts_of(contact, *_CONTACT) if contact else None
