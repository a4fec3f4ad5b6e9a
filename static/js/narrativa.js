/* El editor de narrativa: barra, lista al teclear «{{», selector de cifras y vista previa que sigue a lo escrito. */
(() => {
  "use strict";
  const datos = document.getElementById("vocabulario");
  if (!datos) return;
  const vocabulario = JSON.parse(datos.textContent);
  const ayuda = document.querySelector(".cifras-vivas");
  const ficha = document.querySelector("[name=csrfmiddlewaretoken]")?.value || "";
  const previas = [...document.querySelectorAll("[data-previa]")];
  previas.forEach((boton) => { boton.hidden = false; });
  const llano = (texto) => texto.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();

  function despues(espera, haz) {
    let reloj;
    return (...partes) => { clearTimeout(reloj); reloj = setTimeout(() => haz(...partes), espera); };
  }

  /* Lo que dice hoy un texto; null si no se puede saber. */
  async function valor(texto) {
    if (!ayuda?.dataset.valor) return null;
    try {
      const respuesta = await fetch(ayuda.dataset.valor, { method: "POST", headers: { "X-CSRFToken": ficha }, body: new URLSearchParams({ texto }) });
      return respuesta.ok || respuesta.status === 422 ? await respuesta.json() : null;
    } catch { return null; }
  }

  function pon(area, texto, seleccion) {
    const inicio = area.selectionStart;
    area.focus();
    area.setRangeText(texto, inicio, area.selectionEnd, "end");
    if (seleccion) area.setSelectionRange(inicio + seleccion[0], inicio + seleccion[1]);
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }

  /* Lo que se pone junto a una palabra lleva su espacio, para que no se lean pegadas. */
  function separada(area, texto) {
    const antes = area.value.slice(0, area.selectionStart);
    const despues = area.value.slice(area.selectionEnd);
    return (/[^\s(«¿¡"“*_[\-/]$/.test(antes) ? " " : "") + texto + (/^[\p{L}\p{N}({]/u.test(despues) ? " " : "");
  }

  /* -- barra ---------------------------------------------------------------- */
  function negritas(area) {
    const elegido = area.value.slice(area.selectionStart, area.selectionEnd);
    if (/^\*\*[^]*\*\*$/.test(elegido)) pon(area, elegido.slice(2, -2), [0, elegido.length - 4]);
    else pon(area, `**${elegido}**`, [2, 2 + elegido.length]);
  }

  function lista(area) {
    const desde = area.value.lastIndexOf("\n", area.selectionStart - 1) + 1;
    area.setSelectionRange(desde, Math.max(area.selectionEnd, desde));
    const renglones = area.value.slice(desde, area.selectionEnd).split("\n");
    const quita = renglones.every((r) => /^- /.test(r));
    const puntos = renglones.map((r) => (quita ? r.slice(2) : `- ${r}`)).join("\n");
    // Sin un renglón en blanco antes, Markdown la tomaría por el párrafo.
    const aparte = !quita && desde > 0 && !/\n\n$/.test(area.value.slice(0, desde)) && !/(^|\n)- [^\n]*\n$/.test(area.value.slice(0, desde));
    pon(area, (aparte ? "\n" : "") + puntos);
  }

  function nota(area) {
    const usadas = [...area.value.matchAll(/\[\^(\d+)\]/g)].map((n) => Number(n[1]));
    const numero = Math.max(0, ...usadas) + 1;
    const llamada = `[^${numero}]`;
    const lugar = area.selectionEnd;
    const antes = area.value.slice(0, lugar) + llamada + area.value.slice(lugar);
    const separa = /\n\[\^\d+\]:[^\n]*\s*$/.test(antes) ? "\n" : "\n\n";
    const texto = `${antes.replace(/\s+$/, "")}${separa}${llamada}: `;
    area.focus();
    area.setRangeText(texto, 0, area.value.length, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }

  const HERRAMIENTAS = [
    ["type-bold", "Negritas", negritas, "Ctrl+B"],
    ["list-ul", "Lista", lista, ""],
    ["superscript", "Nota al pie", nota, ""],
    ["123", "Cifra", (area) => abreSelector(area, "cifra"), "Ctrl+Mayús+C"],
    ["signpost-split", "Frase según la cifra", (area) => abreSelector(area, "frase"), ""],
  ];

  function barra(area) {
    const breve = area.dataset.narrativa === "breve";
    const caja = document.createElement("div");
    caja.className = "barra-narrativa";
    caja.setAttribute("role", "toolbar");
    const rotulo = area.getAttribute("aria-label") || area.labels?.[0]?.textContent.trim().replace(/\*$/, "") || "texto";
    caja.setAttribute("aria-label", `Formato: ${rotulo}`);
    HERRAMIENTAS.forEach(([icono, nombre, haz, atajo], lugar) => {
      if (breve && haz === lista) return;
      const boton = document.createElement("button");
      boton.type = "button";
      boton.className = "btn btn-sm btn-light";
      boton.tabIndex = caja.children.length ? -1 : 0;
      boton.title = atajo ? `${nombre} (${atajo})` : nombre;
      const corto = breve && lugar !== 3;
      const i = document.createElement("i");
      i.className = `bi bi-${icono}`;
      i.setAttribute("aria-hidden", "true");
      const texto = document.createElement("span");
      texto.textContent = corto ? nombre : ` ${nombre}`;
      if (corto) texto.className = "visually-hidden";
      boton.append(i, texto);
      boton.addEventListener("click", () => haz(area));
      caja.append(boton);
    });
    // Una barra es una sola parada del tabulador; dentro se anda con las flechas.
    caja.addEventListener("keydown", (e) => {
      const paso = { ArrowRight: 1, ArrowLeft: -1 }[e.key];
      if (!paso) return;
      e.preventDefault();
      const botones = [...caja.children];
      const otro = botones[(botones.indexOf(document.activeElement) + paso + botones.length) % botones.length];
      botones.forEach((b) => { b.tabIndex = b === otro ? 0 : -1; });
      otro.focus();
    });
    return caja;
  }

  /* -- selector de cifras --------------------------------------------------- */
  const dialogo = document.getElementById("selector-cifras");
  // Dentro del formulario, lo elegido aquí se enviaría con él: «accion» taparía la del apartado.
  if (dialogo) document.body.append(dialogo);
  const partes = dialogo && {
    busca: dialogo.querySelector("#selector-busca"),
    lista: dialogo.querySelector("#selector-lista"),
    ficha: dialogo.querySelector(".selector-ficha"),
    elegida: dialogo.querySelector(".selector-elegida"),
    parametros: dialogo.querySelector(".selector-parametros"),
    cifra: dialogo.querySelector('[data-modo="cifra"]'),
    frase: dialogo.querySelector('[data-modo="frase"]'),
    queda: dialogo.querySelector(".selector-queda"),
    pone: dialogo.querySelector("[data-pone]"),
  };
  let destino = null;
  let elegido = null;
  let valores = null;
  let marcado = 0;

  const modo = () => dialogo.querySelector("[name=modo]:checked").value;
  const entreComillas = (texto) => texto.replaceAll('"', "”");

  function abreSelector(area, queModo) {
    destino = area;
    dialogo.querySelector(`[name=modo][value=${queModo}]`).checked = true;
    elegido = null;
    partes.ficha.hidden = true;
    partes.pone.disabled = true;
    partes.busca.value = "";
    pintaLista();
    dialogo.showModal();
    partes.busca.focus();
    if (!valores && ayuda?.dataset.valores) {
      fetch(ayuda.dataset.valores).then((r) => (r.ok ? r.json() : {})).then((hoy) => { valores = hoy; if (!elegido) pintaLista(); }).catch(() => {});
    }
  }

  function halladas() {
    const palabras = llano(partes.busca.value).split(/\s+/);
    return vocabulario.datos.filter((d) => palabras.every((p) => llano(`${d.nombre} ${d.clave}`).includes(p)));
  }

  function pintaLista() {
    const opciones = halladas();
    marcado = Math.min(marcado, Math.max(opciones.length - 1, 0));
    partes.lista.replaceChildren(...opciones.map((d, n) => {
      const renglon = document.createElement("li");
      renglon.id = `selector-${n}`;
      renglon.setAttribute("role", "option");
      renglon.setAttribute("aria-selected", String(n === marcado));
      const nombre = document.createElement("span");
      nombre.textContent = d.nombre;
      const clave = document.createElement("code");
      clave.textContent = d.clave;
      renglon.append(nombre, clave);
      if (valores && d.clave in valores) {
        const hoy = document.createElement("strong");
        hoy.textContent = `hoy: ${valores[d.clave]}`;
        renglon.append(hoy);
      }
      renglon.addEventListener("click", () => elige(d));
      return renglon;
    }));
    if (!opciones.length) {
      const nada = document.createElement("li");
      nada.setAttribute("role", "option");
      nada.setAttribute("aria-disabled", "true");
      nada.textContent = "Ninguna se llama así.";
      partes.lista.append(nada);
    }
    if (opciones.length) partes.busca.setAttribute("aria-activedescendant", `selector-${marcado}`);
    else partes.busca.removeAttribute("aria-activedescendant");
    partes.lista.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  }

  function campo(nombre, rotulo, opciones, vacio) {
    const etiqueta = document.createElement("label");
    const id = `selector-p-${nombre}`;
    etiqueta.htmlFor = id;
    etiqueta.textContent = rotulo;
    const control = document.createElement(opciones.length ? "select" : "input");
    control.id = id;
    control.name = nombre;
    control.className = opciones.length ? "form-select" : "form-control";
    if (opciones.length) [["", vacio], ...opciones].forEach(([v, n]) => control.append(new Option(n, v)));
    else control.autocomplete = "off";
    const caja = document.createElement("div");
    caja.append(etiqueta, control);
    return caja;
  }

  function elige(d) {
    elegido = d;
    partes.ficha.hidden = false;
    partes.pone.disabled = false;
    partes.elegida.replaceChildren(Object.assign(document.createElement("strong"), { textContent: d.nombre }));
    const sala = d.clave.split(".")[0];
    partes.parametros.replaceChildren(...d.parametros.map((p) => {
      const rotulo = { accion: "acción", ambito: "ámbito", gestion: "gestión", sesion: "sesión" }[p] || p;
      return campo(p, rotulo[0].toUpperCase() + rotulo.slice(1), vocabulario.opciones[`${sala}.${p}`] || [], "Sin distinguir");
    }));
    const suya = partes.parametros.querySelector("select[name=accion]");
    const delApartado = document.querySelector("#formulario select[name=accion] option:checked")?.textContent.split(" · ")[0];
    if (suya && delApartado && [...suya.options].some((o) => o.value === delApartado)) suya.value = delApartado;
    const filtros = vocabulario.filtros.filter((f) => f.admite === d.tipo && f.nombre !== "elige");
    partes.cifra.replaceChildren();
    if (filtros.length) {
      partes.cifra.append(campo("filtro", "Cómo se escribe", filtros.map((f) => [f.nombre, `${f.ejemplo} · ${f.ayuda}`]), "Como siempre"));
      partes.cifra.append(document.createElement("div"));
      if (d.tipo !== "texto") partes.cifra.append(mayuscula());
      partes.cifra.querySelector("[name=filtro]").addEventListener("change", pideArgumento);
    }
    const conFrase = d.tipo === "numero";
    dialogo.querySelectorAll("[name=modo]").forEach((r) => { r.disabled = !conFrase && r.value === "frase"; });
    if (!conFrase) dialogo.querySelector("[name=modo][value=cifra]").checked = true;
    cambiaModo();
    (partes.parametros.querySelector("select, input") || partes.cifra.querySelector("select") || partes.pone).focus();
  }

  function mayuscula() {
    const casilla = Object.assign(document.createElement("input"), { type: "checkbox", id: "selector-mayuscula" });
    const etiqueta = document.createElement("label");
    etiqueta.append(casilla, " Empieza con mayúscula");
    return etiqueta;
  }

  function pideArgumento(evento) {
    const hueco = partes.cifra.children[1];
    hueco.replaceChildren();
    const filtro = vocabulario.filtros.find((f) => f.nombre === evento.target.value);
    if (!filtro) return;
    if (filtro.argumentos.length) hueco.append(campo("argumento", "Variante", filtro.argumentos.map((a) => [a, a]), "La de siempre"));
    else if (filtro.pide) {
      const caja = campo("argumento", elegido.con_sustantivo ? "Palabras (en blanco, las de la cifra)" : "Palabras", [], "");
      caja.querySelector("input").placeholder = filtro.pide;
      hueco.append(caja);
    }
  }

  function cambiaModo() {
    partes.cifra.hidden = modo() !== "cifra";
    partes.frase.hidden = modo() !== "frase";
    muestra();
  }

  function citada() {
    const puestos = [...partes.parametros.querySelectorAll("select, input")].filter((c) => c.value.trim());
    return elegido.clave + puestos.map((c) => ` ${c.name}="${entreComillas(c.value.trim())}"`).join("");
  }

  function escrito() {
    const cita = citada();
    if (modo() === "frase") {
      const letra = dialogo.querySelector("#selector-letra").checked;
      const numero = `{{ ${cita}${letra ? " | en_palabras:\"apocope\"" : ""} }}`;
      const [cero, uno, varios] = ["cero", "uno", "varios"].map((c) => dialogo.querySelector(`#selector-${c}`).value.trim());
      const con = (frase) => frase.replaceAll("#", numero);
      return `{% si ${cita} %}${con(varios)}${uno ? `{% uno %}${con(uno)}` : ""}${cero ? `{% sino %}${con(cero)}` : ""}{% fin %}`;
    }
    const filtro = partes.cifra.querySelector("[name=filtro]")?.value;
    const argumento = partes.cifra.querySelector("[name=argumento]")?.value.trim();
    const mayuscula = filtro && partes.cifra.querySelector("#selector-mayuscula")?.checked ? " | capitaliza" : "";
    return `{{ ${cita}${filtro ? ` | ${filtro}${argumento ? `:"${entreComillas(argumento)}"` : ""}` : ""}${mayuscula} }}`;
  }

  const muestra = despues(250, async () => {
    if (!elegido) return;
    const texto = escrito();
    const dice = await valor(texto);
    if (!elegido || texto !== escrito()) return;
    partes.queda.classList.toggle("selector-falla", Boolean(dice?.errores || dice?.error));
    if (!dice) partes.queda.textContent = texto;
    else partes.queda.textContent = dice.error || dice.errores?.map((e) => e.mensaje).join(" ") || `Hoy diría: ${dice.texto}`;
  });

  if (dialogo) {
    partes.busca.addEventListener("input", () => { marcado = 0; pintaLista(); });
    partes.busca.addEventListener("keydown", (e) => {
      const opciones = halladas();
      if (e.key === "ArrowDown" || e.key === "ArrowUp") {
        e.preventDefault();
        marcado = (marcado + (e.key === "ArrowDown" ? 1 : opciones.length - 1)) % Math.max(opciones.length, 1);
        pintaLista();
      } else if (e.key === "Enter") {
        e.preventDefault();
        if (opciones[marcado]) elige(opciones[marcado]);
      }
    });
    dialogo.addEventListener("input", (e) => { if (e.target !== partes.busca) muestra(); });
    dialogo.addEventListener("change", (e) => { if (e.target.name === "modo") cambiaModo(); else if (e.target !== partes.busca) muestra(); });
    dialogo.addEventListener("keydown", (e) => {
      if (e.key === "Enter" && e.target.matches("input") && e.target !== partes.busca) { e.preventDefault(); partes.pone.click(); }
    });
    partes.pone.addEventListener("click", () => {
      const texto = escrito();
      dialogo.close();
      pon(destino, separada(destino, texto));
    });
    dialogo.querySelector("[data-cierra]").addEventListener("click", () => dialogo.close());
    dialogo.addEventListener("close", () => destino?.focus());
  }

  /* -- lista al teclear «{{» ------------------------------------------------ */
  function propuestas(texto) {
    const filtro = texto.lastIndexOf("|");
    if (filtro >= 0) {
      const puesto = texto.slice(filtro + 1).trim();
      const clave = texto.trim().split(/[\s|]/)[0];
      const tipo = vocabulario.datos.find((d) => d.clave === clave)?.tipo;
      return vocabulario.filtros
        .filter((f) => f.nombre.startsWith(puesto) && (!tipo || f.admite === tipo || f.admite === "texto"))
        .map((f) => ({ valor: f.nombre, ayuda: f.ayuda, desde: texto.length - texto.slice(filtro + 1).trimStart().length }));
    }
    const puesto = llano(texto.trim());
    if (/\s/.test(puesto)) return [];
    return vocabulario.datos
      .filter((d) => llano(`${d.clave} ${d.nombre}`).includes(puesto))
      .map((d) => ({
        valor: d.clave + d.parametros.map((p) => ` ${p}=""`).join(""),
        ayuda: d.nombre,
        desde: texto.length - texto.trimStart().length,
      }));
  }

  let cuantas = 0;
  function prepara(area) {
    if (area.closest(".con-completar")) return;
    const indice = cuantas++;
    const envoltura = document.createElement("div");
    envoltura.className = "con-completar";
    // El error va después de la envoltura: sin esta marca, la hoja de estilos lo esconde.
    envoltura.classList.toggle("is-invalid", area.classList.contains("is-invalid"));
    area.parentNode.insertBefore(envoltura, area);
    if (dialogo) envoltura.append(barra(area));
    envoltura.append(area);
    const lista_ = document.createElement("ul");
    lista_.className = "completar";
    lista_.id = `completar-${indice}`;
    lista_.setAttribute("role", "listbox");
    lista_.setAttribute("aria-label", `Cifras vivas, ${indice + 1}`);
    lista_.hidden = true;
    envoltura.append(lista_);
    let abiertas = [];
    let elegida = 0;
    area.setSelectionRange(area.value.length, area.value.length); // si nunca se entra en él, lo nuevo va al final

    const cerrar = () => {
      lista_.hidden = true;
      area.removeAttribute("aria-activedescendant");
    };
    const pintar = () => {
      lista_.replaceChildren(
        ...abiertas.map((p, i) => {
          const renglon = document.createElement("li");
          renglon.id = `${lista_.id}-${i}`;
          renglon.setAttribute("role", "option");
          renglon.setAttribute("aria-selected", String(i === elegida));
          renglon.append(p.valor);
          const pie = document.createElement("small");
          pie.textContent = p.ayuda;
          renglon.append(pie);
          renglon.addEventListener("mousedown", (e) => { e.preventDefault(); elegida = i; poner(); });
          return renglon;
        })
      );
      lista_.hidden = abiertas.length === 0;
      if (lista_.hidden) { cerrar(); return; }
      area.setAttribute("aria-activedescendant", `${lista_.id}-${elegida}`);
      lista_.children[elegida].scrollIntoView({ block: "nearest" });
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
      if (lista_.hidden) {
        if ((e.ctrlKey || e.metaKey) && !e.altKey && e.key.toLowerCase() === "b") { e.preventDefault(); negritas(area); }
        if (dialogo && (e.ctrlKey || e.metaKey) && e.shiftKey && e.key.toLowerCase() === "c") { e.preventDefault(); abreSelector(area, "cifra"); }
        return;
      }
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
    const dice = area.closest("[data-renglon]")?.querySelector("[data-dice]");
    if (dice) area.addEventListener("input", despues(700, () => actualiza(area, dice)));
    else area.addEventListener("input", despues(900, () => previas.forEach((boton) => boton.click())));
  }

  async function actualiza(area, dice) {
    const texto = area.value;
    const hoy = texto.trim() ? await valor(texto) : { texto: "" };
    if (!hoy || texto !== area.value) return;
    const falla = hoy.error || hoy.errores?.map((e) => `Renglón ${e.linea}: ${e.mensaje}`).join(" ");
    const linea = document.createElement("span");
    linea.className = falla ? "renglon-falla" : "";
    linea.textContent = falla ? `No se puede escribir: ${falla}` : hoy.texto;
    dice.replaceChildren(...(linea.textContent ? [linea] : []));
  }

  document.querySelectorAll("textarea[data-narrativa]").forEach(prepara);
  document.addEventListener("renglon:nuevo", (e) => e.target.querySelectorAll("textarea[data-narrativa]").forEach(prepara));
})();
