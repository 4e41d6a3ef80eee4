# One image for all of Weir's parts: docker build -t weir:0.1.0 . && docker run --rm weir:0.1.0 --help
#
# Needs Debian's packages and Maven Central. ./dev docker-images makes the same of jars that are built already.
FROM debian:bookworm-slim AS java
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates openjdk-17-jre-headless \
    && rm -rf /var/lib/apt/lists/*

FROM java AS build
ARG BUILD_PACKAGES="openjdk-17-jdk-headless zip"
RUN apt-get update && apt-get install -y --no-install-recommends $BUILD_PACKAGES
WORKDIR /opt/weir
COPY . .
ARG COMMIT=unknown
RUN [ ! -e pom.xml ] || ./mvnw -B -ntp -Dmaven.test.skip=true -Dweir.quick -Dweir.commit="$COMMIT" -pl cli -am package
# RocksDB's jar has its library for 14 systems, 67 of its 73 MB. Then the archives that make starts fast: of capture, and of all else.
RUN cd cli/target/dist && touch built \
    && zip -q -d lib/rocksdbjni-*.jar 'librocksdbjni-*' -x '*-linux64.so' "*-linux-$(uname -m).so" \
    && /opt/weir/weir agent --help >/dev/null && /opt/weir/weir --version

FROM java
RUN useradd --uid 10001 --no-create-home --home-dir /var/lib/weir weir \
    && install -d -m 1777 /var/lib/weir
COPY --from=build /opt/weir/weir /opt/weir/weir
COPY --from=build /opt/weir/containers/weir /usr/local/bin
COPY --from=build /opt/weir/examples /opt/weir/examples
COPY --from=build /opt/weir/cli/target/dist /opt/weir/cli/target/dist
ENV PATH=/opt/weir:$PATH
WORKDIR /opt/weir
# Enough for the filter; an agent and a worker are run as somebody who may see and change their files.
USER weir
# Whether the process works; 'ready' asks whether it does its work, too. For parts that run with --metrics-port 9464.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s CMD ["weir-health", "live"]
ENTRYPOINT ["weir"]
CMD ["--help"]
