"""Los avances que los instrumentos reportan en cada sesión (SISCOI) y su cuadrícula."""
