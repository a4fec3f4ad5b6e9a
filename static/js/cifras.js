// Busca en la lista de cifras vivas.
"use strict";

(() => {
  const marco = document.querySelector("[data-busca-cifras]");
  if (!marco) return;
  const llano = (texto) => texto.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  const renglones = [...document.querySelectorAll("#cifras tbody tr")].map((r) => [r, llano(r.textContent)]);
  marco.hidden = false;
  marco.querySelector("input").addEventListener("input", (evento) => {
    const palabras = llano(evento.target.value).split(/\s+/);
    renglones.forEach(([renglon, texto]) => { renglon.hidden = !palabras.every((p) => texto.includes(p)); });
  });
})();
