package io.weir.cli;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Turns SIGINT, SIGTERM and SIGHUP into a {@link StopRequest}, so that a stop in order ends with exit code 0: the JVM's own
 * handlers run shutdown hooks and then exit with 128 plus the signal's number. From the first {@link #get} on; until then, and
 * so in short commands, a signal ends the process at once. A second signal does so too, and so does a stop that takes too
 * long; nothing is lost by that, since each part can be killed at any moment.
 *
 * <p>Through reflection, since {@code sun.misc.Signal} (module {@code jdk.unsupported}, exported for this very use) makes
 * javac warn in a way that cannot be suppressed.
 */
final class StopSignals implements Supplier<StopRequest> {
    private static final Duration LIMIT = Duration.ofSeconds(9);
    private static final int SECOND_SIGNAL = 130;

    private final StopRequest stop = new StopRequest();
    private boolean installed;

    @Override
    public synchronized StopRequest get() {
        if (!installed) {
            installed = true;
            install();
        }
        return stop;
    }

    private void install() {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
            Object handler = Proxy.newProxyInstance(
                    StopSignals.class.getClassLoader(), new Class<?>[] {handlerType}, (proxy, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            onSignal();
                            return null;
                        }
                        return method.getName().equals("hashCode") ? 1 : null;
                    });
            for (String name : new String[] {"INT", "TERM", "HUP"}) {
                signal.getMethod("handle", signal, handlerType)
                        .invoke(null, signal.getConstructor(String.class).newInstance(name), handler);
            }
        } catch (InvocationTargetException e) {
            // The JVM runs with -Xrs: signals keep the operating system's meaning.
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this JVM has no sun.misc.Signal; expected a JDK 17 or newer", e);
        }
    }

    private void onSignal() {
        if (stop.isRequested()) {
            Runtime.getRuntime().halt(SECOND_SIGNAL);
        }
        stop.request();
        Thread limit = new Thread(StopSignals::endAfterLimit, "weir-stop-limit");
        limit.setDaemon(true);
        limit.start();
    }

    private static void endAfterLimit() {
        try {
            Thread.sleep(LIMIT.toMillis());
        } catch (InterruptedException e) {
            return;
        }
        Main.standardError()
                .println("weir: the stop takes more than " + LIMIT.toSeconds()
                        + " s: ended at once; the next start goes on where this one was");
        Runtime.getRuntime().halt(ExitCode.FAILED);
    }
}
