package org.octaveserver.ops.it;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** A package of functions that harm the process that they run in, in every way that user code has found so far. */
final class ChaosBundle {
    static final String NAME = "chaos";

    /** The one that harms nothing: it answers what it is given. */
    static final String TAG = "tag";

    private static final String LIMITS =
            "{\"limits\":{\"timeout\":\"3s\",\"memory\":\"400MB\",\"processes\":60,\"file-size\":\"20MB\"}}";

    /** What only those meet that go beyond a limit. */
    private static final Map<String, String> LIMITED =
            Map.of("hogs", "MemoryLimit", "bombs", "ProcessLimit", "fills", "FileSizeLimit");

    /** What any call may meet whose worker or template somebody else kills or stops. */
    private static final Set<String> KILLED = Set.of(
            "WorkerCrashed", "WorkerExited", "WorkerProtocol", "CallTimeout", "NoWorkerInTime", "WorkerStartFailed");

    /** Functions, and the body of each. */
    private static final Map<String, String> FUNCTIONS = Map.ofEntries(
            Map.entry("exits", "exit (3);"),
            Map.entry("crashes", "kill (getpid (), 11);"),
            Map.entry("hangs", "while (true) endwhile"),
            Map.entry("prints", "for i = 1:30000, printf (\"%0100d\\n\", i); endfor"),
            Map.entry("allocates", "ones (1e6, 1e6);"),
            Map.entry("hogs", "x = {}; while (true) x{end+1} = rand (1, 2e6); endwhile"),
            Map.entry("bombs", "system (\"i=0; while [ $i -lt 300 ]; do sleep 100 & i=$((i+1)); done; wait\");"),
            Map.entry("fills", """
                    fid = fopen (tempname (), "w");
                    for i = 1:100
                      fwrite (fid, zeros (1, 1e6, "uint8"));
                    endfor"""),
            Map.entry("spawns", """
                    for i = 1:15
                      system ("sleep 100 &");
                      system ("setsid sleep 100 &");
                      system ("(trap '' TERM; sleep 100) | cat &");
                    endfor"""),
            Map.entry("lingers", "system (\"(for i in 1 2 3 4 5 6; do echo lingering; sleep 0.2; done) &\");"),
            Map.entry("pipes", "system (\"mkfifo p; mkdir q; mkfifo q/p; chmod 0 q\");"),
            Map.entry("callbacks", "set (figure (), \"deletefcn\", @(varargin) cd (\"/\"));"),
            Map.entry("closes", "wreck (\"close\");"),
            Map.entry("garbles", "wreck (\"write\");"),
            Map.entry("clears", "clear all; clear -f; clear functions; munlock (); fclose (\"all\");"),
            Map.entry("wanders", """
                    confirm_recursive_rmdir (false);
                    warning ("off", "all");
                    rmdir (pwd (), "s");
                    rmdir (getenv ("HOME"), "s");
                    rmdir (getenv ("TMPDIR"), "s");
                    cd ("/");"""),
            Map.entry("forgets", "path (\"\"); addpath (\"/usr/include\"); restoredefaultpath ();"),
            Map.entry("redefines", """
                    names = {"run_call", "answer_call", "restore_state", "state_to_keep", "encode_values", ...
                             "decode_values", "encode_failure", "metrics_payload", "refused_results", ...
                             "send_frame", "receive_frame", "ops_native_main", "warning_text", "ops_native", ...
                             "pwd", "cd", "path", "fclose", "fopen", "warning", "strcmp", "tag"};
                    for i = 1:numel (names)
                      eval (sprintf ("function varargout = %s (varargin) error ('caught'); endfunction", names{i}));
                    endfor"""),
            Map.entry("unsettles", """
                    more on;
                    page_screen_output (true);
                    PS1 ("x");
                    format long;
                    max_recursion_depth (20);
                    setenv ("PATH", "");
                    setenv ("HOME", "/nowhere");
                    warning ("error", "all");
                    dup2 (fopen ("/dev/null", "w"), stdout);"""));

    private static final String WRECK = """
            #include <octave/oct.h>
            #include <cstring>
            #include <fcntl.h>
            #include <unistd.h>

            DEFUN_DLD (wreck, args, , "Closes all descriptors, or writes garbage to all.")
            {
              bool closing = args(0).string_value () == "close";
              char garbage[997];
              std::memset (garbage, 0xa5, sizeof garbage);
              for (int fd = 0; fd < 1024; fd++)
                if (closing)
                  ::close (fd);
                else if (::fcntl (fd, F_GETFL) >= 0)
                  {
                    ::fcntl (fd, F_SETFL, ::fcntl (fd, F_GETFL) | O_NONBLOCK);
                    ssize_t unused = ::write (fd, garbage, sizeof garbage);
                    (void) unused;
                  }
              return octave_value_list ();
            }
            """;

    private ChaosBundle() {}

    static byte[] zip() {
        TestBundle bundle = TestBundle.packaged(NAME, "1.0.0")
                .file("ops.json", LIMITS)
                .file("inst/tag.m", "function r = tag (x)\n  printf (\"%d\\n\", x);\n  r = x;\nendfunction\n")
                .file("src/Makefile", "all: wreck.oct\n%.oct: %.cc\n\t$(MKOCTFILE) $<\n")
                .file("src/wreck.cc", WRECK);
        FUNCTIONS.forEach((name, body) -> bundle.file(
                "inst/" + name + ".m", "function r = " + name + " (x)\n" + body + "\nr = x;\nendfunction\n"));
        return bundle.zip();
    }

    /** The functions that harm. */
    static List<String> harmful() {
        return FUNCTIONS.keySet().stream().sorted().toList();
    }

    /** Whether a call of a function may fail so. */
    static boolean mayFail(String function, String messageId) {
        boolean wrote = function.equals("garbles") && messageId.equals("ValueTooLarge");
        return KILLED.contains(messageId) || wrote || messageId.equals(LIMITED.get(function));
    }
}
