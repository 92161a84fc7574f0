package org.octaveserver.ops.bundle.autodeploy;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.octaveserver.ops.settings.AtLeast;

/** Settings of the hot-deploy folder. */
@ConfigMapping(prefix = "ops.auto-deploy")
public interface AutoDeploySettings {
    /** Whether bundle files that appear, change or vanish in the folder are deployed, replaced, taken away. */
    @WithDefault("true")
    boolean enabled();

    /** The folder; whoever may write there may deploy. Default: $OPS_HOME/auto_deploy. */
    Optional<Path> directory();

    /** How often the folder is looked at; a file is deployed once it looks the same twice. */
    @WithDefault("5s")
    @AtLeast("10ms")
    Duration interval();
}
