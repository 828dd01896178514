"""What the acts of administration are called. The three administrators and those who audit them read these words."""

from collections.abc import Mapping
from typing import Final

from hotline.rules.administration import AdminAct

ADMIN_ACTS: Final[Mapping[AdminAct, tuple[str, str]]] = {
    AdminAct.CREATE_ACCOUNT: ("新建账号", "Create an account"),
    AdminAct.CHANGE_ACCOUNT: ("修改账号资料", "Change an account"),
    AdminAct.SWITCH_OFF: ("停用账号", "Switch an account off"),
    AdminAct.SWITCH_ON: ("启用账号", "Switch an account on"),
    AdminAct.RESET_PASSWORD: ("重设密码", "Reset a password"),
    AdminAct.CONFIRM_ACCOUNT: ("确认账号", "Confirm an account"),
    AdminAct.GRANT_ROLE: ("授予岗位", "Grant a role"),
    AdminAct.WITHDRAW_ROLE: ("收回岗位", "Withdraw a role"),
    AdminAct.UNLOCK: ("解除锁定", "Unlock an account"),
    AdminAct.RESET_SECOND_FACTOR: ("重置双因素认证", "Reset the second factor"),
    AdminAct.END_SESSIONS: ("强制下线", "End all sessions"),
    AdminAct.ISSUE_TOKEN: ("签发接口令牌", "Issue an API token"),
    AdminAct.REVOKE_TOKEN: ("撤销接口令牌", "Revoke an API token"),
    AdminAct.EXPORT_LOG: ("导出审计记录", "Export the audit record"),
    AdminAct.NAME_STAND_IN: ("指定请假代签人", "Name a stand-in"),
    AdminAct.END_STAND_IN: ("收回请假代签", "End a stand-in"),
    AdminAct.STAFF_TASK_FORCE: ("派入专班", "Put on a task force"),
    AdminAct.CHANGE_OWN_PASSWORD: ("本人修改密码", "Change one’s own password"),
}
