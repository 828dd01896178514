"""知识库: an item is the sum of its versions; what was published once is kept word for word.

Agents answer citizens from it, so a citation must show years later what was said. The database itself refuses to
change or delete a published text (migration 0002).
"""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext, gettext_noop

from hotline.registry.dated import Dated, DatedQuerySet


class State(models.TextChoices):
    """Where one version stands between the first draft and its end."""

    DRAFT = "draft", gettext_noop("草稿")
    IN_REVIEW = "in_review", gettext_noop("待发布")
    PUBLISHED = "published", gettext_noop("已发布")
    REPLACED = "replaced", gettext_noop("已被新版替代")
    WITHDRAWN = "withdrawn", gettext_noop("已撤下")
    DROPPED = "dropped", gettext_noop("已作废")


IN_HAND = (State.DRAFT, State.IN_REVIEW)
"""States of a version that somebody still works on; an item has one such version at most."""


class KnowledgeItem(models.Model):
    """知识点: one question of citizens and the unit that answers for it. Its number never changes."""

    code = models.CharField("知识编号", max_length=16, primary_key=True)
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+", verbose_name="责任单位")
    created_at = models.DateTimeField("建立时间")

    class Meta:
        verbose_name = verbose_name_plural = "知识点"

    def __str__(self) -> str:
        """The number, as staff say it."""
        return self.code


class KnowledgeVersion(Dated):
    """One wording of an item. `number` is given at publication; `edit` counts changes while it is in hand.

    `hands` are all who wrote or submitted it: none of them may publish it. `plain` is the text as searches compare
    it, its first line the title.
    """

    item = models.ForeignKey(KnowledgeItem, models.PROTECT, related_name="versions", verbose_name="知识点")
    number = models.PositiveIntegerField("版本", null=True, blank=True)
    state = models.CharField("状态", max_length=12, choices=State, default=State.DRAFT)
    title = models.CharField("标题", max_length=80)
    question = models.TextField("群众问法", blank=True, default="")
    answer = models.TextField("答复口径", blank=True, default="")
    hint = models.TextField("内部提示", blank=True, default="")
    legal_basis = models.TextField("依据", blank=True, default="")
    category = models.ForeignKey(
        "categories.Category", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="事项分类"
    )
    public = models.BooleanField("可向社会公开", default=True)
    review_on = models.DateField("复核日期", null=True, blank=True)
    edit = models.PositiveIntegerField("修改次数", default=1)
    hands = ArrayField(models.CharField(max_length=40), verbose_name="经手人", default=list)
    updated_by = models.CharField("最后修改人", max_length=40)
    updated_at = models.DateTimeField("最后修改时间")
    published_by = models.CharField("发布人", max_length=40, blank=True, default="")
    published_at = models.DateTimeField("发布时间", null=True, blank=True)
    ended_by = models.CharField("退回、替代或撤下的人", max_length=40, blank=True, default="")
    ended_at = models.DateTimeField("退回、替代或撤下的时间", null=True, blank=True)
    remark = models.CharField("退回或撤下的原因", max_length=300, blank=True, default="")
    plain = models.TextField(editable=False, blank=True, default="")
    words = SearchVectorField(null=True, editable=False)

    objects = DatedQuerySet["KnowledgeVersion"].as_manager()

    class Meta(Dated.Meta):
        verbose_name = verbose_name_plural = "知识点版本"
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["item", "number"], name="knowledge_version_number"),
            models.UniqueConstraint(
                fields=["item"], condition=Q(state__in=IN_HAND), name="knowledge_version_one_in_hand"
            ),
            models.CheckConstraint(
                condition=Q(number__isnull=True, state__in=[*IN_HAND, State.DROPPED])
                | Q(number__isnull=False, state__in=[State.PUBLISHED, State.REPLACED, State.WITHDRAWN]),
                name="knowledge_version_numbered",
            ),
        ]
        indexes = [
            GinIndex(  # written rarely and searched all day: no list of entries waiting to be sorted in
                fields=["words"], name="knowledge_words", condition=Q(state=State.PUBLISHED), fastupdate=False
            ),
            models.Index(fields=["state", "valid_to"], name="knowledge_version_ends"),
        ]

    def __str__(self) -> str:
        """The item and the version's number."""
        return f"{self.item_id} {self.number or self.state}"

    @property
    def state_label(self) -> str:
        """The state in the reader's language."""
        return gettext(State(self.state).label)


class Citation(models.Model):
    """引用: which wording was told on which ticket. Written once, never changed."""

    item = models.ForeignKey(KnowledgeItem, models.PROTECT, related_name="citations", verbose_name="知识点")
    version = models.ForeignKey(KnowledgeVersion, models.PROTECT, related_name="citations", verbose_name="版本")
    ticket = models.CharField("工单编号", max_length=40)
    at = models.DateTimeField("引用时间")
    actor = models.CharField("引用人", max_length=40)

    class Meta:
        verbose_name = verbose_name_plural = "知识点引用"
        constraints = [models.UniqueConstraint(fields=["ticket", "version"], name="knowledge_citation_once")]
        indexes = [models.Index(fields=["item", "at"], name="knowledge_citation_use")]

    def __str__(self) -> str:
        """The ticket and the item."""
        return f"{self.ticket} {self.item_id}"


class Correction(models.Model):
    """纠错: something in an item is wrong; 补充 (no item): something agents are asked for is missing.

    Without a unit the hotline's office looks for who can say.
    """

    class Settled(models.TextChoices):
        """What came of it."""

        OPEN = "open", gettext_noop("待处理")
        ACCEPTED = "accepted", gettext_noop("已采纳")
        DECLINED = "declined", gettext_noop("未采纳")

    item = models.ForeignKey(
        KnowledgeItem, models.PROTECT, null=True, blank=True, related_name="corrections", verbose_name="知识点"
    )
    unit = models.ForeignKey(
        "units.Unit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="处理单位"
    )
    text = models.TextField("问题说明")
    asked_by = models.CharField("提出人", max_length=40)
    asked_at = models.DateTimeField("提出时间")
    due_at = models.DateTimeField("应答复时间")
    settled = models.CharField("处理结果", max_length=12, choices=Settled, default=Settled.OPEN)
    answer = models.TextField("处理说明", blank=True, default="")
    settled_by = models.CharField("处理人", max_length=40, blank=True, default="")
    settled_at = models.DateTimeField("处理时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "纠错与补充"
        indexes = [
            models.Index(fields=["due_at"], name="knowledge_correction_open", condition=Q(settled="open")),
        ]

    def __str__(self) -> str:
        """The item, or the unit that something is missing from."""
        return self.item_id or self.unit_id or ""

    @property
    def settled_label(self) -> str:
        """What came of it, in the reader's language."""
        return gettext(self.Settled(self.settled).label)
