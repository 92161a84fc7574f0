package org.octaveserver.ops.value;

/**
 * A function handle as its text. Variables that an anonymous function captured do not travel.
 *
 * @param text what {@code func2str} answers, such as {@code sin} or {@code @(x) x + 1}
 */
public record FunctionHandle(String text) implements OctaveValue {
    @Override
    public Dimensions dimensions() {
        return Dimensions.SCALAR;
    }

    @Override
    public String className() {
        return "function_handle";
    }

    @Override
    public <R, E extends Exception> R accept(Visitor<R, E> visitor) throws E {
        return visitor.functionHandle(this);
    }
}
