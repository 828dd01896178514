"""A requester's name and numbers as far as they may be shown before somebody asks for them, on record."""

PHONE_TAIL = 4
LONG_PHONE = 11


def masked_name(name: str) -> str:
    """王** for 王小明; a company keeps its first four signs."""
    name = name.strip()
    keep = 4 if len(name) > 6 else 1
    return name[:keep] + "*" * min(len(name) - keep, 4) if name else ""


def masked_phone(phone: str) -> str:
    """138****5678; short numbers keep their last two digits."""
    phone = phone.strip()
    if len(phone) >= LONG_PHONE:
        return f"{phone[:3]}****{phone[-PHONE_TAIL:]}"
    return "*" * max(len(phone) - 2, 0) + phone[-2:]


def masked_address(address: str) -> str:
    """The district and the street stay, the house goes."""
    address = address.strip()
    return f"{address[:6]}****" if len(address) > 6 else "*" * len(address)
