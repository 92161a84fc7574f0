package org.octaveserver.ops.bundle;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;

/**
 * A change that is made only after all was tried that it brings in. Trials take long, and where another deployer is
 * quicker the change is made on top of other bundles than was thought: then there may be more to try. So the change
 * itself looks, and is refused until that is done. Not thread-safe.
 */
final class TriedChange implements ReleaseChange {
    private final ReleaseChange whole;
    private final Trials trials;
    private List<String> elsewhere = List.of();
    private Optional<Runnable> left = Optional.empty();

    TriedChange(ReleaseChange whole, Trials trials) {
        this.whole = whole;
        this.trials = trials;
    }

    @Override
    public Map<String, DeployedBundle> apply(Map<String, DeployedBundle> before) {
        Map<String, DeployedBundle> after = whole.apply(before);
        elsewhere = trials.elsewhere(before, after);
        if (!trials.areDone(before, after)) {
            left = Optional.of(() -> trials.run(before, after));
            throw new OpsException(
                    ErrorCode.RELEASE_CONFLICT,
                    "other deployers change again and again what is to be tried first; deploy again");
        }
        return after;
    }

    /** Tries what was left to be tried; answers whether there was anything. */
    boolean hasTried() {
        Optional<Runnable> trial = left;
        left = Optional.empty();
        trial.ifPresent(Runnable::run);
        return trial.isPresent();
    }

    /** Which of the versions that it lets callers use can run on other nodes only. */
    List<String> elsewhere() {
        return elsewhere;
    }
}
