# One image for all of Weir's parts: docker build -t weir . && docker run --rm weir --help
FROM debian:bookworm-slim AS build
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates openjdk-17-jdk-headless \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /opt/weir
COPY . .
# The launcher builds what it starts, and makes the class-data archive for fast starts.
RUN ./weir --version

FROM debian:bookworm-slim
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates openjdk-17-jre-headless \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --no-create-home --home-dir /var/lib/weir weir \
    && install -d -m 1777 /var/lib/weir
COPY --from=build /opt/weir/weir /opt/weir/weir
COPY --from=build /opt/weir/examples /opt/weir/examples
COPY --from=build /opt/weir/cli/target/dist /opt/weir/cli/target/dist
ENV PATH=/opt/weir:$PATH
WORKDIR /opt/weir
# Enough for the filter; an agent and a worker are run as somebody who may see and change their files.
USER weir
ENTRYPOINT ["/opt/weir/weir"]
CMD ["--help"]
