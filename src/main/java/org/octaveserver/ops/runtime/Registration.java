package org.octaveserver.ops.runtime;

import java.util.List;

/**
 * A runtime as the settings name it.
 *
 * @param id its name
 * @param command how it is started, without options
 */
record Registration(String id, List<String> command) {
    Registration {
        command = List.copyOf(command);
    }

    /** The setting of its command. */
    String setting() {
        return settingOf(id);
    }

    /** The setting of the command of a runtime, registered or not. */
    static String settingOf(String id) {
        return id.equals(Runtimes.DEFAULT) ? "ops.runtime.command" : "ops.runtime." + id + ".command";
    }
}
