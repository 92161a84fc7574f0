package org.octaveserver.ops.bundle;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;

/** One thing that a release does differently from the one before. Pure: it reads no file. */
public sealed interface Change {
    /**
     * The bundles after the change.
     *
     * @throws OpsException when the bundles before do not allow it; the message names bundle and version
     */
    Map<String, DeployedBundle> applyTo(Map<String, DeployedBundle> before);

    /** What it does, for logs and answers. */
    String description();

    /**
     * Adds a version.
     *
     * @param asDefault whether callers get it who name no version; a bundle that is new gets it so or so
     */
    record Deploy(DeployedVersion added, boolean asDefault, DeployMode mode) implements Change {
        private BundleVersion version() {
            return added.version();
        }

        @Override
        public Map<String, DeployedBundle> applyTo(Map<String, DeployedBundle> before) {
            String name = version().name().text();
            Optional<DeployedBundle> present = Optional.ofNullable(before.get(name));
            switch (mode) {
                case ADD -> present.ifPresent(this::refuseSecond);
                case UPGRADE ->
                    present.flatMap(bundle -> bundle.exactly(version().version().text()))
                            .ifPresent(same -> refuseOtherContent(same.version(), version()));
                case REPLACE, REPLACE_ALL -> {}
            }
            Map<String, DeployedBundle> after = new TreeMap<>(before);
            DeployedBundle whole = present.map(
                            bundle -> bundle.with(added, asDefault || mode == DeployMode.REPLACE_ALL))
                    .orElseGet(() -> DeployedBundle.of(added));
            after.put(name, mode == DeployMode.REPLACE_ALL ? whole.onlyDefaultAnd(Pins.of(after)) : whole);
            return after;
        }

        private void refuseSecond(DeployedBundle present) {
            boolean same = present.versions().size() == 1
                    && present.byDefault().version().equals(version());
            if (!same) {
                throw new OpsException(
                        ErrorCode.BUNDLE_EXISTS,
                        "a bundle " + Quoted.text(version().name().text()) + " is deployed already, in version "
                                + present.listed() + "; ask to replace it, or choose another name");
            }
        }

        /** A version keeps the content that it was first deployed with. */
        static void refuseOtherContent(BundleVersion deployed, BundleVersion version) {
            boolean conflict = deployed.version().equals(version.version())
                    && !deployed.digest().equals(version.digest());
            if (conflict) {
                throw new OpsException(
                        ErrorCode.VERSION_CONFLICT,
                        version.name() + " " + version.version()
                                + (deployed.version()
                                                .text()
                                                .equals(version.version().text())
                                        ? " is deployed with digest "
                                        : " is " + deployed.version() + ", which is deployed with digest ")
                                + deployed.digest()
                                + "; the new file's is " + version.digest()
                                + "; give the bundle a new version, or ask to replace this one");
            }
        }

        @Override
        public String description() {
            return "deploy " + version().id() + (asDefault ? " as default" : "");
        }
    }

    /** Lets callers get another version who name none. */
    record MakeDefault(String name, String version) implements Change {
        @Override
        public Map<String, DeployedBundle> applyTo(Map<String, DeployedBundle> before) {
            DeployedBundle bundle = present(before, name);
            DeployedVersion chosen = exact(bundle, name, version);
            Map<String, DeployedBundle> after = new TreeMap<>(before);
            after.put(name, bundle.with(chosen, true));
            return after;
        }

        @Override
        public String description() {
            return "make " + name + "@" + version + " the default";
        }
    }

    /**
     * Takes a version away, or all of a bundle.
     *
     * @param version absent: the whole bundle
     */
    record Retire(String name, Optional<String> version) implements Change {
        @Override
        public Map<String, DeployedBundle> applyTo(Map<String, DeployedBundle> before) {
            DeployedBundle bundle = present(before, name);
            Map<String, DeployedBundle> after = new TreeMap<>(before);
            after.remove(name);
            if (version.isPresent()) {
                DeployedVersion retired = exact(bundle, name, version.get());
                if (bundle.versions().size() > 1) {
                    after.put(name, bundle.without(notDefault(bundle, retired)));
                }
            }
            return after;
        }

        private Version notDefault(DeployedBundle bundle, DeployedVersion retired) {
            Version taken = retired.version().version();
            if (taken.equals(bundle.defaultVersion())) {
                throw new OpsException(
                        ErrorCode.VERSION_CONFLICT,
                        name + "@" + taken + " is the default version; make another one the default first ("
                                + bundle.listed() + "), or retire the whole bundle");
            }
            return taken;
        }

        @Override
        public String description() {
            return "retire " + name + version.map(text -> "@" + text).orElse("");
        }
    }

    /**
     * Goes back to what an older release had.
     *
     * @param name the bundle that goes back; absent: all
     */
    record RollBack(Release target, Optional<String> name) implements Change {
        @Override
        public Map<String, DeployedBundle> applyTo(Map<String, DeployedBundle> before) {
            if (name.isEmpty()) {
                return target.bundles();
            }
            DeployedBundle old = target.deployed(name.get())
                    .orElseThrow(() -> new OpsException(
                            ErrorCode.BUNDLE_NOT_FOUND,
                            "release " + target.number() + " has no bundle " + Quoted.text(name.get())));
            Map<String, DeployedBundle> after = new TreeMap<>(before);
            after.put(name.get(), old);
            return after;
        }

        @Override
        public String description() {
            return "roll back " + name.map(text -> text + " ").orElse("") + "to release " + target.number();
        }
    }

    private static DeployedBundle present(Map<String, DeployedBundle> bundles, String name) {
        return Optional.ofNullable(bundles.get(name))
                .orElseThrow(() -> new OpsException(
                        ErrorCode.BUNDLE_NOT_FOUND,
                        "no bundle " + Quoted.text(name) + " is deployed; "
                                + (bundles.isEmpty()
                                        ? "none is"
                                        : "deployed are " + String.join(", ", bundles.keySet()))));
    }

    private static DeployedVersion exact(DeployedBundle bundle, String name, String version) {
        // As it is written: to callers 1 is a range, so nobody should have to know that it equals 1.0 here.
        return bundle.written(version)
                .orElseThrow(() -> new OpsException(
                        ErrorCode.BUNDLE_NOT_FOUND,
                        "bundle " + Quoted.text(name) + " has no version " + Quoted.text(version) + "; it has "
                                + bundle.listed()));
    }
}
