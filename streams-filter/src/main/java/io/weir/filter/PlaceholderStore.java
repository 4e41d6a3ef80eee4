package io.weir.filter;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The store that Kafka Streams wants beside a global processor. It holds nothing: what the processor makes of the topic is
 * on the heap and is rebuilt from the whole topic at each start.
 *
 * <p>It calls itself persistent, though, since only then does Streams keep its process id in the state directory. The
 * transactional id is made of that, and only under the same one does a restart after {@code kill -9} abort the
 * transaction left open at once; else readers wait for it to time out.
 */
final class PlaceholderStore implements StateStore {
    private final String name;
    private boolean open;

    private PlaceholderStore(String name) {
        this.name = name;
    }

    static StoreBuilder<PlaceholderStore> builder(String name) {
        return new Builder(name);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        context.register(root, (key, value) -> {});
        open = true;
    }

    @Override
    public void close() {
        open = false;
    }

    @Override
    public boolean persistent() {
        return true;
    }

    /** It has no offsets to keep, so that Streams reads the whole topic. */
    @Override
    @SuppressWarnings(
            "deprecation") // the method is to become the rule and then go: true is what is asked of new stores
    public boolean managesOffsets() {
        return true;
    }

    @Override
    @SuppressWarnings("NullAway") // null is Kafka's word for "none"
    public @Nullable Long committedOffset(TopicPartition partition) {
        return null;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    private record Builder(String name) implements StoreBuilder<PlaceholderStore> {
        @Override
        public StoreBuilder<PlaceholderStore> withCachingEnabled() {
            return this;
        }

        @Override
        public StoreBuilder<PlaceholderStore> withCachingDisabled() {
            return this;
        }

        @Override
        public StoreBuilder<PlaceholderStore> withLoggingEnabled(Map<String, String> config) {
            throw new UnsupportedOperationException("store '" + name + "' holds nothing");
        }

        @Override
        public StoreBuilder<PlaceholderStore> withLoggingDisabled() {
            return this;
        }

        @Override
        public PlaceholderStore build() {
            return new PlaceholderStore(name);
        }

        @Override
        public Map<String, String> logConfig() {
            return Map.of();
        }

        @Override
        public boolean loggingEnabled() {
            return false;
        }
    }
}
