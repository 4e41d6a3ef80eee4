package io.weir.cli.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * {@code /health/live}: 200 unless a part has failed for good, so that its process has to be started anew; {@code
 * /health/ready}: 200 while all parts do their work; else 503. Each part has a line with its cause.
 */
final class HealthHandler implements HttpHandler {
    static final String LIVE = "/health/live";
    static final String READY = "/health/ready";

    private final Supplier<List<ComponentState>> parts;

    HealthHandler(Supplier<List<ComponentState>> parts) {
        this.parts = parts;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            switch (exchange.getRequestURI().getPath()) {
                case LIVE -> answer(exchange, "live", ComponentState::alive);
                case READY -> answer(exchange, "ready", ComponentState::ready);
                default -> answer(exchange, 404, "there are only /metrics, " + LIVE + " and " + READY + "\n");
            }
        }
    }

    private void answer(HttpExchange exchange, String word, Predicate<ComponentState> question) throws IOException {
        List<ComponentState> now = parts.get();
        boolean yes = now.stream().allMatch(question);
        answer(
                exchange,
                yes ? 200 : 503,
                (yes ? word : "not " + word) + "\n"
                        + now.stream().map(HealthHandler::line).collect(Collectors.joining()));
    }

    private static String line(ComponentState part) {
        return part.kind() + ": " + part.state()
                + part.cause().map(cause -> ": " + cause).orElse("") + "\n";
    }

    private static void answer(HttpExchange exchange, int code, String text) throws IOException {
        byte[] body = text.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
        exchange.sendResponseHeaders(code, body.length);
        exchange.getResponseBody().write(body);
    }
}
