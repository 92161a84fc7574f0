package org.octaveserver.ops.cli.follow;

/** Shows what happens to a job. Thread-safe: whoever stops following may do so while something is being shown. */
public interface JobDisplay {
    /** What its function has printed since. */
    void output(String text);

    /** How far it is now. */
    void progress(JobProgress progress);

    /** A line about the following itself. */
    void note(String line);

    /** Nothing more is shown; what is printed next begins a line. */
    void end();
}
