package org.octaveserver.ops.launch;

/** Entry point of {@code java -jar ops.war}. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.out.println("ops");
    }
}
