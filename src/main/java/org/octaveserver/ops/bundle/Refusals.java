package org.octaveserver.ops.bundle;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.octaveserver.ops.error.ErrorKind;
import org.octaveserver.ops.error.OpsException;

/** Collects what is wrong with the parts of one request, so that it is told at once. Not thread-safe. */
final class Refusals {
    /** Nobody reads more of them. */
    private static final int MOST = 20;

    private final List<OpsException> refusals = new ArrayList<>();

    /** What a part comes to, or nothing when it was refused. A fault of the server is no refusal and ends all. */
    <T> Optional<T> collect(Supplier<T> part) {
        try {
            return Optional.of(part.get());
        } catch (OpsException e) {
            if (e.code().kind() == ErrorKind.INTERNAL || e.code().kind() == ErrorKind.UNAVAILABLE) {
                throw e;
            }
            refusals.add(e);
            return Optional.empty();
        }
    }

    void add(OpsException refusal) {
        refusals.add(refusal);
    }

    /**
     * Ends the request when a part was refused.
     *
     * @throws OpsException the one refusal, or one with the code of the first and the messages of all, or of many
     */
    void throwIfAny() {
        if (refusals.isEmpty()) {
            return;
        }
        OpsException first = refusals.get(0);
        if (refusals.size() == 1) {
            throw first;
        }
        String told =
                refusals.stream().limit(MOST).map(OpsException::getMessage).collect(Collectors.joining("\n"));
        int more = refusals.size() - MOST;
        OpsException whole = new OpsException(
                first.code(),
                refusals.size() + " parts of the request are refused, so nothing has changed:\n" + told
                        + (more > 0 ? "\nand " + more + " more" : ""));
        refusals.stream().limit(MOST).forEach(whole::addSuppressed);
        throw whole;
    }
}
