// Un <select data-combo> largo se elige escribiendo (patrón combobox de ARIA). Sin JavaScript queda el <select>.
"use strict";

(() => {
  const POCAS = 8;
  const llano = (texto) => texto.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();

  function mejora(select) {
    if (select.dataset.comboListo || select.closest("template")) return;
    if (!select.multiple && select.options.length <= POCAS) return;
    select.dataset.comboListo = "1";
    const id = select.id;
    const etiqueta = document.querySelector(`label[for="${CSS.escape(id)}"]`);
    const marco = document.createElement("div");
    marco.className = "combo";
    const entrada = document.createElement("input");
    const flecha = document.createElement("button");
    const lista = document.createElement("ul");
    const elegidas = document.createElement("ul");
    entrada.type = "text";
    entrada.id = `${id}_combo`;
    entrada.className = `form-control combo-entrada${select.classList.contains("is-invalid") ? " is-invalid" : ""}`;
    entrada.autocomplete = "off";
    entrada.setAttribute("role", "combobox");
    entrada.setAttribute("aria-autocomplete", "list");
    entrada.setAttribute("aria-expanded", "false");
    entrada.setAttribute("aria-controls", `${id}_lista`);
    if (select.required) entrada.setAttribute("aria-required", "true");
    if (select.getAttribute("aria-describedby")) entrada.setAttribute("aria-describedby", select.getAttribute("aria-describedby"));
    if (select.classList.contains("is-invalid")) entrada.setAttribute("aria-invalid", "true");
    entrada.disabled = select.disabled;
    entrada.placeholder = select.multiple ? "Escriba para agregar…" : "Escriba para buscar…";
    flecha.type = "button";
    flecha.className = "combo-flecha";
    flecha.tabIndex = -1;
    flecha.setAttribute("aria-label", "Ver opciones");
    flecha.innerHTML = '<i class="bi bi-chevron-down" aria-hidden="true"></i>';
    lista.id = `${id}_lista`;
    lista.className = "combo-lista";
    lista.hidden = true;
    lista.setAttribute("role", "listbox");
    const nombre = etiqueta ? etiqueta.textContent.replace("*", "").trim() : "Opciones";
    lista.setAttribute("aria-label", nombre);
    if (select.multiple) lista.setAttribute("aria-multiselectable", "true");
    elegidas.className = "combo-elegidas";
    if (etiqueta) etiqueta.htmlFor = entrada.id;
    else entrada.setAttribute("aria-label", nombre);
    select.insertAdjacentElement("afterend", marco);
    if (select.multiple) marco.append(elegidas);
    const caja = document.createElement("div");
    caja.className = "position-relative";
    caja.append(entrada, flecha, lista);
    marco.append(caja);
    select.hidden = true;
    select.tabIndex = -1;
    // La validación del navegador no puede enfocar un control oculto; el servidor y el resumen de errores avisan.
    select.required = false;

    let activa = -1;
    let visibles = [];

    const texto = () => {
      if (select.multiple) {
        entrada.value = "";
        elegidas.replaceChildren(...[...select.selectedOptions].map((opcion) => {
          const li = document.createElement("li");
          const boton = document.createElement("button");
          boton.type = "button";
          boton.append(opcion.text);
          const equis = document.createElement("i");
          equis.className = "bi bi-x-lg";
          equis.setAttribute("aria-hidden", "true");
          const oculto = document.createElement("span");
          oculto.className = "visually-hidden";
          oculto.textContent = " (quitar)";
          boton.append(oculto, equis);
          boton.addEventListener("click", () => {
            opcion.selected = false;
            avisa();
            entrada.focus();
          });
          li.append(boton);
          return li;
        }));
      } else {
        const opcion = select.selectedOptions[0];
        entrada.value = opcion && opcion.value ? opcion.text : "";
      }
    };
    const avisa = () => {
      texto();
      select.dispatchEvent(new Event("input", { bubbles: true }));
      select.dispatchEvent(new Event("change", { bubbles: true }));
    };
    const cierra = () => {
      lista.hidden = true;
      activa = -1;
      entrada.setAttribute("aria-expanded", "false");
      entrada.removeAttribute("aria-activedescendant");
    };
    const marca = (n) => {
      activa = n;
      visibles.forEach((v, i) => v.li.classList.toggle("activa", i === n));
      if (n >= 0) {
        entrada.setAttribute("aria-activedescendant", visibles[n].li.id);
        visibles[n].li.scrollIntoView({ block: "nearest" });
      } else entrada.removeAttribute("aria-activedescendant");
    };
    const elige = (n) => {
      const { opcion } = visibles[n];
      if (select.multiple) opcion.selected = !opcion.selected;
      else select.value = opcion.value;
      avisa();
      cierra();
    };
    const abre = (filtro) => {
      const palabras = llano(filtro || "").split(/\s+/).filter(Boolean);
      visibles = [];
      let grupo = null;
      const piezas = [];
      for (const opcion of select.options) {
        if (!opcion.value && (select.multiple || palabras.length)) continue;
        const enGrupo = opcion.parentElement.tagName === "OPTGROUP" ? opcion.parentElement.label : "";
        const donde = llano(`${opcion.text} ${enGrupo}`);
        if (!palabras.every((p) => donde.includes(p))) continue;
        if (enGrupo && enGrupo !== grupo) {
          grupo = enGrupo;
          const titulo = document.createElement("li");
          titulo.className = "combo-grupo";
          titulo.setAttribute("role", "presentation");
          titulo.textContent = enGrupo;
          piezas.push(titulo);
        }
        const li = document.createElement("li");
        const n = visibles.length;
        li.id = `${id}_op${n}`;
        li.setAttribute("role", "option");
        li.setAttribute("aria-selected", String(opcion.selected));
        li.textContent = opcion.value ? opcion.text : "(ninguno)";
        li.addEventListener("mousedown", (evento) => { evento.preventDefault(); elige(n); });
        visibles.push({ li, opcion });
        piezas.push(li);
        if (visibles.length >= 200) break;
      }
      if (!visibles.length) {
        const nada = document.createElement("li");
        nada.className = "combo-nada";
        nada.setAttribute("role", "option");
        nada.setAttribute("aria-disabled", "true");
        nada.setAttribute("aria-selected", "false");
        nada.textContent = "Nada coincide";
        piezas.push(nada);
      }
      lista.replaceChildren(...piezas);
      lista.hidden = false;
      entrada.setAttribute("aria-expanded", "true");
      marca(palabras.length && visibles.length ? 0 : -1);
    };

    entrada.addEventListener("input", () => {
      if (!select.multiple && !entrada.value && select.value) {
        select.value = "";
        select.dispatchEvent(new Event("change", { bubbles: true }));
      }
      abre(entrada.value);
    });
    entrada.addEventListener("click", () => { if (lista.hidden) abre(""); entrada.select(); });
    entrada.addEventListener("keydown", (evento) => {
      if (evento.key === "ArrowDown" || evento.key === "ArrowUp") {
        evento.preventDefault();
        if (lista.hidden) abre("");
        if (!visibles.length) return;
        const paso = evento.key === "ArrowDown" ? 1 : -1;
        marca((activa + paso + visibles.length) % visibles.length);
      } else if (evento.key === "Enter" && !lista.hidden) {
        evento.preventDefault();
        if (activa >= 0) elige(activa);
      } else if (evento.key === "Escape" && !lista.hidden) {
        evento.preventDefault();
        evento.stopPropagation();
        cierra();
        texto();
      } else if (evento.key === "Backspace" && select.multiple && !entrada.value) {
        const ultima = [...select.selectedOptions].pop();
        if (ultima) { ultima.selected = false; avisa(); }
      }
    });
    entrada.addEventListener("blur", () => {
      // Escribir exactamente una opción la elige aunque no se pulse Enter; lo demás vuelve a lo elegido.
      if (!lista.hidden && entrada.value) {
        const exacta = visibles.findIndex((v) => v.opcion.value && llano(v.opcion.text) === llano(entrada.value.trim()));
        if (visibles.length === 1) elige(0);
        else if (exacta >= 0 && !select.multiple) elige(exacta);
      }
      cierra();
      texto();
    });
    flecha.addEventListener("click", () => { entrada.focus(); if (lista.hidden) abre(""); else cierra(); });
    select.addEventListener("combo:refresca", texto);
    texto();
  }

  const todo = (raiz) => raiz.querySelectorAll("select[data-combo]").forEach(mejora);
  todo(document);
  document.addEventListener("renglon:nuevo", (evento) => todo(evento.target));
})();
