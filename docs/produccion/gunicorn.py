"""Servidor de páginas. Los números salen del entorno; los de aquí sirven para dos núcleos."""

import os

bind = os.environ.get("DIRECCION", "127.0.0.1:8000")
worker_class = "gthread"
workers = int(os.environ.get("PROCESOS", "2"))
threads = int(os.environ.get("HILOS", "4"))
# La página más lenta, el PDF de un informe, queda muy por debajo.
timeout = 60
graceful_timeout = 30
max_requests = 2000
max_requests_jitter = 200
control_socket_disable = True
# El latido en memoria no se detiene cuando el disco está ocupado.
worker_tmp_dir = "/dev/shm"  # noqa: S108  # nosec B108
accesslog = "-"
