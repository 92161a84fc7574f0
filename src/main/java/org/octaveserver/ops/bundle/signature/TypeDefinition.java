package org.octaveserver.ops.bundle.signature;

import java.util.List;

/**
 * What is inside a struct or a cell array. Immutable.
 *
 * @param kind which of the two
 * @param help what it means, or empty
 * @param parts the fields of the struct, or the elements of the cell array; one element stands for all
 */
public record TypeDefinition(Kind kind, String help, List<Argument> parts) {
    public TypeDefinition {
        parts = List.copyOf(parts);
    }

    /** What has an inside. */
    public enum Kind {
        STRUCT("struct", "fields"),
        CELL("cell", "elements");

        private final String className;
        private final String partsName;

        Kind(String className, String partsName) {
            this.className = className;
            this.partsName = partsName;
        }

        /** Octave's name of the class. */
        public String className() {
            return className;
        }

        /** What MPS calls the parts. */
        public String partsName() {
            return partsName;
        }
    }
}
