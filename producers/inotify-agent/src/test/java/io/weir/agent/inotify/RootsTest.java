package io.weir.agent.inotify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.agent.source.Place;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RootsTest {
    private static Roots roots(WatchRoot... roots) {
        return Roots.of(InotifySettings.of(List.of(roots)));
    }

    private static WatchRoot root(String volume, String place, String directory, boolean recursive) {
        return new WatchRoot(volume, place, Path.of(directory), recursive);
    }

    @Test
    void placesMapToPathsOfTheHost() {
        Roots roots = roots(root("v", "/", "/srv/x", true), root("w", "/home", "/nohome", true));
        assertThat(roots.hostPath(new Place("v", "/"))).contains("/srv/x");
        assertThat(roots.hostPath(new Place("v", "/a/b"))).contains("/srv/x/a/b");
        assertThat(roots.hostPath(new Place("w", "/home"))).contains("/nohome");
        assertThat(roots.hostPath(new Place("w", "/home/a"))).contains("/nohome/a");
        assertThat(roots.hostPath(new Place("w", "/homes"))).isEmpty();
        assertThat(roots.hostPath(new Place("u", "/a"))).isEmpty();
        assertThat(roots(root("v", "/", "/", true)).hostPath(new Place("v", "/a")))
                .contains("/a");
    }

    @Test
    void overlappingRootsAreRefusedByName() {
        assertThatThrownBy(() -> roots(root("v", "/", "/srv/x", true), root("w", "/", "/srv/x/y", true)))
                .hasMessage(
                        "watched directory='/srv/x/y' (volume 'w'): it is already watched below '/srv/x' (volume 'v');"
                                + " expected directories apart from each other; try to leave one out");
        assertThatThrownBy(() -> roots(root("v", "/", "/srv/x", false), root("w", "/", "/srv/x", false)))
                .hasMessageContaining("it is already watched (volume 'v')");
        assertThatThrownBy(() -> roots(root("v", "/", "/srv/x", true), root("v", "/y", "/srv/z", true)))
                .hasMessageContaining("its place 'v:/y' is taken by '/srv/x' (v:/)");
        roots(root("v", "/a", "/srv/a", true), root("v", "/ab", "/srv/ab", true));
        roots(root("v", "/a", "/srv/a", false), root("v", "/a/b", "/srv/a/b", false));
    }

    @Test
    void aRootInAnExcludedDirectoryIsRefused() {
        InotifySettings settings = InotifySettings.of(List.of(root("v", "/", "/nosuch/data/x", true)))
                .withExcluded(Set.of(Path.of("/nosuch/data")));
        assertThatThrownBy(() -> Roots.of(settings))
                .hasMessageContaining("it lies in '/nosuch/data', which is never watched");
    }

    @Test
    void settingsAreChecked() {
        assertThatThrownBy(() -> InotifySettings.of(List.of())).hasMessageContaining("expected at least one");
        assertThatThrownBy(() -> root("v", "a", "/x", true)).hasMessageContaining("path in volume='a'");
        assertThatThrownBy(() -> root("v", "/", "/x", true).withNames(Set.of("f")))
                .hasMessageContaining("single files [f] of it are named; expected it not to be recursive");
        assertThatThrownBy(() -> root("v", "/", "x", true)).hasMessageContaining("expected an absolute path");
    }
}
