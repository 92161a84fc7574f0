package org.octaveserver.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code bin/ops bench} does before anything is measured, with every tool that it calls replaced. */
class BinOpsBenchIT {
    private static final String MAVEN = """
            #!/bin/sh
            case $1 in -v) echo Apache Maven 3.8.7; exit ;; esac
            printf 'mvn %s\\n' "$*" >>"$SANDBOX_LOG"
            case $* in
                *build-classpath*) printf a.jar:b.jar >"${*##*outputFile=}" ;;
                *) : >target/ops.war; mkdir -p target/test-classes ;;
            esac
            """;

    @TempDir
    private Path temp;

    private ShellSandbox sandbox;

    @BeforeEach
    void make() throws IOException {
        sandbox = new ShellSandbox(temp);
        for (String folder : new String[] {"src", "webapp", "target"}) {
            Files.createDirectories(sandbox.root().resolve(folder));
        }
        Files.createFile(sandbox.root().resolve("pom.xml"));
        for (String tool : new String[] {"mkoctfile", "octave-cli", "wrk"}) {
            sandbox.fake(tool, "#!/bin/sh\n");
        }
        sandbox.fake("mvn", MAVEN);
        sandbox.set("JAVA_HOME", sandbox.jdk("jdk", "17").toString());
    }

    @Test
    void namesWhatOnlyTheBenchmarkNeeds() throws Exception {
        sandbox.fake("id", "#!/bin/sh\ncase $1 in -u) echo 1000 ;; *) echo ann ;; esac\n");
        sandbox.fake("apt-get", "#!/bin/sh\n");
        sandbox.without("wrk");
        assertThat(sandbox.run("bench")).isEqualTo(1);
        assertThat(sandbox.output())
                .contains("missing: wrk")
                .contains("run:  sudo apt-get install -y --no-install-recommends wrk\n")
                .contains("nothing was measured");
        assertThat(sandbox.calls()).isEmpty();
    }

    @Test
    void buildsAndMeasuresWithTheOptionsOfTheServer() throws Exception {
        sandbox.set("OPS_JAVA_OPTS", "-Xmx123m");
        assertThat(sandbox.run("bench", "--only", "small")).as(sandbox.output()).isZero();
        assertThat(sandbox.calls()).hasSize(3);
        assertThat(sandbox.calls().get(0)).startsWith("mvn ").endsWith(" package");
        assertThat(sandbox.calls().get(1)).contains("dependency:build-classpath");
        assertThat(sandbox.calls().get(2))
                .startsWith("java -Dops.test.basedir=" + sandbox.root())
                .contains("-Xmx123m")
                .endsWith(":a.jar:b.jar org.octaveserver.ops.bench.EndToEndReport --only small");
    }

    @Test
    void buildsNothingTwice() throws Exception {
        assertThat(sandbox.run("bench")).as(sandbox.output()).isZero();
        assertThat(sandbox.run("bench")).as(sandbox.output()).isZero();
        assertThat(sandbox.calls()).hasSize(4);
    }
}
