"""Accounts of staff and the roles they hold; a role may be given for one unit and for a time.

The three administrators (三员分立) are roles like the others; who gave a role is always on record.
"""

from collections.abc import Iterator
from datetime import date

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac

from hotline.registry.dated import Bilingual, Dated, DatedQuerySet
from hotline.registry.people.absence_models import Absence
from hotline.registry.people.log_models import AdminEntry, SignInEntry
from hotline.rules.vocabulary import Role

__all__ = ["Absence", "AdminEntry", "ApiToken", "RoleCard", "RoleGrant", "SignInEntry", "User"]


class User(AbstractUser):
    """One person's account. Chinese names are one field."""

    first_name = None  # type: ignore[assignment]  # full_name stands for both, as names are written here
    last_name = None  # type: ignore[assignment]  # see first_name
    full_name = models.CharField("姓名", max_length=50)
    staff_no = models.CharField("工号", max_length=20, blank=True, default="")
    unit = models.ForeignKey(
        "units.Unit", models.PROTECT, null=True, blank=True, related_name="people", verbose_name="所属单位"
    )
    phone = models.CharField("联系电话", max_length=20, blank=True, default="")
    awaiting = models.BooleanField("等待确认", default=False)
    wanted_role = models.CharField("拟授岗位", max_length=24, blank=True, default="")
    password_due = models.BooleanField("须修改密码", default=False)
    session_round = models.PositiveIntegerField("会话轮次", default=0)
    access_round = models.PositiveIntegerField("权限轮次", default=0)
    edit = models.PositiveIntegerField("资料版本", default=0)
    preferences = models.JSONField("使用习惯", default=dict, blank=True)

    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        verbose_name = verbose_name_plural = "人员"
        constraints = [
            models.UniqueConstraint(fields=["staff_no"], condition=~Q(staff_no=""), name="people_user_staff_no"),
            models.UniqueConstraint(Lower("username"), name="people_user_username_folded"),
            models.CheckConstraint(condition=~Q(awaiting=True, is_active=True), name="people_user_awaiting_is_off"),
        ]

    def __str__(self) -> str:
        """The person's name, or the account's where none was given."""
        return self.full_name or self.username

    def get_full_name(self) -> str:
        """The person's name."""
        return self.full_name

    def get_short_name(self) -> str:
        """The person's name: there is no shorter form in use."""
        return self.full_name

    @property
    def state(self) -> str:
        """`active`, `awaiting` the security administrator's word, or `off`."""
        if self.is_active:
            return "active"
        return "awaiting" if self.awaiting else "off"

    @property
    def access_stamp(self) -> str:
        """Goes into passes to the live stream: whatever changes what the person may do makes old passes worthless."""
        return str(self.access_round)

    def get_session_auth_hash(self) -> str:
        """What a session is bound to: a new password or a new round of sessions ends all there are."""
        return self._session_hash()

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """The same under earlier secret keys, as Django asks for it."""
        return (self._session_hash(secret) for secret in settings.SECRET_KEY_FALLBACKS)

    def _session_hash(self, secret: str | bytes | None = None) -> str:
        value = f"{self.password}:{self.session_round}"
        return salted_hmac("hotline.registry.people.session", value, secret=secret, algorithm="sha256").hexdigest()

    def roles_on(self, day: date) -> frozenset[Role]:
        """All roles the person holds on that day, for whichever unit; none while the account is off."""
        if not self.is_active:
            return frozenset()
        return frozenset(Role(role) for role in self.grants.on(day).values_list("role", flat=True))


class RoleGrant(Dated):
    """One role held by one person, for their own unit or for a named one."""

    user = models.ForeignKey(User, models.PROTECT, related_name="grants", verbose_name="人员")
    role = models.CharField("岗位", max_length=24)
    unit = models.ForeignKey(
        "units.Unit", models.PROTECT, null=True, blank=True, related_name="grants", verbose_name="限于单位"
    )
    granted_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="grants_given", verbose_name="授权人"
    )
    absence = models.ForeignKey(
        Absence, models.PROTECT, null=True, blank=True, related_name="grants", verbose_name="请假代签"
    )

    objects = DatedQuerySet["RoleGrant"].as_manager()

    class Meta(Dated.Meta):
        verbose_name = verbose_name_plural = "岗位授权"
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["user", "role", "unit"],
                condition=Q(valid_to__isnull=True),
                nulls_distinct=False,
                name="people_rolegrant_one_open",
            ),
        ]

    def __str__(self) -> str:
        """The person and the role."""
        return f"{self.user_id} {self.role}"


class RoleCard(Bilingual):
    """What the city calls a role and what it is for; the roles themselves are fixed by the rules."""

    code = models.CharField("代码", max_length=24, primary_key=True)
    description = models.CharField("说明", max_length=200, blank=True, default="")
    description_en = models.CharField("英文说明", max_length=200, blank=True, default="")

    class Meta:
        verbose_name = verbose_name_plural = "岗位"


class ApiToken(models.Model):
    """接口令牌: another system acts as one account. Only a keyed digest is kept, so nobody can read a token back."""

    name = models.CharField("名称", max_length=60, help_text="which system it is for")
    user = models.ForeignKey(User, models.PROTECT, related_name="api_tokens", verbose_name="人员")
    digest = models.CharField(max_length=64, unique=True, editable=False)
    created_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="api_tokens_issued", verbose_name="签发人"
    )
    created_at = models.DateTimeField("签发时间")
    expires_on = models.DateField("到期日", help_text="the first day on which it no longer opens anything")
    revoked_at = models.DateTimeField("撤销时间", null=True, blank=True)
    last_used_on = models.DateField("最近使用", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "接口令牌"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "name"], condition=Q(revoked_at__isnull=True), name="people_apitoken_name_in_use"
            )
        ]

    def __str__(self) -> str:
        """The system it is for; never anything that opens a door."""
        return f"{self.user_id} {self.name}"

    def state_on(self, day: date) -> str:
        """`revoked`, `expired` or `valid`."""
        if self.revoked_at is not None:
            return "revoked"
        return "expired" if self.expires_on <= day else "valid"
