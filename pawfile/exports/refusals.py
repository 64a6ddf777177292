"""Why a company is not exported or restored. The texts say what would be right."""


class RefusedError(Exception):
    """Nothing was written, and why."""


class NotEmptyError(RefusedError):
    """There is a company here already."""


class WrongPassphraseError(RefusedError):
    """Or the wrong keys: the secrets do not open."""


class NewerSchemaError(RefusedError):
    """Made by a newer Pawfile than this one."""


class OlderSchemaError(RefusedError):
    """Made by an older Pawfile, and the tables here are newer already."""


class DamagedError(RefusedError):
    """The file is not as it was written."""
