package io.weir.qumulo.emulator.api;

import io.weir.qumulo.emulator.http.Answer;
import io.weir.qumulo.emulator.http.HttpRequest;
import io.weir.qumulo.emulator.http.Percent;
import io.weir.qumulo.emulator.settings.Accounts;
import io.weir.qumulo.emulator.settings.Switches;
import io.weir.qumulo.emulator.tree.FileSystemException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the route of a request, checks its token, and turns what is thrown into answers. */
public final class Router {
    private static final Logger log = LoggerFactory.getLogger(Router.class);
    private static final String BEARER = "Bearer ";

    private final Accounts accounts;
    private final Switches switches;
    private final List<Route> routes = new ArrayList<>();

    private record Route(String method, List<String> parts, boolean open, Call.Handler handler) {
        @Nullable
        Map<String, String> match(List<String> segments) {
            if (segments.size() != parts.size()) {
                return null;
            }
            var variables = new HashMap<String, String>();
            for (int i = 0; i < parts.size(); i++) {
                String part = parts.get(i);
                if (part.startsWith("{") && !segments.get(i).isEmpty()) {
                    variables.put(part.substring(1, part.length() - 1), Percent.decode(segments.get(i)));
                } else if (!part.equals(segments.get(i))) {
                    return null;
                }
            }
            return variables;
        }
    }

    private Router(Accounts accounts, Switches switches) {
        this.accounts = accounts;
        this.switches = switches;
    }

    /** All of the API. */
    public static Router over(Cluster cluster) {
        var router = new Router(cluster.accounts(), cluster.switches());
        new SessionApi(cluster).addTo(router);
        new AccessTokensApi(cluster).addTo(router);
        new ClusterApi(cluster).addTo(router);
        new AttributesApi(cluster).addTo(router);
        new AclApi(cluster).addTo(router);
        new EntriesApi(cluster).addTo(router);
        new ListingApi(cluster).addTo(router);
        new DataApi(cluster).addTo(router);
        new MetadataApi(cluster).addTo(router);
        new SnapshotApi(cluster).addTo(router);
        new NotifyApi(cluster).addTo(router);
        return router;
    }

    /** @param pattern a path with variables in braces, such as {@code /v1/files/{ref}/data} */
    void add(String method, String pattern, Call.Handler handler) {
        routes.add(new Route(method, segments(pattern), false, handler));
    }

    /** A route that needs no token. */
    void addOpen(String method, String pattern, Call.Handler handler) {
        routes.add(new Route(method, segments(pattern), true, handler));
    }

    public Answer answer(HttpRequest request) {
        try {
            return route(request);
        } catch (FileSystemException e) {
            return Answer.error(e.error().status(), e.error().wireName(), String.valueOf(e.getMessage()));
        } catch (ApiException e) {
            return e.answer();
        } catch (RuntimeException e) {
            log.atError().addKeyValue("path", request.path()).setCause(e).log("a call has failed by a defect");
            return Answer.error(500, "emulator_defect", e.toString());
        }
    }

    private Answer route(HttpRequest request) {
        List<String> segments = segments(request.path());
        boolean known = false;
        for (Route route : routes) {
            Map<String, String> variables = route.match(segments);
            if (variables == null) {
                continue;
            }
            known = true;
            if (route.method.equals(request.method())) {
                String token = token(request);
                if (!route.open && !accounts.isValid(token)) {
                    return unauthorized();
                }
                return route.handler.handle(new Call(request, variables, token));
            }
        }
        if (!accounts.isValid(token(request))) {
            return unauthorized();
        }
        return known
                ? Answer.error(405, "http_method_not_allowed_error", request.method())
                : Answer.error(404, "http_not_found_error", request.path());
    }

    private Answer unauthorized() {
        return switches.jsonUnauthorized()
                ? Answer.error(401, "http_unauthorized_error", "Need to log in first to establish credentials.")
                : Answer.empty(401);
    }

    private static String token(HttpRequest request) {
        String header = request.header("authorization");
        return header != null && header.startsWith(BEARER) ? header.substring(BEARER.length()) : "";
    }

    private static List<String> segments(String path) {
        return List.of(path.split("/", -1));
    }
}
