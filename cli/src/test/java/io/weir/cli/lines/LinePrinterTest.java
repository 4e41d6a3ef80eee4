package io.weir.cli.lines;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.cli.StopRequest;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinePrinterTest {
    private final StopRequest stop = new StopRequest();

    @Test
    void printsWholeLines() {
        StringWriter text = new StringWriter();
        LinePrinter printer = new LinePrinter(true, new PrintWriter(text), stop);
        printer.accept(new Line.Ready(List.of(), "", ""));
        printer.accept(new Line.Failure("x"));

        assertThat(text.toString())
                .isEqualTo("{\"kind\":\"ready\",\"volumes\":[]}\n{\"kind\":\"error\",\"message\":\"x\"}\n");
        assertThat(stop.isRequested()).isFalse();
    }

    @Test
    void writesLinesThatComeTogetherAtOnce() {
        List<String> writes = new ArrayList<>();
        PrintWriter out = new PrintWriter(new BufferedWriter(new Writer() {
            @Override
            public void write(char[] text, int offset, int length) {
                writes.add(new String(text, offset, length));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        }));
        new LinePrinter(true, out, stop).accept(List.of(new Line.Failure("x"), new Line.Failure("y")));

        assertThat(writes)
                .containsExactly("{\"kind\":\"error\",\"message\":\"x\"}\n{\"kind\":\"error\",\"message\":\"y\"}\n");
    }

    @Test
    void asksForAStopWhenNobodyReadsAnyMore() {
        PrintWriter closedPipe = new PrintWriter(new Writer() {
            @Override
            public void write(char[] text, int offset, int length) throws IOException {
                throw new IOException("Broken pipe");
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        });
        new LinePrinter(false, closedPipe, stop).accept(new Line.Failure("x"));

        assertThat(stop.isRequested()).isTrue();
    }
}
