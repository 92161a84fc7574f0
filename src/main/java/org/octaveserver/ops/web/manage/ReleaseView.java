package org.octaveserver.ops.web.manage;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.octaveserver.ops.bundle.BundleVersion;
import org.octaveserver.ops.bundle.DeployedBundle;
import org.octaveserver.ops.bundle.DeployedVersion;
import org.octaveserver.ops.bundle.Release;

/** A release with all that is in it, as answers show it. */
record ReleaseView(@JsonUnwrapped ReleaseHead head, List<BundleView> bundles) {
    /** A bundle with its versions, the lowest first. */
    record BundleView(String name, @JsonProperty("default") String byDefault, List<VersionView> versions) {
        static BundleView of(DeployedBundle bundle) {
            return new BundleView(
                    bundle.byDefault().version().name().text(),
                    bundle.defaultVersion().text(),
                    bundle.versions().stream()
                            .map(one -> VersionView.of(one, one.equals(bundle.byDefault())))
                            .toList());
        }
    }

    /** A version. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record VersionView(
            String version,
            String digest,
            @JsonProperty("default") boolean isDefault,
            List<String> exports,
            String deployed,
            @Nullable String runtime,
            Map<String, String> pins) {
        static VersionView of(DeployedVersion deployed, boolean isDefault) {
            BundleVersion version = deployed.version();
            return new VersionView(
                    version.version().text(),
                    version.digest(),
                    isDefault,
                    List.copyOf(version.functions().keySet()),
                    version.stored().toString(),
                    deployed.runtime().orElse(null),
                    deployed.pins());
        }
    }

    static ReleaseView of(Release release) {
        return new ReleaseView(
                ReleaseHead.of(release),
                release.bundles().values().stream().map(BundleView::of).toList());
    }
}
