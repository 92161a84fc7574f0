package org.octaveserver.ops.bundle;

import java.util.List;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.value.OctaveValue;

/**
 * A call in {@code ops.json} that must succeed before the version is deployed.
 *
 * @param purpose what it is for
 * @param function one of the bundle's exports
 * @param arguments its inputs
 * @param outputs how many outputs are asked for
 */
public record SmokeCall(Purpose purpose, String function, List<OctaveValue> arguments, int outputs) {
    public SmokeCall {
        arguments = List.copyOf(arguments);
    }

    /** What such calls are for. */
    public enum Purpose {
        /** To see whether the bundle works. */
        SMOKE("smoke call", "smoke.function", ErrorCode.SMOKE_CALL_FAILED),
        /** To see whether what each template of it does first works. */
        WARMUP("warmup call", "warmup", ErrorCode.WARMUP_FAILED);

        private final String words;
        private final String member;
        private final ErrorCode failure;

        Purpose(String words, String member, ErrorCode failure) {
            this.words = words;
            this.member = member;
            this.failure = failure;
        }

        String words() {
            return words;
        }

        /** The member of {@code ops.json} that names the function. */
        String member() {
            return member;
        }

        ErrorCode failure() {
            return failure;
        }
    }

    /** Of a warmup. */
    static SmokeCall of(Warmup warmup) {
        return new SmokeCall(Purpose.WARMUP, warmup.function(), warmup.call().arguments(), 0);
    }
}
