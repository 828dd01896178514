"""What only the API has to say: a body that can't be read, a method that isn't there, a token that no longer opens.

Whoever integrates another system reads these in a log, so each says what to change in the call.
"""

from collections.abc import Mapping
from typing import Final

SENTENCES: Final[Mapping[str, tuple[str, str]]] = {
    "input.not_json": (
        "请求正文不是有效的JSON对象。请按接口说明组织正文，用UTF-8编码后重新提交。",
        "The body is not a JSON object. Build it as the API description shows, encode it in UTF-8 and send it again.",
    ),
    "input.too_large": (
        "请求正文超过{limit}字节。请精简内容后重新提交。",
        "The body is larger than {limit} bytes. Shorten it and send it again.",
    ),
    "field.malformed": (
        "“{field}”的格式无法识别。请按接口说明的格式填写。",
        "“{field}” can’t be read. Give it in the form the API description shows.",
    ),
    "field.unknown": (
        "此接口没有名为“{name}”的字段。请核对拼写，或者查阅接口说明。",
        "There is no field “{name}” here. Check the spelling or see the API description.",
    ),
    "method.not_allowed": (
        "此地址不接受{method}请求。请改用{allowed}。",
        "This address does not take {method}. Use {allowed}.",
    ),
    # tokens of other systems
    "token.unknown": (
        "接口令牌无效。请核对请求头“Authorization”中的令牌，或者请系统管理员重新签发。",
        "The token is not valid. Check the Authorization header, or ask the system administrator for a new token.",
    ),
    "token.expired": (
        "接口令牌已于{on}到期。请系统管理员签发新的令牌。",
        "The token expired on {on}. Ask the system administrator for a new one.",
    ),
    "token.revoked": (
        "接口令牌已被撤销。如仍需使用，请系统管理员签发新的令牌。",
        "The token was revoked. If you still need one, ask the system administrator for a new one.",
    ),
    "token.account_off": (
        "令牌所属的账号已停用。请联系系统管理员。",
        "The account behind the token is switched off. Speak with the system administrator.",
    ),
    "token.no_such_account": (
        "没有名为“{username}”的账号。请核对用户名。",
        "There is no account “{username}”. Check the name.",
    ),
    "token.name_missing": (
        "令牌名称应为1至{limit}字。请写明供哪个系统使用。",
        "A token's name has 1 to {limit} characters. Say which system it is for.",
    ),
    "token.name_taken": (
        "该账号已有名为“{name}”的有效令牌。请换一个名称，或者先撤销原令牌。",
        "This account has a token “{name}” already. Choose another name, or revoke the old one first.",
    ),
    "token.days_out_of_range": (
        "有效期应为1至{limit}天。请重新填写。",
        "A token is valid for 1 to {limit} days. Choose a number within.",
    ),
    "token.no_such_token": (
        "没有编号为{id}的令牌。请先列出令牌，核对编号。",
        "There is no token {id}. List the tokens and check the number.",
    ),
    "token.already_revoked": (
        "编号为{id}的令牌此前已经撤销，无需再次撤销。",
        "Token {id} was revoked before; there is nothing to do.",
    ),
}
