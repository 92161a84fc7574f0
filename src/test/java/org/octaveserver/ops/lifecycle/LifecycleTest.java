package org.octaveserver.ops.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LifecycleTest {
    private final Lifecycle lifecycle = new Lifecycle();
    private final List<String> events = new ArrayList<>();

    private final class Part implements Managed {
        private final String name;
        private boolean failsToStart;
        private boolean failsToStop;

        Part(String name) {
            this.name = name;
        }

        Part failingToStart() {
            failsToStart = true;
            return this;
        }

        Part failingToStop() {
            failsToStop = true;
            return this;
        }

        @Override
        public void start() {
            events.add("start " + name);
            if (failsToStart) {
                throw new IllegalStateException(name + " does not start");
            }
        }

        @Override
        public void stop() {
            events.add("stop " + name);
            if (failsToStop) {
                throw new IllegalStateException(name + " does not stop");
            }
        }
    }

    @Test
    void startsInOrderAndStopsInReverse() {
        lifecycle.add(new Part("a"));
        lifecycle.add(new Part("b"));
        lifecycle.add(new Part("c"));

        lifecycle.start();
        lifecycle.stop();

        assertThat(events).containsExactly("start a", "start b", "start c", "stop c", "stop b", "stop a");
    }

    @Test
    void handsBackWhatIsAdded() {
        Part part = new Part("a");

        assertThat(lifecycle.add(part)).isSameAs(part);
    }

    @Test
    void aFailureInTheMiddleStopsWhatWasStartedAndNothingElse() {
        lifecycle.add(new Part("a"));
        lifecycle.add(new Part("b"));
        lifecycle.add(new Part("c").failingToStart());
        lifecycle.add(new Part("d"));

        assertThatThrownBy(lifecycle::start).hasMessage("c does not start");

        assertThat(events).containsExactly("start a", "start b", "start c", "stop b", "stop a");
    }

    @Test
    void aPartThatDoesNotStopDoesNotKeepTheOthersRunning() {
        lifecycle.add(new Part("a"));
        lifecycle.add(new Part("b").failingToStop());
        lifecycle.add(new Part("c"));
        lifecycle.start();

        lifecycle.stop();

        assertThat(events).endsWith("stop c", "stop b", "stop a");
    }

    @Test
    void aFailureToStopDoesNotHideTheFailureToStart() {
        lifecycle.add(new Part("a").failingToStop());
        lifecycle.add(new Part("b").failingToStart());

        assertThatThrownBy(lifecycle::start).hasMessage("b does not start");
    }

    @Test
    void stopsEachPartOnce() {
        lifecycle.add(new Part("a"));
        lifecycle.start();

        lifecycle.stop();
        lifecycle.stop();

        assertThat(events).containsExactly("start a", "stop a");
    }
}
