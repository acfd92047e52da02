# The router without a desktop. docs/headless.md tells how it is run.
ARG PYTHON=3.13
FROM docker.io/library/python:${PYTHON}-slim AS build
WORKDIR /source
COPY pyproject.toml README.md README.zh-CN.md CHANGELOG.md LICENSE config.example.json ./
COPY resources resources
COPY docs docs
COPY ccr_desktop ccr_desktop
RUN python -m venv /opt/ccr && /opt/ccr/bin/pip install --no-cache-dir .

FROM docker.io/library/python:${PYTHON}-slim
RUN useradd --system --uid 10001 --no-create-home --home-dir /var/lib/ccr ccr \
    && install --directory --owner ccr --mode 700 /var/lib/ccr
COPY --from=build /opt/ccr /opt/ccr
COPY installers/container/health.py /opt/ccr/health.py
# Nothing is written outside of /var/lib/ccr, so that the root file system can be read-only.
ENV PATH=/opt/ccr/bin:/usr/local/bin:/usr/bin:/bin \
    HOME=/var/lib/ccr \
    CCR_DESKTOP_HOME=/var/lib/ccr \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1
USER 10001
VOLUME /var/lib/ccr
EXPOSE 3456
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s --retries=3 \
    CMD ["python", "/opt/ccr/health.py"]
# Running answers get ten seconds after SIGTERM.
STOPSIGNAL SIGTERM
# Without an APIKEY it would listen on loopback, which nobody outside of the container reaches.
ENTRYPOINT ["ccr", "serve", "--host", "0.0.0.0", "--require-key"]
