package org.octaveserver.ops.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JobSubmissionsTest {
    @Test
    void manyAreEnoughHoweverManyInsertsThereAre() {
        Row row = JobSubmissions.row(3000, 30_000);
        assertThat(row.verdict()).isEqualTo(Row.Verdict.REACHED);
        assertThat(row.goal()).endsWith("the first holds");
        assertThat(row.ratio()).isEqualTo("0.10");
    }

    @Test
    void fewAreEnoughWhereTheDiskAllowsNoMore() {
        Row row = JobSubmissions.row(700, 1000);
        assertThat(row.verdict()).isEqualTo(Row.Verdict.REACHED);
        assertThat(row.goal()).endsWith("the second holds");
    }

    @Test
    void saysThatBothHoldOrNeither() {
        assertThat(JobSubmissions.row(4000, 1000).goal()).endsWith("both hold");
        Row row = JobSubmissions.row(2999, 4300);
        assertThat(row.verdict()).isEqualTo(Row.Verdict.MISSED);
        assertThat(row.goal()).endsWith("neither holds");
    }
}
