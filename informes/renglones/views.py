"""Las páginas del balance y de las actividades pendientes de un informe."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.generic import View

from informes import narrativa, reglas
from informes.documentos import migas_de
from informes.estados import ClaseDeRenglon
from informes.models import Informe
from vinculacion.nucleo.memoria import memoria
from vinculacion.nucleo.paginas import ConPermiso, envios
from vinculacion.nucleo.palabras import capitaliza, concuerda, enumera
from vinculacion.nucleo.secciones import CIFRAS

from . import acciones, consultas, envio

PAGINAS = {
    "balance": (
        ClaseDeRenglon.BALANCE,
        "Balance",
        "Las cifras de todo el periodo, una por renglón. El sistema las propone; usted escoge, ordena y redacta.",
    ),
    "pendientes": (
        ClaseDeRenglon.PENDIENTE,
        "Actividades pendientes",
        "Lo que al terminar el periodo quedaba por hacer. El sistema lo propone; usted escoge, ordena y redacta.",
    ),
}


class Base(ConPermiso, View):
    pagina = ""

    def dispatch(self, request, *args, pk: int, **kwargs):
        if not request.user.has_perm(self.permiso or ""):
            return super().dispatch(request, *args, pk=pk, **kwargs)  # ahí se niega
        self.informe = get_object_or_404(Informe.objects.select_related("comision"), pk=pk)
        self.clase, self.titulo, self.entrada = PAGINAS[self.pagina]
        return super().dispatch(request, *args, pk=pk, **kwargs)

    @property
    def direccion(self) -> str:
        return reverse(f"informes:informe_{self.pagina}", args=[self.informe.pk])

    def exigir_editable(self) -> None:
        if razones := reglas.impedimentos_para_editar(self.informe):
            raise PermissionDenied(" ".join(razones))

    @memoria()  # cada renglón y lo que falta por proponer preguntan en parte lo mismo
    def pinta(self, envio_: envio.Envio, status: int = 200):
        usuario = self.request.user
        lista = [f.renglon for f in envio_.formularios if f.renglon]
        estados = consultas.estados(self.informe, self.clase, lista)
        edita = usuario.has_perm("informes.change_renglon") and not reglas.impedimentos_para_editar(self.informe)
        contexto = {
            "titulo": self.titulo,
            "entrada": self.entrada,
            "informe": self.informe,
            "objeto": self.informe,
            "pagina": self.pagina,
            "migas": [("Inicio", reverse("inicio")), *migas_de(self.informe), (self.titulo, "")],
            "renglones": list(zip(estados, envio_.formularios, strict=True)),
            "rubros": list(dict.fromkeys(e.renglon.rubro for e in estados if e.renglon.rubro)),
            "nuevos": envio_.nuevos,
            "molde": envio.RenglonForm(prefix="n__n__"),
            "con_errores": [f for f in (*envio_.formularios, *envio_.nuevos) if f.is_bound and f.errors],
            "choca": envio_.choca,
            "edita": edita,
            "sin_registro": sum(1 for e in estados if e.ya_no),
            "por_proponer": consultas.por_proponer(self.informe, self.clase, lista) if edita else 0,
            "vocabulario": narrativa.vocabulario(CIFRAS) if edita else None,
            "envio": envios.nuevo(),
            "guardar": reverse(f"informes:informe_{self.pagina}_guardar", args=[self.informe.pk]),
            "proponer": reverse(f"informes:informe_{self.pagina}_proponer", args=[self.informe.pk]),
        }
        return render(self.request, "informes/renglones.html", contexto, status=status)


class Ver(Base):
    permiso = "informes.view_informe"

    def get(self, request, pk):
        return self.pinta(envio.abrir(self.informe, self.clase))


class Guardar(Base):
    permiso = "informes.change_renglon"

    def get(self, request, pk):
        """Quien recarga tras un error vuelve a la página."""
        return HttpResponseRedirect(self.direccion)

    def post(self, request, pk):
        self.exigir_editable()
        with transaction.atomic():
            envios.hacer_fila(request)
            if previo := envios.destino_previo(request):
                return HttpResponseRedirect(previo)
            # Con candado: entre comparar las versiones y escribir no guarda nadie más.
            Informe.objects.select_for_update(of=("self",)).get(pk=self.informe.pk)
            leido = envio.leer(self.informe, self.clase, request.POST)
            if leido.vale and self.guarda(leido):
                envios.anotar(request, self.direccion)
                messages.success(request, "Se guardó.", extra_tags="guardado")
                return HttpResponseRedirect(self.direccion)
        return self.pinta(leido, 409 if leido.choca else 422)

    def guarda(self, leido: envio.Envio) -> bool:
        try:
            acciones.guardar(
                informe=self.informe,
                clase=self.clase,
                cambiados=leido.cambiados,
                nuevos=leido.por_agregar,
                quitados=leido.quitados,
                orden=leido.orden,
                por=self.request.user,
            )
        except ValidationError as error:
            messages.error(self.request, " ".join(error.messages))
            return False
        return True


class Proponer(Base):
    permiso = "informes.add_renglon"
    http_method_names = ["post"]

    def post(self, request, pk):
        self.exigir_editable()
        hecho = acciones.proponer(informe=self.informe, clase=self.clase, por=request.user)
        partes = [
            f"{verbo} {concuerda(cuantos, 'renglón', 'renglones')} {resto}".strip()
            for cuantos, verbo, resto in (
                (hecho.nuevos, "se agregó" if hecho.nuevos == 1 else "se agregaron", ""),
                (hecho.actualizados, "se puso" if hecho.actualizados == 1 else "se pusieron", "al día"),
                (hecho.sin_registro, "ya no sale" if hecho.sin_registro == 1 else "ya no salen", "de los registros"),
            )
            if cuantos
        ]
        if partes:
            messages.success(request, f"{capitaliza(enumera(partes))}.")
        else:
            messages.info(request, "No hay nada nuevo que proponer.")
        return HttpResponseRedirect(self.direccion)
