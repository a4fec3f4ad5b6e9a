// Árbol de apartados: las flechas y el asa lo mueven sin recargar. Sin JavaScript los mismos formularios recargan.
"use strict";

(() => {
  const marco = document.querySelector("[data-arbol-marco]");
  const aviso = document.querySelector("[data-arbol-aviso]");
  if (!marco || !marco.querySelector("[data-arbol]")) return;

  const muestraAsas = () => marco.querySelectorAll("[data-asa]").forEach((asa) => { asa.hidden = false; });
  muestraAsas();

  let ocupado = false;
  async function mueve(formulario, datos, foco) {
    if (ocupado) return;
    ocupado = true;
    const clave = formulario.closest("[data-apartado]").dataset.apartado;
    try {
      const respuesta = await fetch(formulario.action, { method: "POST", body: datos, headers: { "X-Requested-With": "fetch" } });
      const pagina = new DOMParser().parseFromString(await respuesta.text(), "text/html");
      const nuevo = pagina.querySelector("[data-arbol-marco]");
      if (!respuesta.ok || !nuevo) throw new Error(respuesta.status);
      marco.replaceChildren(...nuevo.childNodes);
      muestraAsas();
      const renglon = marco.querySelector(`[data-apartado="${clave}"]`);
      const queja = pagina.querySelector(".aviso-danger");
      const lugar = [...marco.querySelectorAll("[data-apartado]")].indexOf(renglon) + 1;
      aviso.textContent = queja ? queja.textContent.trim() : `Quedó en el lugar ${lugar}, nivel ${renglon.dataset.nivel}.`;
      (foco && renglon.querySelector(`[name="hacia"][value="${foco}"]`) || renglon.querySelector("summary")).focus();
    } catch {
      // Sin conexión o con la sesión vencida: que el navegador lo mande como siempre y enseñe qué pasó.
      if (foco) formulario.querySelector(`[name="hacia"][value="${foco}"]`).form.submit();
      else window.location.reload();
    } finally {
      ocupado = false;
    }
  }

  marco.addEventListener("submit", (evento) => {
    const formulario = evento.target.closest("[data-mover]");
    if (!formulario || !evento.submitter) return;
    evento.preventDefault();
    evento.stopPropagation();
    const datos = new FormData(formulario);
    datos.set("hacia", evento.submitter.value);
    mueve(formulario, datos, evento.submitter.value);
  });

  let llevado = null;
  const limpia = () => marco.querySelectorAll("[data-destino]").forEach((r) => { delete r.dataset.destino; });
  // Arriba del renglón, antes; abajo, después; en medio, dentro.
  function destino(renglon, y) {
    const caja = renglon.getBoundingClientRect();
    const parte = (y - caja.top) / caja.height;
    if (parte < 0.3) return "antes";
    return parte > 0.7 ? "despues" : "dentro";
  }

  marco.addEventListener("dragstart", (evento) => {
    const asa = evento.target.closest?.("[data-asa]");
    if (!asa) return;
    llevado = asa.closest("[data-apartado]");
    evento.dataTransfer.effectAllowed = "move";
    evento.dataTransfer.setData("text/plain", llevado.dataset.apartado);
    evento.dataTransfer.setDragImage(llevado, 10, 10);
    llevado.classList.add("arrastrado");
  });
  marco.addEventListener("dragover", (evento) => {
    const renglon = evento.target.closest?.("[data-apartado]");
    if (!llevado || !renglon || renglon === llevado) return;
    evento.preventDefault();
    limpia();
    renglon.dataset.destino = destino(renglon, evento.clientY);
  });
  marco.addEventListener("drop", (evento) => {
    const renglon = evento.target.closest?.("[data-apartado]");
    if (!llevado || !renglon || renglon === llevado) return;
    evento.preventDefault();
    const formulario = llevado.querySelector("[data-mover]");
    const datos = new FormData(formulario);
    datos.set("donde", destino(renglon, evento.clientY));
    datos.set("junto_a", renglon.dataset.apartado);
    mueve(formulario, datos, "");
  });
  marco.addEventListener("dragend", () => {
    limpia();
    llevado?.classList.remove("arrastrado");
    llevado = null;
  });

  document.addEventListener("click", (evento) => {
    marco.querySelectorAll(".arbol-mas[open]").forEach((menu) => { if (!menu.contains(evento.target)) menu.open = false; });
  });
  marco.addEventListener("keydown", (evento) => {
    const menu = evento.target.closest(".arbol-mas[open]");
    if (evento.key !== "Escape" || !menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
})();
