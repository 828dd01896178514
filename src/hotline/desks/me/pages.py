"""`/me/`: who I am here, how I like to work, what rings, where I am signed in. What is chosen holds at once."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render as render_page
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from hotline.desks.me.choices import WHO_REGISTERS, PreferencesForm
from hotline.desks.me.lines import own_lines
from hotline.desks.places import desks_of
from hotline.plumbing.clock import now, today
from hotline.registry.people.own import end_sessions_but, own_file
from hotline.registry.people.preferences import preferences_of, save_preferences
from hotline.tickets.acting.names import names_of
from hotline.tickets.acting.pages import signed_in
from hotline.tickets.acting.person import actor_of, lang_of


@never_cache
@signed_in
@require_http_methods(["GET", "POST"])
def me(request: HttpRequest) -> HttpResponse:
    """The whole page; posting keeps what was chosen."""
    kept = preferences_of(request.user)
    form = _form(request, kept.__dict__)
    if request.method == "POST" and form.is_valid():
        chosen = form.chosen()
        save_preferences(person=int(actor_of(request).id), chosen=chosen)
        with translation.override(chosen.language or translation.get_language()):
            messages.success(request, _("已保存。"))
        answer = HttpResponseRedirect(reverse("me"))
        speak(answer, chosen.language)
        return answer
    return _shown(request, form)


def speak(answer: HttpResponse, language: str) -> None:
    """From the next page on in this language; nothing changes where none was chosen."""
    if language in dict(settings.LANGUAGES):
        answer.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            path=settings.LANGUAGE_COOKIE_PATH,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
            samesite=settings.LANGUAGE_COOKIE_SAMESITE,
        )


@signed_in
@require_POST
def sign_out_elsewhere(request: HttpRequest) -> HttpResponse:
    """Ends this person's sessions in other browsers: in one, or in all."""
    ended = end_sessions_but(
        int(actor_of(request).id),
        session_key=request.session.session_key or "",
        now=now(),
        only=request.POST.get("only", "")[:16],
    )
    said = _("已在其他 %(number)s 处退出登录。") % {"number": ended} if ended else _("没有其他需要退出的登录。")
    messages.success(request, said)
    return HttpResponseRedirect(reverse("me") + "#sign-ins")


def _form(request: HttpRequest, kept: dict[str, object]) -> PreferencesForm:
    actor = actor_of(request)
    given = request.POST if request.method == "POST" else None
    return PreferencesForm(
        given,
        initial=kept,
        desks=desks_of(actor),
        registers=bool(actor.roles & WHO_REGISTERS),
        lang=lang_of(request),
    )


def _shown(request: HttpRequest, form: PreferencesForm) -> HttpResponse:
    file = own_file(int(actor_of(request).id), session_key=request.session.session_key or "", day=today(), now=now())
    own = own_lines(file, known=names_of(request), lang=lang_of(request), now=now())
    status = 422 if form.errors else 200
    return render_page(request, "desks/me/page.html", {"form": form, "own": own, "person": request.user}, status=status)
