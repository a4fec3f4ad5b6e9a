// Lo escrito en un formulario queda en este equipo hasta que el servidor confirma que lo guardó.
// Nunca se anotan contraseñas, archivos ni campos ocultos (sellos, versión).
"use strict";

(() => {
  const PREFIJO = "borrador.";
  const DIAS = 14;
  const persona = document.body.dataset.persona;
  let saliendo = false;

  const claves = () => Object.keys(localStorage).filter((c) => c.startsWith(PREFIJO));
  const borra = (filtro) => claves().filter(filtro).forEach((c) => localStorage.removeItem(c));
  const lee = (clave) => {
    try { return JSON.parse(localStorage.getItem(clave)); } catch { return null; }
  };

  try {
    // Lo viejo caduca solo.
    borra((c) => (lee(c)?.cuando || 0) < Date.now() - DIAS * 86400000);
    document.querySelectorAll("[data-borra-borradores]").forEach((salida) => {
      salida.addEventListener("submit", () => { saliendo = true; borra(() => true); });
    });
    if (!persona) return;
    const mio = `${PREFIJO}${persona}.`;
    if (document.querySelector("[data-guardado]")) {
      borra((c) => c.startsWith(mio) && lee(c)?.enviado);
    }
    document.querySelectorAll("form[data-borrador]").forEach((f) => cuida(f, mio + f.dataset.borrador));
  } catch { /* sin almacenamiento local la página sigue sirviendo */ }

  // Lo de un diálogo no se guarda, y su programa lo saca del formulario después de tomado el retrato.
  function anotables(formulario) {
    return [...formulario.elements].filter((e) => e.name && !e.closest("dialog") && !["hidden", "password", "file", "submit", "button", "reset"].includes(e.type));
  }

  function retrato(formulario) {
    const datos = {};
    for (const e of anotables(formulario)) {
      datos[e.name] ??= [];
      if (e.type === "checkbox" || e.type === "radio") { if (e.checked) datos[e.name].push(e.value); }
      else if (e.multiple) datos[e.name].push(...[...e.selectedOptions].map((o) => o.value));
      else datos[e.name].push(e.value);
    }
    return datos;
  }

  function restaura(formulario, datos) {
    // Primero los renglones que faltan en los conjuntos.
    for (const conjunto of formulario.querySelectorAll("[data-conjunto]")) {
      const prefijo = `${conjunto.dataset.conjunto}-`;
      const indices = Object.keys(datos).filter((n) => n.startsWith(prefijo)).map((n) => Number(n.slice(prefijo.length).split("-")[0])).filter(Number.isInteger);
      const faltan = Math.max(-1, ...indices) + 1 - conjunto.querySelectorAll("[data-renglones] > [data-renglon]").length;
      for (let i = 0; i < faltan; i += 1) conjunto.querySelector("[data-agrega]")?.click();
    }
    const usados = {};
    for (const e of anotables(formulario)) {
      const valores = datos[e.name];
      if (!valores) continue;
      if (e.type === "checkbox" || e.type === "radio") e.checked = valores.includes(e.value);
      else if (e.multiple) { for (const o of e.options) o.selected = valores.includes(o.value); }
      else {
        usados[e.name] ??= 0;
        const valor = valores[usados[e.name]];
        usados[e.name] += 1;
        if (valor !== undefined) e.value = valor;
      }
      e.dispatchEvent(new Event("combo:refresca"));
      e.dispatchEvent(new Event("input", { bubbles: true }));
      e.dispatchEvent(new Event("change", { bubbles: true }));
    }
  }

  function cuida(formulario, clave) {
    const original = JSON.stringify(retrato(formulario));
    const previo = lee(clave);
    let espera = 0;
    const guarda = (enviado = false) => {
      espera = 0;
      if (saliendo) return;
      const datos = retrato(formulario);
      if (!enviado && JSON.stringify(datos) === original && !previo) { localStorage.removeItem(clave); return; }
      localStorage.setItem(clave, JSON.stringify({ cuando: Date.now(), datos, enviado }));
    };
    formulario.addEventListener("input", () => { clearTimeout(espera); espera = setTimeout(() => guarda(), 300); });
    formulario.addEventListener("change", () => { clearTimeout(espera); espera = setTimeout(() => guarda(), 50); });
    formulario.addEventListener("submit", () => { clearTimeout(espera); guarda(true); });
    window.addEventListener("pagehide", () => { if (espera && !formulario.dataset.enviado) { clearTimeout(espera); guarda(); } });

    // Si el servidor devolvió el formulario con errores, lo escrito ya está en pantalla.
    if (previo && JSON.stringify(previo.datos) !== original) ofrece(formulario, clave, previo);
  }

  function ofrece(formulario, clave, previo) {
    const cuando = new Date(previo.cuando).toLocaleString("es-MX", { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" });
    const caja = document.createElement("div");
    caja.className = "borrador";
    caja.setAttribute("role", "status");
    const texto = document.createElement("span");
    texto.textContent = `Recuperamos lo que escribió el ${cuando.replace(/\.$/, "")}.`;
    const si = document.createElement("button");
    si.type = "button";
    si.className = "btn btn-primary btn-sm";
    si.textContent = "Restaurar";
    const no = document.createElement("button");
    no.type = "button";
    no.className = "btn btn-outline-primary btn-sm";
    no.textContent = "Descartar";
    caja.append(texto, si, no);
    formulario.insertAdjacentElement("beforebegin", caja);
    si.addEventListener("click", () => {
      restaura(formulario, previo.datos);
      caja.remove();
      formulario.querySelector("input:not([type=hidden]):not([hidden]), textarea, select:not([hidden])")?.focus();
    });
    no.addEventListener("click", () => { localStorage.removeItem(clave); caja.remove(); });
  }
})();
