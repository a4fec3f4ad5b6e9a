// La sala: cada toque se envía solo. Lo que falle se dice y lo que está a medias no se pierde al refrescar.
"use strict";

(() => {
  htmx.config.attributesToSettle = []; // los estilos en línea están cerrados
  const aviso = document.getElementById("sala-aviso");
  const di = (texto) => { aviso.textContent = texto; aviso.hidden = !texto; };

  document.body.addEventListener("htmx:beforeSwap", (evento) => {
    const { detail } = evento;
    if ([409, 422].includes(detail.xhr.status)) {
      // La página viene con la razón junto a lo que se envió.
      detail.shouldSwap = true;
      detail.isError = false;
    }
    // Sin la parte que se pidió (la entrada, por ejemplo) no se borra la que hay.
    if (detail.target.id && !detail.xhr.responseText.includes(`id="${detail.target.id}"`)) {
      detail.shouldSwap = false;
      di("No se guardó: su sesión se cerró o ya no tiene permiso. Recargue la página.");
    } else if (detail.shouldSwap) di("");
  });
  document.body.addEventListener("htmx:sendError", () => di("No hay conexión: lo último no se guardó. Márquelo otra vez cuando vuelva."));
  document.body.addEventListener("htmx:responseError", (e) => di(`No se guardó (error ${e.detail.xhr.status}). Vuelva a intentarlo o recargue la página.`));

  // Al refrescar otra parte, lo marcado o escrito ahí sin enviar pasa a la nueva.
  document.body.addEventListener("htmx:oobBeforeSwap", (evento) => {
    const { target, fragment } = evento.detail;
    if ([...target.querySelectorAll("textarea[data-nota]")].some((a) => a.value !== a.defaultValue)) {
      evento.detail.shouldSwap = false;
      return;
    }
    target.querySelectorAll("input, textarea, details").forEach((viejo) => {
      const nuevo = viejo.id && fragment.querySelector(`#${CSS.escape(viejo.id)}`);
      if (!nuevo) return;
      if (viejo.matches("details")) nuevo.open = viejo.open;
      else if (viejo.matches("[type=radio], [type=checkbox]")) { if (viejo.checked !== viejo.defaultChecked) nuevo.checked = viejo.checked; }
      else if (viejo.value !== viejo.defaultValue) nuevo.value = viejo.value;
    });
  });

  // Quien marca «Justificó» o «Suplente» va a escribir enseguida por qué o quién.
  document.body.addEventListener("htmx:afterSwap", (evento) => {
    if (!evento.detail.target.matches?.("form.fila") || !evento.detail.requestConfig.triggeringEvent?.target?.matches("[type=radio]")) return;
    const nota = evento.detail.target.querySelector("[name=nota]");
    if (nota && !nota.value) nota.focus();
  });

  // Si la nota chocó con la de otra persona, nada se guarda solo: lo decide el botón.
  document.body.addEventListener("htmx:confirm", (evento) => {
    const { elt, triggeringEvent } = evento.detail;
    if (elt.matches("form.nota") && triggeringEvent?.type !== "submit" && elt.querySelector("[name=encima]")) evento.preventDefault();
  });

  // Lo enviado de una nota es desde ahora lo guardado; lo tecleado mientras tanto sigue pendiente.
  document.body.addEventListener("htmx:afterRequest", (evento) => {
    const { detail } = evento;
    const area = detail.elt.querySelector?.("textarea[data-nota]");
    if (area && detail.requestConfig.verb === "post" && detail.elt.matches("form.nota") && detail.xhr.status === 200) {
      const enviado = detail.requestConfig.formData.get("intervenciones");
      if (enviado !== null && !aviso.textContent) area.defaultValue = enviado;
    }
  });
  window.addEventListener("beforeunload", (evento) => {
    if ([...document.querySelectorAll("textarea[data-nota]")].some((a) => a.value !== a.defaultValue)) evento.preventDefault();
  });
})();
