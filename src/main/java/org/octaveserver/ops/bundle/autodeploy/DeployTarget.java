package org.octaveserver.ops.bundle.autodeploy;

import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.octaveserver.ops.bundle.Version;
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
    record Target(String bundle, String version, String digest) {
        private boolean isBelow(Target other) {
            return bundle.equals(other.bundle) && new Version(version).compareTo(new Version(other.version)) < 0;
        }

        private boolean isSameVersionAs(Target other) {
            return bundle.equals(other.bundle) && version.equals(other.version);
        }
    }

    /**
     * A file among those of the folder.
     *
     * @param name its name
     * @param others what the other files became
     */
    record Source(String name, List<Target> others) {
        public Source {
            others = List.copyOf(others);
        }

        /** The name of the bundle, should the file name none. */
        String bundleName() {
            return Folder.bundleName(name);
        }

        /** Whether no other file has a higher version of the same bundle. */
        boolean hasNewest(Target target) {
            return others.stream().noneMatch(target::isBelow);
        }

        /** Whether another file has the same version, under another name perhaps. */
        boolean isShared(Target target) {
            return others.stream().anyMatch(target::isSameVersionAs);
        }
    }

    /**
     * Deploys a file beside what else is deployed of its bundle. Callers who name no version get it, unless another file
     * of the folder has a higher one.
     *
     * @param before what the file became last, which goes if that is another version
     * @throws OpsException when it cannot be deployed; nothing has changed then
     */
    Target deploy(InputStream content, Source source, Optional<Target> before);

    /**
     * Takes away what a file became, unless something else has taken its place meanwhile or another file is the same.
     *
     * @throws OpsException when it cannot be taken away
     */
    void retire(Target target, Source source);

    /** Whether what a file became can be called. */
    boolean isDeployed(Target target);
}
