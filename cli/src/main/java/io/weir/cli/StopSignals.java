package io.weir.cli;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/**
 * Turns SIGINT, SIGTERM and SIGHUP into a {@link StopRequest}, so that a stop in order ends with exit code 0: the JVM's own
 * handlers run shutdown hooks and then exit with 128 plus the signal's number. A second signal ends the process at once.
 *
 * <p>Through reflection, since {@code sun.misc.Signal} (module {@code jdk.unsupported}, exported for this very use) makes
 * javac warn in a way that cannot be suppressed.
 */
final class StopSignals {
    private StopSignals() {}

    static void install(StopRequest stop) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
            Object handler = Proxy.newProxyInstance(
                    StopSignals.class.getClassLoader(), new Class<?>[] {handlerType}, (proxy, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            onSignal(stop);
                            return null;
                        }
                        return method.getName().equals("hashCode") ? 1 : null;
                    });
            for (String name : new String[] {"INT", "TERM", "HUP"}) {
                signal.getMethod("handle", signal, handlerType)
                        .invoke(null, signal.getConstructor(String.class).newInstance(name), handler);
            }
        } catch (InvocationTargetException | IllegalArgumentException e) {
            // The JVM runs with -Xrs: signals keep the operating system's meaning.
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this JVM has no sun.misc.Signal; expected a JDK 17 or newer", e);
        }
    }

    private static void onSignal(StopRequest stop) {
        if (stop.isRequested()) {
            Runtime.getRuntime().halt(130);
        }
        stop.request();
    }
}
