"""Pages of the review stage: `/review/<number>/` to decide, `/review/next/`, and `/review/<act>/<number>/`."""

from django.urls import path

from hotline.rules.acts import PassReview, SendBack
from hotline.stages.review import pages
from hotline.stages.review.stage_acts import ACTS
from hotline.tickets.acting.pages import act_urls

urlpatterns = [
    path("next/", pages.following, name="review-next"),
    path("<str:number>/", pages.review, name="review"),
    path("<str:number>/leave/", pages.leave, name="review-leave"),
    *act_urls(ACTS, pass_review=pages.leading_here(PassReview), send_back=pages.leading_here(SendBack)),
]
