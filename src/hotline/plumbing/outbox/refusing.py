"""Why a message could not be handed over: a stable code, what the other side said, and whether to try again."""


class Undelivered(Exception):
    """`final` means that another attempt would be refused as well."""

    def __init__(self, reason: str, said: str = "", *, final: bool) -> None:
        super().__init__(f"{reason} {said}".strip())
        self.reason = reason
        self.said = said
        self.final = final
