package org.octaveserver.ops.bundle;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.octaveserver.ops.bundle.signature.Signatures;
import org.octaveserver.ops.error.OpsException;

/**
 * The signatures of all that a release offers. Those of the release that was asked for last are kept; of the next one,
 * only versions that are new in it are read. Thread-safe; blocks on the disk at the first look.
 */
public final class ReleaseSignatures {
    private final Store store;
    private volatile Map<BundleVersion, Signatures> kept = Map.of();

    public ReleaseSignatures(Store store) {
        this.store = store;
    }

    /**
     * The signatures by name of their bundle, in order.
     *
     * @throws OpsException STORE_FAILED when those of a version cannot be read
     */
    public Map<String, Signatures> of(Release release) {
        Map<BundleVersion, Signatures> before = kept;
        Map<BundleVersion, Signatures> now = new HashMap<>();
        Map<String, Signatures> byName = new TreeMap<>();
        release.defaults().forEach(version -> {
            Signatures known = before.get(version);
            Signatures signatures = known == null ? store.signatures(version) : known;
            now.put(version, signatures);
            byName.put(version.name().text(), signatures);
        });
        kept = now;
        return byName;
    }
}
