"""De un documento a su PDF: se parte en piezas, se imprimen a la vez y se encuadernan en uno solo.

``prensa`` imprime una pieza, ``taller`` reparte las piezas entre procesos y ``encuadernado`` las une
con su índice, sus marcadores, sus etiquetas de accesibilidad y sus números de página. ``prensa`` y
``taller`` no usan Django: así el proceso que imprime arranca pronto y no toca la base de datos. Y fuera de
``prensa`` nadie lee WeasyPrint: quien sólo encarga no espera a que se cargue.
"""
