"""Addresses of the rule profiles: /profiles/."""

from django.urls import path

from hotline.desks.profiles import acting, pages

urlpatterns = [
    path("", pages.profile_list, name="profiles"),
    path("record/", pages.record, name="profiles-record"),
    path("drafts/<int:draft_id>/", pages.one_draft, name="profile-draft"),
    path("drafts/<int:draft_id>/change/", acting.change, name="profile-draft-change"),
    path("drafts/<int:draft_id>/withdraw/", acting.withdraw, name="profile-draft-withdraw"),
    path("drafts/<int:draft_id>/rehearse/", acting.rehearse, name="profile-draft-rehearse"),
    path("drafts/<int:draft_id>/publish/", acting.publish, name="profile-draft-publish"),
    path("<slug:key>/<int:version>/", pages.one_version, name="profile"),
    path("<slug:key>/<int:version>/draft/", acting.new, name="profile-new-draft"),
]
