package org.octaveserver.ops.web.edge;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.octaveserver.ops.security.Access;

/** What access a resource needs. One that does not say needs {@link Access#MANAGE}. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Needs {
    Access value();
}
