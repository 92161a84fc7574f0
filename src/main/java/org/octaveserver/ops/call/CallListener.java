package org.octaveserver.ops.call;

import java.util.List;
import org.octaveserver.ops.wire.MetricUpdate;

/** Told of what happens to calls, on the calls' own threads: it must be quick, and must not throw. */
public interface CallListener {
    /** A call went to a bundle or function that is not there. */
    void refused();

    /** A call came, and waits for a worker. */
    Tracked arrived();

    /** User code of a bundle reported metrics of its own. */
    void reported(String bundle, List<MetricUpdate> updates);

    /** One call on its way. */
    interface Tracked {
        /** It has a worker. */
        void started();

        /**
         * It is over, whether it had a worker or not.
         *
         * @param answered whether the function returned or threw
         */
        void ended(boolean answered);
    }
}
