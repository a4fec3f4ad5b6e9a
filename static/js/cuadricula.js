// Cuadrículas de captura: flechas entre casillas, cuenta de cambios y aviso antes de irse sin guardar.
"use strict";

document.querySelectorAll("[data-cuadricula]").forEach((formulario) => {
  const campos = [...formulario.querySelectorAll("tbody input:not([type=hidden])")];
  const aviso = formulario.querySelector("[data-cuadricula-cambios]");
  // data-guardada: lo que hay en la base, cuando la página ya llega con marcas puestas sin guardar.
  const inicial = (c) => ("guardada" in c.dataset ? Boolean(c.dataset.guardada) : c.defaultChecked);
  const cambio = (c) => (c.type === "checkbox" ? c.checked !== inicial(c) : c.value !== c.defaultValue);
  const cuantos = () => campos.filter(cambio).length;
  let enviado = false;

  const columna = (c) => [...c.closest("tr").children].indexOf(c.closest("td"));
  const sumas = [...formulario.querySelectorAll("[data-suma]")].map((lugar) => {
    const donde = [...lugar.parentElement.children].indexOf(lugar);
    const suyos = campos.filter((c) => {
      const enFila = lugar.dataset.suma === "todo" || (lugar.dataset.suma === "fila" ? c.closest("tr") === lugar.parentElement : columna(c) === donde);
      return c.type === "checkbox" && enFila;
    });
    return { lugar, suyos, base: Number(lugar.textContent) };
  });

  const pinta = () => {
    sumas.forEach(({ lugar, suyos, base }) => {
      lugar.textContent = suyos.reduce((suma, c) => suma + Number(c.checked) - Number(c.defaultChecked), base);
    });
    const n = cuantos();
    campos.forEach((c) => c.closest("td").classList.toggle("cambiada", cambio(c)));
    if (aviso) aviso.textContent = n ? `${n} ${n === 1 ? "cambio" : "cambios"} sin guardar` : "";
    const total = formulario.querySelector("[data-cuadricula-total]");
    if (total) {
      total.textContent = campos.reduce((suma, c) => suma + (c.type === "checkbox" ? Number(c.checked) : Number(c.value) || 0), 0);
    }
  };

  const filas = [...formulario.querySelectorAll("tbody tr")];
  const celda = (campo) => {
    const td = campo.closest("td");
    return [filas.indexOf(td.parentElement), [...td.parentElement.children].indexOf(td)];
  };
  const enCelda = (fila, columna) => filas[fila]?.children[columna]?.querySelector("input:not([type=hidden])");

  formulario.addEventListener("keydown", (evento) => {
    const paso = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[evento.key];
    if (!paso || !campos.includes(evento.target) || evento.altKey || evento.ctrlKey || evento.metaKey) return;
    // En un número, izquierda y derecha mueven el cursor; arriba y abajo cambian de renglón, no el valor.
    if (evento.target.type !== "checkbox" && paso[1]) return;
    evento.preventDefault();
    let [fila, columna] = celda(evento.target);
    do {
      fila += paso[0];
      columna += paso[1];
      const destino = enCelda(fila, columna);
      if (destino) { destino.focus(); if (destino.select) destino.select(); return; }
    } while (fila >= 0 && fila < filas.length && columna >= 0 && columna < filas[fila].children.length);
  });
  formulario.addEventListener("input", pinta);
  formulario.addEventListener("submit", () => { enviado = true; });
  window.addEventListener("pageshow", () => { enviado = false; pinta(); });
  window.addEventListener("beforeunload", (evento) => { if (!enviado && cuantos()) evento.preventDefault(); });
  pinta();
});
