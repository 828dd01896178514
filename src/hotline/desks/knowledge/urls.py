"""Addresses of the knowledge base, all below /knowledge/."""

from django.urls import path

from hotline.desks.knowledge import acting, pages

urlpatterns = [
    path("", pages.item_list, name="knowledge"),
    path("suggest/", pages.suggest, name="knowledge-suggest"),
    path("new/", acting.new, name="knowledge-new"),
    path("ask/", acting.ask, name="knowledge-ask"),
    path("corrections/<int:number>/", acting.settle, name="knowledge-settle"),
    path("<slug:code>/", pages.item, name="knowledge-item"),
    path("<slug:code>/edit/", acting.edit, name="knowledge-edit"),
    path("<slug:code>/correct/", acting.correct, name="knowledge-correct"),
    *(path(f"<slug:code>/{name}/", acting.step, {"name": name}, name=f"knowledge-{name}") for name in acting.STEPS),
    *(
        path(f"<slug:code>/{name}/", acting.reasoned, {"name": name}, name=f"knowledge-{name}")
        for name in acting.REASONED
    ),
]
