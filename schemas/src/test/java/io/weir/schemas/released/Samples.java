package io.weir.schemas.released;

import io.weir.schemas.ActionRequest;
import io.weir.schemas.ActionResult;
import io.weir.schemas.Actor;
import io.weir.schemas.AgentClaim;
import io.weir.schemas.Alert;
import io.weir.schemas.AppliedEffect;
import io.weir.schemas.ClaimedSubtree;
import io.weir.schemas.ComponentStatus;
import io.weir.schemas.Contribution;
import io.weir.schemas.ControlState;
import io.weir.schemas.CoverageGap;
import io.weir.schemas.Decision;
import io.weir.schemas.FileEvent;
import io.weir.schemas.FileState;
import io.weir.schemas.Firing;
import io.weir.schemas.Gap;
import io.weir.schemas.Manifest;
import io.weir.schemas.Position;
import io.weir.schemas.Rule;
import io.weir.schemas.RuleDecision;
import io.weir.schemas.RuleStatus;
import io.weir.schemas.RulesInForce;
import io.weir.schemas.Volume;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/** One record of every type, with every field set. Never changed, since the released bytes hold exactly these. */
public final class Samples {
    private static final Instant TIME = Instant.parse("2026-11-21T22:42:00.123456Z");

    private Samples() {}

    /** All of them. */
    public static List<SpecificRecord> all() {
        return List.of(
                fileEvent(),
                actionRequest(),
                actionResult(),
                decision(),
                rule(),
                manifest(),
                volume(),
                contribution(),
                new RulesInForce(3, 1000L, 17L, "abc", "weir.aggregates", 5L),
                new RuleStatus(
                        "quarantine-zips",
                        "tripped",
                        List.of("fault"),
                        17L,
                        "apply-1",
                        "/in/a.zip",
                        "web1",
                        new Position("weir.file-events", 3, 1000L),
                        "filter-1",
                        TIME),
                alert(),
                componentStatus(),
                new ControlState("volume/web1", true, "maintenance", "alice", TIME, List.of("alice")));
    }

    public static FileEvent fileEvent() {
        return FileEvent.newBuilder()
                .setFileId("10:2a")
                .setType("moved")
                .setVolume("web1")
                .setPath("/in/caf\u00e9 \uFFFD.zip")
                .setPreviousPath("/upload/caf\u00e9 \uFFFD.zip")
                .setHalf("source")
                .setAgent("web1-agent")
                .setEpoch(1_790_000_000L)
                .setSequence(42)
                .setObservedAt(TIME)
                .setOrigin("reconstructed")
                .setHost("web1.example.com")
                .setRawPath(ByteBuffer.wrap(new byte[] {47, 105, 110, 47, -23}))
                .setRawPreviousPath(ByteBuffer.wrap(new byte[] {47, -1}))
                .setState(state())
                .setActor(new Actor("alice", 1000L, 4711L, "/usr/bin/mv", "fanotify", "certain"))
                .setGap(new Gap("overflow", "the kernel's queue was full", TIME, TIME.plusMillis(5)))
                .build();
    }

    private static FileState state() {
        return new FileState(
                "803:12f", "file", 123_456_789_012L, 0640, "alice", "users", 1000L, 100L, 2L, 1L << 60, 1L << 61, 5L);
    }

    private static ActionRequest actionRequest() {
        return ActionRequest.newBuilder()
                .setId("q-1")
                .setRule("quarantine-zips")
                .setRulesOffset(17)
                .setPosition(1)
                .setAction("exec")
                .setParameters(Map.of("run", "scan"))
                .setEvent(fileEvent())
                .setEventPartition(3)
                .setEventOffset(1000)
                .setNotAfter(TIME.plusSeconds(86_400))
                .setDryRun(true)
                .build();
    }

    private static ActionResult actionResult() {
        return ActionResult.newBuilder()
                .setActionId("q-1")
                .setAttempt(2)
                .setOutcome("done")
                .setDetail("moved")
                .setRule("quarantine-zips")
                .setAction("quarantine")
                .setVolume("web1")
                .setPath("/in/a.zip")
                .setEventId("web1-agent:1790000000:42")
                .setEffects(List.of(new AppliedEffect(
                        "set",
                        "/in/a.zip",
                        "/out/a.zip",
                        Map.of("mode", "0600"),
                        Map.of("mode", "0640"),
                        "803:12f",
                        ByteBuffer.wrap(new byte[] {47, -1}),
                        ByteBuffer.wrap(new byte[] {47, -2}),
                        "backup")))
                .setWorker("worker-1")
                .setStartedAt(TIME)
                .setFinishedAt(TIME.plusMillis(3))
                .build();
    }

    private static Decision decision() {
        return Decision.newBuilder()
                .setEventId("web1-agent:1790000000:42")
                .setVolume("web1")
                .setPath("/in/a.zip")
                .setType("created")
                .setPartition(3)
                .setOffset(1000)
                .setRulesOffset(17)
                .setOutcome("suppressed")
                .setRules(List.of(new RuleDecision("quarantine-zips", "matched", List.of("q-1"), "detail")))
                .setCausationId("q-0")
                .setCausationEvidence("window")
                .setDecidedAt(new Position("weir.aggregates", 2, 7L))
                .build();
    }

    static Rule rule() {
        return new Rule("quarantine-zips", "{id: quarantine-zips}", "apply-1", "alice", "first", TIME);
    }

    static Manifest manifest() {
        return new Manifest("apply-1", List.of("quarantine-zips"), List.of("old"), "abc", 16L, "alice", "first", TIME);
    }

    static Volume volume() {
        return new Volume("web1", "qumulo", "worker-1", TIME);
    }

    private static Contribution contribution() {
        return new Contribution("ransom", "hash", "group", "distinct", fileEvent(), 3, 1000L, 17L, "action", "window");
    }

    private static Alert alert() {
        return Alert.newBuilder()
                .setKind("breaker-tripped")
                .setRule("quarantine-zips")
                .setVolume("web1")
                .setPath("/in/a.zip")
                .setMessage("suspended")
                .setFirings(101)
                .setWithinMs(600_000)
                .setSince(Instant.ofEpochSecond(1_790_000_000L))
                .setAt(Instant.ofEpochSecond(1_790_000_060L))
                .setRulesOffset(17)
                .setPosition(new Position("weir.file-events", 3, 1000L))
                .setEvidence(List.of(new Firing("web1-agent:1790000000:42", List.of("q-1"))))
                .build();
    }

    private static ComponentStatus componentStatus() {
        return new ComponentStatus(
                "agent",
                "web1-agent",
                "0.1.0",
                "web1.example.com",
                TIME,
                TIME.plusSeconds(5),
                "degraded",
                "watch limit reached",
                List.of("web1"),
                Map.of("weir_agent_events_total", 42L),
                Map.of("mode", "live"),
                new AgentClaim(
                        "4711-8f3c",
                        1_764_000_000_000_000L,
                        "held",
                        42L,
                        1_764_000_000_000L,
                        15_000L,
                        List.of(new ClaimedSubtree("web1", "/srv/in", true))),
                List.of(new CoverageGap(
                        "web1", "/srv/in", "overflow", "events were lost", TIME, TIME.plusSeconds(1), true)));
    }
}
