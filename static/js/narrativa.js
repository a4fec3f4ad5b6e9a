/* Completa las cifras vivas al teclear «{{» y enseña el botón de vista previa. */
(() => {
  "use strict";
  const datos = document.getElementById("vocabulario");
  if (!datos) return;
  const vocabulario = JSON.parse(datos.textContent);
  document.querySelectorAll("[data-previa]").forEach((boton) => { boton.hidden = false; });

  function propuestas(texto) {
    const filtro = texto.lastIndexOf("|");
    if (filtro >= 0) {
      const escrito = texto.slice(filtro + 1).trim();
      return vocabulario.filtros
        .filter((f) => f.nombre.startsWith(escrito))
        .map((f) => ({ valor: f.nombre, ayuda: f.ayuda, desde: texto.length - texto.slice(filtro + 1).trimStart().length }));
    }
    const escrito = texto.trim().toLowerCase();
    if (/\s/.test(escrito)) return [];
    return vocabulario.datos
      .filter((d) => d.clave.toLowerCase().includes(escrito) || d.nombre.toLowerCase().includes(escrito))
      .map((d) => ({
        valor: d.clave + d.parametros.map((p) => ` ${p}=""`).join(""),
        ayuda: d.nombre,
        desde: texto.length - texto.trimStart().length,
      }));
  }

  document.querySelectorAll("textarea[data-narrativa]").forEach((area, indice) => {
    const envoltura = document.createElement("div");
    envoltura.className = "con-completar";
    // El error va después de la envoltura: sin esta marca, la hoja de estilos lo esconde.
    envoltura.classList.toggle("is-invalid", area.classList.contains("is-invalid"));
    area.parentNode.insertBefore(envoltura, area);
    envoltura.append(area);
    const lista = document.createElement("ul");
    lista.className = "completar";
    lista.id = `completar-${indice}`;
    lista.setAttribute("role", "listbox");
    lista.setAttribute("aria-label", "Cifras vivas");
    lista.hidden = true;
    envoltura.append(lista);
    let abiertas = [];
    let elegida = 0;

    const cerrar = () => {
      lista.hidden = true;
      area.removeAttribute("aria-activedescendant");
    };
    const pintar = () => {
      lista.replaceChildren(
        ...abiertas.map((p, i) => {
          const renglon = document.createElement("li");
          renglon.id = `${lista.id}-${i}`;
          renglon.setAttribute("role", "option");
          renglon.setAttribute("aria-selected", String(i === elegida));
          renglon.append(p.valor);
          const ayuda = document.createElement("small");
          ayuda.textContent = p.ayuda;
          renglon.append(ayuda);
          renglon.addEventListener("mousedown", (e) => { e.preventDefault(); elegida = i; poner(); });
          return renglon;
        })
      );
      lista.hidden = abiertas.length === 0;
      if (lista.hidden) { cerrar(); return; }
      area.setAttribute("aria-activedescendant", `${lista.id}-${elegida}`);
      lista.children[elegida].scrollIntoView({ block: "nearest" });
    };
    const abierta = () => {
      const antes = area.value.slice(0, area.selectionStart);
      const abre = antes.lastIndexOf("{{");
      if (abre < 0 || antes.indexOf("}}", abre) >= 0) return null;
      return { texto: antes.slice(abre + 2), inicio: abre + 2 };
    };
    const buscar = () => {
      const donde = abierta();
      abiertas = donde ? propuestas(donde.texto).slice(0, 40) : [];
      elegida = 0;
      pintar();
    };
    function poner() {
      const donde = abierta();
      const p = abiertas[elegida];
      if (!donde || !p) return;
      const cierra = area.value.slice(area.selectionStart).trimStart().startsWith("}}") ? "" : " }}";
      const espacio = p.desde === 0 ? " " : "";
      area.setRangeText(espacio + p.valor + cierra, donde.inicio + p.desde, area.selectionStart, "end");
      const comillas = area.value.indexOf('""', donde.inicio);
      const fin = area.selectionStart;
      if (comillas >= 0 && comillas < fin) area.setSelectionRange(comillas + 1, comillas + 1);
      else area.setSelectionRange(fin - cierra.length, fin - cierra.length);
      area.dispatchEvent(new Event("input", { bubbles: true }));
      cerrar();
    }
    area.setAttribute("aria-autocomplete", "list");
    area.addEventListener("input", (e) => { if (e.isTrusted) buscar(); });
    area.addEventListener("blur", cerrar);
    area.addEventListener("keydown", (e) => {
      if (lista.hidden) return;
      if (e.key === "ArrowDown" || e.key === "ArrowUp") {
        e.preventDefault();
        elegida = (elegida + (e.key === "ArrowDown" ? 1 : abiertas.length - 1)) % abiertas.length;
        pintar();
      } else if (e.key === "Enter" || e.key === "Tab") {
        e.preventDefault();
        poner();
      } else if (e.key === "Escape") {
        e.preventDefault();
        cerrar();
      }
    });
  });
})();
