"""Lo que la unidad acompaña a otras áreas y los pasos que faltan."""
