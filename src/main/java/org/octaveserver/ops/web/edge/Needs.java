package org.octaveserver.ops.web.edge;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.octaveserver.ops.security.Access;

/** What access a resource needs; a method that says more goes first. What does not say needs {@link Access#MANAGE}. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Needs {
    Access value();
}
