"""Runs Python's web applications behind wasm-servlet, a request in each process."""
