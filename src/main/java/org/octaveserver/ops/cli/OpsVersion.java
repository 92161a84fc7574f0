package org.octaveserver.ops.cli;

import java.util.ResourceBundle;
import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote. */
final class OpsVersion implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {
            "ops " + ResourceBundle.getBundle("org.octaveserver.ops.version").getString("version")
        };
    }
}
