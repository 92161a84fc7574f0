package org.octaveserver.ops.bundle.autodeploy;

import java.io.InputStream;
import org.octaveserver.ops.error.OpsException;

/** Where files are deployed to. */
public interface DeployTarget {
    /**
     * What a file became.
     *
     * @param bundle the bundle's name
     * @param version its version
     * @param digest the file's SHA-256, hexadecimal
     */
    record Target(String bundle, String version, String digest) {}

    /**
     * Deploys a file in the place of whatever is deployed of its bundle.
     *
     * @param bundleName the name of the bundle, should the file name none
     * @throws OpsException when it cannot be deployed; nothing has changed then
     */
    Target deploy(InputStream file, String bundleName, String fileName);

    /**
     * Takes away what a file became, unless something else has taken its place meanwhile.
     *
     * @throws OpsException when it cannot be taken away
     */
    void retire(Target target, String fileName);
}
