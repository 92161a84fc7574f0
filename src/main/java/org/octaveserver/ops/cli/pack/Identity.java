package org.octaveserver.ops.cli.pack;

/**
 * What the directory says the bundle is. The server decides; this only names the file and its top directory.
 *
 * @param name the bundle's name
 * @param version its version
 */
public record Identity(String name, String version) {
    /** The version of code that states none. */
    static final String NO_VERSION = "0.0.0";

    /** The customary name of the bundle's file. */
    public String fileName() {
        return name + "-" + version + ".tar.gz";
    }
}
