package org.octaveserver.ops.worker;

import java.nio.file.Path;

/** The compiled part of native workers of one runtime: there, or not and why. */
public sealed interface NativeModule {
    /** For people: which implementation new workers of the runtime have. */
    String implementation();

    /** Why it is not the native one; empty when it is. */
    String reason();

    /**
     * It can be loaded.
     *
     * @param folder the directory to put on Octave's path
     */
    record Ready(Path folder) implements NativeModule {
        @Override
        public String implementation() {
            return "native";
        }

        @Override
        public String reason() {
            return "";
        }
    }

    /** It is not there. */
    record Missing(String reason) implements NativeModule {
        @Override
        public String implementation() {
            return "portable";
        }
    }
}
