/**
 * Where jobs are kept: the JDBC side of the ports of {@link org.octaveserver.ops.job}, in an embedded SQLite file or in
 * PostgreSQL. Nothing else in OPS knows a database.
 */
@NullMarked
package org.octaveserver.ops.store;

import org.jspecify.annotations.NullMarked;
