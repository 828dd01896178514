"""How the checks of a file say no: raised inside, a value outside."""

from hotline.rules.messages import Refusal


class FileRefused(Exception):
    """A file that is not taken in, with the sentence for who sent it."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.refusal = Refusal(code, params, field="file")
