"""Páginas de error en español; nunca enseñan trazas."""

from django.core.exceptions import RequestDataTooBig
from django.shortcuts import render


def solicitud_incorrecta(request, exception=None):
    if isinstance(exception, RequestDataTooBig):
        return render(request, "413.html", status=413)
    return render(request, "400.html", status=400)


def sin_permiso(request, exception=None):
    return render(request, "403.html", {"razon": str(exception) if exception else ""}, status=403)


def no_encontrada(request, exception=None):
    return render(request, "404.html", status=404)


def error_interno(request):
    return render(request, "500.html", status=500)
