// Arrastrar una ficha a otra etapa abre la página del paso; nada se mueve desde aquí.
// Sin ratón, lo mismo se hace con la lista de cada ficha.
"use strict";

(() => {
  const tablero = document.querySelector("[data-tablero]");
  const aviso = document.querySelector("[data-tablero-aviso]");
  if (!tablero) return;
  let ficha = null;

  const destino = (columna) => {
    const admite = ficha.dataset.admite.split(" ");
    return columna?.dataset.recibe.split(" ").find((etapa) => admite.includes(etapa));
  };
  const columnas = () => tablero.querySelectorAll("[data-columna]");

  tablero.addEventListener("dragstart", (evento) => {
    ficha = evento.target.closest("[data-ficha]");
    if (!ficha) return;
    evento.dataTransfer.effectAllowed = "move";
    evento.dataTransfer.setData("text/plain", ficha.dataset.ficha);
    ficha.classList.add("se-lleva");
    tablero.classList.add("arrastrando");
    columnas().forEach((c) => c.classList.toggle("se-puede", Boolean(destino(c))));
  });

  tablero.addEventListener("dragover", (evento) => {
    if (!ficha) return;
    const columna = evento.target.closest("[data-columna]");
    columnas().forEach((c) => c.classList.toggle("aqui", c === columna && c.classList.contains("se-puede")));
    if (destino(columna)) evento.preventDefault();
    const caja = tablero.getBoundingClientRect();
    if (evento.clientX < caja.left + 60) tablero.scrollBy(-14, 0);
    else if (evento.clientX > caja.right - 60) tablero.scrollBy(14, 0);
  });

  function termina() {
    ficha?.classList.remove("se-lleva");
    tablero.classList.remove("arrastrando");
    columnas().forEach((c) => c.classList.remove("se-puede", "aqui"));
    ficha = null;
  }

  tablero.addEventListener("drop", (evento) => {
    if (!ficha) return;
    evento.preventDefault();
    const etapa = destino(evento.target.closest("[data-columna]"));
    if (!etapa) return;
    const url = new URL(ficha.dataset.destino, location.href);
    url.searchParams.set("etapa", etapa);
    url.searchParams.set("siguiente", tablero.dataset.aqui);
    aviso.textContent = `Se abre el paso de ${ficha.dataset.ficha}.`;
    location.assign(url);
  });
  tablero.addEventListener("dragend", termina);
})();
