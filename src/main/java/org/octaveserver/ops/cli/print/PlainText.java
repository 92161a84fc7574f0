package org.octaveserver.ops.cli.print;

import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Elements that need no layout of their own: integers and logicals. */
final class PlainText implements ElementText {
    private final IntFunction<String> texts;
    private final int width;

    PlainText(IntFunction<String> texts, int count) {
        this.texts = texts;
        boolean negative =
                IntStream.range(0, count).anyMatch(i -> texts.apply(i).startsWith("-"));
        int digits = IntStream.range(0, count)
                .map(i -> unsigned(texts.apply(i)).length())
                .max()
                .orElse(1);
        this.width = digits + (negative ? 1 : 0);
    }

    private static String unsigned(String text) {
        return text.startsWith("-") ? text.substring(1) : text;
    }

    @Override
    public String padded(int index) {
        return ElementText.right(texts.apply(index), columnWidth());
    }

    @Override
    public int columnWidth() {
        return width + 2;
    }

    @Override
    public String scalar() {
        return texts.apply(0);
    }
}
