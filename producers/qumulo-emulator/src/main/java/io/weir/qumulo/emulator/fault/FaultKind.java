package io.weir.qumulo.emulator.fault;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ObjIntConsumer;

/** Faults as scripts name them: in lower case, words joined by hyphens. */
enum FaultKind {
    RESET((faults, times) -> faults.resetStreams()),
    END((faults, times) -> faults.endStreams()),
    END_IN_MID_LINE((faults, times) -> faults.endStreamsInMidLine()),
    CUT((faults, times) -> faults.cutStreams()),
    OVERFLOW((faults, times) -> faults.overflowStreams()),
    SILENCE((faults, times) -> faults.silence(true)),
    SPEAK((faults, times) -> faults.silence(false)),
    RESET_CONNECTIONS((faults, times) -> faults.resetConnections()),
    REFUSE_CONNECTIONS(Faults::refuseConnections),
    STOP_LISTENING((faults, times) -> faults.listening(false)),
    LISTEN((faults, times) -> faults.listening(true)),
    EXPIRE_TOKENS((faults, times) -> faults.expireTokens()),
    UNAVAILABLE(Faults::unavailable),
    UNAUTHORIZED(Faults::unauthorized),
    LOSE_REQUESTS(Faults::loseRequests),
    LOSE_ANSWERS(Faults::loseAnswers);

    @SuppressWarnings("ImmutableEnumChecker") // These capture nothing.
    private final ObjIntConsumer<Faults> action;

    FaultKind(ObjIntConsumer<Faults> action) {
        this.action = action;
    }

    void happen(Faults faults, int times) {
        action.accept(faults, times);
    }

    String scriptName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<FaultKind> find(String scriptName) {
        return Arrays.stream(values())
                .filter(kind -> kind.scriptName().equals(scriptName))
                .findFirst();
    }

    static List<String> scriptNames() {
        return Arrays.stream(values()).map(FaultKind::scriptName).toList();
    }
}
