package org.octaveserver.ops.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs fake entry points out of a WAR made here; they leave what they saw in system properties. */
class MainTest {
    @TempDir
    private Path temp;

    private final Properties before = new Properties();
    private final ClassLoader loader = Thread.currentThread().getContextClassLoader();

    @BeforeEach
    void remember() {
        before.putAll(System.getProperties());
    }

    @AfterEach
    void restore() {
        System.setProperties(before);
        Thread.currentThread().setContextClassLoader(loader);
    }

    private Path war() throws IOException {
        entryPoint("app", "StandaloneServer", "");
        entryPoint("cli", "OpsCommand", "if (args.length == 0) throw new IllegalStateException(\"from inside\");");
        Path war = temp.resolve("ops.war");
        try (OutputStream out = Files.newOutputStream(war);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (String name : List.of("app/StandaloneServer", "cli/OpsCommand")) {
                String path = "org/octaveserver/ops/" + name + ".class";
                zip.putNextEntry(new ZipEntry("WEB-INF/classes/" + path));
                zip.write(Files.readAllBytes(temp.resolve("classes").resolve(path)));
            }
        }
        return war;
    }

    private void entryPoint(String folder, String name, String statement) throws IOException {
        Path source = Files.writeString(
                temp.resolve(name + ".java"),
                "package org.octaveserver.ops." + folder + "; public class " + name
                        + " { public static void main(String[] args) { " + statement
                        + " System.setProperty(\"fake.ran\", \"" + name + " \" + String.join(\" \", args));"
                        + " System.setProperty(\"fake.loader\","
                        + " Thread.currentThread().getContextClassLoader() == " + name
                        + ".class.getClassLoader() ? \"own\" : \"other\"); } }");
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        int status =
                compiler.run(null, null, null, "-d", temp.resolve("classes").toString(), source.toString());
        assertThat(status).isZero();
    }

    @Test
    void startsTheServerFromTheUnpackedWar() throws Exception {
        Main.run(war(), temp.resolve("home"), new String[] {"start", "now"});
        assertThat(System.getProperty("fake.ran")).isEqualTo("StandaloneServer start now");
        assertThat(System.getProperty("fake.loader")).isEqualTo("own");
        assertThat(System.getProperty("ops.home"))
                .isEqualTo(temp.resolve("home").toString());
        assertThat(Path.of(System.getProperty("ops.webinf")).resolve("classes"))
                .isDirectory()
                .startsWith(temp.resolve("home/run/war"));
    }

    @Test
    void runsTheClientForEverythingElse() throws Exception {
        Main.run(war(), temp.resolve("home"), new String[] {"list", "start"});
        assertThat(System.getProperty("fake.ran")).isEqualTo("OpsCommand list start");
    }

    @Test
    void showsWhatTheEntryPointThrew() throws Exception {
        Path war = war();
        assertThatThrownBy(() -> Main.run(war, temp.resolve("home"), new String[] {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("from inside");
    }
}
