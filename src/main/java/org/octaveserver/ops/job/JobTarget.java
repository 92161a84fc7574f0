package org.octaveserver.ops.job;

/**
 * What a job calls: fixed when it is accepted, whatever is deployed before it runs.
 *
 * @param bundle name of the bundle
 * @param version its version, as text
 * @param versionId names that version with its content in the store
 * @param release the release that was current
 * @param function one of the version's exports
 * @param outputs how many outputs are asked for
 */
public record JobTarget(String bundle, String version, String versionId, long release, String function, int outputs) {}
