"""Tope de tamaño al recibir: un archivo enorme no llena el disco ni la memoria."""

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import FileUploadHandler


class ArchivoExcedido(SimpleUploadedFile):
    """Ocupa el lugar de un archivo que pasó del tope; el validador lo rechaza junto a su campo."""

    def __init__(self, nombre: str, tipo: str | None, tamano_recibido: int):
        super().__init__(nombre, b"", tipo or "application/octet-stream")
        self.tamano_recibido = tamano_recibido


class TopeDeTamano(FileUploadHandler):
    """Deja pasar los trozos hasta el tope y tira los demás sin guardarlos."""

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        self.recibidos = 0

    def receive_data_chunk(self, raw_data, start):
        self.recibidos += len(raw_data)
        return raw_data if self.recibidos <= settings.ARCHIVO_TAMANO_MAXIMO else None

    def file_complete(self, file_size):
        if self.recibidos > settings.ARCHIVO_TAMANO_MAXIMO:
            return ArchivoExcedido(self.file_name, self.content_type, self.recibidos)
        return None
