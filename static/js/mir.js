// Cada variable enseña sólo lo que pide su origen; lo que ya tiene un error se queda a la vista.
"use strict";

(() => {
  const mapa = document.getElementById("campos-por-origen");
  const conjunto = document.querySelector("[data-variables]");
  if (!mapa || !conjunto) return;
  const campos = JSON.parse(mapa.textContent);
  const todos = [...new Set(Object.values(campos).flat())];

  function acomoda(renglon) {
    const usa = campos[renglon.querySelector("[data-origen]")?.value] || [];
    for (const caja of renglon.querySelectorAll("[data-campo]")) {
      if (!todos.includes(caja.dataset.campo)) continue;
      caja.hidden = !usa.includes(caja.dataset.campo) && !caja.querySelector(".is-invalid");
    }
  }

  conjunto.querySelectorAll("[data-renglones] > [data-renglon]").forEach(acomoda);
  conjunto.addEventListener("renglon:nuevo", (evento) => acomoda(evento.target));
  conjunto.addEventListener("change", (evento) => {
    if (evento.target.matches("[data-origen]")) acomoda(evento.target.closest("[data-renglon]"));
  });
})();
