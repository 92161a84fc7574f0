package org.octaveserver.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The decisions of {@code bin/ops}, with every tool that it calls replaced. */
class BinOpsIT {
    private static final String APT = """
            #!/bin/sh
            printf 'apt-get %s (%s)\\n' "$*" "${DEBIAN_FRONTEND:-}" >>"$SANDBOX_LOG"
            for tool in octave-cli nginx curl; do
                case "$*" in
                    install*"${tool%-*}"*) printf '#!/bin/sh\\n' >"${0%/*}/$tool"; chmod +x "${0%/*}/$tool" ;;
                esac
            done
            """;
    private static final String NO_LISTS = "#!/bin/sh\nexit 100\n";

    @TempDir
    private Path temp;

    private ShellSandbox sandbox;

    @BeforeEach
    void make() throws IOException {
        sandbox = new ShellSandbox(temp);
        for (String tool : new String[] {"mkoctfile", "bwrap", "debootstrap", "mmdebstrap", "gnuplot", "initdb"}) {
            sandbox.fake(tool, "#!/bin/sh\n");
        }
        sandbox.set("JAVA_HOME", sandbox.jdk("jdk", "17").toString());
    }

    @AfterEach
    void stop() throws Exception {
        sandbox.set("OPS_STOP_TIMEOUT", "0");
        sandbox.run("stop");
    }

    private void asUser(int id) throws IOException {
        sandbox.fake("id", "#!/bin/sh\ncase $1 in -u) echo " + id + " ;; *) echo ann ;; esac\n");
    }

    @Test
    void listsEveryCommandOfTheClient() throws Exception {
        assertThat(sandbox.run("--help")).isZero();
        for (String command : OpsCommand.commandLine(new Surroundings(Map.of(), temp))
                .getSubcommands()
                .keySet()) {
            if (!command.equals("help")) {
                assertThat(sandbox.output()).containsPattern("(?m)^  " + command + " ");
            }
        }
        assertThat(sandbox.output()).contains("  start ", "  stop ", "  test ", "  bench ");
        assertThat(sandbox.run()).isEqualTo(2);
    }

    @Nested
    class FromARelease {
        @BeforeEach
        void release() throws IOException {
            Files.createFile(sandbox.root().resolve("ops.war"));
            Files.createDirectories(sandbox.root().resolve("docs/examples/magicarchive"));
            Files.createDirectories(sandbox.root().resolve("docs/examples/curvefit"));
            sandbox.fake("octave-cli", "#!/bin/sh\n");
        }

        @Test
        void startsInTheBackgroundDeploysTheExamplesAndStops() throws Exception {
            assertThat(sandbox.run("start", "--background"))
                    .as(sandbox.output())
                    .isZero();
            assertThat(sandbox.output())
                    .contains("OPS answers at http://127.0.0.1:1 (pid ")
                    .contains("curl -s http://127.0.0.1:1/magicarchive/mymagic -H 'Content-Type: application/json'"
                            + " -d '{\"nargout\":1,\"rhs\":[4]}'");
            assertThat(sandbox.home().resolve("names")).hasContent("curvefit\nmagicarchive");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(sandbox.home())))
                    .isEqualTo("rwx------");

            assertThat(sandbox.run("start")).isEqualTo(1);
            assertThat(sandbox.output()).contains("runs already (pid ").contains("http://127.0.0.1:1");

