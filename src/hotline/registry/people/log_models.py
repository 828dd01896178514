"""What the three administrators did, and who came in or failed to: rows that nobody changes or removes.

Auditors rely on it. The database refuses updates and removals (migration 0004), and a keyed chain shows a row that was
altered around it. Staff only: no requester, no ticket's content, no password ever stands here.
"""

from django.db import models


class AdminEntry(models.Model):
    """One act of administration: who did what to whom and when, with the state before and after as canonical JSON."""

    seq = models.PositiveBigIntegerField("序号", unique=True)
    at = models.DateTimeField("时间")
    act = models.CharField("事项", max_length=24)
    actor = models.CharField("办理人", max_length=32, help_text="an account's id, or `system` for the command line")
    role = models.CharField("岗位", max_length=24)
    person = models.ForeignKey(
        "people.User", models.PROTECT, null=True, related_name="administered", verbose_name="对象"
    )
    before = models.TextField("变更前", default="{}")
    after = models.TextField("变更后", default="{}")
    hash = models.BinaryField("链值", max_length=32)

    class Meta:
        verbose_name = verbose_name_plural = "人员管理记录"
        indexes = [models.Index(fields=["person", "-seq"]), models.Index(fields=["actor", "-seq"])]

    def __str__(self) -> str:
        """Its number and act."""
        return f"{self.seq} {self.act}"


class SignInEntry(models.Model):
    """One sign-in or refused attempt. A name that is no account's is not kept: it may be a password typed in haste."""

    class Outcome(models.TextChoices):
        """What came of it."""

        IN = "in", "登录成功"
        WRONG = "wrong", "密码错误"
        LOCKED = "locked", "已锁定"
        OFF = "off", "账号停用或待确认"
        OUT = "out", "退出登录"

    at = models.DateTimeField("时间", db_index=True)
    person = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="sign_ins", verbose_name="账号")
    outcome = models.CharField("结果", max_length=8, choices=Outcome)
    address = models.GenericIPAddressField("来源地址", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "登录记录"
        indexes = [models.Index(fields=["person", "-id"])]

    def __str__(self) -> str:
        """The account and what came of it."""
        return f"{self.person_id} {self.outcome}"
