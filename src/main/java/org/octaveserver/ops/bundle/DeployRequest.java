package org.octaveserver.ops.bundle;

import java.util.Optional;

/**
 * How a bundle is to be deployed.
 *
 * @param by who deploys
 * @param reason why, or empty
 * @param replace whether the version may have been deployed before with other content
 * @param defaultName the name of a bundle that names none; of a file, perhaps
 */
public record DeployRequest(String by, String reason, boolean replace, Optional<String> defaultName) {}