            assertThat(sandbox.run("stop")).isZero();
            assertThat(sandbox.output()).contains("Stopped the server");
            assertThat(sandbox.home().resolve("log/server.log")).hasContent("stopping");
            assertThat(sandbox.run("stop")).isZero();
            assertThat(sandbox.output()).contains("No server of ");
        }

        @Test
        void findsItselfWhereItsDirectoryIsALink() throws Exception {
            Files.createDirectories(temp.resolve("x"));
            Path link = Files.createSymbolicLink(
                    temp.resolve("x/bin"), sandbox.root().resolve("bin"));
            assertThat(sandbox.runAs(link.resolve("ops"), "list")).isZero();
        }

        @Test
        void deploysNoExamplesWhereSomethingIsDeployed() throws Exception {
            Files.createDirectories(sandbox.home());
            Files.writeString(sandbox.home().resolve("names"), "mine\n");
            assertThat(sandbox.run("start", "--background")).isZero();
            assertThat(sandbox.calls()).noneMatch(call -> call.contains(" deploy "));
            assertThat(sandbox.output()).doesNotContain("curl");
        }

        @Test
        void staysInTheForegroundAndPassesTheStatusOn() throws Exception {
            Process ops = sandbox.begin("start");
            await().atMost(Duration.ofSeconds(30)).until(() -> sandbox.output().contains("Stop it with Ctrl-C"));
            assertThat(ops.isAlive()).isTrue();
            ops.destroy();
            assertThat(ops.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(ops.exitValue()).isEqualTo(7);
        }

        @Test
        void isStoppedInTheForegroundByOpsStop() throws Exception {
            Process ops = sandbox.begin("start");
            await().atMost(Duration.ofSeconds(30)).until(() -> sandbox.output().contains("Stop it with Ctrl-C"));
            assertThat(sandbox.run("stop")).isZero();
            assertThat(ops.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(ops.exitValue()).isEqualTo(7);
        }

        @Test
        void showsTheLogOfAServerThatDied() throws Exception {
            sandbox.set("FAKE_FAILURE", "port 9910 is taken");
            assertThat(sandbox.run("start", "--background")).isEqualTo(4);
            assertThat(sandbox.output()).contains("port 9910 is taken").contains("ended while starting, with status 4");
        }

        @Test
        void killsAServerThatDoesNotStop() throws Exception {
            sandbox.set("FAKE_STUBBORN", "yes");
            assertThat(sandbox.run("start", "--background")).isZero();
            sandbox.set("OPS_STOP_TIMEOUT", "1");
            assertThat(sandbox.run("stop")).isZero();
            assertThat(sandbox.output()).contains("did not stop within 1 s; killing it");
            assertThat(sandbox.run("stop")).isZero();
            assertThat(sandbox.output()).contains("No server of ");
        }

        @Test
        void touchesNoProcessThatIsNoServer() throws Exception {
            Process stranger = new ProcessBuilder("sleep", "60").start();
            try {
                Files.createDirectories(sandbox.home().resolve("run"));
                Files.writeString(sandbox.home().resolve("run/server.pid"), stranger.pid() + "\n");
                assertThat(sandbox.run("stop")).isZero();
                assertThat(sandbox.output()).contains("No server of ");
                assertThat(stranger.isAlive()).isTrue();
                assertThat(sandbox.run("start", "--background")).isZero();
            } finally {
                stranger.destroy();
            }
        }

        @Test
        void passesJavaOptionsToTheServer() throws Exception {
            sandbox.set("JAVA_OPTS", "-Da=1 -Db=2");
            sandbox.set("OPS_JAVA_OPTS", "-Xmx1g");
            assertThat(sandbox.run("start", "--background")).isZero();
            assertThat(sandbox.calls()).anyMatch(call -> call.matches("java -XX:.* -Da=1 -Db=2 -Xmx1g -jar .*"));
        }

        @Test
        void takesAnotherJavaWhenThatOfJavaHomeIsTooOld() throws Exception {
            sandbox.set("JAVA_HOME", sandbox.jdk("old", "1.8").toString());
            Path recent = sandbox.jdk("recent", "25");
            sandbox.fake("java", "#!/bin/sh\nexec " + recent.resolve("bin/java") + " \"$@\"\n");
            assertThat(sandbox.run("list")).isZero();
            assertThat(sandbox.output()).contains("JAVA_HOME").contains("using " + recent);
        }

        @Test
        void handsEverythingElseToTheClient() throws Exception {
            assertThat(sandbox.run("call", "a/b", "[1, 2]", "")).isZero();
            assertThat(sandbox.calls()).singleElement().asString().endsWith("ops.war call a/b [1, 2] ");
        }

        @Test
        void refusesOptionsThatStartDoesNotHave() throws Exception {
            assertThat(sandbox.run("start", "--foreground")).isEqualTo(2);
            assertThat(sandbox.output()).contains("--background and --no-install");
        }

        @Test
        void hasNothingToTest() throws Exception {
            assertThat(sandbox.run("test")).isEqualTo(1);
            assertThat(sandbox.run("bench")).isEqualTo(1);
            assertThat(sandbox.output()).contains("no sources");
        }
    }

    @Nested
    class WithoutOctave {
        @BeforeEach
        void release() throws IOException {
            Files.createFile(sandbox.root().resolve("ops.war"));
        }

        @Test
        void installsItAsRoot() throws Exception {
            asUser(0);
            sandbox.fake("apt-get", APT);
            sandbox.fake("apt-cache", NO_LISTS);
            assertThat(sandbox.run("start", "--background")).isZero();
            assertThat(sandbox.calls())
                    .startsWith(
                            "apt-get update -q ()",
                            "apt-get install -y --no-install-recommends octave (noninteractive)");
            assertThat(sandbox.output()).contains("ops: installing octave: apt-get install");
        }

        @Test
        void installsItWithSudoThatAsksNoPassword() throws Exception {
            asUser(1000);
            sandbox.fake("sudo", "#!/bin/sh\nprintf 'sudo '>>\"$SANDBOX_LOG\"\nshift\nexec \"$@\"\n");
            sandbox.fake("true", "#!/bin/sh\n");
            sandbox.fake("apt-get", APT);
            sandbox.fake("apt-cache", "#!/bin/sh\n");
            assertThat(sandbox.run("start", "--background")).isZero();
            assertThat(sandbox.calls())
                    .contains("sudo sudo apt-get install -y --no-install-recommends octave (noninteractive)");
        }

        @Test
        void printsTheLineToRunWhenItMayNot() throws Exception {
            asUser(1000);
            sandbox.fake("sudo", "#!/bin/sh\nexit 1\n");
            sandbox.fake("apt-get", APT);
            assertThat(sandbox.run("start", "--background")).isEqualTo(1);
            assertThat(sandbox.output()).contains("run:  sudo apt-get install -y --no-install-recommends octave\n");
            assertThat(sandbox.calls()).isEmpty();
        }

        @Test
        void printsTheLineToRunWhenTheInstallationFails() throws Exception {
            asUser(0);
            sandbox.fake("dnf", "#!/bin/sh\nexit 1\n");
            assertThat(sandbox.run("start", "--background")).isEqualTo(1);
            assertThat(sandbox.output()).contains("the installation failed; run by hand:  dnf install -y octave");
        }

        @Test
        void startsAllTheSameWithNoInstall() throws Exception {
            asUser(0);
            sandbox.fake("apt-get", APT);
            assertThat(sandbox.run("start", "--background", "--no-install")).isZero();
            assertThat(sandbox.output()).contains("octave-cli is missing").contains("OPS answers at");
            assertThat(sandbox.calls()).noneMatch(call -> call.startsWith("apt-get"));
        }

        @Test
        void trustsTheCommandThatTheSettingsName() throws Exception {
            sandbox.set("OPS_RUNTIME_COMMAND", "/opt/octave/bin/octave-cli");
            assertThat(sandbox.run("start", "--background")).isZero();
            assertThat(sandbox.output()).doesNotContain("missing");
        }
    }

    @Nested
    class FromSources {
        private Path war;

        @BeforeEach
        void sources() throws IOException {
            for (String folder : new String[] {"src", "webapp", "target"}) {
                Files.createDirectories(sandbox.root().resolve(folder));
            }
            Files.createFile(sandbox.root().resolve("pom.xml"));
            Files.createFile(sandbox.root().resolve("src/A.java"));
            war = sandbox.root().resolve("target/ops.war");
            sandbox.fake("octave-cli", "#!/bin/sh\n");
            maven("3.8.7");
        }

        private void maven(String version) throws IOException {
            sandbox.fake(
                    "mvn",
                    "#!/bin/sh\ncase $1 in -v) printf '\\033[1mApache Maven " + version + "\\033[m\\n'; exit ;; esac\n"
                            + "printf 'mvn %s\\n' \"$*\" >>\"$SANDBOX_LOG\"\n: >target/ops.war\n");
        }

        @Test
        void buildsWhatIsMissing() throws Exception {
            assertThat(sandbox.run("start", "--background")).isZero();
            assertThat(sandbox.calls())
                    .startsWith("mvn -B -ntp -q -DskipTests -Dspotless.check.skip -Dcheckstyle.skip package");
        }

        @Test
        void buildsAgainWhatIsOlderThanItsSources() throws Exception {
            Files.createFile(war);
            Files.setLastModifiedTime(war, FileTime.fromMillis(1));
            assertThat(sandbox.run("start", "--background")).isZero();
            assertThat(sandbox.calls())
                    .startsWith("mvn -B -ntp -q -DskipTests -Dspotless.check.skip -Dcheckstyle.skip package");
        }

        @Test
        void needsNoMavenForWhatIsBuilt() throws Exception {
            Files.createFile(war);
            Files.setLastModifiedTime(war, FileTime.fromMillis(System.currentTimeMillis() + 60_000));
            maven("3.0");
            assertThat(sandbox.run("start", "--background")).isZero();
            assertThat(sandbox.calls()).noneMatch(call -> call.startsWith("mvn"));
        }

        @Test
        void refusesAMavenThatIsTooOld() throws Exception {
            maven("3.8.6");
            assertThat(sandbox.run("start", "--background")).isEqualTo(1);
            assertThat(sandbox.output()).contains("missing: maven").contains("Maven >= 3.8.7");
            maven("4.0.0");
            assertThat(sandbox.run("start", "--background")).isEqualTo(1);
        }

        @Test
        void stopsWhenTheBuildFails() throws Exception {
            sandbox.fake("mvn", "#!/bin/sh\ncase $1 in -v) echo Apache Maven 3.9.9; exit ;; esac\nexit 1\n");
            assertThat(sandbox.run("start", "--background")).isEqualTo(1);
            assertThat(sandbox.output()).contains("the build failed");
        }

        @Test
        void testsWithTheArgumentsItIsGiven() throws Exception {
            sandbox.fake("nginx", "#!/bin/sh\n");
            sandbox.fake("curl", "#!/bin/sh\n");
            assertThat(sandbox.run("test", "-Dit.test=A B", "-o")).isZero();
            assertThat(sandbox.calls()).containsExactly("mvn -B -ntp verify -Dit.test=A B -o");
        }

        @Test
        void installsWhatOnlyTheTestsNeed() throws Exception {
            asUser(0);
            sandbox.fake("apt-get", APT);
            sandbox.fake("apt-cache", "#!/bin/sh\n");
            assertThat(sandbox.run("test")).as(sandbox.output()).isZero();
            assertThat(sandbox.calls())
                    .containsExactly(
                            "apt-get install -y --no-install-recommends nginx-light curl (noninteractive)",
                            "mvn -B -ntp verify");
        }

        @Test
        void namesTheNginxOfOtherSystems() throws Exception {
            asUser(1000);
            sandbox.fake("dnf", "#!/bin/sh\n");
            assertThat(sandbox.run("test")).isEqualTo(1);
            assertThat(sandbox.output()).contains("run:  sudo dnf install -y nginx curl\n");
        }

        @Test
        void namesWhatMakesATreeWithAnotherOctave() throws Exception {
            sandbox.fake("nginx", "#!/bin/sh\n");
            sandbox.fake("curl", "#!/bin/sh\n");
            sandbox.fake("apt-get", "#!/bin/sh\n");
            sandbox.without("bwrap");
            sandbox.without("mmdebstrap");
            asUser(1000);
            assertThat(sandbox.run("test")).isEqualTo(1);
            assertThat(sandbox.output())
                    .contains("missing: bwrap debootstrap")
                    .contains("apt-get install -y --no-install-recommends bubblewrap debootstrap mmdebstrap\n");
        }

        @Test
        void findsTheNginxThatIsNotOnThePath() throws Exception {
            sandbox.fakeOfSystem("nginx", "#!/bin/sh\n");
            sandbox.fake("curl", "#!/bin/sh\n");
            assertThat(sandbox.run("test")).isZero();
            assertThat(sandbox.calls()).containsExactly("mvn -B -ntp verify");
        }

        @Test
        void needsNoNginxToStart() throws Exception {
            assertThat(sandbox.run("start", "--background")).isZero();
            assertThat(sandbox.output()).doesNotContain("nginx");
        }
    }
}
