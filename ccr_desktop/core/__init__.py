"""The service without a face: no Qt, no printing, no globals."""
