package io.weir.it.containers;

/** The images that {@code docker-compose.yml} names, and {@code ./dev docker-images} makes. */
final class Images {
    static final String WEIR = "weir:0.1.0";
    static final String KAFKA = "apache/kafka:4.3.1";
    static final String REGISTRY = "apicurio/apicurio-registry:3.0.9";

    private Images() {}
}
