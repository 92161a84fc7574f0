package org.octaveserver.ops.settings;

import java.util.List;

/** The settings cannot be used. Lists every problem, not the first one only; the server does not start. */
public final class SettingsException extends RuntimeException {
    private final List<String> problems;

    public SettingsException(List<String> problems) {
        super("the settings have " + problems.size() + (problems.size() == 1 ? " problem:\n  " : " problems:\n  ")
                + String.join("\n  ", problems));
        this.problems = List.copyOf(problems);
    }

    public List<String> problems() {
        return problems;
    }
}
