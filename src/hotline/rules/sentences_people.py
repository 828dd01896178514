"""Sentences about accounts and roles: why an administrator can't do something now, and who can or what to mend."""

from collections.abc import Mapping
from typing import Final

SENTENCES: Final[Mapping[str, tuple[str, str]]] = {
    # who may
    "people.act_denied": (
        "您的岗位不办理“{what}”。账号由系统管理员管理，岗位和安全由安全管理员管理，请联系相应的管理员。",
        "Your role doesn’t do this: {what}. Accounts belong to the system administrator, "
        "roles and security to the security administrator. Ask the one concerned.",
    ),
    "people.own_account": (
        "不能对自己的账号办理“{what}”。请由另一位有此职责的管理员办理。",
        "Nobody does this to their own account: {what}. Ask another administrator of the same kind.",
    ),
    "people.reading_denied": (
        "人员和审计记录只对相应的管理员开放。如工作需要，请联系安全管理员。",
        "People and audit records are open to the administrators concerned. If your work needs them, "
        "speak with the security administrator.",
    ),
    "people.not_found": (
        "没有这个账号，或者您无权查看。请返回人员列表重新查找。",
        "There is no such account, or it isn’t open to you. Go back to the list and look again.",
    ),
    "people.changed_meanwhile": (
        "这个账号刚被别人改过。请刷新页面，核对后再办理。",
        "Somebody has just changed this account. Reload the page, check it and try again.",
    ),
    # the account's own data
    "people.username_malformed": (
        "账号应为2至40位字母、数字或“.”“_”“-”，以字母或数字开头。请重新填写。",
        "An account name has 2 to 40 letters, digits, dots, underscores or dashes and begins with a letter or digit. "
        "Choose another.",
    ),
    "people.username_taken": (
        "已有账号“{username}”（不区分大小写）。请换一个账号名。",
        "There is an account “{username}” already, capitals aside. Choose another name.",
    ),
    "people.name_missing": (
        "请填写姓名，不超过{limit}字，不能含有控制字符。",
        "Give the person’s name, at most {limit} characters, without control characters.",
    ),
    "people.staff_no_malformed": (
        "工号应为不超过20位的字母、数字或“-”。请重新填写，没有工号的请留空。",
        "A staff number has up to 20 letters, digits or dashes. Give it again, or leave it blank.",
    ),
    "people.staff_no_taken": (
        "工号“{staff_no}”已由别的账号使用。请核对后重新填写。",
        "The staff number {staff_no} belongs to another account. Check it and give it again.",
    ),
    "people.phone_malformed": (
        "联系电话应为5至20位数字，可含“+”“-”和空格。请重新填写，也可以留空。",
        "A telephone number has 5 to 20 digits, with +, dashes or blanks. Give it again, or leave it blank.",
    ),
    "people.unit_unknown": (
        "单位“{unit}”不存在或已停用。请从列表中重新选择。",
        "Unit {unit} doesn’t exist or is no longer active. Choose another from the list.",
    ),
    "people.unit_missing": (
        "请选择所属单位。",
        "Choose the unit the person belongs to.",
    ),
    "people.nothing_changed": (
        "内容没有变化，无需保存。如要修改，请改动后再提交。",
        "Nothing was changed, so nothing was saved. Change something first.",
    ),
    "people.reason_missing": (
        "请填写原因，不超过{limit}字。",
        "Say why, in at most {limit} characters.",
    ),
    # states
    "people.already_off": (
        "账号已经停用，无需再次停用。",
        "The account is off already; there is nothing to do.",
    ),
    "people.already_on": (
        "账号正在使用或者正在等待确认，无需启用。",
        "The account is on or waits to be confirmed; there is nothing to do.",
    ),
    "people.is_off": (
        "账号已停用，不能办理“{what}”。请先由系统管理员启用。",
        "The account is off, so this is not possible: {what}. The system administrator must switch it on first.",
    ),
    "people.not_awaiting": (
        "账号不在等待确认，无需确认。",
        "The account doesn’t wait to be confirmed; there is nothing to do.",
    ),
    "people.second_person": (
        "账号的新建或启用是您办理的，不能由您自己确认。请由另一位安全管理员确认。",
        "You made this account or switched it on, so another security administrator must confirm it.",
    ),
    "people.not_locked": (
        "账号没有被锁定，无需解除。",
        "The account isn’t locked; there is nothing to do.",
    ),
    "people.no_second_factor": (
        "账号没有启用双因素认证，无需重置。",
        "The account has no second factor; there is nothing to do.",
    ),
    "people.last_security_admin": (
        "这是最后一位在用的安全管理员，办理后将无人能够授予岗位。请先授予另一人此岗位，"
        "或者由运维人员用命令行新建一位。",
        "This is the last active security administrator; nobody could grant roles any more. "
        "Grant the role to somebody else first, or have the operator make another on the command line.",
    ),
    # roles
    "role.missing": ("请选择要授予的岗位。", "Choose the role to grant."),
    "role.not_grantable": (
        "“{role}”不是可以授予的岗位。请选择其他岗位。",
        "{role} is not a role that can be granted. Choose another.",
    ),
    "role.without_unit": (
        "“{role}”不限于某个单位。请把“限于单位”留空。",
        "{role} isn’t held for a unit. Leave the unit blank.",
    ),
    "role.unit_missing": (
        "“{role}”要明确在哪个单位。请选择单位，或者先由系统管理员登记所属单位。",
        "{role} is held in a unit. Choose the unit, or have the system administrator record the person’s own first.",
    ),
    "role.separation": (
        "系统管理员、安全管理员、审计管理员由三个人分别担任，不兼任任何业务岗位，也不查看工单和诉求人信息。",
        "System, security and audit administrator are three people who hold no other role "
        "and read neither tickets nor requesters.",
    ),
    "role.admins_apart": (
        "“{role}”和“{other}”不能由同一人担任，三员必须分立。请授予另一人，或者先收回“{other}”。",
        "One person can’t be both {role} and {other}: the three administrators are separated. "
        "Grant it to somebody else, or withdraw {other} first.",
    ),
    "role.admin_and_business": (
        "“{role}”和“{other}”不能由同一人担任，管理员不参与业务办理。请授予另一人，或者先收回“{other}”。",
        "One person can’t be both {role} and {other}: administrators take no part in the work. "
        "Grant it to somebody else, or withdraw {other} first.",
    ),
    "role.onlooker_acts": (
        "“{role}”和“{other}”不能由同一人担任，只查看、不办理的岗位不能兼任办理岗位。请授予另一人，或者先收回“{other}”。",
        "One person can’t be both {role} and {other}: who only looks on doesn’t also act. "
        "Grant it to somebody else, or withdraw {other} first.",
    ),
    "role.judge_and_judged": (
        "“{role}”和“{other}”不能由同一人担任，评判承办单位的人不能是承办人员。请授予另一人，或者先收回“{other}”。",
        "One person can’t be both {role} and {other}: who judges the units’ work isn’t one of their people. "
        "Grant it to somebody else, or withdraw {other} first.",
    ),
    "role.already_held": (
        "此人在这段时间已有相同的岗位授权。请调整日期，或者先收回原来的授权。",
        "The person holds this role for some of that time already. Change the dates, or withdraw the earlier grant.",
    ),
    "role.dates_reversed": (
        "截止日期必须晚于起始日期。请改正其中一个。",
        "The end must come after the start. Mend one of the two dates.",
    ),
    "role.begins_past": (
        "起始日期不能早于今天。请改为今天或今后的日期。",
        "A role can’t begin before today. Choose today or a later day.",
    ),
    "role.not_held": (
        "这项岗位授权不存在或已经结束，无需收回。请刷新页面查看最新情况。",
        "This grant isn’t there or is over; there is nothing to withdraw. Reload the page.",
    ),
    "role.ends_past": (
        "收回日期不能早于今天，也不能晚于原定的截止日期。请重新选择。",
        "A role can’t be withdrawn before today or later than it ends anyway. Choose another day.",
    ),
    # a file of people
    "people_file.unreadable": (
        "文件无法读取。请另存为“CSV UTF-8”后重新选择。",
        "The file can’t be read. Save it as “CSV UTF-8” and choose it again.",
    ),
    "people_file.too_large": (
        "文件超过{limit}行。请分成几个文件导入。",
        "The file has more than {limit} lines. Split it and import the parts.",
    ),
    "people_file.empty": (
        "文件里没有人员。请在表头下面每行填写一人。",
        "There are no people in the file. Put one person on each line below the heading.",
    ),
    "people_file.column_missing": (
        "缺少“{column}”一列。请下载样表，按样表的表头填写。",
        "The column {column} is missing. Download the sample and use its headings.",
    ),
    "people_file.role_unknown": (
        "没有代码或名称为“{role}”的岗位。请按岗位表填写，也可以留空。",
        "There is no role {role}. Use a code or name of the list of roles, or leave it blank.",
    ),
    "people_file.line_broken": (
        "本行的列数与表头不同。请核对逗号和引号。",
        "This line has another number of columns than the heading. Check commas and quotation marks.",
    ),
    "people_file.twice": (
        "本行的账号或工号在第{line}行已经出现。请删去重复的一行。",
        "The account or staff number of this line stands on line {line} already. Remove one of the two.",
    ),
}
