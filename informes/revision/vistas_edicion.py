"""La señal de que alguien tiene abierto un apartado."""

from django.db import IntegrityError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.generic import View

from vinculacion.nucleo.paginas import ConPermiso

from ..models import Apartado
from . import edicion


class Edicion(ConPermiso, View):
    permiso = "informes.change_apartado"
    http_method_names = ["post"]

    def apartado(self, pk: int) -> Apartado:
        return get_object_or_404(Apartado, pk=pk)


class Anunciar(Edicion):
    """Cada veinte segundos desde el editor; contesta quién más está y si alguien ya guardó."""

    def post(self, request, pk):
        apartado = self.apartado(pk)
        try:
            otros = edicion.anunciar(apartado=apartado, por=request.user)
        except IntegrityError as error:  # lo quitaron entre leerlo y anotarlo
            raise Http404("El apartado ya no existe.") from error
        contexto = {
            "otros": otros,
            "cambio": edicion.cambio_ajeno(apartado, request.POST.get("version", ""), request.user),
        }
        return render(request, "informes/revision/_quien.html", contexto)


class Soltar(Edicion):
    def post(self, request, pk):
        edicion.soltar(apartado=self.apartado(pk), por=request.user)
        return HttpResponse(status=204)
