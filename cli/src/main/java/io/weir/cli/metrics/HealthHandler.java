package io.weir.cli.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.weir.agent.AgentStatus;
import java.io.IOException;
import java.util.function.Supplier;

/** {@code /-/healthy}: 200 while the agent does its work, else 503 with the cause. */
final class HealthHandler implements HttpHandler {
    static final String PATH = "/-/healthy";

    private final Supplier<AgentStatus> status;

    HealthHandler(Supplier<AgentStatus> status) {
        this.status = status;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!exchange.getRequestURI().getPath().equals(PATH)) {
                answer(exchange, 404, "there are only /metrics and " + PATH);
                return;
            }
            AgentStatus now = status.get();
            answer(
                    exchange,
                    now.healthy() ? 200 : 503,
                    now.state() + now.cause().map(cause -> ": " + cause).orElse(""));
        }
    }

    private static void answer(HttpExchange exchange, int code, String text) throws IOException {
        byte[] body = (text + "\n").getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
        exchange.sendResponseHeaders(code, body.length);
        exchange.getResponseBody().write(body);
    }
}
