"""Escribe un puerto libre de 127.0.0.1: el pedido, o el primero desde el 8000."""

import socket
import sys


def libre(puerto: int) -> bool:
    with socket.socket() as enchufe:
        enchufe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            enchufe.bind(("127.0.0.1", puerto))
        except OSError:
            return False
    return True


def main(pedido: str) -> str:
    if pedido:
        if not pedido.isdigit() or not 1 <= int(pedido) <= 65535:
            sys.exit(f"ERROR: PUERTO debe ser un número entre 1 y 65535; vale {pedido!r}.")
        if pedido != "0" and not libre(int(pedido)):
            sys.exit(f"ERROR: el puerto {pedido} está ocupado; elija otro o quite PUERTO.")
        return pedido
    for puerto in range(8000, 8100):
        if libre(puerto):
            return str(puerto)
    sys.exit("ERROR: no hay un puerto libre entre 8000 y 8099; elija uno con PUERTO=…")


if __name__ == "__main__":
    print(main(sys.argv[1] if len(sys.argv) > 1 else ""))
