// Orden del día: mover un punto sin recargar, con las flechas, con su lugar o arrastrándolo del asa.
// Sin JavaScript los mismos formularios recargan la página.
"use strict";

(() => {
  const marco = document.querySelector("[data-orden]");
  const aviso = document.querySelector("[data-orden-aviso]");
  if (!marco) return;

  const muestraAsas = () => marco.querySelectorAll("[data-asa]").forEach((asa) => { asa.hidden = false; });
  muestraAsas();

  let ocupado = false;
  async function mueve(formulario, datos, foco) {
    if (ocupado) return;
    ocupado = true;
    const clave = formulario.closest("[data-punto]").dataset.punto;
    try {
      const respuesta = await fetch(formulario.action, { method: "POST", body: datos, headers: { "X-Requested-With": "fetch" } });
      const pagina = new DOMParser().parseFromString(await respuesta.text(), "text/html");
      const nuevo = pagina.querySelector("[data-orden]");
      if (!respuesta.ok || !nuevo) throw new Error(respuesta.status);
      marco.replaceChildren(...nuevo.childNodes);
      muestraAsas();
      const renglon = marco.querySelector(`[data-punto="${clave}"]`);
      const queja = pagina.querySelector(".aviso-danger");
      aviso.textContent = queja ? queja.textContent.trim() : renglon ? `Ahora es el punto ${renglon.querySelector(".orden-numero").textContent}.` : "";
      if (renglon && foco) {
        const otro = { arriba: "abajo", abajo: "arriba" }[foco];
        const boton = renglon.querySelector(otro ? `[name="hacia"][value="${foco}"]:enabled` : '[name="a"]') || renglon.querySelector(`[name="hacia"][value="${otro}"]`);
        boton?.focus();
        renglon.classList.add("recien-movido");
      }
    } catch {
      // Si algo falla se hace como sin JavaScript: la página dice qué pasó.
      location.reload();
    } finally {
      ocupado = false;
    }
  }

  marco.addEventListener("submit", (evento) => {
    const formulario = evento.target;
    if (!formulario.matches("[data-mueve]")) return;
    evento.preventDefault();
    mueve(formulario, new FormData(formulario, evento.submitter), evento.submitter?.value || "a");
  });

  // -- arrastrar, con ratón, lápiz o dedo ------------------------------------
  let llevado = null;
  let desde = 0;
  const lugar = (renglon) => [...renglon.parentElement.children].indexOf(renglon);

  marco.addEventListener("pointerdown", (evento) => {
    const asa = evento.target.closest("[data-asa]");
    if (!asa || ocupado || evento.button > 0) return;
    evento.preventDefault();
    llevado = asa.closest("[data-punto]");
    desde = lugar(llevado);
    llevado.classList.add("se-lleva");
    marco.setPointerCapture(evento.pointerId);
  });

  marco.addEventListener("pointermove", (evento) => {
    if (!llevado) return;
    for (const otro of llevado.parentElement.children) {
      if (otro === llevado) continue;
      const caja = otro.getBoundingClientRect();
      const mitad = caja.top + caja.height / 2;
      const antes = lugar(otro) < lugar(llevado);
      if (antes && evento.clientY < mitad) { otro.before(llevado); break; }
      if (!antes && evento.clientY > mitad && evento.clientY < caja.bottom + 400) { otro.after(llevado); }
    }
    const orilla = 60;
    if (evento.clientY < orilla) window.scrollBy(0, -12);
    else if (evento.clientY > window.innerHeight - orilla) window.scrollBy(0, 12);
  });

  function suelta(cancela) {
    if (!llevado) return;
    const renglon = llevado;
    llevado = null;
    renglon.classList.remove("se-lleva");
    const ahora = lugar(renglon);
    if (cancela || ahora === desde) {
      const lista = renglon.parentElement;
      renglon.remove();
      lista.insertBefore(renglon, lista.children[desde] || null);
      return;
    }
    const formulario = renglon.querySelector(".orden-lugar");
    const datos = new FormData(formulario);
    datos.set("a", String(ahora + 1));
    mueve(formulario, datos, "a");
  }
  marco.addEventListener("pointerup", () => suelta(false));
  marco.addEventListener("pointercancel", () => suelta(true));
  document.addEventListener("keydown", (evento) => { if (evento.key === "Escape") suelta(true); });
})();
