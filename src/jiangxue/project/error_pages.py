"""Error pages in plain words, each with a way on."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the request could not be understood."""
    return render(request, "ui/errors/400.html", status=400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: this page is not for the role that looks."""
    return render(request, "ui/errors/403.html", status=403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: there is no such page, or it is not the viewer's to see."""
    return render(request, "ui/errors/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault; the page needs neither context nor database."""
    return render(request, "ui/errors/500.html", status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form is too old or came from elsewhere."""
    return render(request, "ui/errors/403_csrf.html", status=403)


def too_large() -> bytes:
    """413: more was sent than is read; the page is made before any request is known."""
    return render_to_string("ui/errors/413.html").encode()


def conflict(request: HttpRequest) -> HttpResponse:
    """409: somebody else changed the same thing in the meantime."""
    return render(request, "ui/errors/409.html", status=409)
