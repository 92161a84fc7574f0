/** Who may do what: principals, the admin token, the rule for calls without credentials. */
@NullMarked
package org.octaveserver.ops.security;

import org.jspecify.annotations.NullMarked;
