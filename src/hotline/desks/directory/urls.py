"""Addresses of the dispatch directory: /directory/."""

from django.urls import path

from hotline.desks.directory import acting, pages, papers, reports

urlpatterns = [
    path("", pages.rule_list, name="directory"),
    path("file.csv", papers.download, name="directory-file"),
    path("paper/", papers.paper, name="directory-paper"),
    path("reports/", reports.reports, name="directory-reports"),
    path("record/", pages.record, name="directory-record"),
    path("new/", acting.new, name="directory-new"),
    path("upload/", acting.upload, name="directory-upload"),
    path("rules/<str:number>/", pages.one_rule, name="directory-rule"),
    path("rules/<str:number>/change/", acting.change_rule, name="directory-change"),
    path("rules/<str:number>/end/", acting.end_rule, name="directory-end"),
    path("drafts/<int:draft_id>/", pages.one_draft, name="directory-draft"),
    path("drafts/<int:draft_id>/paper/", papers.draft_paper, name="directory-draft-paper"),
    path("drafts/<int:draft_id>/change/", acting.change_draft, name="directory-draft-change"),
    path("drafts/<int:draft_id>/withdraw/", acting.withdraw, name="directory-draft-withdraw"),
    path("drafts/<int:draft_id>/rehearse/", acting.rehearse, name="directory-draft-rehearse"),
    path("drafts/<int:draft_id>/publish/", acting.publish, name="directory-draft-publish"),
]
