"""Una plantilla con qué empezar; Dirección la cambia o agrega otras."""

from django.db import migrations

NOMBRE = "Opinión de pertinencia"
TEXTO = """## Antecedente

El {{ solicitada }} se pidió la opinión de esta unidad sobre la pertinencia de suscribir el instrumento «{{ instrumento }}», de tipo {{ tipo }}, con {{ contrapartes }}.

## Análisis

El instrumento tiene por objeto: {{ objeto }}.

Para valorarlo se revisó que:

- el objeto corresponda a las atribuciones del Instituto y a sus programas del año;
- las áreas que lo cumplirán ({{ areas }}) lo conozcan y puedan atenderlo;
- la vigencia, {{ vigencia }}, alcance para lo que se propone;
- no repita obligaciones de otro instrumento en vigor con la misma contraparte.

## Conclusión

Por lo anterior, el {{ fecha }} esta unidad emite la opinión {{ numero }} en sentido **{{ sentido }}** respecto de la suscripción del instrumento.
"""


def crear(apps, editor):
    plantillas = apps.get_model("convenios", "PlantillaDeOpinion").objects.using(editor.connection.alias)
    plantillas.get_or_create(nombre=NOMBRE, defaults={"texto": TEXTO})


class Migration(migrations.Migration):
    dependencies = [("convenios", "0003_vida_del_instrumento")]
    operations = [migrations.RunPython(crear, migrations.RunPython.noop)]
