package org.octaveserver.ops.settings;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A setting that can be given any number of times, each for something with a name of its own, such as
 * {@code ops.runtime.<id>.command}. Its method returns a map from names to texts. As an environment variable the name is
 * in capitals, with {@code _} for {@code -} and {@code .}; a variable for a name that stands nowhere else gives it in
 * small letters.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface ByName {
    /** What is between the feature's prefix and the end: {@code <id>.command}. */
    String value();

    /** The names that are allowed, as a regular expression. */
    String names();

    /** The same in words, for messages. */
    String allowed();
}
